"""Where the data came from: every file, its fingerprint, and what became of every row."""

from __future__ import annotations

import polars as pl

from forensics.dataset import Source
from forensics.findings import Run
from forensics.loaders import LOADERS
from forensics.loaders.normalising.row_ledger import kind_of
from forensics.messages import Message, read_fields
from reports.report_model import Block, Cell, Column, Heading, Items, Table, Text
from reports.sections.section import Section
from reports.visible_text import short
from reports.wording import Words

MOST_REASONS = 12
"""Kinds of reason named for a file, the most frequent first."""

MOST_FIELDS = 12
"""Fields without room in the tables named for a file, the most often filled first."""


_TITLES = {loader.name: loader.title for loader in LOADERS}


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the files, the reasons of rejection and the fingerprints."""
    if not run.sources:
        return (Text(words("sources.none")),)
    noted: dict[str, list[str]] = {}
    for source in run.sources:
        for note in source.notes:
            noted.setdefault(words.message(note), []).append(source.name)
    notes = tuple(
        words("sources.note", file=words.series(tuple(dict.fromkeys(files))), note=note)
        for note, files in noted.items()
    )
    reasons = [_reasons(source, words) for source in run.sources]
    return (
        Text(words("sources.intro"), "lead"),
        _ledger(run.sources, words),
        *(_rejected(reasons, words) if any(reasons) else (Text(words("sources.none_rejected")),)),
        *((Heading(words("sources.notes"), "source-notes"), Items(notes)) if notes else ()),
        *((_unmapped(run.sources, words),) if any(source.unmapped for source in run.sources) else ()),
        _fingerprints(run.sources, words),
    )


def _ledger(sources: tuple[Source, ...], words: Words) -> Table:
    numbers = ("read", "kept", "rejected")
    return Table(
        "ledger",
        words("sources.caption"),
        (
            Column(words("sources.file"), "name", 2),
            Column(words("sources.format")),
            Column(words("sources.size"), "number"),
            *(Column(words(f"sources.{name}"), "number") for name in numbers),
        ),
        tuple(
            (
                Cell(source.name),
                Cell(words.message(Message(_TITLES.get(source.loader, source.loader)))),
                Cell(words.bytes(source.n_bytes), source.n_bytes),
                *(
                    Cell(words.integer(count), count)
                    for count in (source.rows_read, source.rows_kept, source.rejected.height)
                ),
            )
            for source in sources
        ),
    )


def _reasons(source: Source, words: Words) -> list[tuple[Cell, ...]]:
    """Return a row for each kind of reason: how many rows, the first of them and what it held.

    Reasons that differ by a number only, such as the row that another one repeats, are one kind.
    """
    kinds = source.rejected.sort("row").with_columns(_kind=kind_of("fields"))
    found = kinds.group_by("reason", "_kind").agg(
        pl.len().alias("n"), pl.col("row", "fields").first(), pl.col("excerpt").drop_nulls().first()
    )
    most = found.sort("n", "reason", "_kind", descending=[True, False, False]).head(MOST_REASONS)
    return [
        (
            Cell(words.message(read_fields(reason, fields))),
            Cell(source.name),
            Cell(words.integer(count), count),
            Cell(words.integer(first), first),
            Cell(short(example, 80)),
        )
        for reason, fields, count, first, example in most.select("reason", "fields", "n", "row", "excerpt").iter_rows()
    ]


def _rejected(reasons: list[list[tuple[Cell, ...]]], words: Words) -> tuple[Table]:
    return (
        Table(
            "rejected",
            words("sources.reasons_caption"),
            (
                Column(words("sources.reason"), width=2),
                Column(words("sources.file"), "name", 1.4),
                Column(words("sources.rows"), "number", 0.7),
                Column(words("sources.first_row"), "number"),
                Column(words("sources.excerpt"), "name", 1.6),
            ),
            tuple(row for rows in reasons for row in rows),
        ),
    )


def _unmapped(sources: tuple[Source, ...], words: Words) -> Table:
    """Return the fields that nothing is computed from; a field that several files fill alike has one row."""
    files: dict[tuple[str, int, int], list[str]] = {}
    rest: list[tuple[Cell, ...]] = []
    for source in sources:
        for name, number in list(source.unmapped.items())[:MOST_FIELDS]:
            files.setdefault((name, number, source.n_looked), []).append(source.name)
        more = len(source.unmapped) - MOST_FIELDS
        if more > 0:
            rest.append(
                (Cell(words("sources.more_fields", n=words.integer(more))), Cell(source.name), Cell(""), Cell(""))
            )
    rows = [
        (Cell(short(name, 80)), Cell(words.series(tuple(names))), *(Cell(words.integer(n), n) for n in counts))
        for (name, *counts), names in files.items()
    ]
    return Table(
        "unmapped",
        words("sources.unmapped_caption"),
        (
            Column(words("sources.field"), "name", 1.5),
            Column(words("sources.file"), "name", 3),
            Column(words("sources.filled"), "number", 0.8),
            Column(words("sources.looked"), "number", 0.8),
        ),
        (*rows, *rest),
    )


def _fingerprints(sources: tuple[Source, ...], words: Words) -> Table:
    return Table(
        "fingerprints",
        words("sources.hashes_caption"),
        (Column(words("sources.file"), "name"), Column(words("sources.sha256"), "name", 2.4)),
        tuple((Cell(source.name), Cell(source.sha256)) for source in sources),
    )


SOURCES = Section("sources", "Where the data came from", build)
