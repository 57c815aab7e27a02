"""Audiences: the accounts that engaged with a camp or, where no camp is named, with a page; each account once."""

from __future__ import annotations

import polars as pl

from forensics.dataset import Dataset
from forensics.schema import IS_OBSERVED

EVERYONE = "all"
"""The audience of data that name neither camps nor pages."""


def audience_members(dataset: Dataset) -> pl.DataFrame:
    """Return who engaged with what.

    A camp's audience is everybody who acted on its objects; a page outside any camp makes a reference audience of its
    own. Writing a post is not engaging with it.

    Returns:
        ``audience, is_camp, account_id, arrived_by, arrived_at``, one row per audience and account, ordered:

        - ``audience``: the camp, or the page's id; ``EVERYONE`` where the data name neither.
        - ``is_camp``: False for a reference page.
        - ``arrived_by``: the object of the account's first act there: people who came by one post came as a group.
        - ``arrived_at``: when.
    """
    authors = _authors(dataset)
    acts = dataset.actions.filter(IS_OBSERVED).with_columns(
        kind=pl.col("object_kind").cast(pl.String).fill_null(""), deed=pl.col("action").cast(pl.String)
    )
    engaged = acts.filter((pl.col("deed") != "post") | (pl.col("kind") != "post"))
    placed = engaged.join(authors, "object_id", "left").with_columns(
        page=pl.when(pl.col("kind").is_in(["page", "account"]))
        .then("object_id")
        .when(pl.col("kind") == "post")
        .then("author")
    )
    named = placed.filter(pl.col("camp").is_not_null() | pl.col("page").is_not_null())
    if not named.height:
        placed, named = acts, acts.with_columns(page=pl.lit(EVERYONE))
    return (
        named.filter(pl.col("account_id") != pl.col("page").fill_null(""))
        .select(
            audience=pl.coalesce("camp", "page"),
            is_camp=pl.col("camp").is_not_null(),
            account_id="account_id",
            arrived_by=pl.col("object_id").fill_null(""),
            arrived_at="acted_at",
        )
        .sort("audience", "is_camp", "account_id", "arrived_at", "arrived_by")
        .unique(["audience", "is_camp", "account_id"], keep="first", maintain_order=True)
    )


def _authors(dataset: Dataset) -> pl.DataFrame:
    """Return ``object_id, author`` of each post that the data show being written."""
    written = dataset.actions.filter(
        (pl.col("action").cast(pl.String) == "post") & (pl.col("object_kind").cast(pl.String) == "post")
    ).select("object_id", author="account_id")
    counted = dataset.posts.filter(pl.col("account_id").is_not_null()).select(object_id="post_id", author="account_id")
    both = pl.concat([written, counted]).drop_nulls().sort("object_id", "author")
    return both.unique("object_id", keep="first", maintain_order=True)


def region_counts(located: pl.DataFrame, regions: list[str], column: str) -> pl.DataFrame:
    """Count each audience's people by region.

    Args:
        located: ``audience`` and the column, a row per person.
        regions: the regions to count, in the order of the result's columns; people elsewhere are left out.
        column: ``country`` or ``region``.

    Returns:
        ``audience`` and a column for each region, audiences in order of their names.
    """
    inside = located.filter(pl.col(column).is_in(regions))
    counted = inside.group_by("audience", column).len().sort("audience", column)
    wide = counted.pivot(column, index="audience", values="len", aggregate_function="sum").sort("audience")
    missing = [pl.lit(0, pl.UInt32).alias(region) for region in regions if region not in wide.columns]
    return wide.with_columns(missing).select("audience", pl.col(regions).fill_null(0).cast(pl.Int64))
