"""A whole column of times, read by the rule that is found for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from forensics.loaders.times.time_columns import time_rule
from forensics.messages import Text


@dataclass(frozen=True, slots=True)
class Times:
    """A column's times, their precisions, and what was found and assumed."""

    times: pl.Series
    precision: pl.Series
    notes: tuple[Text, ...]


def parse_times(column: pl.Series, settings: Mapping[str, str]) -> Times:
    """Find the rule of a column and read it by that."""
    rule, notes = time_rule(column.name, lambda: iter((column,)), settings)
    return Times(*rule.read(column), notes)
