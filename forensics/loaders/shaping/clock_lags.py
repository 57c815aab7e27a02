"""Clocks that disagree: two files of one data set, one hours ahead of the other.

Nobody acts on a post before it is out, and of many posts somebody acts on some at once. So the time from publication to
first act, over the posts that one file publishes and the other's accounts act on, begins at nought where both clocks
agree. Where it begins at another half hour, they differ by that.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from forensics.messages import Message, message
from forensics.spool import Stored

__all__ = ["clock_notes"]

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


def _lags(actions: Stored, posts: Stored) -> pl.DataFrame:
    """Return ``acting, publishing, n_posts, begins_s, prompt_s`` of each two files, in order."""
    is_exact = pl.col("time_precision").cast(pl.String).is_in(["ms", "s", "min"])
    stated = posts.lazy().filter(is_exact).select("source_id", object_id="post_id", published="published_at")
    own = (pl.col("action") == "post") & (pl.col("object_kind") == "post")
    made = actions.lazy().filter(own & is_exact).select("source_id", "object_id", published="acted_at")
    published = (
        pl.concat([stated, made]).drop_nulls().group_by(publishing="source_id", object_id="object_id").agg(
            pl.col("published").min()
        )
    )  # fmt: skip
    acted = (
        actions.lazy()
        .filter((pl.col("object_kind") == "post") & (pl.col("action") != "post") & is_exact)
        .filter(~pl.col("is_context").fill_null(value=False))
        .group_by(acting="source_id", object_id="object_id")
        .agg(first=pl.col("acted_at").min())
    )
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
