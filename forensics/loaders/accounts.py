"""Facts about accounts, as rows repeat them, gathered into ``schema.ACCOUNTS``: one row for each account."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from forensics import schema
from forensics.loaders.dialect import ROW

__all__ = ["accounts_from_rows"]


def accounts_from_rows(rows: pl.DataFrame, source_id: str, platform: str | None = None) -> pl.DataFrame:
    """Gather what the rows say of their accounts; of each fact the one said last, by time and then by row.

    Args:
        rows: ``_row``, ``account_id``, ``captured_at`` (when it was said, where known) and any other columns of
            ``schema.ACCOUNTS``.
        source_id: of the file.
        platform: of all the accounts, where the rows have no column for it.

    Returns:
        ``schema.ACCOUNTS``, ordered by ``account_id``; empty where the rows hold no fact beyond the id.
    """
    facts = [name for name in schema.ACCOUNTS.schema if name in rows.columns and name not in _NO_FACTS]
    rows = rows.filter(pl.col("account_id").is_not_null() & pl.any_horizontal(pl.lit(value=False), *_known(facts)))
    if rows.is_empty():
        return schema.empty(schema.ACCOUNTS)
    if "captured_at" not in rows.columns:
        rows = rows.with_columns(pl.lit(None, schema.TIME).alias("captured_at"))
    ordered = rows.sort("captured_at", ROW, nulls_last=False, maintain_order=True)
    latest = [pl.col(name).drop_nulls().last() for name in facts]
    gathered = ordered.group_by("account_id").agg(
        *latest, pl.col("captured_at").last(), pl.col(ROW).last().alias("source_row")
    )
    if "platform" not in facts:
        gathered = gathered.with_columns(pl.lit(platform, pl.String).alias("platform"))
    return schema.conform(
        gathered.with_columns(pl.lit(source_id).alias("source_id")).sort("account_id"), schema.ACCOUNTS
    )


_NO_FACTS = ("account_id", "captured_at", "source_id", "source_row")


def _known(facts: Collection[str]) -> list[pl.Expr]:
    return [pl.col(name).is_not_null() for name in facts if name != "platform"]
