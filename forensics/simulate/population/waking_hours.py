"""Days and nights: when people are awake, and when in the period they act."""

from __future__ import annotations

import numpy as np

from forensics.simulate.random_draws import Floats, exponential, pick, whole

START_S = 1_725_235_200
"""The period begins on Monday, 2 September 2024, 00:00 UTC; seconds since 1970."""

DAY_S = 86_400

# Activity by local hour, the busiest hour 1: a night's trough, a morning's rise, a dip after lunch, an evening's
# plateau. The shape of published daily rhythms (Golder & Macy 2011, doi:10.1126/science.1202775), rounded.
_BY_HOUR = (
    *(0.35, 0.18, 0.09, 0.05, 0.05, 0.10, 0.30, 0.60, 0.75, 0.75, 0.75, 0.80),  # from midnight
    *(0.90, 0.85, 0.75, 0.75, 0.80, 0.85, 0.95, 1.00, 1.00, 1.00, 0.90, 0.60),  # from noon
)
_BY_MINUTE = np.interp(np.arange(1_440) / 60.0, np.arange(25), (*_BY_HOUR, _BY_HOUR[0]))


def wakefulness(time_s: Floats, clock_s: Floats) -> Floats:
    """Return how active people are at a time, the busiest minute 1.

    Args:
        time_s: seconds since the period's start, UTC.
        clock_s: each one's own clock's distance from UTC: time zone and habit, seconds.
    """
    minute = np.floor((time_s + clock_s) / 60.0).astype(np.int64) % 1_440
    return np.asarray(_BY_MINUTE[minute], np.float64)


def is_awake(rng: np.random.Generator, time_s: Floats, clock_s: Floats) -> np.ndarray:
    """Draw whether people act at a time that offers itself, by the hour of their own clocks."""
    return np.asarray(rng.random(len(time_s)) < wakefulness(time_s, clock_s))


def moments(rng: np.random.Generator, n_days: int, clock_s: Floats) -> Floats:
    """Draw times within the period at which people of these clocks are active, seconds since its start."""
    n = len(clock_s)
    local = pick(rng, _BY_MINUTE, n) * 60.0 + rng.random(n) * 60.0
    day = whole(rng, 0, n_days, n) * float(DAY_S)
    return np.asarray((day + local - clock_s) % (n_days * DAY_S), np.float64)


def once_awake(rng: np.random.Generator, time_s: Floats, clock_s: Floats) -> Floats:
    """Put off what falls into the night, by an hour or two at a time."""
    time_s = time_s.copy()
    sleepy = np.flatnonzero(wakefulness(time_s, clock_s) < 0.5)
    for _ in range(12):
        sleepy = sleepy[~is_awake(rng, time_s[sleepy], clock_s[sleepy])]
        time_s[sleepy] += exponential(rng, 5_400.0, len(sleepy))
    return time_s
