"""The records of delimited text read one by one, exactly: what no fast reader takes, and why a row cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.reading.csv_dialect import ROW, Dialect
from forensics.loaders.reading.text_decoding import check_utf8
from forensics.messages import Message, message
from forensics.spool import Spool

csv.field_size_limit(2**31 - 1)

Positions = npt.NDArray[np.intp]
_BATCH = 50_000
_MAX_RECORD = 1 << 27  # bytes that one record takes before its quote counts as never closed
_LINE = 50  # of which a line takes so many besides its characters
_MAX_RESYNCS = 50


@dataclass(slots=True)
class CsvProgress:
    """Where the reading stands."""

    rows: Spool
    filled: Positions
    n_rows: int = 0
    offset: int = 0


def others_of(dialect: Dialect, wanted: list[str]) -> list[int]:
    """Return the places of the columns that are not read."""
    return [place for place, column in enumerate(dialect.header) if column not in wanted]


def positions_of(dialect: Dialect, wanted: list[str]) -> list[int]:
    """Return where columns stand in the header, whose names are distinct."""
    positions = {column: position for position, column in enumerate(dialect.header)}
    return [positions[column] for column in wanted]


def csv_lines(name: str, blocks: Iterator[bytes], offset: int) -> Iterator[str]:
    """Yield a stream's lines with their ends, which may be CR alone."""
    carry = b""
    for block in blocks:
        data = carry + block
        cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1
        if cut == 0:
            carry = data
            continue
        check_utf8(name, data[:cut], offset)
        offset += cut
        yield from io.StringIO(data[:cut].decode("utf-8"), newline="")
        carry = data[cut:]
    if carry:
        check_utf8(name, carry, offset)
        yield from io.StringIO(carry.decode("utf-8"), newline="")


@dataclass(slots=True)
class _Feed:
    """Hands lines to the reader and keeps those of the record it is in, to start again behind a quote never closed."""

    source: Iterator[str]
    again: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    n_held: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.n_held > _MAX_RECORD:
            raise StopIteration
        line = self.again.pop() if self.again else next(self.source)
        self.held.append(line)
        self.n_held += len(line) + _LINE
        return line

    def take(self) -> list[str]:
        """Return the lines of the record that has just ended."""
        lines, self.held, self.n_held = self.held, [], 0
        return lines


def read_exactly(
    lines: Iterator[str], dialect: Dialect, wanted: list[str], rejects: Rejects, state: CsvProgress
) -> None:
    """Read any lines with the standard library, in batches, and reject the rows that do not fit the header."""
    picked = positions_of(dialect, wanted)
    others = others_of(dialect, wanted)
    rows: list[tuple[int, list[str]]] = []
    for row in _records(_Feed(lines), dialect, rejects, state):
        if len(row) != len(dialect.header):
            rejects.add(state.n_rows, _ragged(row, dialect), dialect.delimiter.join(row))
        elif row[0].lstrip("\ufeff") == dialect.raw_header[0] and tuple(row[1:]) == dialect.raw_header[1:]:
            rejects.add(state.n_rows, "the header repeated", "")
        else:
            rows.append((state.n_rows, [row[i] for i in picked]))
            state.filled[[at for at in others if row[at]]] += 1
        if len(rows) == _BATCH:
            state.rows.append(_frame(rows, wanted))
            rows.clear()
    if rows:
        state.rows.append(_frame(rows, wanted))


def _records(feed: _Feed, dialect: Dialect, rejects: Rejects, state: CsvProgress) -> Iterator[list[str]]:
    """Yield the records, counting each; a quote that is never closed costs its own line and no more."""
    for _ in range(_MAX_RESYNCS):
        pending: list[str] = []
        tail: list[str] = []
        for row in csv.reader(feed, delimiter=dialect.delimiter, escapechar=dialect.escape):
            if pending:
                state.n_rows += 1
                yield pending
            pending, tail = row, feed.take()
        tail += feed.take()
        if not tail:
            return
        state.n_rows += bool(pending)
        if _is_closed(tail, dialect):
            if pending:
                yield pending
            return
        rejects.add(state.n_rows, "a quote opened in this line is never closed", tail[0])
        feed.again.extend(reversed(tail[1:]))
    for line in feed:
        feed.take()
        if not line.strip("\r\n"):
            continue
        state.n_rows += 1
        if '"' in line:
            rejects.add(state.n_rows, "too many quotes before this line are never closed", line)
        else:
            yield next(csv.reader([line], delimiter=dialect.delimiter))


def _is_closed(held: list[str], dialect: Dialect) -> bool:
    """Return whether a record's lines end outside quotes."""
    try:
        for _ in csv.reader(iter(held), delimiter=dialect.delimiter, escapechar=dialect.escape, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" not in str(error)
    return True


def _ragged(row: list[str], dialect: Dialect) -> Message:
    more, fewer = "{found} fields, more than the header's {named}", "{found} fields, fewer than the header's {named}"
    return message(more if len(row) > len(dialect.header) else fewer, found=len(row), named=len(dialect.header))


def _frame(rows: list[tuple[int, list[str]]], wanted: list[str]) -> pl.DataFrame:
    numbers = pl.Series(ROW, [number for number, _ in rows], dtype=pl.Int64)
    cells = zip(*(row for _, row in rows), strict=True) if wanted else ()
    columns = [pl.Series(column, values, dtype=pl.String) for column, values in zip(wanted, cells, strict=True)]
    frame = pl.DataFrame([numbers, *columns])
    return frame.with_columns(pl.when(pl.col(column) != "").then(pl.col(column)) for column in wanted)
