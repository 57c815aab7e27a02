"""Items that stand within others, as the answers to a comment do in a list under it: each is a row of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.reading.json.json_nesting import text_at

UPON, ACT = "_upon", "_act"
"""Keys of an inner item: the id of the item that it stands in, and that it answers it."""

_DEEPEST = 20
_items = msgspec.json.Decoder(dict[str, msgspec.Raw])
_lists = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(slots=True)
class InnerRows:
    """Where items stand within others.

    Attributes:
        key: of the list in an item.
        own_id: path to an item's id, if it has one.
        number: of inner items that were found.
    """

    key: str
    own_id: str | None
    number: int = 0

    def flattened(self, items: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Yield each item without its list, then those in the list, all numbered from 1."""
        n_rows = 0
        for _, item in items:
            for row in self._rows(item, None, 0):
                n_rows += 1
                yield n_rows, row

    def _rows(self, item: bytes, upon: str | None, depth: int) -> Iterator[bytes]:
        try:
            found = _items.decode(item)
            held = found.pop(self.key, None)
            inner = _lists.decode(held) if held is not None and bytes(held)[:1] == b"[" else []
            own_id = text_at(found, self.own_id) if self.own_id else None
        except JSON_ERRORS:
            yield item
            return
        if depth:
            self.number += 1
            found[ACT] = msgspec.Raw(b'"reply"')
            found[UPON] = msgspec.Raw(msgspec.json.encode(upon))
        yield msgspec.json.encode(found)
        for entry in inner if depth < _DEEPEST else ():
            if bytes(entry)[:1] == b"{":
                yield from self._rows(bytes(entry), own_id, depth + 1)
