"""Parquet as a frame of strings: whole numbers become their digits, and what is no exact id is refused."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.dialect import ROW

__all__ = ["parquet_columns", "read_parquet"]

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


def read_parquet(path: Path, wanted: Collection[str], notes: list[str]) -> pl.DataFrame:
    """Read columns of a Parquet file with its row numbers.

    Args:
        path: the file.
        wanted: columns it has.
        notes: receives what was done to floating-point columns.

    Returns:
        ``_row`` and the columns; strings, but for dates, times and lists of strings.

    Raises:
        InputFileError: it is damaged, or a wanted column is of a kind that cannot be read as text exactly.
    """
    names = [name for name in parquet_columns(path) if name in set(wanted)]
    try:
        frame = pl.read_parquet(path, columns=names or None)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(path, error) from error
    columns = [_as_text(path, frame[name], notes) for name in names]
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias(ROW)
    return pl.DataFrame([numbers, *columns])


def _as_text(path: Path, column: pl.Series, notes: list[str]) -> pl.Series:
    """Return a column as strings, or as it is where it holds times or lists."""
    dtype = column.dtype
    if dtype.is_temporal():
        return column
    if isinstance(dtype, pl.List):
        return column.cast(pl.List(pl.String))
    if dtype.is_float():
        return _whole(path, column, notes)
    if dtype in (pl.Binary, pl.Object) or isinstance(dtype, pl.Struct):
        raise InputFileError(f"The column '{column.name}' of {path.name} holds {dtype}, which cannot be read as text.")
    text = column.cast(pl.String)
    return pl.select(pl.when(text != "").then(text).alias(column.name)).to_series()


def _whole(path: Path, column: pl.Series, notes: list[str]) -> pl.Series:
    """Return a floating-point column as strings: whole numbers without a point, while they are still exact."""
    values = column.drop_nulls()
    values = values.filter(values.is_finite())
    if (values == values.round()).all():
        if (values.abs() >= _EXACT).any():
            raise InputFileError(
                f"The column '{column.name}' of {path.name} holds long ids as floating-point numbers, which has "
                "damaged their last digits. Export the file again with that column as text."
            )
        notes.append(f"The column '{column.name}' holds whole numbers as floating point; they were read exactly.")
        whole = pl.when(column.is_finite()).then(column).cast(pl.Int64).cast(pl.String)
        return pl.select(whole.alias(column.name)).to_series()
    text = column.cast(pl.String)
    return pl.select(pl.when(column.is_finite()).then(text).alias(column.name)).to_series()


def _damaged(path: Path, error: Exception) -> InputFileError:
    return InputFileError(f"{path.name} is a damaged Parquet file: {str(error).splitlines()[0]}. Fetch it again.")
