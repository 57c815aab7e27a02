"""Twitter's archive of information operations: the tweets of accounts it removed and tied to governments.

``*_tweets_csv_hashed.csv`` and the archives' merged copies, in all their releases: columns are matched by name.
Accounts with few followers are hashed (64 hexadecimal digits, or 44 characters of base64 that may begin with ``+`` or
``=``). The time is kept to the minute, but ids are never hashed, so times come from them to the millisecond.
Coordinates are numbers or the words ``present`` and ``absent``; lists are written as Python shows them, with or without
quotes.

Source: https://transparency.x.com/en/reports/information-operations (2018 to 2022), readme files of the releases.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.acts import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import add_times, read_columns
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.times import side_rule
from forensics.loaders.shaping.values import as_count, as_lists, as_number

__all__ = ["LOADER"]

_NEEDED = ("tweetid", "userid", "tweet_text", "tweet_time")
_ALSO = (
    *("user_display_name", "user_screen_name", "user_reported_location", "follower_count", "following_count"),
    *("account_creation_date", "account_language", "tweet_language", "tweet_client_name", "in_reply_to_tweetid"),
    *("quoted_tweet_tweetid", "is_retweet", "retweet_tweetid", "latitude", "longitude", "reply_count"),
    *("like_count", "retweet_count", "hashtags", "urls", "user_mentions"),
)


def sniff(head: Head) -> Confidence:
    """Accept a table with the archive's own column names."""
    marks = ("tweetid", "userid", "tweet_time", "tweet_text")
    if set(marks) <= set(head.columns):
        return Confidence(0.95, f"it has the archive's columns {', '.join(marks)}")
    return Confidence(0.0, f"it lacks the columns {', '.join(marks)}")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a release's tweets.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_columns(path, options, _NEEDED, _ALSO)
    table.notes.append("Times are UTC, as the releases' readme says.")
    named = ("in_reply_to_tweetid", "quoted_tweet_tweetid", "retweet_tweetid")
    settle_ids(table, needed=["userid"], own=["tweetid"], named=named)
    add_times(table, "tweet_time", {}, is_said=False, ids="tweetid")
    created = side_rule("account_creation_date", table.pieces("account_creation_date"))

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        return _facts(rows).with_columns(created_at=created(rows["account_creation_date"]))

    return dataset_from_table(LOADER.name, options, table, _posts, facts, _counts, "twitter")


def _is_repost() -> pl.Expr:
    return (pl.col("is_retweet").str.to_lowercase() == "true").fill_null(value=False)


def _id(column: str) -> pl.Expr:
    """Return ids, null where a release wrote none as a word or as 0; of an id with ``.0`` behind it, the id."""
    value = pl.col(column).str.strip_chars()
    return pl.when(~value.is_in(["", "nan", "0", "None", "absent"])).then(value)


def _posts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the tweets as posts with traces."""
    repost, reply, quote = _is_repost(), _id("in_reply_to_tweetid"), _id("quoted_tweet_tweetid")
    action = (
        pl.when(repost).then(pl.lit("repost"))
        .when(reply.is_not_null()).then(pl.lit("reply"))
        .when(quote.is_not_null()).then(pl.lit("quote"))
        .otherwise(pl.lit("post"))
    )  # fmt: skip
    return frame.select(
        ROW,
        account_id="userid",
        acted_at="_time",
        time_precision="_precision",
        action=action,
        post_id="tweetid",
        object_id=pl.when(repost).then(_id("retweet_tweetid")).otherwise(pl.coalesce(reply, quote)),
        text="tweet_text",
        language=pl.when(~pl.col("tweet_language").is_in(["und", "absent"])).then("tweet_language"),
        client="tweet_client_name",
        latitude=as_number(pl.col("latitude"), -90, 90),
        longitude=as_number(pl.col("longitude"), -180, 180),
    ).with_columns(
        as_lists(frame["urls"]).alias(TRACES["url"]),
        as_lists(frame["hashtags"]).alias(TRACES["hashtag"]),
        as_lists(frame["user_mentions"]).alias(TRACES["account"]),
    )


def _facts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what each row says of its account; a hashed name is no name."""
    hashed = pl.col("user_screen_name") == pl.col("userid")
    return frame.select(
        ROW,
        account_id="userid",
        captured_at="_time",
        handle=pl.when(~hashed).then("user_screen_name"),
        name=pl.when(~hashed).then("user_display_name"),
        followers=as_count(pl.col("follower_count")),
        following=as_count(pl.col("following_count")),
        stated_place="user_reported_location",
        language="account_language",
    )


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the counts of the tweets that repeat no other."""
    return frame.filter(~_is_repost()).select(
        ROW,
        post_id="tweetid",
        account_id="userid",
        published_at="_time",
        time_precision="_precision",
        followers=as_count(pl.col("follower_count")),
        likes=as_count(pl.col("like_count")),
        comments=as_count(pl.col("reply_count")),
        shares=as_count(pl.col("retweet_count")),
        text="tweet_text",
        language="tweet_language",
    )


LOADER = Loader(
    name="twitter-operations",
    title="Twitter information operations, tweets",
    text="The archive of tweets that Twitter tied to governments, 2018 to 2022 (*_tweets_csv_hashed.csv).",
    sniff=sniff,
    read=read,
)
