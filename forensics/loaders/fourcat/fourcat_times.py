"""The times of 4CAT's tables: the column that is true for a data source, and what the other says of its server."""

from __future__ import annotations

from typing import Literal

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.redaction import PSEUDONYM, PSEUDONYMS
from forensics.loaders.reading.table_file import TableFile
from forensics.loaders.times.id_times import AGO_S, activity_times, compare_table, tid_times, tiktok_times
from forensics.loaders.times.time_columns import TimeRule, time_rule
from forensics.loaders.times.tweet_id_times import refine_times
from forensics.messages import message

Clock = Literal["unix", "timestamp", "created_at", "estimated"]
"""Which column to trust for the time, and what it is.

``unix``: ``unix_timestamp``, because ``timestamp`` is the server's local time. ``timestamp``: that column, in UTC,
because ``unix_timestamp`` is wrong unless the server ran in UTC. ``created_at``: ISO with an offset. ``estimated``:
counted back from "3w".
"""

_QUARTER_S = 900


def read_times(table: TableFile, options: ReadOptions, *, source: str, platform: str, clock: Clock) -> None:
    """Read the column that is true for the data source, and note where accounts are pseudonyms."""
    _say_pseudonyms(table)
    settings: dict[str, str] = {}
    if clock == "created_at" and _has(table, "created_at"):
        column = "created_at"
    elif clock in ("unix", "estimated") and _has(table, "unix_timestamp"):
        column, settings = "unix_timestamp", {"time_format": "unix_s"}
    else:
        column, settings = "timestamp", dict(options.settings) if source == "upload" else {}
    rule, notes = time_rule(column, table.pieces(column), settings)
    table.notes.extend(notes)
    is_estimated = clock == "estimated"
    if is_estimated:
        table.notes.append('LinkedIn shows only how long ago ("3w") a post was made, from which 4CAT made its times.')
    table.notes.append(
        message(
            "Times are those of the column '{column}', the one 4CAT keeps in UTC for '{source}'.",
            column=column,
            source=source,
        )
    )
    if column == "unix_timestamp":
        _say_server_zone(table, rule)
    rough = pl.when(pl.col("_time").is_not_null()).then(pl.lit("estimated", schema.PRECISION))

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        times, precision = rule.read(rows[column])
        timed = rows.with_columns(times.alias("_time"), precision.alias("_precision"))
        return timed.with_columns(rough.alias("_precision")) if is_estimated else timed

    table.then(step)
    if platform == "twitter":
        refine_times(table, "id")
    elif platform == "tiktok":
        compare_table(table, tiktok_times("id"))
    elif platform == "bluesky":
        compare_table(table, tid_times("id"))
    elif is_estimated:
        _refine_estimates(table)
    given = pl.col(column)
    table.reject(
        pl.col("_time").is_null() & given.is_not_null(), message("unreadable time in '{column}'", column=column), given
    )


def _say_pseudonyms(table: TableFile) -> None:
    made = [piece.drop_nulls().str.contains(PSEUDONYM) for piece in table.pieces("_account")()]
    if 2 * sum(piece.sum() for piece in made) > sum(piece.len() for piece in made):
        table.notes.append(PSEUDONYMS)


def _refine_estimates(table: TableFile) -> None:
    """Replace estimates by the moments in the posts' numbers, where those lie within what was shown."""
    shown = pl.col("timestamp_ago").str.to_lowercase().str.extract(r"^\s*\d+\s*([a-z]+)")
    step = (shown.replace_strict(AGO_S, default=None, return_dtype=pl.Float64) * 1e6).cast(pl.Int64)
    gap = (activity_times("id") - pl.col("_time")).dt.total_microseconds()
    agrees = gap.is_between(-2 * step, step).fill_null(value=False)
    refined = far = left = 0
    for rows in table.slices():
        counted = rows.select(agrees.sum(), (~agrees & gap.is_not_null()).sum().alias("far"), pl.col("_time").count())
        refined, far, left = (sum(pair) for pair in zip((refined, far, left), counted.row(0), strict=True))
    table.notes.append(
        message(
            "Times read to the second from the posts' numbers: {number}. Estimates: {n_estimates}.",
            number=refined,
            n_estimates=left - refined,
        )
    )
    if far:
        table.notes.append(
            message("Estimates that disagree with the posts' numbers (the estimates were kept): {number}.", number=far)
        )
    table.then(
        lambda rows: rows.with_columns(
            pl.when(agrees).then(activity_times("id").dt.truncate("1s")).otherwise("_time").alias("_time"),
            pl.when(agrees).then(pl.lit("s", schema.PRECISION)).otherwise("_precision").alias("_precision"),
        )
    )


def _has(table: TableFile, column: str) -> bool:
    return any(piece.null_count() < piece.len() for piece in table.pieces(column)())


def _say_server_zone(table: TableFile, unix: TimeRule) -> None:
    """Note by how much the server's clock differs from UTC, where the other column gives it away."""
    if not _has(table, "timestamp"):
        return
    try:
        stated, _ = time_rule("timestamp", table.pieces("timestamp"), {})
    except InputFileError:
        return
    found = set[int]()
    for rows in table.slices():
        gaps = stated.read(rows["timestamp"])[0] - unix.read(rows["unix_timestamp"])[0]
        found |= set(gaps.dt.total_seconds().drop_nulls().unique().to_list())
    if len(found) > 1:
        table.notes.append("'timestamp' differs from 'unix_timestamp' by changing amounts and was not used.")
    elif found and (gap := found.pop()) and gap % _QUARTER_S == 0:
        table.notes.append(
            message(
                "The 4CAT server's clock stood at UTC{gap} h; its 'timestamp' was not used.", gap=f"{gap / 3600:+g}"
            )
        )
