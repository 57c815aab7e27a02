"""The evidence as CSV: for each finding the rows of the tables that support it, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from cases.custody import archived_copies
from forensics.findings import Run
from forensics.loaders.normalising.row_ledger import readable
from reports.detector_declarations import spec_of
from reports.exports.spreadsheet import csv_text
from reports.wording import words

README = "README.txt"
"""Says how the files are kept from running anything, and how to get an id back."""


def write_evidence(run: Run, folder: Path, copies: Mapping[str, archived_copies.Copy] | None = None) -> None:
    """Write one CSV for each finding and each table that supports it, named ``FINDING-TABLE.csv``.

    Pairs of acts have none: the acts stand there one by one, and the pairs in ``tables/``.

    Args:
        folder: is made.
        copies: archived copies by address, which stand beside the addresses; None for none.
    """
    folder.mkdir()
    readme = [words(language)("evidence.readme") for language in ("en", "fr")]
    (folder / README).write_text("\n\n".join(readme) + "\n", encoding="utf-8", newline="\n")
    archived_copies.write(run, folder, copies or {})
    for detection in run.detections:
        for finding in detection.findings:
            for name in finding.evidence:
                if spec_of(detection, name).role == "meetings":
                    continue
                rows = detection.tables[name].filter(pl.col("finding_id") == finding.id)
                known = archived_copies.with_copies(rows, copies or {})
                _write_csv(known, folder / f"{finding.id}-{name}.csv")


def write_rejected(run: Run, folder: Path) -> None:
    """Write one CSV of rejected rows for each source that has any, named ``SOURCE_ID.csv``."""
    folder.mkdir()
    for source in run.sources:
        if not source.rejected.is_empty():
            _write_csv(readable(source.rejected), folder / f"{source.source_id}.csv")


def _write_csv(rows: pl.DataFrame, path: Path) -> None:
    """Write rows with the mark by which spreadsheet programs know UTF-8."""
    path.write_text(csv_text(rows), encoding="utf-8-sig", newline="")
