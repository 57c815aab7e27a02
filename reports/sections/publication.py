"""Who answers for the report: authors, contact, funding, right of reply, corrections and the accounts named."""

from __future__ import annotations

from forensics.model import Run
from reports.model import Block, Cell, Column, Heading, Table, Text
from reports.sections.parts import Section
from reports.visible import short
from reports.wording import Words

__all__ = ["PUBLICATION"]

STATED = ("conclusion", "right_of_reply", "corrections", "authors", "contact", "funding")


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return what the case states, each under its heading, and says so where the right of reply is missing."""
    blocks: list[Block] = []
    for name in STATED:
        text = str(getattr(run.case, name))
        if text or name == "right_of_reply":
            blocks.append(Heading(words(f"publication.{name}"), f"publication-{name.replace('_', '-')}"))
            blocks.append(Text(text or words("publication.no_reply")))
    return (*blocks, *_named(run, words))


def _named(run: Run, words: Words) -> tuple[Block, ...]:
    if not run.case.named:
        return ()
    rows = tuple((Cell(short(account, 60)), Cell(reason)) for account, reason in run.case.named)
    columns = (
        Column(words("clusters.account_id"), "name", 1.0),
        Column(words("publication.reason"), width=2.0),
    )
    return (Table("named", words("publication.named"), columns, rows),)


PUBLICATION = Section("publication", "Who answers for this report", build)
