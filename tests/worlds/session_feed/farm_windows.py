"""Farms that differ by when they act: in windows, by turns, slowly, like ordinary people, on days, at unknown times."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from worlds.session_feed.feed import Country
from worlds.session_feed.organic_clocks import round_down
from worlds.session_feed.people import DAY, HOUR, Ints, asleep_to_morning, human_delay
from worlds.session_feed.plants import Order, any_country, carry_out, prepare, window_acts

__all__ = [
    "Planted",
    "attendance_third",
    "burst",
    "day_times",
    "drip_week",
    "no_times",
    "one_act_a_day",
    "organic_delays",
    "rotating_teams",
    "three_targets",
    "unpopular_targets",
    "within_two_minutes",
]

Planted = tuple[Country, list[Ints]]


def usual(country: Country, attendance: float, share: tuple[float, float] = (0.2, 0.6)) -> Order:
    """Draw an order of the usual size."""
    rng = country.rng
    return prepare(country, int(rng.integers(15, 61)), int(rng.integers(10, 41)), attendance, share=share)


def burst(window: float) -> Callable[[np.random.Generator], Planted]:
    """Return a maker of farms that act within a window of this length."""

    def make(rng: np.random.Generator) -> Planted:
        country = any_country(rng)
        attendance = rng.uniform(0.55, 0.92)
        order = usual(country, attendance)
        window_acts(country, order, attendance, window * rng.uniform(0.8, 1.2), lag=rng.uniform(300, 5400))
        return country, [order.workers]

    return make


def attendance_third(rng: np.random.Generator) -> Planted:
    """About three in ten of the workers serve each target."""
    country = any_country(rng)
    order = prepare(country, int(rng.integers(25, 61)), int(rng.integers(20, 41)), 0.3)
    window_acts(country, order, rng.uniform(0.26, 0.34), rng.choice([600.0, HOUR, 3 * HOUR]))
    return country, [order.workers]


def rotating_teams(rng: np.random.Generator) -> Planted:
    """The workers form teams of which one, seldom two, serve a target; a few change teams."""
    country = any_country(rng)
    teams = int(rng.integers(3, 6))
    size = int(rng.integers(36, 75))
    order = prepare(country, size, int(rng.integers(20, 41)), 0.8 / teams)
    team = rng.permutation(np.arange(size) % teams)
    turn = (np.arange(len(order.posts)) + rng.integers(0, 2, len(order.posts))) % teams
    current = np.tile(team, (len(order.posts), 1))
    current = np.where(rng.random(current.shape) < 0.06, rng.integers(0, teams, current.shape), current)
    serves = (current == turn[:, None]) | (
        (current == (turn[:, None] + 1) % teams) & (rng.random((len(turn), 1)) < 0.15)
    )
    place, worker = np.nonzero(serves & (rng.random(serves.shape) < rng.uniform(0.7, 0.95)))
    start = country.published[order.posts] + rng.lognormal(np.log(1500.0), 1.0, len(order.posts))
    when = start[place] + rng.choice([300.0, 1200.0, HOUR]) * rng.beta(1.2, 2.0, len(place))
    carry_out(country, order, place, order.workers[worker], when)
    return country, [order.workers]


def three_targets(rng: np.random.Generator) -> Planted:
    """The client buys acts on three posts only."""
    country = any_country(rng)
    attendance = rng.uniform(0.8, 0.97)
    order = prepare(country, int(rng.integers(20, 61)), 3, attendance)
    window_acts(country, order, attendance, rng.choice([120.0, 600.0, HOUR, 5 * HOUR]))
    return country, [order.workers]


def drip_week(rng: np.random.Generator) -> Planted:
    """The acts on each target are spread over about a week, so that the count grows slowly."""
    country = any_country(rng)
    attendance = rng.uniform(0.6, 0.95)
    order = usual(country, attendance)
    place, worker = order.attended(rng, attendance)
    start = country.published[order.posts][place]
    span = np.minimum(rng.uniform(5, 7) * DAY, country.end - start - HOUR)
    when = asleep_to_morning(rng, start + span * rng.random(len(place)), country.zone)
    carry_out(country, order, place, worker, when)
    return country, [order.workers]


def organic_delays(rng: np.random.Generator) -> Planted:
    """The workers act with the delays of ordinary people; only their choice of targets is bought."""
    country = any_country(rng)
    attendance = rng.uniform(0.55, 0.9)
    order = usual(country, attendance)
    place, worker = order.attended(rng, attendance)
    carry_out(country, order, place, worker, human_delay(rng, country.published[order.posts][place], country.zone))
    return country, [order.workers]


def within_two_minutes(rng: np.random.Generator) -> Planted:
    """A program sees the client's post and lets the accounts act within two minutes."""
    country = any_country(rng)
    attendance = rng.uniform(0.5, 0.95)
    order = usual(country, attendance)
    place, worker = order.attended(rng, attendance)
    when = country.published[order.posts][place] + 3 + 117 * rng.beta(1.5, 3.0, len(place))
    carry_out(country, order, place, worker, when)
    return country, [order.workers]


def unpopular_targets(rng: np.random.Generator) -> Planted:
    """The client's posts interest hardly anybody else."""
    country = any_country(rng)
    attendance = rng.uniform(0.5, 0.9)
    order = prepare(country, int(rng.integers(15, 46)), int(rng.integers(10, 31)), attendance, share=(0.0, 0.12))
    quiet = country.found_by[order.posts] <= 4
    if quiet.sum() >= 8:
        order.posts, order.share = order.posts[quiet], order.share[quiet]
    window_acts(country, order, attendance, rng.choice([300.0, HOUR, 6 * HOUR]))
    return country, [order.workers]


def day_times(rng: np.random.Generator) -> Planted:
    """The export gives days only; the farm acts within hours."""
    country, farms = burst(rng.choice([600.0, HOUR, 6 * HOUR]))(rng)
    round_down(country, np.ones(len(country.table()["who"]), bool), DAY, 2)
    return country, farms


def no_times(rng: np.random.Generator) -> Planted:
    """The export gives no times at all, only who acted on what."""
    country, farms = burst(rng.choice([600.0, HOUR, DAY]))(rng)
    country.table()["when"][:] = np.nan
    return country, farms


def one_act_a_day(rng: np.random.Generator) -> Planted:
    """Each worker does one bought act a day, on one of the client's newest posts, at an hour of their own."""
    country = any_country(rng)
    size = int(rng.integers(20, 61))
    order = prepare(country, size, int(rng.integers(12, 41)), 0.5)
    posts = order.posts[np.argsort(country.published[order.posts], kind="stable")]
    hour = rng.normal(16, 3.5, size)
    rows, workers, moments = [], [], []
    for day in range(country.days):
        when = day * DAY + (hour + rng.normal(0, 1.2, size) - country.zone) * HOUR
        newest = np.searchsorted(country.published[posts], when - 60) - 1
        place = newest - np.minimum(rng.geometric(0.6, size) - 1, 3)
        good = (place >= 0) & (rng.random(size) < 0.92)
        good &= when - country.published[posts[np.maximum(place, 0)]] < 4 * DAY
        rows.append(place[good])
        workers.append(order.workers[good])
        moments.append(when[good])
    order.posts = posts
    carry_out(country, order, np.concatenate(rows), np.concatenate(workers), np.concatenate(moments))
    return country, [order.workers]
