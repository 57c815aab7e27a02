"""The fields of a file that no table has room for, and in how many of its rows each has a value.

Of a table every row is counted. JSON is decoded for what is read alone, so that all of an item's fields cost extra: the
first ``ALL_ITEMS`` items are looked at, and every hundredth after them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import msgspec

ALL_ITEMS = 5_000
_STEP = 100
_MOST = 1_000
"""Different fields that are counted; keys that are themselves data, such as ids, would be without end."""

_WITHOUT_VALUE: tuple[object, ...] = (None, "", [], {})

Known = dict[str, "Known | None"]
"""The keys that are read, and those within each; None where all that is within is read."""


@dataclass(slots=True)
class FieldCount:
    """The count of one file.

    Attributes:
        fields: field to how many items have a value there.
        n_looked: items that were looked at.
    """

    fields: Counter[str] = field(default_factory=Counter)
    n_looked: int = 0
    _n_items: int = 0

    def look(self, item: bytes, kind: type, part: str | None = None) -> None:
        """Count the fields of an item, one of its kind, that its struct does not name.

        Args:
            item: JSON that was decoded as ``kind``.
            kind: a msgspec struct.
            part: for a part of an item that was looked at just before, the path to it; None for an item.
        """
        self._n_items += part is None
        if self._is_passed_over():
            return
        try:
            value = msgspec.json.decode(item)
        except (msgspec.DecodeError, UnicodeError, ValueError, RecursionError):
            return
        self.n_looked += part is None
        found = set[str]()
        _walk(value, _known(kind), f"{part}." if part else "", found)
        self.add_keys(sorted(found))

    def look_value(self, item: object, known: Known) -> None:
        """Count the fields of a decoded item that are not among the known ones."""
        self._n_items += 1
        if self._is_passed_over():
            return
        self.n_looked += 1
        found = set[str]()
        _walk(item, known, "", found)
        self.add_keys(sorted(found))

    def _is_passed_over(self) -> bool:
        return self._n_items > ALL_ITEMS and self._n_items % _STEP > 0

    def add_keys(self, found: Iterable[str]) -> None:
        """Count fields that have a value in an item."""
        for name in found:
            if name in self.fields or len(self.fields) < _MOST:
                self.fields[name] += 1

    def add_columns(self, columns: Sequence[str], filled: Sequence[int], read: Collection[str], n_rows: int) -> None:
        """Count the columns of a table.

        Args:
            columns: all of them.
            filled: in how many rows each has a value.
            n_rows: rows of the table.
        """
        self.n_looked += n_rows
        known = set(read)
        for name, number in zip(columns, filled, strict=True):
            if name not in known:
                self.fields[name] += number

    def most_first(self) -> dict[str, int]:
        """Return the fields that have a value anywhere and in how many items, the most first."""
        counted = ((name, number) for name, number in self.fields.items() if number)
        return dict(sorted(counted, key=lambda entry: (-entry[1], entry[0])))


def _walk(value: object, known: Known, path: str, found: set[str]) -> None:
    """Add the paths of the keys that are not known and have a value."""
    if isinstance(value, list):
        for entry in value:
            _walk(entry, known, path, found)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if entry in _WITHOUT_VALUE:
                continue
            within = known.get(key, {})
            if key not in known:
                found.add(path + key)
            elif within:
                _walk(entry, within, f"{path}{key}.", found)


@cache
def _known(kind: type) -> Known:
    return _of_type(msgspec.inspect.type_info(kind), ())


def _of_type(info: msgspec.inspect.Type, outer: tuple[type, ...]) -> Known:
    """Return the keys that a type reads; those of a struct within itself are not gone into again."""
    if isinstance(info, msgspec.inspect.UnionType):
        merged: Known = {}
        for part in info.types:
            merged |= _of_type(part, outer)
        return merged
    if isinstance(info, msgspec.inspect.ListType):
        return _of_type(info.item_type, outer)
    if isinstance(info, msgspec.inspect.StructType) and info.cls not in outer:
        return {entry.encode_name: _of_type(entry.type, (*outer, info.cls)) or None for entry in info.fields}
    return {}
