"""Who answers for the report: conclusion, replies, corrections, authors, contact, funding, data, accounts named."""

from __future__ import annotations

import datetime as dt

from forensics.findings import Run
from reports.report_model import Block, Cell, Column, Heading, Notice, Table, Terms, Text
from reports.sections.section import Section
from reports.visible_text import short
from reports.wording import Words


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return what the case states, each under its heading, and says so where the right of reply is missing."""
    case = run.case
    return (
        *_stated("conclusion", case.conclusion, words),
        *_replies(run, words),
        *_corrections(run, words),
        *_accountable(run, words),
        *_named(run, words),
    )


def _accountable(run: Run, words: Words) -> tuple[Block, ...]:
    """Return who wrote the report and paid for it, who gave the data, on which ground, and until when they are kept."""
    until = run.case.kept_until
    stated = (
        *((name, getattr(run.case, name)) for name in ("authors", "contact", "funding")),
        ("data_from", run.case.data_from),
        ("legal_ground", run.case.legal_ground),
        ("kept_until", _day(until, words) if until else ""),
    )
    terms = tuple((words(f"publication.{key}"), text) for key, text in stated if text)
    return (_heading("accountable", words), Terms(terms)) if terms else ()


def _stated(name: str, text: str, words: Words) -> tuple[Block, ...]:
    return (_heading(name, words), Text(text)) if text else ()


def _heading(name: str, words: Words) -> Heading:
    return Heading(words(f"publication.{name}"), f"publication-{name.replace('_', '-')}")


def _replies(run: Run, words: Words) -> tuple[Block, ...]:
    replies = run.case.right_of_reply
    heading = _heading("right_of_reply", words)
    if not replies:
        return (heading, Notice("warning", words("publication.no_reply_short"), (words("publication.no_reply"),)))
    columns = (
        Column(words("publication.asked"), width=1.2),
        Column(words("publication.on"), width=1.0),
        Column(words("publication.question"), width=2.0),
        Column(words("publication.answer"), width=2.2),
    )
    rows = tuple(
        (
            Cell(reply.asked),
            Cell(_day(reply.on, words)),
            Cell(reply.question),
            Cell(reply.answer or words("publication.unanswered")),
        )
        for reply in replies
    )
    return (heading, Table("replies", words("publication.replies"), columns, rows))


def _corrections(run: Run, words: Words) -> tuple[Block, ...]:
    if not run.case.corrections:
        return ()
    columns = (Column(words("publication.on"), width=0.5), Column(words("publication.correction"), width=3.0))
    rows = tuple((Cell(_day(entry.on, words)), Cell(entry.text)) for entry in run.case.corrections)
    return (_heading("corrections", words), Table("corrections", words("publication.corrected"), columns, rows))


def _day(text: str, words: Words) -> str:
    return words.date(dt.date.fromisoformat(text))


def _named(run: Run, words: Words) -> tuple[Block, ...]:
    if not run.case.named:
        return ()
    rows = tuple((Cell(short(account, 60)), Cell(reason)) for account, reason in run.case.named)
    columns = (Column(words("clusters.account_id"), "name", 1.0), Column(words("publication.reason"), width=2.0))
    heading = Heading(words("publication.named_title"), "publication-named")
    return (heading, Table("named", words("publication.named"), columns, rows))


PUBLICATION = Section("publication", "Who answers for this report", build)
