"""JSON that is a table of rows without keys: the names once, then each row as a list.

``{"columns": ["user", "text"], "index": [0], "data": [["ann", "Yes"]]}`` is what pandas writes with ``orient="split"``
and, with ``rows``, what Datasette does; ``[["user", "text"], ["ann", "Yes"]]`` and the same under ``values`` is what
spreadsheets on the web do.
"""

from __future__ import annotations

import re

import msgspec

from forensics.loaders.reading.json.json_lines import JSON_ERRORS

_NAME = rb'"(?:[^"\\]++|\\.)*+"'
_NAMES = rb"\[\s*" + _NAME + rb"(?:\s*,\s*" + _NAME + rb")*+\s*\]"
_SPLIT = re.compile(rb'^\s*\{\s*"columns"\s*:\s*(' + _NAMES + rb')\s*,\s*"(?:index|data|rows)"\s*:\s*\[')
_LISTED = re.compile(rb'^\s*(?:\{[^\[\]]{0,300}"values"\s*:\s*)?\[\s*(' + _NAMES + rb")\s*,\s*\[")
_FEWEST = 2

_names = msgspec.json.Decoder(list[str])
_document = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_rows = msgspec.json.Decoder(list[msgspec.Raw])
_cells = msgspec.json.Decoder(list[msgspec.Raw])


def row_names(start: bytes) -> tuple[str, ...]:
    """Return the columns that a document's beginning names; none where it is no such table."""
    found = _SPLIT.match(start) or _LISTED.match(start)
    names = tuple(_names.decode(found[1])) if found else ()
    return names if len(names) >= _FEWEST and len({*names, ""}) == len(names) + 1 else ()


def row_items(whole: bytes) -> list[bytes]:
    """Return the rows of a document as objects; none where its end shows it to be no such table.

    A row that has more cells than there are names stays a list, which is no item.
    """
    names = row_names(whole)
    try:
        document = _document.decode(whole)
        if isinstance(document, dict):
            held = next(document[key] for key in ("data", "rows", "values") if key in document)
            rows = _rows.decode(held)[int("values" in document) :]
        else:
            rows = document[1:]
        return [_item(names, bytes(row)) for row in rows]
    except (*JSON_ERRORS, StopIteration):
        return []


def _item(names: tuple[str, ...], row: bytes) -> bytes:
    cells = _cells.decode(row)
    return row if len(cells) > len(names) else msgspec.json.encode(dict(zip(names, cells, strict=False)))
