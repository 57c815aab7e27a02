"""Any table of a detection as a table of the report: the columns' names and types say how a cell is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import polars as pl

from reports.model import Align, Cell, Column, Table
from reports.visible import short
from reports.wording import Words

__all__ = ["frame_table"]

MOST_COLUMNS = 9
LONGEST = 160
WIDEST, NARROWEST = 30, 7
"""Characters by which columns share the width."""
_UNITS = {"s": "s", "hours": "hours", "days": "days"}
DAYS = frozenset({"day", "from_day", "to_day", "first_day", "last_day"})
"""Columns of days since 1970."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_WORDED: Mapping[str, Callable[[Words, str], str]] = {
    **dict.fromkeys(("area", "centre", "place", "region"), Words.place),
    "country": Words.country,
    "layer": Words.layer,
    "made_of": Words.formula,
    "source": lambda words, text: words.known("source", text),
    "unit": lambda words, text: words.phrases.get(f"formula.{text}") or words.value(text),
}
"""Columns of words that have their own phrases."""
UNSHOWN = frozenset({"finding_id", "source_id", "source_row", "post_id"})
"""Columns that only the evidence files hold: keys."""


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
    rows = tuple(
        tuple(_cell(name, value, words, names or {}) for name, value in zip(shown, row, strict=True))
        for row in frame.select(shown).iter_rows()
    )
    columns = tuple(
        Column(words.title(words.column(name)), _align(name, frame.schema[name]), _width([row[place] for row in rows]))
        for place, name in enumerate(shown)
    )
    return (Table(anchor, caption, columns, rows),)


def _align(name: str, dtype: pl.DataType) -> Align:
    if name in DAYS or dtype.is_temporal():
        return "text"
    return "number" if dtype.is_numeric() else "name"


def _width(cells: list[Cell]) -> float:
    return float(min(max(NARROWEST, *(len(cell.text) for cell in cells)), WIDEST))


def _cell(name: str, value: object, words: Words, names: Mapping[str, str]) -> Cell:
    match value:
        case None:
            return Cell("–")
        case bool():
            return Cell(words("number.yes" if value else "number.no"))
        case int() | float():
            return Cell(_figure(name, value, words), value)
        case dt.datetime():
            return Cell(words.moment(value), value.timestamp())
        case _:
            text = str(value)
            told = _WORDED[name](words, text) if name in _WORDED else names.get(text) or words.value(text)
            return Cell(short(told, LONGEST))


def _figure(name: str, value: float, words: Words) -> str:
    if name in DAYS:
        return words.day(_EPOCH + dt.timedelta(days=value))
    return f"{value:.0f}" if name == "year" else words.figure(name, _UNITS.get(name.rsplit("_", 1)[-1], "1"), value)
