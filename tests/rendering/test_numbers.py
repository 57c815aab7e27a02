"""Every number in the documents is the run's own: in tables by its value, in sentences by its printed form."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import polars as pl
import pytest
from rendering.fake_run import fake_run
from rendering.number_walk import all_scores, walk

import reports
from forensics.model import Run
from reports.model import Answers, Figure, Heading, Items, KeyNumbers, Notice, Report, Text
from reports.wording import BANDS, LANGUAGES, Words, words

RUN = fake_run()
NUMBER = re.compile(r"\d(?:[\d.,\u202f\u00a0]*\d)?")


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
                case Answers():
                    for answer in block.answers:
                        yield from (*(f"{text} {note}" for text, note in answer.said), answer.more)
                case Notice():
                    yield from (block.title, *block.texts)
                case KeyNumbers():
                    yield from (f"{number.text} {number.note}" for number in block.numbers)
                case Figure():
                    yield from (block.alt, block.caption)


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest) -> Report:
    return reports.render(RUN, request.param)


def test_every_number_of_a_table_is_in_the_run(report: Report) -> None:
    n_walked, strange = walk(RUN, report)
    assert n_walked > 300
    assert strange == []


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
