"""How a delimited text is written: its delimiter and its header, read from its beginning."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice

__all__ = ["ROW", "Dialect", "distinct_names", "sniff_dialect"]

_RECORDS = 20
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
        skip: bytes before the first row of data.
        escape: the character that escapes a quote, where the format has one.
    """

    delimiter: str
    header: tuple[str, ...]
    raw_header: tuple[str, ...]
    signature: bytes
    escape: str | None = None


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
        raw = tuple(rows[0])
        literal = first.encode("utf-8", "replace")
        dialect = Dialect(candidate, distinct_names(raw), raw, literal[len(literal) // 2 :], escape)
        regular = sum(len(row) == len(raw) for row in rows[1:]) if len(raw) > 1 else -1
        if best is None or (regular, len(raw)) > best[:2]:
            best = (regular, len(raw), dialect)
    if best is None or (best[1] < 2 and delimiter is None):
        return None
    return best[2]


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
