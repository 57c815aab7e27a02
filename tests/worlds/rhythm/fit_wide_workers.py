"""Simulated accounts that are worked in paid hours, of a wide family: rosters, breaks, quotas, ways of working.

A roster says which shifts there are and when each begins; a way of working says where the acts of a shift lie.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["worker"]

Times = NDArray[np.float64]
Roster = list[tuple[float, float]]
"""Begin and length of each shift, minutes."""

DAY = 1440.0


def _days(rng: np.random.Generator, n_days: int) -> NDArray[np.int64]:
    """Return the days worked: fixed days off, or so many on and so many off, or a few days a week; less absences."""
    day = np.arange(n_days + 1)
    kind = rng.choice(["week", "week", "week", "cycle", "part"])
    if kind == "cycle":
        on, off = ((4, 2), (2, 2), (5, 2), (3, 3), (6, 1), (4, 3))[int(rng.integers(6))]
        works = (day + int(rng.integers(0, on + off))) % (on + off) < on
    elif kind == "part":
        works = np.isin(day % 7, rng.choice(7, size=int(rng.integers(2, 5)), replace=False))
    else:
        off_days = int(rng.choice([0, 1, 1, 2, 2]))
        off = rng.permutation(7)[:off_days] if rng.random() < 0.4 else np.arange(7 - off_days, 7)
        works = ~np.isin(day % 7, off)
    works &= rng.random(day.size) < rng.uniform(0.6, 1)
    return day[works] if works.any() else day[:1]


def _roster(rng: np.random.Generator, n_days: int) -> Roster:
    """Return the shifts."""
    start, length = 60 * rng.uniform(0, 24), 60 * float(np.clip(rng.normal(8, 1.5), 3.5, 12))
    if rng.random() < 0.6:  # most begin at a round half-hour
        start = 30.0 * round(start / 30)
    if rng.random() < 0.2:
        length = 60 * rng.uniform(3.5, 6)
    kind = rng.choice(["one", "one", "one", "rotating", "rotating", "split", "double"])
    turn = int(rng.choice([2, 2, 3]))
    every, order, apart = int(rng.choice([7, 7, 14, 3, 4])), rng.permutation(turn), float(rng.choice([480.0, 480, 720]))
    punctual, short_day = rng.uniform(1, 20), int(rng.integers(7))
    is_short = rng.random() < 0.15
    shifts: Roster = []
    for day in _days(rng, n_days):
        begin = day * DAY + start + rng.normal(0, punctual)
        own = length / 2 if is_short and day % 7 == short_day else length
        if kind == "rotating":
            begin += order[day // every % turn] * (apart if turn == 2 else DAY / 3)
        if kind == "split":
            shifts += [(begin, own / 2), (begin + own / 2 + 60 * rng.uniform(1.5, 3), own / 2)]
        elif kind == "double":
            shifts += [(begin, own), (begin + own, own)]
        else:
            shifts.append((begin, own))
    return shifts


Way = Callable[[np.random.Generator, float, int], Times]
"""``way(rng, length, quota)``: minutes from the shift's begin of about ``quota`` acts."""


def _even(shape: float) -> Way:
    """Return acts that follow one another at a pace, more even the larger the shape; chance at 1."""

    def way(rng: np.random.Generator, length: float, quota: int) -> Times:
        gaps = rng.gamma(shape, size=quota + 1)
        return np.cumsum(gaps)[:-1] / gaps.sum() * length

    return way


def _orders(pace: float, spread: float, idle: float) -> Way:
    """Return acts worked off one by one from the begin of the shift, with idle waits, until the quota is done."""

    def way(rng: np.random.Generator, length: float, quota: int) -> Times:
        waits = length / max(quota, 1) * pace * rng.lognormal(0, spread, size=2 * quota + 1)
        waits[rng.random(waits.size) < idle] *= 5
        times = rng.uniform(0, min(waits[0] * 4, length / 3)) + np.cumsum(waits)
        return times[times <= length][: max(1, round(quota * 1.2))]

    return way


def _rounds(visits: float, step: float, fixed: bool) -> Way:
    """Return short visits: one worker goes through many accounts and comes back to each a few times a shift."""

    def way(rng: np.random.Generator, length: float, quota: int) -> Times:
        n = max(1, round(visits) if fixed else int(rng.poisson(visits)))
        begins = (np.arange(n) + rng.uniform(0.1, 0.9, size=n)) / n * length
        own = np.repeat(begins, rng.multinomial(quota, np.full(n, 1 / n)))
        return own + rng.gamma(2.0, step, size=own.size)

    return way


def _batches(size: float, step: float) -> Way:
    """Return batches of acts at chance moments of the shift."""

    def way(rng: np.random.Generator, length: float, quota: int) -> Times:
        begins = rng.uniform(0, length, size=max(1, round(quota / size)))
        return rng.choice(begins, size=quota) + rng.exponential(step, size=quota)

    return way


def _way(rng: np.random.Generator) -> Way:
    kind = int(rng.choice(4, p=[0.4, 0.25, 0.2, 0.15]))
    if kind == 0:
        return _even(float(np.exp(rng.uniform(-0.2, 1.5))))
    if kind == 1:
        return _orders(rng.uniform(0.4, 1.1), rng.uniform(0.2, 1.0), rng.choice([0.0, 0.03, 0.1]))
    if kind == 2:
        return _rounds(rng.uniform(2, 9), rng.uniform(0.2, 2.0), bool(rng.random() < 0.5))
    return _batches(rng.uniform(2, 12), rng.uniform(0.4, 6))


def worker(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate an account worked in paid hours; at least ``n_acts`` times, minutes since the first midnight."""
    shifts, way = _roster(rng, n_days), _way(rng)
    n_breaks = int(rng.choice([0, 1, 1, 1, 2, 3]))
    places = (np.arange(n_breaks) + 1) / (n_breaks + 1) + rng.normal(0, 0.03, size=n_breaks)
    pause = float(rng.choice([15.0, 30, 45, 60, 60, 75])) / max(1, n_breaks - 1)
    busy = rng.uniform(0.05, 0.6)
    mean = max(1.0, n_acts / len(shifts))
    parts: list[Times] = []
    while sum(part.size for part in parts) < n_acts:
        for begin, length in shifts:
            acts = way(rng, length, int(rng.poisson(mean * rng.lognormal(0, busy))))
            for place in places:
                breaks = place * length + rng.normal(0, 4)
                acts = acts[(acts < breaks) | (acts > breaks + pause)]
            parts.append(begin + acts[acts <= length + 5])
    times = np.concatenate(parts)
    stray = rng.random(times.size) < rng.choice([0, 0.005, 0.02, 0.05])
    return np.where(stray, times + rng.uniform(-DAY / 2, DAY / 2, size=times.size), times)
