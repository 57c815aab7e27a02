"""Organic: what comes over the air, by post or by mail, and sends many to the same posts at once."""

from __future__ import annotations

import numpy as np
from worlds.bazaar.attention import browsed, join_in, react
from worlds.bazaar.daily_hours import HOUR, Ints
from worlds.bazaar.townsfolk import Item, Town

__all__ = [
    "derby_night",
    "flood_night",
    "giveaway_hunters",
    "newsletter_readers",
    "paper_superusers",
    "petition_wave",
    "radio_phone_in",
    "table_raters",
]


def radio_phone_in(town: Town) -> Ints:
    town.live()
    rng = town.rng
    hearers = town.pick(np.arange(town.people), int(rng.integers(140, 260)))
    zeal = rng.beta(0.6, 3.0, len(hearers))  # the same ten callers every day, and all the others
    station = town.open("news", hearers, 0.0, site="radio.example")
    for day in range(town.days):
        if day % 7 < 5:
            for hour in (9.09, 17.09):  # the question follows the news
                item = town.issue(station, town.at(day, hour))
                join_in(town, hearers, item, "group", zeal, wait_s=480, topic=(town.tongue.name(),))
    return hearers


def derby_night(town: Town) -> Ints:
    town.live()
    rng, core = town.rng, town.carers("football")
    sides = np.array_split(rng.permutation(core)[: int(rng.integers(280, 460))], 2)
    pages = [town.open("micro", side, 0.0) for side in sides]
    for _ in range(int(rng.integers(2, 5))):
        whistle = town.at(int(rng.integers(1, town.days - 1)), 20.0)
        watching = [side[rng.random(len(side)) < 0.45] for side in sides]
        for minute in np.sort(rng.uniform(0, 115, int(rng.integers(9, 16)))):
            side = int(rng.integers(2))
            item = town.issue(pages[side], whistle + minute * 60)
            thrill = float(rng.beta(1, 5))  # a goal, or a throw-in
            join_in(town, watching[side], item, "micro", thrill, wait_s=75)
            join_in(town, watching[1 - side], item, "micro", thrill * 0.15, wait_s=150)
    return np.sort(np.concatenate(sides))


def flood_night(town: Town) -> Ints:
    town.live()
    rng = town.rng
    awake = town.pick(np.arange(town.people), int(rng.integers(500, 900)), 0.7)
    fear = rng.beta(0.7, 5.0, len(awake)) * (1 + (town.ward[awake] < 2))  # the river runs through two wards
    brigade = town.open("micro", awake, 0.0)
    start = town.at(int(rng.integers(4, town.days - 3)), float(rng.uniform(14, 21)))
    for after in np.sort(rng.exponential(7 * HOUR, 38)):
        item = town.issue(brigade, start + after)
        join_in(town, awake, item, "micro", np.minimum(fear * rng.lognormal(0, 0.5), 0.9), wait_s=420)
    return awake


def newsletter_readers(town: Town) -> Ints:
    town.live()
    rng = town.rng
    readers = town.pick(np.arange(town.people), int(rng.integers(130, 240)))
    habit = rng.beta(1.0, 2.5, len(readers))
    paper = town.outlets[0]
    for day in range(1, town.days):
        if day % 7 >= 5:
            continue
        sent = town.at(day, 6.75)
        letter = [item for item in paper.items if 0 < sent - item.at < 90_000][-5:]
        opened = readers[rng.random(len(readers)) < habit]
        for person, start in zip(opened, browsed(town, opened, np.full(len(opened), sent), 0.85), strict=True):
            at = start
            for item in letter:  # from the top, each story a minute or two
                at += rng.lognormal(4.3, 0.6)
                if not np.isnan(at) and rng.random() < 0.3:
                    react(
                        town,
                        int(person),
                        str(rng.choice(["like", "comment", "repost"], p=[0.7, 0.1, 0.2])),
                        item.post,
                        at,
                    )
    return readers


def paper_superusers(town: Town) -> Ints:
    town.live()
    rng, paper = town.rng, town.outlets[0]
    regulars = town.pick(paper.followers, int(rng.integers(60, 110)), 1.0)
    zeal = rng.beta(0.9, 2.2, len(regulars))  # some have an opinion on everything
    for item in paper.items:
        heat = rng.beta(2, 2)
        join_in(town, regulars, item, "news", np.minimum(zeal * heat * 1.4, 0.95))
    return regulars


def giveaway_hunters(town: Town) -> Ints:
    town.live()
    rng = town.rng
    hunters = town.pick(np.union1d(town.carers("prizes"), town.carers("cooking")), int(rng.integers(90, 160)))
    zeal = rng.beta(0.8, 1.8, len(hunters))
    shops = [town.open("photo", hunters, 0.0) for _ in range(int(rng.integers(30, 50)))]
    for day in range(town.days):  # a site lists the prizes of the day, and they go through it
        drawn = [
            (shop, town.issue(shop, town.at(day, float(rng.uniform(7, 10)))))
            for shop in shops
            if rng.random() < 1.2 / len(shops)
        ]
        today = hunters[rng.random(len(hunters)) < zeal]
        start = browsed(town, today, np.full(len(today), town.at(day, 10.0)), 0.7)
        for person, sat in zip(today, start, strict=True):
            at = sat
            for shop, item in drawn:
                if np.isnan(at) or rng.random() < 0.2:
                    continue
                town.book.act(town.ids[person], "follow", shop.account, "page", at)
                town.book.act(town.ids[person], "like", item.post, "post", at + rng.uniform(2, 9))
                at += rng.uniform(15, 50)
                friend = town.ids[int(rng.choice(town.friends[person]))]
                town.book.act(
                    town.ids[person],
                    "comment",
                    item.post,
                    "post",
                    at,
                    text=f"@{friend[:7]} {town.tongue.text(median=2)}",
                )
                at += rng.lognormal(3.6, 0.7)
    return hunters


def petition_wave(town: Town) -> Ints:
    town.live()
    rng = town.rng
    signed: list[Ints] = []
    for _ in range(3):
        url, text = town.tongue.address("petition.example"), town.tongue.text(median=14)
        front = town.pick(np.arange(town.people), 8)
        seen = np.zeros(town.people, bool)
        at = np.full(len(front), town.at(int(rng.integers(0, town.days - 8)), 19.0))
        for _ in range(7):  # hands through which it goes
            for person, time in zip(front, at, strict=True):
                words = text if rng.random() < 0.6 else town.tongue.text()  # the site proposes the words
                town.book.post(town.ids[person], time, words, url=url)
            signed.append(front)
            seen[front] = True
            friends, since = town.friends[front].ravel(), np.repeat(at, town.friends.shape[1])
            keen = (rng.random(len(friends)) < np.minimum(0.16 * town.activity[friends] ** 0.5, 0.5)) & ~seen[friends]
            front, first = np.unique(friends[keen], return_index=True)
            times = browsed(town, front, since[keen][first], 0.75)
            front, at = front[~np.isnan(times)], times[~np.isnan(times)]
    return np.unique(np.concatenate(signed))


def table_raters(town: Town) -> Ints:
    town.live()
    rng = town.rng
    club = town.pick(town.carers("cooking"), int(rng.integers(50, 90)))
    hunger = rng.beta(1.0, 1.6, len(club))
    for week in range(town.days // 7 + 1):
        for _ in range(int(rng.integers(4, 9))):  # new tables, a stall, whoever was on television
            place = town.book.new_id("v")
            page = town.open("photo", club, 0.0)
            item = town.issue(page, town.at(7 * week + 3, 12.0))
            ate = club[rng.random(len(club)) < hunger * 0.7]
            at = town.at(7 * week + 4, 20.0) + rng.exponential(26 * HOUR, len(ate))
            for person, time in zip(ate, at, strict=True):
                town.book.act(town.ids[person], "rate", place, "place", time)
                if rng.random() < 0.5:
                    late = Item(item.post, time, None)
                    join_in(town, np.array([person]), late, "photo", 1.0, wait_s=300)
    return club
