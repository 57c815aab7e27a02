"""A file of rows and columns as strings: CSV, TSV, NDJSON, Excel or Parquet, packed or not, in slices if large.

The slices have the row numbers and the wanted columns. The notes say what was guessed or repaired.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import blanked
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW, Dialect, header_row, sniff_dialect
from forensics.loaders.reading.csv_table import read_blocks
from forensics.loaders.reading.data_file import DataFile, describe, open_bytes, read_head
from forensics.loaders.reading.excel_workbook import is_workbook, read_workbook, workbook_columns
from forensics.loaders.reading.json.inner_rows import InnerRows
from forensics.loaders.reading.json.json_objects import begins_json, json_items, key_names, read_objects
from forensics.loaders.reading.parquet_table import parquet_columns, read_parquet
from forensics.loaders.reading.text_decoding import utf8_blocks
from forensics.loaders.times.written_times import Pieces
from forensics.messages import Text, as_message, message, written_fields
from forensics.spool import Spool, Stored, slices_of

_BLOCK = 1 << 25
DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
"""The words by which a case file may name a delimiter."""

Wanted = Callable[[tuple[str, ...]], Collection[str]]
Step = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(slots=True)
class TableFile:
    """A table that was read, and what is to be done with each of its slices.

    Attributes:
        columns: all of the file's columns, in order.
        rows: ``_row`` and the wanted columns as the file has them; strings, but for Parquet's own times and lists.
        n_rows: rows of data in the file.
        rejects: rows that could not be read so far.
        notes: sentences for the ledger.
        unmapped: the columns that are not read, and in how many rows each has a value.
        is_timed: whether its rows say when.
    """

    file: DataFile
    columns: tuple[str, ...]
    rows: Stored
    n_rows: int
    rejects: Rejects
    notes: list[Text]
    unmapped: FieldCount
    is_timed: bool = True
    _steps: list[Step] = field(default_factory=list)
    _is_last: bool = False

    def __contains__(self, column: str) -> bool:
        """Return whether the rows have a column that the file has."""
        return column in self.rows.schema

    def then(self, step: Step) -> None:
        """Do something with each slice; what is done looks at single rows, so that slices and the whole agree."""
        self._steps.append(step)

    def reject(self, where: pl.Expr, reason: Text, excerpt: pl.Expr) -> None:
        """Take the rows that fulfil a condition out of the slices and into the rejects."""
        is_bad = where.fill_null(value=False)

        def step(rows: pl.DataFrame) -> pl.DataFrame:
            marks = rows.with_columns(is_bad.alias("_bad"))["_bad"]
            if not marks.any():
                return rows
            if self._is_last:
                why = {"reason": pl.lit(as_message(reason).key), "fields": pl.lit(written_fields(reason), pl.String)}
                self.rejects.add_frame(rows.filter(marks).select(row=ROW, excerpt=excerpt.cast(pl.String), **why))
            return rows.filter(~marks)

        self.then(step)

    def slices(self, *, is_last: bool = False) -> Iterator[pl.DataFrame]:
        """Yield the rows with everything done that is to be done; where memory holds them, it is done once.

        Args:
            is_last: whether this is the pass that counts, in which rows on disk are rejected.
        """
        is_held = isinstance(self.rows, pl.DataFrame)
        for part in slices_of(self.rows):
            rows = part
            self._is_last = is_last or is_held
            for step in self._steps:
                rows = step(rows)
            if is_held:
                self.replace_rows(rows)
            yield rows

    def whole(self) -> pl.DataFrame:
        """Return all the rows in one frame, for the tables that are small by their nature."""
        return pl.concat(self.slices(is_last=True))

    def replace_rows(self, rows: pl.DataFrame) -> None:
        """Go on with rows that were made of all those there were, with everything done that was to be done."""
        self.rows, self._steps = rows, []

    def pieces(self, column: str) -> Pieces:
        """Return a column as the slices have it now; the rows are gone through once, however often it is asked for."""
        held: list[Stored] = []

        def again() -> Iterator[pl.Series]:
            if not held:
                spool = Spool(pl.Schema())
                for rows in self.slices():
                    spool.append(rows.select(column))
                held.append(spool.finish())
            return (part[column] for part in slices_of(held[0]) if part.height)

        return again


def table_columns(path: Path, options: ReadOptions) -> tuple[str, ...]:
    """Return a table's column names, or the keys of its first JSON object.

    Raises:
        InputFileError: it is no table.
    """
    if is_workbook(path):
        return workbook_columns(path, options)
    head = read_head(path, options.settings.get("member"))
    if head.startswith(b"PAR1"):
        return parquet_columns(path)
    if begins_json(head):
        return key_names(head, options.settings)
    return dialect_of(path, head, options).header


def read_table(
    path: Path, options: ReadOptions, wanted: Wanted, escape: str | None = None, inner: InnerRows | None = None
) -> TableFile:
    """Read a table.

    Args:
        options: ``encoding``, ``delimiter`` and ``member`` among the settings are obeyed.
        wanted: given all the columns, those to read.
        escape: the character that escapes a quote in this format, if any.
        inner: where rows stand within others, if they do.

    Raises:
        MissingInputError: the file is not there.
        InputFileError: it is no table, or it cannot be read to its end.
    """
    file = describe(path)
    rejects, notes, unmapped = Rejects(), list[Text](), FieldCount()
    if is_workbook(path):
        columns = workbook_columns(path, options)
        rows, n_rows = read_workbook(path, options, wanted(columns), rejects, unmapped)
        return TableFile(file, columns, rows, n_rows, rejects, notes, unmapped, _steps=[blanked])
    head = read_head(path, options.settings.get("member"))
    if head.startswith(b"PAR1"):
        columns = parquet_columns(path)
        rows = read_parquet(path, wanted(columns), notes, unmapped)
        return TableFile(file, columns, rows, rows.height, rejects, notes, unmapped)
    options.progress(f"reading {file.name}", 0, 0)
    if begins_json(head):
        columns = key_names(head, options.settings)
        items = json_items(path, head, options, notes)
        items = inner.flattened(items) if inner else items
        rows, n_rows = read_objects(items, list(wanted(columns)), rejects, unmapped, options)
        return TableFile(file, columns, rows, n_rows, rejects, notes, unmapped)
    dialect = dialect_of(path, head, options, escape)
    with closing(open_bytes(path, options.settings.get("member"))) as stream:
        blocks = utf8_blocks(file.name, stream, options.settings.get("encoding"), _BLOCK, notes)
        start = 3 if head.startswith(b"\xef\xbb\xbf") else 0
        rows, n_rows = read_blocks(file.name, blocks, dialect, wanted(dialect.header), rejects, unmapped, start)
    if dialect.n_above < 0:
        notes.append("The first row holds values and no names, so the columns are column_1, column_2 and so on.")
    if dialect.n_above > 0:
        notes.append(
            message(
                "The columns' names stand below {n_above} rows, which were left out (header_row).",
                n_above=dialect.n_above,
            )
        )
    if dialect.delimiter not in ",\t":
        notes.append(message("The columns are separated by '{delimiter}'.", delimiter=dialect.delimiter))
    return TableFile(file, dialect.header, rows, n_rows, rejects, notes, unmapped, _steps=[blanked])


def delimiter(settings: Mapping[str, str]) -> str | None:
    """Return the delimiter that the case file gives, or None where it gives none.

    Raises:
        InputFileError: it is no single character, or one that ends a row or quotes.
    """
    given = settings.get("delimiter", "")
    found = DELIMITERS.get(given, given)
    if len(found) > 1 or found in {"\n", "\r", '"'}:
        raise InputFileError(
            "delimiter = {given}: give the one character that stands between columns, or one of: {known}.",
            given=given,
            known=", ".join(DELIMITERS),
        )
    return found or None


def dialect_of(path: Path, head: bytes, options: ReadOptions, escape: str | None = None) -> Dialect:
    """Read the delimiter and header of delimited text.

    Raises:
        InputFileError: it is no table.
    """
    block = next(utf8_blocks(path.name, io.BytesIO(head), options.settings.get("encoding"), len(head)), b"")
    start = block.decode("utf-8", "replace")
    dialect = sniff_dialect(start, delimiter(options.settings), escape, header_row(options.settings), path.name)
    if dialect is None:
        first = start.lstrip().splitlines()[0][:80] if start.strip() else ""
        raise InputFileError(
            "{file} is no table: its first line has no columns separated by comma, semicolon, tab or '|': '{first}'.",
            file=path.name,
            first=first,
        )
    return dialect
