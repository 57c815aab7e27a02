"""Tables that people keep by hand, in the languages of many newsrooms: who did what upon what, or why it is no such."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

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

PEOPLE = ("Ann Hill", "Bob Reed", "Eva Wood", "Lea Moss", "Max Dale", "Zoe Fox")
POSTS = [f"https://www.facebook.com/mayor/posts/10{k}" for k in range(3)]
ROWS = 24
TIMES = [
    f"{datetime(2024, 4, 13, 6, 5, tzinfo=UTC) + timedelta(minutes=k * k * 7):%d/%m/%Y %H:%M}" for k in range(ROWS)
]
WORDS = ("Votez dimanche.", "La file est longue.", "Encore un retard !", "Rien de neuf ici.")
KINDS = {
    "who": lambda k: PEOPLE[k * 5 % 6],
    "page": lambda k: f"https://vk.com/id{500 + k * 5 % 6}",
    "post": lambda k: POSTS[(k + k // 6) % 3],
    "wall": lambda k: f"https://vk.com/wall-12_{(k + k // 6) % 3}",
    "no": lambda k: f"Post {k % 3}",
    "words": lambda k: WORDS[k % 4],
    "at": lambda k: TIMES[k],
    "group": lambda _: "Wake up",
    "admin": lambda _: "Admin",
}


def written(folder: Path, header: str, rows: Sequence[Sequence[object]]) -> Path:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header.split(","), *rows])
    return path


def by_new(path: Path) -> Dataset:
    """Return what a case reads that ``forensics new`` wrote."""
    looks = look_into([path], quiet, lambda _path, error: pytest.fail(str(error)), None, take_likeliest)
    (entry,) = parse(starter(path.parent, looks), path.parent / "case.toml").data
    return load(path, entry.loader, ReadOptions("s1", entry.columns, entry.objects, entry.settings))


def acts_of(dataset: Dataset) -> pl.DataFrame:
    return dataset.actions.filter(pl.col("object_kind").is_null() | (pl.col("object_kind") != "text"))


@pytest.mark.parametrize(
    ("header", "kinds", "action"),
    [
        ("اسم المستخدم,التعليق,التاريخ,رابط المنشور", "who words at post", "comment"),
        ("Compte,Propos,Date,Sous quoi", "who words at post", "comment"),
        ("Autore del commento,Testo,Data,Post commentato", "who words at post", "comment"),
        ("Nutzer,Kommentartext,Datum,Beitrag", "who words at post", "comment"),
        ("Автор,Ссылка на автора,Репост записи,Время репоста", "who page wall at", "repost"),
        ("Kullanıcı adı,Retweetlenen tweet,Tarih", "who post at", "repost"),
        ("Konto,Post,geliked am", "who post at", "like"),
        ("Who,Which post,When", "who no at", "like"),
        ("Personne,Publication aimée,Date", "who post at", "like"),
        ("remetente,Post curtido,data", "who post at", "like"),
    ],
)
def test_what_was_done_upon_a_post_is_read(tmp_path: Path, header: str, kinds: str, action: str) -> None:
    rows = [[KINDS[kind](k) for kind in kinds.split()] for k in range(ROWS)]
    acts = acts_of(by_new(written(tmp_path, header, rows)))
    assert set(acts["action"]) == {action}
    assert (set(acts["object_kind"]), acts["object_id"].n_unique()) == ({"post"}, 3)
    assert (acts["account_id"].n_unique(), acts["acted_at"].null_count()) == (6, 0)


@pytest.mark.parametrize(("key", "action"), [("comments", "comment"), ("posts", "post"), ("retweets", "repost")])
def test_rows_of_a_list_are_what_its_name_says(tmp_path: Path, key: str, action: str) -> None:
    path = tmp_path / "table.json"
    rows = [{"user": PEOPLE[k % 6], "time": TIMES[k], "msg": WORDS[k % 4]} for k in range(ROWS)]
    path.write_text(json.dumps({"post": {"id": "555", "url": POSTS[0]}, key: rows}), encoding="utf-8")
    assert set(by_new(path).actions["action"]) == {action}


def test_what_was_done_in_words_is_done_to_the_post_beside_it(tmp_path: Path) -> None:
    rows = [(PEOPLE[k * 5 % 6], ("liked", "shared")[k % 2], f"Post {k % 3}", TIMES[k]) for k in range(ROWS)]
    acts = acts_of(load(written(tmp_path, "Who,What they did,Which post,When", rows)))
    assert acts.group_by("action").len().sort("action").rows() == [("repost", 12), ("like", 12)]
    assert set(acts["object_id"]) == {"Post 0", "Post 1", "Post 2"}


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("group,member,joined_at", "group who at"),
        ("Membre,Groupe,A rejoint le,Invité par", "who group at admin"),
        ("Учасник,Група,Дата", "who group at"),
    ],
)
def test_who_came_into_a_group_joined_it(tmp_path: Path, header: str, kinds: str) -> None:
    rows = [[KINDS[kind](k) for kind in kinds.split()] for k in range(ROWS)]
    acts = by_new(written(tmp_path, header, rows)).actions
    assert set(acts["action"]) == {"join"}
    assert (set(acts["object_kind"]), set(acts["object_id"])) == ({"page"}, {"Wake up"})
    assert (acts["account_id"].n_unique(), acts["acted_at"].null_count()) == (6, 0)


def test_when_a_writer_came_into_the_group_is_no_time_of_a_message(tmp_path: Path) -> None:
    rows = [("Wake up", PEOPLE[k % 6], TIMES[k % 6], WORDS[k % 4], TIMES[k]) for k in range(ROWS)]
    acts = acts_of(load(written(tmp_path, "group,member,joined_at,message,date", rows)))
    assert (set(acts["action"]), acts["acted_at"].n_unique()) == ({"post"}, ROWS)


def test_when_accounts_were_registered_is_no_time_of_their_likes(tmp_path: Path) -> None:
    rows = [(PEOPLE[k % 6], TIMES[k % 6], POSTS[k // 8], TIMES[-1]) for k in range(ROWS)]
    acts = load(written(tmp_path, "screenName,createdAt,query,timestamp", rows)).actions
    assert (set(acts["action"]), acts["acted_at"].null_count()) == ({"like"}, acts.height)


@pytest.mark.parametrize(
    ("header", "action"),
    [
        ("post_id,user_id,snapshot_time", "like"),
        ("Post curtido,Perfil,Data da coleta", "like"),
        ("page,follower,captured_at", "follow"),
        ("Followed page,Follower,Abrufdatum", "follow"),
    ],
)
def test_lists_that_were_taken_twice_hold_each_act_once_and_no_time(tmp_path: Path, header: str, action: str) -> None:
    looks = (TIMES[0], PEOPLE[:4]), (TIMES[-1], PEOPLE)
    rows = [(POSTS[0], person, at) for at, people in looks for person in people]
    dataset = by_new(written(tmp_path, header, rows))
    assert set(dataset.actions["action"]) == {action}
    assert dataset.actions.height == dataset.actions["acted_at"].null_count() == len(PEOPLE)
    assert any("polled_at" in str(note) for note in dataset.sources[0].notes)


def test_who_was_first_seen_at_some_look_came_after_the_one_before(tmp_path: Path) -> None:
    rows = [(POSTS[k % 3], PEOPLE[k * 5 % 6], TIMES[k - 1], TIMES[k]) for k in range(1, ROWS)]
    acts = by_new(written(tmp_path, "Post,Liker,Not yet seen at,First seen at", rows)).actions
    assert set(acts["action"]) == {"like"}
    assert acts.filter(pl.col("acted_after") < pl.col("acted_at")).height == ROWS - 1


def test_people_of_a_petition_are_known_by_both_names(tmp_path: Path) -> None:
    rows = [(*PEOPLE[k % 6].split(), "Leeds", TIMES[k]) for k in range(ROWS)]
    acts = load(written(tmp_path, "First name,Last name,Town,Signed on", rows)).actions
    assert set(acts["account_id"]) == set(PEOPLE)


def test_a_post_that_stands_once_above_the_people_is_of_each_of_them(tmp_path: Path) -> None:
    path, book = tmp_path / "table.xlsx", openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Publication", "Nom", "Heure"])
    for k in range(ROWS):
        sheet.append([POSTS[k // 8] if k % 8 == 0 else None, PEOPLE[k % 6], TIMES[k]])
    sheet.merge_cells("A2:A9")
    book.save(path)
    dataset = by_new(path)
    assert dataset.actions.group_by("object_id").len()["len"].to_list() == [8, 8, 8]
    assert any("21 rows" in str(note) for note in dataset.sources[0].notes)


@pytest.mark.parametrize("names", [POSTS, ["Post 1", "Post 2", "Post 3"], list(PEOPLE)])
def test_a_table_with_a_column_for_each_post_is_refused_with_what_to_do(tmp_path: Path, names: list[str]) -> None:
    rows = [(person, *("x" if k % 2 else "" for k in range(len(names)))) for person in PEOPLE]
    with pytest.raises(InputFileError, match="unpivoting"):
        load(written(tmp_path, ",".join(["Usuário", *names]), rows))


@pytest.mark.parametrize(
    ("header", "words", "actions"),
    [
        ("Name,Post ID,Reaction,Timestamp", ("Like", "Like", "Love", "Care"), {"like"}),
        ("User,Post,Type,Date", ("Like", "Comment", "Share", "Like"), {"like", "comment", "repost"}),
        ("utilisateur,publication,réaction,date", ("J’aime", "J’adore", "Haha", "Grrr"), {"like"}),
    ],
)
def test_a_table_of_reactions_says_who_did_what_to_which_post(
    tmp_path: Path, header: str, words: Sequence[str], actions: set[str]
) -> None:
    rows = [(f"u{k * 5 % 6}", f"p{(k + k // 6) % 3}", words[k % 4], f"2024-04-13 06:{k:02d}:{k}") for k in range(ROWS)]
    path = written(tmp_path, header, rows)
    dataset = load(path, None, ReadOptions("s1", {}, {}, {}))
    for read in (dataset, by_new(path)):
        assert set(read.actions["action"]) == actions
        assert read.actions["object_id"].to_list() == [post for _, post, _, _ in rows]
        assert read.actions["account_id"].to_list() == [name for name, *_ in rows]
        assert set(read.actions["object_kind"]) == {"post"}


def test_feelings_without_a_like_are_no_acts(tmp_path: Path) -> None:
    rows = [(f"u{k % 6}", WORDS[k % 4], ("Love", "Sad", "Angry")[k % 3], TIMES[k]) for k in range(ROWS)]
    dataset = load(written(tmp_path, "user,text,emotion,date", rows), None, ReadOptions("s1", {}, {}, {}))
    assert set(dataset.actions["action"]) == {"post"}


def test_texts_that_several_post_are_no_ids(tmp_path: Path) -> None:
    rows = [(f"u{k % 6}", WORDS[k % 4], TIMES[k]) for k in range(ROWS)]
    dataset = load(written(tmp_path, "user,post,date", rows), None, ReadOptions("s1", {}, {}, {}))
    assert set(dataset.actions["action"]) == {"post"}
    assert dataset.actions["text"].to_list() == [text for _, text, _ in rows]


@pytest.mark.parametrize(
    ("header", "kinds", "action", "upon"),
    [
        ("Profile,Action,Target,When", ("who", "act", "post", "at"), "repost", "post"),
        ("account,page,liked_at", ("who", "group", "at"), "like", "page"),
        ("voter,candidate,stars,date", ("who", "no", "stars", "at"), "rate", "account"),
        ("liker_username,media_id", ("who", "no"), "like", "media"),
        ("retweeter,original,time", ("who", "wall", "at"), "repost", "post"),
        ("username,action_type,target_username,timestamp", ("who", "act", "no", "at"), "repost", "account"),
    ],
)
def test_what_several_acted_on_is_the_one_column_that_they_share(
    tmp_path: Path, header: str, kinds: Sequence[str], action: str, upon: str
) -> None:
    made = {**KINDS, "act": lambda _: "shared", "stars": lambda k: k % 5 + 1, "group": lambda k: f"Page {k % 3}"}
    rows = [[made[kind](k) for kind in kinds] for k in range(ROWS)]
    path = written(tmp_path, header, rows)
    for dataset in (load(path, None, ReadOptions("s1", {}, {}, {})), by_new(path)):
        acts = acts_of(dataset).filter(pl.col("object_kind") == upon)
        assert set(acts["action"]) == {action}
        place = next(n for n, kind in enumerate(kinds) if kind in ("post", "wall", "group", "no"))
        assert set(acts.select("account_id", "object_id").iter_rows()) == {(row[0], str(row[place])) for row in rows}


def test_a_column_of_counts_or_facts_is_not_what_was_acted_on(tmp_path: Path) -> None:
    rows = [(PEOPLE[k * 5 % 6], ("fr", "de", "en")[k % 3], k % 4, TIMES[k]) for k in range(ROWS)]
    dataset = load(written(tmp_path, "liker,language,score,liked_at", rows), None, ReadOptions("s1", {}, {}, {}))
    assert set(dataset.actions["action"]) == {"post"}


def test_acts_on_nothing_that_is_known_are_noted(tmp_path: Path) -> None:
    rows = [(PEOPLE[k * 5 % 6], "liked", f"A{k % 3}", f"B{k % 4}", TIMES[k]) for k in range(ROWS)]
    (source,) = load(
        written(tmp_path, "user,action,left,right,date", rows), None, ReadOptions("s1", {}, {}, {})
    ).sources
    assert any("what was acted on" in str(note) for note in source.notes)
