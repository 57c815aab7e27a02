"""Declared advertisements: what each cost, how often it was shown and where, as ranges like the archive's."""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.simulate.pages.page_dials import PageElection
from forensics.simulate.random_draws import Floats, lognormal, stream, whole

_SHOWN_PER_EURO = 120.0
_LONGEST_DAYS = 10

# The archive's brackets: the least of each; the most is one below the next.
_EUROS = np.array([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000,
                   4_500, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000, 15_000, 20_000, 50_000])  # fmt: skip
_SHOWN = np.array([0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000, 15_000, 20_000, 25_000,
                   30_000, 35_000, 40_000, 45_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000, 125_000, 150_000,
                   200_000, 500_000, 1_000_000, 10_000_000])  # fmt: skip


def declared_ads(election: PageElection, seed: int) -> pl.DataFrame:
    """Draw the advertisements of all camps, as far as they are declared.

    Args:
        election: the dials; ``silent_money`` leaves out a share of a camp's advertisements' cost, ``shown_abroad``
            shows a share of them abroad.

    Returns:
        One row for each advertisement: ``ad`` (number), ``page`` (number), ``camp``, ``first_day, last_day`` (since the
        period's start), ``spend_low, spend_high`` (euros), ``shown_low, shown_high``, ``regions`` and ``shares``
        (lists; shares sum to 1). Who is silent about money declares fewer and cheaper advertisements.
    """
    parts = [_of_camp(election, seed, number, camp) for number, camp in enumerate(election.camps)]
    return pl.concat(parts).with_row_index("ad").with_columns(pl.col("ad").cast(pl.Int64))


def _of_camp(election: PageElection, seed: int, number: int, camp: str) -> pl.DataFrame:
    rng = stream(seed, "ads", number)
    n = election.n_ads
    cost = lognormal(rng, election.ad_cost, 0.8, n)
    shown = cost * lognormal(rng, _SHOWN_PER_EURO, 0.4, n)
    page = number * election.n_pages + whole(rng, 0, election.n_pages, n)
    first = whole(rng, 0, max(1, election.n_days - _LONGEST_DAYS), n)
    last = first + whole(rng, 1, _LONGEST_DAYS, n)
    places = [_places(rng, election, _dial(election, camp, "shown_abroad")) for _ in range(n)]
    declared = 1.0 - _dial(election, camp, "silent_money")
    # The largest are kept silent first: what is declared are the small ones.
    rank = np.argsort(np.argsort(cost, kind="stable"), kind="stable")
    values = np.cumsum(np.sort(cost))[rank] <= max(declared * cost.sum(), np.sort(cost)[0])
    spend_low, spend_high = _bracket(cost, _EUROS)
    shown_low, shown_high = _bracket(shown, _SHOWN)
    return pl.DataFrame(
        {
            "page": page,
            "camp": [camp] * n,
            "first_day": first,
            "last_day": last,
            "spend_low": spend_low,
            "spend_high": spend_high,
            "shown_low": shown_low,
            "shown_high": shown_high,
            "regions": [[region for region, _ in own] for own in places],
            "shares": [[share for _, share in own] for own in places],
        }
    ).filter(pl.Series(values))


def _dial(election: PageElection, camp: str, practice: str) -> float:
    """Return how large a practice is planted for a camp; 0 where it is not."""
    sizes = [plant.size for plant in election.plants if plant.camp == camp and plant.practice == practice]
    return min(1.0, sum(sizes))


def _places(rng: np.random.Generator, election: PageElection, abroad: float) -> list[tuple[str, float]]:
    """Return where one advertisement was shown: about as the electorate lives, and a share of it abroad."""
    home = np.array([share for _, share in election.regions]) * lognormal(rng, 1.0, 0.3, len(election.regions))
    home *= (1.0 - abroad) / home.sum()
    away = np.full(len(election.abroad), abroad / len(election.abroad))
    names = (*(region for region, _ in election.regions), *election.abroad)
    parts = zip(names, np.round(np.concatenate((home, away)), 6).tolist(), strict=True)
    return [(name, share) for name, share in parts if share > 0]


def _bracket(amounts: Floats, least: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the bracket that each amount lies in."""
    place = np.clip(np.searchsorted(least, amounts, side="right") - 1, 0, len(least) - 2)
    return least[place], least[place + 1] - 1
