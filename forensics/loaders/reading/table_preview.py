"""The first rows of a table, and which of its columns hold objects in their cells, whose values are columns too."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec
import polars as pl

from forensics.loaders.generic_tables.header_names import OTHERS, plain_name
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import blanked
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.csv_table import read_blocks
from forensics.loaders.reading.data_file import HEAD_BYTES, read_head
from forensics.loaders.reading.excel_workbook import is_workbook, workbook_start
from forensics.loaders.reading.json.json_keys import items_at
from forensics.loaders.reading.json.json_nesting import as_object, expanded, is_nested, paths_of
from forensics.loaders.reading.json.json_objects import begins_json, json_items, key_names, read_objects
from forensics.loaders.reading.parquet_table import parquet_start
from forensics.loaders.reading.table_file import dialect_of
from forensics.loaders.reading.text_decoding import utf8_blocks
from forensics.spool import slices_of

_ROWS = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """How a table begins.

    Attributes:
        rows: the first rows, at most 200; strings, but for Parquet's own times and lists.
        nested: dotted path to the column in whose cells it begins.
        headed: the first column, where each of its values stands once above the rows that it is of.
        items: the key of the list in a JSON document in which the rows stand; empty elsewhere.
    """

    rows: pl.DataFrame
    nested: Mapping[str, str]
    headed: str | None = None
    items: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that can be ids, times or texts: in place of one that holds objects, what they hold."""
        whole = set(self.nested.values())
        return (*(name for name in self.rows.columns if name not in whole), *self.nested)

    def values(self, column: str) -> pl.Series:
        """Return a column's first values, those within others too."""
        around = self.nested.get(column)
        if around is None:
            return self.rows[column]
        return expanded(self.rows[around], column[len(around) + 1 :]).alias(column)


def preview(path: Path, options: ReadOptions) -> Preview:
    """Read the first rows of a table.

    Raises:
        InputFileError: it is no table.
    """
    rows = _first_rows(path, options)
    nested: dict[str, str] = {}
    is_object = [is_nested(pl.col(column)).sum() for column in rows.select(pl.selectors.string()).columns]
    for column, n_objects in rows.select(is_object).row(0, named=True).items() if is_object else ():
        cells = rows[column]
        if 2 * n_objects > cells.len() - cells.null_count():
            objects = cells.filter(rows.select(is_nested(pl.col(column))).to_series())
            decoded = [msgspec.json.decode(raw) for cell in objects.unique() if (raw := as_object(cell)) is not None]
            paths = paths_of([{column: value} for value in decoded])
            nested |= dict.fromkeys(paths, column)
    headed = next((column for column in rows.columns[:1] if _heads_rows(column, rows[column])), None)
    rows = rows.with_columns(pl.col(headed).forward_fill()) if headed else rows
    return Preview(rows, nested, headed, _items(path, options, {name.partition(".")[0] for name in rows.columns}))


def _items(path: Path, options: ReadOptions, keys: Collection[str]) -> str:
    """Return the key of the list in which the rows stand, which is none of their own keys."""
    head = b"" if is_workbook(path) else read_head(path, options.settings.get("member"))
    given = options.settings.get("items", "").rpartition(".")[2]
    key = given or "".join(items_at(head)[-1:]) if begins_json(head) else ""
    return "" if key in keys else key


def _heads_rows(column: str, values: pl.Series) -> bool:
    """Return whether a first column's values stand once each above several rows, as merged cells of a sheet do.

    An empty cell under what a post answers or passes on means that it answers none.
    """
    known = values.drop_nulls()
    if OTHERS["post"] & set(plain_name(column).split("_")):
        return False
    return (
        values.dtype == pl.String and 2 <= known.len() == known.n_unique() < values.len() / 2 and values[0] is not None
    )


def _first_rows(path: Path, options: ReadOptions) -> pl.DataFrame:
    member = options.settings.get("member")
    if is_workbook(path):
        return blanked(workbook_start(path, options, _ROWS))
    head = read_head(path, member)
    if head.startswith(b"PAR1"):
        return parquet_start(path, _ROWS)
    if begins_json(head):
        names = key_names(head, options.settings)
        items = islice(json_items(path, head, options, []), _ROWS)
        rows, _ = read_objects(items, list(names), Rejects(), FieldCount(), options)
    else:
        dialect = dialect_of(path, head, options)
        blocks = utf8_blocks(path.name, io.BytesIO(head), options.settings.get("encoding"), len(head))
        start = b"".join(blocks)
        start = start.rpartition(b"\n")[0] + b"\n" if len(head) == HEAD_BYTES and b"\n" in start else start
        rows, _ = read_blocks(path.name, iter((start,)), dialect, dialect.header, Rejects(), FieldCount())
    start_rows = pl.concat(slices_of(rows)).head(_ROWS).drop(ROW)
    return start_rows if begins_json(head) else blanked(start_rows)
