"""Google's political advertising, ``google-political-ads-creative-stats.csv``: one row for each advertisement.

Spending and impressions are ranges, in many currencies at once, of which the one in US dollars is read. Where a range
has no upper end, none is given.

Source: https://transparencyreport.google.com/political-ads, readme of the downloadable bundle.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import TableFormat
from forensics.loaders.normalising.cell_values import as_number

_UNITS = {"k": 1_000.0, "m": 1_000_000.0, "b": 1_000_000_000.0}
_NUMBER = r"(\d+(?:\.\d+)?)\s*([kKmMbB]?)"
_LOW = as_number(pl.col("Spend_Range_Min_USD"), 0)


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


LOADER = loader_of(
    "google-ads",
    "Google political advertising",
    "Political advertisements with ranges of spending and impressions, from Google's transparency report.",
    TableFormat(
        kind="Google's political ads",
        marks=("Ad_ID", "Advertiser_ID", "Advertiser_Name", "Date_Range_Start", "Spend_Range_Min_USD"),
        account="Advertiser_ID",
        platform="google",
        money={
            "payment_id": "Ad_ID",
            "payer": "Advertiser_Name",
            "started_at": "Date_Range_Start",
            "ended_at": "Date_Range_End",
            "amount_low": _LOW,
            "amount_high": as_number(pl.col("Spend_Range_Max_USD"), 0),
            "currency": pl.lit("USD"),
            "impressions_low": _impressions(0),
            "impressions_high": _impressions(1),
            "region": "Regions",
        },
        facts={"name": "Advertiser_Name"},
        rejected=((_LOW.is_null(), "unreadable amount in 'Spend_Range_Min_USD'"),),
        notes=("Amounts are Google's ranges in US dollars.",),
    ),
)
