"""FiveThirtyEight's Russian troll tweets (``IRAhandle_tweets_*.csv``), whole or less some columns.

Times are UTC to the minute, ``M/D/YYYY H:MM``. ``external_author_id`` was rounded by a spreadsheet and is not used;
``alt_external_id`` is, or the author's name where it is missing. A retweet does not name the tweet it repeats: its act
has no object of its own, and the identical words are what the accounts share. ``region`` is a guess of the collecting
software, made for each tweet: an account's last is kept as of kind ``collector``, evidence of its own that is
worth no more than a guess. ``account_category`` was coded by hand and is kept as ``label``: truth, for scoring
only. Where ``tweet_id`` is there, the time hidden in it is used, which is exact to the millisecond.

Source: Linvill & Warren 2020, doi:10.1080/10584609.2020.1718257; https://github.com/fivethirtyeight/russian-troll-tweets.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.reading.tables import read_table
from forensics.loaders.shaping.act_rows import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import add_times
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.values import as_count
from forensics.loaders.times.time_columns import side_rule
from forensics.places import resolve_places
from forensics.text.languages import LANGUAGE_CODES
from forensics.text.urls import urls_in_texts

__all__ = ["LOADER"]

_NEEDED = ("author", "content", "publish_date", "retweet")
_MARK = ("author", "content", "publish_date", "harvested_date", "account_category")
_READ = (
    *("author", "content", "region", "language", "publish_date", "harvested_date", "following", "followers", "updates"),
    *("post_type", "retweet", "account_category", "alt_external_id", "tweet_id"),
    *("article_url", "tco1_step1", "tco2_step1", "tco3_step1"),
)
_MINUTES = {"time_format": "%m/%d/%Y %H:%M"}
_HASHTAG = r"(?:^|[^\w&])#(\w*[^\W\d_]\w*)"


def sniff(head: Head) -> Confidence:
    """Accept a table that has the release's own column names."""
    if set(_MARK) <= set(head.columns):
        return Confidence(0.95, f"it has FiveThirtyEight's columns {', '.join(_MARK)}")
    return Confidence(0.0, f"it lacks the columns {', '.join(_MARK)}")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a file of the release.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_table(path, options, lambda columns: [column for column in _READ if column in columns])
    missing = [column for column in _NEEDED if column not in table]
    if missing:
        raise InputFileError(
            "{file} lacks {missing}. Its columns are: {columns}.",
            file=path.name,
            missing=", ".join(missing),
            columns=", ".join(table.columns),
        )
    blank = [pl.lit(None, pl.String).alias(column) for column in _READ if column not in table]
    table.then(lambda rows: rows.with_columns(blank))
    table.notes.append("Times are UTC, as the release's tweet ids prove, and were kept to the minute.")
    settle_ids(table, own=["alt_external_id", "tweet_id"])
    add_times(table, "publish_date", _MINUTES, says_format=False, ids="tweet_id")
    harvested = side_rule("harvested_date", table.pieces("harvested_date"))

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        return _account_facts(rows.with_columns(_harvested=harvested(rows["harvested_date"])))

    return dataset_from_table(LOADER.name, options, table, _posts, facts, platform="twitter")


def _posts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the tweets as posts with traces."""
    is_repost = (pl.col("retweet") == "1") | (pl.col("post_type") == "RETWEET")
    resolved = pl.concat_list("tco1_step1", "tco2_step1", "tco3_step1").list.drop_nulls()
    return frame.select(
        ROW,
        pl.coalesce("alt_external_id", "author").alias("account_id"),
        pl.when(is_repost.fill_null(value=False))
        .then(pl.lit("repost"))
        .when(pl.col("post_type") == "QUOTE_TWEET")
        .then(pl.lit("quote"))
        .otherwise(pl.lit("post"))
        .alias("action"),
        acted_at="_time",
        time_precision="_precision",
        post_id="tweet_id",
        text="content",
        language=pl.col("language").replace_strict(LANGUAGE_CODES, default=None, return_dtype=pl.String),
        permalink="article_url",
        **{
            TRACES["hashtag"]: pl.col("content").str.extract_all(_HASHTAG).list.eval(pl.element().str.extract("#(.*)$"))
        },
        **{TRACES["url"]: pl.when(resolved.list.len() > 0).then(resolved).otherwise(urls_in_texts(pl.col("content")))},
    )


def _account_facts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what each row says of its account on the day of the tweet."""
    counts = {"followers": "followers", "following": "following", "posts": "updates"}
    names = resolve_places(frame["region"]).select(region="stated_place", platform_country="country")
    return frame.join(names, "region", "left", maintain_order="left").select(
        ROW,
        pl.coalesce("alt_external_id", "author").alias("account_id"),
        "platform_country",
        pl.when(pl.col("platform_country").is_not_null()).then(pl.lit("collector")).alias("platform_country_kind"),
        pl.coalesce("_harvested", "_time").alias("captured_at"),
        handle="author",
        label="account_category",
        **{name: as_count(pl.col(column)) for name, column in counts.items()},
    )


LOADER = Loader(
    name="fivethirtyeight",
    title="FiveThirtyEight, Russian troll tweets",
    text="The Internet Research Agency's tweets as FiveThirtyEight and Clemson University published them in 2018.",
    sniff=sniff,
    read=read,
)
