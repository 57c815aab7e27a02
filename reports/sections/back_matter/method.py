"""How it was measured, in half a page, and the words of confidence."""

from __future__ import annotations

from forensics.findings import Run
from reports.report_model import Block, Cell, Column, Heading, Table, Text, without_empty_columns
from reports.run_queries import RANK, error_rates
from reports.sections.section import Section
from reports.wording import Words


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the method in short and the words of confidence; each detector's own is in the annex."""
    return (
        *(Text(text) for text in words.texts("method.short")),
        Text(words("method.more", section=words("section.annex"))),
        Heading(words("confidence.title"), "confidence"),
        _confidence(run, words),
    )


def _confidence(run: Run, words: Words) -> Table:
    rates = {
        level: words("confidence.wrong_of", wrong=words.integer(wrong), measured=words.integer(measured))
        for level, (wrong, measured) in error_rates(run).items()
    }
    table = Table(
        "confidence-scale",
        words("confidence.caption"),
        (
            Column(words("confidence.word"), width=0.4),
            Column(words("confidence.criteria"), width=2),
            Column(words("confidence.wrong"), width=0.6),
        ),
        tuple(
            (Cell(words(f"confidence.{key}")), Cell(words(f"confidence.{key}_criteria")), Cell(rates.get(key, "")))
            for key in RANK
        ),
    )
    return without_empty_columns(table)


METHOD = Section("method", "How it was measured", build)
