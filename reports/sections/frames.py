"""Any table of a detection as a table of the report: the columns' names and types say how a cell is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from reports.model import Align, Cell, Column, Table
from reports.visible import short
from reports.wording import Words

__all__ = ["frame_table"]

MOST_COLUMNS = 9
LONGEST = 60
_UNITS = {"s": "s", "hours": "hours", "days": "days"}
UNSHOWN = frozenset({"finding_id", "source_id", "source_row"})


def frame_table(
    frame: pl.DataFrame, anchor: str, caption: str, words: Words, names: Mapping[str, str] | None = None
) -> tuple[Table, ...]:
    """Return a table of a frame's first columns; none where it has no rows.

    Args:
        frame: the rows to show.
        anchor: of the table.
        caption: says what it shows and where all of it is.
        words: the language.
        names: what ids are called, such as a group's; others are shown as they are.
    """
    shown = [name for name in frame.columns if name not in UNSHOWN and frame[name].null_count() < frame.height]
    shown = shown[:MOST_COLUMNS]
    if frame.is_empty() or not shown:
        return ()
    columns = tuple(Column(words.column(name), _align(frame.schema[name])) for name in shown)
    rows = tuple(
        tuple(_cell(name, value, words, names or {}) for name, value in zip(shown, row, strict=True))
        for row in frame.select(shown).iter_rows()
    )
    return (Table(anchor, caption, columns, rows),)


def _align(dtype: pl.DataType) -> Align:
    return "number" if dtype.is_numeric() or dtype.is_temporal() else "name"


def _cell(name: str, value: object, words: Words, names: Mapping[str, str]) -> Cell:
    match value:
        case None:
            return Cell("–")
        case bool():
            return Cell(words("number.yes" if value else "number.no"))
        case int() | float():
            return Cell(words.figure(name, _UNITS.get(name.rsplit("_", 1)[-1], "1"), value), value)
        case dt.datetime():
            return Cell(words.moment(value), value.timestamp())
        case _:
            text = str(value)
            return Cell(short(names.get(text, words.known("value", text)), LONGEST))
