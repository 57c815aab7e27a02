"""How a delimited text is written: its delimiter and its header, read from its beginning."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from forensics.errors import InputFileError
from forensics.loaders.reading.quoted_lines import are_quoted, unquoted

_RECORDS = 40
_WIDE = 4
"""Columns from which a table's header can stand below other records."""

_ABOVE, _ABOVE_OF = 2, 4
"""Cells that a record above a header fills at most, the name of something and what it is; in a wide table a quarter."""

_MOMENT = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b|https?://"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[A-Z][a-z]{2} \d\d|\d{1,2} [A-Z][a-z]{2}) \d"
)
"""What stands in the first record only where the names of the columns are missing."""

_BELOW = 3
"""Records below it in which the same must stand."""

_VALUE = re.compile(r"[+-]?[\d.,:/-]*\d[\d.,:/-]*$|https?://")

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
        n_above: records above the header, such as the name of a report and its dates; -1 where there is no header.
        is_quoted: whether each line stands in quotes as a whole.
    """

    delimiter: str
    header: tuple[str, ...]
    raw_header: tuple[str, ...]
    signature: bytes
    escape: str | None = None
    n_above: int = 0
    is_quoted: bool = False


_MOST_COLUMNS = 100_000
"""Six times as many as a sheet of Excel can have. Each is asked about by every format: a million cost minutes."""


def sniff_dialect(
    start: str, delimiter: str | None = None, escape: str | None = None, row: int | None = None, name: str = "the table"
) -> Dialect | None:
    """Read the delimiter and the header from a file's beginning.

    Args:
        start: its first characters.
        delimiter: as the case file gives it.
        escape: the character that escapes a quote, where the format has one.
        row: that the header is in, from 1, empty ones counted; 0 for none; None to find it.
        name: the file's, for errors.

    Returns:
        None where there is no header of two or more columns (one, when the delimiter is given).

    Raises:
        InputFileError: the header has more columns than any table.
    """
    if are_quoted(start):
        within = b"".join(unquoted((start.encode("utf-8", "replace"),))).decode()
        found = sniff_dialect(within, delimiter, escape, row, name)
        return None if found is None else replace(found, is_quoted=True)
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
        n_above = header_at(rows) if row is None else _n_above(start, candidate, escape, row)
        if row == 0 or (row is None and n_above == 0 and _has_no_header(rows)):
            width = max(map(len, rows)) if row == 0 else len(rows[0])
            n_above, rows = -1, [*rows, [f"column_{number}" for number in range(1, width + 1)]]
        if n_above >= len(rows):
            continue
        if len(rows[n_above]) > _MOST_COLUMNS:
            sentence = "{file} has {number} columns, more than any table. Is another character its delimiter?"
            raise InputFileError(sentence, file=name, number=len(rows[n_above]))
        raw = tuple(header_of(rows, n_above))
        literal = (candidate.join(rows[n_above]) if n_above else first).encode("utf-8", "replace")
        dialect = Dialect(candidate, distinct_names(raw), raw, literal[len(literal) // 2 :], escape, n_above)
        regular = sum(len(row) == len(raw) for row in rows[n_above + 1 :]) if len(raw) > 1 else -1
        if best is None or (regular, len(raw)) > best[:2]:
            best = (regular, len(raw), dialect)
    if best is None or (best[1] < 2 and delimiter is None):
        return None
    return best[2]


def header_at(rows: Sequence[Sequence[object]]) -> int:
    """Return which of a table's first records is its header: the first that fills more than a cell or two.

    Above it programs write the name of a report, its dates and the like.

    Args:
        rows: its first records, those that are not empty.
    """
    widths = [len(row) for row in rows]
    width = max((found for found in widths if widths.count(found) > 1), default=widths[0])
    filled = [sum(cell not in (None, "") for cell in row) for row in rows]
    most_above = max(_ABOVE if width >= _WIDE else 1, width // _ABOVE_OF)
    n_above = next((at for at, n in enumerate(filled) if n > most_above), 0)
    if _is_of_counts(rows[:2]) or (n_above == 0 and (_is_band(rows[0], rows[1:2]) or _are_stacked(rows[:3]))):
        return 1
    is_most = filled[n_above] * 2 > width
    is_header = is_most and widths[n_above] == width and not any(map(_is_value, rows[n_above]))
    return n_above if is_header else 0


def header_of(rows: Sequence[Sequence[Any]], at: int) -> list[Any]:
    """Return the names of a table's columns, those of the record above the header where that one names columns too.

    Args:
        rows: its first records, those that are not empty.
        at: which of them is the header.

    Example: ``Account, Post, (empty)`` above ``(empty), likes, text`` is ``Account, likes, text``; of names that come
    twice each has its group in front, as ``Post likes`` and ``Page likes``.
    """
    names = list(rows[at])
    if at == 0 or not _are_stacked(rows[at - 1 : at + 2]):
        return names
    above = [*rows[at - 1], *[None] * len(names)]
    group, found = "", []
    for over, name in zip(above, names, strict=False):
        group = over or group
        found.append(f"{group} {name}" if names.count(name) > 1 and name else name or over)
    return found


def _are_stacked(rows: Sequence[Sequence[object]]) -> bool:
    """Return whether two records name columns together, the first also groups of them, and the third holds values."""
    if len(rows) < _BELOW or len(rows[0]) > len(rows[1]):
        return False
    above = [*rows[0], *[None] * (len(rows[1]) - len(rows[0]))]
    pairs = list(zip(above, rows[1], strict=True))
    # A record that is only longer than the header lies under no group.
    has_groups = any(
        over in (None, "") and below not in (None, "") for over, below in zip(rows[0], rows[1], strict=False)
    )
    is_named = all(over not in (None, "") or below not in (None, "") for over, below in pairs)
    cells = [cell for pair in pairs for cell in pair if cell not in (None, "")]
    is_of_names = all(isinstance(cell, str) and not _is_value(cell) and not _MOMENT.match(cell) for cell in cells)
    has_values = any(not isinstance(cell, str) or _is_value(cell) or _MOMENT.match(cell) for cell in rows[2] if cell)
    return has_groups and is_named and is_of_names and has_values


def _is_band(first: Sequence[object], rows: Sequence[Sequence[object]]) -> bool:
    """Return whether a record names groups of the columns that the one below it names: that one has twice the names."""
    below = rows[0] if rows else ()
    names = [str(cell).strip() for cell in below if cell not in (None, "")]
    n_groups = sum(cell not in (None, "") for cell in first)
    is_header = len(names) == len(set(names)) and not any(map(_is_value, below))
    return is_header and len(names) >= _WIDE and n_groups * 2 <= len(names) and len(below) >= len(first)


def _is_of_counts(rows: Sequence[Sequence[object]]) -> bool:
    """Return whether the second record names the columns of counts, one behind a name for each hour, as pivots have."""
    if len(rows) < 2 or not rows[1]:
        return False
    first, second = rows
    steps = [str(cell) for cell in second[1:] if _is_value(cell)]
    numbers = [int(step) for step in steps if step.isascii() and step.isdigit()]
    is_counted = len(numbers) == len(steps) >= _WIDE and numbers == sorted(set(numbers))
    return is_counted and not _is_value(second[0]) and sum(cell not in (None, "") for cell in first) <= _ABOVE


def _has_no_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first record holds a time or an address as those below it do."""
    below = rows[1 : 1 + _BELOW]
    return len(below) == _BELOW and any(
        all(len(row) > at and _MOMENT.match(row[at].strip()) for row in (rows[0], *below)) for at in range(len(rows[0]))
    )


def _is_value(cell: object) -> bool:
    """Return whether a cell is a number or an address, which no column is named after."""
    text = str(cell or "").strip()
    return bool(_VALUE.match(text))


def header_row(settings: Mapping[str, str]) -> int | None:
    """Return the row that the case file says the header is in, from 1, empty rows counted, 0 for none; None if unsaid.

    Raises:
        InputFileError: it is no number.
    """
    given = settings.get("header_row", "")
    if given and not (given.isascii() and given.isdigit()):
        raise InputFileError(
            "header_row = {given}: give the number of the row that holds the names, from 1, or 0 where none does.",
            given=given,
        )
    return int(given) if given else None


def _n_above(start: str, delimiter: str, escape: str | None, row: int) -> int:
    """Return how many records that are not empty stand above a row."""
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, escapechar=escape)
    return sum(bool(record) for record in islice(reader, max(0, min(row, len(start)) - 1)))


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
    names = {ROW: None}  # ordered, and quick to look into: a header may repeat one name a million times
    numbers: dict[str, int] = {}
    for position, cell in enumerate(raw, 1):
        name = base = cell.strip().strip("\ufeff\x00") or f"column_{position}"
        while name in names:
            numbers[base] = numbers.get(base, 1) + 1
            name = f"{base}_{numbers[base]}"
        names[name] = None
    return tuple(names)[1:]
