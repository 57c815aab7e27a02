"""Reddit's comments and submissions: Pushshift's dumps (``RC_*``, ``RS_*``, often ``.zst``) and Reddit's listings.

Accounts are known by their names, which Reddit never gives away twice; deleted ones are rejected. A comment is done to
the submission or, as a reply, to the comment it answers; a crosspost repeats its parent. Scores are those of the day of
collection. ``created_utc`` is a number or, in early years, a string. A listing is what a page gives with ``.json``
behind its address; each answer in a tree of comments is a row; comments that the page had not loaded are rejected.

Source: https://github.com/Watchful1/PushshiftDumps (March 2026); https://www.reddit.com/dev/api (2026).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from forensics.loaders.format_declarations.declared_fields import only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.generic_tables.unnamed_accounts import DELETED
from forensics.text.urls import urls_in_texts

_DEEPEST = 100
"""Answers below answers that are gone into."""

_AUTOMATED = ("AutoModerator",)
_IS_COMMENT = pl.col("body").is_not_null()
_WORDS = pl.when(~pl.col("selftext").is_in(DELETED)).then("selftext")
_WHOLE = pl.concat_str(
    pl.when(~pl.col("title").is_in(DELETED)).then("title"), _WORDS, separator="\n", ignore_nulls=True
)


def _acts(parent: pl.Expr) -> tuple[Act, ...]:
    return (
        Act("reply", parent, _IS_COMMENT & parent.str.starts_with("t1_")),
        Act("comment", parent, _IS_COMMENT),
        Act("repost", "crosspost_parent"),
    )


_OF_DUMPS = TableFormat(
    kind="Reddit's comments or submissions",
    marks=("subreddit", "author", "created_utc"),
    account="author",
    time="created_utc",
    time_note="Times are Reddit's own (created_utc), to the second.",
    time_settings={"time_format": "unix_s"},
    platform="reddit",
    post={
        "post_id": pl.when(_IS_COMMENT).then(pl.format("t1_{}", "id")).otherwise(pl.format("t3_{}", "id")),
        "text": pl.when(_IS_COMMENT).then("body").otherwise(pl.when(_WHOLE != "").then(_WHOLE)),
        "permalink": pl.format("https://www.reddit.com{}", "permalink"),
    },
    acts=_acts(pl.when(pl.col("parent_id").str.contains(r"^t\d_")).then("parent_id").otherwise("link_id")),
    traces={
        "url": [
            only_where(~_IS_COMMENT & (pl.col("is_self") != "true").fill_null(value=True), "url"),
            urls_in_texts(pl.coalesce("body", "selftext")),
        ],
        "page": only_where(pl.col("subreddit").is_not_null(), pl.format("r/{}", "subreddit")),
    },
    has_links=False,
    facts={
        "handle": "author",
        "created_at": "author_created_utc",
        "is_automated": pl.when(pl.col("author").is_in(_AUTOMATED)).then(pl.lit(value=True)),
    },
    counts={"likes": "score", "comments": "num_comments"},
    counted=~_IS_COMMENT,
    captured=("retrieved_on", "retrieved_utc"),
    rejected=(
        (pl.col("author").is_in(DELETED), "the account is deleted"),
        (pl.col("created_utc").is_null() & pl.col("author").is_null(), "comments that the page had not loaded"),
    ),
)

DUMPS = loader_of(
    "reddit",
    "Reddit, Pushshift dumps",
    "Comments (RC) or submissions (RS) of Reddit, one a line, as the Pushshift dumps hold them or PullPush answers.",
    _OF_DUMPS,
    replace(
        _OF_DUMPS,
        kind="an answer of PullPush or Arctic Shift",
        marks=tuple(f"data[].{mark}" for mark in _OF_DUMPS.marks),
        items=Items(lists=("data",)),
    ),
)


def _tree(item: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield a comment or a post, and the answers below it."""
    yield item
    replies = item.get("replies")
    found = replies.get("data") if isinstance(replies, dict) else None
    children = found.get("children") if isinstance(found, dict) else None
    for child in children if isinstance(children, list) and depth < _DEEPEST else ():
        inner = child.get("data") if isinstance(child, dict) else None
        if isinstance(inner, dict):
            yield from _tree(inner, depth + 1)


LISTINGS = loader_of(
    "reddit-listing",
    "Reddit, listings",
    "Posts or comments of Reddit as its pages give them in JSON (kind: Listing).",
    replace(
        _OF_DUMPS,
        kind="Reddit's listings",
        marks=("kind", "data.children"),
        signs=(b'"Listing"',),
        items=Items(lists=("children",), around=("data",), within="data", parts=_tree),
        post={**_OF_DUMPS.post, "post_id": "name"},
        acts=_acts(pl.col("parent_id")),
        facts={"handle": "author", "is_automated": _OF_DUMPS.facts["is_automated"]},
        captured=None,
    ),
)
