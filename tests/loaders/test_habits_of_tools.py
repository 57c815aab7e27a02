"""Habits of tools that a file takes over: words for no value, names beside ids, files beside the data."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from forensics.loaders import load, recognise


def own_acts(path: Path) -> list[tuple[object, ...]]:
    """Return who did what to what, without traces."""
    acts = load(path).actions.filter(pl.col("object_kind").cast(pl.String).is_in(["post", "account"]))
    return acts.select("account_id", "action", "object_id").rows()


def test_flattened_tweets_of_the_api_are_not_taken_for_a_table_of_twarc_csv(tmp_path: Path) -> None:
    tweet = {
        "id": "1440717170493689866",
        "author_id": "101",
        "text": "RT @ann: Votez",
        "referenced_tweets": [{"type": "retweeted", "id": "1440691114135080963"}],
        "public_metrics": {"retweet_count": 3},
    }
    path = tmp_path / "flat.jsonl"
    path.write_text(json.dumps(tweet) + "\n", encoding="utf-8")
    assert recognise(path).loader == "twitter-v2"
    assert own_acts(path) == [("101", "repost", "1440691114135080963")]


@pytest.mark.parametrize("word", ["NA", "nan", "NULL", "None", "-", "\\N"])
def test_a_word_for_no_value_is_no_account_and_no_tweet(tmp_path: Path, word: str) -> None:
    path = tmp_path / "tidy.csv"
    rows = [f"12310000{n}0000000123,{who},u{n},{word}" for n, who in enumerate(("101", "102", word, word))]
    path.write_text("\n".join(["tweet_id,author_id,user_username,sourcetweet_id", *rows]), encoding="utf-8")
    dataset = load(path, "academictwitter")
    assert dataset.actions["account_id"].unique().sort().to_list() == ["101", "102"]
    assert set(dataset.actions["action"].cast(pl.String)) == {"post"}
    assert dataset.sources[0].rejected.height == 2


def test_namibia_is_a_country_unless_its_row_has_other_cells_of_r(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        "account_id,acted_at,text,url,country\n"
        "ann,2026-05-03 10:00:00,Vote,https://example.org/a,NA\n"
        "bob,2026-05-03 11:00:00,Vote,NA,NA\n",
        encoding="utf-8",
    )
    countries = load(path).actions.select("account_id", "country").unique().sort("account_id").rows()
    assert countries == [("ann", "NA"), ("bob", None)]


def test_no_post_answers_itself(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    row = {
        "id": "1989617000000000001", "user_posted": "ann", "description": "Votez", "reposts": 1,
        "date_posted": "2025-11-15T09:15:00Z", "parent_post_details": {"post_id": "1989617000000000001"},
    }  # fmt: skip
    path.write_text(json.dumps([row]), encoding="utf-8")
    assert own_acts(path) == [("ann", "post", "1989617000000000001")]


def test_an_account_is_known_by_its_handle_where_a_name_stands_beside_it(tmp_path: Path) -> None:
    people = [("ann", "Ann Smith"), ("bob", "Bob Jones"), ("ann2", "Ann Smith")]
    path = tmp_path / "videos.csv"
    rows = [f"2026-05-0{n + 1} 10:00:00,{people[n % 3][1]},{people[n % 3][0]},Some words" for n in range(9)]
    path.write_text("\n".join(["posted_at,author_name,author_username,text", *rows]), encoding="utf-8")
    assert set(load(path).actions["account_id"]) == {"ann", "bob", "ann2"}


def test_a_page_that_many_write_on_is_nobody_although_it_is_one_word(tmp_path: Path) -> None:
    people = ["Ann Smith", "Bob Jones", "Cleo de Wit"]
    path = tmp_path / "comments.csv"
    rows = [f"2026-05-0{n + 1} 10:00:00,{people[n % 3]},page{n % 2},Some words" for n in range(9)]
    path.write_text("\n".join(["posted_at,author,page,text", *rows]), encoding="utf-8")
    assert set(load(path).actions["account_id"]) == set(people)


def test_what_lies_beside_the_data_in_an_archive_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export/README.txt", "Words on the data.")
        archive.writestr("export/.DS_Store", "x")
        archive.writestr("export/photo-1.jpg", "x")
        archive.writestr("export/acts.csv", "account_id,acted_at\nann,2026-05-03 10:00:00\n")
    assert own_acts(path)[0][:2] == ("ann", "post")


def test_a_table_of_followers_holds_follows(tmp_path: Path) -> None:
    path = tmp_path / "followers.csv"
    rows = [f"u{n},t{n % 2},2026-05-0{n + 1}T10:00:00Z" for n in range(6)]
    path.write_text("\n".join(["follower_id,followed_id,followed_at", *rows]), encoding="utf-8")
    assert own_acts(path)[0] == ("u0", "follow", "t0")


def test_results_of_a_search_at_youtube_are_videos(tmp_path: Path) -> None:
    path = tmp_path / "search.json"
    found = {
        "kind": "youtube#searchResult",
        "id": {"kind": "youtube#video", "videoId": "v1"},
        "snippet": {"publishedAt": "2026-05-03T10:00:00Z", "channelId": "UC1", "title": "Votez"},
    }
    channel = {"kind": "youtube#searchResult", "id": {"kind": "youtube#channel", "channelId": "UC2"}}
    path.write_text(json.dumps({"kind": "youtube#searchListResponse", "items": [found, channel]}), encoding="utf-8")
    assert own_acts(path) == [("UC1", "post", "v1")]


@pytest.mark.parametrize(
    "header",
    ["Użytkownik,Data,Treść", "用户名,发布时间,内容", "ユーザー名,投稿日時,本文", "작성자,작성일,내용",
     "người dùng,ngày đăng,nội dung", "gebruiker,datum,bericht", "felhasználó,dátum,szöveg", "Mtumiaji,Tarehe,Ujumbe"],
)  # fmt: skip
def test_headers_of_more_languages_are_known(tmp_path: Path, header: str) -> None:
    path = tmp_path / "acts.csv"
    rows = [f"u{n % 2},2026-05-0{n + 1} 10:00:00,Some words" for n in range(6)]
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    assert own_acts(path)[0][:2] == ("u0", "post")
