"""Findings in, documents out: HTML and PDF from one model. Computes nothing about the data.

The path of the data, left to right, nothing runs back::

    Run --> visible --> sections (wording, charts, networks) --> Report --> html --> report.html
                                                                       `-> pdf  --> report.pdf

``visible_text`` shows hidden characters once, for every output. Each section turns the run into blocks
(``report_model``): worded text, formatted numbers, drawings. ``wording`` holds every phrase and number format, once, in
every language. A renderer turns blocks into its medium and escapes for it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from forensics.errors import InputFileError
from reports.report_model import Figure, Report

if TYPE_CHECKING:  # a command that only says something in French imports no tables
    from forensics.findings import Run

__all__ = [
    "BRIEF_HTML",
    "BRIEF_PDF",
    "FIGURES",
    "HTML",
    "PDF",
    "Report",
    "render",
    "run_table",
    "write_documents",
    "write_figures",
    "write_html",
    "write_pdf",
]

HTML = "report.html"
PDF = "report.pdf"
BRIEF_HTML = "brief.html"
BRIEF_PDF = "brief.pdf"
FIGURES = "figures"
"""The documents' names in a folder, and that of the folder of their drawings."""


def render(run: Run, language: str | None = None, public_key: bytes | None = None, *, is_brief: bool = False) -> Report:
    """Return the report of a run, in a language or in the case's own.

    The last report is kept, because drawing its figures is most of the work and all documents take the same ones.
    With ``is_brief`` it is the two pages of the brief. With ``public_key`` accounts get pseudonyms and whatever would
    name them is left out; see ``reports.public_version``.
    """
    return _rendered(run, language or run.case.language, public_key, is_brief)


@lru_cache(maxsize=1)
def _rendered(run: Run, language: str, public_key: bytes | None, is_brief: bool) -> Report:  # noqa: FBT001  one key a report
    from reports.report_building import render as build  # noqa: PLC0415  matplotlib is slow to import

    return build(run, language, public_key, is_brief=is_brief)


def write_html(
    run: Run, path: Path, language: str | None = None, public_key: bytes | None = None, *, is_brief: bool = False
) -> None:
    """Write the report as one HTML file that needs nothing else."""
    from reports.html_document import html  # noqa: PLC0415

    path.write_text(html(render(run, language, public_key, is_brief=is_brief)), encoding="utf-8", newline="\n")


def write_pdf(
    run: Run, path: Path, language: str | None = None, public_key: bytes | None = None, *, is_brief: bool = False
) -> None:
    """Write the report as a tagged PDF."""
    from reports.pdf_document import pdf  # noqa: PLC0415

    path.write_bytes(pdf(render(run, language, public_key, is_brief=is_brief)))


def write_figures(run: Run, folder: Path, language: str | None = None, public_key: bytes | None = None) -> None:
    """Write every drawing of the report into a new folder, as SVG, PNG and its numbers as CSV."""
    from reports import figure_files  # noqa: PLC0415  as above

    figure_files.write_figures(render(run, language, public_key), folder)


def write_documents(run: Run, folder: Path, language: str | None = None) -> None:
    """Write both documents into a folder, which is made where it is not there.

    Raises:
        InputFileError: one of them is there already.
        ParameterError: there are no words in that language.
    """
    for name in (HTML, PDF):
        if (folder / name).exists():
            raise InputFileError("{folder} has a {name} already. Name another folder.", folder=folder, name=name)
    folder.mkdir(parents=True, exist_ok=True)
    write_html(run, folder / HTML, language)
    write_pdf(run, folder / PDF, language)


def drawings(run: Run, language: str | None = None) -> tuple[Figure, ...]:
    """Return the drawings of a run's report, in its order."""
    report = render(run, language)
    return tuple(block for chapter in report.chapters for block in chapter.blocks if block.kind == "figure")


def run_table(run: Run) -> str:
    """Return what a run found, as a table of sentences in HTML, in the case's language."""
    from reports.notebook_table import found_table  # noqa: PLC0415

    return found_table(run)
