"""Google's political advertising, ``google-political-ads-creative-stats.csv``: one row for each advertisement.

Spending and impressions are ranges, in many currencies at once, of which the one in US dollars is read. Where a range
has no upper end, none is given.

Source: https://transparencyreport.google.com/political-ads, readme of the downloadable bundle.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.assembly import dataset_from_payments
from forensics.loaders.shaping.columns import read_columns
from forensics.loaders.shaping.values import as_number
from forensics.loaders.times.time_columns import side_rule

__all__ = ["LOADER"]

_NEEDED = ("Ad_ID", "Advertiser_ID", "Advertiser_Name", "Date_Range_Start", "Date_Range_End", "Spend_Range_Min_USD")
_ALSO = ("Spend_Range_Max_USD", "Impressions", "Regions")
_UNITS = {"k": 1_000.0, "m": 1_000_000.0, "b": 1_000_000_000.0}
_NUMBER = r"(\d+(?:\.\d+)?)\s*([kKmMbB]?)"


def sniff(head: Head) -> Confidence | None:
    """Accept a table with the bundle's columns."""
    if set(_NEEDED) <= set(head.columns):
        return by_fields(0.95, *_NEEDED)
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read the advertisements; ``camp`` among the settings is given to each.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_columns(path, options, _NEEDED, _ALSO)
    low = as_number(pl.col("Spend_Range_Min_USD"), 0)
    table.reject(low.is_null(), "unreadable amount in 'Spend_Range_Min_USD'", pl.col("Spend_Range_Min_USD"))
    table.notes.append("Amounts are Google's ranges in US dollars.")
    start, end = (side_rule(name, table.pieces(name)) for name in ("Date_Range_Start", "Date_Range_End"))

    def money(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(
            payment_id="Ad_ID",
            payer="Advertiser_Name",
            account_id="Advertiser_ID",
            started_at=start(rows["Date_Range_Start"]),
            ended_at=end(rows["Date_Range_End"]),
            amount_low=low,
            amount_high=as_number(pl.col("Spend_Range_Max_USD"), 0),
            currency=pl.lit("USD"),
            impressions_low=_impressions(0),
            impressions_high=_impressions(1),
            region="Regions",
            source_row=ROW,
        )

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(ROW, account_id="Advertiser_ID", name="Advertiser_Name")

    return dataset_from_payments(LOADER.name, options, table, money, facts, "google")


def _impressions(end: int) -> pl.Expr:
    """Return an end of a bucket: ``10000-100000``, ``10k-100k``, ``≤ 10k`` or ``> 10M``, which has no upper one."""
    impressions = pl.col("Impressions").str.replace_all(",", "")
    first, second = _number(impressions, rf"^\D*{_NUMBER}"), _number(impressions, rf"[-\u2013]\s*{_NUMBER}")
    is_upper = impressions.str.contains("[≤<]")
    if end:
        return pl.when(is_upper).then(first).otherwise(second).cast(pl.Int64)
    return pl.when(is_upper).then(0.0).otherwise(first).cast(pl.Int64)


def _number(impressions: pl.Expr, pattern: str) -> pl.Expr:
    unit = impressions.str.extract(pattern, 2).str.to_lowercase()
    factor = unit.replace_strict(_UNITS, default=1.0, return_dtype=pl.Float64)
    return impressions.str.extract(pattern, 1).cast(pl.Float64, strict=False) * factor


LOADER = Loader(
    name="google-ads",
    title="Google political advertising",
    text="Political advertisements with ranges of spending and impressions, from Google's transparency report.",
    sniff=sniff,
    read=read,
)
