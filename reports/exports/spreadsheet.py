"""Tables for spreadsheet programs, safe to open: no text from the data can run as a formula.

CSV has no types, so an apostrophe is put before text that a spreadsheet would run (OWASP, CSV injection). Ids stay as
they are, whatever they begin with: a changed id matches nothing any more; import their columns as text. XLSX has
types: there every text is a text, nothing is changed, and long ids keep all their digits.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import xlsxwriter

from forensics.findings import Run
from reports.exports.parts import Export, tables_of

__all__ = ["CSV", "XLSX", "spreadsheet_safe"]

_FORMULA = r"^\s*[=+\-@\t\r\n]"
_ID_NAMES = ("left", "right", "sha256")

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
"""Limits of the format; what is over them is said on the first sheet."""

_WRITTEN = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Instead of now, so that the same run gives the same bytes."""


def spreadsheet_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with an apostrophe before text that would run; ids, ``left`` and ``right`` stay as they are."""
    texts = [
        name
        for name, dtype in frame.schema.items()
        if dtype == pl.String and name not in _ID_NAMES and not name.endswith("_id")
    ]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )


def write_csv(run: Run, path: Path) -> None:
    """Write one CSV for each table into a new folder, UTF-8 with the mark that spreadsheet programs look for."""
    path.mkdir()
    for name, table in tables_of(run):
        flat = table.with_columns(pl.selectors.nested().map_elements(str, pl.String))
        spreadsheet_safe(flat).write_csv(path / f"{name}.csv", include_bom=True)


def write_xlsx(run: Run, path: Path) -> None:
    """Write one workbook with a sheet for each table and a first sheet that says what they are."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
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
    "A folder with one table a file, for any spreadsheet or statistics program. Text that would run as a formula "
    "begins with an apostrophe; ids are unchanged.",
)
XLSX = Export(
    "xlsx",
    "Excel workbook",
    ".xlsx",
    write_xlsx,
    "One workbook with one table a sheet. Every text is a text: nothing runs, and long ids keep all their digits.",
)
