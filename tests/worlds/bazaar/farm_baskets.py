"""Farms that sell other wares: follows, words, stars, links, tags, and the network of pages of one house."""

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
    session,
    tonight,
    trickle,
    work,
)
from worlds.bazaar.townsfolk import Town


def subscribe_orders(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(50, 90)))
    town.live()
    channels = [client(town, one, "video", 0.0, 60) for one in ("left", "music", "cooking", "motors", "walks") * 4]
    for channel in channels:  # subscribe, ring the bell, and like the clip on top so that it counts
        at = town.at(int(rng.integers(1, town.days - 1)), float(rng.uniform(10, 20)))
        clip = town.issue(channel, at - rng.uniform(1, 30) * HOUR)
        tasks = [Task("follow", channel.account, "page", at)]
        tasks += likes([clip]) if rng.random() < 0.5 else []
        work(town, crew, at, tasks, tonight if rng.random() < 0.6 else session)


def follow_tranches(town: Town) -> None:
    rng = town.rng
    stock = hire_far(town, int(rng.integers(200, 330)), 5.0)
    town.live()
    buyers = [client(town, "centre", "micro", 0.0, 80) for _ in range(int(rng.integers(10, 16)))]
    for buyer in buyers:
        for _ in range(int(rng.integers(1, 4))):  # fifty, a hundred, and again when it has worked
            at, sold = town.at(int(rng.integers(0, town.days)), float(rng.uniform(8, 23))), rng.choice([30, 50, 100])
            served = stock.part(rng.permutation(len(stock.workers))[:sold])
            for person, time in zip(served.workers, at + rng.uniform(0, 18 * HOUR, len(served.workers)), strict=True):
                do(town, int(person), Task("follow", buyer.account, "account", at), float(time))


def own_word_comments(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(35, 65)))
    page = client(town, "right", "video", 1.6)
    cues = tuple(town.tongue.name() for _ in range(4))
    town.live()
    for at, items in daily(town, [page, *town.outlets[:2]], 0.25):  # beneath the client and in the papers
        tasks = [Task("comment", item.post, "post", item.at, tuple(rng.choice(cues, 2))) for item in items[-4:]]
        work(town, crew, at, tasks)


def star_ratings(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(45, 80)))
    town.live()
    for _ in range(int(rng.integers(14, 26))):  # half to be praised, half to be sunk
        place, at = town.book.new_id("v"), town.at(int(rng.integers(0, town.days - 3)), 17.0)
        guests = town.pick(np.arange(town.people), int(rng.integers(3, 30)))
        for person, time in zip(guests, rng.uniform(0, town.end, len(guests)), strict=True):
            town.book.act(town.ids[person], "rate", place, "place", time)
        trickle(town, crew, at, [Task("rate", place, "place", at)], float(rng.uniform(1, 6)))


def house_pages(town: Town) -> None:
    rng = town.rng
    house = hire_far(town, int(rng.integers(12, 20)), 0.0).workers
    site = f"{town.tongue.name()}.example"
    town.live()
    town.worked |= dict.fromkeys(house.tolist())
    covers, late = rng.uniform(0.3, 0.95, len(house)), rng.lognormal(np.log(1500), 0.9, len(house))
    for day in range(town.days):
        for _ in range(rng.poisson(2.2)):
            url, at = town.tongue.address(site), town.at(day, float(rng.uniform(8, 20)))
            posts: list[str] = []
            for place in np.flatnonzero(rng.random(len(house)) < covers):
                time = at + rng.exponential(late[place])
                words = town.tongue.text(median=10)  # each page has a headline of its own
                posts.append(town.book.post(town.ids[house[place]], time, words, url=url, followers=3000))
            for post in posts:  # and now and then one page shares another
                if rng.random() < 0.15:
                    sharer = town.ids[house[rng.integers(len(house))]]
                    town.book.act(sharer, "repost", post, "post", at + rng.uniform(6, 30) * HOUR)


def link_launch(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(50, 90)))
    site = f"{town.tongue.name()}.example"
    town.live()
    for day in np.sort(rng.choice(town.days - 1, int(town.days * 0.35), replace=False)):
        at, url = town.at(day, float(rng.uniform(9, 19))), town.tongue.address(site)
        tasks = [Task("post", url, "url", at, (town.tongue.name(),))]
        work(town, crew, at, tasks, tonight if rng.random() < 0.7 else rush)


def tag_push(town: Town) -> None:
    rng = town.rng
    crew = hire_near(town, int(rng.integers(60, 110)))
    town.live()
    for day in np.sort(rng.choice(np.arange(2, town.days), 7, replace=False)):  # to be on the list by the evening news
        at, tag = town.at(day, 19.0 + rng.normal(0, 0.2)), town.tongue.name()
        for again in range(3):
            work(town, crew, at + again * 1500, [Task("post", tag, "hashtag", at)], rush if again else session)


def mixed_basket(town: Town) -> None:
    rng = town.rng
    crew = hire_busy(town, int(rng.integers(40, 70)))
    page = client(town, "left", "micro", 1.5)
    town.live()
    work(town, crew, town.at(2, 18.0), [Task("follow", page.account, "page", 0.0)], session)
    for at, items in daily(town, [page], 0.6):
        tasks: list[Task] = []
        for item in items:  # each task of the list asks for one thing or another
            action = str(rng.choice(["like", "repost", "reply"], p=[0.5, 0.3, 0.2]))
            tasks += [Task(action, item.post, "post", item.at), *(likes([item]) if rng.random() < 0.3 else [])]
        work(town, crew, at, tasks)


def rival_houses(town: Town) -> None:
    errands = []
    for interest, hour in (("left", 13.0), ("right", 19.0)):
        crew = hire_near(town, int(town.rng.integers(30, 55)))
        taken = np.isin(crew.workers, town.farms[0]) if len(town.farms) > 1 else np.zeros(len(crew.workers), bool)
        crew = crew.part(np.flatnonzero(~taken))  # who works for the one is not asked by the other
        town.farms[-1] = crew.workers
        errands.append((crew, client(town, interest, a_day=2.0), hour))
    town.live()
    for crew, page, hour in errands:
        for at, items in daily(town, [page], 0.7, hour=hour):
            work(town, crew, at, likes(items))


def smear_replies(town: Town) -> None:
    rng = town.rng
    crew = hire_far(town, int(rng.integers(25, 50)), 1.0)
    rival = client(town, "left", "micro", 2.0, 400)  # who pays is elsewhere; the target is the rival
    cues = tuple(town.tongue.name() for _ in range(3))
    town.live()
    for at, items in daily(town, [rival], 0.6, hour=14.0):
        tasks = [Task("reply", item.post, "post", item.at, (str(rng.choice(cues)),)) for item in items]
        work(town, crew, at, tasks, tonight)
        if rng.random() < 0.4:
            work(town, crew, at + DAY / 4, [Task("quote", items[-1].post, "post", items[-1].at, cues[:1])], session)
