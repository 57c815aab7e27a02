"""Rows that split one repost into its act and what it carries, joined into one event again without a table in memory.

A table of single acts, or two files that each hold a part, may say in one row that a post repeats another, and in
others which hashtags it carries. ``events.with_events`` sees the rows of a slice; here they are sought over all.
"""

from __future__ import annotations

import polars as pl

from forensics import schema
from forensics.events import IS_REPOST
from forensics.loaders.normalising.repeated_rows import mark_of
from forensics.spool import Spool, Stored, slices_of

_POST = ["account_id", "post_id"]
_READ = [*_POST, "action", "object_kind", "object_id", "source_event"]


def with_whole_reposts(actions: Stored) -> Stored:
    """Give the acts of every post that repeats another the event of that repost.

    Args:
        actions: ``schema.ACTIONS``, no event null.

    Returns:
        ``actions``, rows in the same order; the very table where nothing changes.
    """
    if not any(rows.select(IS_REPOST.any()).item() for rows in slices_of(actions, _READ)):
        return actions
    reposts = pl.concat(_part(rows, IS_REPOST).select("_mark") for rows in slices_of(actions, _READ)).unique()
    if reposts.is_empty():
        return actions
    apart = pl.concat(
        _part(rows, pl.col("source_event") == pl.col("post_id")).join(reposts, on="_mark", how="semi").select("_mark")
        for rows in slices_of(actions, _READ)
    ).unique()
    if apart.is_empty():
        return actions
    events = (
        pl.concat(_part(rows, IS_REPOST).join(apart, on="_mark", how="semi") for rows in slices_of(actions, _READ))
        .group_by("_mark")
        .agg(_event=pl.col("source_event").min())
    )
    whole = Spool(schema.ACTIONS.schema)
    for rows in slices_of(actions):
        found = rows.with_columns(mark_of(_POST)).join(events, on="_mark", how="left", maintain_order="left")
        of_post = pl.col("source_event") == pl.col("post_id")
        event = pl.when(of_post).then(pl.coalesce("_event", "source_event")).otherwise("source_event")
        whole.append(found.with_columns(source_event=event).select(rows.columns))
    return whole.finish()


def _part(rows: pl.DataFrame, wanted: pl.Expr) -> pl.DataFrame:
    """Return the mark and the event of rows in a post."""
    return rows.filter(wanted & pl.col("post_id").is_not_null()).select(mark_of(_POST), "source_event")
