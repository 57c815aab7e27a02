"""A world as the tables that the program reads."""

from __future__ import annotations

import polars as pl
from worlds.base import EPOCH, World

from forensics import schema

__all__ = ["actions_of", "posts_of"]

_START_US = round(EPOCH.timestamp() * 1e6)


def _time(name: str) -> pl.Expr:
    return ((pl.col(name) * 1e6).round().cast(pl.Int64) + _START_US).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def actions_of(world: World) -> pl.DataFrame:
    """Return a world's acts with the columns of ``schema.ACTIONS``; a time stays null where the world holds none."""
    acts = world.actions.with_row_index("source_row", offset=1).with_columns(
        pl.lit("s1").alias("source_id"), acted_at=_time("acted_at"), acted_after=_time("acted_after")
    )
    return acts.select(
        pl.col(name).cast(dtype) if name in acts.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.ACTIONS.schema.items()
    )


def posts_of(world: World) -> pl.DataFrame:
    """Return a world's publications with the columns of ``schema.POSTS``."""
    posts = world.posts.with_row_index("source_row", offset=1).with_columns(
        pl.lit("s1").alias("source_id"), published_at=_time("published_at")
    )
    return posts.select(
        pl.col(name).cast(dtype) if name in posts.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.POSTS.schema.items()
    )
