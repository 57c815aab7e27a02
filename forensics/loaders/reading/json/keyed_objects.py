"""JSON that is one object of objects: items under their ids, or a table by its columns, as pandas writes it.

``{"17": {"author": "ann"}, "18": {"author": "bob"}}`` holds two items, whose ids are their keys, and so does
``{"author": {"0": "ann", "1": "bob"}}``, by columns.
"""

from __future__ import annotations

import json
import re

import msgspec

from forensics.loaders.reading.json.json_lines import JSON_ERRORS

_FEWEST = 2
_LOOKED_AT = 20
_ALIKE = 0.5
"""Share of its keys that an item has in common with the first, at least; parts of one document share few."""

_raws = msgspec.json.Decoder(dict[str, msgspec.Raw])
_decoder = json.JSONDecoder()
_KEY = re.compile(r'[\s,]*"((?:[^"\\]|\\.)*)"\s*:\s*')


def holds_keyed(start: bytes) -> bool:
    """Return whether a document's beginning shows an object of objects that have the same keys."""
    return bool(keyed_beginning(start))


def keyed_beginning(start: bytes) -> list[bytes]:
    """Return the items in a document's beginning, at most 20 members of it."""
    return _items_of(_begun(start))


def _begun(start: bytes) -> dict[str, msgspec.Raw]:
    """Return the whole members of the outermost object, at most 20; none where one of them is no object."""
    text = start.decode("utf-8", "replace")
    at = text.find("{") + 1 if text.lstrip("\ufeff \t\r\n")[:1] == "{" else 0
    members: dict[str, msgspec.Raw] = {}
    while at and len(members) < _LOOKED_AT and (key := _KEY.match(text, at)):
        if text[key.end() : key.end() + 1] != "{":
            return {}
        try:
            _, at = _decoder.raw_decode(text, key.end())
        except (ValueError, RecursionError):
            break
        members[key.group(1)] = msgspec.Raw(text[key.end() : at].encode())
    return members


def keyed_items(whole: bytes) -> list[bytes]:
    """Return the items of a document that ``holds_keyed``; none where its end shows it to be another.

    An item without an ``id`` is given its key, unless the keys merely count.
    """
    try:
        members = _raws.decode(whole)
    except JSON_ERRORS:
        return []
    return _items_of(members)


def _items_of(members: dict[str, msgspec.Raw]) -> list[bytes]:
    """Return members as items; none where they are few or unlike."""
    try:
        items = {key: _raws.decode(value) for key, value in members.items()}
    except JSON_ERRORS:
        return []
    if len(items) < _FEWEST:
        return []
    first, *others = items.values()
    shared = [len(first.keys() & other.keys()) / max(1, len(first), len(other)) for other in others]
    if sum(shared) < _ALIKE * len(shared):
        return []
    if all(key.isdigit() for item in items.values() for key in item):
        rows = dict.fromkeys(key for item in items.values() for key in item)
        return [msgspec.json.encode({name: item[row] for name, item in items.items() if row in item}) for row in rows]
    counts = all(key == str(number) for number, key in enumerate(items, int("0" not in items)))
    return [msgspec.json.encode(item if counts or "id" in item else {"id": key, **item}) for key, item in items.items()]
