"""What is this file: each loader says how sure it is, and the surest reads it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from forensics.errors import InputFileError
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.csv_dialect import header_row, sniff_dialect
from forensics.loaders.reading.data_file import HEAD_BYTES, bare_name, read_head
from forensics.loaders.reading.excel_workbook import is_workbook, workbook_columns
from forensics.loaders.reading.json.json_keys import first_keys
from forensics.loaders.reading.parquet_table import parquet_columns
from forensics.loaders.reading.table_file import delimiter
from forensics.loaders.reading.text_decoding import utf8_blocks
from forensics.messages import Message
from forensics.registry import Registry

_TIE = 0.05
"""Confidences nearer than this are a tie."""

_WEAK = 0.5
"""Below this nobody knows the file as its own."""

LONG_HEAD = 1 << 26
"""Bytes looked at where the first 256 KiB tell nothing, as of a file whose first item is longer than that."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which format a file has.

    Attributes:
        loader: the name of the loader.
        title: of the format.
        confidence: 0 to 1; 1 where the case file names the loader.
        reason: half a sentence that follows "because".
    """

    loader: str
    title: str
    confidence: float
    reason: Message


def head_of(path: Path, options: ReadOptions, n_bytes: int = HEAD_BYTES) -> Head:
    """Read as much of a file as is needed to recognise it.

    Args:
        options: ``member``, ``encoding`` and ``delimiter`` among the settings are obeyed.
        n_bytes: so much of it, after unpacking.

    Raises:
        MissingInputError: it is not there.
        InputFileError: it is empty, or no text and no Parquet.
    """
    name = bare_name(path)
    if is_workbook(path):
        return Head(name, b"", columns=workbook_columns(path, options))
    start = read_head(path, options.settings.get("member"), n_bytes)
    if start.startswith(b"PAR1"):
        return Head(name, start, columns=parquet_columns(path))
    block = next(utf8_blocks(path.name, io.BytesIO(start), options.settings.get("encoding"), len(start)), b"")
    begin = block.lstrip(b" \t\r\n\x00")[:1]
    if begin in (b"{", b"["):
        return Head(name, block, keys=first_keys(block))
    text = block.decode("utf-8", "replace")
    dialect = sniff_dialect(text, delimiter(options.settings), row=header_row(options.settings), name=path.name)
    return Head(name, block, columns=dialect.header if dialect else ())


def recognise_among(loaders: Registry[Loader], path: Path, options: ReadOptions) -> Recognition:
    """Ask every loader, and take the surest.

    Raises:
        MissingInputError: the file is not there.
        InputFileError: no loader knows it, or two are equally sure.
    """
    head = head_of(path, options)
    ranked = _ranked(loaders, head)
    if not head.columns and (not ranked or ranked[0][1].value < _WEAK):
        ranked = _ranked(loaders, head_of(path, options, LONG_HEAD)) or ranked
    if not ranked:
        raise InputFileError(
            "{file} is in none of the formats known here ({names}). If it is a table, save it as "
            "CSV with a header; `forensics formats` says what each format looks like.",
            file=path.name,
            names=", ".join(loaders.names()),
        )
    first, answer = ranked[0]
    if len(ranked) > 1 and answer.value - ranked[1][1].value < _TIE:
        other = ranked[1]
        raise InputFileError(
            "{file} could be {title} (because {reason}) or {other} (because {other_reason}). "
            'Settle it in the case file with loader = "{name}" or "{other_name}".',
            file=path.name,
            title=first.title,
            reason=answer.reason,
            other=other[0].title,
            other_reason=other[1].reason,
            name=first.name,
            other_name=other[0].name,
        )
    return Recognition(first.name, first.title, answer.value, answer.reason)


def _ranked(loaders: Registry[Loader], head: Head) -> list[tuple[Loader, Confidence]]:
    """Return the loaders that would read a file, the surest first."""
    answers = [(loader, answer) for loader in loaders if (answer := loader.sniff(head)) is not None]
    return sorted(answers, key=lambda answer: -answer[1].value)
