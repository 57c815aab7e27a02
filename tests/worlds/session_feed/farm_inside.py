"""Farms that work in a country where ordinary people act together too."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from worlds.session_feed.farm_windows import Planted
from worlds.session_feed.feed import Country
from worlds.session_feed.organic_audience import hawkes_dense, notified_hubs, partisans, plain, twenty_towns
from worlds.session_feed.organic_clocks import poll, queues_five, round_down, school_breaks
from worlds.session_feed.organic_offers import campaign_hashtags, storm
from worlds.session_feed.people import DAY, HOUR, choose
from worlds.session_feed.plants import Order, hire, prepare, supporters, window_acts

__all__ = [
    "hashtag_farm",
    "inside_breaks",
    "inside_hawkes",
    "inside_hubs",
    "inside_partisans",
    "inside_queues",
    "inside_towns",
]


def inside(
    build: Callable[[np.random.Generator], Country], windows: tuple[float, ...]
) -> Callable[[np.random.Generator], Planted]:
    """Return a maker that hires a farm of the usual size in a country of this kind."""

    def make(rng: np.random.Generator) -> Planted:
        country = build(rng)
        attendance = rng.uniform(0.5, 0.92)
        order = prepare(country, int(rng.integers(15, 61)), int(rng.integers(10, 41)), attendance)
        window_acts(country, order, attendance, float(rng.choice(windows)))
        return country, [order.workers]

    return make


inside_hubs = inside(notified_hubs, (120.0, 600.0, HOUR))
inside_hawkes = inside(hawkes_dense, (120.0, 900.0, 3 * HOUR))
inside_partisans = inside(partisans, (300.0, HOUR, 8 * HOUR))
inside_queues = inside(queues_five, (60.0, 600.0, HOUR))


def inside_breaks(rng: np.random.Generator) -> Planted:
    """A farm acts in windows as long as the school breaks that pupils act in."""
    return inside(school_breaks, (600.0, 900.0))(rng)


def inside_towns(rng: np.random.Generator) -> Planted:
    """Farms of fifteen to forty serve local pages in one or two of twenty small towns."""
    country = twenty_towns(rng)
    orders: list[Order] = []
    for _ in range(rng.integers(1, 3)):
        attendance = rng.uniform(0.5, 0.9)
        local = np.arange(2, country.communities)
        size = int(rng.integers(15, 41))
        order = prepare(country, size, int(rng.integers(10, 36)), attendance, served=orders, fields=local)
        window_acts(country, order, attendance, rng.choice([300.0, HOUR, 6 * HOUR]))
        orders.append(order)
    return country, [order.workers for order in orders]


def hashtag_farm(rng: np.random.Generator) -> Planted:
    """Workers push a client's tags of the day into the trends; honest campaigns run beside, and people join in."""
    country = campaign_hashtags(rng)
    workers = hire(country, int(rng.integers(15, 61)))
    attendance = np.clip(rng.normal(rng.uniform(0.5, 0.9), 0.1, len(workers)), 0.1, 1.0)
    field = int(rng.integers(country.communities))
    weight = supporters(country, field, workers)
    window = rng.choice([300.0, 1200.0, 2 * HOUR])
    for _ in range(rng.integers(8, 21)):
        start = rng.integers(0, country.days) * DAY + (rng.choice([9, 12, 18, 19, 20]) - country.zone) * HOUR
        called = workers[rng.random(len(workers)) < attendance]
        who = np.repeat(called, rng.integers(1, 4, len(called)))
        share = rng.uniform(0.2, 0.6)
        joins = choose(rng, weight, int(len(called) * share / (1 - share)))
        moment = start + np.concatenate(
            [window * rng.beta(1.2, 2.0, len(who)), 600 + rng.gamma(1.3, 1.5 * HOUR, len(joins))]
        )
        storm(country, np.concatenate([who, joins]), moment, int(rng.integers(2, 6)))
    return country, [workers]


def inside_polls(rng: np.random.Generator) -> Planted:
    """A crawler dates the likes of a farm and of everybody by its visits, with or without the visit before."""
    country, farms = inside(plain, (120.0, 900.0, HOUR))(rng)
    poll(country, keeps_bound=rng.random() < 0.5)
    return country, farms


def inside_minutes(rng: np.random.Generator) -> Planted:
    """The export of a country with a farm gives minutes only."""
    country, farms = inside(plain, (60.0, 600.0, HOUR))(rng)
    round_down(country, np.ones(len(country.table()["who"]), bool), 60.0, 1)
    return country, farms
