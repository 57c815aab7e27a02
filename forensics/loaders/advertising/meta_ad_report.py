"""The Meta Ad Library's report: what each page and disclaimer spent in a country over some days.

Country and days stand in the file's name (``FacebookAdLibraryReport_2024-07-07_FR_last_7_days_advertisers.csv``), the
currency in a column's. ``≤100`` is a range from 0 to 100. The tables by location (``_locations.csv``) name no payer.

Source: https://www.facebook.com/ads/library/report (2026).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.account_rows import accounts_from_rows
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.normalising.row_ledger import source
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.table_file import TableFile, read_table
from forensics.messages import message

_AMOUNT = re.compile(r"amount spent \((\w{3})\)", re.IGNORECASE)
_NAME = re.compile(r"_(\d{4}-\d{2}-\d{2})_([A-Za-z]{2})_(last_\d+_days|yesterday|lifelong)")


def sniff(head: Head) -> Confidence | None:
    """Accept a table of pages with an amount spent."""
    names = {name.lower() for name in head.columns}
    if {"page id", "disclaimer"} <= names and any(_AMOUNT.fullmatch(name) for name in names):
        return by_fields(0.95, "Page ID", "Disclaimer", "Amount spent")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a report.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    names = ("page id", "page name", "disclaimer")
    table = read_table(
        path, options, lambda all_: [name for name in all_ if name.lower() in names or _AMOUNT.fullmatch(name)]
    )
    by_name = {name.lower(): name for name in table.columns}
    amount = next((name for name in table.columns if _AMOUNT.fullmatch(name)), None)
    if amount is None or "page id" not in by_name or "disclaimer" not in by_name:
        raise InputFileError(
            "{file} is no Ad Library report. Its columns are: {columns}.",
            file=path.name,
            columns=", ".join(table.columns),
        )
    settle_ids(table, own=[by_name["page id"]])
    page_name = by_name.get("page name", by_name["disclaimer"])
    digits = pl.col(amount).str.replace_all(r"[^\d.]", "").cast(pl.Float64, strict=False)
    table.reject(digits.is_null(), message("unreadable amount in '{amount}'", amount=amount), pl.col(amount))
    frame = table.whole().with_columns(_digits=digits)
    found = _AMOUNT.fullmatch(amount)
    started, ended, country = _period(path, options, table)
    is_censored = pl.col(amount).str.contains("[≤<]")
    money = frame.select(
        payment_id=pl.format(
            "{}/{}",
            pl.coalesce(by_name["page id"], page_name).fill_null(""),
            pl.col(by_name["disclaimer"]).fill_null(""),
        ),
        camp=pl.lit(options.settings.get("camp"), pl.String),
        payer=pl.coalesce(by_name["disclaimer"], page_name),
        account_id=by_name["page id"],
        started_at=pl.lit(started, schema.TIME),
        ended_at=pl.lit(ended, schema.TIME),
        amount_low=pl.when(is_censored).then(0.0).otherwise("_digits"),
        amount_high="_digits",
        currency=pl.lit(found.group(1).upper() if found else None),
        region=pl.lit(country, pl.String),
        source_id=pl.lit(options.source_id),
        source_row=ROW,
    )
    facts = frame.select(ROW, account_id=by_name["page id"], platform=pl.lit("facebook"), name=page_name)
    ledger = source(table.file, LOADER.name, options, table.n_rows, table.rejects, table.notes, table.unmapped)
    return Dataset(
        accounts=accounts_from_rows(facts, options.source_id),
        money=schema.conform(money, schema.MONEY),
        sources=(ledger,),
    )


def _period(path: Path, options: ReadOptions, table: TableFile) -> tuple[datetime | None, datetime | None, str | None]:
    """Read the days and the country from the name of the file, or of the file in the archive."""
    found = _NAME.search(options.settings.get("member", path.name))
    if found is None:
        table.notes.append("The file's name does not say which days and which country the report covers.")
        return None, None, None
    ended = datetime.fromisoformat(found.group(1)).replace(tzinfo=UTC)
    span = found.group(3)
    if span == "lifelong":
        return None, ended, found.group(2).upper()
    days = 1 if span == "yesterday" else int(span.split("_")[1])
    return ended - timedelta(days=days - 1), ended, found.group(2).upper()


LOADER = Loader(
    name="ad-library-report",
    title="Meta Ad Library report",
    text="What each page spent on political advertisements, from the Meta Ad Library's downloadable report.",
    sniff=sniff,
    read=read,
)
