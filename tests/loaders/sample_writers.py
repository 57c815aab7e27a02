"""Writes rows as tables and JSON, as the programs do whose exports the samples are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def table(
    rows: Sequence[Row], *, header: str = "", delimiter: str = ",", encoding: str = "utf-8", above: str = ""
) -> bytes:
    """Return rows as delimited text.

    Args:
        rows: cells by column; what a row lacks is empty.
        header: further columns, separated by commas, which come first.
        delimiter: between the cells.
        encoding: of the text.
        above: lines above the header.
    """
    columns = list(dict.fromkeys([*(header.split(",") if header else []), *(key for row in rows for key in row)]))
    out = io.StringIO()
    out.write(above)
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def lines(*items: Row) -> bytes:
    """Return JSON objects one a line."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def document(value: object) -> bytes:
    """Return one JSON value."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
