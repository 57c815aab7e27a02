"""The evidence as CSV: for each finding the rows of the tables that support it, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from cases import archives
from forensics.findings import Run
from reports.exports.spreadsheet import spreadsheet_safe

__all__ = ["write_evidence", "write_rejected"]


def write_evidence(run: Run, folder: Path, copies: Mapping[str, archives.Copy] | None = None) -> None:
    """Write one CSV for each finding and each table that supports it, named ``FINDING-TABLE.csv``.

    Args:
        run: whose findings.
        folder: is made.
        copies: archived copies by address, which stand beside the addresses; None for none.
    """
    folder.mkdir()
    archives.write(run, folder, copies or {})
    for detection in run.detections:
        for finding in detection.findings:
            for name in finding.evidence:
                rows = detection.tables[name].filter(pl.col("finding_id") == finding.id)
                known = archives.with_copies(rows, copies or {})
                spreadsheet_safe(known).write_csv(folder / f"{finding.id}-{name}.csv", include_bom=True)


def write_rejected(run: Run, folder: Path) -> None:
    """Write one CSV of rejected rows for each source that has any, named ``SOURCE_ID.csv``."""
    folder.mkdir()
    for source in run.sources:
        if not source.rejected.is_empty():
            spreadsheet_safe(source.rejected).write_csv(folder / f"{source.source_id}.csv", include_bom=True)
