"""The items of a JSON file as rows of strings, a column for each path that a format declares.

``user.name`` is a key within a key, ``tags[]`` the elements of a list, ``links[].url`` a key of each of them, and
``^id`` a key of the document around the items. Programs that flatten JSON into a table write the same paths as
``user/name`` and ``links/0/url``, or leave an object whole in one cell: those are found under the same declaration.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl

from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import parse_list
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount, Known
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.data_file import describe
from forensics.loaders.reading.json.json_documents import REPAIRED, decoded, no_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.reading.json.json_nesting import expanded
from forensics.loaders.reading.json.json_stream import json_values
from forensics.loaders.reading.table_file import TableFile, read_table, table_columns
from forensics.messages import Text, counted, message
from forensics.spool import Spool, Stored

_BATCH = 20_000
_OF_DOCUMENT = "^"
_TORN = "The file ends in the middle: was the download broken off? What came before was read."
_NUMBERED = re.compile(r"\.\d+(?=\.|$)")
_decoder = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class Items:
    """Where the items of a document stand.

    Attributes:
        lists: keys of the lists whose elements are items; empty where each value of the file is an item.
        around: keys of the objects and lists in which those lists are.
        within: the key under which an element has the item itself, as Reddit's ``data``; None where it is the element.
        parts: gives the items that are in an item, itself among them, as an answer in a comment.
    """

    lists: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    within: str | None = None
    parts: Callable[[dict[str, object]], Iterable[dict[str, object]]] | None = None

    def of(self, value: object) -> Iterator[object]:
        """Yield the items of a value: in a document the elements of its lists."""
        if not self.lists:
            yield from (value,) if self.parts is None and self.within is None else self._parts(value)
            return
        if isinstance(value, list):
            for element in value:
                yield from self.of(element)
            return
        if isinstance(value, dict) and not {*self.lists, *self.around} & value.keys():
            yield from self._parts(value)
            return
        for key, inner in value.items() if isinstance(value, dict) else ():
            if key in self.lists and isinstance(inner, list):
                for element in inner:
                    yield from self.of(element) if isinstance(element, list) else self._parts(element)
            elif key in self.around:
                for part in inner if isinstance(inner, list) else [inner]:
                    yield from self.of(part)

    def _parts(self, element: object) -> Iterator[object]:
        item = element.get(self.within, element) if self.within and isinstance(element, dict) else element
        if self.parts is None or not isinstance(item, dict):
            yield item
        else:
            yield from self.parts(item)


def is_list(path: str) -> bool:
    """Return whether a path leads to several values."""
    return "[]" in path


def steps_of(path: str) -> list[str]:
    """Return the keys of a path, in order; ``[]`` is the elements of a list."""
    return [step for step in path.removeprefix(_OF_DOCUMENT).replace("[]", ".[]").split(".") if step]


def values_at(value: object, steps: Sequence[str]) -> Iterator[object]:
    """Yield what stands at the end of a path."""
    for at, step in enumerate(steps):
        if step == "[]":
            for element in value if isinstance(value, list) else ():
                yield from values_at(element, steps[at + 1 :])
            return
        if not isinstance(value, dict):
            return
        value = value.get(step)
    yield value


def text_of(value: object) -> str | None:
    """Return a value as text: a number's digits, yes or no as true or false, a list or an object as JSON."""
    if isinstance(value, str):
        return value or None
    if value is None or value in ([], {}):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _cell(item: object, steps: Sequence[str]) -> str | None:
    return text_of(next(values_at(item, steps), None))


def _list(item: object, steps: Sequence[str]) -> list[str] | None:
    found = [text for value in values_at(item, steps) if (text := text_of(value)) is not None]
    return found or None


def keys_read(paths: Iterable[str], whole: Iterable[str] = ()) -> Known:
    """Return the keys that are read, as a tree; under some paths all is, whatever else is read there by name."""
    tree: Known = {}
    for path, is_whole in [*((path, False) for path in paths), *((path, True) for path in whole)]:
        inner = tree
        *outer, last = [step for step in steps_of(path) if step != "[]"]
        for step in outer:
            further = inner.get(step)
            if further is None:
                further = inner[step] = {}
            inner = further
        if is_whole:
            inner[last] = None
        else:
            inner.setdefault(last, None)
    return tree


def read_items(path: Path, options: ReadOptions, paths: Collection[str], items: Items) -> TableFile:
    """Read a JSON file of any size: NDJSON, a list, or a document with long lists.

    Args:
        options: ``encoding`` and ``member`` among the settings are obeyed.
        paths: each becomes a column, of lists where it leads to several values.
        items: where the items stand.

    Raises:
        MissingInputError: the file is not there.
        InputFileError: it cannot be unpacked, or its only value is no JSON.
    """
    file = describe(path)
    rejects, unmapped, notes = Rejects(), FieldCount(), list[Text]()
    read = _Rows(paths)
    n_repaired = 0
    failed: list[tuple[bytes, Exception]] = []
    n_rows = 0
    for piece in json_values(path, options, items.lists, items.around):
        raw = piece.joined()
        if piece.is_torn:
            notes.append(_TORN)
            if raw in (b"", b"["):
                continue
        try:
            value, is_repaired = decoded(raw, _decoder)
        except JSON_ERRORS as error:
            failed.append((raw, error))
            n_rows += 1
            rejects.add(
                n_rows, message("not as this format has it: {error}", error=error), raw[:400].decode("utf-8", "replace")
            )
            continue
        n_repaired += is_repaired
        for item in items.of(value):
            n_rows += 1
            if isinstance(item, dict):
                read.add(n_rows, item, value)
                unmapped.look_value(item, read.known)
            else:
                rejects.add(n_rows, "not as this format has it: no object", text_of(item))
        options.progress("reading rows", n_rows, 0)
    if len(failed) == n_rows == 1:
        raise no_json(path, *failed[0])
    if n_repaired:
        notes.append(counted(REPAIRED, n_repaired))
    return TableFile(file, tuple(paths), read.finish(), n_rows, rejects, notes, unmapped)


class _Rows:
    """The rows so far, of which memory holds one batch."""

    def __init__(self, paths: Collection[str]) -> None:
        self.known = keys_read(path for path in paths if not path.startswith(_OF_DOCUMENT))
        self._columns = [(path, steps_of(path), path.startswith(_OF_DOCUMENT), is_list(path)) for path in paths]
        self._cells: list[list[str | list[str] | None]] = [[] for _ in self._columns]
        self._numbers: list[int] = []
        types = {path: pl.List(pl.String) if is_list(path) else pl.String() for path in paths}
        self._schema = pl.Schema({ROW: pl.Int64(), **types})
        self._spool = Spool(self._schema)

    def add(self, number: int, item: object, document: object) -> None:
        self._numbers.append(number)
        for cells, (_, steps, is_of_document, is_many) in zip(self._cells, self._columns, strict=True):
            source = document if is_of_document else item
            cells.append(_list(source, steps) if is_many else _cell(source, steps))
        if len(self._numbers) == _BATCH:
            self._flush()

    def _flush(self) -> None:
        columns = dict(zip((path for path, *_ in self._columns), self._cells, strict=True))
        self._spool.append(pl.DataFrame({ROW: self._numbers, **columns}, schema=self._schema))
        self._numbers, self._cells = [], [[] for _ in self._columns]

    def finish(self) -> Stored:
        self._flush()
        return self._spool.finish()


def read_flattened(path: Path, options: ReadOptions, paths: Collection[str], escape: str | None = None) -> TableFile:
    """Read a table in which a path is a column, or several that are numbered.

    Args:
        paths: each becomes a column of the rows where the table has it.
        escape: the character that escapes a quote in this format, if any.

    Raises:
        InputFileError: it is no table, or it cannot be read to its end.
    """
    found = _columns_of(table_columns(path, options), paths)
    wanted = {column for columns in found.values() for column in columns}
    table = read_table(path, options, lambda _: wanted, escape)

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        made = {name: _gathered(rows, name, columns) for name, columns in found.items() if columns != [name]}
        return rows.with_columns(**made) if made else rows

    table.then(step)
    table.columns = (*table.columns, *(name for name in found if name not in table.columns))
    return table


def flat_name(column: str) -> str:
    """Return the path that a column of flattened JSON stands for: ``links/0/url`` is ``links[].url``."""
    return _NUMBERED.sub("[]", column.replace("/", "."))


def _columns_of(columns: Sequence[str], paths: Collection[str]) -> dict[str, list[str]]:
    """Return the columns that hold each path, in the order of their numbers."""
    by_path: dict[str, list[str]] = {}
    for column in columns:
        by_path.setdefault(flat_name(column), []).append(column)
    found = {}
    for path in paths:
        if path in columns:
            found[path] = [path]
        elif path in by_path:
            found[path] = by_path[path] if is_list(path) else by_path[path][:1]
        elif is_list(path) and (bare := path.partition("[]")[0]) in by_path:
            found[path] = by_path[bare][:1]
        elif (around := path.partition(".")[0]) in columns and not is_list(path):
            found[path] = [around]
    return found


def _gathered(rows: pl.DataFrame, path: str, columns: list[str]) -> pl.Series:
    """Return a path's values: of numbered columns all that are filled, of one column the list that is written in it."""
    if not is_list(path):
        is_within = flat_name(columns[0]) != path
        return expanded(rows[columns[0]], path.partition(".")[2]) if is_within else rows[columns[0]].cast(pl.String)
    if is_list(flat_name(columns[0])):
        return rows.select(pl.concat_list(pl.col(columns).cast(pl.String)).list.drop_nulls()).to_series()
    rest = steps_of(path.partition("[]")[2])
    cells = rows[columns[0]].cast(pl.String)
    known = {cell: _list_in(cell, rest) for cell in cells.drop_nulls().unique().to_list()}
    return pl.Series([known.get(cell) for cell in cells.to_list()], dtype=pl.List(pl.String))


def _list_in(cell: str, rest: Sequence[str]) -> list[str] | None:
    """Return the values of a list that is written in a cell, as JSON or separated by commas."""
    if cell.lstrip()[:1] == "[":
        try:
            return _list(json.loads(cell), ["[]", *rest])
        except (ValueError, RecursionError):
            return parse_list(cell)
    return [part.strip() for part in cell.split(",") if part.strip()]
