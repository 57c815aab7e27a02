"""Ads of Meta's Ad Library as the R package Radlibrary makes a table of them: bounds in columns of their own.

Source: https://github.com/facebookresearch/Radlibrary (2024).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_reading import loader_of
from forensics.loaders.shaping.values import as_number
from forensics.loaders.table_format import TableFormat

__all__ = ["LOADER"]

LOADER = loader_of(
    "radlibrary",
    "Radlibrary",
    "Ads of Meta's Ad Library as the R package Radlibrary writes them, one row for each.",
    TableFormat(
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
    ),
)
