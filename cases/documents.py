"""The documents of a run, by the names they have in its folder."""

from __future__ import annotations

from pathlib import Path

import reports
from forensics.model import Run

__all__ = ["HTML", "PDF", "write"]

HTML = "report.html"
PDF = "report.pdf"


def write(run: Run, folder: Path, language: str | None = None) -> None:
    """Write the documents of a run into a folder, in a language or in the case's own."""
    reports.write_html(run, folder / HTML, language)
    reports.write_pdf(run, folder / PDF, language)
