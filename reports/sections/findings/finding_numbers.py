"""The numbers of one finding, and of many findings that state the same, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forensics.findings import Detection, Finding
from reports.report_model import Cell, Column, KeyNumber, KeyNumbers, Table, without_empty_columns
from reports.run_queries import score_of
from reports.sections.findings.finding_sentence import subject_name
from reports.wording import Words

MOST_SCORES = 6
"""Numbers of a finding in the table; the sentence says the first of them."""


def numbers_of(finding: Finding, words: Words) -> KeyNumbers:
    """Return the confidence in a finding and its numbers, set large."""
    known = [score for score in finding.scores if score.value is not None]
    return KeyNumbers(
        (
            KeyNumber(words("confidence.label"), words(f"confidence.{finding.strength}")),
            *(
                KeyNumber(
                    words.score_name(score.name),
                    words.score(score),
                    f"{finding.id}/{score.name}",
                    words.interval(score),
                )
                for score in known
            ),
        )
    )


def alike_table(
    findings: Sequence[Finding], detection: Detection, count: int, anchor: str, names: Mapping[str, str], words: Words
) -> Table:
    """Return a row for each finding: what it is about, its numbers and the confidence.

    Args:
        findings: of one statement, at least one.
        count: how many there are, where not all are given.
        names: what groups are called, by their ids.
    """
    scores = list(dict.fromkeys(score.name for finding in findings for score in finding.scores))[:MOST_SCORES]
    rows = tuple(
        (
            Cell(subject_name(finding, detection, names, words)),
            *(_cell(finding, name, words) for name in scores),
            Cell(words(f"confidence.{finding.strength}")),
        )
        for finding in findings
    )
    columns = (
        Column(words("question.subject"), "name", 1.6),
        *(Column(words.title(words.column(name)), "number") for name in scores),
        Column(words("confidence.label")),
    )
    key = "question.alike" if count == len(findings) else "question.alike_some"
    title = words.title(words.detector(detection.detector))
    caption = words(key, table=title, count=words.integer(count), shown=words.integer(len(findings)))
    return without_empty_columns(Table(anchor, caption, columns, rows))


def _cell(finding: Finding, name: str, words: Words) -> Cell:
    score = score_of(finding.scores, name)
    if score is None or score.value is None:
        return Cell("")
    return Cell(words.short_score(score), score.value, source=f"{finding.id}/{name}")
