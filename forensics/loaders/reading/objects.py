"""NDJSON with one flat object a line as a table of strings; numbers keep the digits that the file has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec
import polars as pl

from forensics.loaders.base import ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.reading.json_lines import JSON_ERRORS, json_lines
from forensics.loaders.shaping.ledger import Rejects
from forensics.loaders.shaping.unmapped import FieldCount
from forensics.spool import Spool, Stored

__all__ = ["key_names", "read_objects"]

_BATCH = 50_000
_KEYS_FROM = 200
"""Lines whose keys are the columns; a key first seen further down is not offered."""

_EMPTY = (b"null", b'""', b"[]", b"{}")

_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_string = msgspec.json.Decoder(str)


def key_names(head: bytes) -> tuple[str, ...]:
    """Return the keys of the objects at a file's beginning, in the order in which they are first seen."""
    keys: dict[str, None] = {}
    for line in head.splitlines()[:_KEYS_FROM]:
        try:
            keys.update(dict.fromkeys(_decoder.decode(line)))
        except JSON_ERRORS:
            continue
    return tuple(keys)


def read_objects(
    stream: BinaryIO, wanted: list[str], rejects: Rejects, unmapped: FieldCount, options: ReadOptions
) -> tuple[Stored, int]:
    """Read the wanted keys of each line.

    Args:
        stream: the unpacked bytes.
        wanted: keys; each becomes a column.
        rejects: receives lines that are no JSON object.
        unmapped: receives how many lines have a value under each of the other keys.
        options: ``encoding`` among the settings is obeyed.

    Returns:
        ``_row`` and a column of strings for each key; a list or an object is kept as its JSON text. And the rows read.
    """
    table = Spool(pl.Schema({ROW: pl.Int64, **dict.fromkeys(wanted, pl.String)}))
    n_rows = 0
    known = set(wanted)
    for batch in _batches(json_lines(stream, options)):
        rows, cells = list[int](), [list[str | None]() for _ in wanted]
        for n_rows, line in batch:
            try:
                found = _decoder.decode(line)
                values = [_text(found.get(key)) for key in wanted]
            except JSON_ERRORS as error:
                rejects.add(n_rows, f"no JSON object: {error}", line[:400].decode("utf-8", "replace"))
                continue
            rows.append(n_rows)
            if len(found) > len(known & found.keys()):
                unmapped.add_keys(
                    key for key, value in found.items() if key not in known and bytes(value) not in _EMPTY
                )
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


def _text(raw: msgspec.Raw | None) -> str | None:
    """Return a JSON value as text: a string's own, a number's digits as written, a list's or object's JSON."""
    if raw is None:
        return None
    data = bytes(raw)
    if data == b"null":
        return None
    if data[:1] == b'"':
        try:
            return _string.decode(data) or None
        except msgspec.DecodeError:
            # JavaScript writes half characters (lone surrogates), which only the standard library lets through.
            value: Any = json.loads(data)
            return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace") or None
    return data.decode("utf-8", "replace")
