"""Walking every number of a report to its entry in run.json and in the tables that it names.

A number is a score, a value of a row, a setting, or a count of rows or findings. What has no entry: the words of the
report's own phrases, printed text of the case and the data, which must stand there word by word, and the steps of a
drawing's scale.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import warnings
from collections import Counter
from collections.abc import Iterator

import polars as pl
import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine
from rendering.document_texts import block_texts
from rendering.marked_words import Mark, MarkedWords, Stretch, marked_words, plain, stretches

import reports.report_building
from forensics.findings import Finding, Run, Score
from forensics.loaders.normalising.row_ledger import readable, reasons
from reports.report_model import Figure, Report, Table
from reports.run_queries import groups
from reports.sections import summary
from reports.sections.back_matter import data_sources
from reports.sections.chapter_drawings import detector_drawings
from reports.sections.findings.disarm import TECHNIQUES
from reports.sections.group import group_figures
from reports.visible_text import visible_run

__all__ = ["Entries", "walk"]


class Entries:
    """What run.json and its tables hold, to be looked up.

    Attributes:
        scores: every score.
        numbers: every value: of scores, rows, ledgers and the truth.
        counts: how many rows and findings there are.
        left: how many are left out of each list that is cut, by the key of the phrase that says so.
    """

    def __init__(self, run: Run, wording: MarkedWords) -> None:
        self.run = run
        self.findings = {
            finding.id: (detection, finding) for detection in run.detections for finding in detection.findings
        }
        self.scores = {*run.overview, *(score for detection in run.detections for score in detection.scores)}
        self.scores |= {score for _, finding in self.findings.values() for score in finding.scores}
        settings = [value for detection in run.detections for value in detection.params.values()]
        self.settings = {
            str(part) for value in settings for part in (value, *(value if isinstance(value, tuple) else ()))
        }
        self.numbers = set(_numbers(run)) | {value for score in self.scores for value in _values(score)}
        self.counts = set(_counts(run))
        self.left = _left(run)
        self.text = "\n".join(_texts(run, wording))
        self.words = set(re.split(r"[\s,]+", self.text))

    def holds_text(self, text: str) -> bool:
        """Return whether a text, or else each word of it with a digit, stands in the run."""
        shown = text.strip().removesuffix("…").rstrip()
        words = (word.strip("().:;") for word in re.split(r"[\s,]+", shown) if re.search(r"\d", word))
        return shown in self.text or all(word in self.words for word in words)

    def of_table(self, anchor: str) -> set[float]:
        """Return the numbers of the table that a finding rests on, by the anchor it is shown under; else all."""
        finding, _, table = anchor.rpartition("-")
        tables = self.findings[finding][0].tables if finding in self.findings else {}
        return numbers_of(tables[table]) if table in tables else self.numbers


def _values(score: Score) -> Iterator[float]:
    if score.value is not None:
        yield score.value
    yield from score.interval or ()


def _numbers(run: Run) -> Iterator[float]:
    for detection in run.detections:
        for table in detection.tables.values():
            yield from numbers_of(table)
    for source in run.sources:
        yield from numbers_of(source.rejected)
        counts = (number for _, number in reasons(source.rejected))
        yield from map(float, (source.n_bytes, source.rows_read, source.rows_kept, source.rejected.height, *counts))
        yield from map(float, (source.n_looked, *source.unmapped.values()))
    if run.truth:
        yield from (float(n) for kind in run.truth.kinds for n in (kind.n_known, kind.n_found))
        yield from (float(n) for held in run.truth.findings for n in (held.n_names, held.n_planted))
        yield from (float(n) for held in run.truth.findings for _, n in held.kinds)


def numbers_of(table: pl.DataFrame) -> set[float]:
    """Return the numbers of a table; times in seconds since 1970, and days also as the second they begin."""
    found: set[float] = set()
    for name, dtype in table.schema.items():
        column = table[name].drop_nulls().unique()
        if dtype.is_numeric():
            found.update(column.cast(pl.Float64))
        elif isinstance(dtype, pl.Datetime):
            found.update(when.timestamp() for when in column if isinstance(when, dt.datetime))
        if name.endswith("day") and dtype.is_integer():
            found.update(column.cast(pl.Float64) * 86_400)
    return found


def _counts(run: Run) -> Iterator[float]:
    """Yield how many rows each table has, in all, of each finding and account, and marked; and how many findings."""
    for detection in run.detections:
        yield float(len(detection.findings))
        for table in detection.tables.values():
            keys = [name for name in ("finding_id", "account_id", "audience") if name in table.columns]
            parts = [table, *(part for key in keys for part in table.drop_nulls(key).partition_by(key))]
            flags = [name for name, dtype in table.schema.items() if dtype == pl.Boolean]
            for part in parts:
                yield float(part.height)
                yield from (float(part[name].sum()) for name in flags)
                yield from (float(part[name].count()) for name in keys)
                yield from (float(part["text"].n_unique()) for name in ("text",) if name in part.columns)
    found = [(detection, finding) for detection in run.detections for finding in detection.findings]
    for kind in (
        Counter(finding.strength for _, finding in found),
        Counter((detection.detector, finding.statement) for detection, finding in found),
        Counter(finding.question for _, finding in found if "edges" not in finding.evidence),
    ):
        yield from map(float, (*kind.values(), kind.total()))
    yield from map(float, (len(groups(run)), len(run.failures)))
    yield float(len({score.name.rpartition(":")[2] for score in run.overview if score.name.startswith("camp:")}))


def _left(run: Run) -> dict[str, set[int]]:
    """Return the counts of what is left out of a list, and the limits of drawings, by the key of their phrase."""
    findings = [finding for detection in run.detections for finding in detection.findings]
    open_still = {key for finding in findings for key in finding.alternatives}
    some_findings = set(range(1, len(findings) + 1))
    return {
        **dict.fromkeys(
            ("summary.more", "summary.alike", "question.more", "clusters.rest", "truth.more"), some_findings
        ),
        "summary.explain_more": {len(open_still) - summary.MOST_EXPLANATIONS},
        "sources.more_fields": {len(source.unmapped) - data_sources.MOST_FIELDS for source in run.sources},
        "clusters.network_extract": {group_figures.MOST_LINES},
        "clusters.timeline_extract": {group_figures.MOST_ROWS},
        "grid.within": {int(step) for step in group_figures.STEPS_S},
        "drawing.reach_caption": {detector_drawings.MOST_DOTS},
        **{key: set(range(1, len(groups(run)) + 1)) for key in ("group.name", "summary.chart_alt")},
    }


def _texts(run: Run, wording: MarkedWords) -> Iterator[str]:
    """Yield every text of a run that a report prints as it is."""
    yield from (str(part) for part in dataclasses.astuple(run.case))
    yield from wording.phrases.values()
    yield from (str(entry) for entries in wording.lists.values() for entry in entries)
    yield from (text for pair in run.versions.items() for text in pair)
    yield from (f"{technique} {name}" for technique, name in TECHNIQUES.items())
    yield from (
        str(run.seed),
        *(str(failure.message) for failure in run.failures),
        *(score.name for score in run.overview),
    )
    for source in run.sources:
        yield from (source.name, source.loader, source.sha256, *source.unmapped)
        yield from (f"{source.name}: {note}" for note in source.notes)
        yield from readable(source.rejected)["reason"]
        yield from source.rejected["excerpt"].drop_nulls()
    for detection in run.detections:
        for finding in detection.findings:
            yield from (
                finding.id,
                finding.subject,
                *(f"evidence/{finding.id}-{name}.csv" for name in finding.evidence),
            )
        for table in detection.tables.values():
            texts = table.select(pl.selectors.string() | pl.selectors.date())
            yield from (str(text) for name in texts.columns for text in texts[name].drop_nulls().unique())


def walk(run: Run, language: str, held: Run | None = None) -> tuple[int, list[str]]:
    """Return how many numbers the report of a run prints, and each that has no entry, with where and why not.

    Args:
        run: whose report it is.
        language: of the report.
        held: the run that has the entries, where it is another one.
    """
    wording = marked_words(language)
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # Marked labels are too wide for their drawings; their words are walked, not where they stand.
        warnings.simplefilter("ignore")
        patch.setattr(ConstrainedLayoutEngine, "execute", lambda *_: None)
        patch.setattr(reports.report_building, "words", lambda _: wording)
        report = reports.report_building.render(run, language)
    seen = visible_run(held or run)
    entries = Entries(seen, wording)
    walked = [(where, stretch) for where, text in _placed(report) for stretch in stretches(text, wording)]
    strange = [f"{where}: {why}" for where, stretch in walked if (why := _lacking(stretch, entries))]
    strange += [f"{where}: {why}" for where, text in _placed(report) if (why := _of_no_finding(text, wording, seen))]
    strange += [f"{table.anchor}: {why}" for table in _tables(report) for why in _unlike_rows(table, entries, wording)]
    return sum(bool(stretch.mark) for _, stretch in walked), strange


def _placed(report: Report) -> Iterator[tuple[str, str]]:
    """Yield every text of a report with where it stands."""
    yield from (
        ("head", text) for text in (report.title, report.claim, *(text for fact in report.facts for text in fact))
    )
    yield from (("labels", text) for _, text in report.labels)
    for chapter in report.chapters:
        yield chapter.anchor, chapter.title
        for block in chapter.blocks:
            where = getattr(block, "anchor", chapter.anchor)
            yield from ((where, text) for text in block_texts(block))
            if isinstance(block, Figure):
                yield where, block.alt


def _tables(report: Report) -> Iterator[Table]:
    yield from (block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Table))


def _lacking(stretch: Stretch, entries: Entries) -> str:
    """Return why a piece of a text has no entry in the run; empty where it has one or needs none."""
    why = _lacking_text(stretch, entries) if stretch.mark is None else _lacking_value(stretch, stretch.mark, entries)
    return f"{why}: {stretch.text!r} in {stretch.phrase or 'a cell'} {stretch.field}" if why else ""


def _lacking_text(stretch: Stretch, entries: Entries) -> str:
    is_own = not re.search(r"\d", stretch.text) or (stretch.phrase and not stretch.field)
    is_known = is_own or _is_hour(stretch.text) or entries.holds_text(stretch.text)
    return "" if is_known else "no text of the run"


def _lacking_value(stretch: Stretch, mark: Mark, entries: Entries) -> str:
    left = entries.left.get(stretch.phrase.removesuffix(".one").removesuffix(".other"))
    if mark.is_scale or stretch.field == "shown":  # what is shown is counted in the table itself
        is_held = True
    elif isinstance(mark.value, Score):
        is_held = mark.value in entries.scores
    elif mark.format == "setting":
        is_held = str(mark.value) in entries.settings
    elif mark.format in {"formula", "date"}:
        is_held = entries.holds_text(str(mark.value))
    elif left is not None and stretch.field in {"n", "count", "drawn"}:
        is_held = set(mark.numbers()) <= left
    else:
        held = entries.numbers | entries.counts if mark.format == "integer" else entries.numbers
        is_held = set(mark.numbers()) <= held
    return "" if is_held else f"no entry {mark.value!r}"


def _is_hour(text: str) -> bool:
    return bool(re.fullmatch(r"[012]\d(:00)?", text))  # the scale of a day


def _of_no_finding(text: str, wording: MarkedWords, run: Run) -> str:
    """Return why the sentence of a finding is none of the run's; empty where all its scores are of one finding."""
    found_stretches = list(stretches(text, wording))
    if not any(
        stretch.phrase.startswith("statement.") and stretch.phrase != "statement.short" for stretch in found_stretches
    ):
        return ""
    scores = {
        stretch.mark.value for stretch in found_stretches if stretch.mark and isinstance(stretch.mark.value, Score)
    }
    found: list[Finding] = [finding for detection in run.detections for finding in detection.findings]
    return "" if any(scores <= set(finding.scores) for finding in found) else f"scores of no finding: {plain(text)}"


def _unlike_rows(table: Table, entries: Entries, wording: MarkedWords) -> Iterator[str]:
    """Yield each cell that prints another number than its value, or one that its finding's rows do not hold."""
    held = entries.of_table(table.anchor)
    for row in table.rows:
        for cell in row:
            if cell.value is None:
                continue
            marks = [stretch.mark for stretch in stretches(cell.text, wording) if stretch.mark]
            printed = {number for mark in marks for number in mark.numbers()} or {float(plain(cell.text))}
            if not printed & {float(cell.value), float(cell.value) * 86_400}:
                yield f"{plain(cell.text)} is printed for {cell.value}"
            if not cell.source and float(cell.value) not in held:
                yield f"no row holds {plain(cell.text)} ({cell.value})"
    for stretch in stretches(table.caption, wording):
        if stretch.field == "shown" and stretch.mark and stretch.mark.numbers() != (float(len(table.rows)),):
            yield f"{stretch.text} rows are promised, and {len(table.rows)} are"
