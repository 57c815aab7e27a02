"""Tweets as ntscraper reads them from a Nitter page: a list of tweets beside lists of threads.

A retweet stands there with its author and its time, and nothing says who passed it on: it is kept as context.

Source: https://github.com/bocchilorenzo/ntscraper, ntscraper/nitter.py, version 0.4 (2024).
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from forensics.loaders.format_declarations.declared_fields import bare, hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.format_declarations.table_format import Act, TableFormat


def _id_in(field: str) -> pl.Expr:
    return pl.col(field).str.extract(r"/status/(\d+)")


_TWEET = TableFormat(
    kind="a list of tweets",
    marks=("link", "is-retweet", "stats", "user", "quoted-post"),
    account=bare("user.username"),
    time="date",
    platform="twitter",
    post={"post_id": _id_in("link"), "text": "text", "permalink": "link", "is_context": "is-retweet"},
    acts=(Act("quote", _id_in("quoted-post.link")),),
    traces={"url": "external-link", "hashtag": hashtags_in("text"), "media": "pictures[]"},
    facts={"handle": bare("user.username"), "name": "user.name"},
    counts={"likes": "stats.likes", "comments": "stats.comments", "shares": "stats.retweets"},
)

LOADER = loader_of(
    "ntscraper",
    "ntscraper",
    "Tweets that the library ntscraper read from a Nitter page.",
    _TWEET,
    replace(
        _TWEET,
        kind="tweets and threads",
        marks=("tweets[].link", "tweets[].is-retweet", "tweets[].stats"),
        items=Items(lists=("tweets", "threads")),
    ),
)
