"""Any table of a detection as a table of the report: the columns' names and types say how a cell is set.

Tables hold all that the method needs; a reader sees the columns that the detector declares, and the evidence files have
the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import polars as pl

from forensics.detectors.declared_measures import COLUMN_KINDS, MEASURES, format_of
from forensics.vocabulary import TableSpec
from reports.report_model import Align, Cell, Column, Table
from reports.sections.findings.finding_sentence import placed, shortened
from reports.visible_text import short
from reports.wording import Words

MOST_COLUMNS = 9
LONGEST, LONGEST_SOURCE = 160, 300
"""Characters of a cell: a source that were cut could not be looked up."""
WIDEST, NARROWEST, WRAPS, ROOM = 60, 7, 24, 110
"""Characters by which columns share the width: the most, the fewest, those from which a text wraps, and a page's."""
_WORDED: Mapping[str, Callable[[Words, str], str]] = {
    "country": Words.country,
    "place": Words.place,
    "area": Words.place,
    "centre": Words.place,
    "region": Words.place,
    "id": lambda words, text: words.known("price", text),
    "group": lambda words, text: placed(text, words),
    "layer": Words.layer,
    "object_id": lambda words, text: shortened(text, LONGEST, words),
    "made_of": Words.formula,
    "source": lambda words, text: words.known("source", text),
    "unit": lambda words, text: words.phrases.get(f"formula.{text}") or words.value(text),
}
"""Columns of words that have their own phrases."""
_WEB = ("https://", "http://")
_COPIED = "_archived"
"""How the column beside an address ends that holds the address of its archived copy."""


def frame_table(
    spec: TableSpec, frame: pl.DataFrame, labels: tuple[str, str], words: Words, names: Mapping[str, str] | None = None
) -> tuple[Table, ...]:
    """Return a table of the columns of a frame that a reader needs; none where it has no rows.

    Args:
        frame: the rows to show.
        labels: the anchor of the table and its caption.
        names: what ids are called, such as a group's; others are shown as they are.
    """
    shown = _shown(spec, frame)
    if frame.is_empty() or not shown:
        return ()
    rows = tuple(
        tuple(
            Cell(words.share(value), value)
            if name in spec.shares and value is not None
            else _cell(name, value, words, names or {})
            for name, value in zip(shown, row, strict=True)
        )
        for row in frame.select(shown).iter_rows()
    )
    widths = _widths(tuple(_heading(name, words) for name in shown), rows)
    columns = tuple(
        Column(_heading(name, words), _align(name, frame.schema[name]), width)
        for name, width in zip(shown, widths, strict=True)
    )
    return (Table(*labels, columns, rows),)


def _shown(spec: TableSpec, frame: pl.DataFrame) -> list[str]:
    """Return the columns to show, each address followed by its archived copy where there is one.

    A text stands in place of the fingerprint by which it is known.
    """
    filled = [
        name for name in frame.columns if COLUMN_KINDS.get(name) != "key" and frame[name].null_count() < frame.height
    ]
    wanted = spec.columns or [name for name in filled if not name.endswith(_COPIED)][:MOST_COLUMNS]
    with_copies = [part for name in wanted for part in (name, f"{name}{_COPIED}")]
    is_quoted = "text" in filled and "text" in wanted and not frame["text"].null_count()
    return [name for name in with_copies if name in filled and not (is_quoted and name == "object_id")]


def _heading(name: str, words: Words) -> str:
    return words("clusters.copy_title") if name.endswith(_COPIED) else _title(words.column(name), words)


def _title(text: str, words: Words) -> str:
    """Return a heading with a large first letter; a symbol such as p keeps its own."""
    return words.title(text) if len(text) > 1 else text


def _align(name: str, dtype: pl.DataType) -> Align:
    if format_of(name) == "day" or dtype.is_temporal():
        return "text"
    return "number" if dtype.is_numeric() else "name"


def _widths(headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> tuple[float, ...]:
    """Return the width of each column in characters, with room between.

    A column is as wide as its longest cell; where the page has no room for all, texts wrap and numbers and times stay.
    Where it has none for short texts either, they wrap down to their longest word; long ones would take a page.
    """
    whole_words, least, wanted = [], [], []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows]
        words_of_heading = max(len(word) + 1 for word in ("", *heading.split()))
        whole = max((len(cell.text) for cell in cells if cell.value is not None), default=0)
        longest = max(len(cell.text) for cell in cells)
        longest_word = max((len(word) for cell in cells for word in cell.text.split()), default=0)
        fewest = WRAPS if longest > 2 * WRAPS else min(longest_word, WRAPS)
        whole_words.append(2.0 + max(NARROWEST, words_of_heading, whole, fewest))
        least.append(2.0 + max(NARROWEST, words_of_heading, whole, min(longest, WRAPS)))
        wanted.append(max(least[-1], 2.0 + min(longest, WIDEST)))
    below, above = (whole_words, least) if sum(least) > ROOM else (least, wanted)
    spare, more = ROOM - sum(below), sum(above) - sum(below)
    part = min(1.0, max(0.0, spare / more)) if more else 0.0
    return tuple(low + part * (high - low) for low, high in zip(below, above, strict=True))


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
            return _word(name, str(value), words, names)


def _word(name: str, text: str, words: Words, names: Mapping[str, str]) -> Cell:
    """Return a cell of text: an address as a link, a word of the analysis in the report's language."""
    link = text if text.startswith(_WEB) and name.removesuffix(_COPIED) in {"permalink", "object_id"} else ""
    if link and name != "object_id":
        return Cell(words("clusters.copy" if name.endswith(_COPIED) else "clusters.open"), link=link)
    worded = names.get(text) or (_WORDED[name](words, text) if name in _WORDED else words.value(text))
    return Cell(short(worded, LONGEST_SOURCE if name == "source" else LONGEST), link=link)


def _figure(name: str, value: float, words: Words) -> str:
    return words.figure(name, MEASURES[name].unit if name in MEASURES else "1", value)
