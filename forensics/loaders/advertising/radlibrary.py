"""Ads of Meta's Ad Library in a table: of the R package Radlibrary, or as the library's own pages let them be saved.

Radlibrary puts bounds into columns of their own; the library writes ``lower_bound: 100, upper_bound: 199`` into one.

Source: https://github.com/facebookresearch/Radlibrary (2024); https://www.facebook.com/ads/library (2024).
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import TableFormat
from forensics.loaders.normalising.cell_values import as_count, as_number


def _bound(column: str, which: str) -> pl.Expr:
    """Return one of the bounds that a cell states, as text."""
    return pl.col(column).str.extract(rf"{which}_bound:\s*([\d.]+)")


_RADLIBRARY = TableFormat(
    kind="Radlibrary's ads",
    marks=("page_id", "ad_creation_time", "spend_lower", "impressions_lower"),
    account="page_id",
    platform="facebook",
    money={
        "payment_id": "id",
        "payer": ("bylines", "funding_entity", "page_name"),
        "started_at": ("ad_delivery_start_time", "ad_creation_time"),
        "ended_at": "ad_delivery_stop_time",
        "amount_low": as_number(pl.col("spend_lower"), 0),
        "amount_high": as_number(pl.col("spend_upper"), 0),
        "currency": "currency",
        "impressions_low": "impressions_lower",
        "impressions_high": "impressions_upper",
    },
    facts={"name": "page_name"},
    notes=("Bounds without an upper one are open: an ad can have cost or reached more.",),
)

LOADER = loader_of(
    "radlibrary",
    "Meta Ad Library, table",
    "Ads of Meta's Ad Library in a table, as Radlibrary or the library's own pages save them, one row for each.",
    _RADLIBRARY,
    replace(
        _RADLIBRARY,
        kind="ads saved from the library's pages",
        marks=("ad_archive_id", "page_id", "spend", "impressions", "currency"),
        money={
            **_RADLIBRARY.money,
            "payment_id": "ad_archive_id",
            "payer": ("byline", "bylines", "page_name"),
            "amount_low": as_number(_bound("spend", "lower"), 0),
            "amount_high": as_number(_bound("spend", "upper"), 0),
            "impressions_low": as_count(_bound("impressions", "lower")),
            "impressions_high": as_count(_bound("impressions", "upper")),
        },
    ),
)
