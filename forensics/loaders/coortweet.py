"""CooRTweet's input table: who shared which object in which post, and when.

Four columns, ``object_id, account_id, content_id, timestamp_share``; times are unix seconds or ISO, in UTC. The format
does not say what kind of thing an object is: give ``object_kind`` in the case file (``url`` where it is silent), and
``action`` where the rows are something other than posts. Each row is one act, on its object.

Source: Righetti & Balluff, CooRTweet, https://cran.r-project.org/package=CooRTweet, version 2.1.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.acts import acts_from_posts, keep_once
from forensics.loaders.dialect import ROW
from forensics.loaders.ledger import source
from forensics.loaders.parts import Confidence, Head, Loader, ReadOptions
from forensics.loaders.tables import read_table
from forensics.loaders.times import parse_times
from forensics.loaders.values import check_action
from forensics.model import Dataset

__all__ = ["LOADER"]

_COLUMNS = ("object_id", "account_id", "content_id", "timestamp_share")


def sniff(head: Head) -> Confidence:
    """Accept a table that has the four columns."""
    if set(_COLUMNS) <= set(head.columns):
        return Confidence(0.95, f"it has CooRTweet's columns {', '.join(_COLUMNS)}")
    return Confidence(0.0, f"it lacks the columns {', '.join(_COLUMNS)}")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read CooRTweet's input; settings: ``object_kind``, ``action``, ``camp``, ``time_format``, ``time_zone``.

    Raises:
        InputFileError: the file cannot be read, or a setting has an unknown value.
    """
    kind = options.settings.get("object_kind", "url")
    if kind not in schema.OBJECT_KIND.categories:
        kinds = ", ".join(schema.OBJECT_KIND.categories)
        raise InputFileError(f"There is no kind of object '{kind}'. There are: {kinds}.")
    table = read_table(path, options, lambda columns: [c for c in _COLUMNS if c in columns])
    missing = [column for column in _COLUMNS if column not in table.columns]
    if missing:
        raise InputFileError(f"{path.name} lacks {', '.join(missing)}. Its columns are: {', '.join(table.columns)}.")
    if "object_kind" not in options.settings:
        table.notes.append("The file does not say what its objects are; they were read as url (object_kind).")
    parsed = parse_times(table.frame["timestamp_share"], options.settings)
    table.notes.extend(parsed.notes)
    table.frame = table.frame.with_columns(parsed.times.alias("_time"), parsed.precision.alias("_precision"))
    shared = pl.col("timestamp_share")
    table.reject(pl.col("_time").is_null() & shared.is_not_null(), "unreadable time in 'timestamp_share'", shared)
    table.reject(pl.col("object_id").is_null(), "no object", pl.col("content_id"))
    posts = table.frame.select(
        ROW,
        "account_id",
        "object_id",
        post_id="content_id",
        acted_at="_time",
        time_precision="_precision",
        object_kind=pl.lit(kind),
        action=pl.lit(check_action(options.settings.get("action", "post"))),
        camp=pl.lit(options.settings.get("camp"), pl.String),
    )
    actions = keep_once(acts_from_posts(posts, table.rejects, options.source_id), table.rejects)
    ledger = source(table.file, LOADER.name, options, table.n_rows, table.rejects, table.notes)
    return Dataset(actions=actions, sources=(ledger,))


LOADER = Loader(
    name="coortweet",
    title="CooRTweet input",
    text="The table that the R package CooRTweet reads: object_id, account_id, content_id, timestamp_share.",
    sniff=sniff,
    read=read,
)
