"""Simulated accounts that follow a routine of days and errands: people, workers and software.

They were held out from earlier weights; now they are among the worlds that the weights are fitted to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.rhythm.fit_queues_and_schedulers import Generator

Times = NDArray[np.float64]

HOUR = 60.0
DAY = 1440.0


def page_team(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a page kept by a few people in turn: items come in, wait to be edited one by one, and go out by day."""
    per_day = n_acts / n_days * 1.4
    opens, closes = rng.uniform(6, 9) * HOUR, rng.uniform(19, 23) * HOUR
    weekend = rng.uniform(0.3, 1.0)
    ready, out = 0.0, []
    for day in range(n_days):
        editing = rng.uniform(15, 90) if per_day < 6 else rng.uniform(3, 25)
        expected = per_day * (weekend if day % 7 in (2, 3) else 1.0)
        items = int(expected) + int(rng.random() < expected % 1) + int(rng.integers(-1, 2)) * int(expected >= 2)
        for arrival in np.sort(rng.uniform(opens, closes, size=max(items, 0))):
            begin = max(day * DAY + arrival, ready)
            ready = begin + editing * rng.lognormal(0, 0.5)
            out.append(ready)
    return np.array(out)


def shop_page(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a shop's owner: before opening, now and then after closing, some pictures between, closed one day."""
    opens, closes, shut = rng.normal(9, 0.7) * HOUR, rng.normal(18.3, 0.7) * HOUR, int(rng.integers(7))
    each = n_acts / n_days
    out = []
    for day in range(n_days):
        if day % 7 == shut:
            continue
        morning = opens - rng.exponential(45, size=rng.poisson(each * 0.7))
        evening = closes + rng.exponential(90, size=rng.poisson(each * 0.5))
        between = rng.uniform(opens, closes, size=rng.poisson(each * 0.4))
        out.append(day * DAY + np.concatenate([morning, evening, between]))
    return np.concatenate(out)


def commuter(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate two rides a day with the phone in hand, a look at night, weekends by mood."""
    out_at, ride, home_at = rng.uniform(6.3, 8.5) * HOUR, rng.uniform(18, 65), rng.uniform(16, 18.5) * HOUR
    eager = rng.gamma(1.5, size=n_days) * n_acts / n_days / 1.5 * 1.3
    out = []
    for day in range(n_days):
        n = rng.poisson(eager[day])
        if day % 7 in (2, 3):
            out.append(day * DAY + rng.triangular(9, 15, 24, size=n) * HOUR)
            continue
        where = rng.choice(3, p=[0.35, 0.35, 0.3], size=n)
        late = rng.normal(0, 12, size=2)
        first = out_at + late[0] + rng.uniform(0, ride, size=n)
        second = home_at + late[1] + rng.uniform(0, ride, size=n)
        night = rng.normal(22, 0.8, size=n) * HOUR
        out.append(day * DAY + np.choose(where, [first, second, night]))
    return np.concatenate(out)


def poor_sleeper(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate somebody who sleeps when tired, later and later, and answers in quick exchanges when awake."""
    awake_for, asleep_for = rng.uniform(15, 18) * HOUR, rng.uniform(5, 9) * HOUR
    clock, out = 7 * HOUR, []
    talks = max(1.0, n_acts / n_days / 4)
    while clock < n_days * DAY:
        length = awake_for * rng.lognormal(0, 0.12)
        for start in clock + rng.uniform(0, length, size=rng.poisson(talks * 1.6)):
            answers = rng.geometric(0.25)
            out.append(start + np.cumsum(rng.exponential(rng.uniform(1, 9), size=answers)))
        clock += length + asleep_for * rng.lognormal(0, 0.2)
    return np.concatenate(out) if out else np.array([0.0])


def activist(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate days of action amid quiet weeks: half of everything on a few days, from morning until late."""
    action = rng.choice(n_days, size=max(1, n_days // 9), replace=False)
    busy = rng.choice(action, size=n_acts // 2 + 2)
    calm = rng.integers(0, n_days, size=n_acts // 2 + 2)
    hours_busy = rng.uniform(8, 23.5, size=busy.size)
    hours_calm = 12 + 10 * rng.beta(2.2, 1.6, size=calm.size)
    return np.concatenate([busy * DAY + hours_busy * HOUR, calm * DAY + hours_calm * HOUR])


def three_shifts(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate early, late and night shifts by turns of a week, five days each, piece after piece."""
    order, out = rng.permutation([6.0, 14.0, 22.0]), []
    worked = max(1, n_days * 5 // 7)
    for day in range(n_days):
        if day % 7 >= 5:
            continue
        begin = day * DAY + order[day // 7 % 3] * HOUR + rng.normal(4, 6)
        n = rng.poisson(1.3 * n_acts / worked)
        steps = rng.lognormal(0, 0.5, size=n + 1)
        within = np.cumsum(steps)[:-1] / steps.sum() * 8 * HOUR
        out.append(begin + within + 30 * (within > 4 * HOUR))
    return np.concatenate(out) if out else np.array([0.0])


def batches(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a working day of batches: the same account taken up a few times between nine and six, then put away."""
    begin, off = rng.uniform(7.5, 10) * HOUR, int(rng.integers(7))
    days = [day for day in range(n_days) if day % 7 != off]
    rounds = int(rng.integers(2, 6))
    each = 1.3 * n_acts / len(days) / rounds
    out = []
    for day in days:
        starts = begin + np.sort(rng.uniform(0, 8.4, size=rounds)) * HOUR
        out += [day * DAY + at + np.cumsum(rng.uniform(0.3, 2.2, size=rng.poisson(each))) for at in starts]
    return np.concatenate(out)


def ten_hours(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate ten hours a day for a week, then days at home; two meals, slower towards the end."""
    begin, on, free = rng.uniform(6.5, 9) * HOUR, int(rng.integers(5, 8)), int(rng.integers(1, 4))
    days = [day for day in range(n_days) if day % (on + free) < on]
    out = []
    for day in days:
        at = 10 * HOUR * rng.beta(0.95, 1.15, size=rng.poisson(1.4 * n_acts / len(days)))
        eating = ((at > 200) & (at < 230)) | ((at > 400) & (at < 425))
        out.append(day * DAY + begin + rng.normal(0, 7) + at[~eating])
    return np.concatenate(out)


def afternoon_gig(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a student's job: four hours each weekday afternoon, orders worked off with short waits between."""
    begin, out = rng.uniform(13, 16) * HOUR, []
    days = [day for day in range(n_days) if day % 7 < 5 and rng.random() < 0.93] or [0]
    for day in days:
        n = rng.poisson(1.25 * n_acts / len(days))
        waits = rng.gamma(1.4, size=n + 1)
        out.append(day * DAY + begin + rng.normal(0, 9) + np.cumsum(waits)[:-1] / waits.sum() * 4 * HOUR)
    return np.concatenate(out)


def odd_interval(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a step that no clock shows, a tenth early or late, day and night."""
    step = n_days * DAY / n_acts / 1.05
    return np.cumsum(step * rng.uniform(0.9, 1.1, size=int(n_acts * 1.05) + 1))


def rate_limited(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate acts set off by chance around the clock, never closer than the platform allows."""
    mean = n_days * DAY / n_acts / 1.1
    least = mean * rng.uniform(0.1, 0.6)
    return np.cumsum(least + rng.exponential(mean - least, size=int(n_acts * 1.1) + 1))


def trend_follower(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate runs of acts some seconds apart whenever a word trends, at any hour."""
    length, pause = int(rng.integers(4, 15)), rng.uniform(0.1, 0.6)
    starts = rng.uniform(0, n_days * DAY, size=int(1.2 * n_acts / length) + 2)
    return (starts[:, None] + pause * np.arange(length)[None, :]).ravel()


def slot_queue(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a publishing queue with slots of its own for each weekday, the same every week to the minute."""
    per_day = max(1, int(np.ceil(1.15 * n_acts / n_days)))
    slots = np.sort(rng.integers(7 * 12, 22 * 12, size=(7, per_day)) * 5.0, axis=1)
    return np.concatenate([day * DAY + slots[day % 7] + rng.uniform(0, 0.9, size=per_day) for day in range(n_days)])


def resting_loop(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate waits of about one length with a rest from one to six at night, as sold against detection."""
    mean = n_days * 19 * HOUR / n_acts / 1.1
    awake = np.cumsum(rng.lognormal(0, 0.35, size=int(n_acts * 1.1) + 1) * mean)
    day, within = np.divmod(awake, 19 * HOUR)
    return day * DAY + 6 * HOUR + within


ROUTINES: dict[str, dict[str, Generator]] = {
    "shift": {"three_shifts": three_shifts, "batches": batches, "ten_hours": ten_hours, "afternoon_gig": afternoon_gig},
    "software": {
        "odd_interval": odd_interval,
        "rate_limited": rate_limited,
        "trend_follower": trend_follower,
        "slot_queue": slot_queue,
        "resting_loop": resting_loop,
    },
    "ordinary": {
        "page_team": page_team,
        "shop_page": shop_page,
        "commuter": commuter,
        "poor_sleeper": poor_sleeper,
        "activist": activist,
    },
}
