"""Kulldorff's scan statistics: the circle, or circle and stretch of time, that holds most cases beyond expectation.

The p-value is a rank among Monte Carlo replicas of which each is scanned in the same way, so that searching
everywhere is already paid for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[Any]

_EARTH_KM = 6371.0
_REPLICAS_AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Hotspot:
    """One circle, or cylinder, of areas.

    Attributes:
        areas: positions of its areas, the centre first.
        radius_km: distance of its farthest area from the centre.
        first: first time step inside; 0 for a purely spatial scan.
        last: last time step inside, inclusive.
        observed: cases inside.
        expected: cases expected inside.
        ratio: log likelihood ratio.
        p_value: (1 + replicas whose largest ratio is at least this) / (1 + replicas).
    """

    areas: tuple[int, ...]
    radius_km: float
    first: int
    last: int
    observed: float
    expected: float
    ratio: float
    p_value: float


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a scan found.

    Attributes:
        hotspots: the most likely one, then others that share no area with a likelier one, largest ratio first.
        largest_by_chance: shape (replicas,), each replica's largest ratio.
    """

    hotspots: tuple[Hotspot, ...]
    largest_by_chance: Floats


def distances_km(latitude: Floats, longitude: Floats) -> Floats:
    """Return great-circle distances, shape (areas, areas)."""
    north, east = np.radians(latitude), np.radians(longitude)
    across = np.sin((north[:, None] - north) / 2) ** 2
    along = np.cos(north)[:, None] * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(across + along, 0, 1))), np.float64)


def spatial_scan(
    cases: Counts,
    at_risk: Floats,
    distance_km: Floats,
    *,
    seed: int,
    replicas: int = 999,
    largest_share: float = 0.5,
    spread: float = 0.0,
) -> Scan:
    """Scan circles around every area under a Poisson model.

    Args:
        cases: shape (areas,).
        at_risk: shape (areas,), people who could have been cases, above 0.
        distance_km: shape (areas, areas).
        replicas: draws under the null.
        largest_share: largest share of the people at risk that a circle may hold.
        spread: ρ of ``region_statistics.spread_between``: how unlike audiences are without any hotspot; 0 is
            Kulldorff's own null, in which only chance divides them.

    Source:
        Kulldorff 1997, doi:10.1080/03610929708831995, eq. for the Poisson model.
        Differs: with a spread above 0 the replicas are Dirichlet-multinomial.
    """
    share = at_risk / at_risk.sum()
    order = np.argsort(distance_km, axis=1, kind="stable")
    inside = np.cumsum(share[order], axis=1)
    allowed = inside <= largest_share + 1e-12
    rng = np.random.default_rng(seed)
    total = int(cases.sum())
    ratios = _spatial_ratios(cases[None, :].astype(np.float64), order, inside, allowed)[0]
    by_chance = np.empty(replicas)
    for first in range(0, replicas, _REPLICAS_AT_ONCE):
        n = min(_REPLICAS_AT_ONCE, replicas - first)
        drawn = _draw(rng, total, share, spread, n)
        by_chance[first : first + n] = _spatial_ratios(drawn, order, inside, allowed).max(axis=(1, 2))
    return Scan(_spatial_hotspots(ratios, cases, share, order, distance_km, by_chance), by_chance)


def _draw(rng: np.random.Generator, total: int, share: Floats, spread: float, n: int) -> Floats:
    if spread <= 0:
        return rng.multinomial(total, share, size=n).astype(np.float64)
    concentration = (1 - spread) / spread
    shares = rng.dirichlet(share * concentration, size=n)
    return np.array([rng.multinomial(total, row) for row in shares], np.float64)


def _log_ratio(observed: Floats, expected: Floats, total: Floats | float) -> Floats:
    """Return the log likelihood ratio where more is observed than expected, else 0."""
    ratio = special.xlogy(observed, observed / expected) + special.xlogy(
        total - observed, (total - observed) / np.maximum(total - expected, 1e-300)
    )
    return np.where(observed > expected, ratio, 0.0)


def _spatial_ratios(cases: Floats, order: Counts, inside: Floats, allowed: Counts) -> Floats:
    """Return the ratio of every circle, shape (replicas, centres, sizes)."""
    total = cases.sum(axis=1)[:, None, None]
    observed = np.cumsum(cases[:, order], axis=2)
    return np.where(allowed, _log_ratio(observed, total * inside, total), 0.0)


def _spatial_hotspots(
    ratios: Floats, cases: Counts, share: Floats, order: Counts, distance_km: Floats, by_chance: Floats
) -> tuple[Hotspot, ...]:
    found: list[Hotspot] = []
    taken: set[int] = set()
    for flat in np.argsort(-ratios, axis=None, kind="stable"):
        centre, size = divmod(int(flat), ratios.shape[1])
        ratio = float(ratios[centre, size])
        areas = tuple(int(area) for area in order[centre, : size + 1])
        if ratio <= 0:
            break
        if taken.isdisjoint(areas):
            taken.update(areas)
            observed, expected = float(cases[list(areas)].sum()), float(cases.sum() * share[list(areas)].sum())
            radius = float(distance_km[centre, areas[-1]])
            found.append(Hotspot(areas, radius, 0, 0, observed, expected, ratio, _p(ratio, by_chance)))
    return tuple(found)


def _p(ratio: float, by_chance: Floats) -> float:
    return float(1 + np.sum(by_chance >= ratio - 1e-9)) / (1 + len(by_chance))


def space_time_scan(
    areas: Counts,
    steps: Counts,
    distance_km: Floats,
    *,
    seed: int,
    replicas: int = 199,
    largest_share: float = 0.5,
    longest: int = 7,
) -> Scan:
    """Scan circles in stretches of time for cases beyond what the areas' and the times' totals explain.

    No population is needed: a place that is always common and a day on which everything is busy are both expected.
    The replicas deal the cases' times out again.

    Args:
        areas: shape (cases,), each case's area, positions in ``distance_km``.
        steps: shape (cases,), each case's time step, from 0.
        distance_km: shape (areas, areas).
        replicas: draws under the null.
        largest_share: largest share of the cases that a circle may hold.
        longest: longest stretch, steps.

    Source:
        Kulldorff et al. 2005, doi:10.1371/journal.pmed.0020059 (space-time permutation); cylinders as in Kulldorff
        2001, doi:10.1111/1467-985X.00186.
    """
    n_areas, n_steps, total = len(distance_km), int(steps.max()) + 1, len(areas)
    by_area = np.bincount(areas, minlength=n_areas) / total
    order = np.argsort(distance_km, axis=1, kind="stable")
    inside = np.cumsum(by_area[order], axis=1)
    zones = np.argwhere(inside <= largest_share + 1e-12)
    member = np.zeros((len(zones), n_areas))
    for row, (centre, size) in enumerate(zones):
        member[row, order[centre, : size + 1]] = 1.0
    by_step = np.bincount(steps, minlength=n_steps).astype(np.float64)
    windows = [(first, last) for first in range(n_steps) for last in range(first, min(first + longest, n_steps))]
    firsts, lasts = (np.array(ends) for ends in zip(*windows, strict=True))
    days = np.concatenate(([0.0], np.cumsum(by_step)))
    expected = (member @ by_area)[:, None] * (days[lasts + 1] - days[firsts])

    def ratios(dealt: Counts) -> tuple[Floats, Floats]:
        grid = np.bincount(areas * n_steps + dealt, minlength=n_areas * n_steps).reshape(n_areas, n_steps)
        running = np.pad(np.cumsum(member @ grid, axis=1), ((0, 0), (1, 0)))
        observed = running[:, lasts + 1] - running[:, firsts]
        return _log_ratio(observed, np.maximum(expected, 1e-12), float(total)), observed

    rng = np.random.default_rng(seed)
    by_chance = np.array([ratios(rng.permutation(steps))[0].max(initial=0.0) for _ in range(replicas)])
    found, observed = ratios(steps)
    hotspots: list[Hotspot] = []
    taken: set[int] = set()
    for flat in np.argsort(-found, axis=None, kind="stable")[:10_000]:
        zone, window = divmod(int(flat), len(windows))
        centre, size = (int(part) for part in zones[zone])
        spot = tuple(int(area) for area in order[centre, : size + 1])
        if found[zone, window] <= 0:
            break
        if taken.isdisjoint(spot):
            taken.update(spot)
            ratio = float(found[zone, window])
            numbers = (float(observed[zone, window]), float(expected[zone, window]), ratio, _p(ratio, by_chance))
            radius = float(distance_km[centre, spot[-1]])
            hotspots.append(Hotspot(spot, radius, *windows[window], *numbers))
    return Scan(tuple(hotspots), by_chance)
