"""NDJSON with one object a line as a table of strings; numbers keep the digits that the file has.

What an object holds within others is a column too, under its dotted path such as ``user.id``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import msgspec
import polars as pl

from forensics.loaders.base import ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.reading.json_lines import JSON_ERRORS, json_lines
from forensics.loaders.reading.nested import leaves, paths_of, text_at
from forensics.loaders.shaping.ledger import Rejects
from forensics.loaders.shaping.unmapped import FieldCount
from forensics.spool import Spool, Stored

__all__ = ["key_names", "read_objects"]

_BATCH = 50_000
_KEYS_FROM = 200
"""Lines whose keys are the columns; a key first seen further down is not offered."""

_EMPTY = (b"null", b'""')
_BLANK: tuple[object, ...] = (None, "", [])

_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_whole = msgspec.json.Decoder(dict[str, object])


def key_names(head: bytes) -> tuple[str, ...]:
    """Return the keys of the objects at a file's beginning, in the order in which they are first seen.

    A key that holds an object stands for the dotted paths within it.
    """
    found = list[dict[str, object]]()
    for line in head.splitlines()[:_KEYS_FROM]:
        with suppress(*JSON_ERRORS):
            found.append(_whole.decode(line))
    return paths_of(found)


def read_objects(
    stream: BinaryIO, wanted: list[str], rejects: Rejects, unmapped: FieldCount, options: ReadOptions
) -> tuple[Stored, int]:
    """Read the wanted keys of each line.

    Args:
        stream: the unpacked bytes.
        wanted: keys or dotted paths; each becomes a column.
        rejects: receives lines that are no JSON object.
        unmapped: receives how many lines have a value under each of the other keys.
        options: ``encoding`` among the settings is obeyed.

    Returns:
        ``_row`` and a column of strings for each key; a list is kept as its JSON text. And the rows read.
    """
    table = Spool(pl.Schema({ROW: pl.Int64, **dict.fromkeys(wanted, pl.String)}))
    n_rows = 0
    known = set(wanted)
    for batch in _batches(json_lines(stream, options)):
        rows, cells = list[int](), [list[str | None]() for _ in wanted]
        for n_rows, line in batch:
            try:
                found = _decoder.decode(line)
                values = [text_at(found, key) for key in wanted]
            except JSON_ERRORS as error:
                rejects.add(n_rows, f"no JSON object: {error}", line[:400].decode("utf-8", "replace"))
                continue
            rows.append(n_rows)
            if len(found) > len(known & found.keys()):
                unmapped.add_keys(_others(found, known))
            for column, value in zip(cells, values, strict=True):
                column.append(value)
        series = [pl.Series(key, column, dtype=pl.String) for key, column in zip(wanted, cells, strict=True)]
        table.append(pl.DataFrame([pl.Series(ROW, rows, dtype=pl.Int64), *series]))
        options.progress("reading rows", n_rows, 0)
    unmapped.n_looked += n_rows
    return table.finish(), n_rows


def _batches(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    for item in lines:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _others(found: dict[str, msgspec.Raw], known: set[str]) -> dict[str, None]:
    """Return the paths at which an object has a value that is not read."""
    paths: dict[str, None] = {}
    for key, value in found.items():
        raw = bytes(value)
        if raw[:1] not in b"{[":
            paths |= {} if key in known or raw in _EMPTY else {key: None}
            continue
        with suppress(*JSON_ERRORS):
            inner = leaves(msgspec.json.decode(raw), key)
            paths.update((path, None) for path, there in inner if path not in known and there not in _BLANK)
    return paths
