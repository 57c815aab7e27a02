"""How a delimited text is written: its delimiter and its header, read from its beginning."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

__all__ = ["ROW", "Dialect", "distinct_names", "header_at", "sniff_dialect"]

_RECORDS = 20
_WIDE = 4
"""Columns from which a table's header can stand below other records."""

_ABOVE = 2
"""Cells that a record above a header fills at most: the name of something, and what it is."""

_FEW = 1 << 16
"""Characters in which the first records are looked for before the rest is."""

ROW = "_row"
"""The column of row numbers, from 1, header rows not counted."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is delimited.

    Attributes:
        delimiter: one character.
        header: the column names as written; repeated and empty names made distinct.
        raw_header: the first record as it stands, to know it again further down.
        signature: the second half of its bytes, to find blocks in which it may come again.
        escape: the character that escapes a quote, where the format has one.
        n_above: records above the header, such as the name of a report and its dates.
    """

    delimiter: str
    header: tuple[str, ...]
    raw_header: tuple[str, ...]
    signature: bytes
    escape: str | None = None
    n_above: int = 0


def sniff_dialect(start: str, delimiter: str | None = None, escape: str | None = None) -> Dialect | None:
    """Read the delimiter and the header from a file's beginning.

    Args:
        start: its first characters.
        delimiter: as the case file gives it.
        escape: the character that escapes a quote, where the format has one.

    Returns:
        None where there is no header of two or more columns (one, when the delimiter is given).
    """
    if start[:4].lower() == "sep=":
        line, _, start = start.partition("\n")
        delimiter = delimiter or line[4:5]
    first = next(iter(start[:_FEW].lstrip("\r\n").splitlines()), "") if "\n" in start[:_FEW] else ""
    first = first or next(iter(start.lstrip("\r\n").splitlines()), "")
    best: tuple[int, int, Dialect] | None = None
    for candidate in [delimiter] if delimiter else [",", ";", "\t", "|"]:
        rows = _first_rows(start, candidate, escape)
        if not rows:
            continue
        n_above = header_at(rows)
        raw = tuple(rows[n_above])
        literal = (candidate.join(raw) if n_above else first).encode("utf-8", "replace")
        dialect = Dialect(candidate, distinct_names(raw), raw, literal[len(literal) // 2 :], escape, n_above)
        regular = sum(len(row) == len(raw) for row in rows[n_above + 1 :]) if len(raw) > 1 else -1
        if best is None or (regular, len(raw)) > best[:2]:
            best = (regular, len(raw), dialect)
    if best is None or (best[1] < 2 and delimiter is None):
        return None
    return best[2]


def header_at(rows: Sequence[Sequence[object]]) -> int:
    """Return which of a table's first records is its header: the first that fills more than two cells.

    Above it programs write the name of a report, its dates and the like, in a cell or two.

    Args:
        rows: its first records, those that are not empty.
    """
    widths = [len(row) for row in rows]
    width = max((found for found in widths if widths.count(found) > 1), default=widths[0])
    filled = [sum(cell not in (None, "") for cell in row) for row in rows]
    n_above = next((at for at, n in enumerate(filled) if n > _ABOVE), 0)
    return n_above if width >= _WIDE and widths[n_above] == width and filled[n_above] * 2 > width else 0


def _first_rows(start: str, delimiter: str, escape: str | None) -> list[list[str]]:
    """Return the first records, at most 20."""
    for some in (start[:_FEW], start) if len(start) > _FEW else (start,):
        reader = csv.reader(io.StringIO(some, newline=""), delimiter=delimiter, escapechar=escape)
        rows = list(islice((row for row in reader if row), _RECORDS))
        if len(rows) == _RECORDS:
            break
    return rows


def distinct_names(raw: tuple[str, ...]) -> tuple[str, ...]:
    """Return the header's names, stripped, with ``_2``, ``_3`` behind those that come again."""
    names: list[str] = []
    for position, cell in enumerate(raw, 1):
        name = base = cell.strip().strip("\ufeff\x00") or f"column_{position}"
        number = 2
        while name in names or name == ROW:
            name, number = f"{base}_{number}", number + 1
        names.append(name)
    return tuple(names)
