"""Parquet as a table of strings: whole numbers become their digits, and what is no exact id is refused.

What a column holds within others is a column too, under its dotted path such as ``user.id``. A damaged file can end the
process that reads it, so each is first read to its end by a process of its own (``parquet_trial``).
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading import parquet_trial
from forensics.loaders.reading.csv_dialect import ROW
from forensics.messages import Message, Text, message
from forensics.spool import Spool, Stored

_ROWS = 250_000
_EXACT = 2**53
"""From here on a 64-bit float no longer tells neighbouring whole numbers apart."""

_Errors = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
"""A panic of polars is no ``Exception``."""


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the column names of a Parquet file, a struct's fields by their paths.

    Raises:
        InputFileError: it is damaged.
    """
    return tuple(_leaves(path))


def parquet_start(path: Path, n_rows: int) -> pl.DataFrame:
    """Return the first rows as strings, lists and dates, every column.

    Raises:
        InputFileError: it is damaged.
    """
    leaves = _leaves(path)
    try:
        whole = pl.scan_parquet(path, glob=False).head(n_rows)
        readable = {name: found for name, found in leaves.items() if not _is_opaque(found[1])}
        return whole.select(_as_text(name, *found) for name, found in readable.items()).collect()
    except _Errors as error:
        raise _damaged(path, error) from error


def read_parquet(path: Path, wanted: Collection[str], notes: list[Text], unmapped: FieldCount) -> Stored:
    """Read columns of a Parquet file with its row numbers.

    Args:
        wanted: columns it has.
        notes: receives what was done to floating-point columns.
        unmapped: receives how many rows have a value in each of the other columns.

    Returns:
        ``_row`` and the columns; strings, but for dates, times and lists of strings.

    Raises:
        InputFileError: it is damaged, or a wanted column is of a kind that cannot be read as text exactly.
    """
    leaves = _leaves(path)
    try:
        whole = pl.scan_parquet(path, glob=False)
        height = int(whole.select(pl.len()).collect().item())
        others = [name for name in leaves if name not in set(wanted)]
        filled = whole.select(leaves[n][0].count().alias(n) for n in others).collect().row(0) if others else ()
        unmapped.add_columns(others, filled, (), height)
        texts = []
        for name, (column, dtype) in leaves.items():
            if name not in set(wanted):
                continue
            if _is_opaque(dtype):
                raise InputFileError(
                    "The column '{name}' of {file} holds {dtype}, which cannot be read as text.",
                    name=name,
                    file=path.name,
                    dtype=dtype,
                )
            if dtype.is_float():
                texts.append(_number(path, name, column, whole, notes))
            else:
                texts.append(_as_text(name, column, dtype))
        numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW)
        rows = Spool(whole.select(numbers, *texts).collect_schema())
        for start in range(0, height, _ROWS):
            part = whole.slice(start, _ROWS).select(numbers + start, *texts)
            rows.append(part.collect())
    except _Errors as error:
        raise _damaged(path, error) from error
    return rows.finish()


def _leaves(path: Path) -> dict[str, tuple[pl.Expr, pl.DataType]]:
    """Return the columns of a file that is sound, a struct's fields by their paths: how to get at each, and its type.

    Raises:
        InputFileError: it is damaged.
    """
    prove([path])
    leaves: dict[str, tuple[pl.Expr, pl.DataType]] = {}

    def add(name: str, column: pl.Expr, dtype: pl.DataType) -> None:
        inner = dtype.inner if isinstance(dtype, pl.List) else dtype
        if not isinstance(inner, pl.Struct):
            leaves.setdefault(name, (column, dtype))
            return
        for entry in inner.fields:
            if isinstance(dtype, pl.List):
                each = column.list.eval(pl.element().struct.field(entry.name))
                add(f"{name}.{entry.name}", each, pl.List(entry.dtype))
            else:
                add(f"{name}.{entry.name}", column.struct.field(entry.name), cast("pl.DataType", entry.dtype))

    for name, dtype in pl.scan_parquet(path, glob=False).collect_schema().items():
        add(name, pl.col(name), dtype)
    return leaves


def prove(paths: Sequence[Path], most_cells: float = math.inf) -> None:
    """Read files to their end where that can end no process but its own, once for each as it is.

    Args:
        paths: of Parquet files.
        most_cells: a file that claims to hold more is not read: its reader has to refuse it.

    Raises:
        InputFileError: one is damaged, or is not there.
    """
    there = []
    for path in paths:
        try:
            seen = path.stat()
        except OSError as error:
            raise _damaged(path, error) from error
        there.append((path.absolute(), seen.st_size, seen.st_mtime_ns))
    if there:
        _prove(tuple(there), most_cells)


@lru_cache(maxsize=1024)
def _prove(files: tuple[tuple[Path, int, int], ...], most_cells: float) -> None:
    for path, n_bytes, _ in files:
        with path.open("rb") as file:
            file.seek(max(0, n_bytes - 4))
            if file.read() != b"PAR1":
                raise _damaged(path, Message("it ends in the middle"))
    command = [sys.executable, "-P", parquet_trial.__file__, str(most_cells)]
    names = b"".join(os.fsencode(path) + b"\0" for path, _, _ in files)
    tried = subprocess.run(command, input=names, capture_output=True, check=False)  # noqa: S603  our own program
    if tried.returncode:
        begun, reason = _culprit(tried.stdout.decode("utf-8", "replace").splitlines())
        raise _damaged(files[begun][0], reason)


def _culprit(lines: list[str]) -> tuple[int, Text]:
    """Return the number of the file that ended a trial, and why, from the lines that the trial wrote."""
    numbers = [number for number, line in enumerate(lines) if line == str(number)]
    begun = numbers[-1] if numbers else 0
    return begun, "".join(lines[begun + 1 : begun + 2]) or Message("reading it ends the program")


def _is_opaque(dtype: pl.DataType) -> bool:
    inner = dtype.inner if isinstance(dtype, pl.List) else dtype
    return inner in (pl.Binary, pl.Object) or isinstance(inner, pl.Struct | pl.List)


def _as_text(name: str, column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return a column as strings, or as it is where it holds times or lists."""
    if dtype.is_temporal():
        return column.alias(name)
    if isinstance(dtype, pl.List):
        return column.cast(pl.List(pl.String)).alias(name)
    text = column.cast(pl.String)
    return pl.when(text != "").then(text).alias(name)


def _number(path: Path, name: str, column: pl.Expr, whole: pl.LazyFrame, notes: list[Text]) -> pl.Expr:
    """Return a floating-point column as strings: whole numbers without a point, while they are still exact."""
    known = whole.select(column.filter(column.is_finite()).alias("known"))
    is_whole, is_long = (
        known.select(
            (pl.col("known") == pl.col("known").round()).all().alias("whole"),
            (pl.col("known").abs() >= _EXACT).any().alias("long"),
        )
        .collect()
        .row(0)
    )
    if is_whole and is_long:
        raise InputFileError(
            "The column '{name}' of {file} holds long ids as floating-point numbers, which has "
            "damaged their last digits. Export the file again with that column as text.",
            name=name,
            file=path.name,
        )
    if not is_whole:
        return pl.when(column.is_finite()).then(column.cast(pl.String)).alias(name)
    notes.append(
        message("The column '{name}' holds whole numbers as floating point; they were read exactly.", name=name)
    )
    return pl.when(column.is_finite()).then(column).cast(pl.Int64).cast(pl.String).alias(name)


def _damaged(path: Path, error: BaseException | Text) -> InputFileError:
    reason = error if isinstance(error, Message) else str(error).partition("\n")[0]
    return InputFileError("{file} is a damaged Parquet file: {error}. Fetch it again.", file=path.name, error=reason)
