"""What a loader is: a frozen value that recognises one export format and reads it into the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from forensics.dataset import Dataset
from forensics.messages import Message, message
from forensics.progress import Progress, quiet

if TYPE_CHECKING:
    from forensics.loaders.format_declarations.table_format import TableFormat

SETTINGS = (
    "account",
    "action",
    "camp",
    "consent",
    "delimiter",
    "encoding",
    "header_row",
    "items",
    "member",
    "object_kind",
    "platform",
    "time_format",
    "time_zone",
    "video",
)
"""Settings of one file beside its columns; a case file's keys of a ``[[data]]`` entry."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, as much as is needed to recognise it.

    Attributes:
        name: the file's name without a compression ending, lower case.
        start: its first bytes after decompression, at most 256 KiB.
        columns: its column names, for a table (CSV, TSV, Parquet); empty for anything else.
        keys: the keys of its first JSON object, for NDJSON or JSON; empty for anything else.
    """

    name: str
    start: bytes
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure a loader is that a file is its own.

    Attributes:
        value: above 0; 1 certain.
        reason: what it saw, as half a sentence that follows "because".
    """

    value: float
    reason: Message


def by_fields(value: float, *names: str) -> Confidence:
    """Return how sure a loader is that knows a file by names that stand in it."""
    return Confidence(value, message("it has the fields {names}", names=", ".join(names)))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the case file says about one file.

    Attributes:
        source_id: the id its rows carry.
        columns: for the generic loader, which column is which: ``account = "author"`` and so on.
        objects: for the generic loader, which column holds which kind of object: ``url = "url_id"``.
        settings: by the names of ``SETTINGS``.
    """

    source_id: str = "s1"
    columns: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = quiet


@dataclass(frozen=True, slots=True)
class Loader:
    """One export format.

    Attributes:
        name: the word a case file uses.
        title: the phrase a user reads.
        text: where such files come from and what they hold, one or two sentences.
        sniff: says how sure it is that a file is its own, None where it is not; never raises.
        read: reads the file; raises ``InputFileError`` where it cannot, and rejects single rows with a reason.
        formats: the declarations that it reads by, if it has any.
    """

    name: str
    title: str
    text: str
    sniff: Callable[[Head], Confidence | None]
    read: Callable[[Path, ReadOptions], Dataset]
    formats: tuple[TableFormat, ...] = ()
