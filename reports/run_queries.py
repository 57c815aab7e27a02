"""Look-ups in a run: scores by name, groups with their number, rows of a group's tables."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from forensics.findings import Detection, Finding, Run, Score, Strength
from forensics.vocabulary import TableRole
from reports.detector_declarations import is_group, table_as, table_name, value_as

RANK: dict[Strength, int] = {"high": 0, "moderate": 1, "low": 2}
"""The order of the confidences, the surest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A finding about accounts that acted together, with the number the report gives it.

    Attributes:
        number: from 1, the strongest group first.
        finding: its numbers.
        detection: its tables.
    """

    number: int
    finding: Finding
    detection: Detection


def groups(run: Run) -> tuple[Group, ...]:
    """Return every finding that is a set of linked accounts, the strongest first.

    Groups of more confidence come first; of the same, those that exceed most what chance would give, see ``surprise``;
    of the same, in the run's order.
    """
    found = [
        (finding, detection)
        for detection in run.detections
        for finding in detection.findings
        if is_group(finding, detection)
    ]
    found.sort(key=lambda each: (RANK[each[0].strength], -surprise(each[0])))
    return tuple(Group(number, *each) for number, each in enumerate(found, start=1))


def subjects(run: Run) -> dict[str, int]:
    """Return the number of each group by its id, for findings about groups that another detector found."""
    return {group.finding.id: group.number for group in groups(run)}


def score_of(scores: Iterable[Score], name: str) -> Score | None:
    """Return the score of this name, or None."""
    return next((score for score in scores if score.name == name), None)


def observed_and_by_chance(finding: Finding) -> tuple[float | None, float | None]:
    """Return how often a group's pairs met and how often chance would make them: moments, or else shared targets."""
    return value_as(finding.scores, "observed"), value_as(finding.scores, "expected")


def surprise(finding: Finding) -> float:
    """Return how far a group exceeds what chance would give, by ratio and by size; 0 where it does not.

    It is Kulldorff's log ratio for what was observed, o, and expected, e: ``o ln(o/e) - (o - e)``. Three pairs that met
    9 times where 1 was expected give 11.8; forty accounts that met 4,000 times where 400 were, 5,610.
    """
    observed, expected = observed_and_by_chance(finding)
    if not observed or not expected or observed <= expected:
        return 0.0
    return observed * math.log(observed / expected) - (observed - expected)


def rows_of(group: Group, role: TableRole) -> pl.DataFrame:
    """Return the rows of the table of a role that support a group, in the table's order."""
    name = table_name(group.detection, role)
    table, spans = group.detection.tables[name], _spans(group.detection, name)
    if spans is None:
        return table.filter(pl.col("finding_id") == group.finding.id)
    return table.slice(*spans.get(group.finding.id, (0, 0)))


@lru_cache(maxsize=32)
def _spans(detection: Detection, name: str) -> dict[str, tuple[int, int]] | None:
    """Return where the rows of each finding begin in a table and how many they are; None where they lie apart.

    A search through a million rows for each of a hundred groups costs more than the documents.
    """
    runs = detection.tables[name].select(pl.col("finding_id").rle()).unnest("finding_id")
    if runs["value"].is_duplicated().any():
        return None
    begins = runs["len"].cum_sum() - runs["len"]
    return {key: (begin, length) for key, begin, length in zip(runs["value"], begins, runs["len"], strict=True)}


def file_of(group: Group, role: TableRole) -> str:
    """Return where in the run's folder all rows of a group's table of a role are."""
    return f"evidence/{group.finding.id}-{table_name(group.detection, role)}.csv"


def error_rates(run: Run) -> dict[Strength, tuple[int, int]]:
    """Return of each confidence how many groups were mostly innocents where the truth is known, and of how many."""
    table = next((table for each in run.detections if (table := table_as(each, "error_rates")) is not None), None)
    if table is None:
        return {}
    known = {
        confidence: (wrong, measured)
        for confidence, measured, wrong in table.select("confidence", "n_measured", "n_wrong").iter_rows()
    }
    return {level: known[level] for level in RANK if level in known}


def account_names(group: Group) -> dict[str, str]:
    """Return what each account of a group is called: its handle, or its id where it has none."""
    accounts = rows_of(group, "members")
    return {key: handle or key for key, handle in accounts.select("account_id", "handle").iter_rows()}
