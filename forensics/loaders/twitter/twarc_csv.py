"""Tweets of API v2 as the plugin twarc-csv flattens them: one row for each, dotted column names, lists as JSON text.

Hashtags carry ``#`` and mentions ``@``. Counts of retweets are those of the tweet repeated and are not used. Times come
from the ids, to the millisecond; ids that went through a spreadsheet are noticed.

Source: https://github.com/DocNow/twarc-csv, version 0.7.
"""

from __future__ import annotations

import json

import polars as pl

from forensics.loaders.format_declarations.declared_fields import stated_country
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.normalising.cell_values import as_lists, as_number
from forensics.loaders.twitter.api_v1 import SMALL_PLACES

_CORNER = r"-?\d+(?:\.\d+)?"
_POINT = r"^\s*\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]"
_COUNTS = {"likes": "like_count", "comments": "reply_count", "shares": "retweet_count", "views": "impression_count"}


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


def _with_lists(rows: pl.DataFrame) -> pl.DataFrame:
    """Read the lists of addresses, and of the accounts that a tweet names or answers."""
    addresses = [_addresses(cell) for cell in rows["entities.urls"].to_list()]
    mentions = as_lists(rows["entities.mentions"]).list.eval(pl.element().str.strip_prefix("@"))
    return rows.with_columns(
        pl.Series("_urls", addresses, dtype=pl.List(pl.String)), mentions.cast(pl.List(pl.String)).alias("_mentions")
    )


def _coordinate(at: int, limit: float) -> pl.Expr:
    """Return one coordinate: the tweet's own, or that of the middle of a small place that it was tagged with."""
    corners = pl.col("geo.geo.bbox").str.extract_all(_CORNER).list.eval(pl.element().cast(pl.Float64))
    is_small = pl.col("geo.place_type").is_in(SMALL_PLACES) & (corners.list.len() == 4)
    middle = (corners.list.get(at, null_on_oob=True) + corners.list.get(at + 2, null_on_oob=True)) / 2
    own = as_number(pl.col("geo.coordinates.coordinates").str.extract(_POINT, at + 1), -limit, limit)
    return pl.coalesce(own, pl.when(is_small).then(middle))


LOADER = loader_of(
    "twarc-csv",
    "twarc-csv",
    "Tweets of API v2 as the plugin twarc-csv writes them, one row for each.",
    TableFormat(
        kind="twarc-csv's tweets",
        marks=("author_id", "referenced_tweets.retweeted.id", "public_metrics.retweet_count"),
        account="author_id",
        time="created_at",
        time_settings={},
        is_time_noted=False,
        tweet_ids="id",
        platform="twitter",
        post={
            "post_id": "id",
            "text": "text",
            "language": "lang",
            "client": "source",
            "country": stated_country("geo.country_code"),
            "longitude": _coordinate(0, 180),
            "latitude": _coordinate(1, 90),
            "permalink": pl.format("https://twitter.com/{}/status/{}", "author.username", "id"),
        },
        acts=(
            Act("repost", "referenced_tweets.retweeted.id"),
            Act("reply", "referenced_tweets.replied_to.id"),
            Act("quote", "referenced_tweets.quoted.id"),
        ),
        also=("entities.urls", "entities.mentions"),
        prepare=(_with_lists,),
        traces={
            "url": pl.col("_urls"),
            "hashtag": "entities.hashtags",
            "media": "attachments.media_keys",
            "account": [pl.col("_mentions"), "in_reply_to_username"],
            "place": "geo.place_id",
        },
        has_links=False,
        facts={
            "handle": "author.username",
            "name": "author.name",
            "created_at": "author.created_at",
            "stated_place": "author.location",
            "followers": "author.public_metrics.followers_count",
            "following": "author.public_metrics.following_count",
            "posts": "author.public_metrics.tweet_count",
        },
        counts={
            "followers": "author.public_metrics.followers_count",
            **{name: f"public_metrics.{column}" for name, column in _COUNTS.items()},
        },
        captured="__twarc.retrieved_at",
    ),
)
