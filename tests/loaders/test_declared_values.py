"""What declared formats make of their samples, where it takes more than putting a field into a column."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from loaders.sample_exports import SAMPLES, samples

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions

AGREED = ReadOptions(settings={"consent": "true"})


def read(name: str) -> Dataset:
    return load(SAMPLES / name, options=AGREED)


def own_acts(dataset: Dataset, *columns: str) -> list[tuple[object, ...]]:
    """Return the acts that posts themselves are, without their traces."""
    kind = pl.col("object_kind").cast(pl.String)
    return list(dataset.actions.filter(kind.is_null() | (kind == "post")).select(columns).iter_rows())


def test_the_samples_are_what_their_writer_writes() -> None:
    assert {name: (SAMPLES / name).read_bytes() for name in samples()} == samples()


def test_brandwatch_names_the_act_and_the_post_it_is_done_to() -> None:
    acts = own_acts(read("brandwatch.csv"), "account_id", "action", "object_id")
    assert acts[:3] == [
        ("101", "post", "2053811111111111111"),
        ("102", "repost", "2053811111111111111"),
        ("103", "reply", "2053811111111111111"),
    ]
    assert ("news/example.org", "post", "https://example.org/article") in acts


def test_one_name_on_two_platforms_is_two_accounts() -> None:
    accounts = read("brandwatch.csv").accounts.select("account_id", "platform").rows()
    assert ("instagram/insta", "instagram") in accounts
    assert ("101", "twitter") in accounts


def test_meltwater_takes_times_from_quoted_ids_and_else_as_written() -> None:
    times = read("meltwater.csv").actions.select("post_id", "acted_at", "time_precision").unique("post_id").rows()
    by_post = {post: (at, precision) for post, at, precision in times}
    assert by_post["1989617000000000001"][1] == "ms"
    assert by_post["d2"] == (datetime(2025, 11, 15, 14, 5, tzinfo=UTC), "min")


def test_kibana_times_are_read_and_forwards_name_their_channel() -> None:
    dataset = read("open-measures.csv")
    assert dataset.actions["acted_at"][0] == datetime(2026, 3, 20, 19, 50, 57, tzinfo=UTC)
    assert ("autre", "repost", "1001") in dataset.actions.select("account_id", "action", "object_id").rows()
    assert dataset.posts.select("views", "shares").rows() == [(7038, 12), (None, None)]


def test_a_repost_on_bluesky_is_who_reposted_and_not_the_author() -> None:
    acts = own_acts(read("minet.bluesky.csv"), "account_id", "action", "object_id")
    original = "at://did:plc:a/app.bsky.feed.post/3kaaaaaaaaa2a"
    assert acts[:2] == [("did:plc:a", "post", original), ("did:plc:b", "repost", original)]


@pytest.mark.parametrize("name", ["snscrape.jsonl", "minet.csv", "apify.x.json", "dmi-tcat.csv", "academictwitter.csv"])
def test_reposts_and_quotes_name_the_tweet(name: str) -> None:
    acts = own_acts(read(name), "action", "object_id")
    (original,) = {target for action, target in acts if action == "quote"}
    assert ("repost", original) in acts


def test_the_same_items_in_json_and_in_a_table_are_the_same_acts() -> None:
    one, other = read("apify.json"), read("apify.table.csv")
    assert one.actions.equals(other.actions)
    assert one.posts.equals(other.posts)
    one, other = read("twitter-web-exporter.json"), read("twitter-web-exporter.csv")
    assert one.actions.equals(other.actions)


def test_times_in_a_browsers_zone_give_way_to_those_of_the_ids() -> None:
    acts = read("twitter-web-exporter.csv").actions
    assert acts.filter(pl.col("account_id") == "ann")["acted_at"][0] == datetime(
        2025, 11, 15, 8, 50, 32, 753_000, tzinfo=UTC
    )


@pytest.mark.parametrize("name", ["youtube-comments.jsonl", "youtube-comments.info.json"])
def test_estimated_times_stay_estimated(name: str) -> None:
    assert set(read(name).actions["time_precision"]) == {"estimated"}


def test_a_chat_is_refused_without_consent_and_its_lines_belong_together() -> None:
    for name in ("whatsapp.txt", "telethon.jsonl"):
        with pytest.raises(InputFileError, match="private chat"):
            load(SAMPLES / name)
    texts = own_acts(read("whatsapp.txt"), "account_id", "text")
    assert texts == [
        ("Ann A.", "Votez #vote https://example.org/a\nune deuxième ligne"),
        ("Bob B.", None),
        ("Cleo", "Oui : vraiment"),
    ]


def test_notices_that_an_iphone_puts_under_a_groups_name_are_no_messages(tmp_path: Path) -> None:
    path = tmp_path / "_chat.txt"
    path.write_text(
        "\u200e[13/07/2024, 17:00:00] Voisins: \u200eLes messages sont chiffrés de bout en bout.\n"
        "[13/07/2024, 18:00:05] Ann A.: Votez\n"
        "\u200e[13/07/2024, 18:00:09] Bob B.: \u200eimage absente\n"
        "\u200e[13/07/2024, 18:01:00] Voisins: \u200eAnn A. a ajouté Cleo\n",
        encoding="utf-8",
    )
    dataset = load(path, None, ReadOptions(settings={"consent": "true"}))
    assert own_acts(dataset, "account_id", "text") == [("Ann A.", "Votez"), ("Bob B.", None)]
    assert dataset.sources[0].rejected["row"].to_list() == [1, 4]


def test_telethons_ids_are_those_of_telegram_desktop() -> None:
    acts = own_acts(read("telethon.jsonl"), "account_id", "action", "object_id")
    assert acts[:3] == [
        ("channel1001", "post", "1001-12"),
        ("user7", "repost", "1002-4"),
        ("channel1003", "reply", "1001-12"),
    ]


def test_each_answer_in_a_tree_of_reddit_is_a_row() -> None:
    acts = own_acts(read("reddit-listing.json"), "account_id", "action", "object_id")
    assert ("bob", "comment", "t3_abc") in acts
    assert ("ann", "reply", "t1_c1") in acts


def test_clocks_and_bounds_and_clusters() -> None:
    assert read("dmi-tcat.csv").accounts["utc_offset_s"].drop_nulls().to_list() == [-7200]
    money = read("radlibrary.csv").money.select("amount_low", "amount_high", "payer").rows()
    assert money == [(0.0, 99.0, "Le parti"), (1_000_000.0, None, "Autre"), (0.0, None, "Seule")]
    acts = read("d3lta.csv").actions
    same = acts.filter(pl.col("object_kind").cast(pl.String) == "text")
    assert same.select("account_id", "object_id").rows() == [("101", "d3lta-0"), ("102", "d3lta-0")]


def test_an_empty_list_that_r_writes_as_an_object_costs_no_tweet(tmp_path: Path) -> None:
    path = tmp_path / "data_1.json"
    tweet = {"id": "1404000000000000123", "author_id": "101", "text": "Votez", "created_at": "2021-06-13T09:00:00.000Z"}
    empty = {"referenced_tweets": {}, "entities": {"hashtags": {}}, "attachments": {}, "public_metrics": {}}
    path.write_text(json.dumps([{**tweet, **empty}, {**tweet, "id": "1404000001000000123"}]), encoding="utf-8")
    (source,) = load(path).sources
    assert (source.rows_read, source.rows_kept) == (2, 2)


def test_a_tweet_whose_page_gave_no_legacy_part_is_kept_with_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "x.ndjson"
    user = {"rest_id": "101", "core": {"screen_name": "ann", "name": "Ann A."}}
    note = {"note_tweet_results": {"result": {"text": "Votez"}}}
    data = {"rest_id": "1989617000000000001", "core": {"user_results": {"result": user}}, "note_tweet": note}
    line = {"source_platform": "x.com", "timestamp_collected": 1763200000000, "data": data}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    dataset = load(path)
    assert own_acts(dataset, "account_id", "text", "time_precision") == [("101", "Votez", "ms")]
    assert dataset.posts.is_empty()


def test_likes_without_who_and_when_are_refused_with_the_way_to_date_them(tmp_path: Path) -> None:
    path = tmp_path / "likes.json"
    items = ["https://m.example/users/a/statuses/1", "https://m.example/users/b/statuses/2"]
    path.write_text(json.dumps({"type": "OrderedCollection", "orderedItems": items}), encoding="utf-8")
    with pytest.raises(InputFileError, match=r"polled-likes\.md"):
        load(path)
