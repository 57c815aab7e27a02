"""Ids that a spreadsheet or a program's numbers have rounded: they look like ids and name nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.normalising.act_rows import UNNAMED
from forensics.loaders.reading.table_file import Step, TableFile
from forensics.messages import message

_SCIENTIFIC = r"^\d(?:[.,]\d+)?[eE]\+\d{2}$"
_ZEROS = r"^(?:\d{12,}0000|\d{15}000)$"
_SIGNS = ["E+", "e+", "000"]
"""One of these is in every rounded id, and in few others."""


def are_rounded(ids: pl.Series) -> pl.Series:
    """Return of each id whether it is written like ``1.9E+17``, or long and ending in zeros."""
    words = pl.col("id").str
    return ids.to_frame("id").select(words.contains(_SCIENTIFIC) | words.contains(_ZEROS)).to_series()


def settle_ids(
    table: TableFile, *, needed: Collection[str] = (), own: Collection[str] = (), named: Collection[str] = ()
) -> None:
    """Let no rounded id into the tables: ``1.9E+17``, or, in most rows of a column, long and ending in zeros.

    Ids that a program kept as numbers with a point, ``700114233.0``, are read without it.

    Args:
        table: its notes say what was rounded, which its slices have no more.
        needed: the columns without which a row says nothing, such as that of the accounts.
        own: other columns with ids of what the row is; the rounded ones are null from here on.
        named: columns with ids of posts that a row names, of which it stays known that it names one.

    Raises:
        InputFileError: at least half of a needed column is rounded, so that one id stands for many.
    """
    columns = [column for column in (*needed, *own, *named) if column in table]
    n_known, n_damaged, n_scientific, first = Counter[str](), Counter[str](), Counter[str](), dict[str, str]()
    n_pointed = Counter[str]()
    for rows in table.slices():
        for column in columns:
            known = rows[column].cast(pl.String).drop_nulls()
            n_known[column] += known.len()
            n_pointed[column] += int(known.str.ends_with(".0").sum())
            has_signs = known.str.contains_any(_SIGNS)
            if not has_signs.any():
                continue
            known = known.filter(has_signs).str.strip_chars()
            scientific = known.str.contains(_SCIENTIFIC)
            damaged = are_rounded(known)
            n_damaged[column] += int(damaged.sum())
            n_scientific[column] += int(scientific.sum())
            if column not in first and damaged.any():
                first[column] = known.filter(damaged)[0]
    for column in columns:
        if n_pointed[column] and n_pointed[column] + n_scientific[column] == n_known[column]:
            table.then(_without_point(column))
        is_whole = n_damaged[column] > 0 and n_damaged[column] * 2 >= n_known[column]
        if is_whole and column in needed:
            raise InputFileError(
                "The ids in the column '{column}' of {file} were rounded by a spreadsheet (such as "
                "'{example}'), so different ones have become one. Export the file again and keep "
                "that column as text.",
                column=column,
                file=table.file.name,
                example=first[column],
            )
        if is_whole or n_scientific[column]:
            number = n_known[column] if is_whole else n_scientific[column]
            table.notes.append(
                message(
                    "Ids in '{column}' were rounded by a spreadsheet (such as '{example}') and were not used: "
                    "{number}. Export the file again with that column as text.",
                    column=column,
                    example=first[column],
                    number=number,
                )
            )
            _empty(table, column, pl.lit(UNNAMED if column in named else None, pl.String), is_whole=is_whole)


def _without_point(column: str) -> Step:
    return lambda rows: rows.with_columns(pl.col(column).cast(pl.String).str.replace(r"^(-?\d+)\.0$", "$1"))


def _empty(table: TableFile, column: str, instead: pl.Expr, *, is_whole: bool) -> None:
    ids_read = pl.col(column).cast(pl.String)
    is_sound = pl.lit(value=False) if is_whole else ~ids_read.str.strip_chars().str.contains(_SCIENTIFIC)
    kept = pl.when(ids_read.is_null() | is_sound).then(ids_read).otherwise(instead)
    table.then(lambda rows: rows.with_columns(kept.alias(column)))
