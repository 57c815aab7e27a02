"""The report as a tagged PDF (PDF/UA-1 and PDF/A-3a), set by Typst. The only importer of typst.

The data reach the template as JSON and are never read as markup. Only fonts that come with this project's libraries are
used (``fonts.FILES`` and Libertinus Serif, which is in Typst), so the bytes are the same on every machine.
"""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Literal, cast

import typst

from reports.figures.svg import without_labels
from reports.fonts import FAMILIES, FILES
from reports.glyphs import printable
from reports.report_model import Figure, Report

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
"""Archivable with attachments, and accessible: tagged, titled, every figure with its alternative text."""

PIXELS = 144.0
"""Dots of a picture in an inch: twice those of a plain screen."""

_UNPRINTED = frozenset({"anchor", "content", "kind", "link", "name", "source", "svg"})
"""Fields that are addresses, files or drawings, not printed text."""


def pdf(report: Report) -> bytes:
    """Return the document."""
    inputs = {"report": json.dumps(_data(report), ensure_ascii=False)}
    (made,) = _set("report.typ", inputs, "pdf", pdf_standards=STANDARDS)
    return made


def pngs(figures: Sequence[Figure]) -> list[bytes]:
    """Return each drawing as a picture, at ``PIXELS`` an inch."""
    if not figures:
        return []
    drawings = [{"anchor": each.anchor, "alt": each.alt, **_drawing(each.svg)} for each in figures]
    inputs = {"figures": json.dumps(_printable(drawings), ensure_ascii=False)}
    return _set("pictures.typ", inputs, "png", ppi=PIXELS)


def _set(
    template: str,
    inputs: dict[str, str],
    format_: Literal["pdf", "png"],
    *,
    pdf_standards: list[typst.PDFStandard] | None = None,
    ppi: float | None = None,
) -> list[bytes]:
    """Set a template with the project's fonts; return the document, or its pages as pictures.

    Raises:
        ValueError: a text or number in it cannot be set.
    """
    with tempfile.TemporaryDirectory() as folder:
        for path in FILES:
            shutil.copy(path, folder)
        for name in (template, "drawing.typ"):
            Path(folder, name).write_bytes(resources.files("reports").joinpath("templates", name).read_bytes())
        try:
            compiled = typst.compile(
                str(Path(folder, template)),
                root=folder,
                format=format_,
                font_paths=[folder],
                ignore_system_fonts=True,
                sys_inputs={**inputs, "families": json.dumps(FAMILIES)},
                ppi=ppi,
                pdf_standards=pdf_standards or [],
            )
        except typst.TypstError as error:
            raise ValueError(f"the document cannot be set: {error}") from error
    made = cast("bytes | list[bytes]", compiled)  # several pages of pictures are a list, whatever the stub says
    return [made] if isinstance(made, bytes) else made


def _drawing(svg: str) -> dict[str, object]:
    """Return a drawing without its texts, and the texts."""
    bare, labels = without_labels(svg)
    return {"svg": bare, "labels": [dataclasses.asdict(label) for label in labels]}


def _data(report: Report) -> dict[str, object]:
    """Return the report as plain values, the texts of drawings apart, so that they are set in the document's fonts."""
    return cast("dict[str, object]", _printable(report))


def _printable(value: object) -> object:
    """Return a value as plain ones, every text as the fonts can print it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, (list, tuple)):
        return [_printable(part) for part in value]
    if dataclasses.is_dataclass(value):
        value = _fields(value)
    if isinstance(value, dict):
        return {name: part if name in _UNPRINTED else _printable(part) for name, part in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no such number; the cell's text says it
    return value


def _fields(value: object) -> dict[str, object]:
    """Return the fields of a part of the report; of a drawing what is printed of it, its texts apart."""
    if isinstance(value, Figure):
        return {"anchor": value.anchor, "alt": value.alt, "caption": value.caption, "kind": value.kind} | _drawing(
            value.svg
        )
    return {item.name: getattr(value, item.name) for item in dataclasses.fields(cast("Report", value))}
