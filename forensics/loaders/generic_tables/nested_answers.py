"""Answers that stand in a list within what they answer: found by their having the rows' own account and time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from forensics.loaders.generic_tables.column_guessing import ColumnMap
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import as_lists
from forensics.loaders.reading.data_file import read_head
from forensics.loaders.reading.excel_workbook import is_workbook
from forensics.loaders.reading.json.inner_rows import ACT, UPON, InnerRows
from forensics.loaders.reading.json.json_objects import begins_json
from forensics.loaders.reading.table_preview import Preview
from forensics.loaders.times.time_columns import side_rule


def inner_answers(path: Path, start: Preview, mapping: ColumnMap, options: ReadOptions) -> InnerRows | None:
    """Return the list in which further rows stand, none of them earlier than the row around it; None without.

    What is earlier than the row around it is what that row passed on, and no answer to it.
    """
    account, time = mapping.columns.get("account"), mapping.columns.get("time")
    if account is None or time is None or is_workbook(path):
        return None
    if not begins_json(read_head(path, options.settings.get("member"))):
        return None
    keys = dict.fromkeys(name.partition(".")[0] for name in start.columns if "." in name)
    for key in keys:
        inner = f"{key}.{time}"
        has_both = {inner, f"{key}.{account}"} <= {*start.columns}
        if has_both and key not in start.nested.values() and _are_later(start.values(time), start.values(inner)):
            return InnerRows(key, mapping.columns.get("post"))
    return None


def _are_later(outer: pl.Series, inner: pl.Series) -> bool:
    """Return whether no time of a row's list is earlier than the row's own."""
    pairs = pl.DataFrame({"outer": outer, "inner": as_lists(inner)}).drop_nulls().explode("inner")
    if pairs.is_empty():
        return False
    read = pl.DataFrame([_moments(pairs[name].cast(pl.String)) for name in pairs.columns]).drop_nulls()
    return bool(read.select((pl.col("inner") >= pl.col("outer")).all()).item())


def _moments(written: pl.Series) -> pl.Series:
    return side_rule(written.name, lambda: iter([written]))(written).alias(written.name)


def upon_the_outer(mapping: ColumnMap) -> ColumnMap:
    """Return the columns where inner rows are answers to those around them, unless a column says what rows are."""
    if {"action", "object"} & mapping.columns.keys():
        return mapping
    return replace(mapping, columns=mapping.columns | {"action": ACT, "object": UPON})
