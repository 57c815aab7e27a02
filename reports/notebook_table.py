"""What a run found as one table for a notebook: the sentences of the report's first page, and what had no answer."""

from __future__ import annotations

from forensics.findings import Run
from forensics.html_table import html_table
from reports.sections.findings.strongest_findings import found
from reports.visible_text import visible_run
from reports.wording import LANGUAGES, words


def found_table(run: Run) -> str:
    """Return the four questions with the strongest findings of each, and the questions without an answer."""
    wording = words(run.case.language if run.case.language in LANGUAGES else LANGUAGES[0])
    seen = visible_run(run)
    rows = [
        (
            answer.question if place == 0 else "",
            f"{text} {answer.more if place == len(answer.sentences) - 1 else ''}",
            note,
        )
        for answer in found(seen, wording)
        for place, (text, note) in enumerate(answer.sentences)
    ]
    rows += [
        (wording.title(wording.detector(each.detector)), wording.message(each.message), "") for each in seen.failures
    ]
    header = (wording("failures.question"), "", wording("confidence.label"))
    return html_table(seen.case.title, header, rows)
