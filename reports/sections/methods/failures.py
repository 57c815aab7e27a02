"""What could not be done: each part that failed, and in one table the questions that the data cannot answer."""

from __future__ import annotations

import re

from forensics.findings import Run
from reports.model import Block, Cell, Column, Notice, Table, Text
from reports.sections.section import Section
from reports.wording import Words

__all__ = ["FAILURES", "reason"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return a notice for each part that broke, then what the data refuse; neither leaves the chapter out."""
    failed = tuple(
        Notice(
            "failure",
            words("failures.failed_title", detector=words.detector(failure.detector)),
            (*((failure.message,) if failure.message else ()), words("failures.failed")),
        )
        for failure in run.failures
        if not failure.is_refusal
    )
    rows = tuple(
        (Cell(words.title(words.detector(failure.detector))), Cell(reason(failure.message, words)))
        for failure in run.failures
        if failure.is_refusal
    )
    if not rows:
        return failed
    columns = (Column(words("failures.question")), Column(words("failures.reason"), width=2.2))
    return (*failed, Text(words("failures.refused")), Table("refused", words("failures.refused_title"), columns, rows))


def reason(message: str, words: Words) -> str:
    """Return why a question could not be answered, with a table of the program by what it holds."""
    lacking = re.fullmatch(r"The data have no rows for the table '(\w+)', which this question needs\.", message)
    if lacking:
        return words("failures.lacking", what=words.known("needs", lacking[1]))
    return words.told(message)


FAILURES = Section("failures", "What could not be done", build)
