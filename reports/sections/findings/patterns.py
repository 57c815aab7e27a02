"""Patterns to look at: for the newsroom alone, and in no public version."""

from __future__ import annotations

from forensics.findings import Run
from reports.meaning import spec_of, table_as, table_name
from reports.model import Block, Text
from reports.sections.findings.detection_tables import frame_table
from reports.sections.section import Section
from reports.wording import Words

__all__ = ["PATTERNS"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the accounts of the patterns that detections leave to the newsroom; none leave the chapter out."""
    blocks: list[Block] = []
    for detection in run.detections:
        rows = table_as(detection, "newsroom")
        if rows is not None and rows.height:
            name = table_name(detection, "newsroom")
            labels = (f"{detection.detector}-{name}", words(f"table.{name}"))
            blocks += frame_table(spec_of(detection, name), rows, labels, words)
    return (Text(words("question.who"), "lead"), *blocks) if blocks else ()


PATTERNS = Section("patterns", "Patterns to look at", build)
