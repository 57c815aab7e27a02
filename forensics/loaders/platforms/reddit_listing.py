"""Reddit's own listings, as its pages give them with ``.json`` behind the address: posts, and comments in their tree.

Each answer in a tree of comments is a row of its own. "More" entries, which the page would load on a click, are not.

Source: https://www.reddit.com/dev/api (2026).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from forensics.loaders.declared_fields import only_where, titled
from forensics.loaders.format_reading import loader_of
from forensics.loaders.json_format import Items
from forensics.loaders.table_format import Act, TableFormat

__all__ = ["LOADER"]

_DEEPEST = 100
_GONE = ("[deleted]", "[removed]")
_IS_COMMENT = pl.col("body").is_not_null()


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


LOADER = loader_of(
    "reddit-listing",
    "Reddit, listings",
    "Posts or comments of Reddit as its pages give them in JSON (kind: Listing).",
    TableFormat(
        kind="Reddit's listings",
        marks=("kind", "data.children"),
        signs=(b'"Listing"',),
        items=Items(lists=("children",), around=("data",), within="data", parts=_tree),
        account="author",
        time="created_utc",
        time_note="Times are Reddit's own (created_utc), to the second.",
        platform="reddit",
        post={
            "post_id": "name",
            "text": pl.coalesce("body", titled("title", "selftext")),
            "permalink": pl.format("https://www.reddit.com{}", "permalink"),
        },
        acts=(
            Act("reply", "parent_id", pl.col("parent_id").str.starts_with("t1_")),
            Act("comment", "parent_id", _IS_COMMENT),
            Act("repost", "crosspost_parent"),
        ),
        traces={
            "url": only_where(pl.col("is_self") == "false", "url"),
            "page": only_where(pl.col("subreddit").is_not_null(), pl.format("r/{}", "subreddit")),
        },
        facts={"handle": "author"},
        counts={"likes": "score", "comments": "num_comments"},
        rejected=(
            (pl.col("author").is_in(_GONE), "the account is deleted"),
            (pl.col("created_utc").is_null() & pl.col("author").is_null(), "comments that the page had not loaded"),
        ),
    ),
)
