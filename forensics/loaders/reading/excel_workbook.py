"""An Excel workbook's sheet as a table of strings; numbers that Excel itself has rounded are shown as rounded.

Excel keeps 15 digits of a number. One of more is written as ``1.80424E+18``, as Excel shows it, so that what notices
rounded ids notices it here too; ids that were typed or pasted as text are exact and stay so. Sheets under
one header, such as one a day, are one table; a workbook with different tables needs ``member`` in the case file.

Source: ECMA-376 (Office Open XML), read with openpyxl.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import polars as pl

from forensics.errors import ForensicsError, InputFileError, OpenChoiceError
from forensics.loaders.generic_tables.header_names import OTHERS, plain_name
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW, distinct_names, header_at, header_of, header_row
from forensics.messages import message
from forensics.spool import Spool, Stored

if TYPE_CHECKING:
    import openpyxl

_BATCH = 20_000
_START = 40
"""Rows among which the header is."""

_COLUMNS = 3
"""Who, when and what, without which a sheet beside others is no table of acts."""

_WRITTEN = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
"""A time as text."""

SHEET = "sheet"
"""The column of the sheets' names, where several are read as one table."""

_ROUNDED = 10**15
_FREE_BYTES = 1 << 28
_MOST_TIMES = 100
"""Beyond ``_FREE_BYTES`` a workbook may unpack to so many times its size; sheets full of text do to 5 or 20."""
_MOST_ROWS, _MOST_CELLS = 1_048_576, 200_000_000
"""Rows that Excel has, and cells that are looked at, empty ones before a filled one counted: a kilobyte can claim a
cell in row two billion."""
_BROKEN = (
    *(OSError, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, ParseError),
)
"""What openpyxl lets through of a damaged file."""

Cells = tuple[object, ...]


def is_workbook(path: Path) -> bool:
    """Return whether a file is a zip archive with a workbook in it."""
    if not path.is_file():  # a pipe would be waited for
        return False
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def workbook_columns(path: Path, options: ReadOptions) -> tuple[str, ...]:
    """Return the column names of a sheet, which are its first row that fills it.

    Raises:
        InputFileError: the workbook is damaged, or it has several sheets and none is named.
    """
    with _rows(path, options) as rows:
        return _header(path, rows)


def workbook_start(path: Path, options: ReadOptions, n_rows: int) -> pl.DataFrame:
    """Return the first rows of a sheet as strings.

    Raises:
        InputFileError: as ``workbook_columns``.
    """
    with _rows(path, options) as rows:
        header = _header(path, rows)
        start = list(islice(rows, n_rows))
        columns = [
            pl.Series(name, [_text(row, at) for row in start], dtype=pl.String) for at, name in enumerate(header)
        ]
    return pl.DataFrame(columns)


def read_workbook(
    path: Path, options: ReadOptions, wanted: Collection[str], rejects: Rejects, unmapped: FieldCount
) -> tuple[Stored, int]:
    """Read columns of a sheet.

    Args:
        options: ``member`` among the settings names the sheet, ``header_row`` the row of the header.
        wanted: columns it has.
        rejects: receives rows with cells beyond the header's.
        unmapped: receives how many rows have a value in each of the other columns.

    Returns:
        ``_row`` and the columns, strings; and the rows read, empty ones not counted.

    Raises:
        InputFileError: as ``workbook_columns``.
    """
    with _rows(path, options) as rows:
        header = _header(path, rows)
        picked = [(name, at) for at, name in enumerate(header) if name in wanted]
        table = Spool(pl.Schema({ROW: pl.Int64, **dict.fromkeys((name for name, _ in picked), pl.String)}))
        n_rows = 0
        filled = [0] * len(header)
        while batch := list(islice(rows, _BATCH)):
            kept: list[tuple[int, Cells]] = []
            for n_rows, cells in enumerate(batch, n_rows + 1):  # noqa: B020  the count goes on
                if any(cell not in (None, "") for cell in cells[len(header) :]):
                    rejects.add(
                        n_rows,
                        message("more cells than the header's {n_header}", n_header=len(header)),
                        str(cells[len(header)]),
                    )
                else:
                    kept.append((n_rows, cells))
                    filled = [n + (cell not in (None, "")) for n, cell in zip_longest(filled, cells[: len(header)])]
            columns = [pl.Series(name, [_text(cells, at) for _, cells in kept], dtype=pl.String) for name, at in picked]
            table.append(pl.DataFrame([pl.Series(ROW, [number for number, _ in kept], dtype=pl.Int64), *columns]))
    unmapped.add_columns(header, filled, wanted, n_rows)
    return table.finish(), n_rows


@contextmanager
def _rows(path: Path, options: ReadOptions) -> Iterator[Iterator[Cells]]:
    """Open a sheet and give its rows that are not empty."""
    import openpyxl  # noqa: PLC0415  most tables are no workbooks, and it takes long

    try:
        _refuse_endless(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about styles
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                given = header_row(options.settings)
                chosen = _chosen(path, book, options.settings.get("member"))
                sheets = ((name, _from_header(path, _filled(book[name]), given)) for name in chosen)
                yield _joined(sheets) if len(chosen) > 1 else next(sheets)[1]
            finally:
                book.close()
    except ForensicsError:
        raise
    except _BROKEN as error:
        raise InputFileError(
            "{file} is a damaged Excel workbook ({error}). Save it again, or as CSV.", file=path.name, error=error
        ) from error


def _joined(sheets: Iterator[tuple[str, Iterator[Cells]]]) -> Iterator[Cells]:
    """Yield the rows of sheets that have one header, the sheet's name in a further column."""
    for at, (name, rows) in enumerate(sheets):
        header = tuple(next(rows, ()))
        if not at:
            yield (*header, SHEET)
        width = len(header)
        yield from ((*cells[:width], *[None] * (width - len(cells)), name, *cells[width:]) for cells in rows)


def _refuse_endless(path: Path) -> None:
    """Raise where a workbook unpacks to so much that it was made to fill a machine; parts of it are read whole."""
    with zipfile.ZipFile(path) as archive:
        n_bytes = sum(member.file_size for member in archive.infolist())
    if n_bytes > max(_FREE_BYTES, _MOST_TIMES * path.stat().st_size):
        raise InputFileError(
            "{file} unpacks to {n_bytes} bytes, as no real sheet does, so it is not read.",
            file=path.name,
            n_bytes=n_bytes,
        )


def _chosen(path: Path, book: openpyxl.Workbook, sheet: str | None) -> tuple[str, ...]:
    """Return the sheet that holds the acts, or those that hold them under one header.

    Raises:
        InputFileError: the workbook is empty, or has no such sheet.
        OpenChoiceError: several hold different tables.
    """
    names = [worksheet.title for worksheet in book.worksheets]
    if sheet is not None:
        if sheet not in names:
            raise InputFileError(
                "{file} has no sheet '{sheet}'. It has: {names}.", file=path.name, sheet=sheet, names=", ".join(names)
            )
        return (sheet,)
    starts = {name: [cells for _, cells in islice(_filled(book[name]), _START)] for name in names}
    filled = [name for name, start in starts.items() if start]
    tables = [name for name in filled if _is_table(starts[name])]
    if len(tables) > 1:
        tables = [name for name in tables if _has_times(starts[name])] or tables
    headers = {tuple(filter(None, starts[name][header_at(starts[name])])) for name in tables}
    if len(tables) == 1 or len(headers) == 1:
        return tuple(tables)
    if len(filled) == 1:
        return (filled[0],)
    if not filled:
        raise InputFileError("{file} is a workbook with nothing in it.", file=path.name)
    chosen = tuple(tables or filled)
    raise OpenChoiceError(
        message(
            '{file} has {number} sheets: {names}. Name one in the case file with member = "{first}".',
            file=path.name,
            number=len(filled),
            names=", ".join(filled),
            first=chosen[0],
        ),
        "member",
        chosen,
    )


def _is_table(start: list[Cells]) -> bool:
    """Return whether a sheet has names of three or more columns above rows, as notes and titles have not."""
    at = header_at(start)
    n_names = sum(isinstance(cell, str) and bool(cell.strip()) for cell in start[at])
    return n_names >= _COLUMNS and len(start) > at + 1


def _has_times(start: list[Cells]) -> bool:
    """Return whether a sheet has a column of times, as acts have and lists of accounts often have not."""
    at_header = header_at(start)
    names, below = start[at_header], start[at_header + 1 :]
    return any(
        not set(plain_name(str(names[at] or "")).split("_")) & OTHERS["time"]
        and 2 * sum(isinstance(row[at], datetime) or bool(_WRITTEN.match(str(row[at]))) for row in below) > len(below)
        for at in range(min(map(len, (names, *below))) if below else 0)
    )


def _filled(worksheet: Any) -> Iterator[tuple[int, Cells]]:  # noqa: ANN401  openpyxl's types leave its read-only sheets out
    """Yield the rows that are not empty, each with its number."""
    worksheet.reset_dimensions()  # some programs write them wrongly
    n_cells = 0
    for number, cells in enumerate(worksheet.iter_rows(values_only=True), start=1):
        n_cells += len(cells)
        if number > _MOST_ROWS or n_cells > _MOST_CELLS:
            raise InputFileError(
                "The sheet {sheet} claims cells beyond row {most_rows}, or more than {most_cells} of "
                "them, as no real sheet has. Save it as CSV.",
                sheet=worksheet.title,
                most_rows=_MOST_ROWS,
                most_cells=_MOST_CELLS,
            )
        if any(cell not in (None, "") for cell in cells):
            yield number, cells


def _from_header(path: Path, rows: Iterator[tuple[int, Cells]], given: int | None) -> Iterator[Cells]:
    """Return the rows from the header on."""
    if given:
        left = (cells for number, cells in rows if number >= given)
        first = next(left, None)
        if first is None:
            raise InputFileError(
                "{file} has nothing in row {given} or below, where header_row looks for names.",
                file=path.name,
                given=given,
            )
        return chain((first,), left)
    start = [cells for _, cells in islice(rows, _START)]
    left = (cells for _, cells in rows)
    if given == 0:
        names = tuple(f"column_{number}" for number in range(1, max(map(len, start), default=0) + 1))
        return chain((names,) if names else (), start, left)
    at = header_at(start) if start else 0
    return chain([tuple(header_of(start, at)), *start[at + 1 :]] if start else (), left)


def _header(path: Path, rows: Iterator[Cells]) -> tuple[str, ...]:
    cells = list(next(rows, ()))
    while cells and cells[-1] in (None, ""):
        cells.pop()
    if not cells:
        raise InputFileError("{file} has a sheet with nothing in it.", file=path.name)
    return distinct_names(tuple(_text(tuple(cells), at) or "" for at in range(len(cells))))


def _text(cells: Cells, at: int) -> str | None:
    """Return a cell as text."""
    value = cells[at] if at < len(cells) else None
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        if abs(value) >= _ROUNDED:
            return f"{value:.5E}"
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value).encode("utf-8", "replace").decode()
