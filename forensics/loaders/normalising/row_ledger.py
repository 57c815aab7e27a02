"""The ledger of one file: each row that was read is kept, or is here with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from forensics import schema
from forensics.dataset import Dataset, Source
from forensics.errors import InputFileError
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.data_file import DataFile
from forensics.messages import Message, Text, as_message, message, read_fields, written_fields

EXCERPT = 200
"""Characters kept of the value at fault."""

_LOOKED_AT = 4 * EXCERPT
_CREDENTIAL = (
    r"(?i)((?:[\w-]*(?:token|secret|password|passwd|api_?-?key|authorization|cookie|session_?id)|ct0|bearer)"
    r"[\"']?\s*(?::|=|%3D)\s*[\"']?(?:bearer\s+)?)[^\"'\s&,;}]{6,}"
)
"""The value of a key that opens somebody's account, in JSON, in an address or in a heading of HTTP."""

_MASK = "[left out]"

_HELD = 50_000
"""Rows rejected one by one that are held before they become a frame, which needs less memory."""

_HOPELESS = 1_000_000
"""Rows rejected one by one, more than half of all, after which a file is not read on."""

_NO_TABLE = "{number} of the first {last} rows cannot be used, so the file is not read on. The latest: {reason}."


@dataclass(slots=True)
class Rejects:
    """The rows that are not kept; of several reasons for one row the first counts."""

    _reasons: dict[int, tuple[Text, str | None]] = field(default_factory=dict)
    _frames: list[pl.DataFrame] = field(default_factory=list)
    _last: int = 0

    def __len__(self) -> int:
        """Return how many rows are rejected."""
        return len(self._reasons) + sum(frame.height for frame in self._frames)

    def __contains__(self, row: int) -> bool:
        """Return whether a row is rejected."""
        return row in self._reasons or any(row in frame["row"] for frame in self._frames)

    def add(self, row: int, reason: Text, excerpt: str | None = None) -> None:
        """Reject one row."""
        if row <= self._last and row in self:
            return
        self._reasons[row] = reason, None if excerpt is None else _masked(excerpt)
        self._last = max(self._last, row)
        if len(self._reasons) >= _HELD:
            self._frames.append(self._held())
            self._reasons.clear()
            if _HOPELESS < len(self) > self._last / 2:
                number, last = len(self), self._last
                raise InputFileError(_NO_TABLE, number=number, last=last, reason=reason)

    def add_all(self, rows: Iterable[int], reason: Text, excerpts: Iterable[str | None]) -> None:
        """Reject rows for one reason, each with its own value."""
        numbers = list(rows)
        if not numbers:
            return
        key, fields = as_message(reason).key, written_fields(reason)
        values = {"row": numbers, "reason": key, "excerpt": list(excerpts), "fields": fields}
        self.add_frame(pl.DataFrame(values, schema=schema.REJECTED.schema))

    def add_frame(self, rows: pl.DataFrame) -> None:
        """Reject rows, of which there may be millions.

        Args:
            rows: ``schema.REJECTED``, each row once.
        """
        if rows.is_empty():
            return
        first, last = rows.select(pl.col("row").min().alias("first"), pl.col("row").max().alias("last")).row(0)
        if first <= self._last:
            rows = self.left(rows, "row")
        shown = pl.col("excerpt").str.slice(0, _LOOKED_AT).str.replace_all(_CREDENTIAL, f"${{1}}{_MASK}")
        self._frames.append(rows.select("row", "reason", shown.str.slice(0, EXCERPT), "fields"))
        self._last = max(self._last, last)

    def left(self, rows: pl.DataFrame, column: str) -> pl.DataFrame:
        """Return the rows of a frame that are not rejected; ``column`` has their numbers."""
        return rows.join(self.frame(), left_on=column, right_on="row", how="anti", maintain_order="left")

    def frame(self) -> pl.DataFrame:
        """Return ``schema.REJECTED``, in the order of the file."""
        return pl.concat([self._held(), *self._frames]).sort("row")

    def _held(self) -> pl.DataFrame:
        """Return the rows that were rejected one by one and are in no frame yet."""
        return pl.DataFrame(
            {
                "row": list(self._reasons),
                "reason": [as_message(reason).key for reason, _ in self._reasons.values()],
                "excerpt": [excerpt for _, excerpt in self._reasons.values()],
                "fields": [written_fields(reason) for reason, _ in self._reasons.values()],
            },
            schema=schema.REJECTED.schema,
        )


def _masked(excerpt: str) -> str:
    """Return an excerpt, not too long, without keys: a report is published, and a key in it can be used."""
    return re.sub(_CREDENTIAL, rf"\g<1>{_MASK}", excerpt[:_LOOKED_AT])[:EXCERPT]


def source(
    file: DataFile,
    loader: str,
    options: ReadOptions,
    n_rows: int,
    rejects: Rejects,
    notes: Iterable[Text],
    unmapped: FieldCount,
) -> Source:
    """Close a file's ledger.

    Args:
        loader: the name of the loader.
        n_rows: rows of data in the file.
        rejects: those that were not kept.
        notes: messages; of equal ones the first is kept.
        unmapped: the fields that no table has room for.
    """
    return Source(
        source_id=options.source_id,
        name=file.name,
        sha256=file.sha256,
        n_bytes=file.n_bytes,
        loader=loader,
        rows_read=n_rows,
        rows_kept=n_rows - len(rejects),
        rejected=rejects.frame(),
        notes=tuple(dict.fromkeys(map(as_message, notes))),
        unmapped=unmapped.most_first(),
        n_looked=unmapped.n_looked,
    )


def reasons(rejected: pl.DataFrame) -> tuple[tuple[Message, int], ...]:
    """Count the reasons, the most first; those that differ only in a number are one, with the first one's values."""
    counted = (
        rejected.with_columns(_kind=kind_of("fields"))
        .group_by("reason", "_kind", maintain_order=True)
        .agg(pl.len().alias("n"), pl.col("fields").first())
        .sort("n", "reason", "_kind", descending=[True, False, False])
    )
    return tuple(
        (read_fields(key, fields), n) for key, fields, n in counted.select("reason", "fields", "n").iter_rows()
    )


def kind_of(fields: str) -> pl.Expr:
    """Return a column of reasons' values without the numbers: reasons that differ in a number only are one kind."""
    return pl.col(fields).str.replace_all(r": ?\d+", ":").fill_null("")


def readable(rejected: pl.DataFrame) -> pl.DataFrame:
    """Return rejected rows with their reasons as sentences in English, which need no values beside them."""
    filled = (str(read_fields(key, fields)) for key, fields in rejected.select("reason", "fields").iter_rows())
    return rejected.with_columns(reason=pl.Series(list(filled), dtype=pl.String)).drop("fields")


def refuse_empty(dataset: Dataset) -> Dataset:
    """Return a data set in which every file that has rows has one that is kept.

    Raises:
        InputFileError: every row of a file was rejected; the message gives the commonest reason.
    """
    for read in dataset.sources:
        if not read.rows_read or read.rows_kept:
            continue
        reason, number = reasons(read.rejected)[0]
        values = read.rejected.filter(pl.col("reason") == reason.key)["excerpt"].drop_nulls()
        example = message(", such as '{value}'", value=values[0]) if values.len() else ""
        raise InputFileError(
            "{name}: none of its {rows} rows can be used. The commonest reason ({number} rows): {reason}{example}.",
            name=read.name,
            rows=read.rows_read,
            number=number,
            reason=reason,
            example=example,
        )
    return dataset
