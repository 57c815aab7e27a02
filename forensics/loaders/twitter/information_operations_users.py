"""The accounts of Twitter's archive of information operations (``*_users_csv_hashed.csv``).

Source: https://transparency.x.com/en/reports/information-operations (2018 to 2022), readme files of the releases.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.account_rows import accounts_from_rows
from forensics.loaders.shaping.columns import read_columns
from forensics.loaders.shaping.ledger import source
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.values import as_count
from forensics.loaders.times.time_columns import side_times

__all__ = ["LOADER"]

_NEEDED = ("userid", "user_screen_name", "account_creation_date")
_ALSO = ("user_display_name", "user_reported_location", "follower_count", "following_count", "account_language")


def sniff(head: Head) -> Confidence | None:
    """Accept a table with the archive's account columns and no tweets."""
    if set(_NEEDED) <= set(head.columns) and "tweetid" not in head.columns:
        return by_fields(0.95, *_NEEDED)
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a release's accounts.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_columns(path, options, _NEEDED, _ALSO)
    settle_ids(table, needed=["userid"])
    table.reject(pl.col("userid").is_null(), "no account", pl.col("user_screen_name"))
    rows = table.whole()
    again = rows.filter(~pl.col("userid").is_first_distinct())
    table.rejects.add_all(again[ROW], "the account stands in a row before", again["userid"])
    rows = rows.filter(pl.col("userid").is_first_distinct())
    hashed = pl.col("user_screen_name") == pl.col("userid")
    facts = rows.select(
        ROW,
        account_id="userid",
        platform=pl.lit("twitter"),
        handle=pl.when(~hashed).then("user_screen_name"),
        name=pl.when(~hashed).then("user_display_name"),
        followers=as_count(pl.col("follower_count")),
        following=as_count(pl.col("following_count")),
        stated_place="user_reported_location",
        language="account_language",
    ).with_columns(created_at=side_times(rows["account_creation_date"]))
    bare = facts.filter(pl.all_horizontal(pl.all().exclude(ROW, "account_id", "platform").is_null()))
    table.rejects.add_all(bare[ROW].to_list(), "holds nothing but an id", bare["account_id"].to_list())
    accounts = accounts_from_rows(facts, options.source_id)
    ledger = source(table.file, LOADER.name, options, table.n_rows, table.rejects, table.notes, table.unmapped)
    return Dataset(accounts=accounts, sources=(ledger,))


LOADER = Loader(
    name="twitter-operations-users",
    title="Twitter information operations, accounts",
    text="The accounts that Twitter tied to governments, 2018 to 2022 (*_users_csv_hashed.csv).",
    sniff=sniff,
    read=read,
)
