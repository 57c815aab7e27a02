"""Delimited text (CSV, TSV) as a table of strings, exactly, with every row that could not be read and why.

Nothing is inferred: ``007`` and ``1e5`` stay as they are. A block of the file whose quoting and number of fields are
proved regular by counting goes to polars; any other block goes to the standard library's reader, which is slower and
takes everything. Both give the same rows, so which one read a block is never seen in the result.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW, Dialect
from forensics.loaders.reading.csv_records import (
    CsvProgress,
    Positions,
    csv_lines,
    others_of,
    positions_of,
    read_exactly,
)
from forensics.loaders.reading.quoted_lines import unquoted
from forensics.loaders.reading.text_decoding import check_utf8
from forensics.spool import Spool, Stored

Bytes = npt.NDArray[np.uint8]

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
_START = 1 << 16  # bytes in which the header is sought first
_MAX_CARRY = 1 << 28  # bytes without a line end before the exact reader takes over


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
    state = CsvProgress(rows, np.zeros(len(dialect.header), dtype=np.intp), offset=start)
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
            lines = csv_lines(name, _chain(head + carry, blocks), state.offset)
            read_exactly(lines, dialect, wanted, rejects, state)
            carry = b""
    if is_first:
        carry = _after_header(carry, dialect)
    if carry and not _read_one(name, carry, dialect, wanted, rejects, state):
        read_exactly(csv_lines(name, iter((carry,)), state.offset), dialect, wanted, rejects, state)
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


def _read_one(
    name: str, block: bytes, dialect: Dialect, wanted: list[str], rejects: Rejects, state: CsvProgress
) -> bool:
    """Read one block of whole records; False, and nothing read, where its records may not be whole after all."""
    ends = _regular_cells(block, dialect)
    if ends is None:
        return False
    n_rows = len(ends)
    if not n_rows:
        read_exactly(csv_lines(name, iter((block,)), state.offset), dialect, wanted, rejects, state)
    else:
        frame = _fast(name, block, dialect, wanted, state)
        if frame.height != n_rows:
            raise AssertionError(f"{name}: polars read {frame.height} rows where there are {n_rows}")
        state.rows.append(frame)
        state.n_rows += n_rows
        state.filled += _filled(block, ends, others_of(dialect, wanted))
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
    if ends.size % width:
        return irregular
    cells = ends.reshape(-1, width)
    # The last end of the block may lie behind it; it is a newline by what goes before.
    n_newlines = np.count_nonzero(data[ends[:-1]] == _NEWLINE) + 1
    lengths = np.diff(cells[:, -1], prepend=-1) - 1
    # A line of nothing is no row; in a table of one column it looks like an empty value.
    is_regular = n_newlines == len(cells) and (data[cells[:-1, -1]] == _NEWLINE).all()
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


def _fast(name: str, block: bytes, dialect: Dialect, wanted: list[str], state: CsvProgress) -> pl.DataFrame:
    """Read a regular block with polars."""
    names = [f"c{position}" for position in range(len(dialect.header))]
    header = dialect.delimiter.join(names).encode() + b"\n"
    picked = [names[position] for position in positions_of(dialect, wanted)]
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
