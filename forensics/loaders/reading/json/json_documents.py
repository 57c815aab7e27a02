"""A JSON file value by value: the lines of NDJSON, the elements of a list, or a document a part at a time.

What programs write as JSON and is none (half characters, illegal escapes, broken UTF-8, bare control characters) is
repaired where that is possible without guessing, and counted; a value beyond repair is one rejected row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from forensics.dataset import Dataset
from forensics.errors import ForensicsError, InputFileError
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.reading.data_file import describe, open_bytes
from forensics.loaders.reading.json.json_lines import JSON_ERRORS, is_lines, is_value
from forensics.loaders.reading.json.json_stream import Piece, json_pieces, json_values
from forensics.loaders.reading.text_decoding import utf8_blocks
from forensics.messages import message

T = TypeVar("T")

REPAIRED = "Values with broken characters or escapes, repaired"
_BLOCK = 1 << 20
_LONG = 1 << 25
"""Bytes in which a value must end that is held whole."""

_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


def read_json(
    path: Path,
    options: ReadOptions,
    loader: str,
    decoder: msgspec.json.Decoder[T],
    take: Callable[[T, Collector], None],
    *,
    within: tuple[Collection[str], Collection[str]] = ((), ()),
    times: str | None = None,
) -> Dataset:
    """Read a JSON file of any size.

    Args:
        options: ``encoding`` and ``member`` among the settings are obeyed.
        decoder: of one value: a line, an element of the outermost list, or the document.
        take: calls ``next_row`` for each item in a value and adds what it holds. It is given a document with a long
            list several times, each time with other elements of it.
        within: keys of the long lists in a document, whose elements are items, and of the objects and lists in which
            those lists are.
        times: where the format's times come from, a sentence for the notes.

    Raises:
        MissingInputError: the file is not there.
        InputFileError: it cannot be unpacked, or its only value is no JSON of this format.
    """
    file = describe(path)
    into = Collector(options, notes=[times] if times else [])
    failed: list[tuple[bytes, Exception]] = []
    for piece in json_values(path, options, *within):
        if piece.is_torn:
            into.notes.append("The file ends in the middle: was the download broken off? What came before was read.")
            if piece.joined() in (b"", b"["):
                continue
        raw = piece.joined()
        try:
            value, is_repaired = _decoded_piece(piece, raw, decoder, into)
            into.count(REPAIRED, int(is_repaired))
            if not piece.elements:
                into.look(raw, decoder)
            take(value, into)
        except ForensicsError:
            raise
        except JSON_ERRORS as error:
            failed.append((raw, error))
            into.next_row()
            into.reject(
                message("not as this format has it: {error}", error=error), raw[:400].decode("utf-8", "replace")
            )
    if len(failed) == into.row == 1:
        raise no_json(path, *failed[0])
    return into.dataset(loader, file)


def _decoded_piece(piece: Piece, raw: bytes, decoder: msgspec.json.Decoder[T], into: Collector) -> tuple[T, bool]:
    """Decode a document; where its elements are at fault, each is repaired for itself or else left as mere text."""
    if not piece.elements or is_value(raw):
        return decoded(raw, decoder)
    elements = []
    for element in piece.elements:
        sound = element if is_value(element) else _repaired(element)
        into.count(REPAIRED, int(sound is not None and sound is not element))
        elements.append(sound or json.dumps(element.decode("utf-8", "replace")).encode())
    return decoded(piece.joined(elements), decoder)


def each(raws: Iterable[msgspec.Raw], decoder: msgspec.json.Decoder[T], into: Collector) -> Iterator[T]:
    """Decode the items of a page one by one, so that one that cannot be read costs no other.

    Args:
        raws: the items as they stand.
        into: its ``next_row`` is called for each.
    """
    for raw in raws:
        into.next_row()
        try:
            item = item_of(bytes(raw), decoder, into)
        except JSON_ERRORS as error:
            into.reject(
                message("not as this format has it: {error}", error=error), bytes(raw)[:400].decode("utf-8", "replace")
            )
        else:
            yield item


def item_of(raw: bytes, decoder: msgspec.json.Decoder[T], into: Collector, part: str | None = None) -> T:
    """Decode an item, and count which of its fields are not read.

    Args:
        into: counts.
        part: for a part of an item that was decoded before, the path to it.

    Raises:
        Exception: one of ``JSON_ERRORS``.
    """
    item, is_repaired = decoded(raw, decoder)
    into.count(REPAIRED, int(is_repaired))
    into.look(raw, decoder, part)
    return item


def starts_long(path: Path, options: ReadOptions) -> bool:
    """Return whether a file that is not NDJSON begins with a value so long that memory should not hold it whole.

    Raises:
        InputFileError: it cannot be unpacked.
    """
    member, encoding = options.settings.get("member"), options.settings.get("encoding")
    with closing(open_bytes(path, member)) as stream:
        if is_lines(path, utf8_blocks(path.name, stream, encoding, _BLOCK)):
            return False
    with closing(open_bytes(path, member)) as stream:
        begun = islice(utf8_blocks(path.name, stream, encoding, _BLOCK), _LONG // _BLOCK)
        next(json_pieces(begun, (), ()), None)
        return next(begun, None) is None and bool(stream.read(1))


def decoded(raw: bytes, decoder: msgspec.json.Decoder[T]) -> tuple[T, bool]:
    """Decode a value, after repair where it needs one, and say whether it did.

    Raises:
        Exception: one of ``JSON_ERRORS``; the one of the first attempt.
    """
    try:
        return decoder.decode(raw), False
    except JSON_ERRORS as first:
        whole = _repaired(raw)
        if whole is None:
            raise
        try:
            return decoder.decode(whole), not (is_value(raw) and _is_utf8(raw))
        except JSON_ERRORS:
            raise first from None


def _repaired(raw: bytes) -> bytes | None:
    """Return a value as sound JSON, without its nulls; None where it is beyond repair."""
    escaped = _ESCAPE.sub(rb"\1\\u00\2", raw)
    try:
        found = _without_nulls(json.loads(escaped.decode("utf-8", "replace"), strict=False))
        whole = json.dumps(found, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.encode() if is_value(whole.encode()) else None
    except JSON_ERRORS:
        return None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_nulls(value: Any) -> Any:  # noqa: ANN401  JSON can hold anything
    """Return a value without keys that hold null or ``{}``, which some programs write where a list is expected."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None and item != {}}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def no_json(path: Path, raw: bytes, error: Exception) -> InputFileError:
    """Return the error for a file whose only value is no JSON of its format."""
    if raw[-1:] not in (b"}", b"]"):
        sentence = "{file} cannot be read as this format: {error}. It ends in the middle: was the download broken off?"
        return InputFileError(sentence, file=path.name, error=error)
    return InputFileError("{file} cannot be read as this format: {error}.", file=path.name, error=error)
