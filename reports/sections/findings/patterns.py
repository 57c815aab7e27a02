"""Patterns to look at: for the newsroom alone, and in no public version."""

from __future__ import annotations

import polars as pl

from forensics.findings import Detection, Run
from reports.detector_declarations import spec_of, table_as, table_name
from reports.report_model import Block, Cell, Column, Table, Text
from reports.sections.section import Section
from reports.visible_text import short
from reports.wording import Words

MOST_NAMED, NAME_LENGTH = 12, 40


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the patterns that detections leave to the newsroom, a row each; none leave the chapter out."""
    blocks: list[Block] = []
    for detection in run.detections:
        rows = table_as(detection, "newsroom")
        if rows is not None and rows.height:
            blocks.append(_table(detection, rows, words))
    return (Text(words("question.who"), "lead"), *blocks) if blocks else ()


def _table(detection: Detection, rows: pl.DataFrame, words: Words) -> Table:
    """Return a row for each pattern: its first accounts, how many it has, and how far it goes beside others."""
    name = table_name(detection, "newsroom")
    columns = (
        Column(words("patterns.pattern"), width=0.9),
        Column(words("patterns.accounts"), "number", 0.7),
        Column(words("patterns.first"), width=4.0),
        Column(words("clusters.ratio"), "number", 0.8),
        Column(words("clusters.next"), "number", 0.9),
    )
    beside = spec_of(detection, name).columns[-2:]  # how far a pattern goes, and the next strongest audience
    of_each = rows.partition_by("pattern", maintain_order=True)
    return Table(
        f"{detection.detector}-{name}",
        words("patterns.caption", file=f"tables/{detection.detector}.{name}.parquet"),
        columns,
        tuple(_row(number, own, beside, words) for number, own in enumerate(of_each, start=1)),
    )


def _row(number: int, own: pl.DataFrame, beside: tuple[str, ...], words: Words) -> tuple[Cell, ...]:
    named = own.select(pl.coalesce("handle", "account_id")).to_series().head(MOST_NAMED)
    accounts = ", ".join(short(account, NAME_LENGTH) for account in named)
    numbers = [float(own[column][0]) for column in beside]
    return (
        Cell(words("patterns.name", n=words.integer(number)), number),
        Cell(words.integer(own.height), own.height),
        Cell(f"{accounts} …" if own.height > MOST_NAMED else accounts),
        *(Cell(words.number(value, 2), value) for value in numbers),
    )


PATTERNS = Section("patterns", "Patterns to look at", build)
