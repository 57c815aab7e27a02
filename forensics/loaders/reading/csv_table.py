"""Delimited text (CSV, TSV) as a table of strings, exactly, with every row that could not be read and why.

Nothing is inferred: ``007`` and ``1e5`` stay as they are. A block of the file whose quoting and number of fields are
proved regular by counting goes to polars; any other block goes to the standard library's reader, which is slower and
takes everything. Both give the same rows, so which one read a block is never seen in the result.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW, Dialect
from forensics.loaders.reading.quoted_lines import unquoted
from forensics.loaders.reading.text_decoding import check_utf8
from forensics.messages import Message, message
from forensics.spool import Spool, Stored

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.intp]

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
_BATCH = 50_000
_START = 1 << 16  # bytes in which the header is sought first
_MAX_CARRY = 1 << 28  # bytes without a line end before the exact reader takes over
_MAX_RECORD = 1 << 27  # bytes that one record takes before its quote counts as never closed
_LINE = 50  # of which a line takes so many besides its characters
_MAX_RESYNCS = 50
csv.field_size_limit(2**31 - 1)


@dataclass(slots=True)
class _Progress:
    """Where the reading stands."""

    rows: Spool
    filled: Positions
    n_rows: int = 0
    offset: int = 0


def read_blocks(
    name: str,
    blocks: Iterator[bytes],
    dialect: Dialect,
    keep: Collection[str],
    rejects: Rejects,
    unmapped: FieldCount,
    start: int = 0,
) -> tuple[Stored, int]:
    """Read a file's blocks into one table of strings.

    Args:
        name: the file's name, for errors.
        blocks: UTF-8, from the file's first byte on, the header included.
        dialect: from ``sniff_dialect``.
        keep: the columns wanted.
        rejects: receives the rows that could not be read.
        unmapped: receives how many rows have a value in each of the other columns.
        start: bytes before the first block, such as a byte order mark.

    Returns:
        The table, columns ``_row`` and those of ``keep`` in the header's order; and the rows read.

    Raises:
        InputFileError: a byte is not UTF-8.
    """
    kept = frozenset(keep)
    wanted = [column for column in dialect.header if column in kept]
    rows = Spool(pl.Schema({ROW: pl.Int64, **dict.fromkeys(wanted, pl.String)}))
    state = _Progress(rows, np.zeros(len(dialect.header), dtype=np.intp), offset=start)
    carry, is_first = b"", True
    blocks = unquoted(blocks) if dialect.is_quoted else blocks
    for block in blocks:
        carry += block
        cut = _boundary(carry)
        if cut == 0 and len(carry) < _MAX_CARRY:
            continue
        if is_first:
            rest = _after_header(carry, dialect)
            if len(rest) < len(carry) - cut or not rest:
                continue  # the header, or what is above it, goes on in the next block
            state.offset += len(carry) - len(rest)
            carry, is_first = rest, False
            cut = _boundary(carry)
        head, carry = carry[:cut], carry[cut:]
        if not cut or not _read_one(name, head, dialect, wanted, rejects, state):
            lines = _lines(name, _chain(head + carry, blocks), state.offset)
            _read_exactly(lines, dialect, wanted, rejects, state)
            carry = b""
    if is_first:
        carry = _after_header(carry, dialect)
    if carry and not _read_one(name, carry, dialect, wanted, rejects, state):
        _read_exactly(_lines(name, iter((carry,)), state.offset), dialect, wanted, rejects, state)
    unmapped.add_columns(dialect.header, state.filled.tolist(), wanted, state.n_rows)
    return state.rows.finish(), state.n_rows


def _chain(rest: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield rest
    yield from blocks


def _boundary(block: bytes) -> int:
    """Return the length of the block's whole records: up to a line end with an even number of quotes before it."""
    end = len(block)
    n_quotes = block.count(b'"')
    for _ in range(1000):
        cut = block.rfind(b"\n", 0, end)
        if cut < 0:
            return 0
        n_quotes -= block.count(b'"', cut, end)
        if n_quotes % 2 == 0:
            return cut + 1
        end = cut
    return 0


def _after_header(block: bytes, dialect: Dialect) -> bytes:
    """Return the block without the header's record, those above it and Excel's hint line."""
    start = block[: block.rfind(b"\n", 0, _START) + 1]
    rest = _below_header(start, dialect)
    return rest + block[len(start) :] if rest else _below_header(block, dialect)


def _below_header(block: bytes, dialect: Dialect) -> bytes:
    """Do what ``_after_header`` does; nothing is left where the header ends with the block, or behind it."""
    text = block.decode("utf-8", "surrogateescape")
    lines = io.StringIO(text, newline="")
    if text[:4].lower() == "sep=":
        lines.readline()
    if dialect.n_above < 0:
        return lines.read().encode("utf-8", "surrogateescape")
    n_left = dialect.n_above
    for row in csv.reader(iter(lines.readline, ""), delimiter=dialect.delimiter, escapechar=dialect.escape):
        if row and not n_left:
            break
        n_left -= bool(row)
    return lines.read().encode("utf-8", "surrogateescape")


def _read_one(name: str, block: bytes, dialect: Dialect, wanted: list[str], rejects: Rejects, state: _Progress) -> bool:
    """Read one block of whole records; False, and nothing read, where its records may not be whole after all."""
    ends = _regular_cells(block, dialect)
    if ends is None:
        return False
    n_rows = len(ends)
    if not n_rows:
        _read_exactly(_lines(name, iter((block,)), state.offset), dialect, wanted, rejects, state)
    else:
        frame = _fast(name, block, dialect, wanted, state)
        if frame.height != n_rows:
            raise AssertionError(f"{name}: polars read {frame.height} rows where there are {n_rows}")
        state.rows.append(frame)
        state.n_rows += n_rows
        state.filled += _filled(block, ends, _others(dialect, wanted))
    state.offset += len(block)
    return True


def _regular_cells(block: bytes, dialect: Dialect) -> Positions | None:
    """Find the cells of a block that any reader would read alike.

    Returns:
        The places where the cells end, shape (rows, columns), where each row has the header's number of fields; no rows
        where only the quoting is regular; None where a quote stands in the middle of a field, so that not even the ends
        of rows are sure.
    """
    width = len(dialect.header)
    irregular = np.empty((0, width), dtype=np.intp)
    if not block:
        return irregular
    if dialect.escape and dialect.escape.encode() in block:
        return None
    data = np.frombuffer(block, dtype=np.uint8)
    delimiter = ord(dialect.delimiter)
    ends = np.flatnonzero((data == delimiter) | (data == _NEWLINE))
    if b'"' in block:
        quotes = np.flatnonzero(data == _QUOTE)
        if quotes.size % 2 or not _quotes_are_regular(data, quotes, delimiter):
            return None
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    returns = block.count(b"\r")
    if (returns and returns != block.count(b"\r\n")) or dialect.signature in block:
        return irregular
    if data[-1] != _NEWLINE:
        ends = np.append(ends, data.size)
    cells = ends[: ends.size - ends.size % width].reshape(-1, width)
    # The last end of the block may lie behind it; it is a newline by what goes before.
    is_newline = (data[cells.clip(max=data.size - 1)] == _NEWLINE) | (cells == data.size)
    lengths = cells[:, -1] - np.concatenate(([-1], cells[:-1, -1])) - 1
    # A line of nothing is no row; in a table of one column it looks like an empty value.
    is_regular = ends.size % width == 0 and is_newline[:, -1].all() and not is_newline[:, :-1].any()
    return cells if is_regular and (lengths > (1 if returns else 0)).all() else irregular


def _filled(block: bytes, ends: Positions, others: list[int]) -> Positions:
    """Count the cells of some columns in which something stands; of the rest 0."""
    counted = np.zeros(ends.shape[1], dtype=np.intp)
    if not others:
        return counted
    data = np.frombuffer(block, dtype=np.uint8)
    begins = np.concatenate(([-1], ends.ravel()[:-1])).reshape(ends.shape) + 1
    lengths = ends - begins
    lengths[:, -1] -= data[ends[:, -1] - 1] == _RETURN
    is_filled = lengths[:, others] > 0
    if b'""' in block:
        is_filled &= ~((lengths[:, others] == 2) & (data[begins[:, others].clip(max=data.size - 1)] == _QUOTE))
    counted[others] = is_filled.sum(axis=0)
    return counted


def _others(dialect: Dialect, wanted: list[str]) -> list[int]:
    """Return the places of the columns that are not read."""
    return [place for place, column in enumerate(dialect.header) if column not in wanted]


def _quotes_are_regular(data: Bytes, quotes: Positions, delimiter: int) -> bool:
    """Return whether each quote opens a field, closes one, or stands doubled within one."""
    opens, closes = np.zeros(256, dtype=np.bool_), np.zeros(256, dtype=np.bool_)
    opens[[delimiter, _NEWLINE, _QUOTE]] = True
    closes[[delimiter, _NEWLINE, _RETURN, _QUOTE]] = True
    first, last = quotes[0::2], quotes[1::2]
    starts_block, ends_block = first[0] == 0, last[-1] == data.size - 1
    before = data[first[1:] - 1 if starts_block else first - 1]
    after = data[last[:-1] + 1 if ends_block else last + 1]
    return bool(opens[before].all() and closes[after].all())


def _fast(name: str, block: bytes, dialect: Dialect, wanted: list[str], state: _Progress) -> pl.DataFrame:
    """Read a regular block with polars."""
    names = [f"c{position}" for position in range(len(dialect.header))]
    header = dialect.delimiter.join(names).encode() + b"\n"
    picked = [names[position] for position in _positions(dialect, wanted)]
    try:
        frame = pl.read_csv(
            header + block, separator=dialect.delimiter, infer_schema=False, columns=picked or names[:1]
        )
    except pl.exceptions.PolarsError:
        check_utf8(name, block, state.offset)
        raise
    numbered = frame.select(
        pl.int_range(state.n_rows + 1, state.n_rows + 1 + pl.len(), dtype=pl.Int64).alias(ROW), *picked
    )
    if b'""' in block:
        numbered = numbered.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in picked)
    return numbered.rename(dict(zip(picked, wanted, strict=True)))


def _positions(dialect: Dialect, wanted: list[str]) -> list[int]:
    """Return where columns stand in the header, whose names are distinct."""
    positions = {column: position for position, column in enumerate(dialect.header)}
    return [positions[column] for column in wanted]


def _lines(name: str, blocks: Iterator[bytes], offset: int) -> Iterator[str]:
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


def _read_exactly(
    lines: Iterator[str], dialect: Dialect, wanted: list[str], rejects: Rejects, state: _Progress
) -> None:
    """Read any lines with the standard library, in batches, and reject the rows that do not fit the header."""
    picked = _positions(dialect, wanted)
    others = _others(dialect, wanted)
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


def _records(feed: _Feed, dialect: Dialect, rejects: Rejects, state: _Progress) -> Iterator[list[str]]:
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
