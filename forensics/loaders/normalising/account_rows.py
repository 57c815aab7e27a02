"""Facts about accounts, as rows repeat them, gathered into ``schema.ACCOUNTS``: one row for each account."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import polars as pl

from forensics import schema
from forensics.loaders.reading.csv_dialect import ROW
from forensics.spool import Spool, Stored, slices_of

_TOGETHER = 100_000
"""Rows of facts that are gathered at a time."""


def gather_accounts(facts: Stored, gather: Callable[[pl.DataFrame], pl.DataFrame]) -> Stored:
    """Gather facts about any number of accounts, one range of their ids after another.

    Args:
        facts: with ``account_id``.
        gather: given all the facts of some accounts, ``schema.ACCOUNTS`` of them, ordered by ``account_id``.
    """
    accounts = Spool(schema.ACCOUNTS.schema)
    for rows in _by_account(facts):
        accounts.append(gather(rows))
    return accounts.finish()


def _by_account(facts: Stored) -> Iterator[pl.DataFrame]:
    """Yield facts in ranges of ``account_id``, ascending, in each the rows in their order."""
    n_parts = 1 + facts.height // _TOGETHER
    if n_parts == 1:
        yield pl.concat(slices_of(facts))
        return
    every = max(1, facts.height // 100_000)
    sample = pl.concat([part["account_id"].gather_every(every) for part in slices_of(facts, ["account_id"])])
    sample = sample.drop_nulls().sort()
    bounds = sample.gather_every(max(1, sample.len() // n_parts))[1:].unique().sort().to_list()
    whole = pl.Schema(next(slices_of(facts)).schema)
    parts = [Spool(whole, from_bytes=8_000_000) for _ in range(len(bounds) + 1)]
    for rows in slices_of(facts):
        for part, low, high in zip(parts, [None, *bounds], [*bounds, None], strict=True):
            above = pl.lit(value=True) if low is None else pl.col("account_id") >= low
            below = pl.lit(value=True) if high is None else pl.col("account_id") < high
            part.append(rows.filter(above & below))
    for part in parts:
        yield pl.concat(slices_of(part.finish()))


def accounts_from_rows(rows: pl.DataFrame, source_id: str, platform: str | None = None) -> pl.DataFrame:
    """Gather what the rows say of their accounts; the last value of each fact counts, by time and then by row.

    Args:
        rows: ``_row``, ``account_id``, ``captured_at`` (when it was seen, where known) and any other columns of
            ``schema.ACCOUNTS``.
        platform: of all the accounts, where the rows have no column for it.

    Returns:
        ``schema.ACCOUNTS``, ordered by ``account_id``; empty where the rows hold no fact beyond the id.
    """
    if "account_id" not in rows.columns:
        return schema.empty(schema.ACCOUNTS)
    facts = _facts(rows)
    rows = rows.filter(pl.col("account_id").is_not_null() & pl.any_horizontal(pl.lit(value=False), *_known(facts)))
    if rows.is_empty():
        return schema.empty(schema.ACCOUNTS)
    if "captured_at" not in rows.columns:
        rows = rows.with_columns(pl.lit(None, schema.TIME).alias("captured_at"))
    ordered = rows.sort("captured_at", ROW, nulls_last=False, maintain_order=True)
    if "platform" in facts:  # two services can give two accounts one id; the one seen last counts
        ordered = ordered.filter(pl.col("platform").eq_missing(pl.col("platform").last().over("account_id")))
    latest = [pl.col(name).drop_nulls().last() for name in facts]
    gathered = ordered.group_by("account_id").agg(
        *latest, pl.col("captured_at").last(), pl.col(ROW).last().alias("source_row")
    )
    if "platform" not in facts:
        gathered = gathered.with_columns(pl.lit(platform, pl.String).alias("platform"))
    return schema.conform(
        gathered.with_columns(pl.lit(source_id).alias("source_id")).sort("account_id"), schema.ACCOUNTS
    )


def latest_facts(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that ``accounts_from_rows`` rests on: for each account and fact the last one.

    The rows so kept of a table's slices give the same accounts as all its rows.
    """
    facts = _facts(rows)
    rows = rows.filter(pl.col("account_id").is_not_null() & pl.any_horizontal(pl.lit(value=False), *_known(facts)))
    if rows.is_empty():
        return rows
    order = ["captured_at", ROW] if "captured_at" in rows.columns else [ROW]
    ordered = rows.sort(order, nulls_last=False, maintain_order=True).with_row_index("_at")
    last = [pl.col("_at").filter(pl.col(name).is_not_null()).last().alias(name) for name in facts]
    needed = ordered.group_by("account_id").agg(pl.col("_at").last().alias("_any"), *last).drop("account_id")
    places = pl.concat([needed[name].alias("_at") for name in needed.columns]).drop_nulls().unique().sort()
    return ordered[places].drop("_at")


_NO_FACTS = ("account_id", "captured_at", "source_id", "source_row")


def _facts(rows: pl.DataFrame) -> list[str]:
    return [name for name in schema.ACCOUNTS.schema if name in rows.columns and name not in _NO_FACTS]


def _known(facts: Collection[str]) -> list[pl.Expr]:
    return [pl.col(name).is_not_null() for name in facts if name != "platform"]
