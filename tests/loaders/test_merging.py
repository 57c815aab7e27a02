"""An act that several files hold counts once, and what is kept of it does not depend on the order of the files."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders import load, merge
from forensics.loaders.loader import ReadOptions

SAMPLES = Path(__file__).resolve().parent / "samples"
POST_ID = str((1_719_000_000_000 - 1_288_834_974_657) << 22)
"""A tweet's id of 2024-06-21 20:00:00."""


def read(*paths: Path) -> Dataset:
    return merge([load(path, None, ReadOptions(source_id=f"s{at}")) for at, path in enumerate(paths, 1)])


def table_rows(dataset: Dataset) -> list[list[tuple[object, ...]]]:
    """Return the rows of the tables without the names of their files, in an order of their own."""
    tables = [getattr(dataset, table.name).drop("source_id", "source_row") for table in schema.TABLES]
    rejected = [source.rejected.with_columns(name=pl.lit(source.name)) for source in dataset.sources]
    return [sorted(frame.rows(), key=repr) for frame in (*tables, pl.concat(rejected))]


def written(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def zeeschuimer(tmp_path: Path, name: str, seen_ms: int, likes: int, **more: object) -> Path:
    (line,) = [
        line
        for line in (SAMPLES / "zeeschuimer.mixed.ndjson").read_text(encoding="utf-8").splitlines()
        if '"tiktok.com"' in line
    ]
    item = json.loads(line)
    item |= {"timestamp_collected": seen_ms, "last_updated": seen_ms}
    item["data"]["stats"]["diggCount"] = likes
    item["data"] |= more
    return written(tmp_path, name, json.dumps(item))


def test_an_act_in_two_files_counts_once() -> None:
    pages, flat = SAMPLES / "twitter-v2.jsonl", SAMPLES / "twitter-v2.flat.jsonl"
    whole = read(pages, flat)
    assert whole.actions.height == load(pages).actions.height
    assert all(source.rows_read == source.rows_kept + source.rejected.height for source in whole.sources)
    assert any("that another file holds too" in str(note) for source in whole.sources for note in source.notes)


def test_data_sets_whose_sources_share_ids_are_kept_apart() -> None:
    pages, flat, other = (SAMPLES / name for name in ("twitter-v2.jsonl", "twitter-v2.flat.jsonl", "coortweet.csv"))
    named = read(pages, flat, other)
    whole = merge([load(pages), load(flat), load(other)])
    assert [source.source_id for source in whole.sources] == ["s1", "s2", "s3"]
    for table in schema.TABLES:
        assert getattr(whole, table.name).equals(getattr(named, table.name))
    folder = [load(pages, None, ReadOptions(source_id=name)) for name in ("s2.1", "s1", "s1")]
    assert [source.source_id for source in merge(folder).sources] == ["s2.1", "s1", "s2"]


PAIRS = (
    ("twitter-v2.jsonl", "twitter-v2.flat.jsonl", "twitter-v2.4cat.ndjson"),
    ("twarc-csv.csv", "4cat.csv", "twitter-v1.jsonl"),
    ("bluesky-feed.json", "bluesky-jetstream.jsonl", "bluesky-jetstream.second.jsonl"),
    ("tiktok-research.json", "tiktok-table.csv", "zeeschuimer.mixed.ndjson"),
)


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: names[0])
def test_the_order_of_the_files_changes_nothing(names: tuple[str, ...]) -> None:
    orders = [table_rows(read(*(SAMPLES / name for name in order))) for order in itertools.permutations(names)]
    assert all(other == orders[0] for other in orders)


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_post_is_known_by_its_id_and_takes_the_finest_time(tmp_path: Path, is_turned: bool) -> None:
    columns = "tweetid,userid,tweet_time,tweet_text,is_retweet,hashtags,urls"
    row = f"{POST_ID},4242,2024-06-21 23:30,Meet us at the town hall,False,['vote'],['https://example.org/a']"
    coarse = written(tmp_path, "tweets_hashed.csv", columns, row)
    item = {
        "id": POST_ID,
        "author_id": "4242",
        "text": "Meet us at the town hall",
        "created_at": "2024-06-21T20:00:00Z",
    }
    item |= {"conversation_id": POST_ID, "entities": {"hashtags": [{"tag": "vote"}]}}
    exact = written(tmp_path, "tweets.jsonl", json.dumps(item))
    assert load(coarse).actions["time_precision"].unique().to_list() == ["min"]
    whole = read(*((exact, coarse) if is_turned else (coarse, exact)))
    assert sorted(whole.actions["object_kind"].to_list()) == ["hashtag", "post", "text", "url"]
    assert whole.actions["acted_at"].dt.epoch("s").unique().to_list() == [1_719_000_000]
    assert whole.actions["time_precision"].unique().to_list() == ["ms"]


@pytest.mark.parametrize("is_turned", [False, True])
def test_the_counts_collected_last_are_kept(tmp_path: Path, is_turned: bool) -> None:
    early, late = (
        zeeschuimer(tmp_path, "early.ndjson", 1_719_000_100_000, 9),
        zeeschuimer(tmp_path, "late.ndjson", 1_719_000_900_000, 4),
    )
    assert read(*((late, early) if is_turned else (early, late))).posts["likes"].to_list() == [4]


def test_within_a_file_too_the_counts_collected_last_are_kept(tmp_path: Path) -> None:
    lines = [
        zeeschuimer(tmp_path, "a.ndjson", at, likes).read_text(encoding="utf-8")
        for at, likes in ((1_719_000_100_000, 3), (1_719_000_900_000, 5), (1_719_000_500_000, 8))
    ]
    dataset = load(written(tmp_path, "all.ndjson", *(line.strip() for line in lines)))
    assert dataset.posts["likes"].to_list() == [5]
    assert dataset.actions.filter(pl.col("object_kind") == "post")["source_row"].to_list() == [1]
    assert dataset.sources[0].rejected["row"].to_list() == [3]


def test_where_post_ids_name_no_single_posts_times_keep_acts_apart(tmp_path: Path) -> None:
    columns = "object_id,account_id,content_id,timestamp_share"
    rows = [f"video,ann,page,{1_719_000_000 + at}" for at in range(5)]
    one, two = (written(tmp_path, "one.csv", columns, *rows[:3]), written(tmp_path, "two.csv", columns, *rows[2:]))
    whole = read(one, two)
    assert whole.actions["acted_at"].n_unique() == 5
    assert whole.actions.height == load(one).actions.height + load(two).actions.height * 2 // 3
    assert any("do not name single posts" in str(note) for source in whole.sources for note in source.notes)


def test_two_services_may_use_one_number(tmp_path: Path) -> None:
    video = zeeschuimer(tmp_path, "tiktok.ndjson", 1_719_000_100_000, 3, id="77")
    columns = "tweetid,userid,tweet_time,tweet_text,is_retweet,user_screen_name,follower_count,like_count"
    tweet = written(tmp_path, "x.csv", columns, "77,ann_sample,2024-06-21 20:00,Another,False,ann_sample,3,2")
    whole = read(video, tweet)
    assert whole.posts.height == 2
    assert whole.actions.filter(pl.col("object_kind") == "post").height == 2
