"""The lines of an NDJSON file, each with its number, and what may go wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from forensics.errors import InputFileError
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.text_decoding import utf8_blocks

JSON_ERRORS = (msgspec.DecodeError, UnicodeError, ValueError, RecursionError, OverflowError)
"""What a decoder raises for a line that it cannot read."""

_BLOCK = 1 << 22
_FIRST_LINES = 1 << 26
"""Bytes in which two lines must end for a file to count as NDJSON; a longer line is walked through in pieces."""
_value = msgspec.json.Decoder(msgspec.Raw)
EDGE = b" \t\r\n\x00\x1e"


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


def is_lines(path: Path, blocks: Iterator[bytes]) -> bool:
    """Return whether a file is NDJSON: more than one line, and of the first two one that is an object."""
    begun = b""
    for block in blocks:
        begun += block
        lines = begun.lstrip(EDGE).splitlines() if b"\n" in begun or b"\r" in begun else []
        whole = [line for line in lines if line.strip(EDGE)]
        if len(whole) > 2 or len(begun) > _FIRST_LINES:
            break
    if not begun.strip(EDGE):
        raise InputFileError("{file} holds nothing but white space.", file=path.name)
    first, second = ([line.strip(EDGE) for line in begun.splitlines() if line.strip(EDGE)] + [b""])[:2]
    if first[:1] != b"{" or not second:
        return False
    return is_value(first) or (second[:1] == b"{" and (first[-1:] == b"}" or is_value(second)))


def is_value(raw: bytes) -> bool:
    """Return whether bytes are one JSON value."""
    try:
        _value.decode(raw)
    except JSON_ERRORS:
        return False
    return True
