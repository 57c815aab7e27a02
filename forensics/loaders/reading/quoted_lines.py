"""Tables of which each line stands in quotes as a whole: ``"ann,""Vote, all"",3"``.

A spreadsheet writes them that has read a table as one column and saves it again.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

_FEWEST, _LOOKED_AT = 2, 40
_BATCH = 50_000


def are_quoted(start: str) -> bool:
    """Return whether most lines in a file's beginning are quoted as a whole, with several cells within."""
    lines = list(islice((line for line in start.splitlines() if line.strip()), _LOOKED_AT))
    whole = [line for line in lines if _is_quoted(line)]
    return len(whole) >= _FEWEST and 2 * len(whole) > len(lines)


def _is_quoted(line: str) -> bool:
    inner = line[1:-1]
    is_one = line[:1] == line[-1:] == '"' and '"' not in inner.replace('""', "")
    return is_one and any(mark in inner for mark in ",;\t|")


def unquoted(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines within the quotes; a line without them, such as a header, as it is."""
    text = (
        line for part in codecs.iterdecode(iter(blocks), "utf-8", "replace") for line in part.splitlines(keepends=True)
    )
    rows = csv.reader(_joined(text))
    while batch := list(islice(rows, _BATCH)):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for row in batch:
            if len(row) == 1:
                out.write(f"{row[0]}\n")
            elif row:
                writer.writerow(row)
        yield out.getvalue().encode("utf-8", "replace")


def _joined(parts: Iterable[str]) -> Iterator[str]:
    """Yield whole lines, of which a block may end in the middle."""
    carry = ""
    for part in parts:
        carry += part
        if carry.endswith(("\n", "\r")):
            yield carry
            carry = ""
    if carry:
        yield carry
