"""What the report cannot say: always, and for the data of this run."""

from __future__ import annotations

from forensics.findings import Run
from reports.model import Block, Heading, Items, Text
from reports.sections.section import Section
from reports.wording import Words

__all__ = ["LIMITS"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the limits that always hold, then those that the detectors attach to their results."""
    notes = dict.fromkeys(note for detection in run.detections for note in detection.notes)
    blocks: list[Block] = [Text(words("limits.intro"), "lead"), Items(words.texts("limits.always"))]
    if notes:
        blocks.append(Heading(words("limits.here"), "limits-here"))
        blocks.append(Items(tuple(words.known("note", note) for note in notes)))
    return tuple(blocks)


LIMITS = Section("limits", "What this report cannot say", build)
