"""WhatsApp's export of a chat: a text with a message a line, as Android or as an iPhone writes it.

``07/07/2024, 18:00 - Name: words`` or ``[07/07/2024, 18:00:05] Name: words``, in the order and the marks of the phone's
language; further lines of a message have no time. Times are those of the phone that exported, so ``time_zone`` belongs
into the case file. Names are as that phone's address book has them. Every chat is private: it is refused unless the
case file says ``consent = "true"``, as for a tip line whose users agreed.

Source: exports described at https://faq.whatsapp.com (2026) and by public parsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import TableFormat
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.redaction import has_consent, private_chat
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.data_file import describe, open_bytes
from forensics.loaders.reading.table_file import TableFile
from forensics.loaders.reading.text_decoding import check_utf8, utf8_blocks

_BLOCK = 1 << 20
_DAY = r"\d{1,4}(?:[\s\u200f./\-\u5e74\ub144\u6708\uc6d4]+\d{1,4}){2}[\u65e5\uc77c.]?"
"""A day: three numbers, with the signs between them that phones write, or the words for year, month and day."""

_WORD = r"[^\W\d_]{1,4}\.?(?:\s?[^\W\d_]{1,2}\.)?"
"""A word beside the hour, such as ``klo``, ``\u00e0``, ``p. m.``."""

_STAMP = (
    rf"[\u200e\u200f]*\[?({_DAY})[,\u060c]?\s*((?:{_WORD}[,\s]+|\S{{2}}\s?){{0,2}}?)"
    rf"(\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?)(\s?{_WORD})?(?:\][\s\u200e\u200f]|\s[-\u2013]\s|,\s(?=[^:\n]+\s:\s))"
)
"""Day, words before the hour, hour, words behind it."""

_MESSAGE = re.compile(rf"^{_STAMP}(?:([^:\n]{{1,100}}?)\s?:\s)?(.*)$", re.DOTALL)
_BEGINS = re.compile(rf"\A\ufeff?{_STAMP}")
_MARK = "\u200e"
"""What an iPhone writes before its own words; a group's notices stand under its name, first of all."""

_OMITTED = re.compile(r"^(?:<[^>]*>|[\u200e\u200f].*)$", re.DOTALL)
_COLUMNS = ("date", "name", "message")


def _lines(path: Path, options: ReadOptions) -> Iterator[str]:
    """Yield the lines of a file without their ends."""
    with closing(open_bytes(path, options.settings.get("member"))) as stream:
        carry, offset = b"", 0
        for block in utf8_blocks(path.name, stream, options.settings.get("encoding"), _BLOCK):
            *whole, carry = (carry + block).split(b"\n")
            for line in whole:
                check_utf8(path.name, line, offset)
                offset += len(line) + 1
                yield line.decode().rstrip("\r")
        if carry:
            check_utf8(path.name, carry, offset)
            yield carry.decode().rstrip("\r")


def _rows(path: Path, options: ReadOptions) -> TableFile:
    """Read a chat's messages.

    Raises:
        InputFileError: there is no consent, or the file cannot be read.
    """
    if not has_consent(options):
        raise private_chat(path.name)
    file = describe(path)
    messages: list[tuple[str, str | None, list[str]]] = []
    group: str | None = None
    for line in _lines(path, options):
        found = _MESSAGE.match(line)
        if found is not None:
            day, before, clock, behind, name, words = found.groups()
            parts = (day, before, clock.replace(".", ":"), (behind or "").replace(".", "").upper())
            group = name if not messages and words.startswith(_MARK) else group
            name = None if name == group and words.startswith(_MARK) else name
            messages.append((" ".join(part.strip() for part in parts if part.strip()), name, [words]))
        elif messages:
            messages[-1][2].append(line)
    texts = ["\n".join(words).strip() for *_, words in messages]
    rows = pl.DataFrame(
        {
            ROW: range(1, len(messages) + 1),
            "date": [when for when, *_ in messages],
            "name": [name for _, name, _ in messages],
            "message": [None if not text or _OMITTED.match(text) else text for text in texts],
        },
        schema={ROW: pl.Int64, **dict.fromkeys(_COLUMNS, pl.String)},
    )
    fields = FieldCount()
    fields.add_columns(_COLUMNS, [0] * len(_COLUMNS), _COLUMNS, len(messages))
    return TableFile(file, _COLUMNS, rows, len(messages), Rejects(), [], fields)


LOADER = loader_of(
    "whatsapp",
    "WhatsApp",
    "A chat as WhatsApp exports it, in a text file; refused without consent.",
    TableFormat(
        kind="a chat of WhatsApp",
        marks=("date", "name", "message"),
        begins=_BEGINS,
        rows=_rows,
        account="name",
        time="date",
        platform="whatsapp",
        post={"text": "message"},
        traces={"hashtag": hashtags_in("message")},
        rejected=((pl.col("name").is_null(), "a notice and no message"),),
    ),
)
