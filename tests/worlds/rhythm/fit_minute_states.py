"""Simulated accounts that are walked through minute by minute: people, workers and software as states in turn.

They were held out from the first weights; now they are among the worlds that the weights are fitted to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.rhythm.fit_queues_and_schedulers import Generator

Times = NDArray[np.float64]

DAY = 1440


def _walk(rng: np.random.Generator, chance_on: NDArray[np.float64], mean_on: float, per_minute: float) -> Times:
    """Return acts of somebody who turns to the phone with a chance for each minute, stays a while and acts meanwhile.

    Args:
        rng: the generator.
        chance_on: of turning to it, for each minute of the span.
        mean_on: minutes of staying.
        per_minute: acts for each minute of staying.
    """
    begins = np.flatnonzero(rng.random(chance_on.size) < chance_on)
    times: list[Times] = []
    free_from = 0.0
    for begin in begins:
        if begin < free_from:
            continue
        stay = float(rng.exponential(mean_on * rng.lognormal(0, 0.7)))
        n = 1 + rng.poisson(per_minute * stay)
        times.append(begin + np.sort(rng.uniform(0, stay + 0.5, size=n)))
        free_from = begin + stay
    return np.concatenate(times) if times else np.empty(0)


def _scaled(chance: NDArray[np.float64], n_acts: int, acts_each: float) -> NDArray[np.float64]:
    return np.minimum(chance / chance.sum() * n_acts / acts_each * 1.3, 0.5)


def student(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate lectures with breaks between them, long evenings, weeks of examinations without the phone."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    up, bed = rng.normal(8.5, 1) * 60, rng.normal(25, 1) * 60
    awake = (clock > up) | (clock < bed - DAY)
    in_class = np.isin(day % 7, np.arange(5)) & (clock > 9 * 60) & (clock < 16 * 60)
    is_break = clock % 105 < 15
    chance = awake * np.where(in_class, np.where(is_break, 2.0, 0.15), np.where(clock > 19 * 60, 2.2, 0.9))
    chance = (
        chance * np.where(np.isin(day // 7 % 8, rng.integers(0, 8, 2)), 0.15, 1.0) * rng.gamma(1.2, size=n_days)[day]
    )
    stay, pace = rng.uniform(3, 15), rng.uniform(0.1, 0.6)
    return _walk(rng, _scaled(chance + 1e-12, n_acts, 1 + stay * pace), stay, pace)


def parent(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody with children: before school, after bedtime, a little in between, more at weekends."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    early, late = rng.uniform(5.8, 7.2) * 60, rng.uniform(19.5, 21) * 60
    quiet = (clock > early) & (clock < early + 45)
    evening = (clock > late) & (clock < late + rng.uniform(90, 200))
    daytime = (clock > early) & (clock < late)
    weekday = quiet * 2.0 + evening * 3.0 + daytime * rng.uniform(0.05, 0.5)
    weekend = daytime * 0.8 + evening * 2.0
    chance = np.where(np.isin(day % 7, (5, 6)), weekend, weekday) * rng.gamma(0.8, size=n_days)[day]
    stay, pace = rng.uniform(2, 10), rng.uniform(0.1, 0.8)
    return _walk(rng, _scaled(chance + 1e-12, n_acts, 1 + stay * pace), stay, pace)


def fan(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who comes alive with matches: two nights a week, two hours each, and hardly between them."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    nights, kick_off = rng.choice(7, 2, replace=False), rng.choice([15, 18, 20.75]) * 60
    match = np.isin(day % 7, nights) & (clock > kick_off - 20) & (clock < kick_off + 130)
    awake = (clock > 8 * 60) & (clock < 23.5 * 60)
    follows = rng.random(n_days)[day] < 0.8
    chance = match * follows * rng.uniform(8, 30) + awake * 0.6 * rng.gamma(0.7, size=n_days)[day]
    stay, pace = rng.uniform(2, 8), rng.uniform(0.2, 1.0)
    return _walk(rng, _scaled(chance + 1e-12, n_acts, 1 + stay * pace), stay, pace)


def retired(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody with all day: mornings and afternoons, a rest after lunch, long slow readings."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    up, bed = rng.normal(6.7, 0.6) * 60, rng.normal(21.8, 0.6) * 60
    awake = (clock > up) & (clock < bed)
    rest = (clock > 13 * 60) & (clock < 13 * 60 + rng.uniform(30, 120))
    chance = awake * np.where(rest, 0.15, 1.0) * rng.gamma(2.0, size=n_days)[day]
    stay, pace = rng.uniform(10, 40), rng.uniform(0.03, 0.25)
    return _walk(rng, _scaled(chance + 1e-12, n_acts, 1 + stay * pace), stay, pace)


def _at_work(rng: np.random.Generator, present: NDArray[np.bool_], n_acts: int) -> Times:
    """Return acts of somebody at work in some minutes: a chance in each, slower in some half-hours than in others."""
    half_hours = rng.uniform(0.5, 1.5, size=present.size // 30 + 1)
    level = present * np.repeat(half_hours, 30)[: present.size]
    chance = level / max(level.sum(), 1e-9) * n_acts * 1.25
    n = rng.poisson(chance)
    return np.repeat(np.arange(present.size), n) + rng.random(int(n.sum()))


def call_centre(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a desk: nine hours with five minutes off each hour and a meal, a half day on Fridays, Sundays off."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    begin = rng.choice([6, 7, 8, 9, 13, 14]) * 60 + rng.normal(0, 5, size=n_days)[day]
    since = clock - begin
    present = (since > 0) & (since < np.where(day % 7 == 4, 270, 540)) & (day % 7 != 6)
    present &= (since % 60 > 5) & ~((since > 240) & (since < 280)) & (rng.random(n_days)[day] < 0.93)
    return _at_work(rng, present, n_acts)


def evening_piecework(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate evenings of piecework, five a week, from six o'clock until the day's number is done."""
    begin, days_off = rng.uniform(17.5, 19.5) * 60, rng.choice(7, 2, replace=False)
    days = [d for d in range(n_days) if d % 7 not in days_off and rng.random() < 0.9] or [0]
    number = max(1, round(n_acts / len(days) * 1.15))
    times = []
    for day in days:
        pace = rng.uniform(200, 330) / number
        steps = pace * (0.4 + rng.gamma(2.0, 0.3, size=number))
        times.append(day * DAY + begin + rng.normal(0, 8) + np.cumsum(steps))
    return np.concatenate(times)


def relay_of_two(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate an account that two workers share, the early shift and the late by turns of a day."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    first = rng.uniform(6, 8) * 60
    early = (clock > first) & (clock < first + 420)
    late = (clock > first + 480) & (clock < first + 900)
    turn = (day // 28 + day) % 2 == 0
    return _at_work(rng, np.where(turn, early, late) & (day % 7 != 6), n_acts)


def market_days(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate four fixed days a week, eight hours around two hours of lunch."""
    minute = np.arange(n_days * DAY)
    clock, day = minute % DAY, minute // DAY
    begin = rng.uniform(7, 10) * 60
    hours = (clock > begin) & (clock < begin + 600) & ~((clock > begin + 240) & (clock < begin + 360))
    return _at_work(rng, hours & np.isin(day % 7, rng.choice(7, 4, replace=False)), n_acts)


def token_bucket(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate software that may act so often an hour and spends its allowance at once, silent at night."""
    allowance, step = int(rng.integers(2, 7)), rng.uniform(0.3, 3)
    hours = np.arange(n_days * 24)
    awake = (hours % 24 >= 6) & (rng.random(hours.size) < min(1.0, 1.3 * n_acts / allowance / (18 * n_days)))
    begins = hours[awake] * 60 + rng.uniform(0, 2)
    times = (begins[:, None] + step * np.arange(allowance)[None, :]).ravel()
    return times if times.size else np.array([0.0])


def posting_plan(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a scheduler with its best hours of the day, each some minutes early or late, every day alike."""
    per_day = max(1, int(np.ceil(1.2 * n_acts / n_days)))
    plan, wobble = np.sort(rng.uniform(6 * 60, 23 * 60, size=per_day)), rng.uniform(0, 6)
    late = rng.uniform(-wobble, wobble, size=(n_days, per_day))
    return (np.arange(n_days)[:, None] * DAY + plan[None, :] + late).ravel()


def echo(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a programme that repeats a news service some set minutes later, fewer items at night."""
    minute = np.arange(n_days * DAY)
    chance = np.where((minute % DAY > 5.5 * 60) & (minute % DAY < 22 * 60), 1.0, rng.uniform(0.15, 0.5))
    items = np.flatnonzero(rng.random(minute.size) < chance / chance.sum() * n_acts * 1.25)
    return items + float(rng.choice([1, 2, 5, 10])) + rng.uniform(0, 0.6, size=items.size)


def back_off(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a loop that waits a set time, doubles it after each refusal and starts again, day and night."""
    base = n_days * DAY / n_acts / 1.6
    waits = base * 2.0 ** np.minimum(rng.geometric(0.65, size=int(n_acts * 1.2)) - 1, 5)
    return np.cumsum(waits + rng.uniform(0, 0.3, size=waits.size))


WALKED: dict[str, dict[str, Generator]] = {
    "shift": {
        "call_centre": call_centre,
        "evening_piecework": evening_piecework,
        "relay_of_two": relay_of_two,
        "market_days": market_days,
    },
    "software": {"token_bucket": token_bucket, "posting_plan": posting_plan, "echo": echo, "back_off": back_off},
    "ordinary": {"student": student, "parent": parent, "fan": fan, "retired": retired},
}
