"""What single formats promise beyond the suite that all of them pass."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load, recognise
from forensics.loaders.format_declarations.table_format import TableFormat, roots
from forensics.loaders.fourcat.fourcat_sources import SOURCES, source_of
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import readable

HERE = Path(__file__).resolve().parent
SAMPLES = HERE / "samples"
SHARED = Path(os.environ.get("FORENSICS_SHARED_DATA", HERE.parents[1].parent / "shared" / "data")).parent / "formats"


def act_rows(dataset: Dataset, *columns: str) -> list[tuple[object, ...]]:
    return list(dataset.actions.select(columns).iter_rows())


def written(tmp_path: Path, name: str, rows: list[dict[str, str]]) -> Path:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / name
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


AUTHORLESS = {"tiktok_research_comments.json"}
"""Samples without a row that says who acted: a file of which every row is rejected is an error."""


def shared_samples() -> list[Path]:
    folder = SHARED / "samples"
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.skipif(not shared_samples(), reason="no further samples are at hand")
def test_each_further_sample_is_recognised_and_read() -> None:
    assert {path.name for path in shared_samples() if recognise(path).loader == "generic"} == set()
    read = {path.name: load(path).sources[0].rows_read for path in shared_samples() if path.name not in AUTHORLESS}
    assert {name for name, n_rows in read.items() if not n_rows} == set()
    for path in shared_samples():
        if path.name in AUTHORLESS:
            with pytest.raises(InputFileError, match="gives no author"):
                load(path)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
def test_every_4cat_source_is_read_from_its_own_columns(source: TableFormat, tmp_path: Path) -> None:
    row = dict.fromkeys(sorted({*source.marks, *source.paths()}), "1")
    row |= {"timestamp": "2024-06-21 20:00:00", "created_at": "2024-06-21T20:00:00Z", "unix_timestamp": "1719000000"}
    row |= {"body": "Meet us at the town hall today", "id": "15001-7", **dict.fromkeys(roots(source.account), "ann")}
    row |= {name: "" for act in source.acts if act.when is not None for name in roots(act.when)}
    path = written(tmp_path, "export.csv", [row])
    assert recognise(path).loader == "4cat"
    dataset = load(path)
    assert dataset.sources[0].rows_kept == 1
    assert dataset.actions["acted_at"].dt.epoch("s").unique().to_list() == [1_719_000_000]
    assert dataset.actions["account_id"].unique().to_list() == ["ann"]


def test_a_4cat_post_without_words_has_none_and_its_counts_name_its_address(tmp_path: Path) -> None:
    columns = ["title", "video_url", "author_avatar_url", "thread_id", "likes", "body", "timestamp"]
    row = {**dict.fromkeys(columns, ""), "id": "7", "author": "ann", "unix_timestamp": "1719000000", "likes": "3"}
    dataset = load(written(tmp_path, "export.csv", [{**row, "url": "https://example.org/7"}]))
    assert dataset.actions["text"].to_list() == [None]
    assert dataset.posts.select("likes", "permalink").rows() == [(3, "https://example.org/7")]


@pytest.mark.skipif(not (SHARED / "4cat_columns.txt").exists(), reason="the lists of 4CAT's columns are not at hand")
def test_no_4cat_source_is_taken_for_another() -> None:
    text = (SHARED / "4cat_columns.txt").read_text(encoding="utf-8")
    for name, columns in re.findall(r"^(\S+) \w+ \d+\n\s+(.+)$", text, re.MULTILINE):
        found = source_of(frozenset(re.split(r",\s*", columns)))
        assert name == "test" or (found is not None and found.kind == name), (name, found)


def test_4cat_writes_each_emoji_as_often_as_it_was_given_and_two_coordinates_in_one_cell(tmp_path: Path) -> None:
    rows = list(csv.DictReader((SAMPLES / "4cat.telegram.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"))
    emoji = ("👍👍❤️👩🏽‍💻", "12")
    path = written(tmp_path, "export.csv", [{**row, "reactions": emoji[at]} for at, row in enumerate(rows)])
    assert load(path).posts["likes"].to_list() == [4, 12]
    row = dict.fromkeys(
        ["thread_id", "body", "author", "retweeted_user", "quoted_user", "replied_user", "unix_timestamp"], ""
    )
    row |= {"id": "1", "author_id": "4242", "timestamp": "2024-06-21 20:00:00", "is_retweet": "no", "is_reply": "no"}
    path = written(
        tmp_path, "tweets.csv", [{**row, "long_lat": "2.35, -48.85"}, {**row, "id": "2", "long_lat": "2.35"}]
    )
    assert act_rows(load(path), "latitude", "longitude") == [(-48.85, 2.35), (None, None)]


@pytest.mark.parametrize("word", ["REDACTED", "[REDACTED]"])
def test_blacked_out_accounts_stop_the_reading(tmp_path: Path, word: str) -> None:
    rows = list(csv.DictReader((SAMPLES / "4cat.csv").read_text(encoding="utf-8").splitlines()))
    path = written(tmp_path, "export.csv", [{**row, "author": word, "author_id": word} for row in rows])
    with pytest.raises(InputFileError, match="blacked out"):
        load(path)


@pytest.mark.parametrize(
    "name", ["twitter-v2.4cat.ndjson", "4cat-telegram.ndjson", "4cat-tiktok.ndjson", "4cat-vk.ndjson"]
)
def test_blacked_out_accounts_in_ndjson_stop_the_reading_too(name: str, tmp_path: Path) -> None:
    items = [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]

    black = ("author_id", "from_id", "uniqueId") + (() if "twitter" in name else ("id",))

    def blacken(value: object) -> object:
        if isinstance(value, list):
            return [blacken(item) for item in value]
        if isinstance(value, dict):
            return {
                key: "REDACTED" if key in black or (key == "author" and isinstance(item, str)) else blacken(item)
                for key, item in value.items()
            }
        return value

    path = tmp_path / name
    path.write_text("\n".join(json.dumps(blacken(item)) for item in items), encoding="utf-8")
    with pytest.raises(InputFileError, match="blacked out"):
        load(path)


@pytest.mark.parametrize("name", ["twitter-v2.4cat.ndjson", "4cat-vk.ndjson"])
def test_pseudonyms_in_ndjson_are_noted(name: str, tmp_path: Path) -> None:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    for number, account in enumerate(("1800000000000000001", "1800000000000000002", ": 77", ": 78")):
        text = text.replace(f'"{account}"', f'"{number:048x}"').replace(
            f'"from_id"{account},', f'"from_id": "{number:048x}",'
        )
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert any("pseudonyms" in str(note) for note in load(path).sources[0].notes)


@pytest.mark.parametrize("kind", ["personal_chat", "private_channel", "private_supergroup", "saved_messages"])
def test_private_chats_need_consent(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(
        (SAMPLES / "telegram.json").read_text(encoding="utf-8").replace("public_channel", kind), encoding="utf-8"
    )
    with pytest.raises(InputFileError, match='consent = "true"'):
        load(path)
    assert load(path, None, ReadOptions(settings={"consent": "true"})).sources[0].rows_kept == 2


def test_old_telegram_exports_need_the_zone_of_their_computer(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    text = (SAMPLES / "telegram.json").read_text(encoding="utf-8")
    path.write_text(re.sub(r'"date_unixtime": "\d+",', "", text), encoding="utf-8")
    with pytest.raises(InputFileError, match="time_zone"):
        load(path)
    dataset = load(path, None, ReadOptions(settings={"time_zone": "Europe/Paris"}))
    assert dataset.actions["acted_at"].dt.epoch("s").min() == 1_719_000_000


def test_illegal_escapes_and_half_characters_are_repaired(tmp_path: Path) -> None:
    assert "\x0b once more" in load(SAMPLES / "telegram.json").actions["text"].to_list()
    path = tmp_path / "dump.ndjson"
    line = json.loads((SAMPLES / "reddit.ndjson").read_text(encoding="utf-8").splitlines()[0])
    path.write_text(json.dumps({**line, "body": "half \ud83d character"}), encoding="utf-8")
    dataset = load(path)
    assert dataset.actions["text"].unique().to_list() == ["half \ufffd character"]
    assert "Values with broken characters or escapes, repaired: 1." in map(str, dataset.sources[0].notes)


def test_a_wrapper_of_zeeschuimer_with_a_broken_time_costs_no_item(tmp_path: Path) -> None:
    line = json.loads((SAMPLES / "zeeschuimer.ndjson").read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "zeeschuimer.ndjson"
    path.write_text(json.dumps({**line, "timestamp_collected": True, "last_updated": "x"}), encoding="utf-8")
    (source,) = load(path).sources
    assert (source.rows_read, source.rows_kept) == (1, 1)


def test_access_tokens_do_not_get_into_the_tables() -> None:
    dataset = load(SAMPLES / "ad-library-api.json")
    tables = (dataset.actions, dataset.accounts, dataset.posts, dataset.money)
    assert not any("SECRET" in str(frame.to_dicts()) for frame in tables)
    assert dataset.money["share"].to_list() == [0.75, 0.25]


def test_censored_amounts_stay_ranges() -> None:
    money = load(SAMPLES / "ad-library-report.csv").money
    assert list(money.select("amount_low", "amount_high", "currency").iter_rows()) == [
        (0, 100, "EUR"),
        (1250, 1250, "EUR"),
    ]


def test_a_retweet_is_done_to_the_tweet_it_repeats_and_shares_its_links() -> None:
    dataset = load(SAMPLES / "twitter-v1.jsonl")
    first = dataset.actions["post_id"][0]
    reposts = dataset.actions.filter(pl.col("action") == "repost")
    assert reposts.filter(pl.col("object_kind") == "post")["object_id"].to_list() == [first]
    assert "https://example.org/hall" in reposts["object_id"].to_list()
    reasons = readable(dataset.sources[0].rejected)["reason"].to_list()
    assert reasons == ["a notice of the stream (delete), no tweet"]


def test_what_was_included_is_context_unless_it_was_observed_too() -> None:
    dataset = load(SAMPLES / "twitter-v2.jsonl")
    assert dataset.actions["is_context"].any() is False
    first_line = (SAMPLES / "bluesky-feed.json").read_text(encoding="utf-8")
    assert first_line.count('"reason"') == 1
    feed = load(SAMPLES / "bluesky-feed.json")
    assert feed.sources[0].rows_kept == 2
    assert feed.actions.filter(pl.col("is_context")).is_empty()


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_bytes((SAMPLES / "coortweet.csv").read_bytes())
    dataset = load(tmp_path)
    assert [(source.source_id, source.rows_kept) for source in dataset.sources] == [("s1.1", 2), ("s1.2", 0)]


def test_deleted_authors_and_replies_are_kept_apart_in_reddit() -> None:
    dataset = load(SAMPLES / "reddit.ndjson")
    assert act_rows(dataset, "action", "object_id")[0] == ("reply", "t1_lc0")
    assert readable(dataset.sources[0].rejected)["reason"].to_list() == ["the account is deleted"]
    assert load(SAMPLES / "reddit.submissions.ndjson").posts["likes"].to_list() == [None]


def test_countries_that_x_hides_or_widens_are_not_used() -> None:
    accounts = load(SAMPLES / "x-about.jsonl").accounts
    assert accounts["platform_country"].to_list() == ["FR", None, None]


def test_an_export_of_crowdtangle_without_its_times_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "crowdtangle.csv"
    path.write_bytes((SAMPLES / "crowdtangle.csv").read_bytes().replace(b"Post Created", b"Post Made"))
    with pytest.raises(InputFileError, match="Post Created"):
        load(path, "crowdtangle")


def test_dashboard_zones_are_converted_or_asked_for(tmp_path: Path) -> None:
    assert load(SAMPLES / "crowdtangle.csv").actions["acted_at"].dt.epoch("s")[0] == 1_719_000_000
    path = tmp_path / "crowdtangle.csv"
    path.write_bytes((SAMPLES / "crowdtangle.csv").read_bytes().replace(b"CEST", b"XYZT"))
    with pytest.raises(InputFileError, match="zone that is not known here"):
        load(path)
    asked = load(path, None, ReadOptions(settings={"time_zone": "Europe/Paris"}))
    assert asked.actions["acted_at"].dt.epoch("s")[0] == 1_719_000_000


def test_ranges_of_google_keep_an_open_end_open() -> None:
    dataset = load(SAMPLES / "google-ads.csv")
    columns = ("amount_low", "amount_high", "impressions_low", "impressions_high")
    assert list(dataset.money.select(columns).iter_rows()) == [
        (100, 200, 10_000, 15_000),
        (0, 100, 0, 10_000),
        (100_000, None, 10_000_000, None),
    ]
    assert dataset.sources[0].rejected["excerpt"].to_list() == ["n/a"]
    assert dataset.money["started_at"].dt.strftime("%F").to_list() == ["2024-06-01", "2024-06-05", "2024-06-05"]


def test_what_snapchat_was_paid_is_kept_with_its_payer() -> None:
    dataset = load(SAMPLES / "snapchat-ads.csv")
    columns = ("payer", "amount_low", "impressions_high", "currency")
    assert list(dataset.money.select(columns).iter_rows()) == [
        ("Committee for the Hall", 1250, 48_210, "EUR"),
        ("Hall Agency", 90, 3001, "EUR"),
    ]
    assert dataset.money["started_at"].dt.strftime("%F %H").to_list() == ["2024-06-01 08", "2024-06-03 08"]
    assert dataset.sources[0].rows_read == 3


@pytest.mark.parametrize(
    ("objects", "kind"),
    [
        (("https://example.org/a", "www.example.org/b", "example.org/c"), "url"),
        (("Vote on Sunday, all of you", "VOTE on Sunday,  all of you", "Another thing to say"), "text"),
        (("1810010914804465665", "1810010914804465666", "1810010914804465667"), "text"),
    ],
)
def test_objects_of_coortweet_are_links_only_where_they_look_like_links(
    tmp_path: Path, objects: tuple[str, ...], kind: str
) -> None:
    path = tmp_path / "acts.csv"
    rows = [f'"{what}",a{k},c{k},{1719000000 + k}' for k, what in enumerate(objects)]
    path.write_text("\n".join(["object_id,account_id,content_id,timestamp_share", *rows]), encoding="utf-8")
    dataset = load(path)
    acts = dataset.actions.filter(pl.col("object_kind") == kind)
    assert acts["account_id"].n_unique() == 3
    assert acts["object_id"].n_unique() == (2 if "Sunday" in objects[0] else 3)
    assert acts.height == 3
    assert dataset.sources[0].rejected.is_empty()
    assert any(f"were read as {kind} (object_kind)" in str(note) for note in dataset.sources[0].notes)
