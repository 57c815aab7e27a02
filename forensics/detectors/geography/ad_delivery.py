"""Where declared advertising was shown, against the constituency: ranges are carried as ranges to the end."""

from __future__ import annotations

import polars as pl

from forensics.places import resolve_places


def ad_regions(money: pl.DataFrame) -> pl.DataFrame:
    """Return each camp's advertising by the place it was shown in.

    Args:
        money: ``schema.MONEY``; rows without a region are counted as of no known place.

    Returns:
        ``camp, country, region, n_ads, shown_low, shown_high``: impressions, least and most they can have been, the
        row's share applied; ``country`` null where the region names none that can be resolved, ``camp`` empty where
        the case file gives none.
    """
    named = resolve_places(money["region"]).select(stated="stated_place", country="country", part="region")
    joined = money.join(named, left_on="region", right_on="stated", how="left")
    share = pl.when(pl.col("region").is_null()).then(1.0).otherwise(pl.col("share").fill_null(1.0))
    low = pl.col("impressions_low").fill_null(0) * share
    high = pl.coalesce("impressions_high", "impressions_low").fill_null(0) * share
    return (
        joined.with_columns(pl.col("camp").fill_null(""))
        .group_by("camp", "country", region="part")
        .agg(n_ads=pl.len(), shown_low=low.sort().sum(), shown_high=high.sort().sum())  # so to the bit
        .sort("camp", "country", "region", nulls_last=True)
    )


def ads_outside(delivered: pl.DataFrame, home: list[str]) -> pl.DataFrame:
    """Return what share of each camp's placed impressions went outside the constituency.

    Args:
        delivered: ``ad_regions``.
        home: the countries that vote.

    Returns:
        ``camp, n_ads, share_low, share_high, share_unplaced``: the shares of placed impressions outside, least and
        most given the ranges; the share (of the most) whose place is not known. Camps without impressions are left out.
    """
    outside = pl.col("country").is_not_null() & ~pl.col("country").is_in(home)
    inside = pl.col("country").is_in(home).fill_null(value=False)

    def total(column: str, where: pl.Expr) -> pl.Expr:
        return pl.col(column).filter(where).sum()

    low, high = total("shown_low", outside), total("shown_high", outside)
    return (
        delivered.group_by("camp")
        .agg(
            n_ads=pl.col("n_ads").sum(),
            share_low=low / (low + total("shown_high", inside)),
            share_high=high / (high + total("shown_low", inside)),
            share_unplaced=total("shown_high", pl.col("country").is_null()) / pl.col("shown_high").sum(),
        )
        .filter(pl.col("share_high").is_finite())
        .with_columns(pl.col("share_low").fill_nan(0.0))
        .sort("camp")
    )
