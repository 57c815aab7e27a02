"""Simulated ordinary people, of a wide family: when they wake, which days they come by, how long they stay.

Each account draws its own daily curve, its own days and its own sessions, each from several kinds, so that the weights
learn no single shape.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["person"]

Times = NDArray[np.float64]
Days = NDArray[np.int64]
Clock = Callable[[Days], Times]
"""``clock(days)``: an hour of the day for each of some days; below 0 and above 24 are the nights around it."""

DAY = 1440.0
EDITORS = 0.15
"""Share of the people who keep a page rather than speak for themselves."""


def _peaks(rng: np.random.Generator) -> Clock:
    """Return hours from one to four broad peaks over an even floor, within waking hours."""
    wake, awake = rng.normal(7.5, 1.8) + 4 * (rng.random() < 0.15), np.clip(rng.normal(16, 1.2), 12, 19.5)
    n_peaks = int(rng.integers(1, 5))
    centres, widths = rng.uniform(0, awake, size=n_peaks), rng.uniform(0.7, 3.5, size=n_peaks)
    weights, floor = rng.dirichlet(np.full(n_peaks, 2.0)), rng.uniform(0.05, 0.6)

    def clock(days: Days) -> Times:
        which = rng.choice(n_peaks, p=weights, size=days.size)
        hours = rng.normal(centres[which], widths[which])
        away = (rng.random(days.size) < floor) | (hours < 0) | (hours > awake)
        return wake + np.where(away, rng.uniform(0, awake, size=days.size), hours)

    return clock


def _smooth_curve(rng: np.random.Generator) -> Clock:
    """Return hours from a smooth random curve of the day with one night in it."""
    hour = np.arange(0, 24, 0.25)
    waves = sum(
        rng.normal(0, 1 / order) * np.cos(2 * np.pi * order * (hour - rng.uniform(0, 24)) / 24)
        for order in (1, 2, 3, 4)
    )
    night = np.cos(2 * np.pi * (hour - rng.normal(4, 1.5)) / 24)
    level = np.exp(rng.uniform(0.2, 1.2) * waves - rng.uniform(0.8, 4) * night)
    level /= level.sum()
    return lambda days: rng.choice(hour, p=level, size=days.size) + rng.uniform(0, 0.25, size=days.size)


def _free_time(rng: np.random.Generator) -> Clock:
    """Return hours around a job or a school: early, at a break, in the evening; any hour when free."""
    up, home, bed = rng.uniform(5.5, 8.5), rng.uniform(14, 20), rng.uniform(21.5, 25)
    weights = rng.dirichlet(np.array([1.0, 0.6, 3.0, 0.3]))
    free = rng.choice(7, size=int(rng.integers(1, 4)), replace=False)

    def clock(days: Days) -> Times:
        n = days.size
        parts = np.stack(
            [
                rng.normal(up + 0.5, 0.4, size=n),
                rng.normal(12.5, 0.4, size=n),
                rng.uniform(home, bed, size=n),
                rng.uniform(up, bed, size=n),
            ]
        )
        busy = parts[rng.choice(4, p=weights, size=n), np.arange(n)]
        return np.where(np.isin(days % 7, free), rng.uniform(up + 1.5, bed, size=n), busy)

    return clock


def _habits(rng: np.random.Generator) -> Clock:
    """Return hours of a few habits, each with its own weight by weekday."""
    n = int(rng.integers(2, 9))
    hours, spreads = rng.uniform(6.5, 25, size=n), rng.uniform(0.2, 1.6, size=n)
    weights = rng.gamma(rng.uniform(0.2, 1.5), size=(7, n)) + 1e-9
    weights /= weights.sum(axis=1, keepdims=True)

    def clock(days: Days) -> Times:
        level = weights[days % 7].cumsum(axis=1)
        which = np.minimum((rng.random(days.size)[:, None] > level).sum(axis=1), n - 1)
        return rng.normal(hours[which], spreads[which])

    return clock


def _one_window(rng: np.random.Generator) -> Clock:
    """Return hours of one free window that has no sharp ends."""
    first, length = rng.uniform(5, 22), rng.uniform(1, 10)
    rise, fall = rng.uniform(1.2, 4, size=2)
    return lambda days: first + length * rng.beta(rise, fall, size=days.size)


def _day_weights(rng: np.random.Generator, n_days: int) -> Times:
    """Return how much somebody does on each day: moods, weekends, absences, hot days, growing or failing interest."""
    day = np.arange(n_days + 1)
    weight = rng.gamma(np.exp(rng.uniform(-1.5, 3.0)), size=day.size)
    if rng.random() < 0.4:
        weight = weight * np.exp(np.cumsum(rng.normal(0, rng.uniform(0.1, 0.7), size=day.size)))
    if rng.random() < 0.6:
        weight = weight * np.where(day % 7 >= 5, np.exp(rng.normal(0.1, 0.8)), 1.0)
    if rng.random() < 0.3:
        weight = weight * rng.dirichlet(np.full(7, rng.uniform(0.7, 8)))[day % 7]
    if rng.random() < 0.4:
        weight = weight * (rng.random(day.size) < rng.uniform(0.08, 0.8))
    if rng.random() < 0.3:
        block = int(rng.integers(3, 15))
        weight = weight * np.repeat(rng.random(day.size // block + 1) > rng.uniform(0.1, 0.6), block)[: day.size]
    if rng.random() < 0.25:
        weight = weight * np.where(rng.random(day.size) < 0.08, rng.uniform(4, 30), 1.0)
    return weight + 1e-9 * (day == rng.integers(0, day.size)) + 1e-15


def _sessions(rng: np.random.Generator, starts: Times, law: str) -> Times:
    """Return the acts of sessions: how many and how far apart differ much, from session to session too."""
    n = starts.size
    size, step, tail = np.exp(rng.uniform(-2.5, 2.8)), rng.uniform(0.2, 5), rng.uniform(0.7, 2.2)
    counts = {
        "pareto": lambda: np.minimum(rng.pareto(rng.uniform(1.1, 2.2), size=n) * size, 80),
        "geometric": lambda: rng.geometric(1 / (1 + size), size=n) - 1,
        "single": lambda: rng.poisson(min(size, 0.3), size=n),
    }[law]().astype(np.int64)
    of = np.repeat(np.arange(n), counts)
    gaps = (
        {
            0: lambda: rng.pareto(tail, size=of.size) + 0.05,
            1: lambda: rng.lognormal(0, rng.uniform(0.6, 1.6), size=of.size),
            2: lambda: rng.weibull(rng.uniform(0.4, 0.9), size=of.size),
        }[int(rng.integers(3))]()
        * step
        * rng.lognormal(0, rng.uniform(0, 0.8), size=n)[of]
    )
    walked = np.cumsum(gaps)
    first = np.searchsorted(of, of)
    return np.concatenate([starts, starts[of] + walked - walked[first] + gaps[first]])


def _offspring(rng: np.random.Generator, roots: Times) -> Times:
    """Return roots with what they set off: each act draws more acts after it, soon or late."""
    branching, tail, reach = rng.uniform(0.2, 0.88), rng.uniform(0.5, 1.6), rng.uniform(0.2, 2)
    acts, parents = [roots], roots
    while parents.size and sum(part.size for part in acts) < 60_000:
        parents = np.repeat(parents, rng.poisson(branching, size=parents.size))
        waits = reach * (1 + rng.pareto(tail, size=parents.size))
        parents = (parents + waits)[waits < 300]
        acts.append(parents)
    return np.concatenate(acts)


def _spaced(times: Times, apart: float) -> Times:
    """Return the times that lie a while after the one kept before: whoever keeps a page does not post twice at once."""
    kept: list[float] = []
    for time in np.sort(times).tolist():
        if not kept or time - kept[-1] >= apart:
            kept.append(time)
    return np.array(kept)


def _editor(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Return the posts of a page that people keep: about as many each day, well apart, and each day at other hours."""
    opens, length, drift = rng.normal(7.5, 1.5), rng.uniform(9, 17), rng.uniform(0.3, 1.5)
    per_day, steadiness = 1.15 * n_acts / n_days, rng.uniform(0.2, 1.2)
    weekend, customs = rng.uniform(0.2, 1.2), rng.uniform(0, length, size=int(rng.integers(1, 6)))
    wander, style = rng.uniform(0.5, 2.5), int(rng.integers(3))
    times = []
    for day in range(n_days + 1):
        level = per_day * (weekend if day % 7 >= 5 else 1.0)
        count = max(0, int(np.floor(level + rng.normal(0, steadiness * np.sqrt(level)) + rng.random())))
        hours = (
            lambda n: (np.arange(n) + rng.uniform(0, 1, size=n)) / max(n, 1) * length,
            lambda n: rng.uniform(0, length, size=n),
            lambda n: rng.choice(customs, size=n) + rng.normal(0, wander, size=n),
        )[style](count)
        times.append(day * DAY + 60 * (opens + rng.normal(0, drift) + hours))
    return np.concatenate(times)


def person(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who acts when they like; mostly ``n_acts`` times or more, minutes since the first midnight."""
    apart = min(rng.uniform(20, 240), 400 * n_days / n_acts)
    if rng.random() < EDITORS:
        times, asked = np.empty(0), n_acts
        while times.size < n_acts:
            times, asked = _spaced(_editor(rng, asked, n_days), apart / 2), int(asked * 1.3) + 1
        return times
    makers = (_peaks, _smooth_curve, _free_time, _habits, _one_window)
    clock = makers[int(rng.choice(5, p=[0.25, 0.25, 0.2, 0.2, 0.1]))](rng)
    weight = _day_weights(rng, n_days)
    law = str(rng.choice(["pareto", "geometric", "single", "offspring"], p=[0.3, 0.2, 0.15, 0.35]))
    mood, later = rng.uniform(0.1, 1.5), rng.choice([0.0, rng.uniform(0, 2.5)])
    sleepless = rng.choice([0.0, rng.uniform(0, 0.06)])
    moods = rng.normal(0, mood, size=n_days + 1)
    if rng.random() < 0.1:  # somebody who travels
        moods[int(rng.integers(0, n_days + 1)) :] += rng.uniform(-6, 6)
    times = np.empty(0)
    while times.size < n_acts:
        days = rng.choice(n_days + 1, p=weight / weight.sum(), size=max(3, n_acts // 3))
        hours = clock(days) + moods[days] + later * (days % 7 >= 5)
        hours = np.where(rng.random(days.size) < sleepless, rng.uniform(0, 24, size=days.size), hours)
        starts = days * DAY + 60 * hours
        acts = _offspring(rng, starts) if law == "offspring" else _sessions(rng, starts, law)
        times = np.concatenate([times, acts])
    if rng.random() < 0.15:
        times = _spaced(times, apart)
    return times
