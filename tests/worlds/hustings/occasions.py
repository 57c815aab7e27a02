"""Organic towns whose hours are set from outside: matches, trains, time zones, shifts, premieres, raids."""

from __future__ import annotations

import numpy as np
from worlds.hustings.habits import LIKING, answered, awake, browsed, gathered, record, rung
from worlds.hustings.people import DAY, EVENING, HOUR, NIGHT, PHONE
from worlds.hustings.places import local_hour, opened
from worlds.hustings.shelves import shelf_of
from worlds.hustings.town import Town

__all__ = [
    "commuter_trains",
    "diaspora_evenings",
    "influencer_raids",
    "match_nights",
    "night_shifts",
    "party_staff",
    "video_premieres",
]

RAILWAY = np.array([4, 2, 1, 1, 3, 20, 72, 150, 96, 34, 22, 22, 34, 28, 24, 34, 76, 132, 98, 50, 44, 40, 26, 12], float)
"""The hours of people who look at a phone on the train."""


def match_nights(seed: int) -> Town:
    """Fans of six clubs, who like what their club posts at a goal at once, and talk politics on other days."""
    days = 50
    town = opened(seed, 21, 3_400, days, 6, stay=0.55)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_400, days, 6, makers=100, shared=0.5)
    browsed(town, posts, 12_500, LIKING, hours=EVENING)
    matches = [(club, day) for club in range(6) for day in range(days) if day % 7 in (2, 5) and rng.random() < 0.55]
    goals = [
        (club, local_hour(day, 20.75) + rng.random() * 6_300) for club, day in matches for _ in range(rng.poisson(1.5))
    ]
    flashes = shelf_of(rng, "post", len(goals), days, 6, makers=6, shared=0, prefix="goal")
    for number, (club, second) in enumerate(goals):
        flashes.author[number] = flashes.community[number] = club
        flashes.published[number] = np.floor(second + rng.exponential(30))
        fans = answered(town, crowd.members(club), 0.09)
        begin = flashes.published[number] + 2
        gathered(
            town, flashes, number, fans, begin, {"like": 0.8, "repost": 0.12, "comment": 0.08}, pace=130, shape=0.7
        )
    return town


def commuter_trains(seed: int) -> Town:
    """Commuters of 14 lines, whose sessions last from stop to stop; a delay makes a whole train complain at once."""
    days = 40
    town = opened(seed, 22, 2_900, days, 14, stay=0.65)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_700, days, 14, makers=110)
    crowd.habits[:, 0] = 7.4 + rng.normal(0, 0.45, crowd.size)
    crowd.habits[:, 1] = 17.4 + rng.normal(0, 0.6, crowd.size)
    browsed(town, posts, 15_500, LIKING, hours=RAILWAY, length=4.5, back=10)
    tags = shelf_of(rng, "hashtag", 14, days, 14, makers=14, shared=0, standing=True, prefix="line")
    tags.community[:] = tags.author[:] = np.arange(14)
    for _ in range(46):
        line, day = int(rng.integers(14)), int(rng.integers(days))
        hour = rng.choice([7.3, 8.1, 17.3, 18.2]) + rng.normal(0, 0.2)
        waiting = answered(town, crowd.members(line), 0.13)
        gathered(town, tags, line, waiting, local_hour(day, hour), {"post": 1}, pace=1_100, shape=1.4)
    return town


def diaspora_evenings(seed: int) -> Town:
    """Emigrants of five time zones who follow the campaign in their own evenings, and one broadcast together."""
    days = 44
    town = opened(seed, 23, 3_200, days, 15, stay=0.55)
    rng, crowd = town.rng, town.crowd
    zone_of = rng.choice([-5.0, 0.0, 2.0, 2.0, 4.0, 10.0], 15)
    crowd.zone[:] = np.where(rng.random(crowd.size) < 0.8, zone_of[crowd.community], 2.0)
    posts = shelf_of(rng, "post", 2_400, days, 15, makers=95, shared=0.5)
    browsed(town, posts, 15_500, LIKING, hours=EVENING, back=18)
    for week in range(6):
        begin = local_hour(week * 7 + 3, 20.5)
        show = int(np.argmin(np.abs(posts.published - begin)))
        viewers = answered(town, np.arange(crowd.size), 0.08)
        viewers = viewers[awake(town, viewers, np.full(len(viewers), begin))]
        gathered(town, posts, show, viewers, begin + HOUR, LIKING, pace=1.2 * HOUR)
    return town


def night_shifts(seed: int) -> Town:
    """Nurses, bakers and drivers who scroll at three in the morning in the breaks that their ward or depot has."""
    days = 42
    town = opened(seed, 24, 2_900, days, 18, stay=0.6)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_400, days, 18, makers=100)
    nightly = np.flatnonzero((crowd.community < 6) & (rng.random(crowd.size) < 0.6))
    daily = np.setdiff1d(np.arange(crowd.size), nightly)
    crowd.habits[nightly, 0] = 3.0 + 0.25 * crowd.community[nightly] + rng.normal(0, 0.2, len(nightly))
    crowd.habits[nightly, 1] = 22.5
    browsed(town, posts, 5_800, LIKING, hours=NIGHT, back=15, length=3.4, who=nightly)
    browsed(town, posts, 11_000, LIKING, hours=PHONE, who=daily)
    return town


def video_premieres(seed: int) -> Town:
    """Channels whose subscribers have the bell on: a third of a video's likes come in its first quarter of an hour."""
    days = 50
    town = opened(seed, 25, 3_500, days, 22, stay=0.5)
    rng, crowd = town.rng, town.crowd
    town.has_clients = False
    videos = shelf_of(rng, "post", 620, days, 22, makers=40, shared=0.45, tail=1.1, hours=EVENING, prefix="video")
    browsed(town, videos, 12_500, {"like": 0.7, "comment": 0.3}, back=50, spread=1.8, hours=EVENING)
    bells = []
    for author in range(40):
        home = videos.community[videos.author == author]
        pool = np.arange(crowd.size) if not len(home) or home[0] < 0 else crowd.members(int(home[0]))
        bells.append(rng.permutation(pool)[: int(rng.lognormal(4.1, 0.8)) + 5])
    picks = np.arange(videos.size)
    rung(town, videos, picks, [bells[author] for author in videos.author], LIKING, share=0.09, delay=420)
    return town


def influencer_raids(seed: int) -> Town:
    """Streamers who show a post and ask their viewers to go there; a part of whoever is watching goes at once."""
    days = 36
    town = opened(seed, 26, 3_400, days, 12, stay=0.5)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_400, days, 12, makers=120)
    browsed(town, posts, 14_000, LIKING, hours=EVENING)
    for _ in range(5):
        viewers = rng.permutation(crowd.size)[: rng.integers(90, 380)]
        for day in np.flatnonzero(rng.random(days) < 0.33):
            begin = local_hour(int(day), 20 + rng.random() * 2)
            now, where = np.array([begin]), np.zeros(1, np.int64)
            pick = posts.found(rng, np.zeros(posts.size, np.int64), where, now, np.array([1.5 * DAY]))[0]
            raiding = answered(town, viewers, 0.13)
            if pick >= 0:
                mix = {"like": 0.4, "comment": 0.5, "repost": 0.1}
                gathered(town, posts, int(pick), raiding, begin, mix, pace=420, shape=0.9)
    return town


def party_staff(seed: int) -> Town:
    """Employees of a party's offices, who repost the line of the day at their desks, with the office's own tool."""
    days = 42
    town = opened(seed, 27, 3_200, days, 16, stay=0.5)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_600, days, 16, makers=110)
    browsed(town, posts, 15_000, LIKING)
    staff = rng.permutation(np.flatnonzero(crowd.last - crowd.first > 20))[:44]
    lines = rng.permutation(len(posts.makers))[:3]
    for pick in np.flatnonzero(np.isin(posts.author, lines)):
        working = (posts.published[pick] // DAY) % 7 < 5
        at_desk = answered(town, staff, 0.34 if working else 0.06)
        delays = rng.lognormal(np.log(1.4 * HOUR), 1.0, len(at_desk))
        when = posts.published[pick] + delays
        office = rng.random(len(at_desk)) < 0.4
        for tool, these in (("office suite", office), (None, ~office)):
            picked = np.full(int(these.sum()), pick)
            if tool:
                town.act(at_desk[these], "repost", posts, picked, when[these], client=tool)
            else:
                record(town, at_desk[these], posts, picked, when[these], {"repost": 0.55, "like": 0.45})
    return town
