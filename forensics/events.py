"""What one act of a person is: the event to which all its traces belong.

A post with four photos and six hashtags is eleven rows of ``schema.ACTIONS`` and one decision. A retweet is one
decision too: upon the tweet that it repeats, and upon nothing that the tweet carries. Whoever counts what people did
together counts events, else one decision made by two people looks like eleven.
"""

from __future__ import annotations

import polars as pl

IS_REPOST = (pl.col("action") == "repost") & (pl.col("object_kind") == "post") & pl.col("object_id").is_not_null()
"""Rows that repeat a known post: the act itself, not what the post carries."""

_OWN_ROW = pl.format("{}:{}", "source_id", "source_row")
_REPOST = pl.when(IS_REPOST).then(pl.format("repost:{}:{}", "account_id", "object_id"))
_DOING = (pl.col("account_id"), pl.coalesce("post_id", _OWN_ROW))


def with_events(actions: pl.DataFrame) -> pl.DataFrame:
    """Fill ``source_event`` where it is null.

    An act in a post has the post's id, and one without a post its row in the file, as in ``s1:12``. A repost of a
    known post has the pair of its account and that post, and so has all that the repost carries: who repeats one post
    twice did one act.

    Args:
        actions: the columns of ``schema.ACTIONS``; the rows of one post together, in any order.

    Returns:
        ``actions``, rows and columns in the same order, no event null.
    """
    if not actions["source_event"].null_count():
        return actions
    event = pl.coalesce("post_id", _OWN_ROW)
    if actions.select(IS_REPOST.any()).item():
        event = pl.coalesce(_REPOST, _REPOST.min().over(*_DOING), event)
    return actions.with_columns(source_event=pl.coalesce("source_event", event))


def event_keys() -> pl.Expr:
    """Return a whole number for each row, the same for the rows of one event, by account and ``source_event``.

    Ids of posts name a post within its service at most, so an event is known by its account too.
    """
    return pl.col("account_id").hash(0) * 1_000_003 + pl.col("source_event").hash(0)


def own_traces(actions: pl.LazyFrame) -> pl.LazyFrame:
    """Leave out what a repost inherits from the post that it repeats: links, hashtags, pictures, words, mentions.

    Whoever repeats a post chose the post. Two who did so met on it once, in the layer of reposts, however much it
    carries; and what they would seem to share beside it, they share with everybody who repeated it. Where the source
    does not say which post a repost repeats, its words stand for that post.

    Args:
        actions: the columns of ``schema.ACTIONS``, no event null.

    Returns:
        ``actions`` without those rows.
    """
    kind, is_repost = pl.col("object_kind").cast(pl.String), pl.col("action").cast(pl.String) == "repost"
    is_trace = (kind != "post").fill_null(value=False)
    by_post, by_words = (
        actions.filter(wanted).select(_event=event_keys()).unique()
        for wanted in (IS_REPOST, is_repost & (kind == "text") & pl.col("object_id").is_not_null())
    )
    traces = actions.filter(is_trace).with_columns(_event=event_keys()).join(by_post, "_event", "anti")
    texts, others = traces.filter(kind == "text"), traces.filter(kind != "text").join(by_words, "_event", "anti")
    return pl.concat([actions.filter(~is_trace), texts.drop("_event"), others.drop("_event")])
