"""Farms among people who look alike for reasons of their own, and in exports that keep less."""

from __future__ import annotations

import numpy as np
from worlds.bazaar import organic_airwaves as air
from worlds.bazaar import organic_desks as desks
from worlds.bazaar import organic_neighbours as near
from worlds.bazaar.daily_hours import DAY, HOUR
from worlds.bazaar.middlemen import (
    Task,
    client,
    daily,
    hire_busy,
    hire_far,
    hire_near,
    likes,
    scrolled,
    session,
    tonight,
    trickle,
    work,
)
from worlds.bazaar.townsfolk import Town


def among_loyalists(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(40, 70)))
    desks.loyal_partisans(town)
    for at, items in daily(town, desks.party_pages(town, "left")[:3], 0.5):
        work(town, crew, at, likes(items))


def among_readers(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(35, 60)))
    air.paper_superusers(town)
    about = [item for item in town.outlets[0].items if town.rng.random() < 0.12]  # what the paper writes on the client
    for item in about:
        tasks = [*likes([item]), Task("comment", item.post, "post", item.at)]
        work(town, crew, item.at + town.rng.uniform(1, 6) * HOUR, tasks)


def among_fans(town: Town) -> None:
    crew = hire_far(town, int(town.rng.integers(50, 90)), 3.0)
    page = client(town, "music", "video", 1.5, 300)
    desks.comeback_stream(town)
    for at, items in daily(town, [page], 0.8):
        work(town, crew, at, likes(items), session)


def among_taggers(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(50, 80)))
    sellers = desks.trend_seekers(town)
    for day in np.sort(rng.choice(np.arange(2, town.days), 10, replace=False)):
        tag, at = town.tongue.name(), town.at(day, float(rng.uniform(11, 20)))
        work(town, crew, at, [Task("post", tag, "hashtag", at)], session)
        caught = sellers[rng.random(len(sellers)) < 0.12]  # it trends, and sellers take it up
        for person, time in zip(caught, at + rng.uniform(2, 9, len(caught)) * HOUR, strict=True):
            town.book.post(town.ids[person], time, town.tongue.text(), tags=(tag,))


def among_volunteers(town: Town) -> None:
    crew = hire_busy(town, int(town.rng.integers(25, 45)), town.carers("right"))
    desks.campaign_volunteers(town)
    for at, items in daily(town, desks.party_pages(town, "right")[:2], 0.7, first=max(0, town.days - 25), hour=20.0):
        work(town, crew, at, likes(items))


def pupils_for_hire(town: Town) -> None:
    page = client(town, "centre", a_day=2.0)
    pupils = near.class_bells(town)
    crew = hire_busy(town, int(town.rng.integers(25, 40)), pupils)  # one boy has the list, and his friends are in
    for at, items in daily(town, [page], 0.6, hour=13.0):
        work(town, crew, at, likes(items), session)


def diaspora_for_hire(town: Town) -> None:
    crew = hire_far(town, int(town.rng.integers(40, 70)), -7.0)
    page = client(town, "right", "micro", 2.0)
    near.diaspora_evenings(town)  # whose hours make those of the workers ordinary
    for at, items in daily(town, [page], 0.6, hour=23.0):
        work(town, crew, at, likes(items), session)


def farm_in_flood(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(40, 70)))
    page = client(town, "centre", "micro", 2.0)
    air.flood_night(town)
    for at, items in daily(town, [page], 0.6):
        tasks = [Task("repost" if town.rng.random() < 0.5 else "like", one.post, "post", one.at) for one in items]
        work(town, crew, at, tasks)


def prize_hunters_for_hire(town: Town) -> None:
    page = client(town, "cooking", a_day=1.5)
    hunters = air.giveaway_hunters(town)
    crew = hire_busy(town, min(45, len(hunters) // 2), hunters)  # who taps for prizes also taps for pay
    for at, items in daily(town, [page], 0.7, hour=12.0):
        work(town, crew, at, likes(items), session)


def undated_farm(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(40, 75)))
    page = client(town, "right", a_day=2.0)
    desks.loyal_partisans(town)
    scrolled(town, crew, likes([item for item in page.items if town.rng.random() < 0.6]))


def dated_days_farm(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(45, 80)))
    page = client(town, "left", a_day=2.0)
    near.family_albums(town)
    for at, items in daily(town, [page], 0.6):
        work(town, crew, at, likes(items), session)


def polled_farm(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(45, 80)))
    page = client(town, "centre", a_day=2.2)
    near.church_sundays(town)
    for at, items in daily(town, [page], 0.7):
        work(town, crew, at, likes(items), tonight)


def stamped_farm(town: Town) -> None:
    crew = hire_far(town, int(town.rng.integers(40, 70)), 4.0)
    page = client(town, "right", a_day=2.0)
    town.live()
    for at, items in daily(town, [page], 0.7):
        trickle(town, crew, at, likes(items), 1.5)


def capped_farm(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(70, 110)))
    page = client(town, "centre", a_day=1.8)
    near.commuter_line(town)
    for at, items in daily(town, [page], 0.8, hour=10.0):
        work(town, crew, at, likes(items), session)


def minute_farm(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(40, 70)))
    page = client(town, "centre", "news", 1.6)
    air.newsletter_readers(town)
    for at, items in daily(town, [page], 0.6, hour=8.0):
        tasks = [Task("repost" if town.rng.random() < 0.4 else "like", one.post, "post", one.at) for one in items]
        work(town, crew, at, tasks, session)


def clocks_apart_farm(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(35, 60)))
    page = client(town, "left", "video", 2.0)
    near.neighbourhood_alarms(town)
    for at, items in daily(town, [page], 0.6):
        tasks = [Task("comment" if town.rng.random() < 0.4 else "like", one.post, "post", one.at) for one in items]
        work(town, crew, at, tasks, session)
        if town.rng.random() < 0.2:
            work(town, crew, at + DAY / 2, likes(items[-1:]), session)
