"""Simulated accounts by which the features of the rhythm profile were chosen; its weights are fitted to them too.

Ordinary people here are a self-exciting process under a circadian curve, workers work off a queue of paid orders,
software is written as the schedulers that are sold.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]
Generator = Callable[[np.random.Generator, int, int], Times]
"""``generator(rng, n_acts, n_days)``: about ``n_acts`` times or more, minutes since a midnight of UTC."""

# Relative use of a social network by local hour, night low, a plateau by day and a peak at about 21 h.
CURVE = np.array([4, 2.5, 1.5, 1, 1, 1.5, 3, 5.5, 7, 7.5, 7.5, 7.5, 8.5, 8, 7.5, 7.5, 8, 8.5, 9, 10, 11.5, 12, 10.5, 7])


def _thin(rng: np.random.Generator, level: Callable[[Times], Times], n: int, n_days: int) -> Times:
    """Return n times from a level of 0 to 1 over hours since midnight of the first day."""
    kept = np.empty(0)
    while kept.size < n:
        hours = rng.uniform(0, 24 * n_days, size=8 * n)
        kept = np.concatenate([kept, hours[rng.random(hours.size) < level(hours)]])
    return kept[:n] * 60


def _cascade(rng: np.random.Generator, roots: Times, branching: float, exponent: float) -> Times:
    """Return roots with their offspring: each act draws on average ``branching`` more, after Pareto waits."""
    acts, parents = [roots], roots
    while parents.size and sum(a.size for a in acts) < 50_000:
        children = np.repeat(parents, rng.poisson(branching, size=parents.size))
        parents = children + 0.4 * (1 + rng.pareto(exponent, size=children.size))
        parents = parents[parents - children < 240]
        acts.append(parents)
    return np.concatenate(acts)


def person(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate an ordinary user: circadian curve of a random chronotype, cascades, moods that last for days."""
    chronotype, sharpness = rng.normal(0, 1.7), rng.uniform(0.7, 2.2)
    interest = np.exp(np.cumsum(rng.normal(0, 0.45, size=n_days + 1)) * rng.uniform(0.2, 1))
    interest *= rng.random(n_days + 1) < rng.uniform(0.3, 1.0)
    interest[0] += 0.3
    weekend = rng.uniform(0.6, 2.2)

    def level(hours: Times) -> Times:
        day = np.minimum(hours // 24, n_days).astype(int)
        sleeps_in = np.isin(day % 7, (2, 3)) * 1.3
        curve = (CURVE / CURVE.max())[((hours - chronotype - sleeps_in) % 24).astype(int)] ** sharpness
        return curve * np.where(np.isin(day % 7, (2, 3)), weekend, 1.0) / 2.2 * interest[day] / interest.max()

    branching = rng.uniform(0.2, 0.8)
    return _cascade(
        rng, _thin(rng, level, max(8, int(n_acts * (1 - branching))), n_days), branching, rng.uniform(0.5, 1.4)
    )


def night_owl(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody awake from noon until four."""
    return person(rng, n_acts, n_days) + 60 * rng.uniform(4, 8)


def after_work(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody with a job: commutes and evenings on weekdays, any hour at weekends."""
    out, home, bed = rng.uniform(6.5, 8), rng.uniform(17, 19), rng.uniform(22, 24)
    lunch = rng.uniform(0, 0.5)

    def level(hours: Times) -> Times:
        clock, day = hours % 24, hours // 24
        free = (np.abs(clock - out) < 0.7) | ((clock > home) & (clock < bed))
        weekday = np.where(free, 0.9, np.where(np.abs(clock - 12.6) < 0.5, lunch, 0.03))
        weekend = np.where((clock > out + 1.5) & (clock < bed), 0.6, 0.02)
        return np.where(np.isin(day % 7, (2, 3)), weekend, weekday)

    return _cascade(rng, _thin(rng, level, max(8, n_acts // 2), n_days), rng.uniform(0.3, 0.7), rng.uniform(0.6, 1.5))


def part_time(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who comes by on a few days, a few long sessions each."""
    days = rng.choice(n_days, size=max(4, int(n_days * rng.uniform(0.15, 0.5))), replace=False)
    sessions = rng.choice(days, size=max(6, n_acts // 6)) * 24 + rng.normal(17, 3.2, size=max(6, n_acts // 6))
    return _cascade(rng, sessions * 60, rng.uniform(0.75, 0.9), rng.uniform(0.6, 1.3))


def _orders(rng: np.random.Generator, n_acts: int, shifts: list[float], length: float) -> Times:
    """Return acts of orders worked off one by one in shifts: an order takes tens of acts at a near-even pace."""
    per_shift = max(1, round(n_acts / len(shifts)))
    pace = np.clip(length * 60 / per_shift * rng.uniform(0.3, 1.0), 0.4, 120)
    spread, break_at = rng.uniform(0.25, 0.9), length * rng.uniform(0.42, 0.58)
    break_length = rng.choice([0.0, 0.5, 0.75, 1.0])
    times = []
    for start in shifts:
        clock = rng.uniform(0, 0.5 * length if per_shift < 8 else 0.6)
        for _ in range(int(rng.binomial(2 * per_shift, 0.5)) or 1):
            times.append(start + clock)
            clock += rng.lognormal(np.log(pace), spread) / 60
            if break_at < clock < break_at + break_length:
                clock = break_at + break_length + rng.exponential(0.1)
            if clock > length:
                break
    return np.array(times) * 60


def day_worker(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate one shift a day, one or two fixed days off, sick days."""
    start, length, off = rng.uniform(7, 11), rng.uniform(7, 10), int(rng.integers(1, 3))
    days = [d for d in range(n_days) if d % 7 >= off and rng.random() < 0.92] or [0]
    return _orders(rng, n_acts, [24 * d + start + rng.normal(0, 0.15) for d in days], length)


def night_worker(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate night shifts, four nights on and two off."""
    start, length = rng.uniform(20, 23), rng.uniform(7, 9.5)
    days = [d for d in range(n_days) if d % 6 < 4] or [0]
    return _orders(rng, n_acts, [24 * d + start + rng.normal(0, 0.2) for d in days], length)


def two_shifts(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate workers who change between an early and a late shift each week."""
    early, length = rng.uniform(6, 8), rng.uniform(7, 8.5)
    days = [d for d in range(n_days) if d % 7 < 6] or [0]
    return _orders(rng, n_acts, [24 * d + early + 8 * (d // 7 % 2) + rng.normal(0, 0.2) for d in days], length)


def rounds_worker(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate an account visited on rounds, a few short visits in each shift: one worker serves many."""
    start, length = rng.uniform(7, 14), rng.uniform(6, 9)
    days = [d for d in range(n_days) if d % 7 < 6 and rng.random() < 0.85] or [0]
    visits = int(rng.integers(2, 7))
    times = []
    for day in days:
        begins = 24 * day + start + (np.arange(visits) + rng.uniform(0.1, 0.9, size=visits)) * length / visits
        acts = 1 + rng.poisson(max(0.0, n_acts / len(days) / visits - 0.6), size=visits)
        times.append(
            np.concatenate([b + np.cumsum(rng.gamma(2.0, 0.4, size=a)) / 60 for b, a in zip(begins, acts, strict=True)])
        )
    return np.concatenate(times) * 60


def cron(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a fixed timetable: the same minutes of chosen hours each day, some runs without a result."""
    per_day = max(1, int(np.ceil(n_acts / n_days * 1.3)))
    table = np.sort(rng.choice(1440 // 5, size=min(per_day, 280), replace=False) * 5)
    if rng.random() < 0.6:
        table = np.arange(0, 1440, max(1, 1440 // per_day))
    times = (np.arange(n_days)[:, None] * 1440 + table[None, :]).ravel() + rng.choice([0, 3])
    return times[rng.random(times.size) < rng.uniform(0.7, 1)] + rng.uniform(0, 0.4)


def dice(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate waits drawn again and again: exponential, even or log-normal, day and night."""
    mean = n_days * 1440 / n_acts
    waits = [rng.exponential(mean, n_acts), rng.uniform(0.2, 1.8, n_acts) * mean, rng.lognormal(0, 0.4, n_acts) * mean]
    return np.cumsum(waits[int(rng.integers(3))])


def wobbling_timer(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a timer that adds a random wait to each round and rests when its service is down."""
    step = n_days * 1440 / n_acts
    times = np.cumsum(step * (1 + rng.normal(0, rng.uniform(0.02, 0.25), size=n_acts)))
    outage = rng.uniform(0, times[-1])
    return times + np.where(times > outage, rng.exponential(600), 0)


def news_feed(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a programme that passes on a newsroom's items as they appear, thinner at night and at weekends."""
    night, peak, weekend = rng.uniform(0.1, 0.5), rng.uniform(8, 19), rng.uniform(0.45, 0.95)

    def level(hours: Times) -> Times:
        daily = night + (1 - night) * np.exp(-0.5 * (((hours - peak + 12) % 24 - 12) / 4.5) ** 2)
        return daily * np.where(np.isin(hours // 24 % 7, (2, 3)), weekend, 1.0)

    times = np.sort(_thin(rng, level, n_acts, n_days))
    delay = rng.choice([0, 5, 15])
    return np.ceil(times / delay) * delay + 0.2 if delay else times + rng.exponential(1)


PEOPLE: dict[str, Generator] = {
    "person": person,
    "night_owl": night_owl,
    "after_work": after_work,
    "part_time": part_time,
}
WORKERS: dict[str, Generator] = {
    "day_worker": day_worker,
    "night_worker": night_worker,
    "two_shifts": two_shifts,
    "rounds_worker": rounds_worker,
}
SOFTWARE: dict[str, Generator] = {"cron": cron, "dice": dice, "wobbling_timer": wobbling_timer, "news_feed": news_feed}
WORLD: dict[str, dict[str, Generator]] = {"shift": WORKERS, "software": SOFTWARE, "ordinary": PEOPLE}
OFFSETS_HOURS = (5.5, 7.0, 8.0)


def account(rng: np.random.Generator, generator: Generator, n_acts: int, n_days: int) -> NDArray[np.int64]:
    """Return exactly ``n_acts`` minutes since 1970 in an eastern time zone, in order."""
    asked, times = n_acts, np.empty(0)
    while times.size < n_acts:
        times = generator(rng, asked, n_days)
        asked = int(asked * 1.3) + 1
    times = rng.choice(times, size=n_acts, replace=False) if rng.random() < 0.5 else _stretch(rng, times, n_acts)
    return np.sort(np.floor(times - 60 * rng.choice(OFFSETS_HOURS) + 1440 * 17_000)).astype(np.int64)


def _stretch(rng: np.random.Generator, times: Times, n: int) -> Times:
    """Return n successive times, from a random place."""
    first = int(rng.integers(0, times.size - n + 1))
    return np.sort(times)[first : first + n]
