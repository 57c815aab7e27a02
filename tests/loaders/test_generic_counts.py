"""A spreadsheet of posts with what each had got fills the table of posts; one of accounts keeps its facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.dataset import Dataset
from forensics.loaders import load


def loaded(path: Path, *lines: str) -> Dataset:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("header", "published"),
    [
        ("post_id,page_id,created_time,likes,comments,shares,views,followers", "2024-05-06T10:00:00Z"),
        ("post_id,Page,Date,J'aime,Commentaires,Partages,Vues,Abonnés", "2024-05-06 10:00"),
        ("post_id,Seite,Datum,Gefällt mir,Kommentare,Geteilt,Aufrufe,followers_count", "2024-05-06 10:00"),
    ],
)
def test_counts_of_posts_are_read(tmp_path: Path, header: str, published: str) -> None:
    data = loaded(
        tmp_path / "posts.csv", header, f'1,ann,{published},"1,050",3,2,400,90', f"2,ann,{published},60,4,,410,90"
    )
    columns = ("post_id", "account_id", "likes", "comments", "shares", "views", "followers")
    assert data.posts.select(columns).rows() == [("1", "ann", 1050, 3, 2, 400, 90), ("2", "ann", 60, 4, None, 410, 90)]
    assert data.posts["published_at"].null_count() == 0
    assert data.actions["post_id"].to_list() == ["1", "2"]
    assert not data.sources[0].unmapped


def test_a_post_without_an_id_has_one_in_both_tables(tmp_path: Path) -> None:
    data = loaded(tmp_path / "posts.csv", "page,date,text,likes", "ann,2024-05-06 10:00,hello you there,5")
    assert data.posts["post_id"].to_list() == data.actions["post_id"].unique().to_list()


def test_a_row_that_is_rejected_counts_nothing(tmp_path: Path) -> None:
    data = loaded(
        tmp_path / "posts.csv",
        "post_id,page,date,likes",
        "1,ann,2024-05-06 10:00,5",
        "2,,2024-05-06 10:00,5",
        "3,bob,,5",
    )
    assert data.posts["post_id"].to_list() == ["1"]
    assert data.sources[0].rejected.height == 2


def test_likes_of_comments_are_no_counts_of_posts(tmp_path: Path) -> None:
    data = loaded(
        tmp_path / "comments.csv",
        "username,comment,time,likes,post_url",
        "ann,good,2024-05-06 10:00:00,5,https://x.com/a/1",
        "bob,bad idea,2024-05-06 10:01:00,2,https://x.com/a/1",
        "cid,good idea,2024-05-06 10:01:00,2,https://x.com/a/2",
    )
    assert data.posts.is_empty()
    assert data.actions["action"].unique().to_list() == ["comment"]


def test_a_column_of_words_named_comments_is_no_count(tmp_path: Path) -> None:
    data = loaded(
        tmp_path / "posts.csv", "page,date,comments", "ann,2024-05-06 10:00,so it is", "bob,2024-05-06 11:00,is it so"
    )
    assert data.posts.is_empty()


def test_a_table_of_accounts_keeps_places_names_and_captures(tmp_path: Path) -> None:
    data = loaded(
        tmp_path / "accounts.csv",
        "account_id,name,created_at,captured_at,followers,stated_place,platform_country",
        "a1,Ann,2014-01-01T00:00:00Z,2024-05-06T10:00:00Z,10,London,gb",
        "a2,Bob,2015-01-01T00:00:00Z,2024-05-07T10:00:00Z,20,Paris,FR",
    )
    facts = data.accounts.select("account_id", "name", "stated_place", "platform_country").rows()
    assert facts == [("a1", "Ann", "London", "GB"), ("a2", "Bob", "Paris", "FR")]
    assert data.accounts["captured_at"].dt.day().to_list() == [6, 7]
    assert not data.sources[0].unmapped
