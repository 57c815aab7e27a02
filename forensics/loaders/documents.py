"""A JSON file value by value: the lines of NDJSON, the elements of a list, or one whole document.

What programs write as JSON and is none (half characters, illegal escapes, broken UTF-8, bare control characters) is
repaired where that is possible without guessing, and counted; a value beyond repair is one rejected row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from forensics.errors import ForensicsError, InputFileError
from forensics.loaders.collecting import Collector
from forensics.loaders.decoding import utf8_blocks
from forensics.loaders.files import describe, open_bytes
from forensics.loaders.json_lines import JSON_ERRORS, json_lines
from forensics.loaders.parts import ReadOptions
from forensics.model import Dataset

__all__ = ["decoded", "each", "read_json"]

T = TypeVar("T")

_LINE = 1 << 26
_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_elements = msgspec.json.Decoder(list[msgspec.Raw])
_anything = msgspec.json.Decoder(msgspec.Raw)


def read_json(
    path: Path,
    options: ReadOptions,
    loader: str,
    decoder: msgspec.json.Decoder[T],
    take: Callable[[T, Collector], None],
) -> Dataset:
    """Read a JSON file.

    Args:
        path: the file.
        options: ``encoding`` and ``member`` among the settings are obeyed.
        loader: its name.
        decoder: of one value: a line, an element of the outermost list, or the document.
        take: calls ``next_row`` for each item in a value and adds what it holds.

    Raises:
        MissingInputError: the file is not there.
        InputFileError: it cannot be unpacked, or it is one document that is no JSON.
    """
    file = describe(path)
    into = Collector(options)
    n_repaired = 0
    for raw, is_document in _values(path, options):
        try:
            value, is_repaired = decoded(raw, decoder)
            take(value, into)
        except ForensicsError:
            raise
        except JSON_ERRORS as error:
            if is_document:
                raise _no_json(path, raw, error) from error
            into.next_row()
            into.reject(f"not as this format has it: {error}", raw[:400].decode("utf-8", "replace"))
            continue
        n_repaired += is_repaired
    if n_repaired:
        into.notes.append(f"Values with broken characters or escapes, repaired: {n_repaired:,}.")
    return into.dataset(loader, file)


def each(raws: Iterable[msgspec.Raw], decoder: msgspec.json.Decoder[T], into: Collector) -> Iterator[T]:
    """Decode the items of a page one by one, so that one that cannot be read costs no other.

    Args:
        raws: the items as they stand.
        decoder: of one item.
        into: its ``next_row`` is called for each.
    """
    for raw in raws:
        into.next_row()
        try:
            yield decoded(bytes(raw), decoder)[0]
        except JSON_ERRORS as error:
            into.reject(f"not as this format has it: {error}", bytes(raw)[:400].decode("utf-8", "replace"))


def _values(path: Path, options: ReadOptions) -> Iterator[tuple[bytes, bool]]:
    """Yield each value and whether it is the whole document."""
    with closing(open_bytes(path, options.settings.get("member"))) as stream:
        lines = json_lines(stream, options)
        first = next(lines, (0, b""))[1]
        if not first:
            raise InputFileError(f"{path.name} holds nothing but white space.")
        second = next(lines, (0, b""))[1]
        if first[:1] == b"{" and (_is_value(first) or (first[-1:] == b"}" and second[:1] == b"{")):
            yield first, False
            if second:
                yield second, False
            for _, line in lines:
                yield line, False
            return
    with closing(open_bytes(path, options.settings.get("member"))) as stream:
        document = b"".join(utf8_blocks(path.name, stream, options.settings.get("encoding"), _LINE)).strip()
    if document[:1] != b"[":
        yield document, True
        return
    try:
        elements = decoded(document, _elements)[0]
    except JSON_ERRORS as error:
        raise _no_json(path, document, error) from error
    for element in elements:
        yield bytes(element), False


def decoded(raw: bytes, decoder: msgspec.json.Decoder[T]) -> tuple[T, bool]:
    """Decode a value, after repair where it needs one, and say whether it did.

    Raises:
        Exception: one of ``JSON_ERRORS``; the one of the first attempt.
    """
    try:
        return decoder.decode(raw), False
    except JSON_ERRORS as first:
        escaped = _ESCAPE.sub(rb"\1\\u00\2", raw)
        try:
            found = _without_nulls(json.loads(escaped.decode("utf-8", "replace"), strict=False))
            whole = json.dumps(found, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return decoder.decode(whole), not _is_value(raw)
        except JSON_ERRORS:
            raise first from None


def _is_value(raw: bytes) -> bool:
    """Return whether bytes are one JSON value."""
    try:
        _anything.decode(raw)
    except JSON_ERRORS:
        return False
    return True


def _without_nulls(value: Any) -> Any:  # noqa: ANN401  JSON can hold anything
    """Return a value without keys that hold null: where a list is expected, some programs write null."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def _no_json(path: Path, raw: bytes, error: Exception) -> InputFileError:
    torn = " It ends in the middle: was the download broken off?" if raw[-1:] not in (b"}", b"]") else ""
    return InputFileError(f"{path.name} cannot be read as this format: {error}.{torn}")
