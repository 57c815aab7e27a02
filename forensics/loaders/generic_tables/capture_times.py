"""Times that are those of looking: acts so long before somebody looked, and columns that only say when he did."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.generic_tables.column_guessing import ColumnMap
from forensics.loaders.generic_tables.columns_by_name import Names
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_file import TableFile
from forensics.loaders.reading.table_preview import Preview
from forensics.loaders.times.relative_times import are_relative, seconds_before
from forensics.loaders.times.time_columns import time_rule
from forensics.messages import message
from forensics.spool import Spool, slices_of


def refuse_times_of_looking(start: Preview, mapping: ColumnMap, options: ReadOptions) -> None:
    """Raise where the times that were guessed are those at which a program took down the rows, in the file's order.

    Where the case file names the column, it is used.

    Raises:
        InputFileError: they are.
    """
    column = mapping.columns.get("time")
    if column is None or "time" in options.columns or mapping.is_own:
        return
    table = Names(start)
    if not table.is_of_looking(column):
        return
    times = table.moments(column).drop_nulls()
    seconds = (times[-1] - times[0]).total_seconds()
    raise InputFileError(
        "The times in '{column}' follow the order of the file, {number} rows within {seconds} seconds: they may be "
        "when a program took down the rows, and not when people acted. If people acted then, name the column in the "
        'case file, under [data.map]: time = "{column}". Else name it there as captured = "{column}", beside the '
        "account, and what was acted on under [data.objects]; the acts are read without times then.",
        column=column,
        number=times.len(),
        seconds=math.ceil(seconds),
    )


def with_times_before(table: TableFile, mapping: ColumnMap, settings: Mapping[str, str]) -> ColumnMap:
    """Put the moments that are so long before somebody looked into a column of their own.

    Raises:
        InputFileError: no column is known to say when that was.
    """
    column, looked = mapping.columns["time"], mapping.columns.get("captured")
    first = next((rows[column] for rows in table.slices() if rows.height), None)
    if first is None or not are_relative(first):
        return mapping
    if looked is None:
        raise InputFileError(
            "The times in '{column}', such as '{example}', say how long before somebody looked each act was, and no "
            "column is known to say when that was. Name that column in the case file, under [data.map]: "
            'captured = "…".',
            column=column,
            example=first.drop_nulls()[0],
        )
    rule, notes = time_rule(looked, table.pieces(looked), settings)
    name = f"{looked} {column}"
    rows = Spool(pl.Schema(table.rows.schema | {name: pl.String}))
    for part in slices_of(table.rows):
        moments, _ = rule.read(part[looked])
        before = pl.DataFrame({"at": moments, "s": seconds_before(part[column])})
        placed = (pl.col("at") - pl.duration(seconds=pl.col("s"))).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        text = before.select(placed).to_series()
        rows.append(part.with_columns(pl.coalesce(text, pl.col(column)).alias(name)))
    table.rows = rows.finish()
    table.notes += notes
    sentence = "The times in '{column}' are estimated: so long before those in '{looked}', as the app showed it."
    table.notes.append(message(sentence, column=column, looked=looked))
    return replace(mapping, columns=mapping.columns | {"time": name}, is_estimated=True)
