"""The report as a tagged PDF (PDF/UA-1 and PDF/A-3a), set by Typst. The only importer of typst.

The data reach the template as JSON and are never read as markup. Only fonts that come with this project's libraries are
used (``fonts.FILES`` and Libertinus Serif, which is in Typst), so the bytes are the same on every machine.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import cast

import typst

from reports.figures.svg import without_labels
from reports.fonts import FAMILIES, FILES
from reports.glyphs import printable
from reports.model import Block, Figure, Report

__all__ = ["pdf"]

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
"""Archivable with attachments, and accessible: tagged, titled, every figure with its alternative text."""

_UNPRINTED = frozenset({"anchor", "content", "kind", "link", "name", "source", "svg"})
"""Fields that are addresses, files or drawings, not printed text."""


def pdf(report: Report) -> bytes:
    """Return the document."""
    with tempfile.TemporaryDirectory() as folder:
        for path in FILES:
            shutil.copy(path, folder)
        template = Path(folder, "report.typ")
        template.write_bytes(resources.files("reports").joinpath("templates", "report.typ").read_bytes())
        made = typst.compile(
            str(template),
            root=folder,
            format="pdf",
            font_paths=[folder],
            ignore_system_fonts=True,
            sys_inputs={
                "report": json.dumps(_data(report), ensure_ascii=False),
                "families": json.dumps(FAMILIES),
            },
            pdf_standards=STANDARDS,
        )
    if not isinstance(made, bytes):
        raise TypeError("typst gave pages, not a document")
    return made


def _data(report: Report) -> dict[str, object]:
    """Return the report as plain values, the texts of drawings apart, so that they are set in the document's fonts."""
    whole = dataclasses.asdict(
        dataclasses.replace(
            report,
            chapters=tuple(
                dataclasses.replace(chapter, blocks=tuple(map(_without_data, chapter.blocks)))
                for chapter in report.chapters
            ),
        )
    )
    for chapter in whole["chapters"]:
        for block in chapter["blocks"]:
            if block["kind"] == "figure":
                block["svg"], labels = without_labels(block["svg"])
                block["labels"] = [dataclasses.asdict(label) for label in labels]
    return cast("dict[str, object]", _printable(whole))


def _without_data(block: Block) -> Block:
    return dataclasses.replace(block, data=None, numbers=None) if isinstance(block, Figure) else block


def _printable(value: object) -> object:
    """Return plain values with every text as the fonts can print it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: part if name in _UNPRINTED else _printable(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part) for part in value]
    return value
