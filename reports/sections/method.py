"""How it was measured, in half a page, and the scales of likelihood and confidence."""

from __future__ import annotations

from forensics.findings import Run
from reports.model import Block, Cell, Column, Heading, Table, Text
from reports.sections.parts import Section
from reports.wording import BANDS, Words

__all__ = ["METHOD"]


def build(_run: Run, words: Words) -> tuple[Block, ...]:
    """Return the method in short and the two scales; each detector's own is in the annex."""
    return (
        *(Text(text) for text in words.texts("method.short")),
        Text(words("method.more", section=words("section.annex"))),
        Heading(words("likelihood.title"), "likelihood"),
        _likelihood(words),
        Heading(words("confidence.title"), "confidence"),
        _confidence(words),
    )


def _likelihood(words: Words) -> Table:
    return Table(
        "likelihood-scale",
        words("likelihood.caption"),
        (Column(words("likelihood.word")), Column(words("likelihood.range"), "number")),
        tuple((Cell(words(f"band.{key}")), Cell(words.share_range(low, high), low)) for key, low, high in BANDS),
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
