"""Farms that differ by what is sold (links, ratings, comments, followers), by size, and by how the hired live."""

from __future__ import annotations

import numpy as np
from worlds.session_feed.farm_windows import Planted
from worlds.session_feed.feed import COMMENT, FOLLOW, LIKE, Country, found
from worlds.session_feed.organic_audience import pick_fans
from worlds.session_feed.organic_offers import many_kinds, rate, review, share_links
from worlds.session_feed.people import DAY, HOUR, Ints, asleep_to_morning, choose, human_delay
from worlds.session_feed.plants import Order, any_country, carry_out, hire, prepare, supporters, window_acts

__all__ = [
    "camouflage_thirty",
    "comments_farm",
    "farm_of_500",
    "farm_of_eight",
    "farm_of_five",
    "follower_tranches",
    "own_links",
    "ratings_farm",
    "recruited_people",
    "several_farms",
    "six_alike",
]


def own_links(rng: np.random.Generator) -> Planted:
    """Each worker posts the client's links in posts of their own, one by one over days; readers share them too."""
    country = any_country(rng)
    workers = hire(country, int(rng.integers(15, 61)))
    field = int(rng.integers(country.communities))
    count = int(rng.integers(10, 41))
    site = f"{rng.integers(1 << 32):x}"
    urls = country.name("url", [f"https://client{site}.example/{rng.integers(1 << 40):x}" for _ in range(count)])
    day = np.sort(rng.uniform(0, 0.8 * country.days, count)).astype(np.int64)
    released = day * DAY + (rng.uniform(7, 18, count) - country.zone) * HOUR
    released = np.clip(released, 600.0, country.end - DAY)
    attendance = np.clip(rng.normal(rng.uniform(0.5, 0.9), 0.1, len(workers)), 0.1, 1)
    row, worker = np.nonzero(rng.random((count, len(workers))) < attendance)
    span = rng.uniform(0.5, 4.0) * DAY
    when = asleep_to_morning(rng, released[row] + span * rng.beta(1.1, 2.2, len(row)), country.zone)
    share_links(
        country, workers[worker], np.minimum(when, country.end - rng.uniform(1, 900, len(when))), urls[row], field
    )
    share = rng.uniform(0.2, 0.6, count)
    others = np.repeat(np.arange(count), np.round(np.bincount(row, minlength=count) * share / (1 - share)).astype(int))
    weight = supporters(country, field, workers)
    readers = rng.choice(len(weight), len(others), p=weight / weight.sum())
    share_links(country, readers, human_delay(rng, released[others], country.zone, 4 * HOUR), urls[others], field)
    return country, [workers]


def camouflage_thirty(rng: np.random.Generator) -> Planted:
    """New accounts without sessions of their own do thirty acts each among the client's supporters as camouflage."""
    country = any_country(rng)
    workers = country.add_accounts(int(rng.integers(15, 46)))
    attendance = rng.uniform(0.6, 0.9)
    order = prepare(country, len(workers), int(rng.integers(10, 26)), attendance, workers=workers)
    dear = supporters(country, order.field, np.zeros(0, np.int64))
    faithful = choose(rng, dear, 120)
    table = country.table()
    rows = np.flatnonzero((table["kind"] == 0) & (table["action"] <= COMMENT) & np.isin(table["who"], faithful))
    rows = rows[~np.isin(table["what"][rows], order.posts)]
    copied = rng.choice(rows, int(len(workers) * rng.integers(26, 35)))
    who = rng.choice(workers, len(copied))
    post, when = table["what"][copied], country.published[table["what"][copied]]
    country.act(who, LIKE, post, human_delay(rng, when, country.zone, 3 * HOUR))
    window_acts(country, order, attendance, rng.choice([600.0, HOUR, 4 * HOUR]))
    return country, [order.workers]


def recruited_people(rng: np.random.Generator) -> Planted:
    """Real people are paid by the act: four fifths of what they do is their own life."""
    country = any_country(rng)
    table = country.table()
    own = np.bincount(table["who"], minlength=country.accounts)[: country.people.size]
    able = ((own > 20) & (own < 220)).astype(float)
    workers = choose(rng, able, int(rng.integers(15, 61)))
    targets = int(rng.integers(15, 41))
    want = np.minimum(own[workers] / 4, 0.95 * targets)
    order = prepare(country, len(workers), targets, float(want.mean() / targets), workers=workers)
    place, worker = np.nonzero(rng.random((len(order.posts), len(workers))) < want / targets)
    called = country.published[order.posts] + rng.lognormal(np.log(2400.0), 0.8, len(order.posts))
    when = called[place] + rng.lognormal(np.log(rng.uniform(900, 7200)), 0.9, len(place))
    carry_out(country, order, place, workers[worker], asleep_to_morning(rng, when, country.zone))
    return country, [workers]


def small(rng: np.random.Generator, size: int) -> Planted:
    """A small farm serves one client."""
    country = any_country(rng)
    attendance = rng.uniform(0.7, 0.95)
    order = prepare(country, size, int(rng.integers(15, 41)), attendance)
    window_acts(country, order, attendance, rng.choice([60.0, 600.0, HOUR, 4 * HOUR]))
    return country, [order.workers]


def farm_of_five(rng: np.random.Generator) -> Planted:
    """Five accounts serve one client."""
    return small(rng, 5)


def farm_of_eight(rng: np.random.Generator) -> Planted:
    """Eight accounts serve one client."""
    return small(rng, 8)


def farm_of_500(rng: np.random.Generator) -> Planted:
    """About five hundred of three thousand accounts are hired."""
    country = found(rng, people=(2850, 3050))
    country.live(int(rng.integers(24_000, 40_000)))
    attendance = rng.uniform(0.4, 0.8)
    order = prepare(country, int(rng.integers(450, 531)), int(rng.integers(10, 26)), attendance)
    window_acts(country, order, attendance, rng.choice([1800.0, 3 * HOUR, 12 * HOUR]))
    return country, [order.workers]


def several_farms(rng: np.random.Generator) -> Planted:
    """Three farms work for three clients, each in its own way."""
    country = any_country(rng)
    orders: list[Order] = []
    for window in rng.permutation([rng.uniform(20, 120), rng.uniform(600, 3600), rng.uniform(4, 20) * HOUR]).tolist():
        attendance = rng.uniform(0.4, 0.9)
        order = prepare(country, int(rng.integers(15, 46)), int(rng.integers(10, 31)), attendance, served=orders)
        window_acts(country, order, attendance, window)
        orders.append(order)
    return country, [order.workers for order in orders]


def six_alike(rng: np.random.Generator) -> Planted:
    """Six farms of one owner work in the same way for six clients."""
    country = any_country(rng)
    orders: list[Order] = []
    attendance, window = rng.uniform(0.5, 0.9), rng.choice([120.0, 900.0, 2 * HOUR])
    size, targets = int(rng.integers(12, 26)), int(rng.integers(10, 21))
    for _ in range(6):
        order = prepare(country, size + int(rng.integers(-2, 3)), targets, attendance, served=orders)
        window_acts(country, order, attendance, window)
        orders.append(order)
    return country, [order.workers for order in orders]


def ratings_farm(rng: np.random.Generator) -> Planted:
    """Owners buy ratings of their places, and bad ones of rivals, spread over days; guests rate these places too."""
    country = many_kinds(rng)
    workers = hire(country, int(rng.integers(15, 61)))
    places = country.name("place", [f"place{rng.integers(1 << 40):x}" for _ in range(rng.integers(8, 31))])
    attendance = rng.uniform(0.35, 0.85)
    row, worker = np.nonzero(rng.random((len(places), len(workers))) < attendance)
    start = rng.uniform(0, 0.7, len(places)) * country.end
    when = asleep_to_morning(rng, start[row] + rng.uniform(0.3, 4.0) * DAY * rng.beta(1.2, 1.8, len(row)), country.zone)
    review(
        country, workers[worker], places[row], np.minimum(when, country.end - rng.uniform(1, 900, len(row))), "place"
    )
    share = rng.uniform(0.2, 0.6, len(places))
    guests = np.repeat(places, np.round(np.bincount(row, minlength=len(places)) * share / (1 - share)).astype(int))
    field = rng.integers(0, country.communities, len(country.names["place"]))
    moment = asleep_to_morning(rng, rng.uniform(0, country.end, len(guests)), country.zone)
    review(country, pick_fans(rng, country, field[guests]), guests, moment, "place")
    rate(country, "place", 60, 400)
    return country, [workers]


def comments_farm(rng: np.random.Generator) -> Planted:
    """Workers comment on the client's posts in words of their own within some hours."""
    country = any_country(rng)
    attendance = rng.uniform(0.35, 0.8)
    order = prepare(country, int(rng.integers(15, 46)), int(rng.integers(12, 41)), attendance)
    order.manners = np.array([0.0, 0.0, 1.0])
    window_acts(country, order, attendance, rng.uniform(0.5, 8) * HOUR)
    return country, [order.workers]


def follower_tranches(rng: np.random.Generator) -> Planted:
    """Accounts are sold in tranches, each of which follows the same list of clients; fans follow these too."""
    country = any_country(rng)
    clients = np.concatenate(
        [rng.permutation(country.pages)[: rng.integers(8, 20)], hire(country, int(rng.integers(4, 12)))]
    )
    farms: list[Ints] = []
    for _ in range(rng.integers(2, 6)):
        taken = np.concatenate([*farms, clients])
        size = int(rng.integers(12, 41))
        bought = country.add_accounts(size) if rng.random() < 0.4 else hire(country, size, taken)
        mine = rng.permutation(clients)[: rng.integers(8, 1 + len(clients))]
        start = rng.uniform(0.02, 0.8, len(mine)) * country.end
        row, account = np.nonzero(rng.random((len(mine), size)) < rng.uniform(0.6, 0.95))
        when = start[row] + rng.choice([0.1, 1.0, 2.0]) * DAY * rng.beta(1.1, 1.6, len(row))
        deliver(country, bought[account], mine[row], when)
        farms.append(bought)
    return country, farms


def deliver(country: Country, who: Ints, followed: Ints, when: np.ndarray) -> None:
    """Write the bought follows, and follows of the same accounts by ordinary people over the whole time."""
    rng = country.rng
    country.act(who, FOLLOW, followed, when, "account")
    share = rng.uniform(0.2, 0.6)
    fans = rng.choice(followed, int(len(followed) * share / (1 - share)))
    weight = country.people.activity**0.7 * rng.gamma(1.0, 1.0, country.people.size)
    weight[who[who < country.people.size]] = 0.0
    people = rng.choice(country.people.size, len(fans), p=weight / weight.sum())
    moment = asleep_to_morning(rng, rng.uniform(0, country.end, len(fans)), country.zone)
    country.act(people, FOLLOW, fans, moment, "account")
