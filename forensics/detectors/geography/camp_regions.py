"""Camps' countries and regions beside each other: one yardstick for every camp. It describes; it accuses nobody."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from forensics.detectors.geography.region_statistics import design_effect, effective_groups, share_interval
from forensics.detectors.geography.region_tests import group_hits
from forensics.statistics.multiple_testing import with_q_values


def camp_countries(located: pl.DataFrame, least: int) -> pl.DataFrame:
    """Return each camp's countries beside the other camps', the same yardstick for every camp.

    Args:
        located: ``source, audience, is_camp, arrived_by, country``.
        least: camps with fewer people of known country are left out.

    Returns:
        ``source, audience, country, n_country, n_known, share, low, high, share_others, quotient, p_camp, q_camp``;
        ``quotient`` is the share over the other camps' together (half a person added to each), p that the share is no
        larger than theirs; null where there is no other camp.
    """
    rows = []
    camps = located.filter("is_camp")
    for (source,), people in camps.group_by("source", maintain_order=True):
        sizes = people.group_by("audience").len().filter(pl.col("len") >= least).sort("audience")
        kept = people.filter(pl.col("audience").is_in(sizes["audience"].implode()))
        for name, n in sizes.iter_rows():
            own, others = kept.filter(pl.col("audience") == name), kept.filter(pl.col("audience") != name)
            rows += [
                {"source": source, "audience": name, "country": country, **_camp(own, others, country, n)}
                for country in own["country"].unique().sort()
            ]
    table = with_q_values(pl.DataFrame(rows, _CAMP), "camp")
    return table.sort(["source", "audience", "n_country", "country"], descending=[False, False, True, False])


def camp_regions(located: pl.DataFrame, least: int) -> pl.DataFrame:
    """Return each camp's regions beside the other camps', as ``camp_countries`` returns its countries.

    Args:
        located: ``source, audience, is_camp, arrived_by, region``, people inside the constituency.
        least: camps with fewer people of known region are left out.

    Returns:
        As ``camp_countries``, with ``region`` and ``n_region``; shares are of the people whose region is known.
    """
    inside = located.filter(pl.col("region").is_not_null()).with_columns(country="region")
    return camp_countries(inside, least).rename({"country": "region", "n_country": "n_region"})


_CAMP = {
    **dict.fromkeys(("source", "audience", "country"), pl.String),
    **dict.fromkeys(("n_country", "n_known"), pl.Int64),
    **dict.fromkeys(("share", "low", "high", "share_others", "quotient", "p_camp"), pl.Float64),
}


def _camp(own: pl.DataFrame, others: pl.DataFrame, country: str, n: int) -> dict[str, Any]:
    is_there = pl.col("country") == country
    own_groups = group_hits(own.with_columns(is_foreign=is_there), "arrived_by")
    hits, elsewhere, n_others = int(own_groups["hits"].sum()), others.filter(is_there).height, others.height
    effect = design_effect(own_groups["hits"].to_numpy(), own_groups["n"].to_numpy())
    low, high = share_interval(hits, n, effect, effective_groups(own_groups["n"].to_numpy()))
    rest = group_hits(others.with_columns(is_foreign=is_there), "arrived_by")
    other_effect = design_effect(rest["hits"].to_numpy(), rest["n"].to_numpy()) if n_others else 1.0
    return {
        "n_country": hits,
        "n_known": n,
        "share": hits / n,
        "low": low,
        "high": high,
        "share_others": elsewhere / n_others if n_others else None,
        "quotient": ((hits + 0.5) / (n + 1)) / ((elsewhere + 0.5) / (n_others + 1)) if n_others else None,
        "p_camp": _share_above(hits / effect, n / effect, elsewhere / other_effect, n_others / other_effect)
        if n_others
        else None,
    }


def _share_above(hits: float, n: float, others: float, n_others: float) -> float:
    """Return the chance of so large a share, by a normal approximation with half a person added to each side."""
    from scipy import stats  # noqa: PLC0415  takes half a second

    first, second = (hits + 0.5) / (n + 1), (others + 0.5) / (n_others + 1)
    error = np.sqrt(first * (1 - first) / (n + 1) + second * (1 - second) / (n_others + 1))
    return float(stats.norm.sf((first - second) / error))
