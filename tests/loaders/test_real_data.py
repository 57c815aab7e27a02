"""The loaders on real election data, where a copy of it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.loaders import load, recognise
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import readable

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FORENSICS_SHARED_DATA", ROOT.parent / "shared" / "data"))


def real(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand; FORENSICS_SHARED_DATA says where it is looked for")
    return path


@pytest.fixture(scope="module")
def german() -> Dataset:
    options = ReadOptions(
        columns={"account": "account_id", "post": "post_id", "time": "timestamp"},
        objects={"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "media": "phash_id"},
    )
    return load(real("german-elections-2021/german_elections.parquet"), None, options)


def test_the_german_rows_are_all_accounted_for(german: Dataset) -> None:
    (source,) = german.sources
    assert source.rows_read == 218_971
    reasons = (
        readable(source.rejected)["reason"].str.replace(r"[\d,]+$", "N").value_counts().sort("count", descending=True)
    )
    assert reasons.rows() == [("duplicate of row N", 24_177), ("adds nothing to the rows before it", 42)]


@pytest.mark.parametrize(
    ("kind", "n_acts"), [("url", 41_100), ("hashtag", 36_005), ("domain", 63_529), ("media", 16_934)]
)
def test_each_trace_keeps_exactly_its_distinct_acts(german: Dataset, kind: str, n_acts: int) -> None:
    column = {"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "media": "phash_id"}[kind]
    raw = pl.read_parquet(real("german-elections-2021/german_elections.parquet")).drop_nulls(column)
    distinct = raw.select(
        pl.col(column).cast(pl.String).alias("object_id"),
        "account_id",
        pl.col("post_id").cast(pl.String),
        pl.col("timestamp").alias("at"),
    ).unique()
    made = pl.col("post_id").str.starts_with("made-")
    acts = german.actions.filter(pl.col("object_kind") == kind).select(
        "object_id",
        "account_id",
        pl.when(~made).then("post_id").alias("post_id"),
        pl.col("acted_at").dt.epoch("s").alias("at"),
    )
    assert acts.height == distinct.height == n_acts
    assert distinct.join(acts, on=distinct.columns, how="anti", nulls_equal=True).is_empty()


def test_the_russian_rows_are_read_as_coortweet_input() -> None:
    path = real("russian-coord-2021/russian_coord_tweets.csv.gz")
    assert recognise(path).loader == "coortweet"
    dataset = load(path, None, ReadOptions(settings={"object_kind": "post", "action": "repost"}))
    assert (dataset.sources[0].rows_read, dataset.actions.height) == (35_125, 35_124)
    assert dataset.actions["account_id"].n_unique() == 9_509
    assert dataset.actions["time_precision"].unique().to_list() == ["s"]


@pytest.fixture(scope="module")
def trolls() -> Dataset:
    path = real("ira-2016-autumn/IRAhandle_tweets_autumn_2016.csv.zst")
    assert recognise(path).loader == "fivethirtyeight"
    return load(path)


def test_the_troll_tweets_are_kept_to_the_minute(trolls: Dataset) -> None:
    assert trolls.sources[0].rows_read == 326_980
    assert trolls.actions["time_precision"].unique().to_list() == ["min"]
    assert trolls.actions["account_id"].n_unique() == trolls.accounts.height == 598


def test_the_regions_of_the_troll_tweets_are_kept_as_the_collectors_guess(trolls: Dataset) -> None:
    placed = trolls.accounts.filter(pl.col("platform_country").is_not_null())
    assert placed["platform_country_kind"].unique().to_list() == ["collector"]
    assert placed.filter(platform_country="US").height == 320


def test_retweets_share_the_text_of_the_tweet_they_repeat(trolls: Dataset) -> None:
    texts = trolls.actions.filter(pl.col("object_kind") == "text")
    both = texts.group_by("object_id").agg(pl.col("action").n_unique().alias("n")).filter(pl.col("n") == 2)
    assert both.height > 1000
    assert trolls.accounts["label"].null_count() == 0
    assert trolls.actions["country"].null_count() == trolls.actions.height
