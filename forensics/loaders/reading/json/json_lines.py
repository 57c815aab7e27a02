"""The lines of an NDJSON file, each with its number, and what may go wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.text_decoding import utf8_blocks

JSON_ERRORS = (msgspec.DecodeError, UnicodeError, ValueError, RecursionError, OverflowError)
"""What a decoder raises for a line that it cannot read."""

_BLOCK = 1 << 22


def json_lines(stream: BinaryIO, options: ReadOptions) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, numbered from 1.

    A line ends at LF, CRLF or, in a file without LF, at CR. Broken UTF-8 is left to the decoder, line by line, unless
    the case file names an encoding.
    """
    row = 0
    carry = b""
    name = "the file"
    encoding = options.settings.get("encoding")
    for block in utf8_blocks(name, stream, encoding, _BLOCK):
        data = carry + block if carry else block
        mark = b"\n" if b"\n" in data else b"\r"
        whole, found, carry = data.rpartition(mark)
        if not found:
            continue
        if mark == b"\r" and not carry:
            # Its LF may be the first byte of the next block.
            whole, _, carry = whole.rpartition(b"\r")
            carry += b"\r"
        for line in whole.split(mark):
            stripped = line.strip(b" \t\r\x00\x1e")
            if stripped:
                row += 1
                yield row, stripped
    stripped = carry.strip(b" \t\r\n\x00\x1e")
    if stripped:
        for line in stripped.split(b"\r") if b"\r" in stripped else (stripped,):
            if line.strip():
                row += 1
                yield row, line.strip()
