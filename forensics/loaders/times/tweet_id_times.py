"""The time hidden in a tweet's id: exact to the millisecond, where the file kept only minutes or seconds.

Since 4 November 2010 an id is a Snowflake: its upper bits count milliseconds since the epoch 1288834974657.

Source: Twitter, "Announcing Snowflake" (2010), https://github.com/twitter-archive/snowflake.
"""

from __future__ import annotations

import polars as pl

from forensics import schema
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import message

EPOCH_MS = 1_288_834_974_657
FIRST_ID = 29_700_859_247
"""The first Snowflake; ids below it were merely counted up."""

_TOLERANCE_S = {"day": 86_400, "min": 60, "s": 2, "ms": 2}
"""How far an id's time may lie from the stated one before the two disagree, seconds."""


def snowflake_ms(column: str | pl.Expr) -> pl.Expr:
    """Return the milliseconds since 1970 in each id of a column; null where it is no Snowflake."""
    ids = pl.col(column) if isinstance(column, str) else column
    number = ids.cast(pl.Int64, strict=False)
    return pl.when(number > FIRST_ID).then(number // 2**22 + EPOCH_MS)


def refine_times(table: TableFile, ids: str) -> None:
    """Replace coarse times by those of the ids, where the two agree within the precision of the coarse one.

    Args:
        table: its slices have ``_time`` and ``_precision`` as the file has them. Its notes receive how many times were
            refined and how many disagree (those keep the stated time).
        ids: the column of tweet ids, strings.
    """
    id_time = (snowflake_ms(ids) * 1000).cast(schema.TIME)
    allowed = pl.col("_precision").cast(pl.String).replace_strict(_TOLERANCE_S, default=None, return_dtype=pl.Int64)
    gap = (id_time - pl.col("_time")).dt.total_seconds()
    agrees = (gap.abs() <= allowed) | (pl.col("_time").is_null() & id_time.is_not_null())
    n_refined = n_apart = 0
    for rows in table.slices():
        refined, apart = rows.select(agrees.sum().alias("refined"), (~agrees).sum().alias("apart")).row(0)
        n_refined, n_apart = n_refined + refined, n_apart + apart
    if n_refined:
        table.notes.append(message("Times read to the millisecond from the tweets' ids: {number}.", number=n_refined))
    if n_apart:
        table.notes.append(
            message(
                "Stated times that disagree with the tweets' ids (the stated times were kept): {number}.",
                number=n_apart,
            )
        )
    times = pl.when(agrees).then(id_time).otherwise("_time")
    marks = pl.when(agrees).then(pl.lit("ms", schema.PRECISION)).otherwise("_precision")
    table.then(lambda rows: rows.with_columns(times.alias("_time"), marks.alias("_precision")))
