"""Every number in the documents is the run's own: in tables by its value, in sentences by its printed form."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import polars as pl
import pytest
from rendering.fake_run import fake_run

import reports
from forensics.model import Run, Score
from reports.model import Cell, Figure, Heading, Items, KeyNumbers, Notice, Report, Table, Text
from reports.wording import BANDS, LANGUAGES, Words, words

RUN = fake_run()
NUMBER = re.compile(r"\d(?:[\d.,\u202f\u00a0]*\d)?")


def all_scores(run: Run) -> Iterator[Score]:
    yield from run.overview
    for detection in run.detections:
        yield from detection.scores
        for finding in detection.findings:
            yield from finding.scores


def values_of(run: Run) -> set[float]:
    """Return every number that run.json and its tables hold, and how many rows and findings there are."""
    found = {score.value for score in all_scores(run) if score.value is not None}
    found |= {float(n) for n in range(sum(len(detection.findings) for detection in run.detections) + 1)}
    frames = [table for detection in run.detections for table in detection.tables.values()]
    frames += [source.rejected for source in run.sources]
    for frame in frames:
        for name, dtype in frame.schema.items():
            if dtype.is_numeric():
                found.update(frame[name].drop_nulls().cast(pl.Float64))
            elif dtype.is_temporal():
                found.update(when.timestamp() for when in frame[name].drop_nulls())
    for source in run.sources:
        found |= {float(n) for n in (source.n_bytes, source.rows_read, source.rows_kept, source.rejected.height)}
        found.update(map(float, source.rejected["reason"].value_counts()["count"]))
        found.update(map(float, (source.n_looked, *source.unmapped.values())))
    return found | {low for _, low, _ in BANDS}


def tokens(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def printed(run: Run, spoken: Words) -> set[str]:
    """Return the printed forms of the run's numbers, and the numbers that the phrases and the case's texts hold."""
    texts = [*spoken.phrases.values(), *map(str, spoken.lists.values()), str(run.case), str(run.failures)]
    for score in all_scores(run):
        texts += [spoken.score(score), spoken.interval(score)]
        if score.value is not None and not score.name.endswith("_at"):
            texts += [spoken.number(score.value), spoken.share(score.value)]
        if score.value is not None and 0 < score.value <= 1:
            texts += [spoken.chance(score.value), spoken.equation("q", score.value)]
    for detection in run.detections:
        texts += [spoken.setting(value) for value in detection.params.values()]
        for table in detection.tables.values():
            texts += [spoken.integer(n) for n in (table.height, *_heights(table))]
            for part in table.partition_by("finding_id") if "finding_id" in table.columns else [table]:
                texts += [spoken.moment_utc(when.timestamp()) for when in _ends(part)]
    counts = range(sum(len(detection.findings) for detection in run.detections) + len(run.failures) + 1)
    texts += [spoken.share_range(low, high) for _, low, high in BANDS] + [spoken.integer(n) for n in counts]
    return set().union(*map(tokens, texts), {str(run.seed)})


def _heights(table: pl.DataFrame) -> list[int]:
    """Return how many rows each finding has, how many texts that differ, and how many of them are shown."""
    if "finding_id" not in table.columns:
        return []
    parts = table.partition_by("finding_id")
    texts = [part["text"].drop_nulls().n_unique() for part in parts if "text" in part.columns]
    return [*(part.height for part in parts), *texts]


def _ends(rows: pl.DataFrame) -> Iterator[dt.datetime]:
    for name, dtype in rows.schema.items():
        if dtype.is_temporal():
            yield from (when for when in (rows[name].min(), rows[name].max()) if isinstance(when, dt.datetime))


def sentences(report: Report) -> Iterator[str]:
    for chapter in report.chapters:
        for block in chapter.blocks:
            match block:
                case Text() | Heading():
                    yield block.text
                case Items():
                    yield from block.items
                case Notice():
                    yield from (block.title, *block.texts)
                case KeyNumbers():
                    yield from (f"{number.text} {number.note}" for number in block.numbers)
                case Figure():
                    yield from (block.alt, block.caption)


def cells(report: Report) -> Iterator[tuple[str, Cell]]:
    for chapter in report.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                yield from ((block.anchor, cell) for row in block.rows for cell in row)


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest) -> Report:
    return reports.render(RUN, request.param)


def test_every_number_of_a_table_is_in_the_run(report: Report) -> None:
    known = values_of(RUN)
    walked = [(anchor, cell) for anchor, cell in cells(report) if cell.value is not None]
    assert len(walked) > 300
    assert [(anchor, cell.text, cell.value) for anchor, cell in walked if float(cell.value or 0) not in known] == []


def test_every_number_of_a_sentence_is_the_printed_form_of_one_in_the_run(report: Report) -> None:
    known = printed(RUN, words(report.language))
    told = [text for text in sentences(report) if tokens(text)]
    assert len(told) > 40
    strange = {(token, text[:120]) for text in told for token in tokens(text) - known}
    assert {entry for entry in strange if "evidence/" not in entry[1]} == set()


def test_a_number_that_the_run_does_not_hold_is_noticed(report: Report) -> None:
    chapter = dataclasses.replace(report.chapters[0], blocks=(Text("Of these, 987,654,321 acted."),))
    text = next(sentences(dataclasses.replace(report, chapters=(chapter,))))
    assert tokens(text) - printed(RUN, words(report.language)) == {"987,654,321"}
