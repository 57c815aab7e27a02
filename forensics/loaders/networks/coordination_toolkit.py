"""The input of the coordination-network-toolkit: eight columns, ``message_id`` to ``urls``, times in unix seconds.

A row with ``repost_id`` reposts, one with ``reply_id`` replies. Addresses are separated by spaces or written as a list.

Source: https://github.com/QUT-Digital-Observatory/coordination-network-toolkit, version 1.5.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.act_rows import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import add_times, read_columns
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.values import as_lists

__all__ = ["LOADER"]

_COLUMNS = ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")


def sniff(head: Head) -> Confidence | None:
    """Accept a table with exactly the toolkit's eight columns."""
    if head.columns == _COLUMNS:
        return by_fields(0.95, *_COLUMNS)
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read the toolkit's input; settings: ``platform``, ``camp``, ``time_format``, ``time_zone``.

    Raises:
        InputFileError: the file cannot be read.
    """
    table = read_columns(path, options, _COLUMNS, ())
    settle_ids(table, needed=["user_id"], own=["message_id"], named=["repost_id", "reply_id"])
    add_times(table, "timestamp", options.settings)
    repost, reply = pl.col("repost_id").is_not_null(), pl.col("reply_id").is_not_null()
    action = pl.when(repost).then(pl.lit("repost")).when(reply).then(pl.lit("reply")).otherwise(pl.lit("post"))

    def posts(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(
            ROW,
            account_id="user_id",
            acted_at="_time",
            time_precision="_precision",
            action=action,
            post_id="message_id",
            object_id=pl.coalesce("repost_id", "reply_id"),
            text="message",
        ).with_columns(as_lists(rows["urls"]).alias(TRACES["url"]))

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(ROW, account_id="user_id", captured_at="_time", handle="username")

    return dataset_from_table(LOADER.name, options, table, posts, facts, platform=options.settings.get("platform"))


LOADER = Loader(
    name="coordination-toolkit",
    title="coordination-network-toolkit input",
    text="The eight-column table that the coordination-network-toolkit reads, message_id to urls.",
    sniff=sniff,
    read=read,
)
