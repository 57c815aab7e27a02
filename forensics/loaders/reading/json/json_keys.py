"""What the beginning of a JSON file shows, even where it is torn: its first keys, and where its items are."""

from __future__ import annotations

import re

_TOKEN = re.compile(rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"|[{}\[\]:,]', re.DOTALL)


def first_keys(start: bytes) -> tuple[str, ...]:
    """Return the keys of the first object, in order; of a list, those of its first object.

    Args:
        start: the beginning of a JSON document or of NDJSON.
    """
    keys: list[str] = []
    depth = 0
    began = False
    last: bytes | None = None
    for token in _TOKEN.finditer(start):
        mark = token.group()
        if mark in (b"{", b"["):
            if mark == b"{" and not began:
                began, depth = True, 0
            depth += began
            last = None
        elif mark in (b"}", b"]"):
            depth -= began
            if began and depth <= 0:
                break
        elif mark == b":":
            if began and depth == 1 and last is not None:
                keys.append(last.decode("utf-8", "replace"))
            last = None
        else:
            last = token.group(1) if mark[:1] == b'"' else None
    return tuple(dict.fromkeys(keys))


def items_at(start: bytes) -> tuple[str, ...]:
    """Return the keys that lead to the list with the most objects; none where the document is that list, or has none.

    Args:
        start: the beginning of a JSON document.
    """
    counts: dict[tuple[str, ...], int] = {}
    open_ones: list[tuple[bytes, str | None]] = []
    last: bytes | None = None
    for token in _TOKEN.finditer(start):
        mark = token.group()
        if mark in (b"{", b"["):
            is_item = mark == b"{" and open_ones and open_ones[-1][0] == b"["
            if is_item and sum(opener == b"[" for opener, _ in open_ones) == 1:
                path = tuple(name for _, name in open_ones if name is not None)
                counts[path] = counts.get(path, 0) + 1
            open_ones.append((mark, last.decode("utf-8", "replace") if last is not None else None))
            last = None
        elif mark in (b"}", b"]"):
            if open_ones:
                open_ones.pop()
            last = None
        elif mark == b",":
            last = None
        elif mark[:1] == b'"':
            last = token.group(1)
    return max(counts, key=lambda path: counts[path], default=())
