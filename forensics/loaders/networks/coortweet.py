"""CooRTweet's input table: who shared which object in which post, and when.

Four columns, ``object_id, account_id, content_id, timestamp_share``; times are unix seconds or ISO, in UTC. The format
does not say what an object is: give ``object_kind`` in the case file (``url`` where it is silent), and
``action`` where the rows are something other than posts. Each row is one act, on its object. Programs that prepare such
tables write the moment of their own work where they cannot read a date; many rows at the very last time give that away.

Source: Righetti & Balluff, CooRTweet, https://cran.r-project.org/package=CooRTweet, version 2.1.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.generic_tables.action_words import check_action
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.fixed_columns import add_times
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.normalising.table_assembly import dataset_from_table
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.table_file import TableFile, read_table
from forensics.messages import message
from forensics.text.fingerprint import fingerprints

_MANY_LAST, _SHARE_LAST = 20, 0.01
"""Rows, and their share of all, that do not share the last time by chance."""

_LINK = r"(?i)^\s*(?:https?://|www\.)\S+$|^\s*(?:[\w-]+\.)+[a-z]{2,}/\S*$"
_MOST = 0.5
"""Share of the objects from which they are taken for links."""

_COLUMNS = ("object_id", "account_id", "content_id", "timestamp_share")
_SECOND = ("account_id_y", "content_id_y", "timestamp_share_y")
_PAIRS = (
    "Each row pairs the acts of two accounts that CooRTweet found to have acted together; both were read. What is left "
    "out of such a table is what it was held against: ask who acted together of the table that CooRTweet was given."
)


def sniff(head: Head) -> Confidence | None:
    """Accept a table that has the four columns."""
    if set(_COLUMNS) <= set(head.columns):
        return by_fields(0.95, *_COLUMNS)
    return None


_LINKS = "The file does not say what its objects are; they look like links and were read as url (object_kind)."
_TEXTS = "The file does not say what its objects are; they do not look like links and were read as text (object_kind)."


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read CooRTweet's input; settings: ``object_kind``, ``action``, ``camp``, ``time_format``, ``time_zone``.

    Raises:
        InputFileError: the file cannot be read, or a setting has an unknown value.
    """
    kind = options.settings.get("object_kind")
    if kind is not None and kind not in schema.OBJECT_KIND.categories:
        kinds = ", ".join(schema.OBJECT_KIND.categories)
        raise InputFileError("There is no kind of object '{kind}'. There are: {kinds}.", kind=kind, kinds=kinds)
    table = read_table(path, options, lambda columns: [c for c in (*_COLUMNS, *_SECOND) if c in columns])
    missing = [column for column in _COLUMNS if column not in table.columns]
    if missing:
        raise InputFileError(
            "{file} lacks {missing}. Its columns are: {columns}.",
            file=path.name,
            missing=", ".join(missing),
            columns=", ".join(table.columns),
        )
    if {*_SECOND} <= {*table.columns}:
        _take_apart(table)
    if kind is None:
        kind = "url" if _links_share(table) >= _MOST else "text"
        table.notes.append(_LINKS if kind == "url" else _TEXTS)
    settle_ids(table, needed=["account_id", "object_id"], own=["content_id"])
    add_times(table, "timestamp_share", options.settings)
    _say_last_times(table)
    table.reject(pl.col("object_id").is_null(), "no object", pl.col("content_id"))
    posts = [
        pl.col(ROW),
        pl.col("account_id", "object_id"),
        pl.col("content_id").alias("post_id"),
        pl.col("_time").alias("acted_at"),
        pl.col("_precision").alias("time_precision"),
        pl.lit(kind).alias("object_kind"),
        pl.lit(check_action(options.settings.get("action", "post"))).alias("action"),
    ]
    is_text = kind == "text" and "object_kind" not in options.settings

    def made(rows: pl.DataFrame) -> pl.DataFrame:
        acts = rows.select(posts)
        if not is_text:
            return acts
        # The words themselves are kept, so that those that are nearly the same are found too.
        wording = acts["object_id"]
        folded = pl.DataFrame({"own": wording, "folded": fingerprints(wording)}).select(pl.coalesce("folded", "own"))
        return acts.with_columns(wording.alias("text"), folded.to_series().alias("object_id"))

    return dataset_from_table(LOADER.name, options, table, made)


def _take_apart(table: TableFile) -> None:
    """Make two acts of each row of CooRTweet's answer, which pairs the acts of two accounts."""
    table.notes.append(_PAIRS)
    shared = [ROW, "object_id"]
    names = dict(zip(_SECOND, _COLUMNS[1:], strict=True))
    table.then(
        lambda rows: pl.concat(
            [rows.drop(_SECOND), rows.select(*shared, *_SECOND).rename(names).select(rows.drop(_SECOND).columns)]
        ).sort(ROW, maintain_order=True)
    )


def _links_share(table: TableFile) -> float:
    """Return the share of a table's objects that look like links."""
    n_known = n_links = 0
    for rows in table.slices():
        known = rows["object_id"].drop_nulls()
        n_known += known.len()
        n_links += int(known.str.contains(_LINK).sum())
    return n_links / max(1, n_known)


def _say_last_times(table: TableFile) -> None:
    """Note where many rows share the last time of all."""
    counted = [rows.group_by("_time").len().drop_nulls() for rows in table.slices()]
    times = pl.concat(counted).group_by("_time").agg(pl.col("len").sum()).sort("_time")
    n_last = int(times["len"][-1]) if times.height else 0
    if n_last >= _MANY_LAST and n_last > _SHARE_LAST * table.n_rows:
        table.notes.append(
            message(
                "Rows that share the very last time: {n_last}. Were their dates unreadable, and the moment of "
                "conversion put in their place? Then they are no acts of one moment.",
                n_last=n_last,
            )
        )


LOADER = Loader(
    name="coortweet",
    title="CooRTweet input",
    text="The table that the R package CooRTweet reads: object_id, account_id, content_id, timestamp_share.",
    sniff=sniff,
    read=read,
)
