"""What is no table of acts: counts under hours or days, hours that belong to no day, a column for each post."""

from __future__ import annotations

import re

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.generic_tables.action_words import action_in
from forensics.loaders.generic_tables.columns_by_name import Names
from forensics.loaders.generic_tables.header_names import plain_name
from forensics.loaders.reading.table_preview import Preview

_FEWEST = 3
"""Columns of counts from which a table was counted up."""

_STEP = re.compile(r"\d{1,2}(?:[:.h]\d{0,2})?|\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?")
"""A column's name that is an hour or a day."""

_NUMBERS = 0.9

_ADDRESS = re.compile(r"https?://|www\.|@\w")
_NUMBER = re.compile(r"(?<=\D)\d+$")
"""The number at the end of a column's name, such as that of ``Post 3``."""


def refuse_counts(table: Names) -> None:
    """Raise where columns are named after hours or days and hold numbers: a pivot table counts acts and lists none.

    Raises:
        InputFileError: the table is one.
    """
    steps = [column for column in table.plain if _STEP.fullmatch(column.strip())]
    counts = [column for column in steps if table.shape(column).n_values and table.shape(column).numbers >= _NUMBERS]
    if len(counts) >= _FEWEST and 2 * len(counts) > len(table.plain):
        raise InputFileError(
            "The table counts acts by hour or day (columns {columns}) and lists none. Save the list that it was "
            "counted from, with a row for each act.",
            columns=", ".join(counts[:6]),
        )


def refuse_wide(start: Preview) -> None:
    """Raise where most columns are named after single posts or accounts: a row for each person, and none for an act.

    Raises:
        InputFileError: they are addresses, posts with numbers, or the values of the first column.
    """
    first, *others = start.columns
    rows = {*start.values(first).cast(pl.String, strict=False).drop_nulls()}
    wide = [name for name in others if _ADDRESS.match(name) or name in rows or _is_numbered_post(name)]
    if len(wide) >= _FEWEST and 2 * len(wide) > len(others):
        raise InputFileError(
            "The table has a column for each of what people acted on ({columns}) and no row for each act. Bring it "
            "to three columns, who acted, upon what and when, with a row for each act: a spreadsheet calls this "
            "unpivoting.",
            columns=", ".join(wide[:3]),
        )


def _is_numbered_post(name: str) -> bool:
    return bool(_NUMBER.search(name)) and action_in(plain_name(name)) == "post"


def refuse_hours_alone(table: Names) -> None:
    """Raise where a column holds hours and none the days they belong to.

    Raises:
        InputFileError: there is such a column.
    """
    clocks = [column for column in table.plain if table.is_clock(column)]
    if clocks:
        raise InputFileError(
            "The hours in '{column}', such as '{example}', belong to no day that a column names. Add a column with the "
            "whole date, also where a sheet's name gives it, and name both under [data.map]: time and hour.",
            column=clocks[0],
            example=table.start.values(clocks[0]).drop_nulls()[0],
        )
