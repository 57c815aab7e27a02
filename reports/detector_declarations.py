"""What the detectors declared of their findings, scores and tables, looked up for the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import polars as pl

from forensics.detectors import DETECTORS
from forensics.detectors.declared_measures import MEASURES
from forensics.findings import Detection, Finding, Question, Run, Score
from forensics.vocabulary import Chart, MeasureRole, Statement, TableRole, TableSpec, Vocabulary


@cache
def _declared() -> dict[str, tuple[Question, Vocabulary]]:
    return {each.name: (each.question, each.vocabulary) for each in DETECTORS}


def _vocabulary(detector: str) -> Vocabulary:
    """Return what a detector declares; nothing for one that this version does not know."""
    return _declared()[detector][1] if detector in _declared() else Vocabulary()


def question_of(detector: str) -> Question | None:
    """Return which question a detector answers, also where it found nothing; None for one that is not known."""
    return _declared()[detector][0] if detector in _declared() else None


def only_measures(detector: str) -> bool:
    """Return whether a detector says what could be seen, and never finds anything itself."""
    return detector in _declared() and not _vocabulary(detector).statements


def finds_groups(detector: str) -> bool:
    """Return whether a detector seeks groups of accounts linked by pairs, also where it found none."""
    return any(statement.links for statement in _vocabulary(detector).statements)


def statement_of(finding: Finding, detection: Detection) -> Statement:
    """Return what kind of finding this is; one that nobody declared is a plain one of its question."""
    return _vocabulary(detection.detector).statement(finding.statement) or Statement(
        finding.statement, finding.question
    )


def is_group(finding: Finding, detection: Detection) -> bool:
    """Return whether a finding is a group of accounts linked by pairs."""
    return statement_of(finding, detection).links


def spec_of(detection: Detection, table: str) -> TableSpec:
    """Return what a table of a detection is."""
    return _vocabulary(detection.detector).table(table)


def table_name(detection: Detection, role: TableRole) -> str:
    """Return the name of a detection's table of a role; an empty string where it has none."""
    name = _vocabulary(detection.detector).named(role)
    return name if name is not None and name in detection.tables else ""


def table_as(detection: Detection, role: TableRole) -> pl.DataFrame | None:
    """Return a detection's table of a role; None where it has none."""
    return detection.tables.get(table_name(detection, role))


def first_notes(detection: Detection) -> tuple[str, ...]:
    """Return the notes of a detection that the first page says."""
    return tuple(note for note in _vocabulary(detection.detector).first_notes if note in detection.notes)


def has_table(finding: Finding, detection: Detection, role: TableRole) -> bool:
    """Return whether rows of the table of a role support a finding."""
    return bool(name := table_name(detection, role)) and name in finding.evidence


def score_as(scores: Iterable[Score], role: MeasureRole) -> Score | None:
    """Return the first score of a role; None where there is none."""
    return next((score for score in scores if score.name in MEASURES and MEASURES[score.name].role == role), None)


def value_as(scores: Iterable[Score], role: MeasureRole) -> float | None:
    """Return the value of the first score of a role; None where there is none."""
    score = score_as(scores, role)
    return None if score is None else score.value


def last_act(run: Run) -> dt.datetime:
    """Return when the last act of the data was done, UTC, to the second; the first of 1970 where no time is known."""
    return dt.datetime.fromtimestamp(int(value_as(run.overview, "last") or 0.0), dt.UTC)


def charted(detection: Detection) -> tuple[tuple[Chart, tuple[pl.DataFrame, ...]], ...]:
    """Return the drawings of a detection, each with its tables in the order it takes them; what is missing is empty."""
    return tuple(
        (chart, tuple(detection.tables.get(name, pl.DataFrame()) for name in chart.tables))
        for chart in _vocabulary(detection.detector).charts
    )
