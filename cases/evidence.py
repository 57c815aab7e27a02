"""The evidence as CSV: for each finding the rows of the tables that support it, safe to open in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.model import Run

__all__ = ["spreadsheet_safe", "write_evidence", "write_rejected"]

_FORMULA = r"^[=+\-@\t\r\n]"
"""Beginnings that spreadsheet programs take for a formula (OWASP, CSV injection)."""

_ID_NAMES = ("left", "right")


def write_evidence(run: Run, folder: Path) -> None:
    """Write one CSV for each finding and each table that supports it, named ``FINDING-TABLE.csv``."""
    folder.mkdir()
    for detection in run.detections:
        for finding in detection.findings:
            for name in finding.evidence:
                rows = detection.tables[name].filter(pl.col("finding_id") == finding.id)
                spreadsheet_safe(rows).write_csv(folder / f"{finding.id}-{name}.csv", include_bom=True)


def write_rejected(run: Run, folder: Path) -> None:
    """Write one CSV of rejected rows for each source that has any, named ``SOURCE_ID.csv``."""
    folder.mkdir()
    for source in run.sources:
        if not source.rejected.is_empty():
            spreadsheet_safe(source.rejected).write_csv(folder / f"{source.source_id}.csv", include_bom=True)


def spreadsheet_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with an apostrophe before text that a spreadsheet would run as a formula.

    Ids stay as they are, whatever they begin with: a changed id matches nothing any more. They are the columns
    ``left`` and ``right`` and those that end in ``_id``.
    """
    texts = [
        name
        for name, dtype in frame.schema.items()
        if dtype == pl.String and name not in _ID_NAMES and not name.endswith("_id")
    ]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
