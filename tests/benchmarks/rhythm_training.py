"""The simulated accounts on which the rhythm weights were fitted: ordinary people, people on shifts, software.

The accounts on which the weights are tested come from other generators of other shapes, in ``rhythm_worlds``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]
"""Minutes since the first midnight, UTC, in any order."""

Generator = Callable[[np.random.Generator, int, int], Times]
"""``generator(rng, n_acts, n_days)``: at least ``n_acts`` times within about ``n_days`` days."""

DAY = 1440.0


def _sessions(rng: np.random.Generator, starts: Times, mean_length: float, step: float, tail: float) -> Times:
    """Return sittings of heavy-tailed length with heavy-tailed pauses between their acts."""
    acts = []
    for start in starts:
        length = 1 + min(int(rng.pareto(1.6) * mean_length), 60)
        acts.append(start + np.concatenate([[0.0], np.cumsum(step * (rng.pareto(tail, size=length - 1) + 0.05))]))
    return np.concatenate(acts) if acts else np.empty(0)


def _peaks(rng: np.random.Generator, n: int, wake: float, awake: float) -> Times:
    """Return times of the waking day, hours, from one to four broad peaks over an even floor."""
    n_peaks = rng.integers(1, 5)
    centres = rng.uniform(0, awake, size=n_peaks)
    widths = rng.uniform(0.7, 3.5, size=n_peaks)
    which = rng.choice(n_peaks, p=rng.dirichlet(np.full(n_peaks, 2.0)), size=n)
    hours = rng.normal(centres[which], widths[which])
    even = rng.random(n) < rng.uniform(0.05, 0.6)
    hours[even] = rng.uniform(0, awake, size=int(even.sum()))
    return wake + np.where((hours < 0) | (hours > awake), rng.uniform(0, awake, size=n), hours)


def ordinary(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who acts when they like: waking hours, sittings, good and bad days, late weekends."""
    wake, awake = rng.normal(7.5, 1.8), np.clip(rng.normal(16, 1.2), 12, 19.5)
    night_owl = rng.random() < 0.15
    wake += 4 * night_owl
    if rng.random() < 0.2:  # somebody with a fixed free window, such as evenings only
        awake = rng.uniform(1, 9)
        wake = rng.uniform(6, 20)
    mean_length, step, tail = np.exp(rng.uniform(-3, 2.8)), rng.uniform(0.3, 4), rng.uniform(0.7, 2.2)
    keenness = rng.gamma(np.exp(rng.uniform(-1, 3.5)), size=n_days + 1)
    weekday = rng.dirichlet(np.full(7, rng.uniform(3, 60)))
    if rng.random() < 0.2:  # somebody who leaves it alone at weekends
        weekday[5:] *= rng.uniform(0.1, 0.7)
    day_weight = keenness * weekday[np.arange(n_days + 1) % 7] + 1e-12
    if rng.random() < 0.4:  # somebody who comes by on some days only
        day_weight *= rng.random(n_days + 1) < rng.uniform(0.1, 0.7)
        day_weight[0] += 1e-9
    later = rng.uniform(0, 2.5)
    start_jitter = rng.uniform(0.2, 1.5)
    times = np.empty(0)
    while times.size < n_acts:
        days = rng.choice(n_days + 1, p=day_weight / day_weight.sum(), size=n_acts)
        mood = rng.normal(0, start_jitter, size=n_days + 1)
        hours = _peaks(rng, n_acts, wake, awake) + mood[days] + later * np.isin(days % 7, (5, 6))
        sleepless = rng.random(n_acts) < rng.uniform(0, 0.06)
        hours = np.where(sleepless, rng.uniform(0, 24, size=n_acts), hours)
        starts = days * DAY + 60 * hours
        times = np.concatenate([times, _sessions(rng, starts[: max(3, n_acts // 3)], mean_length, step, tail)])
    return times


def _one_shift(rng: np.random.Generator, length: float, quota: int, style: str, pause: tuple[float, float]) -> Times:
    """Return the acts of one shift, minutes from its start."""
    if style == "steady":
        gaps = rng.gamma(rng.uniform(0.8, 3), size=quota + 1)
        acts = np.cumsum(gaps)[:-1] / gaps.sum() * length
    elif style == "batches":
        visits = np.sort(rng.uniform(0, length, size=max(1, quota // rng.integers(2, 8))))
        acts = rng.choice(visits, size=quota) + rng.exponential(rng.uniform(0.5, 6), size=quota)
    else:
        acts = rng.uniform(0, length, size=quota)
    acts = acts[(acts < pause[0]) | (acts > pause[0] + pause[1])]
    return acts[acts <= length + 5]


def worker(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate an account worked in paid hours: shifts, breaks, days off, quotas, a few acts outside."""
    start = rng.choice([6.0, 7, 7.5, 8, 8.5, 9, 9.5, 10, 12, 14, 16, 20, 21, 22, 23])
    length = 60 * rng.choice([5.0, 6, 7, 8, 8, 8, 8.5, 9, 9, 10, 11])
    pattern = rng.choice(["one", "one", "one", "one", "rotating", "double"])
    style = str(rng.choice(["steady", "batches", "even"]))
    pause = (length * rng.uniform(0.4, 0.6), rng.choice([0.0, 30, 45, 60, 60, 75]))
    days_off = rng.choice([0, 1, 1, 2, 2])
    off = rng.permutation(7)[:days_off] if rng.random() < 0.4 else np.arange(7 - days_off, 7)
    present, punctual, steady_quota = rng.uniform(0.5, 1), rng.uniform(1, 20), rng.uniform(0.1, 0.7)
    work_days = [d for d in range(n_days + 1) if d % 7 not in off and rng.random() < present] or [0]
    per_shift = max(1.0, n_acts / len(work_days) / (2 if pattern == "double" else 1))
    times = np.empty(0)
    while times.size < n_acts:
        for day in work_days:
            begins = {"one": [start], "double": [start, start + length / 60], "rotating": [start + 8 * (day // 7 % 2)]}
            for begin in begins[str(pattern)]:
                quota = int(rng.poisson(per_shift * rng.lognormal(0, steady_quota)))
                acts = _one_shift(rng, length, quota, style, pause)
                times = np.concatenate([times, day * DAY + 60 * begin + rng.normal(0, punctual) + acts])
        per_shift *= 1.3
    stray = rng.random(times.size) < rng.choice([0, 0.01, 0.03, 0.06])
    return np.where(stray, times + rng.uniform(-DAY / 2, DAY / 2, size=times.size), times)


def software(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a programme: timers with and without jitter, chance, polled feeds with a daily rhythm, triggers."""
    span = n_days * DAY
    kind = rng.choice(["timer", "jitter", "chance", "feed", "feed", "trigger", "daytimer"])
    if kind in ("timer", "jitter", "daytimer"):
        step = span / n_acts if kind == "jitter" else float(rng.choice([5, 10, 15, 20, 30, 60, 120, 180, 240, 360]))
        slots = np.arange(rng.uniform(0, step), max(span, step * n_acts * 1.2), step)
        wobble = {
            "timer": rng.choice([0, 0.3, 1]),
            "jitter": step * rng.uniform(0.05, 0.5),
            "daytimer": rng.uniform(0, 3),
        }
        times = slots + rng.uniform(0, 1, size=slots.size) * wobble[str(kind)]
        if kind == "daytimer":
            opens = rng.uniform(0, 24)
            times = times[((times / 60 - opens) % 24) < rng.uniform(10, 20)]
        return times[rng.random(times.size) < rng.uniform(0.5, 1)]
    if kind == "chance":
        return rng.uniform(0, span, size=n_acts)
    if kind == "trigger":
        starts = rng.uniform(0, span, size=max(2, n_acts // 4))
        return np.concatenate([starts + k * rng.choice([0.5, 1, 2, 5]) for k in range(int(rng.integers(2, 8)))])
    hours = rng.uniform(0, 24, size=6 * n_acts)
    level = 1 + rng.uniform(0.2, 0.95) * np.cos(2 * np.pi * (hours - rng.uniform(0, 24)) / 24)
    days = rng.integers(0, n_days + 1, size=hours.size)
    weekend = np.where(np.isin(days % 7, (5, 6)), rng.uniform(0.4, 1), 1.0)
    kept = rng.random(hours.size) * 2 < level * weekend
    times = (days * DAY + 60 * hours)[kept]
    poll = float(rng.choice([1, 5, 10, 15, 30, 60]))
    return np.ceil(times / poll) * poll + rng.uniform(0, 1)


GENERATORS: dict[str, Generator] = {"shift": worker, "software": software, "ordinary": ordinary}
