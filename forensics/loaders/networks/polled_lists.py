"""Lists of who likes or follows, taken again and again: the only way to date a like or a follow from outside.

A platform shows who likes a post, and not since when. Who looks at the list at ten and at half past ten knows of each
new name that it came in between: ``acted_after`` is the look before, ``acted_at`` the first one with the name. Two
tables are read, both this project's own (``docs/how-to/polled-likes.md``):

- looks: ``polled_at, account_id, object_id``, a row for each name at each look; a row without an account says that a
  list was looked at and empty;
- intervals: ``not_yet_seen_at, first_seen_at, account_id, object_id``, a row for each name.

``action`` (``like`` where it is missing) and ``object_kind`` (``post``, or ``account`` for follows) may stand beside
them. Names that the first look at a list already shows came at an unknown time and are rejected.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders.generic_tables.action_words import as_action
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.fixed_columns import (
    EARLIER,
    add_intervals,
    add_times,
    interval_precision,
    read_columns,
)
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.normalising.table_assembly import dataset_from_table
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import message

_POLLS = ("polled_at", "account_id", "object_id")
_INTERVALS = ("first_seen_at", "not_yet_seen_at", "account_id", "object_id")
_ALSO = ("action", "object_kind")
_LIST = ("object_id", "_action")


def sniff(head: Head) -> Confidence | None:
    """Accept a table of looks or of intervals."""
    for names in (_POLLS, _INTERVALS):
        if set(names) <= set(head.columns):
            return by_fields(0.95, *names)
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table of looks or of intervals.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_columns(path, options, ("account_id", "object_id"), (*_POLLS[:1], *_INTERVALS[:2], *_ALSO))
    settle_ids(table, needed=["account_id"], named=["object_id"])
    kinds = schema.OBJECT_KIND.categories.to_list()
    given = pl.col("action")
    table.reject(as_action(given).is_null() & given.is_not_null(), "unknown action in 'action'", given)
    kind = pl.col("object_kind")
    table.reject(~kind.is_in(kinds) & kind.is_not_null(), "unknown kind of object in 'object_kind'", kind)
    table.reject(pl.col("object_id").is_null(), "no object", pl.col("account_id"))
    is_polls = "polled_at" in table.columns
    add_times(table, "polled_at" if is_polls else "first_seen_at", options.settings)
    action = as_action(given).fill_null("like")
    of_follow = pl.when(action == "follow").then(pl.lit("account")).otherwise(pl.lit("post"))
    table.then(lambda rows: rows.with_columns(_action=action, _kind=pl.coalesce(kind, of_follow)))
    if is_polls:
        _find_first(table)
    else:
        add_intervals(table, "not_yet_seen_at", options.settings)
    return dataset_from_table(LOADER.name, options, table, _posts, platform=options.settings.get("platform"))


def _find_first(table: TableFile) -> None:
    """Leave of each name on a list its first row, with the look before."""
    rows = table.whole()
    polls = rows.select(*_LIST, "_time").drop_nulls().unique().sort(*_LIST, "_time")
    before = polls.with_columns(_after=pl.col("_time").shift(1).over(*_LIST))
    named = rows.filter(pl.col("account_id").is_not_null() & pl.col("_time").is_not_null())
    first = named.sort("_time", ROW).unique(["account_id", *_LIST], keep="first", maintain_order=True)
    dated = first.join(before, on=[*_LIST, "_time"], how="left", maintain_order="left").sort(ROW)
    table.notes.append(
        message(
            "Lists looked at: {n_lists}; looks: {n_looks}.",
            n_lists=polls.select(_LIST).n_unique(),
            n_looks=polls.height,
        )
    )
    table.replace_rows(dated)
    table.reject(pl.col("_after").is_null(), EARLIER, pl.col("account_id"))


def _posts(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        ROW,
        "account_id",
        "object_id",
        action="_action",
        object_kind="_kind",
        acted_at="_time",
        acted_after="_after",
        time_precision=interval_precision(),
    )


LOADER = Loader(
    name="polled-lists",
    title="Polled likes and followers",
    text="Lists of who likes or follows, taken again and again, or the times between which each name came.",
    sniff=sniff,
    read=read,
)
