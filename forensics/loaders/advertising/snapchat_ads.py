"""Snapchat's political ads library, ``PoliticalAds.csv``: one row for each advertisement, with what it cost.

The currency's column is written with or without a blank, by year. Amounts are exact, in the currency of the row.

Source: https://www.snap.com/political-ads, readme of the yearly archives.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import TableFormat, first
from forensics.loaders.normalising.cell_values import as_number

_SPENT = as_number(pl.col("Spend").str.replace_all(",", ""), 0)

LOADER = loader_of(
    "snapchat-ads",
    "Snapchat political ads",
    "Political advertisements with what each cost and how often it was shown, from Snapchat's yearly archives.",
    TableFormat(
        kind="Snapchat's political ads",
        marks=("ADID", "Spend", "OrganizationName", "PayingAdvertiserName"),
        account="OrganizationName",
        platform="snapchat",
        money={
            "payment_id": "ADID",
            "payer": ("PayingAdvertiserName", "OrganizationName"),
            "started_at": "StartDate",
            "ended_at": "EndDate",
            "amount_low": _SPENT,
            "amount_high": _SPENT,
            "currency": first("CurrencyCode", "Currency Code").str.to_uppercase(),
            "impressions_low": "Impressions",
            "impressions_high": "Impressions",
            "region": "CountryCode",
        },
        facts={"name": "OrganizationName"},
        rejected=((_SPENT.is_null(), "unreadable amount in 'Spend'"),),
    ),
)
