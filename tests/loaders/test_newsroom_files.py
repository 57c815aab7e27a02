"""Files of shapes that newsrooms hold, made up after public descriptions: each is read as a careful person would."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest

from cases.case_file.case_file import parse
from cases.case_file.starter_case import starter
from cases.conversation.column_choice import take_likeliest
from cases.conversation.inspected_files import look_into
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.progress import quiet

PEOPLE = ("ann", "bob", "eva", "lea")
ROWS = 16
TIMES = [datetime(2026, 5, 3, 7, 12, 5, tzinfo=UTC) + timedelta(hours=k * 5, minutes=k * k % 37) for k in range(ROWS)]
WORDS = ("Votez dimanche.", "La file est longue.", "Encore un retard !", "Rien de neuf ici.")


def written(folder: Path, header: str, *rows: Sequence[object], name: str = "table.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([*([header.split(",")] if header else []), *rows])
    return path


def by_new(path: Path) -> Dataset:
    """Return what a case reads that ``forensics new`` wrote."""
    looks = look_into([path], quiet, lambda _path, error: pytest.fail(str(error)), None, take_likeliest)
    (entry,) = parse(starter(path.parent, looks), path.parent / "case.toml").data
    options = ReadOptions(columns=entry.columns, objects=entry.objects, settings=entry.settings)
    return load(path, entry.loader, options)


def own(dataset: Dataset) -> pl.DataFrame:
    return dataset.actions.filter(pl.col("object_kind").is_null() | (pl.col("object_kind") != "text"))


def test_comments_stay_comments_in_the_case_that_new_writes(tmp_path: Path) -> None:
    rows = [(f"v{k % 2}", f"c{k}", PEOPLE[k % 4], WORDS[k % 4], TIMES[k]) for k in range(ROWS)]
    acts = own(by_new(written(tmp_path, "post_id,comment_id,commenter_name,comment_text,comment_time", *rows)))
    assert set(acts["action"]) == {"comment"}
    assert set(acts["object_id"]) == {"v0", "v1"}


def test_of_what_was_acted_on_the_column_counts_that_names_it_in_every_row(tmp_path: Path) -> None:
    rows = [
        (f"c{k}", TIMES[k], WORDS[k % 4], PEOPLE[k % 4], f"v{k % 2}", "c0" if k % 3 == 1 else "") for k in range(16)
    ]
    acts = own(load(written(tmp_path, "id,published_at,text,author_name,video_id,parent_id", *rows)))
    assert set(acts["object_id"]) == {"v0", "v1"}


def test_an_empty_column_names_nothing_that_was_acted_on(tmp_path: Path) -> None:
    rows = [(f"p{k}", WORDS[k % 4], TIMES[k], PEOPLE[k % 4], "") for k in range(ROWS)]
    acts = own(load(written(tmp_path, "post_id,text,time,username,shared_post_id", *rows)))
    assert set(acts["action"]) == {"post"}


def test_amounts_are_no_hours(tmp_path: Path) -> None:
    rows = [(PEOPLE[k % 4], TIMES[k].date(), "25.00", f"C{k % 2}") for k in range(ROWS)]
    acts = by_new(written(tmp_path, "contributor_name,contribution_receipt_date,amount,committee", *rows)).actions
    assert set(acts["acted_at"].dt.date()) == {time.date() for time in TIMES}


def test_first_names_alone_are_nobody(tmp_path: Path) -> None:
    rows = [("Ann", f"Lee{k % 4}", TIMES[k], WORDS[k % 4]) for k in range(ROWS)]
    path = written(tmp_path, "first_name,last_name,signed_at,comment", *rows)
    for dataset in (load(path), by_new(path)):
        assert set(dataset.actions["account_id"]) == {f"Ann Lee{k}" for k in range(4)}


def test_an_address_for_mail_is_an_account(tmp_path: Path) -> None:
    rows = [("Ann", f"Lee{k % 4}", f"{PEOPLE[k % 4]}@mail.example", TIMES[k]) for k in range(ROWS)]
    acts = load(written(tmp_path, "Donor First Name,Donor Last Name,Donor Email,Date", *rows)).actions
    assert set(acts["account_id"]) == {f"{name}@mail.example" for name in PEOPLE}


def test_ids_that_were_numbers_with_a_point_lose_it(tmp_path: Path) -> None:
    rows = [(TIMES[k], f"{70001 + k % 4}.0", WORDS[k % 4]) for k in range(ROWS)]
    acts = load(written(tmp_path, "created_at,user_id,tweet", *rows)).actions
    assert set(acts["account_id"]) == {"70001", "70002", "70003", "70004"}


@pytest.mark.parametrize("name", ["tweetDate", "Date of the post", "postTimestamp"])
def test_the_time_of_a_post_counts_before_that_of_its_row(tmp_path: Path, name: str) -> None:
    looked = [f"2026-06-01T09:{30 + k}:00Z" for k in range(ROWS)]
    rows = [
        (looked[k], f"https://x.com/{PEOPLE[k % 4]}/status/{k}", PEOPLE[k % 4], TIMES[-k], "vote") for k in range(16)
    ]
    acts = load(written(tmp_path, f"Timestamp,link,handle,{name},query", *rows)).actions
    assert set(acts["acted_at"]) == set(TIMES)
    assert set(acts["action"]) == {"post"}, "what was searched for is nothing that was done"


def test_a_stated_time_counts_before_an_age(tmp_path: Path) -> None:
    rows = [(PEOPLE[k % 4], f"{1 + k}d", TIMES[k], WORDS[k % 4]) for k in range(ROWS)]
    acts = load(written(tmp_path, "author,postDate,postTimestamp,text", *rows)).actions
    assert set(acts["acted_at"]) == set(TIMES)


@pytest.mark.parametrize("is_crowd", [True, False])
def test_a_crowd_in_milliseconds_is_read_and_a_programs_pace_asked_about(tmp_path: Path, *, is_crowd: bool) -> None:
    chance, at, rows = np.random.default_rng(5), 1_777_800_000_000, []
    for k in range(200):
        at += int(chance.exponential(300)) if is_crowd else 280 + k % 40
        rows.append((at, PEOPLE[k % 4], f"{WORDS[k % 4]} {k}"))
    path = written(tmp_path, "ts,user,text", *rows)
    if is_crowd:
        assert load(path).sources[0].rows_kept == 200
    else:
        with pytest.raises(InputFileError, match="follow the order of the file"):
            load(path)


def test_when_a_list_was_taken_is_not_when_people_followed(tmp_path: Path) -> None:
    rows = [(k, f"2026-06-01 09:{30 + k}:11", 70001 + k, f"90000{k % 2}") for k in range(ROWS)]
    acts = by_new(written(tmp_path, "id,time_scraped,follower,followed", *rows)).actions
    assert set(acts["action"]) == {"follow"}
    assert acts["acted_at"].null_count() == acts.height == ROWS


def test_words_stand_where_the_column_is_not_empty(tmp_path: Path) -> None:
    rows = [(PEOPLE[k % 4], "", WORDS[k % 4], TIMES[k]) for k in range(ROWS)]
    acts = load(written(tmp_path, "Author,Title,Snippet,Date", *rows)).actions
    assert set(acts["text"].drop_nulls()) == set(WORDS)


def test_posts_of_other_networks_are_no_accounts_of_twitter(tmp_path: Path) -> None:
    path = tmp_path / "posts.ndjson"
    path.write_text(
        "\n".join(
            f'{{"body": "{WORDS[k % 4]}", "createdAt": "{TIMES[k]:%Y%m%d%H%M%S}", "creator": "c{k % 4}", '
            f'"id": "p{k}", "username": "{PEOPLE[k % 4]}", "verified": false, "upvotes": "3"}}'
            for k in range(ROWS)
        ),
        encoding="utf-8",
    )
    dataset = load(path)
    assert set(dataset.actions["acted_at"]) == set(TIMES)
    assert set(dataset.posts["likes"]) == {3}


def test_a_table_without_names_begins_with_its_first_row(tmp_path: Path) -> None:
    rows = [
        ("0", 10**18 + k, f"{TIMES[k]:%a %b %d %H:%M:%S} PDT 2026", "NO", PEOPLE[k % 4], WORDS[k % 4])
        for k in range(16)
    ]
    acts = by_new(written(tmp_path, "", *rows)).actions
    assert set(acts["acted_at"]) == {time + timedelta(hours=7) for time in TIMES}
    assert set(acts["account_id"]) == set(PEOPLE)


STACKED = {
    "groups": (("Account", None, "Post", None, None), ("handle", "name", "date", "text", "likes")),
    "names": (("Compte", "Date", "Publication", None, "Réactions"), (None, None, "texte", "lien", "likes")),
    "twice": (("Author", None, "Post", None, "Page"), ("handle", "date", "text", "likes", "likes")),
}


@pytest.mark.parametrize("kind", STACKED)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_names_in_two_rows_are_names_together(tmp_path: Path, kind: str, ending: str) -> None:
    cells = {
        "handle": lambda k: PEOPLE[k % 4], "Compte": lambda k: PEOPLE[k % 4], "name": lambda _: "Somebody",
        "date": lambda k: TIMES[k], "Date": lambda k: TIMES[k], "likes": lambda k: k, "lien": lambda _: "https://a.org/b",
    }  # fmt: skip
    above, header = STACKED[kind]
    names = [name or over for over, name in zip(above, header, strict=True)]
    rows = [[cells.get(str(name), lambda k: WORDS[k % 4])(k) for name in names] for k in range(ROWS)]
    if ending == "csv":
        path = written(tmp_path, "", [cell or "" for cell in above], [cell or "" for cell in header], *rows)
    else:
        path, book = tmp_path / "table.xlsx", openpyxl.Workbook()
        assert book.active is not None
        for row in (above, header, *rows):
            book.active.append([cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell for cell in row])
        book.save(path)
    dataset = load(path)
    assert dataset.sources[0].rows_kept == ROWS
    assert set(dataset.actions["account_id"]) == set(PEOPLE)
    assert set(dataset.actions["acted_at"]) == set(TIMES)
    assert set(dataset.actions["text"].drop_nulls()) == set(WORDS)


HEADERS = {
    "Nama Akun,Tanggal Posting,Isi Komentar,Link Postingan": "comment",
    "Auteur du commentaire,Date du commentaire,Commentaire,Lien vers la publication,Page concernée": "comment",
    "retweeter_username,retweeted_at,text,tweet_id": "repost",
    "liker_username,liked_at,text,post_url": "like",
}


@pytest.mark.parametrize("header", HEADERS)
def test_names_say_what_was_done_upon_a_post_and_by_whom(tmp_path: Path, header: str) -> None:
    post = "https://www.instagram.com/p/{}"
    rows = [(PEOPLE[k % 4], TIMES[k], WORDS[k % 4], post.format(k % 2), f"Mairie {k % 2}") for k in range(ROWS)]
    width = header.count(",") + 1
    acts = own(by_new(written(tmp_path, header, *(row[:width] for row in rows))))
    assert set(acts["action"]) == {HEADERS[header]}
    assert set(acts["account_id"]) == set(PEOPLE)
    assert set(acts["object_id"]) == {post.format(0), post.format(1)}


def test_who_posted_counts_before_the_group_it_was_posted_in(tmp_path: Path) -> None:
    rows = [(PEOPLE[k % 4], f"{TIMES[k]:%m/%d/%y}", f"{TIMES[k]:%I:%M %p}", "Town", WORDS[k % 4]) for k in range(16)]
    acts = by_new(written(tmp_path, "Posted By,Post Date,Post Time,Group Name,Post Text", *rows)).actions
    assert set(acts["account_id"]) == set(PEOPLE)
    assert set(acts["acted_at"]) == {time.replace(second=0) for time in TIMES}


def test_numbers_that_mongodb_wraps_are_accounts(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    rows = (
        f'{{"author": {{"$numberLong": "{70001 + k % 4}"}}, "createdAt": {{"$date": "{TIMES[k]:%Y-%m-%dT%H:%M:%SZ}"}}, '
        f'"content": "{WORDS[k % 4]}"}}'
        for k in range(ROWS)
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    assert set(load(path).actions["account_id"]) == {"70001", "70002", "70003", "70004"}


RETWEETS = {
    "user,created_at,text": "RT @mayor: {}",
    "user,created_at,text,is_retweet": "{}",
    "user,created_at,text,retweeted_status_id_str": "{}",
}


@pytest.mark.parametrize("header", RETWEETS)
def test_what_is_passed_on_is_no_post_of_ones_own(tmp_path: Path, header: str) -> None:
    stated = {"is_retweet": "True", "retweeted_status_id_str": "1790000000000000001"}.get(header.rpartition(",")[2])
    rows = [(PEOPLE[k % 4], TIMES[k], RETWEETS[header].format(WORDS[0]), stated) for k in range(ROWS - 1)]
    rows += [(PEOPLE[0], TIMES[-1], WORDS[1], "" if stated != "True" else "False")]
    path = written(tmp_path, header, *(row[: header.count(",") + 1] for row in rows))
    for dataset in (load(path), by_new(path)):
        acts = own(dataset)
        assert dict(acts["action"].value_counts().iter_rows()) == {"repost": ROWS - 1, "post": 1}
        assert acts.filter(pl.col("action") == "repost")["object_id"].null_count() == (0 if "id_str" in header else 15)


def test_a_count_of_retweets_makes_no_repost(tmp_path: Path) -> None:
    rows = [(PEOPLE[k % 4], TIMES[k], WORDS[k % 4], k % 2) for k in range(ROWS)]
    acts = own(load(written(tmp_path, "user,created_at,text,retweet", *rows)))
    assert set(acts["action"]) == {"post"}


def test_an_answer_is_done_to_what_it_answers(tmp_path: Path) -> None:
    ids = ["1790000000000000001" if k % 3 == 0 else "-1" for k in range(ROWS)]
    rows = [(PEOPLE[k % 4], TIMES[k], WORDS[k % 4], ids[k]) for k in range(ROWS)]
    acts = own(load(written(tmp_path, "user,created_at,text,in_reply_to_status_id", *rows)))
    assert dict(acts["action"].value_counts().iter_rows()) == {"reply": 6, "post": 10}
