"""Posts as numbers: interactions, the part of them that are reactions, and the audience they were shown to."""

from __future__ import annotations

import polars as pl

REACTIONS = ("likes", "love", "wow", "haha", "sad", "angry", "care")


def engagement(posts: pl.DataFrame) -> pl.DataFrame:
    """Return the posts with at least one kind of count, their reactions, comments, shares and interactions.

    A count that the source does not give is missing for all; within a post, a kind that is null counts as 0 once any
    other kind is known. One row for each account and post: where a post was captured more than once, its last row
    counts.

    Returns:
        ``account_id, post_id, camp, platform, published_at, followers, reach, views, reactions, comments, shares,
        interactions, permalink``, ordered by account and post.
    """
    reactions = pl.sum_horizontal(pl.col(name).fill_null(0) for name in REACTIONS)
    is_known = pl.any_horizontal(pl.col(name).is_not_null() for name in (*REACTIONS, "comments", "shares"))
    return (
        posts.filter(is_known)
        .sort("account_id", "post_id", "source_id", "source_row")
        .unique(["account_id", "post_id"], keep="last", maintain_order=True)
        .with_columns(
            reactions=reactions, comments=pl.col("comments").fill_null(0), shares=pl.col("shares").fill_null(0)
        )
        .with_columns(interactions=pl.col("reactions") + pl.col("comments") + pl.col("shares"))
        .select(
            *("account_id", "post_id", "camp", "platform", "published_at", "followers", "reach", "views"),
            *("reactions", "comments", "shares", "interactions", "permalink"),
        )
    )
