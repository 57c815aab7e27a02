"""Looking things up in a run: scores by name, groups with their number, rows of a group's tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from forensics.findings import NEWSROOM_ONLY, Detection, Finding, Question, Run, Score, Strength

__all__ = [
    "QUESTIONS",
    "RANK",
    "Group",
    "account_names",
    "counted",
    "file_of",
    "groups",
    "rows_of",
    "score_of",
    "subjects",
    "value_of",
]

QUESTIONS: dict[str, Question] = {
    "coordination": "who",
    "detectable": "who",
    "geography": "where",
    "scan": "where",
    "clocks": "where",
    "countries_of_groups": "where",
    "tempo": "how",
    "tempo_of_groups": "how",
    "registrations": "how",
    "registrations_of_groups": "how",
    "handles": "how",
    "handles_of_groups": "how",
    "growth": "how",
    "rapid": "how",
    "bursts": "what",
    "reach": "what",
    "engagement": "what",
    "ratios": "what",
    "money": "what",
    "labour": "what",
    "labour_of_groups": "what",
}
"""Which question each detector answers, also where it found nothing."""


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

    Groups of more confidence come first; of the same, in the run's order, which is the detector's own.
    """
    found = [
        (finding, detection)
        for detection in run.detections
        for finding in detection.findings
        if finding.question == "who" and "edges" in finding.evidence
    ]
    found.sort(key=lambda each: RANK[each[0].strength])
    return tuple(Group(number, finding, detection) for number, (finding, detection) in enumerate(found, start=1))


def counted(detection: Detection) -> tuple[Finding, ...]:
    """Return the findings that count as found: those for the newsroom's eyes alone are left out."""
    return tuple(finding for finding in detection.findings if finding.statement not in NEWSROOM_ONLY)


def subjects(run: Run) -> dict[str, int]:
    """Return the number of each group by its id, for findings about groups that another detector found."""
    return {group.finding.id: group.number for group in groups(run)}


def score_of(scores: Iterable[Score], name: str) -> Score | None:
    """Return the score of this name, or None."""
    return next((score for score in scores if score.name == name), None)


def value_of(scores: Iterable[Score], name: str) -> float | None:
    """Return the value of the score of this name, or None."""
    score = score_of(scores, name)
    return None if score is None else score.value


def rows_of(group: Group, table: str) -> pl.DataFrame:
    """Return the rows of a table that support a group, in the table's order."""
    return group.detection.tables[table].filter(pl.col("finding_id") == group.finding.id)


def file_of(group: Group, table: str) -> str:
    """Return where in the run's folder all rows of a group's table are."""
    return f"evidence/{group.finding.id}-{table}.csv"


def account_names(group: Group) -> dict[str, str]:
    """Return what each account of a group is called: its handle, or its id where it has none."""
    accounts = rows_of(group, "accounts")
    return {key: handle or key for key, handle in accounts.select("account_id", "handle").iter_rows()}
