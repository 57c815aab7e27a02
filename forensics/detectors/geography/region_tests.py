"""The tests of geography as tables: foreign shares, regions against the electorate, camps against each other.

Each is computed for each source of evidence apart, for every camp, and corrected over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.detectors.geography.account_places import SOURCES
from forensics.detectors.geography.camp_audiences import region_counts
from forensics.detectors.geography.region_statistics import (
    FEWEST_RANKED,
    conformal_p,
    design_effect,
    dispersion,
    effective_groups,
    g_statistic,
    location_quotients,
    share_above,
    share_interval,
    share_tail,
    spread_between,
)
from forensics.statistics.multiple_testing import with_q_values

FEWEST_FOR_SPREAD = 5
"""Reference audiences from which the spread between audiences can be estimated at all."""

Counts = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a constituency's regions would each contribute.

    Attributes:
        column: ``country`` or ``region``.
        figures: people by code; empty where the reference audiences' own shares stand in for them.
        origin: ``given``, ``population`` or ``references``: where the figures are from.
    """

    column: str
    figures: dict[str, float]
    origin: str


def foreign_shares(
    located: pl.DataFrame, home: list[str], diaspora: float, least: int, references: pl.DataFrame
) -> pl.DataFrame:
    """Return each camp's share of people outside the constituency, by source.

    Args:
        located: ``source, audience, is_camp, arrived_by, account_id, country``.
        home: the countries that vote.
        diaspora: share of the electorate that lives abroad; below 0 where it is not stated.
        least: audiences with fewer people of known country are left out.
        references: ``source, audience`` of the reference audiences that are large enough.

    Returns:
        ``source, audience, n_known, n_foreign, share, low, high, effect, n_references, reference_share, p_diaspora,
        p_references, q_diaspora, q_references``; ordered by source and audience. A p is null where its comparison
        does not exist.
    """
    foreign = located.with_columns(is_foreign=~pl.col("country").is_in(home))
    rows = []
    for source in SOURCES:
        of_source = foreign.filter(pl.col("source") == source)
        wanted = references.filter(pl.col("source") == source)["audience"]
        pages = group_hits(
            of_source.filter(~pl.col("is_camp") & pl.col("audience").is_in(wanted.implode())), "audience"
        )
        for (audience,), people in of_source.filter("is_camp").group_by("audience", maintain_order=True):
            if people.height >= least:
                rows.append({"source": source, "audience": audience, **_foreign(people, pages, diaspora)})
    table = with_q_values(pl.DataFrame(rows, _FOREIGN), "diaspora")
    return with_q_values(table, "references").sort("source", "audience")


_FOREIGN = {
    **dict.fromkeys(("source", "audience"), pl.String),
    **dict.fromkeys(("n_known", "n_foreign"), pl.Int64),
    **dict.fromkeys(("share", "low", "high", "effect"), pl.Float64),
    "n_references": pl.Int64,
    **dict.fromkeys(("reference_share", "p_diaspora", "p_references"), pl.Float64),
}


def group_hits(people: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return each group's people ``n`` and those of them that are ``is_foreign``, as ``hits``."""
    return people.group_by(by).agg(n=pl.len(), hits=pl.col("is_foreign").sum()).sort(by)


def _foreign(people: pl.DataFrame, pages: pl.DataFrame, diaspora: float) -> dict[str, Any]:
    n, hits = people.height, int(people["is_foreign"].sum())
    groups = group_hits(people, "arrived_by")
    effect = design_effect(groups["hits"].to_numpy(), groups["n"].to_numpy())
    low, high = share_interval(hits, n, effect, effective_groups(groups["n"].to_numpy()))
    many = pages.height >= FEWEST_FOR_SPREAD
    return {
        "n_known": n,
        "n_foreign": hits,
        "share": hits / n,
        "low": low,
        "high": high,
        "effect": effect,
        "n_references": pages.height,
        "reference_share": int(pages["hits"].sum()) / int(pages["n"].sum()) if many else None,
        "p_diaspora": share_tail(hits, n, diaspora, effect) if diaspora >= 0 else None,
        "p_references": _against_pages(hits, n, effect, pages) if many else None,
    }


def _against_pages(hits: int, n: int, effect: float, pages: pl.DataFrame) -> float:
    """Return the chance that an audience like the references has a foreign share as large."""
    known, foreign = pages["n"].to_numpy().astype(np.float64), pages["hits"].to_numpy().astype(np.float64)
    if pages.height < FEWEST_RANKED:
        return share_above(hits, n, effect, foreign, known)
    both = np.column_stack((np.append(foreign, hits), np.append(known - foreign, n - hits)))
    share = float(np.clip(_mean_shares(both)[0], 1e-6, 1 - 1e-6))
    spread = spread_between(both, np.array([share, 1 - share]))
    sizes = both.sum(axis=1)
    above = (both[:, 0] - sizes * share) / np.sqrt(sizes * share * (1 - share) * (1 + (sizes - 1) * spread))
    return conformal_p(float(above[-1]), above[:-1])


def region_tests(
    located: pl.DataFrame, baseline: Baseline, least: int, references: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return how far each camp's audience lies from the electorate, and its regions' location quotients.

    Args:
        located: ``source, audience, is_camp, country, region``.
        least: audiences with fewer people in the constituency are left out.
        references: ``source, audience`` of the reference audiences that are large enough.

    Returns:
        Two tables ordered by source and audience:

        - ``source, audience, n, n_regions, g, phi, n_references, method, p_electorate, q_electorate``: ``phi`` is the
          overdispersion, ``method`` is ``conformal`` or ``scaled_g``; p is null without enough references.
        - ``source, audience, place, n_people, expected_share, quotient, low, high, p_region, q_region``, one row per
          region; p is null where the spread between audiences is not known.
    """
    distances, quotients = [], []
    for source in SOURCES:
        of_source = located.filter(pl.col("source") == source)
        wanted = references.filter(pl.col("source") == source)["audience"].implode()
        is_reference = ~pl.col("is_camp") & pl.col("audience").is_in(wanted)
        places = sorted(baseline.figures) or _places_of(of_source.filter(is_reference), baseline.column)
        if len(places) < 2:
            continue
        camps = region_counts(of_source.filter("is_camp"), places, baseline.column)
        pages = region_counts(of_source.filter(is_reference), places, baseline.column).drop("audience").to_numpy()
        shares = _shares(baseline, places, pages)
        for name, *counts in camps.iter_rows():
            y = np.array(counts, np.float64)
            if y.sum() >= least:
                distance, phi = region_distance(y, pages, shares, is_electorate=bool(baseline.figures))
                distances.append({"source": source, "audience": name, **distance})
                quotients += _quotients(source, name, places, y, shares, phi)
    far = with_q_values(pl.DataFrame(distances, _DISTANCE), "electorate").sort("source", "audience")
    near = with_q_values(pl.DataFrame(quotients, _QUOTIENT, orient="row"), "region")
    return far, near.sort("source", "audience", "place")


_DISTANCE = {
    **dict.fromkeys(("source", "audience"), pl.String),
    **dict.fromkeys(("n", "n_regions"), pl.Int64),
    **dict.fromkeys(("g", "phi"), pl.Float64),
    "n_references": pl.Int64,
    "method": pl.String,
    "p_electorate": pl.Float64,
}
_QUOTIENT = {
    **dict.fromkeys(("source", "audience", "place"), pl.String),
    "n_people": pl.Int64,
    **dict.fromkeys(("expected_share", "quotient", "low", "high", "p_region"), pl.Float64),
}


def _places_of(people: pl.DataFrame, column: str) -> list[str]:
    return people[column].drop_nulls().unique().sort().to_list()


def _shares(baseline: Baseline, places: list[str], pages: Counts) -> Floats:
    """Return the expected shares; half a person is added where references stand in, so that none is 0."""
    figures = np.array([baseline.figures[place] for place in places]) if baseline.figures else pages.sum(axis=0) + 0.5
    return np.asarray(figures / figures.sum(), np.float64)


def _mean_shares(audiences: Counts) -> Floats:
    """Return the mean of the audiences' own shares, each audience alike.

    A rank among audiences is only fair where what they are measured by treats them alike: shares of the references
    alone would lie nearer to each of these than to the audience that is tested.
    """
    smoothed = audiences + 0.5 / audiences.shape[1]
    return np.asarray((smoothed / smoothed.sum(axis=1, keepdims=True)).mean(axis=0), np.float64)


def region_distance(
    y: Floats, pages: Counts, shares: Floats, *, is_electorate: bool
) -> tuple[dict[str, Any], float | None]:
    """Return the audience's distance from the electorate, or from the mean audience, and φ where it is known."""
    from scipy import stats  # noqa: PLC0415  takes half a second

    many = len(pages) >= FEWEST_FOR_SPREAD
    everyone = np.vstack((pages, y)) if many else y[None, :]
    centre = shares if is_electorate or not many else _mean_shares(everyone)
    # The audience's own distance is no part of the ordinary spread, but it is of a centre that is fitted to it.
    spread = spread_between(pages if is_electorate else everyone, centre) if many else 0.0
    g = g_statistic(y, centre)
    phi = dispersion(float(y.sum()), spread) if many else None
    method, p_value = "none", None
    if len(pages) >= FEWEST_RANKED:
        sizes = everyone.sum(axis=1)
        ranked = np.array([g_statistic(row, centre) for row in everyone])
        ranked /= 1 + (sizes - 1) * spread_between(everyone, centre)
        method, p_value = "conformal", conformal_p(float(ranked[-1]), ranked[:-1])
    elif phi is not None:
        freedom = len(shares) - 1
        # The spread is known as well as the audiences it is measured on: large ones say more of it than small ones.
        worth = max(effective_groups(pages.sum(axis=1)) - 1, 1.0)
        method, p_value = "scaled_g", float(stats.f.sf(g / phi / freedom, freedom, freedom * worth))
    return {
        "n": int(y.sum()),
        "n_regions": len(shares),
        "g": g,
        "phi": phi,
        "n_references": len(pages),
        "method": method,
        "p_electorate": p_value,
    }, phi


def _quotients(
    source: str, audience: str, places: list[str], y: Floats, shares: Floats, phi: float | None
) -> list[tuple[Any, ...]]:
    found = location_quotients(y, shares, phi or 1.0)
    return [
        (
            *(source, audience, place, int(y[at]), float(shares[at])),
            *(float(found.quotient[at]), float(found.low[at]), float(found.high[at])),
            None if phi is None else float(found.p_value[at]),
        )
        for at, place in enumerate(places)
    ]
