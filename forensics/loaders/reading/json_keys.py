"""The keys of a file's first JSON object, read from its beginning even where that is torn in the middle."""

from __future__ import annotations

import re

__all__ = ["first_keys"]

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
