"""Tweets of API v2 as the plugin twarc-csv flattens them: one row for each, dotted column names, lists as JSON text.

Hashtags carry ``#`` and mentions ``@``. Counts of retweets are those of the tweet repeated and are not used. Times come
from the ids, to the millisecond; ids that went through a spreadsheet are noticed.

Source: https://github.com/DocNow/twarc-csv, version 0.7.
"""

from __future__ import annotations

import json
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
from forensics.loaders.shaping.values import as_count, as_country, as_lists, as_number
from forensics.loaders.twitter.api_v1 import SMALL_PLACES

__all__ = ["LOADER"]

_NEEDED = ("id", "author_id", "created_at", "text")
_REFERENCES = {"retweeted": "repost", "replied_to": "reply", "quoted": "quote"}
_ALSO = (
    *(f"referenced_tweets.{kind}.id" for kind in _REFERENCES),
    *("lang", "source", "public_metrics.like_count", "public_metrics.reply_count"),
    *("public_metrics.retweet_count", "public_metrics.impression_count", "entities.hashtags", "entities.mentions"),
    *("entities.urls", "attachments.media_keys", "author.created_at", "author.username", "author.name"),
    *("author.location", "author.public_metrics.followers_count", "author.public_metrics.following_count"),
    *(
        "author.public_metrics.tweet_count",
        "geo.country_code",
        "geo.place_id",
        "geo.coordinates.coordinates",
        "geo.place_type",
        "geo.geo.bbox",
        "in_reply_to_username",
        "__twarc.retrieved_at",
    ),
)


def sniff(head: Head) -> Confidence:
    """Accept a table with twarc-csv's dotted columns."""
    marks = ("author_id", "referenced_tweets.retweeted.id", "public_metrics.retweet_count")
    if set(marks) <= set(head.columns):
        return Confidence(0.95, f"it has twarc-csv's columns {', '.join(marks)}")
    return Confidence(0.0, f"it lacks the columns {', '.join(marks)}")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a file of twarc-csv.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_columns(path, options, _NEEDED, _ALSO)
    references = [f"referenced_tweets.{kind}.id" for kind in _REFERENCES]
    settle_ids(table, needed=["author_id"], own=["id"], named=references)
    add_times(table, "created_at", {}, is_said=False, ids="id")
    created, retrieved = (side_rule(name, table.pieces(name)) for name in ("author.created_at", "__twarc.retrieved_at"))

    table.then(lambda rows: rows.with_columns(_retrieved=retrieved(rows["__twarc.retrieved_at"])))

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        return _facts(rows).with_columns(created_at=created(rows["author.created_at"]))

    return dataset_from_table(LOADER.name, options, table, _posts, facts, _counts, "twitter")


def _reference(kind: str) -> pl.Expr:
    return pl.col(f"referenced_tweets.{kind}.id")


def _posts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the tweets as posts with traces."""
    action = pl.lit("post")
    for kind in reversed(_REFERENCES):
        action = pl.when(_reference(kind).is_not_null()).then(pl.lit(_REFERENCES[kind])).otherwise(action)
    return frame.select(
        ROW,
        "text",
        account_id="author_id",
        acted_at="_time",
        time_precision="_precision",
        action=action,
        post_id="id",
        object_id=pl.coalesce(*(_reference(kind) for kind in _REFERENCES)),
        language="lang",
        client="source",
        country=as_country(pl.col("geo.country_code")),
        permalink=pl.format("https://twitter.com/{}/status/{}", "author.username", "id"),
    ).with_columns(
        pl.Series([_addresses(cell) for cell in frame["entities.urls"].to_list()], dtype=pl.List(pl.String)).alias(
            TRACES["url"]
        ),
        as_lists(frame["entities.hashtags"]).alias(TRACES["hashtag"]),
        as_lists(frame["attachments.media_keys"]).alias(TRACES["media"]),
        _named(frame).alias(TRACES["account"]),
        frame.select(pl.concat_list("geo.place_id").list.drop_nulls()).to_series().alias(TRACES["place"]),
        *_where(frame),
    )


def _named(frame: pl.DataFrame) -> pl.Series:
    """Return the accounts that a tweet names or answers."""
    mentions = as_lists(frame["entities.mentions"]).list.eval(pl.element().str.strip_prefix("@"))
    answered = pl.concat_list("in_reply_to_username").list.drop_nulls()
    whole = pl.concat_list(pl.col("_mentions").fill_null([]), answered).list.unique(maintain_order=True)
    return frame.with_columns(_mentions=mentions).select(whole).to_series()


def _where(frame: pl.DataFrame) -> list[pl.Series]:
    """Return longitude and latitude: the tweet's own, or the middle of a small place that it was tagged with."""
    numbers = frame["geo.geo.bbox"].str.extract_all(r"-?\d+(?:\.\d+)?")
    corners = numbers.list.eval(pl.element().cast(pl.Float64))
    is_small = frame["geo.place_type"].is_in(SMALL_PLACES) & (corners.list.len() == 4)
    middles = [
        (corners.list.get(at, null_on_oob=True) + corners.list.get(at + 2, null_on_oob=True)) / 2 for at in (0, 1)
    ]
    own = _point(frame["geo.coordinates.coordinates"])
    table = pl.DataFrame(
        [*own, middles[0].alias("_longitude"), middles[1].alias("_latitude"), is_small.alias("_is_small")]
    )
    return table.select(
        pl.coalesce(name, pl.when("_is_small").then(pl.col(f"_{name}"))).alias(name)
        for name in ("longitude", "latitude")
    ).get_columns()


def _point(cells: pl.Series) -> list[pl.Series]:
    """Return the longitude and latitude in a column of pairs."""
    pair = cells.str.extract_groups(r"^\s*\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]").struct.unnest()
    limits = {"longitude": 180, "latitude": 90}
    return [
        pair.select(as_number(pl.col(column), -limit, limit).alias(name)).to_series()
        for (name, limit), column in zip(limits.items(), pair.columns, strict=True)
    ]


def _addresses(cell: str | None) -> list[str] | None:
    """Return the addresses in a cell: a JSON list of texts, or of objects as the API has them."""
    if cell is None:
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell.split()
    urls = []
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            urls.append(item.get("unwound_url") or item.get("expanded_url") or item.get("url"))
        else:
            urls.append(item)
    return [url for url in urls if isinstance(url, str)]


def _facts(frame: pl.DataFrame) -> pl.DataFrame:
    counts = {"followers": "followers_count", "following": "following_count", "posts": "tweet_count"}
    return frame.select(
        ROW,
        account_id="author_id",
        handle="author.username",
        name="author.name",
        stated_place="author.location",
        captured_at=pl.coalesce("_retrieved", "_time"),
        **{name: as_count(pl.col(f"author.public_metrics.{column}")) for name, column in counts.items()},
    )


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the counts of the tweets that repeat no other."""
    counts = {"likes": "like_count", "comments": "reply_count", "shares": "retweet_count", "views": "impression_count"}
    return frame.filter(_reference("retweeted").is_null()).select(
        ROW,
        "text",
        post_id="id",
        account_id="author_id",
        published_at="_time",
        time_precision="_precision",
        captured_at="_retrieved",
        language="lang",
        followers=as_count(pl.col("author.public_metrics.followers_count")),
        **{name: as_count(pl.col(f"public_metrics.{column}")) for name, column in counts.items()},
    )


LOADER = Loader(
    name="twarc-csv",
    title="twarc-csv",
    text="Tweets of API v2 as the plugin twarc-csv writes them, one row for each.",
    sniff=sniff,
    read=read,
)
