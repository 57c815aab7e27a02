"""Every number in the documents is the run's own: walked in the report, and the page and the PDF say what it says."""

from __future__ import annotations

import dataclasses
import re

import polars as pl
import pytest
from rendering.document_texts import page_differences, pdf_differences
from rendering.fake_run import fake_run
from rendering.number_walk import walk

import reports
from forensics.findings import Run
from reports.html_document import html
from reports.pdf_document import pdf
from reports.report_model import Report, Text
from reports.wording import LANGUAGES

RUN = fake_run()


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest) -> Report:
    return reports.render(RUN, request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_entry_in_the_run(language: str) -> None:
    n_walked, strange = walk(RUN, language)
    assert n_walked > 500
    assert strange == []


def test_the_page_says_the_numbers_of_the_report(report: Report) -> None:
    assert page_differences(html(report), report) == []


def test_the_document_says_the_numbers_of_the_report(report: Report) -> None:
    assert pdf_differences(pdf(report), report) == []


def _with_score(run: Run, name: str, value: float) -> Run:
    """Return the run with another value of one score of the first finding."""
    first = run.detections[0].findings[0]
    scores = tuple(dataclasses.replace(s, value=value) if s.name == name else s for s in first.scores)
    findings = (dataclasses.replace(first, scores=scores), *run.detections[0].findings[1:])
    return dataclasses.replace(run, detections=(dataclasses.replace(run.detections[0], findings=findings),))


def _with_table(run: Run, name: str, table: pl.DataFrame) -> Run:
    tables = {**run.detections[0].tables, name: table}
    return dataclasses.replace(run, detections=(dataclasses.replace(run.detections[0], tables=tables),))


def test_a_number_that_the_run_does_not_hold_is_noticed() -> None:
    edges = RUN.detections[0].tables["edges"]
    held = {
        "the next strongest audience reached": _with_score(RUN, "next_ratio", 7.125),
        "no row holds": _with_table(RUN, "edges", edges.with_columns(expected=pl.col("expected") * 1.0625)),
        "no entry": _with_table(RUN, "moments", RUN.detections[0].tables["moments"].head(100)),
        "no text of the run": dataclasses.replace(RUN, seed=987_654),
    }
    for complaint, other in held.items():
        _, strange = walk(RUN, "en", other)
        assert any(complaint in entry for entry in strange), complaint


@pytest.mark.parametrize(
    "place",
    [
        r"<dd>[^<]*?(\d)",
        r"<figcaption>[^<]*?(\d)",
        r'data-value="(\d+)',
        r'<td class="number[^"]*" data-value="[^"]+"><bdi>[^<]*?(\d)',
        r'role="img" aria-label="[^"]*?(\d)',
        r'"lines":\[\[(\d)',
    ],
)
def test_a_digit_changed_in_the_page_is_noticed(place: str) -> None:
    report = reports.render(RUN, "en")
    source = html(report)
    found = re.search(place, source)
    assert found
    other = str((int(found[1][0]) + 1) % 10)
    changed = source[: found.start(1)] + other + source[found.start(1) + 1 :]
    assert page_differences(changed, report) != []


def test_a_number_changed_in_the_document_is_noticed() -> None:
    report = reports.render(RUN, "en")
    first = report.chapters[0]
    more = dataclasses.replace(first, blocks=(*first.blocks, Text("Of these, 987 acted.")))
    changed = dataclasses.replace(report, chapters=(more, *report.chapters[1:]))
    document = pdf(changed)
    assert pdf_differences(document, changed) == []
    assert pdf_differences(document, report) != []
