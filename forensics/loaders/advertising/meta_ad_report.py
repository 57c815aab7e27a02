"""The Meta Ad Library's report: what each page and disclaimer spent in a country over some days.

Country and days stand in the file's name (``FacebookAdLibraryReport_2024-07-07_FR_last_7_days_advertisers.csv``), the
currency in a column's. ``≤100`` is a range from 0 to 100. The tables by location (``_locations.csv``) name no payer.

Source: https://www.facebook.com/ads/library/report (2026).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.format_declarations.format_reading import read_declared
from forensics.loaders.format_declarations.table_format import TableFormat
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.table_file import table_columns
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
    columns = table_columns(path, options)
    by_name = {name.lower(): name for name in columns}
    found = next((match for name in columns if (match := _AMOUNT.fullmatch(name))), None)
    if found is None or "page id" not in by_name or "disclaimer" not in by_name:
        raise InputFileError(
            "{file} is no Ad Library report. Its columns are: {columns}.", file=path.name, columns=", ".join(columns)
        )
    page, payer, amount = by_name["page id"], by_name["disclaimer"], found.group(0)
    name = by_name.get("page name", payer)
    started, ended, country = _period(options.settings.get("member", path.name))
    number = pl.col(amount).str.replace_all(r"[^\d.]", "").cast(pl.Float64, strict=False)
    known = TableFormat(
        kind="the Ad Library's report",
        marks=(page, payer, amount),
        account=pl.col(page),
        platform="facebook",
        money={
            "payment_id": pl.format("{}/{}", pl.coalesce(page, name).fill_null(""), pl.col(payer).fill_null("")),
            "payer": (payer, name),
            "started_at": pl.lit(started, pl.String),
            "ended_at": pl.lit(ended, pl.String),
            "amount_low": pl.when(pl.col(amount).str.contains("[≤<]")).then(0.0).otherwise(number),
            "amount_high": number,
            "currency": pl.lit(found.group(1).upper()),
            "region": pl.lit(country, pl.String),
        },
        facts={"name": name},
        rejected=((number.is_null(), message("unreadable amount in '{amount}'", amount=amount)),),
        notes=() if ended else ("The file's name does not say which days and which country the report covers.",),
    )
    return read_declared(LOADER.name, known, path, options)


def _period(name: str) -> tuple[str | None, str | None, str | None]:
    """Read the first and the last day and the country from the name of the file, or of the file in the archive."""
    found = _NAME.search(name)
    if found is None:
        return None, None, None
    day, country, span = found.groups()
    if span == "lifelong":
        return None, day, country.upper()
    days = 1 if span == "yesterday" else int(span.split("_")[1])
    return str(date.fromisoformat(day) - timedelta(days=days - 1)), day, country.upper()


LOADER = Loader(
    name="ad-library-report",
    title="Meta Ad Library report",
    text="What each page spent on political advertisements, from the Meta Ad Library's downloadable report.",
    sniff=sniff,
    read=read,
)
