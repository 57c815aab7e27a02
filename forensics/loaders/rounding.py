"""Ids that a spreadsheet or a program's numbers have rounded: they look like ids and name nothing."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.times import Pieces

__all__ = ["is_rounded", "refuse_rounded"]

_SCIENTIFIC = r"^\d(?:\.\d+)?[eE]\+\d{2}$"
_ZEROS = r"^\d{12,}0000$"
_MIN_IDS = 1


def is_rounded(ids: Iterable[pl.Series]) -> bool:
    """Return whether at least half of a column's ids are in ``1.9E+17`` or are long and end in four zeros."""
    n_known = n_damaged = 0
    for piece in ids:
        known = piece.cast(pl.String).drop_nulls()
        n_known += known.len()
        n_damaged += int((known.str.contains(_SCIENTIFIC) | known.str.contains(_ZEROS)).sum())
    return n_known >= _MIN_IDS and n_damaged * 2 >= n_known


def refuse_rounded(name: str, column: str, ids: Pieces) -> None:
    """Raise where the ids of accounts were rounded, because then one id stands for many.

    Args:
        name: of the file.
        column: of the accounts.
        ids: its pieces.

    Raises:
        InputFileError: they were.
    """
    if is_rounded(ids()):
        first = next(str(value) for piece in ids() for value in piece.drop_nulls()[:1])
        raise InputFileError(
            f"The accounts in the column '{column}' of {name} were rounded by a spreadsheet (such as '{first}'), so "
            "different accounts have become one. Export the file again and keep that column as text."
        )
