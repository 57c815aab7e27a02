"""Names of accounts that no one column holds: a first and a family's name, as petitions have, or a post's address."""

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


_PLATFORMS = (
    r"(?:twitter|x)\.com/(\w+)/status(?:es)?/\d",
    r"(?:tiktok\.com|threads\.net|threads\.com|truthsocial\.com)/@([\w.]+)/(?:video/|photo/|posts?/)?\w",
    r"facebook\.com/([\w.]+)/(?:posts|videos|photos)/",
    r"instagram\.com/([\w.]+)/(?:p|reel)/",
    r"bsky\.app/profile/([^/?#]+)/post/",
    r"(?://|^)t\.me/(?:s/)?(\w+)/\d",
    r"vk\.com/wall(-?\d+)_\d",
    r"linkedin\.com/posts/([\w-]+?)_",
)
"""Addresses of single posts in which the account is named."""

_NO_NAMES = ("i", "c", "groups", "watch", "web")
"""What stands where an account should in addresses that name none, such as ``x.com/i/status``."""

_HALF = 0.5


def account_in(column: str) -> pl.Expr:
    """Return the account that each post's address names; null where one names none.

    Example: ``https://x.com/ann/status/17`` is a post of ``ann``.
    """
    found = pl.coalesce(pl.col(column).cast(pl.String).str.extract(pattern) for pattern in _PLATFORMS)
    return pl.when(~found.is_in(_NO_NAMES)).then(found)


def name_accounts(values: pl.Series) -> bool:
    """Return whether most values are addresses of posts that name an account."""
    known = values.drop_nulls()
    if not known.len() or known.dtype != pl.String:
        return False
    return bool(known.to_frame("_").select(account_in("_").count()).item() > _HALF * known.len())
