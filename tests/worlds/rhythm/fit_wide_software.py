"""Simulated software, of a wide family: timers, timetables, dice, feeds and triggers, by day or around the clock."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["programme"]

Times = NDArray[np.float64]

DAY = 1440.0
STEPS = (5, 6, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360)


def _timer(rng: np.random.Generator, n_acts: int, span: float) -> Times:
    """Return a fixed step that keeps to the clock, a little late each time."""
    wished = span / n_acts
    step = float(min(STEPS, key=lambda each: abs(np.log(each / wished)))) if rng.random() < 0.7 else wished
    slots = np.arange(rng.uniform(0, step), max(span, step * n_acts * 1.2), step)
    return slots + rng.uniform(0, 1, size=slots.size) * rng.choice([0, 0.3, 1, 3])


def _drifting(rng: np.random.Generator, n_acts: int, span: float) -> Times:
    """Return waits drawn anew after each act: even, normal, exponential, gamma or log-normal."""
    n = int(n_acts * 1.1) + 2
    width = rng.uniform(0.05, 1.0)
    waits = (
        lambda: rng.uniform(1 - width, 1 + width, size=n),
        lambda: np.abs(1 + rng.normal(0, width * 0.35, size=n)),
        lambda: rng.exponential(size=n),
        lambda: rng.gamma(1 / width, width, size=n),
        lambda: rng.lognormal(0, width * 0.7, size=n),
        lambda: width + rng.exponential(size=n),
    )[int(rng.integers(6))]()
    return np.cumsum(waits) * span / n


def _timetable(rng: np.random.Generator, n_acts: int, span: float) -> Times:
    """Return the same minutes of each day, even or chosen once."""
    n_days = max(1, int(span / DAY))
    per_day = int(np.clip(np.ceil(n_acts / n_days * 1.3), 1, 700))
    grain = float(rng.choice([1, 5, 10, 15]))
    table = (
        np.sort(rng.choice(np.arange(0, DAY, grain), size=int(min(per_day, DAY / grain)), replace=False))
        if rng.random() < 0.5
        else rng.uniform(0, 60) + np.arange(0, DAY, max(grain, DAY // per_day))
    )
    late = rng.uniform(0, rng.choice([0.5, 2.0, 10.0]), size=(n_days, table.size))
    return (np.arange(n_days)[:, None] * DAY + table[None, :] + late).ravel()


def _feed(rng: np.random.Generator, n_acts: int, span: float) -> Times:
    """Return items passed on as they appear, with the day and the week of those who write them, polled or at once."""
    times = np.empty(0)
    night, peak, width, weekend = rng.uniform(0.05, 0.7), rng.uniform(0, 24), rng.uniform(3, 7), rng.uniform(0.35, 1)
    while times.size < n_acts:
        drawn = rng.uniform(0, span, size=6 * n_acts)
        level = night + (1 - night) * np.exp(-0.5 * (((drawn / 60 - peak + 12) % 24 - 12) / width) ** 2)
        level *= np.where(drawn // DAY % 7 >= 5, weekend, 1.0)
        times = np.concatenate([times, drawn[rng.random(drawn.size) < level]])
    poll = float(rng.choice([1, 1, 5, 10, 15, 30, 60]))
    return np.ceil(times / poll) * poll + rng.uniform(0, 1)


def _trigger(rng: np.random.Generator, n_acts: int, span: float) -> Times:
    """Return runs of acts at a set pace, each set off by chance or by a timer."""
    length, step = int(rng.integers(2, 12)), float(rng.choice([0.2, 0.5, 1, 2, 5]))
    n = max(2, -(-n_acts // length))
    starts = rng.uniform(0, span, size=n) if rng.random() < 0.5 else np.arange(n) * span / n + rng.uniform(0, 3, size=n)
    return (starts[:, None] + step * np.arange(length)[None, :]).ravel()


MAKERS: tuple[Callable[[np.random.Generator, int, float], Times], ...] = (
    _timer, _drifting, _drifting, _timetable, _feed, _feed, _trigger,
)  # fmt: skip


def programme(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a programme; about ``n_acts`` times or more, minutes since the first midnight."""
    span = n_days * DAY
    maker = MAKERS[int(rng.integers(len(MAKERS)))]
    keeps = rng.uniform(0.4, 0.95) if rng.random() < 0.3 else 1.0
    opens, length = rng.uniform(0, 24), rng.uniform(9, 20)
    by_day = rng.random() < 0.25 and maker is not _feed
    wanted = n_acts / keeps * (24 / length if by_day else 1.0)
    times = maker(rng, max(4, int(np.ceil(wanted))), span)
    if by_day:
        times = times[((times / 60 - opens) % 24) < length]
    if rng.random() < 0.2:  # its service was down
        outage = rng.uniform(0, max(times.max(initial=1.0), 1.0))
        times = times + np.where(times > outage, rng.exponential(DAY), 0)
    return times[rng.random(times.size) < keeps]
