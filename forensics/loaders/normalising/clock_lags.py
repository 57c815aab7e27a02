"""Clocks that disagree: two files of one data set, one hours ahead of the other.

Nobody acts on a post before it is out, and of many posts somebody acts on some at once. So the time from publication to
first act, over the posts that one file publishes and the other's accounts act on, begins at nought where both clocks
agree. Where it begins at another half hour, they differ by that.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from forensics.messages import Message, message
from forensics.spool import Stored, slices_of

FEWEST_POSTS = 30
"""Posts from which the beginning of their lags can be seen: the lowest twentieth has one at least."""
LOWEST = 0.05
"""Quantile of the lags that is taken for their beginning, so that single wrong times do not count."""
STEP_S = 1_800.0
"""Clocks differ by half hours: zones do, and files are written in one or another."""
PROMPT_S = 600.0
"""Seconds after publication in which the first acts on ``PROMPT`` of the posts lie, where somebody waits for posts."""
PROMPT = 0.2
"""Share of the posts whose lags must begin together: slow readers begin at no time in particular."""
LATE_S = 60.0
"""Seconds by which a machine's own clock may be off."""

_READ = ["source_id", "action", "object_kind", "object_id", "acted_at", "time_precision", "is_context"]

_LATE = (
    "The first acts on {number} posts of {file} come {hours} hours too late by the clocks of both files. One of them "
    "may be in another time zone: give time_zone in the case file."
)
_EARLY = (
    "The first acts on {number} posts of {file} come {hours} hours before these were published. One of the files may "
    "be in another time zone: give time_zone in the case file."
)


def clock_notes(actions: Stored, posts: Stored, names: Mapping[str, str]) -> dict[str, list[Message]]:
    """Return notes on files whose clocks differ from that of the file whose posts they act on.

    Args:
        actions: ``schema.ACTIONS`` of all files.
        posts: ``schema.POSTS`` of all files.
        names: the files' names by ``source_id``.

    Returns:
        Notes by the ``source_id`` of the file that acts.
    """
    notes: dict[str, list[Message]] = {}
    for acting, publishing, n_posts, begins_s, prompt_s in _lags(actions, posts).iter_rows():
        half_hours = round(begins_s / STEP_S)
        apart_s = half_hours * STEP_S
        if half_hours and begins_s >= apart_s - LATE_S and prompt_s <= apart_s + PROMPT_S:
            sentence = _LATE if half_hours > 0 else _EARLY
            noted = message(sentence, number=n_posts, file=names[publishing], hours=abs(half_hours) * STEP_S / 3600)
            notes.setdefault(acting, []).append(noted)
    return notes


def _earliest(rows: pl.DataFrame, time: str) -> pl.DataFrame:
    """Return ``source_id, object_id`` and the earliest time of each."""
    return rows.drop_nulls().group_by("source_id", "object_id").agg(pl.col(time).min())


def _lags(actions: Stored, posts: Stored) -> pl.DataFrame:
    """Return ``acting, publishing, n_posts, begins_s, prompt_s`` of each two files, in order."""
    is_exact = pl.col("time_precision").cast(pl.String).is_in(["ms", "s", "min"])
    stated = pl.col("published_at").alias("published")
    of_posts = (
        _earliest(rows.filter(is_exact).select("source_id", stated, object_id="post_id"), "published")
        for rows in slices_of(posts, ["source_id", "post_id", "published_at", "time_precision"])
    )
    on_post = (pl.col("object_kind") == "post") & is_exact
    own = pl.col("action") == "post"
    made, acts = [*of_posts], list[pl.DataFrame]()
    for rows in slices_of(actions, _READ):
        seen = rows.filter(on_post).select("source_id", "object_id", "acted_at", "is_context", own=own)
        made.append(_earliest(seen.filter("own").select("source_id", "object_id", published="acted_at"), "published"))
        observed = ~pl.col("own") & ~pl.col("is_context").fill_null(value=False)
        acts.append(_earliest(seen.filter(observed).select("source_id", "object_id", first="acted_at"), "first"))
    published = _earliest(pl.concat(made), "published").rename({"source_id": "publishing"}).lazy()
    acted = _earliest(pl.concat(acts), "first").rename({"source_id": "acting"}).lazy()
    lag_s = (pl.col("first") - pl.col("published")).dt.total_seconds()
    return (
        acted.join(published, "object_id")
        .filter(pl.col("acting") != pl.col("publishing"))
        .group_by("acting", "publishing")
        .agg(n_posts=pl.len(), begins_s=lag_s.quantile(LOWEST, "nearest"), prompt_s=lag_s.quantile(PROMPT, "nearest"))
        .filter(pl.col("n_posts") >= FEWEST_POSTS)
        .sort("acting", "publishing")
        .collect()
    )
