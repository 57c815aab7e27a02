"""Who likes which post, as an actions table."""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics import schema

__all__ = ["likes", "three_communities"]


def likes(rows: list[tuple[str, str]]) -> pl.DataFrame:
    """Return likes of ``account_id, object_id``, all at one moment."""
    return schema.conform(
        pl.DataFrame(rows, schema=["account_id", "object_id"], orient="row").with_columns(
            action=pl.lit("like"),
            object_kind=pl.lit("post"),
            acted_at=pl.from_epoch(pl.lit(1_700_000_000)).cast(schema.TIME),
            time_precision=pl.lit("s"),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )


def three_communities() -> list[tuple[str, str]]:
    """Return the likes of three communities of a hundred accounts and posts each; ``p0-007`` is of the first."""
    rng = np.random.default_rng(1)
    return [
        (f"u{community}-{k:03}", f"p{community}-{post:03}")
        for community in range(3)
        for k in range(100)
        for post in rng.choice(100, 12, replace=False)
    ]
