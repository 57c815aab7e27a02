"""Organic: people who live, learn, work or pray together, and so meet at the same posts."""

from __future__ import annotations

import numpy as np
from worlds.bazaar.attention import join_in
from worlds.bazaar.daily_hours import ROUTINES, Ints
from worlds.bazaar.townsfolk import Outlet, Town

__all__ = [
    "church_sundays",
    "class_bells",
    "commuter_line",
    "diaspora_evenings",
    "family_albums",
    "neighbourhood_alarms",
    "night_wards",
    "ordinary_weeks",
    "union_call",
]

_ROUTINE = {name: place for place, name in enumerate(ROUTINES)}
NOBODY = np.empty(0, np.int64)


def _page(town: Town, platform: str, followers: Ints) -> Outlet:
    """Open a page that publishes by hand only."""
    return town.open(platform, followers, 0.0)


def _with_routine(town: Town, name: str, number: int) -> Ints:
    return town.pick(np.flatnonzero(town.routine == _ROUTINE[name]), number)


def ordinary_weeks(town: Town) -> Ints:
    town.live()
    return NOBODY


def family_albums(town: Town) -> Ints:
    town.live()
    rng = town.rng
    members: list[Ints] = []
    for root in town.pick(np.arange(town.people), 35):
        family = np.unique(np.append(town.friends[root], root))
        family = rng.choice(family, min(len(family), int(rng.integers(5, 10))), replace=False)
        fond = rng.beta(2, 1.5, len(family))  # a grandmother likes everything, a cousin little
        page = _page(town, "photo", family)
        page.account = town.ids[root]
        for day in np.flatnonzero(rng.random(town.days) < rng.uniform(0.2, 0.7)):
            item = town.issue(page, town.at(day, rng.uniform(8, 21)))
            join_in(town, family, item, "photo", fond, wait_s=1500)  # nobody hurries to see a cake
        members.append(family)
    return np.unique(np.concatenate(members))


def church_sundays(town: Town) -> Ints:
    town.live()
    rng, core = town.rng, town.carers("church")
    parish = town.pick(core, int(rng.integers(80, 140)))
    zeal = rng.beta(1.0, 2.2, len(parish))  # a dozen pillars, many who come at Easter
    page = _page(town, "photo", parish)
    for day in range(town.days):
        if day % 7 == 6:
            for hour in (9.0, 10.1, 11.4):  # bells, the stream of the mass, the coffee after
                item = town.issue(page, town.at(day, hour + rng.normal(0, 0.05)))
                join_in(town, parish, item, "photo", zeal, wait_s=600)
        else:
            item = town.issue(page, town.at(day, 7.0))  # the verse of the day, by a scheduler
            join_in(town, parish, item, "photo", zeal * 0.6)
    return parish


def class_bells(town: Town) -> Ints:
    rng = town.rng
    classes = int(rng.integers(5, 9))
    pupils = rng.permutation(_with_routine(town, "pupil", classes * 27))
    town.live()
    for group in np.array_split(pupils, classes):
        page = _page(town, "photo", group)
        fond = rng.beta(1.3, 2.2, len(group))
        for day in range(town.days):
            if day % 7 >= 5:
                continue
            for hour in rng.choice([10.1, 12.4, 15.6], int(rng.integers(1, 3)), replace=False):  # at the bells
                page.account = town.ids[int(rng.choice(group))]
                item = town.issue(page, town.at(day, hour + rng.uniform(0, 0.1)))
                join_in(town, group, item, "photo", fond, wait_s=200)  # phones are out in the yard
    return pupils


def neighbourhood_alarms(town: Town) -> Ints:
    town.live()
    rng = town.rng
    neighbours: list[Ints] = []
    for ward in range(3):
        group = town.pick(np.flatnonzero(town.ward == ward), int(rng.integers(60, 130)))
        busy = rng.beta(0.7, 2.5, len(group))  # few busybodies, many who read
        page = _page(town, "group", group)
        for day in np.sort(rng.uniform(0, town.days, int(town.days * 0.8))):  # a cat, a bang, a van
            page.account = town.ids[int(rng.choice(group))]
            hour = float(rng.choice([rng.uniform(7, 12), rng.uniform(17, 22.5)]))
            item = town.issue(page, town.at(np.floor(day), hour))
            join_in(town, group, item, "group", busy, wait_s=700, topic=("bang",))
        neighbours.append(group)
    return np.unique(np.concatenate(neighbours))


def night_wards(town: Town) -> Ints:
    rng = town.rng
    nurses = _with_routine(town, "night", int(rng.integers(60, 110)))
    paper = town.outlets[0]
    new = np.setdiff1d(nurses, paper.followers)
    paper.followers = np.append(paper.followers, new)
    paper.loyalty = np.append(paper.loyalty, rng.gamma(0.45, 2, len(new)))  # what else is there at four
    town.live()
    page = _page(town, "group", nurses)
    on_duty = rng.random((len(nurses), 14)) < 0.6  # a roster of two weeks
    for day in range(town.days):
        for hour in rng.uniform(1.0, 4.8, int(rng.integers(1, 4))):
            page.account = town.ids[int(rng.choice(nurses))]
            item = town.issue(page, town.at(day, float(hour)))
            join_in(town, nurses[on_duty[:, day % 14]], item, "group", 0.16, wait_s=900)
    return nurses


def commuter_line(town: Town) -> Ints:
    rng = town.rng
    riders = _with_routine(town, "commuter", int(rng.integers(110, 200)))
    town.live()
    line = _page(town, "micro", riders)
    cross = rng.beta(0.8, 3.0, len(riders))
    for day in range(town.days):
        if day % 7 >= 5:
            continue
        for hour in (7.3, 17.6):
            if rng.random() < 0.35:  # a train in three is late enough to speak of
                item = town.issue(line, town.at(day, hour + rng.normal(0, 0.1)))
                join_in(town, riders, item, "micro", np.minimum(cross * 1.8, 0.9), wait_s=240)
        fresh = [one for outlet in town.outlets[:3] for one in outlet.items if 0 < town.at(day, 7.4) - one.at < 50_000]
        for item in fresh[-3:]:  # all ride with the same three stories on top
            late = type(item)(item.post, town.at(day, 7.4), item.url)
            join_in(town, riders, late, "news", cross * 0.35, wait_s=900)
    return riders


def union_call(town: Town) -> Ints:
    town.live()
    rng = town.rng
    members = town.pick(np.arange(town.people), int(rng.integers(150, 260)), 0.2)
    shift = rng.integers(0, 3, len(members))
    zeal = rng.beta(0.9, 2.4, len(members))
    page = town.open("micro", members, 0.0, site="union.example")
    for day in np.sort(rng.choice(np.arange(3, town.days), town.days // 3, replace=False)):
        first = town.issue(page, town.at(day, float(rng.uniform(9, 13))))
        for turn, hour in enumerate((14.2, 22.2, 30.2)):  # the three shifts read it as they change
            late = type(first)(first.post, town.at(day, hour), first.url)
            keen = join_in(town, members[shift == turn], late, "micro", zeal[shift == turn], wait_s=1200)
            for person in keen[rng.random(len(keen)) < 0.12]:  # stewards pass the link on under their names
                at = late.at + rng.lognormal(7, 1)
                town.book.post(town.ids[person], at, town.tongue.text(), url=first.url, tags=("strike",))
    return members


def diaspora_evenings(town: Town) -> Ints:
    rng = town.rng
    abroad = town.newcomers(int(rng.integers(180, 330)), town.zone - float(rng.integers(5, 9)), 1.6)
    for outlet in town.outlets[:4]:  # what they read of home
        outlet.followers = np.append(outlet.followers, abroad)
        outlet.loyalty = np.append(outlet.loyalty, rng.gamma(0.45, 1.6, len(abroad)))
    town.open("micro", abroad, 1.5, bell=0.15)
    town.open("video", abroad, 0.6)
    town.live()
    return abroad
