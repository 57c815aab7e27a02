"""What genuine exports show that no documentation says: zeros of other platforms, places that are none, parents."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load, recognise
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import as_count, as_country

SAMPLES = Path(__file__).parent / "samples"


def own_acts(dataset: Dataset) -> set[tuple[object, ...]]:
    """Return who did what to which post."""
    acts = dataset.actions.filter(pl.col("object_kind") == "post")
    return set(acts.select("account_id", "action", "object_id").rows())


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_zeros_of_other_platforms_are_no_counts() -> None:
    brandwatch = load(SAMPLES / "brandwatch.csv")
    likes = dict(brandwatch.posts.select("platform", "likes").filter(pl.col("likes").is_not_null()).rows())
    assert (likes["facebook"], likes["reddit"]) == (5, 11)
    followers = brandwatch.accounts.filter(pl.col("platform") == "facebook")["followers"].to_list()
    assert followers == [None]
    talkwalker = load(SAMPLES / "talkwalker.csv").posts
    assert talkwalker.filter(pl.col("platform") == "facebook").select("likes", "shares").rows()[0] == (5, 1)


def test_a_share_with_a_parent_is_no_reply() -> None:
    ann = "2053811111111111111"
    talkwalker = own_acts(load(SAMPLES / "talkwalker.csv"))
    assert {("103", "repost", ann), ("102", "reply", ann)} <= talkwalker
    assert ("fb:901", "reply", "https://facebook.com/1/posts/2") in talkwalker
    brandwatch = own_acts(load(SAMPLES / "brandwatch.csv"))
    assert {("104", "repost", ann), ("did:plc:b", "reply", "https://bsky.app/profile/a/post/3k")} <= brandwatch
    assert ("reddit/answerer", "comment", "https://reddit.com/r/vote/1") in brandwatch


def test_where_the_equator_meets_greenwich_nobody_is(tmp_path: Path) -> None:
    rows = [
        {"account_id": "ann", "acted_at": "2026-05-03 10:00:00", "text": "Vote", "latitude": "0.0", "longitude": "0"},
        {"account_id": "bob", "acted_at": "2026-05-03 10:00:01", "text": "Vote", "latitude": "0.0", "longitude": "9.4"},
    ]
    acts = load(written(tmp_path / "acts.csv", rows)).actions
    assert acts.select("account_id", "latitude", "longitude").unique().sort("account_id").rows() == [
        ("ann", None, None),
        ("bob", 0.0, 9.4),
    ]


def test_countries_are_read_as_codes_of_two_or_three_letters_and_as_names() -> None:
    words = ("KE", "ken", "Kenya", "UK", "Côte d’Ivoire", "United States of America", "Europe", "ZZ", "XYZ", None)
    codes = pl.Series("c", words).to_frame().select(as_country(pl.col("c"))).to_series().to_list()
    assert codes == ["KE", "KE", "KE", "GB", "CI", "US", None, None, None, None]


def test_counts_that_are_shortened_are_read() -> None:
    words = ("1.2K", "3M", "12", "1,234", "2.0", "K", "-1", "1.5")
    counts = pl.Series("n", words).to_frame().select(as_count(pl.col("n"))).to_series().to_list()
    assert counts == [1200, 3_000_000, 12, 1234, 2, None, None, None]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("01-03-26 10:00 - ", "14-05-26 22:05 - "),
        ("26-03-01 10:00 - ", "26-05-14 22:05 - "),
        ("1/3/26, 10:00 a. m. - ", "14/5/26, 10:05 p. m. - "),
        ("01/03/2026 à 10:00 - ", "14/05/2026 à 22:05 - "),
        ("[01.03.26, 10:00:00] ", "[14.05.26, 22:05:00] "),
        ("2026. 3. 1. 오전 10:00 - ", "2026. 5. 14. 오후 10:05 - "),
        ("2026년 3월 1일 오전 10:00, ", "2026년 5월 14일 오후 10:05, "),
        ("2026/3/1 上午10:00 - ", "2026/5/14 下午10:05 - "),
        ("١\u200f/٣\u200f/٢٠٢٦، ١٠:٠٠ ص - ", "١٤\u200f/٥\u200f/٢٠٢٦، ١٠:٠٥ م - "),
        ("1.03.26 г., 10:00 ч. - ", "14.05.26 г., 22:05 ч. - "),
        ("1.3.2026 klo 10.00 - ", "14.5.2026 klo 22.05 - "),
        ("01. 03. 2026. 10:00 - ", "14. 05. 2026. 22:05 - "),
        ("1/3/26, 10:00 π.μ. - ", "14/5/26, 10:05 μ.μ. - "),
    ],
)
def test_chats_are_read_in_the_languages_of_phones(tmp_path: Path, first: str, second: str) -> None:
    path = tmp_path / "chat.txt"
    colon = " : " if first.endswith(", ") else ": "
    middle = first.replace("01-03", "02-04").replace("03-01", "04-02")
    lines = [f"{first}Ann{colon}Votez", f"{middle}Ann{colon}Non", f"{second}Bob{colon}Oui", "et encore"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    acts = load(path, options=ReadOptions(settings={"consent": "true"})).actions
    messages = acts.filter(pl.col("object_kind") == "post").sort("acted_at")
    assert messages["account_id"].to_list() == ["Ann", "Ann", "Bob"]
    times = messages["acted_at"].dt.strftime("%F %H:%M").to_list()
    assert (times[0], times[-1]) == ("2026-03-01 10:00", "2026-05-14 22:05")
    assert messages["text"][-1] == "Oui\net encore"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_row_can_be_said_to_hold_no_names(tmp_path: Path, suffix: str) -> None:
    rows = [["Posts of May"], ["2026-05-03 10:00:00", "ann", "Vote"], ["2026-05-04 10:00:00", "bob", "Vote"]]
    path = tmp_path / f"posts.{suffix}"
    if suffix == "csv":
        path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    columns = {"time": "column_1", "account": "column_2", "text": "column_3"}
    dataset = load(path, "generic", ReadOptions(columns=columns, settings={"header_row": "0"}))
    assert set(dataset.actions["account_id"]) == {"ann", "bob"}
    assert dataset.sources[0].rows_read == 3


def test_what_was_commented_on_stands_above_the_comments() -> None:
    acts = load(SAMPLES / "export-comments.facebook.csv").actions
    assert set(acts.select("account_id", "action", "object_id").rows()) >= {
        ("809", "comment", "https://fb.com/p1"),
        ("cleo", "comment", "https://fb.com/p1"),
    }


def test_a_channel_of_telegram_is_known_by_its_address_and_not_by_its_name(tmp_path: Path) -> None:
    rows = [
        {"link_to_message": f"https://t.me/{name}/1", "user": "The News", "text": "Vote", "views": "1.2K"}
        | {"datetime": "2026-05-03T10:00:00+00:00"}
        for name in ("one", "two")
    ]
    dataset = load(written(tmp_path / "messages.csv", rows))
    assert dataset.sources[0].loader == "minet"
    assert set(dataset.actions["account_id"]) == {"one", "two"}


@pytest.mark.parametrize(
    ("account", "loader", "platform"),
    [
        ({"id": "1", "username": "ann", "acct": "ann", "bot": False, "url": "https://m/@ann", "followers_count": 1,
          "statuses_count": 2}, "mastodon", "mastodon"),
        ({"id": "44", "username": "ann", "verified": False, "followersCount": 1, "followsCount": 2, "postsCount": 3},
         "apify", "instagram"),
    ],
)  # fmt: skip
def test_accounts_of_others_are_not_taken_for_those_of_twitter(
    tmp_path: Path, account: dict[str, object], loader: str, platform: str
) -> None:
    path = tmp_path / "accounts.json"
    path.write_text(json.dumps([account]), encoding="utf-8")
    assert recognise(path).loader == loader
    assert load(path).accounts["platform"].to_list() == [platform]


def test_notes_and_ratings_are_done_to_tweets_and_notes() -> None:
    assert own_acts(load(SAMPLES / "community-notes.tsv")) == {("A1", "comment", "914580356430536707")}
    assert own_acts(load(SAMPLES / "community-notes.ratings.tsv")) == {("R1", "rate", "1")}


def test_likes_of_an_archive_are_acts_of_the_account_whose_archive_it_is(tmp_path: Path) -> None:
    path = tmp_path / "likes.json"
    path.write_bytes((SAMPLES / "mastodon-likes.json").read_bytes())
    assert set(load(path).actions["account_id"]) == {"owner of s1"}
    (tmp_path / "actor.json").write_text('{"id": "https://m.example/users/ann"}', encoding="utf-8")
    likes = load(path)
    assert likes.actions["acted_at"].null_count() == 2
    assert own_acts(likes) == {
        ("https://m.example/users/ann", "like", "https://m.example/users/bob/statuses/1"),
        ("https://m.example/users/ann", "like", "https://n.example/users/cleo/statuses/2"),
    }
    path.write_text(path.read_text(encoding="utf-8").replace("likes.json", "bookmarks.json"), encoding="utf-8")
    with pytest.raises(InputFileError, match="addresses alone"):
        load(path)


def test_a_row_that_pairs_two_acts_is_both(tmp_path: Path) -> None:
    times = {"a": "1711000000", "b": "1711000003", "c": "1711000005"}
    rows = [
        {"object_id": "https://example.org/a", "account_id": one, "account_id_y": other, "content_id": f"{one}1"}
        | {"content_id_y": f"{other}1", "timestamp_share": times[one], "timestamp_share_y": times[other]}
        for one, other in (("a", "b"), ("a", "c"), ("b", "c"))
    ]
    dataset = load(written(tmp_path / "pairs.csv", rows))
    assert sorted(dataset.actions.select("account_id", "post_id").rows()) == [("a", "a1"), ("b", "b1"), ("c", "c1")]
    (source,) = dataset.sources
    assert source.rows_read == source.rows_kept + source.rejected.height == 3
    assert not {*source.rejected["row"]} & {*dataset.actions["source_row"]}


@pytest.mark.parametrize("write", [json.dumps, repr])
def test_an_object_that_stands_whole_in_a_cell_is_looked_into(tmp_path: Path, write: Callable[[object], str]) -> None:
    user = write({"username": "ann", "id": 101, "displayname": "Ann's", "followersCount": 3})
    if write is repr:
        user = user[:-1] + ", 'created': datetime.datetime(2016, 3, 1, 10, 0, tzinfo=datetime.timezone.utc)}"
    row = {"url": "https://x.com/ann/status/2028047596647350272", "date": "2026-03-01 10:00:01+00:00", "user": user}
    row |= {"rawContent": "Vote", "id": "2028047596647350272", "conversationId": "2028047596647350272"}
    dataset = load(written(tmp_path / "tweets.csv", [row]))
    assert dataset.sources[0].loader == "snscrape"
    assert dataset.accounts.select("account_id", "handle", "name", "followers").rows() == [("101", "ann", "Ann's", 3)]


def test_a_list_of_followers_is_accounts_and_no_posts() -> None:
    followers = load(SAMPLES / "minet.instagram-accounts.csv")
    assert followers.actions.is_empty()
    assert followers.accounts.select("account_id", "platform", "handle").rows() == [("44", "instagram", "ann")]
