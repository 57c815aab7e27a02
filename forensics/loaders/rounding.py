"""Ids that a spreadsheet or a program's numbers have rounded: they look like ids and name nothing."""

from __future__ import annotations

import polars as pl

from forensics.errors import InputFileError

__all__ = ["is_rounded", "refuse_rounded"]

_SCIENTIFIC = r"^\d(?:\.\d+)?[eE]\+\d{2}$"
_ZEROS = r"^\d{12,}0000$"
_MIN_IDS = 1


def is_rounded(ids: pl.Series) -> bool:
    """Return whether at least half of a column's ids are in ``1.9E+17`` or are long and end in four zeros."""
    known = ids.drop_nulls()
    if known.len() < _MIN_IDS:
        return False
    damaged = known.str.contains(_SCIENTIFIC) | known.str.contains(_ZEROS)
    return int(damaged.sum()) * 2 >= known.len()


def refuse_rounded(name: str, ids: pl.Series) -> None:
    """Raise where the ids of accounts were rounded, because then one id stands for many.

    Args:
        name: of the file.
        ids: the column of accounts.

    Raises:
        InputFileError: they were.
    """
    if is_rounded(ids):
        raise InputFileError(
            f"The accounts in the column '{ids.name}' of {name} were rounded by a spreadsheet (such as "
            f"'{ids.drop_nulls()[0]}'), so different accounts have become one. Export the file again and keep that "
            "column as text."
        )
