"""JSON objects as a table of strings: NDJSON, a list, or a document that holds one; numbers keep the file's digits.

What an object holds within others is a column too, under its dotted path such as ``user.id``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import msgspec
import polars as pl

from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.data_file import open_bytes
from forensics.loaders.reading.json.json_keys import items_at
from forensics.loaders.reading.json.json_lines import JSON_ERRORS, is_lines, is_value, json_lines
from forensics.loaders.reading.json.json_nesting import leaves, paths_of, text_at
from forensics.loaders.reading.json.json_rows import row_items, row_names
from forensics.loaders.reading.json.json_stream import Piece, json_pieces, json_values
from forensics.loaders.reading.json.keyed_objects import holds_keyed, keyed_beginning, keyed_items
from forensics.loaders.reading.text_decoding import utf8_blocks
from forensics.messages import Text, message
from forensics.spool import Spool, Stored

_BLOCK = 1 << 20
_BATCH = 50_000
_KEYS_FROM = 200
"""Lines whose keys are the columns; a key first seen further down is not offered."""

_EMPTY = (b"null", b'""')
_BLANK: tuple[object, ...] = (None, "", [])

_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_whole = msgspec.json.Decoder(dict[str, object])


def begins_json(head: bytes) -> bool:
    """Return whether a file begins as a JSON object or list does."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def key_names(head: bytes, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of the objects at a file's beginning, in the order in which they are first seen.

    A key that holds an object stands for the dotted paths within it.
    """
    found = list[dict[str, object]]()
    for _, item in islice(_first_items(head, settings), _KEYS_FROM):
        with suppress(*JSON_ERRORS):
            found.append(_whole.decode(item))
    return paths_of(found)


def _first_items(head: bytes, settings: Mapping[str, str]) -> Iterator[tuple[int, bytes]]:
    lines = [line for line in head.splitlines()[: _KEYS_FROM + 1] if line.strip()]
    is_first = bool(lines) and lines[0].lstrip(b"\xef\xbb\xbf \t")[:1] == b"{"
    if is_first and len(lines) > 1 and (is_value(lines[0]) or is_value(lines[1])):
        return enumerate(lines, 1)
    lists = _lists(head, settings)
    if not lists[0] and (names := row_names(head)):
        return enumerate(row_items(head) or [msgspec.json.encode(dict.fromkeys(names))], 1)
    if not lists[0] and holds_keyed(head):
        return enumerate(keyed_items(head) or keyed_beginning(head), 1)
    return _numbered(json_pieces(iter((head,)), *lists), [])


def _lists(head: bytes, settings: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the key of the list that holds the items, and those of what is around it."""
    given = settings.get("items")
    path = tuple(given.split(".")) if given else items_at(head)
    return path[-1:], path[:-1]


def _numbered(pieces: Iterator[Piece], notes: list[Text]) -> Iterator[tuple[int, bytes]]:
    n_items, has_list = 0, False
    for piece in pieces:
        if piece.is_torn:
            notes.append("The file ends in the middle: was the download broken off? What came before was read.")
        has_list = has_list or bool(piece.elements)
        for item in piece.elements or (() if has_list else (piece.joined(),)):
            if item.strip(b" \t\r\n[") or not piece.is_torn:
                n_items += 1
                yield n_items, item


def json_items(path: Path, head: bytes, options: ReadOptions, notes: list[Text]) -> Iterator[tuple[int, bytes]]:
    """Yield the items of a JSON file, numbered from 1: its lines, or the objects of its list.

    Args:
        options: ``items`` among the settings names the list, such as ``data.posts``.
        notes: takes a note on a file that ends in the middle.

    Raises:
        InputFileError: it cannot be unpacked.
    """
    member, encoding = options.settings.get("member"), options.settings.get("encoding")
    with closing(open_bytes(path, member)) as stream:
        lines = is_lines(path, utf8_blocks(path.name, stream, encoding, _BLOCK))
    lists = _lists(head, options.settings)
    whole = row_items if row_names(head) else keyed_items if holds_keyed(head) else None
    if not lines and not lists[0] and whole is not None:
        with closing(open_bytes(path, member)) as stream:
            items = whole(b"".join(utf8_blocks(path.name, stream, encoding, _BLOCK)))
        if items:
            yield from enumerate(items, 1)
            return
    if not lines:
        yield from _numbered(json_values(path, options, *lists), notes)
        return
    with closing(open_bytes(path, member)) as stream:
        yield from json_lines(stream, options)


def read_objects(
    items: Iterator[tuple[int, bytes]], wanted: list[str], rejects: Rejects, unmapped: FieldCount, options: ReadOptions
) -> tuple[Stored, int]:
    """Read the wanted keys of each item.

    Args:
        items: numbered, as ``json_items`` gives them.
        wanted: keys or dotted paths; each becomes a column.
        rejects: receives items that are no JSON object.
        unmapped: receives how many items have a value under each of the other keys.

    Returns:
        ``_row`` and a column of strings for each key; a list is kept as its JSON text. And the rows read.
    """
    table = Spool(pl.Schema({ROW: pl.Int64, **dict.fromkeys(wanted, pl.String)}))
    n_rows = 0
    known = set(wanted)
    for batch in _batches(items):
        rows, cells = list[int](), [list[str | None]() for _ in wanted]
        for n_rows, line in batch:
            try:
                found = _decoder.decode(line)
                values = [text_at(found, key) for key in wanted]
            except JSON_ERRORS as error:
                rejects.add(
                    n_rows, message("no JSON object: {error}", error=error), line[:400].decode("utf-8", "replace")
                )
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
