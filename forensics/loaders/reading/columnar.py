"""Parquet as a table of strings: whole numbers become their digits, and what is no exact id is refused."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.unmapped import FieldCount
from forensics.spool import Spool, Stored

__all__ = ["parquet_columns", "read_parquet"]

_ROWS = 250_000

_EXACT = 2**53
"""Above this a 64-bit float no longer tells neighbouring whole numbers apart."""


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the column names of a Parquet file.

    Raises:
        InputFileError: it is damaged.
    """
    try:
        return tuple(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(path, error) from error


def read_parquet(path: Path, wanted: Collection[str], notes: list[str], unmapped: FieldCount) -> Stored:
    """Read columns of a Parquet file with its row numbers.

    Args:
        path: the file.
        wanted: columns it has.
        notes: receives what was done to floating-point columns.
        unmapped: receives how many rows have a value in each of the other columns.

    Returns:
        ``_row`` and the columns; strings, but for dates, times and lists of strings.

    Raises:
        InputFileError: it is damaged, or a wanted column is of a kind that cannot be read as text exactly.
    """
    names = [name for name in parquet_columns(path) if name in set(wanted)]
    try:
        whole = pl.scan_parquet(path)
        height = int(whole.select(pl.len()).collect().item())
        others = [name for name in parquet_columns(path) if name not in set(names)]
        filled = whole.select(pl.col(name).count() for name in others).collect().row(0) if others else ()
        unmapped.add_columns(others, filled, (), height)
        texts = [
            _as_text(path, name, dtype, whole, notes) for name, dtype in whole.select(names).collect_schema().items()
        ]
        numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW)
        rows = Spool(whole.select(numbers, *texts).collect_schema())
        for start in range(0, height, _ROWS):
            part = whole.slice(start, _ROWS).select(numbers + start, *texts)
            rows.append(part.collect())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(path, error) from error
    return rows.finish()


def _as_text(path: Path, name: str, dtype: pl.DataType, whole: pl.LazyFrame, notes: list[str]) -> pl.Expr:
    """Return a column as strings, or as it is where it holds times or lists."""
    column = pl.col(name)
    if dtype.is_temporal():
        return column
    if isinstance(dtype, pl.List):
        return column.cast(pl.List(pl.String))
    if dtype.is_float():
        return _number(path, name, whole, notes)
    if dtype in (pl.Binary, pl.Object) or isinstance(dtype, pl.Struct):
        raise InputFileError(f"The column '{name}' of {path.name} holds {dtype}, which cannot be read as text.")
    text = column.cast(pl.String)
    return pl.when(text != "").then(text).alias(name)


def _number(path: Path, name: str, whole: pl.LazyFrame, notes: list[str]) -> pl.Expr:
    """Return a floating-point column as strings: whole numbers without a point, while they are still exact."""
    column = pl.col(name)
    known = whole.select(column.filter(column.is_finite()))
    is_whole, is_long = (
        known.select((column == column.round()).all().alias("whole"), (column.abs() >= _EXACT).any().alias("long"))
        .collect()
        .row(0)
    )
    if is_whole and is_long:
        raise InputFileError(
            f"The column '{name}' of {path.name} holds long ids as floating-point numbers, which has damaged their "
            "last digits. Export the file again with that column as text."
        )
    if not is_whole:
        return pl.when(column.is_finite()).then(column.cast(pl.String)).alias(name)
    notes.append(f"The column '{name}' holds whole numbers as floating point; they were read exactly.")
    return pl.when(column.is_finite()).then(column).cast(pl.Int64).cast(pl.String).alias(name)


def _damaged(path: Path, error: Exception) -> InputFileError:
    return InputFileError(f"{path.name} is a damaged Parquet file: {str(error).splitlines()[0]}. Fetch it again.")
