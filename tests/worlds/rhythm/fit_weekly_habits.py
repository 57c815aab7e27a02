"""Simulated accounts of the hard neighbours of each kind: people, workers and software.

Ordinary people with weekly habits and with holidays, workers on half shifts and on split shifts, software that keeps
office hours and software that waits at random.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.rhythm.fit_queues_and_schedulers import Generator

Times = NDArray[np.float64]


def habits(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody with a few habits, each on its own weekdays, each a session of uneven length."""
    times = []
    for _ in range(int(rng.integers(3, 7))):
        hour, weekdays = rng.uniform(7, 24), rng.random(7) < rng.uniform(0.3, 0.9)
        for day in range(n_days):
            if weekdays[day % 7] and rng.random() < 0.6:
                n = 1 + min(int(rng.pareto(1.4) * n_acts / n_days), 40)
                times.append(day * 1440 + 60 * rng.normal(hour, 0.8) + np.cumsum(rng.lognormal(0.3, 1.2, size=n)))
    return np.concatenate(times) if times else np.empty(0)


def holidays(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who is away for weeks and makes up for it, at any waking hour."""
    away = np.repeat(rng.random(n_days // 7 + 2) < 0.4, 7)[: n_days + 1]
    days = rng.choice(np.flatnonzero(~away) if (~away).any() else np.arange(n_days), size=max(5, n_acts // 4))
    starts = days * 1440 + 60 * rng.triangular(7, rng.uniform(12, 21), 25, size=days.size)
    return np.concatenate([s + np.cumsum(rng.weibull(0.5, size=1 + rng.geometric(0.3)) * 4) for s in starts])


def half_shift(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who works five hours a day, six days a week, order by order."""
    start, length = rng.uniform(6, 18), rng.uniform(4.5, 6)
    days = np.array([d for d in range(n_days) if d % 7 < 6])
    per_day = max(1, round(n_acts / days.size * 1.1))
    return np.concatenate([
        d * 1440 + 60 * start + rng.normal(0, 6) + np.sort(rng.beta(1.0, 1.0, size=per_day)) * 60 * length for d in days
    ])  # fmt: skip


def split_shift(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate four hours in the morning and four in the afternoon with two hours between, one day off."""
    start = rng.uniform(6, 10)
    days = np.array([d for d in range(n_days) if d % 7 != 3])
    chosen = np.sort(rng.choice(days, size=int(n_acts * 1.1)))
    within = rng.uniform(0, 8, size=chosen.size)
    return chosen * 1440 + 60 * (start + within + 2 * (within > 4)) + rng.normal(0, 1, size=chosen.size)


def office_software(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a scheduler that is on from early morning to late evening and picks round minutes."""
    opens, length = rng.uniform(5, 8), rng.uniform(13, 16)
    step = float(rng.choice([5, 10, 15, 30]))
    slots = np.arange(0, 60 * length, step)
    times = (np.arange(n_days)[:, None] * 1440 + 60 * opens + slots[None, :]).ravel()
    return rng.choice(times, size=min(times.size, n_acts), replace=False) + rng.uniform(0, 0.5)


def waiting_software(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a loop that waits between a least and a most time, around the clock."""
    mean = n_days * 1440 / n_acts
    return np.cumsum(rng.uniform(0.5, 1.5, size=n_acts) * mean)


FRESH: dict[str, dict[str, Generator]] = {
    "shift": {"half_shift": half_shift, "split_shift": split_shift},
    "software": {"office_software": office_software, "waiting_software": waiting_software},
    "ordinary": {"habits": habits, "holidays": holidays},
}
