"""What the report cannot say: always, and for the data of this run."""

from __future__ import annotations

from forensics.findings import Run
from reports.report_model import Block, Heading, Items, Text
from reports.sections.section import Section
from reports.wording import Words

_QUIET = "quiet_result"


def build(_run: Run, words: Words) -> tuple[Block, ...]:
    """Return the limits that always hold; those of this run's data stand in the annex."""
    always = Items(words.texts("limits.always"))
    return Text(words("limits.intro"), "lead"), always, Text(words("limits.more", section=words("section.annex")))


def limits_here(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the limits that the detectors attach to their results; none where there are none.

    That nothing was found, and that this proves nothing, stands here only where the whole run found nothing.
    """
    notes = dict.fromkeys(note for detection in run.detections for note in detection.notes)
    if any(detection.findings for detection in run.detections):
        notes.pop(_QUIET, None)
    if not notes:
        return ()
    return Heading(words("limits.here"), "limits-here"), Items(tuple(words.known("note", note) for note in notes))


LIMITS = Section("limits", "What this report cannot say", build)
