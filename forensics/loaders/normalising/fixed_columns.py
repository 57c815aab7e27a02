"""Tables whose columns a format fixes: the steps that every such loader takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.redaction import BLACKED_OUT, REDACTED, blacked_out
from forensics.loaders.reading.table_file import TableFile, read_table
from forensics.loaders.times.time_columns import TimeRule, time_rule
from forensics.loaders.times.tweet_id_times import refine_times
from forensics.messages import Message, Text, message

EARLIER = "there at the first look already, so since an unknown time"


def read_columns(path: Path, options: ReadOptions, needed: Iterable[str], also: Iterable[str]) -> TableFile:
    """Read a table's columns by name; of those that may be missing, the missing ones are null.

    Args:
        needed: columns it must have.
        also: columns it may have.

    Raises:
        InputFileError: the file cannot be read, or a needed column is not there.
    """
    needed, wanted = tuple(needed), (*needed, *also)
    table = read_table(path, options, lambda columns: [name for name in wanted if name in columns])
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise lacking(path, missing, table)
    blank = [pl.lit(None, pl.String).alias(name) for name in wanted if name not in table]
    table.then(lambda rows: rows.with_columns(blank))
    return table


def lacking(path: Path, missing: Sequence[str], table: TableFile) -> InputFileError:
    """Return the error of a file that lacks columns."""
    return InputFileError(
        "{file} lacks the column {missing}. Its columns are: {there}.",
        file=path.name,
        missing=", ".join(missing),
        there=", ".join(table.columns[:60]),
    )


def add_no_times(table: TableFile) -> None:
    """Put a ``_time`` and ``_precision`` of nulls into the slices of a file that has no times, and note it."""
    nothing = (pl.lit(None, schema.TIME).alias("_time"), pl.lit(None, schema.PRECISION).alias("_precision"))
    table.then(lambda rows: rows.with_columns(*nothing))
    table.is_timed = False
    table.notes.append("The file has no times: its acts can show who acted on the same objects, and never when.")


def add_times(
    table: TableFile, column: str, settings: Mapping[str, str], *, says_format: bool = True, ids: str | None = None
) -> None:
    """Put ``_time`` and ``_precision`` into a table's slices and reject the rows whose time cannot be read.

    Args:
        column: its times.
        settings: for ``time_columns.time_rule``.
        says_format: whether the notes say how the times were read.
        ids: the column of tweet ids by which the times are refined, if any.
    """
    rule, notes = time_rule(column, table.pieces(column), settings)
    if says_format:
        table.notes.extend(notes)

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        times, precision = rule.read(rows[column])
        return rows.with_columns(times.alias("_time"), precision.alias("_precision"))

    table.then(step)
    if ids is not None:
        refine_times(table, ids)
    value_given = pl.col(column)
    table.reject(
        pl.col("_time").is_null() & value_given.is_not_null(),
        message("unreadable time in '{column}'", column=column),
        value_given,
    )


def add_first_times(
    table: TableFile,
    parts: Sequence[tuple[str, pl.Expr]],
    settings: Mapping[str, str],
    *,
    is_noted: bool = True,
    ids: str | None = None,
) -> None:
    """Do what ``add_times`` does with several columns of times, each written in its own way.

    Args:
        parts: the columns' names and values; the first that gives a row a time counts.
        settings: for ``time_columns.time_rule``.
        is_noted: whether the notes say how the times were read.
        ids: the column of tweet ids by which the times are refined, if any.

    Raises:
        InputFileError: none of the columns holds times that can be read.
    """
    found: list[tuple[str, TimeRule]] = []
    failed: list[InputFileError] = []
    for at, (name, value) in enumerate(parts):
        column = f"_part_{at}"
        table.then(_named(column, value))
        try:
            rule, notes = time_rule(column, table.pieces(column), settings)
        except InputFileError as error:
            failed.append(error)
            continue
        found.append((column, rule))
        if is_noted:
            table.notes.extend(_named_in(note, name) for note in notes)
    if not found:
        raise failed[0]

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        read = {column: rule.read(rows[column]) for column, rule in found}
        times = pl.DataFrame([times.alias(column) for column, (times, _) in read.items()])
        marks = pl.DataFrame(
            [
                pl.select(pl.when(moments.is_not_null()).then(precision)).to_series().alias(column)
                for column, (moments, precision) in read.items()
            ]
        )
        return rows.with_columns(
            times.select(pl.coalesce(pl.all())).to_series().alias("_time"),
            marks.select(pl.coalesce(pl.all())).to_series().alias("_precision"),
        )

    table.then(step)
    if ids is not None:
        refine_times(table, ids)
    stated = pl.coalesce(f"_part_{at}" for at in range(len(parts)))
    names = "' or '".join(dict.fromkeys(name for name, _ in parts))
    table.reject(
        pl.col("_time").is_null() & stated.is_not_null(), message("unreadable time in '{names}'", names=names), stated
    )


def _named(column: str, value: pl.Expr) -> Callable[[pl.DataFrame], pl.DataFrame]:
    return lambda rows: rows.with_columns(value.alias(column))


def add_intervals(table: TableFile, column: str, settings: Mapping[str, str], *, is_needed: bool = True) -> None:
    """Put ``_after`` into the slices, the begin of the interval that ``_time`` ends, and the precision that it leaves.

    Rows that name no begin are rejected where one is needed: when within all the time before they were is unknown.

    Args:
        table: the table, with its ``_time``.
        column: of the latest poll of each act that did not show it yet.
        settings: for ``time_columns.time_rule``.
        is_needed: whether every act has such a poll; else the time of one without is exact.

    Raises:
        InputFileError: the column holds no times that can be read.
    """
    rule, _ = time_rule(column, table.pieces(column), settings)
    table.then(lambda rows: rows.with_columns(rule.read(rows[column])[0].alias("_after")))
    value = pl.col(column)
    is_unread = pl.col("_after").is_null() & value.is_not_null()
    table.reject(is_unread, message("unreadable time in '{column}'", column=column), value)
    if is_needed:
        table.reject(value.is_null(), EARLIER, value)
    table.reject(
        pl.col("_after") > pl.col("_time"),
        message("the time in '{column}' is later than the act", column=column),
        pl.col(column),
    )
    is_between = pl.col("_after").is_not_null()
    table.then(
        lambda rows: rows.with_columns(
            _precision=pl.when(is_between).then(interval_precision()).otherwise("_precision")
        )
    )


def interval_precision() -> pl.Expr:
    """Return the precision of each act between ``_after`` and ``_time``: the shortest that is no finer than that."""
    apart = (pl.col("_time") - pl.col("_after")).dt.total_microseconds() / 1_000_000
    precision = pl.lit("estimated")
    for name, step in sorted(schema.PRECISION_S.items(), key=lambda entry: -entry[1]):
        precision = pl.when(apart <= step).then(pl.lit(name)).otherwise(precision)
    return precision.cast(schema.PRECISION)


def refuse_redacted(path: Path, table: TableFile, column: str) -> None:
    """Reject the rows whose account was blacked out.

    Raises:
        InputFileError: that is most of them, so that accounts cannot be kept apart.
    """
    blacked = pl.col(column).is_in(REDACTED)
    n_known = n_blacked = 0
    for rows in table.slices():
        known, of_them = rows.select(pl.col(column).is_not_null().sum(), blacked.sum().alias("_blacked")).row(0)
        n_known, n_blacked = n_known + known, n_blacked + of_them
    if n_blacked and n_blacked * 2 > n_known:
        raise blacked_out(path.name)
    table.reject(blacked, BLACKED_OUT, pl.col(column))


def _named_in(note: Text, column: str) -> Text:
    """Return a note on a column, with the column's name in the file."""
    return Message(note.key, {**note.fields, "column": column}) if isinstance(note, Message) else note
