"""Whose a post is by its address, for tables that list the addresses of posts and name no accounts."""

from __future__ import annotations

import polars as pl

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
