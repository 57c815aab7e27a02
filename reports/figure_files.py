"""Every drawing of a report as files of its own: SVG, PNG and its numbers as CSV, for a newsroom's own graphics."""

from __future__ import annotations

import re
from pathlib import Path

from reports.exports.spreadsheet import csv_text
from reports.pdf_document import pngs
from reports.report_model import Figure, Report

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_figures(report: Report, folder: Path) -> None:
    """Write each drawing as ``ANCHOR.svg`` and ``ANCHOR.png``, and its numbers as ``ANCHOR.csv``.

    Args:
        folder: is made.
    """
    figures = [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Figure)]
    folder.mkdir()
    for figure, picture in zip(figures, pngs(figures), strict=True):
        name = re.sub(r"[^A-Za-z0-9-]+", "-", figure.anchor)
        (folder / f"{name}.svg").write_text(_HEAD + figure.svg + "\n", encoding="utf-8", newline="\n")
        (folder / f"{name}.png").write_bytes(picture)
        if figure.numbers is not None:
            (folder / f"{name}.csv").write_text(csv_text(figure.numbers), encoding="utf-8-sig", newline="")
