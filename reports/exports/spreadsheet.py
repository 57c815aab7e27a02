"""Tables for spreadsheet programs, safe to open: no text from the data can run as a formula.

CSV has no types, so an apostrophe is put before text that a spreadsheet would run (OWASP, CSV injection), in ids and in
headings as in any other text. Where a cell begins depends on the reader: in much of Europe, or as one chooses at
import, ``;`` and tabs part cells too, and where quotes are not understood a new line begins one; the apostrophe stands
behind these as well. Signs of full width count, since spreadsheets in East Asia take them for the narrow ones. An
apostrophe that stands in such a place already is doubled, so that ``original`` gives every text back. XLSX has types:
there every text is a text, nothing is changed, and long ids keep all their digits.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from forensics.findings import Run
from reports.exports.export_format import Export, tables_of

_BEGINS = r"(^|[;\t\r\n])"
"""Where a cell begins for some reader. A comma is none: text that holds one is in quotes, which its readers heed."""
_BLANK = r"[\x00-\x08\x0b\x0c\x0e-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\"\u201c\u201d]*"
"""What a reader may drop before it looks at the first sign: white space, control characters, quotes."""
_SIGN = r"['=+\-@\uff1d\uff0b\uff0d\uff20]"
_RUNS, _MADE_SAFE = f"{_BEGINS}({_BLANK}{_SIGN})", f"{_BEGINS}'({_BLANK}{_SIGN})"

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
"""Limits of the format; the first sheet names what is over them."""

_WRITTEN = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Instead of now, so that the same run gives the same bytes."""


def spreadsheet_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with an apostrophe wherever a text or a heading would run; what holds no text is unchanged."""
    texts = [pl.col(name) for name, dtype in frame.schema.items() if dtype == pl.String]
    safe = frame.with_columns(text.str.replace_all(_RUNS, "${1}'${2}") for text in texts)
    return safe.rename(
        dict(zip(frame.columns, pl.Series(frame.columns).str.replace_all(_RUNS, "${1}'${2}"), strict=True))
    )


def original(text: str) -> str:
    """Return the text that ``spreadsheet_safe`` changed."""
    return re.sub(_MADE_SAFE, r"\1\2", text)


def csv_text(frame: pl.DataFrame) -> str:
    """Return a frame as CSV that is safe to open; what is neither text, number, time nor truth is put in words."""
    worded = [
        pl.Series(name, [None if value is None else str(value) for value in frame[name].to_list()], pl.String)
        for name, dtype in frame.schema.items()
        if not (dtype.is_numeric() or dtype.is_temporal() or dtype in (pl.String, pl.Boolean, pl.Null))
    ]
    return spreadsheet_safe(frame.with_columns(worded)).write_csv()


def write_csv(run: Run, path: Path) -> None:
    """Write one CSV for each table into a new folder, UTF-8 with the mark that spreadsheet programs look for."""
    path.mkdir()
    for name, table in tables_of(run):
        (path / f"{name}.csv").write_text(csv_text(table), encoding="utf-8-sig", newline="")


def write_xlsx(run: Run, path: Path) -> None:
    """Write one workbook with a sheet for each table and a first sheet that says what they are.

    Raises:
        OSError: the disk is full, or the file may not be written.
    """
    try:
        with path.open("wb") as stream, tempfile.TemporaryDirectory() as scratch:  # whose sheets a failure would leave
            _write_book(run, stream, scratch)
    except FileCreateError as error:  # xlsxwriter's own, round the system's
        raise error.args[0] from error


def _write_book(run: Run, stream: BinaryIO, scratch: str) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "constant_memory": True,
        "tmpdir": scratch,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": run.case.title[:255], "created": _WRITTEN})
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
        named = [(f"{number} {name}"[:31], name, table) for number, (name, table) in enumerate(tables_of(run), start=1)]
        index = book.add_worksheet("contents")
        for place, row in enumerate([("sheet", "table", "rows", "rows left out"), *map(_entry, named)]):
            index.write_row(place, 0, row, bold if place == 0 else None)
        for sheet_name, _, table in named:
            _write_sheet(book.add_worksheet(sheet_name), table, bold, moment)


def _entry(named: tuple[str, str, pl.DataFrame]) -> tuple[str, str, int, int]:
    return named[0], named[1], named[2].height, max(0, named[2].height - MOST_ROWS)


def _write_sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: pl.DataFrame,
    bold: xlsxwriter.format.Format,
    moment: xlsxwriter.format.Format,
) -> None:
    sheet.freeze_panes(1, 0)
    for column, (name, dtype) in enumerate(table.schema.items()):
        sheet.write_string(0, column, f"{name} (UTC)" if dtype == pl.Datetime else name, bold)
    for place, row in enumerate(table.head(MOST_ROWS).iter_rows(), start=1):
        for column, value in enumerate(row):
            match value:
                case None:
                    pass
                case bool():
                    sheet.write_boolean(place, column, value)
                case int() | float():
                    sheet.write_number(place, column, value)
                case dt.datetime():
                    sheet.write_datetime(place, column, value.replace(tzinfo=None), moment)
                case _:
                    sheet.write_string(place, column, str(value)[:MOST_CHARACTERS])


CSV = Export(
    "csv",
    "CSV tables",
    "",
    write_csv,
    "A folder with one table a file, for any spreadsheet or statistics program. Text and ids that would run as a "
    "formula begin with an apostrophe; XLSX has them unchanged.",
)
XLSX = Export(
    "xlsx",
    "Excel workbook",
    ".xlsx",
    write_xlsx,
    "One workbook with one table a sheet. Every text is a text: nothing runs, and long ids keep all their digits.",
)
