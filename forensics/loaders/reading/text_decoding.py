"""A stream of bytes as blocks of UTF-8, whatever encoding the file has; an error names the byte and the remedy."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from forensics.errors import InputFileError
from forensics.messages import Text, message
from forensics.text.old_encodings import is_utf8, likeliest_encoding

LENIENT = "utf-8-replace"
"""The name of the encoding setting under which broken UTF-8 becomes U+FFFD instead of an error."""

_OLD = (
    "The file is not UTF-8; its letters are those of the encoding {encoding}, in which it was read. If names or texts "
    "look wrong, give encoding in the case file."
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def check_utf8(name: str, block: bytes, offset: int) -> None:
    """Raise an ``InputFileError`` at the first byte that is not UTF-8.

    Args:
        name: the file's name.
        block: whole characters.
        offset: of the block in the file's contents, bytes.
    """
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _wrong(name, "UTF-8", offset + error.start, block[error.start : error.start + 1]) from error


def utf8_blocks(
    name: str, stream: BinaryIO, encoding: str | None, size: int, notes: list[Text] | None = None
) -> Iterator[bytes]:
    """Yield the stream as UTF-8 without its byte order mark.

    Args:
        name: the file's name, for errors.
        stream: the unpacked bytes.
        encoding: as the case file gives it; None for UTF-8, UTF-16 where a byte order mark says so, or an old one
            that the first block shows.
        size: of a block, bytes before decoding.
        notes: receives which old encoding was found.

    Raises:
        InputFileError: the encoding is unknown, or a byte does not belong to it. Plain UTF-8 is passed on unchecked.
    """
    first = stream.read(size)
    mark, found = next(((bom, code) for bom, code in _BOMS if first.startswith(bom)), (b"", "utf-8"))
    first = first[len(mark) :]
    chosen = (encoding or found).lower()
    errors = "strict"
    is_json = first.lstrip()[:1] in (b"{", b"[")  # which is UTF-8 by its rules, and repaired
    if not (encoding or mark or is_json or is_utf8(first)) and (old := likeliest_encoding(first)):
        chosen = old
        if notes is not None:
            notes.append(message(_OLD, encoding=old))
    if chosen == LENIENT:
        chosen, errors = "utf-8", "replace"
    if codecs_name(chosen) == "utf-8" and errors == "strict":
        while first:
            yield first
            first = stream.read(size)
        return
    decoder = codecs.getincrementaldecoder(codecs_name(chosen))(errors)
    offset = len(mark)
    while True:
        try:
            text = decoder.decode(first, final=not first)
        except UnicodeError as error:  # IDNA, a codec like others, does not say where
            at, block = (error.start, error.object) if isinstance(error, UnicodeDecodeError) else (0, first)
            raise _wrong(name, chosen, offset + at, block[at : at + 1]) from error
        if text:
            # A lone surrogate has no place in UTF-8; UTF-16 files made by scripts can hold one.
            yield text.encode("utf-8", "replace")
        if not first:
            return
        offset += len(first)
        first = stream.read(size)


def codecs_name(encoding: str) -> str:
    """Return Python's own name of an encoding.

    Raises:
        InputFileError: it is unknown.
    """
    try:
        "".encode(encoding)  # raises also for a codec that is none of text, such as zip
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise InputFileError(
            "There is no encoding '{encoding}'. Common ones are utf-8, cp1252, iso-8859-15 and utf-16.",
            encoding=encoding,
        ) from error


def _wrong(name: str, encoding: str, offset: int, byte: bytes) -> InputFileError:
    return InputFileError(
        "{name} is not {encoding}: byte {offset} is 0x{value}. If it was saved by Excel or "
        'an old program on Windows, put encoding = "cp1252" in the case file; to read it all '
        'the same with a mark at each broken character, put encoding = "{lenient}".',
        name=name,
        encoding=encoding,
        offset=offset,
        value=byte.hex(),
        lenient=LENIENT,
    )
