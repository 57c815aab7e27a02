"""Organic towns whose people meet at a place: a village, a parish, a school, a branch, a class, a street."""

from __future__ import annotations

import numpy as np
from worlds.hustings.habits import LIKING, TALKING, answered, browsed, gathered, record
from worlds.hustings.people import DAY, EVENING, HOUR, OFFICE, Floats, crowd_of, moments
from worlds.hustings.shelves import shelf_of
from worlds.hustings.town import Town

__all__ = [
    "branch_volunteers",
    "homework_pupils",
    "local_hour",
    "opened",
    "parish_sundays",
    "power_cuts",
    "school_parents",
    "small_villages",
    "street_stalls",
]


def opened(
    seed: int, salt: int, size: int, days: int, communities: int, *, inequality: float = 1.15, stay: float = 0.45
) -> Town:
    """Return a town without acts; the salt is the mechanism's own number."""
    rng = np.random.default_rng([seed, 6_000 + salt])
    return Town(rng, crowd_of(rng, size, days, communities, inequality=inequality, stay=stay), days)


def local_hour(day: float, hour: float) -> float:
    """Return the second of a local hour of a day, two hours ahead of UTC."""
    return float((day * 24 + hour - 2) * HOUR)


def small_villages(seed: int) -> Town:
    """Villages in which everybody acts on the little that is posted, and all at once when the siren has sounded."""
    town = opened(seed, 1, 3_100, 56, 42, stay=0.6)
    rng = town.rng
    posts = shelf_of(rng, "post", 2_400, 56, 42, makers=130, shared=0.12)
    browsed(town, posts, 15_500, LIKING, near=0.86, loyalty=0.45, back=20)
    for village in range(42):
        own = np.flatnonzero(posts.community == village)
        for pick in rng.permutation(own)[: rng.integers(1, 5)]:
            home = answered(town, town.crowd.members(village), 0.28)
            gathered(town, posts, int(pick), home, posts.published[pick] + 120, LIKING, pace=5 * HOUR, shape=0.7)
    return town


def parish_sundays(seed: int) -> Town:
    """Parishes whose sermon and notices are liked and shared on the way home, by the same pews every Sunday."""
    days = 63
    town = opened(seed, 2, 2_700, days, 20, stay=0.65)
    rng = town.rng
    posts = shelf_of(rng, "post", 2_200, days, 20, makers=90, shared=0.35)
    pulpits = shelf_of(rng, "post", 20 * 9, days, 20, makers=20, shared=0)
    pulpits.author[:] = pulpits.community[:] = np.repeat(np.arange(20), 9)
    service = 9.5 + rng.integers(0, 4, 20) * 0.5
    pulpits.published[:] = np.floor(
        (np.tile(np.arange(9) * 7 + 6, 20) * 24 + np.repeat(service, 9) + 1.1 - 2) * HOUR + rng.normal(0, 900, 180)
    )
    browsed(town, posts, 13_500, LIKING)
    for parish in range(20):
        pews = town.crowd.members(parish)
        pews = pews[rng.random(len(pews)) < 0.3]
        for week in range(9):
            present = answered(town, pews, 0.38)
            pick = parish * 9 + week
            begin = pulpits.published[pick] + 60
            gathered(town, pulpits, pick, present, begin, LIKING, pace=1.6 * HOUR, shape=0.8)
    return town


def school_parents(seed: int) -> Town:
    """Parents of 30 classes who act at the school gate on what the class chat has just shown them."""
    days = 42
    town = opened(seed, 3, 2_900, days, 30, stay=0.6)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_100, days, 30, makers=110)
    links = shelf_of(rng, "url", 260, days, 30, makers=30, shared=0.5)
    browsed(town, posts, 13_000, LIKING)
    browsed(town, links, 1_800, {"post": 1.0}, back=30)
    for day in range(days):
        if day % 7 >= 5:
            continue
        for _ in range(rng.poisson(1.6)):
            form = int(rng.integers(30))
            hour = rng.choice([7.7, 12.6, 16.1]) + rng.normal(0, 0.12)
            begin = local_hour(day, hour)
            recent = posts.found(rng, posts.community, np.array([form]), np.array([begin]), np.array([2 * DAY]))
            if recent[0] >= 0:
                gate = answered(town, crowd.members(form), 0.24)
                gathered(town, posts, int(recent[0]), gate, begin, LIKING, pace=25 * 60, shape=0.7)
    return town


def branch_volunteers(seed: int) -> Town:
    """Volunteers of party branches whom the branch's chat asks each evening to like and share the candidate's post."""
    days = 42
    town = opened(seed, 4, 3_200, days, 24, stay=0.5)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_600, days, 24, makers=120)
    browsed(town, posts, 15_000, LIKING)
    for branch in rng.permutation(24)[:9]:
        members = crowd.members(int(branch))
        volunteers = rng.permutation(members)[: rng.integers(9, 34)]
        candidate = rng.integers(len(posts.makers))
        for day in range(days):
            begin = local_hour(day, 19.2 + rng.normal(0, 0.9))
            look = np.array([begin])
            pick = posts.found(rng, posts.author, np.array([candidate]), look, np.array([1.5 * DAY]))[0]
            if pick < 0:
                pick = posts.found(rng, posts.community, np.array([branch]), look, np.array([DAY]))[0]
            if pick >= 0 and rng.random() < 0.7:
                eager = answered(town, volunteers, 0.33)
                gathered(town, posts, int(pick), eager, begin, {"like": 0.6, "repost": 0.28, "comment": 0.12}, pace=4e3)
    return town


def homework_pupils(seed: int) -> Town:
    """Pupils who have to comment on candidates' videos: some in the lesson, most on the evening before it is due."""
    days = 35
    town = opened(seed, 5, 2_800, days, 40, stay=0.55)
    rng, crowd = town.rng, town.crowd
    videos = shelf_of(rng, "post", 700, days, 40, makers=60, shared=0.7, tail=1.1)
    browsed(town, videos, 14_500, LIKING, hours=EVENING, back=40)
    for _ in range(16):
        form = int(rng.integers(40))
        pupils = rng.permutation(crowd.members(form))[:28]
        day = int(rng.integers(2, days - 4))
        while day % 7 >= 5:
            day -= 1
        lesson = local_hour(day, rng.integers(8, 13) + 0.25)
        assigned = np.flatnonzero(videos.published < lesson)
        assigned = rng.permutation(assigned)[: rng.integers(2, 6)]
        for pick in assigned:
            doing = answered(town, pupils, 0.5)
            within = rng.random(len(doing)) < 0.3
            evening = local_hour(day + rng.integers(1, 4), 20.5) + rng.normal(0, 1.2 * HOUR, len(doing))
            when = np.where(within, lesson + rng.random(len(doing)) * 2_100, evening)
            record(town, doing, videos, np.full(len(doing), pick), when, TALKING, stock=0.15)
    return town


def power_cuts(seed: int) -> Town:
    """Districts that lose power by a rota; when it returns, everybody looks at what was missed."""
    days = 40
    town = opened(seed, 6, 3_000, days, 16, stay=0.55)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_400, days, 16, makers=100)
    people = rng.choice(crowd.size, 17_000, p=crowd.rate / crowd.rate.sum())
    when = moments(rng, crowd, people, days, EVENING)
    when = after_the_cut(rng, when, crowd.community[people])
    size = len(people)
    home = np.where(rng.random(size) < 0.6, crowd.community[people], -1)
    picks = posts.found(rng, posts.community + 1, home + 1, when, rng.lognormal(np.log(12 * HOUR), 1.2, size))
    record(town, people, posts, picks, when, LIKING)
    browsed(town, posts, 3_000, LIKING, hours=OFFICE, length=1.6)
    return town


def after_the_cut(rng: np.random.Generator, when: Floats, district: np.ndarray) -> Floats:
    """Return the seconds, those in a district's dark hours moved to the minutes after the return of power.

    A fifth of the people have a generator or a charged telephone and a mast that works.
    """
    day, hour = np.divmod(when / HOUR + 2, 24)
    start = 17 + 2 * ((district + day.astype(np.int64)) % 3)
    dark = (hour >= start) & (hour < start + 2) & (rng.random(len(when)) > 0.2)
    back = (day * 24 + start + 2 - 2) * HOUR + rng.gamma(1.1, 780, len(when))
    return np.where(dark, back, when)


def street_stalls(seed: int) -> Town:
    """Petitioners with a tablet at market stalls, where passers-by sign one after the other what is on the board."""
    days = 45
    town = opened(seed, 7, 3_600, days, 18)
    rng, crowd = town.rng, town.crowd
    petitions = shelf_of(rng, "page", 90, days, 18, makers=60, shared=0.6, tail=1.0, standing=True, prefix="petition")
    posts = shelf_of(rng, "post", 1_800, days, 18, makers=90)
    browsed(town, petitions, 3_600, {"join": 1.0}, back=days * 24, length=1.4)
    browsed(town, posts, 13_500, LIKING)
    for _ in range(70):
        place = int(rng.integers(18))
        begin = local_hour(int(rng.integers(days // 7 + 1)) * 7 + rng.choice([2, 5]), 9 + rng.random() * 5)
        board = rng.permutation(petitions.size)[: rng.integers(1, 4)]
        passing = rng.permutation(crowd.members(place))[: rng.integers(8, 45)]
        steps = begin + np.cumsum(rng.exponential(230, len(passing)))
        for number, pick in enumerate(board):
            signs = rng.random(len(passing)) < 0.9 - 0.25 * number
            when = steps[signs] + number * 20 + rng.random(int(signs.sum())) * 15
            signed = np.full(int(signs.sum()), pick)
            town.act(passing[signs], "join", petitions, signed, when, client="stall tablet")
    return town
