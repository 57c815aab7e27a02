"""The words of the report, explained."""

from __future__ import annotations

from forensics.findings import Run
from reports.report_model import Block, Terms
from reports.sections.section import Section
from reports.wording import Words


def build(_run: Run, words: Words) -> tuple[Block, ...]:
    """Return the glossary, the same for every run."""
    return (Terms(words.pairs("glossary.terms")),)


GLOSSARY = Section("glossary", "Words used here", build)
