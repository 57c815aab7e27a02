"""Snapchat's political ads library, ``PoliticalAds.csv``: one row for each advertisement, with what it cost.

The columns' names are written with or without blanks, by year. Amounts are exact, in the currency of the row.

Source: https://www.snap.com/political-ads, readme of the yearly archives.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.reading.tables import read_table
from forensics.loaders.shaping.assembly import dataset_from_payments
from forensics.loaders.shaping.values import as_count, as_number
from forensics.loaders.times.time_columns import side_rule
from forensics.messages import message

__all__ = ["LOADER"]

_NEEDED = ("adid", "currencycode", "spend", "organizationname")
_ALSO = ("impressions", "startdate", "enddate", "payingadvertisername", "countrycode")


def sniff(head: Head) -> Confidence | None:
    """Accept a table with the library's columns."""
    if {*_NEEDED, "payingadvertisername"} <= {_plain(name) for name in head.columns}:
        return by_fields(0.95, "ADID", "Spend", "PayingAdvertiserName")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read the advertisements; ``camp`` among the settings is given to each.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    wanted = (*_NEEDED, *_ALSO)
    table = read_table(path, options, lambda columns: [name for name in columns if _plain(name) in wanted])
    there = {_plain(name): name for name in reversed(table.columns)}
    missing = [name for name in _NEEDED if name not in there]
    if missing:
        raise InputFileError(
            "{file} is no list of Snapchat's political ads: it lacks {missing}.",
            file=path.name,
            missing=", ".join(missing),
        )
    named = [
        pl.col(there[name]).alias(name) if name in there else pl.lit(None, pl.String).alias(name) for name in wanted
    ]
    table.then(lambda rows: rows.select(ROW, *named))
    spent = as_number(pl.col("spend").str.replace_all(",", ""), 0)
    table.reject(spent.is_null(), message("unreadable amount in '{spend}'", spend=there["spend"]), pl.col("spend"))
    start, end = (side_rule(name, table.pieces(name)) for name in ("startdate", "enddate"))

    def money(rows: pl.DataFrame) -> pl.DataFrame:
        seen = as_count(pl.col("impressions"))
        return rows.select(
            payment_id="adid",
            payer=pl.coalesce("payingadvertisername", "organizationname"),
            account_id="organizationname",
            started_at=start(rows["startdate"]),
            ended_at=end(rows["enddate"]),
            amount_low=spent,
            amount_high=spent,
            currency=pl.col("currencycode").str.to_uppercase(),
            impressions_low=seen,
            impressions_high=seen,
            region="countrycode",
            source_row=ROW,
        )

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(ROW, account_id="organizationname", name="organizationname")

    return dataset_from_payments(LOADER.name, options, table, money, facts, "snapchat")


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("_", "").lower()


LOADER = Loader(
    name="snapchat-ads",
    title="Snapchat political ads",
    text="Political advertisements with what each cost and how often it was shown, from Snapchat's yearly archives.",
    sniff=sniff,
    read=read,
)
