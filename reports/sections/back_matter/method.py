"""How it was measured, in half a page, and the words of confidence."""

from __future__ import annotations

from forensics.findings import Run
from reports.report_model import Block, Cell, Column, Heading, Table, Text
from reports.sections.section import Section
from reports.wording import Words


def build(_run: Run, words: Words) -> tuple[Block, ...]:
    """Return the method in short and the words of confidence; each detector's own is in the annex."""
    return (
        *(Text(text) for text in words.texts("method.short")),
        Text(words("method.more", section=words("section.annex"))),
        Heading(words("confidence.title"), "confidence"),
        _confidence(words),
    )


def _confidence(words: Words) -> Table:
    return Table(
        "confidence-scale",
        words("confidence.caption"),
        (Column(words("confidence.word"), width=0.4), Column(words("confidence.criteria"), width=2)),
        tuple(
            (Cell(words(f"confidence.{key}")), Cell(words(f"confidence.{key}_criteria")))
            for key in ("high", "moderate", "low")
        ),
    )


METHOD = Section("method", "How it was measured", build)
