"""Farms that sell likes: how the crew is made up, and how its work is spread over hours and weeks."""

from __future__ import annotations

import numpy as np
from worlds.bazaar.daily_hours import DAY, HOUR
from worlds.bazaar.middlemen import (
    Task,
    client,
    daily,
    do,
    hire_busy,
    hire_far,
    hire_near,
    likes,
    rush,
    scrolled,
    session,
    tonight,
    trickle,
    work,
)
from worlds.bazaar.townsfolk import Town


def tonights_twenty(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(40, 75)))
    pages = [client(town, "right", a_day=3.0) for _ in range(3)]
    town.live()
    for at, items in daily(town, pages, 0.8, every=int(town.rng.integers(2, 4))):
        work(town, crew, at, likes(items[-20:]))


def rush_orders(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(30, 60)))
    page = client(town, "centre", "micro", 1.5)
    town.live()
    for item in page.items:
        if town.rng.random() < 0.6:
            work(town, crew, item.at + town.rng.exponential(600), likes([item]), rush)


def slow_drip(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(45, 80)))
    page = client(town, "right", a_day=1.5)
    town.live()
    for at, items in daily(town, [page], 0.6):
        trickle(town, crew, at, likes(items), 6.0)


def one_act_daily(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(50, 90)))
    page = client(town, "left", a_day=1.8)
    town.live()
    for day in range(town.days):  # the pay is for one a day, of the posts that are open
        open_now = [item for item in page.items if 0 < town.at(day, 17) - item.at < 3 * DAY]
        for person, begun, zeal in zip(crew.workers, session(town, crew, town.at(day, 17.0)), crew.zeal, strict=True):
            if open_now and not np.isnan(begun) and town.rng.random() < zeal:
                item = open_now[int(len(open_now) * town.rng.beta(1.6, 1.0))]
                do(town, int(person), likes([item])[0], float(begun))


def three_targets(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(50, 90)))
    page = client(town, "centre", a_day=0.8)
    town.live()
    for place in np.sort(town.rng.choice(len(page.items) - 1, 3, replace=False)):
        item = page.items[place]
        work(town, crew, item.at + town.rng.uniform(1, 5) * HOUR, likes([item]), session)


def rotating_shifts(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(70, 120)))
    pages = [client(town, "right", a_day=2.0) for _ in range(2)]
    town.live()
    shift = rng.integers(0, 3, len(crew.workers))
    for hour, turn in ((9.5, 0), (15.0, 1), (20.5, 2)):
        for at, items in daily(town, pages, 0.7, hour=hour, every=1):
            week = int(at // DAY) // 7
            moved = np.where(rng.random(len(shift)) < 0.1, rng.integers(0, 3, len(shift)), shift)  # swaps
            work(town, crew.part(np.flatnonzero((moved + week) % 3 == turn)), at, likes(items[-8:]), session)


def patchy_workers(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(45, 80)))
    page = client(town, "left", "video", 2.0)
    town.live()
    days_off = rng.uniform(0.0, 0.6, len(crew.workers))
    for at, items in daily(town, [page], 0.7):
        work(town, crew.part(np.flatnonzero(rng.random(len(days_off)) > days_off)), at, likes(items))


def own_lives(town: Town) -> None:
    crew = hire_busy(town, int(town.rng.integers(35, 60)))
    page = client(town, "centre", a_day=1.2)
    town.live()
    orders = daily(town, [page], 0.5)
    for at, items in orders[-20:]:  # a score of tasks beside a hundred acts of their own
        work(town, crew, at, likes(items[-1:]), session)


def patient_delays(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(40, 70)))
    page = client(town, "right", a_day=2.0)
    town.live()
    scrolled(town, crew, likes([item for item in page.items if town.rng.random() < 0.6]))


def random_camouflage(town: Town) -> None:
    rng = town.rng
    crew = hire_far(town, int(rng.integers(40, 70)))
    page = client(town, "left", a_day=1.8)
    town.live()
    every = sorted((item for one in town.outlets for item in one.items), key=lambda one: one.at)
    for at, items in daily(town, [page], 0.6):
        work(town, crew, at, likes(items))
        seen = [item for item in every if 0 < at - item.at < 2 * DAY]
        for place in range(len(crew.workers)):  # asked to like some of the feed, so that the account looks alive
            some = [seen[one] for one in rng.integers(0, len(seen), rng.poisson(2.5))]
            work(town, crew.part(np.array([place])), at, likes(some), session)


def circle_camouflage(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(40, 70)))
    page = client(town, "right", a_day=1.8)
    town.live()
    camp = [one for one in town.outlets if np.isin(one.followers, town.carers("right")).mean() > 0.7]
    for at, items in daily(town, [page], 0.6):
        work(town, crew, at, likes(items), session)
        near = [item for one in camp for item in one.items if 0 < at - item.at < 2 * DAY]
        for place in np.flatnonzero(rng.random(len(crew.workers)) < 0.6):
            some = [near[one] for one in rng.integers(0, len(near), rng.poisson(2.0))]
            work(town, crew.part(np.array([place])), at, likes(some), session)


def shared_workers(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(60, 100)))
    pages = [client(town, one, a_day=1.2) for one in ("left", "cooking", "music")]
    town.live()
    for page in pages:  # a candidate, a restaurant and a singer buy from the same man
        regular = np.flatnonzero(rng.random(len(crew.workers)) < 0.6)
        for at, items in daily(town, [page], 0.6, first=int(rng.integers(0, 5))):
            work(town, crew.part(regular[rng.random(len(regular)) < 0.8]), at, likes(items))


def crew_of_seven(town: Town) -> None:
    crew = hire_near(town, int(town.rng.integers(6, 9)))
    page = client(town, "centre", a_day=2.0)
    town.live()
    for at, items in daily(town, [page], 0.7):
        work(town, crew, at, likes(items))


def crew_of_eleven(town: Town) -> None:
    crew = hire_busy(town, int(town.rng.integers(10, 13)), town.carers("left"))
    page = client(town, "left", "micro", 2.5)
    town.live()
    for at, items in daily(town, [page], 0.7):
        work(town, crew, at, likes(items), session)


def hall_of_hundreds(town: Town) -> None:
    rng = town.rng
    crew = hire_far(town, int(rng.integers(200, 400)), 4.0)
    pages = [client(town, "right", a_day=1.0), client(town, "centre", a_day=1.0)]
    town.live()
    for at, items in daily(town, pages, 0.6):
        for item in items:  # the order is for so many likes, and the first to come are served
            wanted = rng.random(len(crew.workers)) < rng.uniform(0.2, 0.6)
            work(town, crew.part(np.flatnonzero(wanted)), at, likes([item]), tonight)


def far_office(town: Town) -> None:
    rng = town.rng
    crew = hire_far(town, int(rng.integers(30, 60)), 6.0)
    pages = [client(town, "left", a_day=2.0), client(town, "left", "micro", 2.0)]
    town.live()
    for day in range(1, town.days):
        if day % 7 == 4:  # their day of rest
            continue
        opened = day * DAY + (9 - town.zone - 6) * HOUR
        fresh = [item for page in pages for item in page.items if 0 < opened - item.at < DAY]
        desk = opened + rng.uniform(0, 7.5 * HOUR, len(crew.workers))
        work(town, crew, opened, likes(fresh), lambda *_, desk=desk: desk)  # type: ignore[misc]


def chain_of_middlemen(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(70, 120)))
    page = client(town, "right", a_day=2.2)
    town.live()
    below = rng.choice(5, len(crew.workers), p=[0.35, 0.25, 0.2, 0.12, 0.08])
    for at, items in daily(town, [page], 0.7, hour=11.0):
        for man in range(5):  # each passes it on when it suits him, and now and then forgets
            if rng.random() < 0.85:
                late = at + rng.gamma(1.5, (0.4, 1.5, 3.0, 6.0, 9.0)[man] * HOUR)
                work(town, crew.part(np.flatnonzero(below == man)), late, likes(items), session)


def high_turnover(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(90, 150)))
    page = client(town, "centre", a_day=2.5)
    town.live()
    came = rng.uniform(-10, town.days, len(crew.workers))
    stays = rng.exponential(11, len(crew.workers)) + 3  # days until the pay does not seem worth it
    for at, items in daily(town, [page], 0.7):
        day = at / DAY
        work(town, crew.part(np.flatnonzero((came <= day) & (day < came + stays))), at, likes(items), session)


def week_before(town: Town) -> None:
    crew = hire_far(town, int(town.rng.integers(60, 110)), 2.0)
    pages = [client(town, "left", a_day=2.0), client(town, "left", "video", 1.0)]
    town.live()
    for at, items in daily(town, pages, 0.9, first=town.days - 7, hour=12.0):
        work(town, crew, at, likes(items))


def phone_rack(town: Town) -> None:
    rng = town.rng
    crew = hire_far(town, int(rng.integers(20, 34)), 0.0)
    page = client(town, "right", a_day=1.6)
    town.live()
    for at, items in daily(town, [page], 0.7, hour=16.0):
        time, alive = at, rng.random(len(crew.workers)) < 0.85  # some phones are flat or locked out
        for person in crew.workers[alive]:  # one woman, phone after phone
            for item in items:
                do(town, int(person), Task("like", item.post, "post", item.at), time)
                time += rng.lognormal(np.log(7), 0.5)
            time += rng.lognormal(np.log(18), 0.6)
