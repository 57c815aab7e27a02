"""Times that are those of looking: acts so long before somebody looked, and columns that only say when he did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.mapping.column_guessing import ColumnMap
from forensics.loaders.reading.tables import TableFile
from forensics.loaders.times.relative_times import are_relative, seconds_before
from forensics.loaders.times.time_columns import time_rule
from forensics.messages import message
from forensics.spool import Spool, slices_of

__all__ = ["are_of_looking", "with_times_before"]

_SOME = 10
"""Times in the order of the file from which that is no chance."""


def are_of_looking(times: pl.Series) -> bool:
    """Return whether times are those at which a program took down the rows: in the file's order, and quicker than acts.

    More than one row a second on average, none of them earlier than the one before it.
    """
    known = times.drop_nulls()
    if known.len() < _SOME or known.n_unique() < known.len() / 2 or not known.is_sorted():
        return False
    first, last = known[0], known[-1]
    return bool(0 < (last - first).total_seconds() < known.len())


def with_times_before(table: TableFile, mapping: ColumnMap, settings: Mapping[str, str]) -> ColumnMap:
    """Put the moments that are so long before somebody looked into a column of their own.

    Raises:
        InputFileError: no column is known to say when that was.
    """
    column, looked = mapping.columns["time"], mapping.columns.get("captured")
    first = next(table.pieces(column)(), None)
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
