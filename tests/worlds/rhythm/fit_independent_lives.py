"""Simulated accounts that were written without knowledge of the other worlds: people, workers and software.

They were held out from earlier weights; now they are among the worlds that the weights are fitted to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.rhythm.fit_queues_and_schedulers import Generator

Times = NDArray[np.float64]
Whole = NDArray[np.int64]
DAY = 1440.0  # minutes; day 0 is a Monday


# ---- pieces shared by several generators -------------------------------------------------------------------------


def _share_out(rng: np.random.Generator, total: int, slots: int, evenness: float) -> Whole:
    """Split a total over slots, the more evenly the higher the evenness."""
    return rng.multinomial(total, rng.dirichlet(np.full(slots, evenness))).astype(np.int64)


def _stretch(rng: np.random.Generator, begin: float, end: float, count: int, unevenness: float) -> Times:
    """Place acts between two moments with lognormal pauses between them."""
    pauses = rng.lognormal(0.0, unevenness, count + 1)
    placed: Times = begin + (end - begin) * np.cumsum(pauses)[:-1] / pauses.sum()
    return placed


def _with_meal(times: Times, begin: float, meal: float) -> Times:
    """Push everything after a given moment back by an hour or so, which leaves a meal break."""
    return times + meal * (times > begin)


def _visits(rng: np.random.Generator, starts: Times, size: float, pace: float) -> Times:
    """Turn every start into a visit of a random number of acts a few minutes apart."""
    sizes = rng.geometric(1.0 / max(size, 1.0), starts.size)
    parts = [start + np.cumsum(rng.lognormal(np.log(pace), 0.9, n)) for start, n in zip(starts, sizes, strict=True)]
    return np.concatenate(parts)


def _visit_plan(rng: np.random.Generator, n_acts: int, days: int, most_per_day: float) -> tuple[int, float]:
    """Draw how many visits an account makes and how many acts a visit has, keeping visits a day believable."""
    size = max(rng.uniform(1.2, 5.0), n_acts / (days * most_per_day))
    return int(np.ceil(1.2 * n_acts / size)) + 2, float(size)


def _moments(rng: np.random.Generator, peaks: list[tuple[float, float, float]], count: int) -> Times:
    """Draw minutes of the day from a mixture of (hour, spread in hours, share) peaks."""
    hours, spreads, shares = np.array(peaks).T
    shares = rng.dirichlet(8.0 * shares / shares.mean())
    which = rng.choice(hours.size, count, p=shares)
    minutes: Times = 60.0 * (hours[which] + spreads[which] * rng.normal(size=count))
    return minutes


def _lively_days(rng: np.random.Generator, n_days: int, count: int, shape: float) -> Whole:
    """Draw a day for every visit, with some days much livelier than others."""
    return rng.choice(n_days, count, p=rng.dirichlet(np.full(n_days, shape))).astype(np.int64)


def _duty_days(rng: np.random.Generator, n_days: int, free: list[int], absence: float) -> Whole:
    """List the days worked: the free weekdays never, the others except for sick days."""
    days = np.arange(n_days)
    on_duty = days[~np.isin(days % 7, free)]
    present = on_duty[rng.random(on_duty.size) > absence]
    return (present if present.size else on_duty).astype(np.int64)


def _apart(times: Times, gap: float) -> Times:
    """Delay acts so that each comes at least a gap after the one before it."""
    steps = gap * np.arange(times.size)
    delayed: Times = np.maximum.accumulate(np.sort(times) - steps) + steps
    return delayed


# ---- shift: paid work with a working window ----------------------------------------------------------------------


def night_moderator(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a hired moderator on permanent nights, five a week, with a break in the small hours."""
    first_free, begin_at = int(rng.integers(7)), 60 * rng.uniform(20.5, 23.5)
    length, meal, unevenness = 60 * rng.uniform(7.0, 8.5), rng.uniform(20, 60), rng.uniform(0.7, 1.4)
    nights = _duty_days(rng, n_days, [first_free, (first_free + 1) % 7], rng.uniform(0.0, 0.12))
    parts = []
    for night, count in zip(nights, _share_out(rng, int(1.1 * n_acts) + 1, nights.size, 6.0), strict=True):
        begin = night * DAY + begin_at + rng.gamma(2.0, 4.0) - 5
        end = begin + length - meal - rng.gamma(1.5, 8.0)
        times = _stretch(rng, begin, end, int(count), unevenness)
        parts.append(_with_meal(times, begin + length * rng.uniform(0.4, 0.6), meal))
    return np.concatenate(parts)


def rotating_crew(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a worker who rotates through early, late and night shifts in blocks with days off between them."""
    block, off = [(2, 2), (3, 2), (4, 3), (5, 2)][int(rng.integers(4))]
    phase, earliest = int(rng.integers(60)), 60 * rng.uniform(5.0, 7.5)
    turns = rng.permutation(3) if rng.random() < 0.7 else np.array([0, 1])
    days = np.array([day for day in range(n_days) if (day + phase) % (block + off) < block])
    meal, unevenness = rng.uniform(20, 45), rng.uniform(0.6, 1.3)
    parts = []
    for day, count in zip(days, _share_out(rng, int(1.1 * n_acts) + 1, days.size, 5.0), strict=True):
        turn = turns[((day + phase) // (block + off)) % turns.size]
        begin = day * DAY + earliest + 480 * turn + rng.gamma(2.0, 5.0)
        times = _stretch(rng, begin, begin + 465 - meal - rng.gamma(1.5, 7.0), int(count), unevenness)
        parts.append(_with_meal(times, begin + rng.uniform(180, 270), meal))
    return np.concatenate(parts)


def account_rounds(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate one of many accounts which a worker looks into a few times per shift, in no fixed order."""
    days = _duty_days(rng, n_days, [5, 6] if rng.random() < 0.6 else [6], rng.uniform(0.0, 0.15))
    begin_at, length = 60 * rng.uniform(6.5, 14.5), 60 * rng.uniform(7.5, 9.5)
    n_visits, size = _visit_plan(rng, n_acts, days.size, rng.uniform(2.0, 5.0))
    meal = rng.uniform(25, 60)
    parts = []
    for day, count in zip(days, _share_out(rng, n_visits, days.size, 4.0), strict=True):
        begin = day * DAY + begin_at + rng.normal(0.0, 8.0)
        starts = np.sort(rng.uniform(begin + 5, begin + length - meal - 30, int(count)))
        parts.append(_with_meal(starts, begin + rng.uniform(0.4, 0.55) * length, meal))
    return _visits(rng, np.concatenate(parts), size, rng.uniform(0.4, 1.2))


def half_day_quota(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a half-day comment writer who goes home as soon as the daily quota is met."""
    free = [[6], [5, 6], [4, 5], [2, 6]][int(rng.integers(4))]
    days = _duty_days(rng, n_days, free, rng.uniform(0.02, 0.15))
    begin_at, length = 60 * float(rng.choice([7, 8, 8.5, 13, 14, 17.5])), 60 * rng.uniform(3.8, 5.2)
    lateness, unevenness = rng.uniform(3, 12), rng.uniform(0.5, 1.2)
    parts = []
    for day, count in zip(days, _share_out(rng, int(1.1 * n_acts) + 1, days.size, 15.0), strict=True):
        begin = day * DAY + begin_at + rng.gamma(1.5, lateness)
        end = begin + length * rng.beta(6.0, 1.5)
        parts.append(_stretch(rng, begin, end, int(count), unevenness))
    return np.concatenate(parts)


def two_on_two_off(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a comment office of twelve-hour shifts, two on and two off, that writes most after each new briefing."""
    phase, step = int(rng.integers(4)), rng.uniform(55, 150)
    begin_at = 60 * (rng.uniform(8, 10) if rng.random() < 0.65 else rng.uniform(19.5, 21.5))
    days = np.array([day for day in range(n_days) if (day + phase) % 4 < 2])
    parts = []
    for day, count in zip(days, _share_out(rng, int(1.1 * n_acts) + 1, days.size, 5.0), strict=True):
        briefings = np.arange(10.0, 690.0, step)
        briefings += rng.normal(0.0, 9.0, briefings.size)
        appeal = rng.dirichlet(np.full(briefings.size, 2.0))
        lags = np.minimum(rng.gamma(1.3, step / 3, int(count)), 1.4 * step)
        times = rng.choice(briefings, int(count), p=appeal) + lags
        parts.append(day * DAY + begin_at + rng.normal(0.0, 6.0) + times[times < 715])
    return np.concatenate(parts)


def split_pieceworker(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a pieceworker booked for two blocks a day with free hours between, who now and then drops a block."""
    days = _duty_days(rng, n_days, [int(rng.integers(7))], rng.uniform(0.0, 0.1))
    early, late = 60 * rng.uniform(6.5, 11), 60 * rng.uniform(16, 19.5)
    lengths = 60 * rng.uniform(2.5, 4.0, 2)
    blocks = [(day * DAY + at, size) for day in days for at, size in zip((early, late), lengths, strict=True)]
    kept = [block for block in blocks if rng.random() > 0.1] or blocks
    unevenness, slack = rng.uniform(0.5, 1.1), rng.uniform(4, 15)
    parts = []
    for (planned, size), count in zip(kept, _share_out(rng, int(1.1 * n_acts) + 1, len(kept), 4.0), strict=True):
        begin = planned + rng.normal(0.0, slack / 2)
        parts.append(_stretch(rng, begin, begin + size - rng.exponential(slack), int(count), unevenness))
    return np.concatenate(parts)


# ---- software: automatic programmes ------------------------------------------------------------------------------


def drifting_timer(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a loop that acts and sleeps for a jittered interval, day and night, and is sometimes down."""
    count = int(1.25 * n_acts) + 2
    interval, jitter = n_days * DAY / count, float(rng.choice([0.02, 0.1, 0.3, 0.6]))
    steps = interval * rng.uniform(1 - jitter, 1 + jitter, count) + rng.exponential(rng.uniform(0.02, 1.0), count)
    times = rng.uniform(0, interval) + np.cumsum(steps)
    for _ in range(int(rng.integers(4))):
        down = rng.uniform(0, n_days * DAY)
        times = times[(times < down) | (times > down + rng.uniform(0.005, 0.06) * n_days * DAY)]
    return times


def cron_timetable(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a timetable of fixed times of day, run late by the machine's load or by a random sleep."""
    days = np.arange(n_days)
    days = days[days % 7 < 5] if rng.random() < 0.25 else days
    days = days[:: max(1, int(days.size / (1.3 * n_acts)))]
    slots = int(np.ceil(1.1 * n_acts / days.size))
    grid = float(rng.choice([1, 5, 15, 30]))
    first = rng.uniform(0, 9) if rng.random() < 0.6 else 0.0
    clock = grid * np.round(60 * rng.uniform(first, rng.uniform(20, 24), slots) / grid)
    times = (days[:, None] * DAY + clock[None, :]).ravel()
    delay = rng.uniform(0, float(rng.choice([0.1, 1, 10, 20])), times.size) + rng.exponential(0.1, times.size)
    kept = rng.random(times.size) > rng.uniform(0, 0.08)
    return (times + delay)[kept]


def feed_relay(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a programme that polls news feeds written by people and republishes whatever is new at each poll."""
    count, poll = int(1.1 * n_acts) + 1, float(rng.choice([5, 10, 15, 20, 30, 60]))
    peaks = [(rng.uniform(7, 10), 2.0, 1.0), (rng.uniform(13, 16), 3.0, 1.5), (rng.uniform(18, 21), 2.5, 1.0)]
    written = _lively_days(rng, n_days, count, 6.0) * DAY + _moments(rng, peaks, count)
    around_clock = rng.random(count) < rng.uniform(0.0, 0.5)
    written[around_clock] = rng.uniform(0, n_days * DAY, int(around_clock.sum()))
    phase, lag = rng.uniform(0, poll), rng.uniform(0.02, 0.8)
    polled = np.ceil((written % (n_days * DAY) - phase) / poll) * poll + phase
    return _apart(polled + rng.exponential(lag / 2, count), lag)


def sleepy_mimic(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a bot with random pauses that falls silent every night, a little earlier or later, to look human."""
    awake, wake = 60 * rng.uniform(13.5, 17.5), 60 * rng.uniform(6, 10)
    count = int(1.1 * n_acts) + 2
    pause, form = n_days * awake / count, int(rng.integers(3))
    if form == 0:
        pauses = rng.uniform(rng.uniform(0.2, 0.8), 1.4, count)
    elif form == 1:
        pauses = rng.exponential(1.0, count)
    else:
        pauses = rng.gamma(rng.uniform(3, 8), 1.0, count)
    active = np.cumsum(pauses * pause / pauses.mean())
    day = (active // awake).astype(np.int64)
    shifts = rng.uniform(-1, 1, n_days + 2) * rng.uniform(0, 40)
    return day * DAY + wake + active % awake + shifts[np.minimum(day, n_days + 1)]


def keyword_responder(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a bot that answers every mention of a keyword worldwide within seconds, in bursts and rate limited."""
    size = max(rng.uniform(1.5, 12.0), n_acts / (40.0 * n_days))
    count = int(np.ceil(1.3 * n_acts / size)) + 3
    candidates = rng.uniform(0, n_days * DAY, 4 * count)
    depth, peak = rng.uniform(0.1, 0.7), rng.uniform(0, DAY)
    chance = 1 + depth * np.cos(2 * np.pi * (candidates - peak) / DAY)
    sparks = rng.choice(candidates, count, replace=False, p=chance / chance.sum())
    mentions = _visits(rng, sparks, size, rng.uniform(0.3, 15.0))
    latency = rng.uniform(0.05, 2.0)
    return _apart(mentions + latency + rng.exponential(0.05, mentions.size), float(rng.choice([0.1, 0.5, 1.0, 2.0])))


def drip_queue(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a publishing queue, filled in heaps, which releases one post per fixed interval in its opening hours."""
    opens, hours = 60.0 * float(rng.integers(5, 10)), 60.0 * float(rng.integers(11, 18))
    count = int(1.1 * n_acts) + 1
    gap = min(rng.uniform(0.5, 0.88) * n_days * hours / count, float(rng.choice([60, 90, 120, 180, 240])))
    gap = 5 * np.floor(gap / 5) if gap > 10 else gap
    heaps = max(2, round(count / rng.uniform(4, 25)))
    filled = np.repeat(rng.uniform(0, 0.9 * n_days * hours, heaps), _share_out(rng, count, heaps, 2.0))
    if rng.random() < 0.5:
        filled = np.ceil(filled / gap) * gap
    released = _apart(filled, gap)
    return released // hours * DAY + opens + released % hours + rng.exponential(rng.uniform(0.02, 0.5), count)


# ---- ordinary: people who act when they like, and pages kept by people -------------------------------------------


def drifting_student(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a student whose waking time wanders from day to day and who is liveliest late at night."""
    count, size = _visit_plan(rng, n_acts, n_days, rng.uniform(5, 12))
    wake, lecture = rng.uniform(9, 12.5), rng.uniform(0, 2)
    wander, stickiness = rng.normal(0.0, 1.0, n_days), rng.uniform(0.3, 0.9)
    for day in range(1, n_days):
        wander[day] += stickiness * wander[day - 1]
    days = _lively_days(rng, n_days, count, rng.uniform(0.6, 2.0))
    waking = wake + wander[days] - lecture * (days % 7 < 4)
    awake = 15.5 * rng.beta(rng.uniform(1.1, 2.2), rng.uniform(0.9, 1.3), count)
    return _visits(rng, days * DAY + 60 * (waking + awake), size, rng.uniform(0.7, 4.0))


def football_fan(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a supporter with a day job, who is loud around the matches and looks in at odd hours otherwise."""
    count, size = _visit_plan(rng, n_acts, n_days, rng.uniform(4, 10))
    days = np.arange(n_days)
    played = days[(rng.random(n_days) < 0.8) & np.isin(days % 7, [5, 6]) | (rng.random(n_days) < 0.15)]
    played = played if played.size else days[5:6]
    kickoff = 60 * rng.choice([13.5, 15.5, 17.5, 18.5, 20.0, 20.75, 21.0], played.size)
    loud = int(count * rng.uniform(0.25, 0.6))
    match = rng.integers(played.size, size=loud)
    at_match = played[match] * DAY + kickoff[match] + rng.normal(70, 75, loud)
    peaks = [(7.2, 0.7, 1.0), (12.6, 1.0, 0.8), (18.0, 1.5, 1.0), (rng.uniform(20.5, 22.5), 1.3, 2.0), (14.0, 4.5, 1.0)]
    otherwise = _lively_days(rng, n_days, count - loud, 1.2) * DAY + _moments(rng, peaks, count - loud)
    return _visits(rng, np.concatenate([at_match, otherwise]), size, rng.uniform(0.6, 3.0))


def parent_of_baby(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a parent at home who reaches for the phone at night feeds, naps and after the child's bedtime."""
    count, size = _visit_plan(rng, n_acts, n_days, rng.uniform(5, 12))
    feed, nap = rng.uniform(1.0, 4.5), rng.uniform(12.0, 14.5)
    bedtime = rng.uniform(19.5, 21.5)
    peaks = [(feed, 1.2, 0.8), (6.5, 0.9, 0.8), (nap, 1.1, 1.0), (bedtime, 0.9, 1.5), (14.5, 4.0, 1.2)]
    days = _lively_days(rng, n_days, count, rng.uniform(0.8, 3.0))
    growing = rng.normal(0.0, 1.5) * days / n_days
    return _visits(rng, days * DAY + (_moments(rng, peaks, count) + 60 * growing) % DAY, size, rng.uniform(0.6, 4.0))


def travelling_pensioner(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a pensioner of leisurely habits who spends weeks of the time in other time zones."""
    count, size = _visit_plan(rng, n_acts, n_days, rng.uniform(3, 7))
    offset = np.zeros(n_days)
    for _ in range(1 + int(rng.integers(1 + n_days // 20))):
        leaves, stays = int(rng.integers(n_days)), int(rng.integers(4, 22))
        offset[leaves : leaves + stays] = float(rng.choice([-9, -6, -5, -1, 1, 2, 4, 7, 8]))
    breakfast = rng.uniform(6.5, 9.0)
    teatime = rng.uniform(14.5, 17)
    peaks = [(breakfast, 0.9, 1.5), (11.0, 1.3, 0.7), (teatime, 1.4, 1.0), (20.5, 1.4, 1.3), (14.0, 4.0, 0.7)]
    days = _lively_days(rng, n_days, count, rng.uniform(1.0, 4.0))
    starts = days * DAY + _moments(rng, peaks, count) + 60 * offset[days]
    return _visits(rng, starts % (n_days * DAY), size, rng.uniform(1.5, 5.0))


def _page(rng: np.random.Generator, posts: Times, n_acts: int) -> Times:
    """Add replies to readers to a page's posts, written in spare moments, where more acts are asked for than posts."""
    missing = int(1.1 * n_acts) + 1 - posts.size
    if missing <= 0:
        return posts
    size = rng.uniform(1.5, 5.0)
    count = int(np.ceil(1.1 * missing / size)) + 1
    starts = rng.choice(posts, count) + rng.lognormal(np.log(rng.uniform(30, 120)), 1.1, count)
    asleep = (starts % DAY < 360) & (rng.random(count) < 0.9)
    starts[asleep] += rng.uniform(360, 560, int(asleep.sum()))
    return np.concatenate([posts, _visits(rng, starts, size, rng.uniform(1.0, 3.0))])


def newspaper_page(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a local paper's page, for which a few editors pick stories by hand from early morning until late."""
    rate = min(1.1 * n_acts / n_days, rng.uniform(3, 8))
    first, last, apart = 60 * rng.uniform(5.5, 7.5), 60 * rng.uniform(21, 23.7), rng.uniform(35, 90)
    bend, weekend = rng.uniform(0.75, 1.4, 2), rng.uniform(0.5, 1.0)
    parts = []
    for day in range(n_days):
        count = int(rng.poisson(rate * (weekend if day % 7 > 4 else 1.0)))
        begin, end = first + rng.exponential(35), last - rng.exponential(45)
        times = begin + (end - begin) * rng.beta(bend[0], bend[1], count)
        parts.append(day * DAY + _apart(times, min(apart, 0.5 * (end - begin) / (count + 1))))
    breaking = rng.uniform(0, n_days * DAY, int(rng.poisson(0.04 * rate * n_days)) + 1)
    return _page(rng, np.concatenate([*parts, breaking]), n_acts)


def politician_page(rng: np.random.Generator, n_acts: int, n_days: int) -> Times:
    """Simulate a page a politician keeps with friends: breakfast thoughts, reports from events, weekends away."""
    rate = min(1.15 * n_acts / n_days, rng.uniform(2.0, 5.0))
    count = int(np.ceil(rate * n_days)) + 1
    trend = np.exp(rng.uniform(-0.5, 1.5) * np.arange(n_days) / n_days) * rng.gamma(3.0, 1.0, n_days)
    days = rng.choice(n_days, count, p=trend / trend.sum())
    breakfast = (rng.uniform(6.8, 8.8), 0.9, 1.0)
    weekday = [breakfast, (12.8, 1.8, 0.8), (17.5, 1.5, 0.8), (rng.uniform(20.5, 22.5), 1.2, 1.4)]
    weekend = [(10.5, 1.5, 1.0), (15.5, 2.5, 1.4), (rng.uniform(19, 22), 1.7, 1.2)]
    minutes = _moments(rng, weekday, count)
    at_weekend = days % 7 > 4
    minutes[at_weekend] = _moments(rng, weekend, int(at_weekend.sum()))
    return _page(rng, _apart(days * DAY + minutes, rng.uniform(20, 70)), n_acts)


LIVES: dict[str, dict[str, Generator]] = {
    "shift": {
        "night_moderator": night_moderator,
        "rotating_crew": rotating_crew,
        "account_rounds": account_rounds,
        "half_day_quota": half_day_quota,
        "two_on_two_off": two_on_two_off,
        "split_pieceworker": split_pieceworker,
    },
    "software": {
        "drifting_timer": drifting_timer,
        "cron_timetable": cron_timetable,
        "feed_relay": feed_relay,
        "sleepy_mimic": sleepy_mimic,
        "keyword_responder": keyword_responder,
        "drip_queue": drip_queue,
    },
    "ordinary": {
        "drifting_student": drifting_student,
        "football_fan": football_fan,
        "parent_of_baby": parent_of_baby,
        "travelling_pensioner": travelling_pensioner,
        "newspaper_page": newspaper_page,
        "politician_page": politician_page,
    },
}
