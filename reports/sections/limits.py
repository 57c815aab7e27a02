"""What the report cannot say: always, and for the data of this run."""

from __future__ import annotations

from forensics.model import Run
from reports.model import Block, Items, Notice, Text
from reports.sections.parts import Section
from reports.wording import Words

__all__ = ["LIMITS"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the limits that the detectors attach to their results, then those that always hold."""
    notes = dict.fromkeys(note for detection in run.detections for note in detection.notes)
    blocks: list[Block] = [Text(words("limits.intro"), "lead")]
    if notes:
        blocks.append(Notice("note", words("limits.here"), tuple(words.known("note", note) for note in notes)))
    return (*blocks, Items(words.texts("limits.always")))


LIMITS = Section("limits", "What this report cannot say", build)
