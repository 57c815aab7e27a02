"""Any table of acts (CSV, TSV, NDJSON, Parquet, packed or not), its columns mapped in the case file or guessed.

The format is this project's own: one row for each post or act. Each key of ``columns`` names the column that holds the
account, the time, the post, and so on; each key of ``objects`` names the column that holds a kind of object, one value
or several separated by spaces or written as a list. The setting ``action`` says what each row is, where no column does.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.accounts import accounts_from_rows
from forensics.loaders.acts import TRACES, acts_from_posts, keep_once
from forensics.loaders.dialect import ROW
from forensics.loaders.ledger import source
from forensics.loaders.mapping import ACCOUNT_KEYS, ACT_KEYS, Mapping, column_hints, map_columns
from forensics.loaders.parts import Confidence, Head, Loader, ReadOptions
from forensics.loaders.rounding import is_rounded, refuse_rounded
from forensics.loaders.tables import TableFile, read_table, table_columns
from forensics.loaders.times import parse_times, side_times
from forensics.loaders.values import as_action, as_count, as_country, as_flag, as_lists, as_number, check_action
from forensics.model import Dataset
from forensics.text.fingerprint import fingerprints

__all__ = ["LOADER"]

_WHOLE = ("page", "place", "text")
"""Kinds of object whose values hold blanks, so that a column holds one value and not several."""


def sniff(head: Head) -> Confidence:
    """Accept any table with columns that look like an account and a time; weakly, so that every other format wins."""
    names = {name.lower() for name in (*head.columns, *head.keys)}
    has = [bool(names & set(column_hints(key))) for key in ("account", "time")]
    if all(has):
        return Confidence(0.2, "it is a table with columns for the account and the time")
    if head.columns:
        return Confidence(0.1, "it is a table, though none of its columns is known by name")
    return Confidence(0.0, "it is no table")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table of acts.

    Settings: ``action``, ``object_kind`` (of the column under ``object``), ``camp``, ``platform``, ``time_format``,
    ``time_zone``, ``encoding``, ``delimiter``, ``member``.

    Raises:
        InputFileError: the file cannot be read, or a column that is needed is not there.
    """
    mapping = map_columns(table_columns(path, options), options)
    needed = {*mapping.columns.values(), *mapping.objects.values()}
    table = read_table(path, options, lambda _: needed)
    table.notes.extend(mapping.notes)
    posts = _posts(table, mapping, options)
    accounts = _accounts(table, mapping, posts, options)
    table.frame = table.frame.clear()  # of a large file the rows are no longer needed beside the acts
    acts = acts_from_posts(posts, table.rejects, options.source_id)
    del posts
    actions = keep_once(acts, table.rejects)
    ledger = source(table.file, LOADER.name, options, table.n_rows, table.rejects, table.notes)
    return Dataset(actions=actions, accounts=accounts, sources=(ledger,))


def _posts(table: TableFile, mapping: Mapping, options: ReadOptions) -> pl.DataFrame:
    """Return the rows as posts with traces."""
    refuse_rounded(table.file.name, table.frame[mapping.columns["account"]].cast(pl.String))
    post = mapping.columns.get("post")
    if post is not None and is_rounded(table.frame[post].cast(pl.String)):
        table.notes.append(f"The ids in '{post}' were rounded by a spreadsheet and were not used.")
        table.frame = table.frame.with_columns(pl.lit(None, pl.String).alias(post))
    column = mapping.columns["time"]
    parsed = parse_times(table.frame[column], options.settings)
    table.notes.extend(parsed.notes)
    table.frame = table.frame.with_columns(parsed.times.alias("_time"), parsed.precision.alias("_precision"))
    table.reject(
        pl.col("_time").is_null() & pl.col(column).is_not_null(), f"unreadable time in '{column}'", pl.col(column)
    )
    if "action" in mapping.columns:
        acted = mapping.columns["action"]
        unknown = as_action(pl.col(acted)).is_null() & pl.col(acted).is_not_null()
        table.reject(unknown, f"unknown action in '{acted}'", pl.col(acted))
    if "object_kind" in mapping.columns:
        kind = mapping.columns["object_kind"]
        unknown = ~pl.col(kind).is_in(schema.OBJECT_KIND.categories.to_list()) & pl.col(kind).is_not_null()
        table.reject(unknown, f"unknown kind of object in '{kind}'", pl.col(kind))
    frame = table.frame
    special = {"time", "action", "country", "latitude", "longitude", "object_kind"}
    plain = {ACT_KEYS[key]: c for key, c in mapping.columns.items() if key in ACT_KEYS and key not in special}
    columns = [pl.col(ROW), pl.col("_time").alias("acted_at"), pl.col("_precision").alias("time_precision")]
    columns += [pl.col(c).cast(pl.String).alias(name) for name, c in plain.items()]
    columns += _read_specially(mapping, options)
    posts = frame.select(columns)
    traces = []
    for kind, named in mapping.objects.items():
        values = frame[named]
        if kind == "text":
            lists = fingerprints(values.cast(pl.String)).to_frame("v").select(pl.concat_list("v")).to_series()
        elif kind in _WHOLE:
            lists = values.to_frame("v").select(pl.concat_list("v")).to_series()
        else:
            lists = as_lists(values)
        traces.append(lists.alias(TRACES[kind]))
    if "object_kind" in mapping.columns and "text" not in mapping.objects:
        # A table of single acts has its acts on texts as rows; none are to be made of the words beside the others.
        traces.append(pl.Series(TRACES["text"], [None], dtype=pl.List(pl.String)).new_from_index(0, posts.height))
    return posts.with_columns(traces)


def _read_specially(mapping: Mapping, options: ReadOptions) -> list[pl.Expr]:
    """Return the columns that are more than text, and those that a setting gives to every row."""
    named = mapping.columns
    columns = []
    action = check_action(options.settings.get("action", "post"))
    if "action" in named:
        columns.append(as_action(pl.col(named["action"])).fill_null(action).alias("action"))
    else:
        columns.append(pl.lit(action).alias("action"))
    if "object_kind" in named:
        columns.append(pl.col(named["object_kind"]).alias("object_kind"))
    elif "object" in named:
        columns.append(pl.lit(_object_kind(options)).alias("object_kind"))
    if "country" in named:
        columns.append(as_country(pl.col(named["country"])).alias("country"))
    for key, limit in (("latitude", 90.0), ("longitude", 180.0)):
        if key in named:
            columns.append(as_number(pl.col(named[key]), -limit, limit).alias(key))
    if "camp" not in named and "camp" in options.settings:
        columns.append(pl.lit(options.settings["camp"]).alias("camp"))
    return columns


def _object_kind(options: ReadOptions) -> str:
    kind = options.settings.get("object_kind", "post")
    if kind not in schema.OBJECT_KIND.categories:
        kinds = ", ".join(schema.OBJECT_KIND.categories)
        raise InputFileError(f"There is no kind of object '{kind}'. There are: {kinds}.")
    return kind


def _accounts(table: TableFile, mapping: Mapping, posts: pl.DataFrame, options: ReadOptions) -> pl.DataFrame:
    """Return what the rows say of the accounts."""
    facts = {ACCOUNT_KEYS[key]: column for key, column in mapping.columns.items() if key in ACCOUNT_KEYS}
    if not facts:
        return schema.empty(schema.ACCOUNTS)
    columns = [posts["account_id"], posts[ROW], posts["acted_at"].alias("captured_at")]
    for name, column in facts.items():
        values = table.frame[column]
        if name == "created_at":
            columns.append(side_times(values).alias(name))
        elif name == "is_automated":
            columns.append(values.to_frame("v").select(as_flag(pl.col("v"))).to_series().alias(name))
        elif schema.ACCOUNTS.schema[name] == pl.Int64:
            columns.append(values.to_frame("v").select(as_count(pl.col("v"))).to_series().alias(name))
        else:
            columns.append(values.cast(pl.String).alias(name))
    return accounts_from_rows(pl.DataFrame(columns), options.source_id, options.settings.get("platform"))


LOADER = Loader(
    name="generic",
    title="Table of acts",
    text="Any CSV, TSV, NDJSON or Parquet file with one row for each post or act; the case file maps its columns.",
    sniff=sniff,
    read=read,
)
