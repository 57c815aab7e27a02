"""People who are named in two columns, the first name in one and the family's in the other, as petitions have them."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from forensics.loaders.generic_tables.header_names import plain_name

_FIRST = "first_name firstname given_name forename prénom vorname nombre nome imię"
_LAST = "last_name lastname surname family_name nom_de_famille nachname apellido apellidos cognome sobrenome nazwisko"


def _ending(columns: Iterable[str], hints: str) -> str | None:
    """Return the first column whose name is or ends in one of some names."""
    ends = tuple(f"_{plain_name(hint)}" for hint in hints.split())
    return next((column for column in columns if f"_{plain_name(column)}".endswith(ends)), None)


def family_names(columns: Iterable[str]) -> str | None:
    """Return the column of the family names, where another holds the first names."""
    known = list(columns)
    return _ending(known, _LAST) if _ending(known, _FIRST) else None


def first_names(columns: Iterable[str], account: str) -> str | None:
    """Return the column of the first names, where the accounts are family names, which many people share."""
    known = list(columns)
    return _ending(known, _FIRST) if account == family_names(known) else None


def full_name(first: str, last: str) -> pl.Expr:
    """Return both names, a blank between them; null where both are missing."""
    both = pl.concat_str(pl.col(first).cast(pl.String), pl.col(last).cast(pl.String), separator=" ", ignore_nulls=True)
    return pl.when(pl.any_horizontal(pl.col(first, last).is_not_null())).then(both)
