"""What could not be done: each part that failed, and in one table the questions that the data cannot answer."""

from __future__ import annotations

from forensics.findings import Run
from reports.report_model import Block, Cell, Column, Notice, Table, Text
from reports.sections.section import Section
from reports.wording import Words


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return a notice for each part that broke, then what the data refuse; neither leaves the chapter out."""
    failed = tuple(
        Notice(
            "failure",
            words("failures.failed_title", detector=words.detector(failure.detector)),
            (*((words.message(failure.message),) if failure.message.key else ()), words("failures.failed")),
        )
        for failure in run.failures
        if not failure.is_refusal
    )
    rows = tuple(
        (Cell(words.title(words.detector(failure.detector))), Cell(words.message(failure.message)))
        for failure in run.failures
        if failure.is_refusal
    )
    if not rows:
        return failed
    columns = (Column(words("failures.question")), Column(words("failures.reason"), width=2.2))
    return (*failed, Text(words("failures.refused")), Table("refused", words("failures.refused_title"), columns, rows))


FAILURES = Section("failures", "What could not be done", build)
