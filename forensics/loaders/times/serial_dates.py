"""Times that Excel shows as numbers: days since 30 December 1899, the hour in the fraction.

Source: ECMA-376 part 1, 18.17.4, dates in the 1900 system; Excel writes them so where a cell has lost its format.
"""

from __future__ import annotations

import polars as pl

from forensics import schema

_SERIAL = r"^([2-7]\d{4})(?:[.,](\d+))?$"
"""Serial dates of the years 1954 to 2118, with a comma where a spreadsheet is French or German."""

_PRECISE = 5
"""Digits of a fraction that tell seconds; four tell minutes."""


def are_serial_dates(values: pl.Series) -> bool:
    """Return whether text is such numbers for the most part, with hours in some; whole days may be any numbers."""
    return 2 * values.str.contains(_SERIAL).sum() > values.len() and bool(values.str.contains(r"[.,]\d{3}").any())


def read_serial_dates(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return times in UTC to the second and their precisions; null for what is no such number.

    Example: ``46145.58484954`` is 2026-05-03 14:02:11.
    """
    parts = text.to_frame("text").select(
        days=pl.col("text").str.extract(_SERIAL, 1).cast(pl.Int64), part=pl.col("text").str.extract(_SERIAL, 2)
    )
    seconds = (pl.format("0.{}", pl.col("part").fill_null("0")).cast(pl.Float64) * 86_400).round().cast(pl.Int64)
    moment = pl.datetime(1899, 12, 30, time_unit="us") + pl.duration(days="days", seconds=seconds)
    n_digits = pl.col("part").str.len_bytes()
    precision = (
        pl.when(n_digits.is_null())
        .then(pl.lit("day"))
        .when(n_digits < _PRECISE)
        .then(pl.lit("min"))
        .otherwise(pl.lit("s"))
    )
    return (
        parts.select(moment.cast(pl.Datetime("us"))).to_series(),
        parts.select(precision.cast(schema.PRECISION)).to_series(),
    )
