"""Simulated accounts on which the rhythm profile is measured, written independently of the shapes its weights were
fitted to.

Whoever changes features or weights after looking at these accounts must write others to measure on.
"""

import numpy as np
from numpy.typing import NDArray
from worlds.rhythm.fit_queues_and_schedulers import Generator

Times = NDArray[np.float64]

DAY = 1440.0
FIVE_DAYS = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]
ALL_DAYS = [1.0] * 7


def _joined(parts: list[Times]) -> Times:
    """Join the parts of a record, sorted, with the few times before day 0 mirrored into it."""
    return np.sort(np.abs(np.concatenate([np.empty(0), *parts])))


def _share(rng: np.random.Generator, total: int, weights: Times, evenness: float) -> NDArray[np.int64]:
    """Deal total acts out to places by weight, the less evenly the smaller evenness is."""
    chances = weights * rng.gamma(evenness, 1.0 / evenness, len(weights)) + 1e-9
    return rng.multinomial(total, chances / chances.sum())


def _sessions(rng: np.random.Generator, starts: Times, counts: NDArray[np.int64], gap: float) -> Times:
    """Simulate acts in one go after each start, with human gaps of about gap minutes."""
    return _joined([s + np.cumsum(rng.lognormal(np.log(gap), 1.0, c)) for s, c in zip(starts, counts, strict=True)])


def _stint(rng: np.random.Generator, start: float, length: float, count: int, pause: float) -> Times:
    """Simulate count acts unevenly over a window of length minutes with one pause near its middle."""
    gaps = rng.lognormal(0.0, rng.uniform(0.5, 1.4), count + 1)
    worked = np.cumsum(gaps)[:-1] / gaps.sum() * (length - pause)
    acts: Times = start + worked + np.where(worked > rng.normal(0.5, 0.06) * (length - pause), pause, 0.0)
    return acts


def _attended(rng: np.random.Generator, n_days: int, cycle: list[float]) -> Times:
    """Weigh each day by the worker's cycle, less days of sickness and, in a long record, a week's leave."""
    days = np.resize(np.array(cycle), n_days) * (rng.random(n_days) > rng.uniform(0.0, 0.12))
    leave = int(rng.integers(0, max(2 * n_days, 120)))
    days[leave : leave + 7] *= n_days < 60
    return days


def _shifts(
    rng: np.random.Generator, total: int, days: Times, starts: float | Times, shape: tuple[float, float]
) -> Times:
    """Simulate total acts in the attended days' shifts of a (pause, length), begun and ended a little off the hour."""
    pause, length = shape
    counts = _share(rng, total, days, rng.uniform(1.0, 7.0))
    begins = DAY * np.arange(len(days)) + starts + rng.normal(0.0, rng.uniform(3.0, 18.0), len(days))
    lengths = length + rng.normal(0.0, rng.uniform(4.0, 25.0), len(days))
    return _joined([_stint(rng, *each, pause) for each in zip(begins, lengths, counts, strict=True)])


def _moody(rng: np.random.Generator, n_days: int, week: list[float], moods: float) -> Times:
    """Weigh each day by its weekday and by a mood of its own."""
    return np.resize(np.array(week), n_days) * rng.lognormal(0.0, moods, n_days)


def _at_will(rng: np.random.Generator, total: int, days: Times, habits: list[tuple[float, float, float]]) -> Times:
    """Simulate sessions of a few acts on weighted days at habitual (hour, spread, weight)s."""
    n_sessions = max(1, round(total / max(rng.uniform(1.2, 5.0), total / (6.0 * len(days)))))
    hour, spread, weight = np.array(habits).T
    kind = rng.choice(len(habits), n_sessions, p=weight / weight.sum())
    day = rng.choice(len(days), n_sessions, p=(days + 1e-9) / (days + 1e-9).sum())
    counts = 1 + _share(rng, max(total - n_sessions, 0), np.ones(n_sessions), 1.0)
    return _sessions(rng, DAY * day + 60.0 * rng.normal(hour[kind], spread[kind]), counts, rng.uniform(0.6, 3.0))


def _page(rng: np.random.Generator, total: int, days: Times, posts: int, hours: tuple[float, float]) -> Times:
    """Simulate a page's well spaced posts between rough hours of the day and, beyond them, replies to readers."""
    opens, closes = (60.0 * rng.normal(hour, 0.8, len(days)) for hour in hours)
    counts = _share(rng, min(posts, total), days, rng.uniform(2.0, 12.0))
    places = [(np.arange(c) + rng.uniform(0.1, 0.9, c)) / max(c, 1) for c in counts]
    page = [DAY * day + opens[day] + (closes[day] - opens[day]) * place for day, place in enumerate(places)]
    habits = [(8.5, 1.3, rng.uniform(0.3, 1.0)), (13.0, 2.5, 1.0), (18.0, 2.0, 1.2), (21.3, 1.2, 1.0)]
    return _joined(page + ([_at_will(rng, total - posts, days, habits)] if total > posts else []))


def office_commenters(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a comment writer at an office desk on weekdays, now and then Saturdays, with lunch or a siesta."""
    pause = rng.uniform(110.0, 170.0) if rng.random() < 0.25 else rng.uniform(30.0, 65.0)
    days = _attended(rng, n_days, [*FIVE_DAYS[:5], rng.choice([0.0, 0.0, 0.4]), 0.0])
    return _shifts(rng, n_acts, days, rng.uniform(480.0, 620.0), (pause, pause + rng.uniform(420.0, 490.0)))


def night_desk(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a worker who has the account every night but two of the week, from late evening to morning."""
    days = _attended(rng, n_days, list(np.roll(FIVE_DAYS, rng.integers(0, 7))))
    shape = rng.uniform(20.0, 50.0), rng.uniform(400.0, 520.0)
    return _shifts(rng, n_acts, days, rng.uniform(1250.0, 1440.0), shape)


def rotating_weeks(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a worker whose early, late and perhaps night shifts change every week or fortnight."""
    turns = np.array([360.0, 840.0, 1320.0])[: rng.choice([2, 3])] + rng.uniform(-30.0, 60.0)
    turn = np.arange(n_days) // rng.choice([7, 7, 14]) * rng.choice([1, -1]) + rng.integers(0, 3)
    days = _attended(rng, n_days, FIVE_DAYS)
    return _shifts(rng, n_acts, days, turns[turn % len(turns)], (rng.uniform(20.0, 45.0), rng.uniform(440.0, 500.0)))


def twelve_hour_blocks(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a worker on long shifts of a cycle that ignores the week, by day, by night or both by turns."""
    on, off = rng.choice([2, 3, 4], 2)
    at_night = np.arange(on + off) >= rng.choice([0, on // 2, on + off, on + off])
    starts = rng.uniform(400.0, 560.0) + 720.0 * np.resize(at_night, n_days)
    days = _attended(rng, n_days, [1.0] * on + [0.0] * off)
    return _shifts(rng, n_acts, days, starts, (rng.uniform(30.0, 75.0), rng.uniform(600.0, 715.0)))


def half_days(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a part-timer with a few half-day shifts a week, each weekday with its own hour."""
    week = rng.permutation([1.0, 1.0, 1.0, *rng.choice([0.0, 1.0], 2), 0.0, 0.0])
    hours = rng.choice([8.0, 9.0, 13.0, 14.0, 17.0, 18.0]) + rng.choice([-1.0, 0.0, 0.0, 0.0, 1.0], 7)
    days = _attended(rng, n_days, list(week))
    shape = rng.uniform(0.0, 20.0), rng.uniform(200.0, 300.0)
    return _shifts(rng, n_acts, days, 60.0 * np.resize(hours, n_days), shape)


def piecework(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a click worker at home, six days a week, who begins within an hour or so and stops at the quota."""
    counts = _share(rng, n_acts, _attended(rng, n_days, [1.0] * 6 + [0.0]), rng.uniform(3.0, 12.0))
    pace = rng.uniform(240.0, 400.0) / counts[counts > 0].mean() * rng.lognormal(0.0, 0.15, n_days)
    begins = DAY * np.arange(n_days) + rng.uniform(420.0, 1020.0) + rng.normal(0.0, rng.uniform(15.0, 45.0), n_days)
    lengths = np.clip(pace * counts, 60.0, 540.0)
    return _joined([_stint(rng, *each, 10.0) for each in zip(begins, lengths, counts, strict=True)])


def one_of_many_accounts(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate an account among dozens of one worker, visited in two to four rounds of each shift."""
    rounds = int(rng.integers(2, 5))
    days = np.repeat(_attended(rng, n_days, FIVE_DAYS), rounds)
    turn = np.arange(rounds)[None, :] + rng.uniform(0.05, 0.75, n_days)[:, None]
    visits = DAY * np.arange(n_days)[:, None] + rng.uniform(360.0, 960.0) + turn * rng.uniform(440.0, 540.0) / rounds
    counts = _share(rng, n_acts, days, rng.uniform(0.8, 4.0))
    return _sessions(rng, visits.ravel() + rng.normal(0.0, 8.0, len(days)), counts, rng.uniform(0.4, 1.5))


def loose_timer(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a loop round the clock whose sleep is fixed, jittered or drawn at random, perhaps with an outage."""
    steady = rng.normal(1.0, rng.uniform(0.001, 0.06), n_acts + n_acts // 15)
    gaps = [steady, rng.uniform(0.5, 1.5, len(steady)), 0.15 + 0.85 * rng.exponential(1.0, len(steady))]
    times = np.cumsum(gaps[rng.choice(3, p=[0.45, 0.35, 0.2])])
    down = rng.uniform(0.0, 1.5) * times[-1]
    up_again = down + rng.uniform(0.0, 0.06) * times[-1]
    return _joined([n_days * DAY / times[-1] * times[(times < down) | (times > up_again)]])


def timetable(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a cron table: the same minutes each day, the last on some weekdays only, some seconds late."""
    days = np.arange(0, n_days, max(1, n_days // n_acts))
    per_day, weekdays = divmod(-(-8 * n_acts // len(days)), 7)
    even = 1440 // (per_day + 1) * np.arange(per_day + 1) + rng.integers(0, 60)
    slots = even if rng.random() < 0.4 else 5 * rng.choice(288, per_day + 1, replace=per_day >= 288)
    extra = np.isin(days % 7, rng.permutation(7)[:weekdays])[:, None] | (np.arange(per_day + 1) < per_day)
    times = (DAY * days[:, None] + slots)[extra]
    return _joined([times + rng.uniform(0.0, 0.5) + rng.exponential(rng.uniform(0.01, 0.4), len(times))])


def feed_poller(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a programme that looks at news feeds every so many minutes and posts what is new at once."""
    every, peak = float(rng.choice([5, 10, 15, 20, 30, 60])), rng.uniform(12.0, 16.0)
    days = _moody(rng, n_days, [*FIVE_DAYS[:5], 0.7, 0.7], 0.3)
    hours = 1.0 + rng.uniform(0.2, 0.95) * np.cos((np.arange(24) - peak) / 12.0 * np.pi)
    hour = rng.choice(24, n_acts, p=hours / hours.sum()) + rng.random(n_acts)
    news = DAY * rng.choice(n_days, n_acts, p=days / days.sum()) + 60.0 * hour
    polls = np.sort(np.ceil(news / every))
    place = np.arange(n_acts) - np.searchsorted(polls, polls)
    return _joined([every * (polls + rng.random()) + rng.exponential(0.1, n_acts) + rng.uniform(0.03, 0.2) * place])


def publishing_queue(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a publishing tool that empties a queue at slots set for each weekday, and has days without a queue."""
    per_day = int(np.ceil(n_acts / n_days / rng.uniform(0.6, 1.0)))
    days = rng.choice(n_days, min(n_days, -(-n_acts // per_day)), replace=False)
    quarters = rng.integers(4 * rng.integers(6, 11), 92, (7, per_day))
    slots = 15.0 * quarters[days % 7 if rng.random() < 0.5 else 0 * days]
    slots += rng.uniform(0.0, rng.choice([0.1, 0.8, 3.0]), slots.shape)
    return _joined([(DAY * days[:, None] + slots).ravel()])


def sleepy_bot(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a bot that pauses at set hours every night to look human and waits random times by day."""
    wake, awake, width = rng.uniform(330.0, 570.0), rng.uniform(840.0, 1110.0), rng.uniform(0.15, 0.6)
    clock = awake * n_days / n_acts * np.cumsum(rng.uniform(1.0 - width, 1.0 + width, n_acts))
    wobble = rng.choice([0.0, 5.0, 20.0]) * rng.uniform(-1.0, 1.0, 2 * n_days + 2)
    day = (clock // awake).astype(np.int64)
    return _joined([DAY * day + wake + clock % awake + wobble[day]])


def daily_batch(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a job started at one or two set times a day that works off its list at machine speed."""
    runs = rng.choice([0, 30, 60, 120, 180, 300, 360, 720, 1080, 1320], rng.integers(1, 3), replace=False)
    days = np.resize(np.array(ALL_DAYS if rng.random() < 0.7 else FIVE_DAYS), n_days)
    counts = _share(rng, n_acts, np.repeat(days, len(runs)), rng.uniform(0.7, 8.0))
    starts = (DAY * np.arange(n_days)[:, None] + runs).ravel() + rng.lognormal(rng.uniform(-1.5, 1.4), 0.5, len(counts))
    step = rng.uniform(0.02, 1.5)
    return _joined([s + step * np.cumsum(rng.normal(1.0, 0.08, c)) for s, c in zip(starts, counts, strict=True)])


def rate_limited(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate campaigns at any hour that spend each rate-limit window's quota and sleep until the next."""
    n_runs, quota = int(rng.integers(4, 13)), int(rng.integers(2, 16))
    part, windows = n_days * DAY / n_runs, -(-n_acts // (quota * n_runs))
    quota = -(-n_acts // (windows * n_runs))
    window = min(rng.choice([15.0, 60.0, 180.0]) + rng.uniform(0.01, 0.5), 0.85 * part / windows)
    starts = part * np.arange(n_runs) + rng.uniform(0.0, part - window * windows, n_runs)
    step = rng.uniform(0.02, 0.6) * window / quota
    acts = window * np.arange(windows)[:, None] + step * np.arange(quota)
    return _joined([(starts[:, None] + acts.ravel() + rng.exponential(0.05 * step, (n_runs, acts.size))).ravel()])


def working_parent(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a parent with a day job: snatched minutes on the way, at lunch and once the children sleep."""
    free, bed = int(rng.uniform(0.15, 0.45) * n_acts), (rng.uniform(20.3, 21.8), 1.0, rng.uniform(0.8, 2.0))
    workday = [(rng.uniform(6.3, 8.2), 0.5, rng.uniform(0.1, 1.0)), (12.6, 0.6, rng.uniform(0.0, 0.7))]
    workday += [(17.5, 0.8, rng.uniform(0.1, 0.7)), (3.0, 1.5, 0.06), bed]
    weekend = [(9.0, 1.3, 1.0), (14.0, 1.6, rng.uniform(0.5, 1.5)), (18.0, 1.5, 0.5), bed]
    weekdays, weekends = _moody(rng, n_days, FIVE_DAYS, 0.7), _moody(rng, n_days, [0.0] * 5 + [1.0] * 2, 0.7)
    return _joined([_at_will(rng, n_acts - free, weekdays, workday), _at_will(rng, free, weekends, weekend)])


def pensioner(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a pensioner at the computer any day of the week, from breakfast to the late news, with a nap."""
    up = rng.uniform(5.5, 8.5)
    habits = [(up + 1.0, 0.9, rng.uniform(0.5, 1.5)), (up + 3.5, 1.2, 0.8), (16.0, 1.3, rng.uniform(0.5, 1.2))]
    habits += [(19.5, 1.4, rng.uniform(0.5, 1.5)), (22.0, 0.8, rng.uniform(0.1, 0.7))]
    week = rng.permutation([0.25, *rng.uniform(0.6, 1.0, 6)])
    return _at_will(rng, n_acts, _moody(rng, n_days, list(week), rng.uniform(0.3, 0.8)), habits)


def night_owl(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a student, gamer or insomniac whose late waking hours wander, with silent spells."""
    late = (25.5, 1.4, rng.uniform(0.4, 2.0))
    habits = [(13.5, 1.5, rng.uniform(0.3, 1.0)), (18.0, 1.7, 0.8), (22.5, 1.3, 1.2), late]
    silent = np.repeat(rng.random(n_days // 4 + 1) < 0.15, 4)[:n_days]
    days = _moody(rng, n_days, [1.0] * 4 + [rng.uniform(0.5, 1.8)] * 2 + [1.2], 0.7) * np.where(silent, 0.05, 1.0)
    drift = np.clip(np.cumsum(rng.normal(0.0, rng.uniform(0.1, 0.6), n_days + 3)), -3.0, 3.0)
    times = _at_will(rng, n_acts, days, habits)
    return _joined([times + 60.0 * drift[(times // DAY).astype(np.int64)]])


def match_fan(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a fan who is loud during the matches of a fixture list and chats at other hours in between."""
    chances = np.resize([0.02, 0.15, 0.25, 0.08, 0.15, 0.5, 0.45], n_days)
    matches = DAY * np.append(np.flatnonzero(rng.random(n_days) < chances), 5)
    starts = matches + 60.0 * rng.choice([13.0, 14.5, 15.0, 18.0, 20.0, 20.5], len(matches))
    loud = int(rng.uniform(0.3, 0.65) * n_acts)
    counts = _share(rng, loud, np.ones(len(matches)), 1.5)
    cheers = [_stint(rng, s, rng.uniform(120.0, 240.0), c, 15.0) for s, c in zip(starts, counts, strict=True)]
    habits = [(8.0, 1.0, 0.4), (13.0, 1.8, rng.uniform(0.3, 1.0)), (18.5, 1.8, 0.9), (22.0, 1.2, rng.uniform(0.5, 1.5))]
    return _joined([*cheers, _at_will(rng, n_acts - loud, _moody(rng, n_days, ALL_DAYS, 0.9), habits)])


def traveller(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a frequent traveller whose days follow the time zone of each stay abroad."""
    abroad = np.repeat(np.round(rng.uniform(-9.0, 9.0, n_days)), rng.integers(3, 15, n_days))
    at_home = np.repeat(rng.permutation(np.arange(n_days) % 2), rng.integers(3, 15, n_days))
    habits = [(8.5, 1.2, rng.uniform(0.4, 1.2)), (13.0, 2.0, 0.7), (18.5, 1.7, 0.9), (22.0, 1.3, rng.uniform(0.5, 1.5))]
    times = _at_will(rng, n_acts, _moody(rng, n_days, ALL_DAYS, 0.8), habits)
    day = (times // DAY).astype(np.int64)
    return _joined([times + 60.0 * np.where(at_home[day] == 1, 0.0, abroad[day])])


def local_paper_page(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a local paper's page kept by hand by a small team over long hours, more quietly at weekends."""
    days = _moody(rng, n_days, FIVE_DAYS[:5] + [rng.uniform(0.45, 0.9)] * 2, 0.1)
    hours = (rng.uniform(6.0, 8.5), rng.uniform(20.5, 22.5))
    return _page(rng, n_acts, days, int(n_days * rng.uniform(1.5, 7.0)), hours)


def club_or_politician_page(rng: np.random.Generator, n_acts: int, n_days: int) -> NDArray[np.float64]:
    """Simulate a volunteers' page of a club, shop or politician: a post or two a day, more on days of events."""
    events = np.where(rng.random(n_days) < rng.uniform(0.05, 0.2), rng.uniform(2.0, 4.0), 1.0)
    days = _moody(rng, n_days, list(rng.uniform(0.6, 1.2, 7)), 0.3) * events
    hours = (rng.uniform(7.5, 10.0), rng.uniform(20.5, 23.0))
    return _page(rng, n_acts, days, int(n_days * rng.uniform(0.7, 2.5)), hours)


_SHIFT = [office_commenters, night_desk, rotating_weeks, twelve_hour_blocks, half_days, piecework, one_of_many_accounts]
_SOFTWARE = [loose_timer, timetable, feed_poller, publishing_queue, sleepy_bot, daily_batch, rate_limited]
_ORDINARY = [working_parent, pensioner, night_owl, match_fan, traveller, local_paper_page, club_or_politician_page]

HELD_OUT: dict[str, dict[str, Generator]] = {
    "shift": {each.__name__: each for each in _SHIFT},
    "software": {each.__name__: each for each in _SOFTWARE},
    "ordinary": {each.__name__: each for each in _ORDINARY},
}
