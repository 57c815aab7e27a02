"""What could not be done: each part that failed or that the data could not answer."""

from __future__ import annotations

from forensics.model import Run
from reports.model import Block, Notice
from reports.sections.parts import Section
from reports.wording import Words

__all__ = ["FAILURES"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return one notice for each failure; none leave the chapter out."""
    return tuple(
        Notice(
            "warning" if failure.is_refusal else "failure",
            words(
                "failures.refused_title" if failure.is_refusal else "failures.failed_title",
                detector=words.detector(failure.detector),
            ),
            (
                *((failure.message,) if failure.message else ()),
                words("failures.refused" if failure.is_refusal else "failures.failed"),
            ),
        )
        for failure in run.failures
    )


FAILURES = Section("failures", "What could not be done", build)
