"""Values within values: the dotted paths of what a JSON object holds, and what stands at the end of one.

``{"user": {"id": 7}}`` has the path ``user.id``. A path through a list gathers what its entries hold, as a list. An
object as a whole is never an id, a time or an address: it changes whenever one of its counts does.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec
import polars as pl

from forensics.loaders.reading.json.json_lines import JSON_ERRORS

NESTED = r"""(?s)^\s*(?:\[\s*)?\{\s*(?:\}|(?:'[^']*'|"[^"]*")\s*:.*\})\s*\]?\s*$"""
"""What text looks like that is an object, or a list of them, as JSON or as Python shows it."""

_MOMENT = re.compile(r"datetime\.datetime\([^()]*(?:\([^()]*\)[^()]*)*\)")
"""A time as Python shows it, which is no literal."""

_DEEPEST = 12
_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_list = msgspec.json.Decoder(list[msgspec.Raw])
_string = msgspec.json.Decoder(str)
_value = msgspec.json.Decoder()


def is_nested(column: pl.Expr) -> pl.Expr:
    """Return where text is an object or a list of objects."""
    return column.str.contains(NESTED)


def leaves(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield the paths of a decoded object and the value at each, in order; a path through a list comes several times.

    Example: ``{"a": 1, "b": {"c": 2}, "d": [{"e": 3}]}`` has ``a``, ``b.c`` and ``d.e``.
    """
    start = f"{path}." if path else ""
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from leaves(inner, f"{start}{key}", depth + 1)
    elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value) and depth < _DEEPEST:
        for entry in value:
            yield from leaves(entry, path, depth + 1) if isinstance(entry, dict) else ()
    elif path and not isinstance(value, dict):
        yield path, value


def paths_of(values: Iterable[object]) -> tuple[str, ...]:
    """Return the paths of decoded objects in the order in which they are first seen; none leads to an object."""
    paths = dict.fromkeys(path for value in values for path, _ in leaves(value))
    around = {path[:at] for path in paths for at, letter in enumerate(path) if letter == "."}
    return tuple(path for path in paths if path not in around)


def text_at(found: Mapping[str, msgspec.Raw], path: str) -> str | None:
    """Return the value at a path of an object as text; one of its own keys comes before a path through several.

    Raises:
        Exception: one of ``JSON_ERRORS``.
    """
    if path in found:
        return text_of(found[path])
    reached = _at(found, path.split("."))
    return text_of(reached) if reached is not None else None


def _at(found: Mapping[str, msgspec.Raw], steps: list[str]) -> bytes | None:
    for n in range(1, len(steps) + 1):
        value = found.get(".".join(steps[:n]))
        if value is None:
            continue
        reached = bytes(value) if n == len(steps) else _within(bytes(value), steps[n:])
        if reached is not None:
            return reached
    return None


def _within(raw: bytes, steps: list[str]) -> bytes | None:
    """Return what an object holds at the end of some steps, or the list of what the objects of a list hold."""
    if raw[:1] == b"{":
        return _at(_decoder.decode(raw), steps)
    if raw[:1] != b"[":
        return None
    reached = [_within(bytes(entry), steps) for entry in _list.decode(raw)]
    values: list[bytes] = []
    for value in reached:
        if value is not None and value[:1] == b"[":
            values += map(bytes, _list.decode(value))
        elif value is not None and value != b"null":
            values.append(value)
    return b"[" + b",".join(values) + b"]" if values else None


def text_of(raw: msgspec.Raw | bytes | None) -> str | None:
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
            value: object = json.loads(data)
            return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace") or None
    return data.decode("utf-8", "replace")


def as_object(text: str) -> bytes | None:
    """Return a cell that is an object or a list of them as JSON, also where it is written as Python shows it."""
    data = text.strip().encode("utf-8", "replace")
    if data[:1] not in (b"{", b"["):
        return None
    try:
        _value.decode(data)
    except JSON_ERRORS:
        try:
            return json.dumps(ast.literal_eval(_MOMENT.sub("None", data.decode()))).encode()
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            return None
    return data


def expanded(cells: pl.Series, path: str) -> pl.Series:
    """Return what the objects in the cells of a column hold at a path that begins within the column."""
    unique = cells.drop_nulls().unique()
    known = pl.DataFrame({"cell": unique, "value": pl.Series([_in_cell(c, path) for c in unique], dtype=pl.String)})
    joined = cells.cast(pl.String).to_frame("cell").join(known, on="cell", how="left", maintain_order="left")
    return joined["value"]


def _in_cell(cell: str, path: str) -> str | None:
    raw = as_object(cell)
    try:
        return text_of(_within(raw, path.split("."))) if raw is not None else None
    except JSON_ERRORS:
        return None
