"""The engagement with and without what was found, looked up: the rows of a kind, and the camps in their order."""

from __future__ import annotations

import polars as pl

from forensics.findings import Run
from reports.detector_declarations import table_as

MOST_CAMPS, NAME_LENGTH = 8, 24
"""Camps shown of a run, and characters of a camp's name."""
TAKEN = {"acts": "by_groups", "interactions": "beyond"}
"""What is taken from each kind of engagement, in the order of the colours."""


def engagement_table(run: Run) -> pl.DataFrame | None:
    """Return the engagement with and without what was found; None where nobody counted it."""
    return next((table for each in run.detections if (table := table_as(each, "remaining_camps")) is not None), None)


def rows_of_kind(table: pl.DataFrame, measure: str, scope: str) -> pl.DataFrame:
    """Return the rows of a kind of engagement of a scope: ``all``, ``camp`` or ``none``."""
    return table.filter((pl.col("measure") == measure) & (pl.col("scope") == scope))


def camps_of(table: pl.DataFrame, measure: str) -> pl.DataFrame:
    """Return the rows of the camps, whatever the measure in one order: those with most acts first."""
    acts = rows_of_kind(table, "acts", "camp").select("camp", n_acts="total")
    rows = rows_of_kind(table, measure, "camp").join(acts, "camp", "left")
    return rows.sort("n_acts", "total", "camp", descending=[True, True, False], nulls_last=True).drop("n_acts")
