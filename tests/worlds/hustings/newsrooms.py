"""Organic towns around a newsroom: regulars of a comment section, a live blog, a letter in the morning, a phone-in."""

from __future__ import annotations

import numpy as np
from worlds.hustings.habits import LIKING, TALKING, answered, browsed, gathered, record, visits
from worlds.hustings.people import DAY, EVENING, HOUR, OFFICE, Floats
from worlds.hustings.places import local_hour, opened
from worlds.hustings.shelves import Shelf, shelf_of
from worlds.hustings.town import Town
from worlds.hustings.words import sentences

__all__ = [
    "call_in_programme",
    "comment_regulars",
    "debate_live_blog",
    "local_front_pages",
    "morning_newsletter",
    "sister_newspapers",
]


def comment_regulars(seed: int) -> Town:
    """A newspaper's comment section: a few hundred regulars, and comments that appear when a moderator passes."""
    days = 45
    town = opened(seed, 11, 3_700, days, 9, inequality=1.4, stay=0.5)
    rng, crowd = town.rng, town.crowd
    town.has_clients = False
    articles = shelf_of(rng, "post", 640, days, 9, makers=26, shared=0.6, tail=1.1, prefix="article")
    people, when = visits(town, 27_500, length=2.8)
    size = len(people)
    where = np.where(rng.random(size) < 0.55, crowd.community[people], -1)
    far = rng.lognormal(np.log(14 * HOUR), 0.9, size)
    picks = articles.found(rng, articles.community + 1, where + 1, when, far)
    passes = moderator(rng, days)
    shown = passes[np.searchsorted(passes, when).clip(0, len(passes) - 1)] + rng.integers(0, 40, size)
    trusted = crowd.rate[people] > np.quantile(crowd.rate, 0.97)
    record(town, people, articles, picks, np.where(trusted, when, shown), {"comment": 0.63, "like": 0.37}, stock=0.12)
    return town


def moderator(rng: np.random.Generator, days: int) -> Floats:
    """Return the seconds at which a moderator releases what waits: each 20 minutes or so, not at night."""
    steps = np.cumsum(rng.gamma(2.0, 600, days * 90))
    hour = (steps / HOUR + 2) % 24
    return steps[(hour > 7) & (hour < 23.5)]


def debate_live_blog(seed: int) -> Town:
    """Four debate nights with a live blog: an entry every few minutes, and reactions of those who watch."""
    days = 30
    town = opened(seed, 12, 3_300, days, 8, stay=0.5)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 1_600, days, 8, makers=70)
    browsed(town, posts, 9_000, LIKING, hours=EVENING)
    entries = shelf_of(rng, "post", 4 * 40, days, 8, makers=3, shared=1.0, prefix="entry")
    nights = np.sort(rng.choice(np.arange(2, days - 1), 4, replace=False))
    entries.published[:] = np.floor(
        np.concatenate([local_hour(int(night), 20.25) + np.sort(rng.random(40)) * 2 * HOUR for night in nights])
    )
    camp = rng.integers(0, 3, crowd.size)
    about = rng.integers(-1, 3, entries.size)
    watching = [answered(town, np.arange(crowd.size), 0.17) for _ in nights]
    for number in range(entries.size):
        viewers = watching[number // 40]
        interest = np.where(about[number] < 0, 0.9, np.where(camp[viewers] == about[number], 1.6, 0.45))
        share = 0.03 * interest * min(4.0, 0.5 + entries.weight[number])
        reacting = viewers[rng.random(len(viewers)) < share]
        mix = {"like": 0.55, "comment": 0.37, "repost": 0.08}
        gathered(town, entries, number, reacting, entries.published[number] + 8, mix, pace=240, shape=0.8)
    return town


def morning_newsletter(seed: int) -> Town:
    """A letter at half past six with six links, which its readers share over breakfast, mostly the first two."""
    days = 40
    town = opened(seed, 13, 3_000, days, 12, stay=0.6)
    rng, crowd = town.rng, town.crowd
    links = shelf_of(rng, "url", 3_500, days, 12, makers=90, shared=0.5)
    domains = np.array([f"{name}.example" for name in links.makers], dtype=object)
    shared_links(town, links, domains, 13_000, back=22)
    letter = shelf_of(rng, "url", days * 6, days, 12, makers=24, shared=0.8, prefix="letter")
    houses = np.array([f"{name}.example" for name in letter.makers], dtype=object)
    readers = rng.permutation(crowd.size)[:900]
    for day in range(days):
        if day % 7 == 6:
            continue
        sent = local_hour(day, 6.5) + rng.normal(0, 90)
        for place in range(6):
            pick = day * 6 + place
            letter.published[pick] = max(0.0, np.floor(sent - rng.exponential(9 * HOUR)))
            keen = answered(town, readers, 0.03 / (1 + 0.7 * place))
            when = sent + rng.lognormal(np.log(48 * 60), 0.9, len(keen)) + place * 40
            publish_links(town, letter, houses, keen, np.full(len(keen), pick), when)
    return town


def shared_links(town: Town, links: Shelf, domains: np.ndarray, acts: int, *, back: float, near: float = 0.6) -> None:
    """Let people share links that they come across."""
    rng, crowd = town.rng, town.crowd
    people, when = visits(town, acts, length=1.4)
    where = np.where(rng.random(len(people)) < near, crowd.community[people], -1)
    far = rng.lognormal(np.log(back * HOUR), 1.3, len(people))
    picks = links.found(rng, links.community + 1, where + 1, when, far)
    kept = picks >= 0
    publish_links(town, links, domains, people[kept], picks[kept], when[kept])


def publish_links(
    town: Town,
    links: Shelf,
    domains: np.ndarray,
    people: np.ndarray,
    picks: np.ndarray,
    when: Floats,
    *,
    worded: float = 0.6,
    client: str | None = None,
) -> None:
    """Record posts that carry a link, its domain and, for a share of them, a sentence of one's own."""
    if not any(links is one for one in town.shelves):
        town.shelves.append(links)
    words = sentences(town.rng, len(people), 0.2)
    silent = town.rng.random(len(people)) > worded
    texts = [None if quiet else word for quiet, word in zip(silent, words, strict=True)]
    traces = [("url", links.ids[picks]), ("domain", domains[links.author[picks]])]
    town.publish(people, when, traces, texts=texts, client=client)


def call_in_programme(seed: int) -> Town:
    """A phone-in at noon: listeners who comment under the day's question while it is on the air, some of them daily."""
    days = 48
    town = opened(seed, 14, 2_900, days, 14, stay=0.55)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 2_100, days, 14, makers=90)
    browsed(town, posts, 11_500, LIKING)
    questions = shelf_of(rng, "post", days, days, 14, makers=1, shared=1.0, prefix="question")
    questions.published[:] = np.floor([local_hour(day, 11.9) for day in range(days)])
    listeners = rng.permutation(crowd.size)[:650]
    for day in range(days):
        if day % 7 >= 5:
            continue
        on_air = local_hour(day, 12.17)
        calling = answered(town, listeners, 0.1)
        for _ in range(3):
            again = calling[rng.random(len(calling)) < 0.55]
            when = on_air + rng.beta(1.3, 1.7, len(again)) * 48 * 60
            record(town, again, questions, np.full(len(again), day), when, TALKING, stock=0.1)
    return town


def sister_newspapers(seed: int) -> Town:
    """Local papers of one publisher, whose pages post the same link at the same minute from one desk, in the open."""
    days = 42
    town = opened(seed, 15, 3_200, days, 20)
    rng, crowd = town.rng, town.crowd
    links = shelf_of(rng, "url", 3_200, days, 20, makers=80, shared=0.4)
    domains = np.array([f"{name}.example" for name in links.makers], dtype=object)
    shared_links(town, links, domains, 15_500, back=20)
    papers = rng.permutation(crowd.size)[:14]
    crowd.names[papers] = np.array([f"gazette_{number}" for number in range(14)], dtype=object)
    crowd.first[papers], crowd.last[papers] = 0, days - 1
    desk = rng.permutation(np.flatnonzero(links.community == -1))[:170]
    for pick in desk:
        printing = papers[rng.random(14) < 0.72]
        hour = np.ceil((links.published[pick] + 900) / 900) * 900
        when = np.full(len(printing), hour) + rng.integers(0, 25, len(printing))
        publish_links(town, links, domains, printing, np.full(len(printing), pick), when, client="desk system")
    return town


def local_front_pages(seed: int) -> Town:
    """One paper's page on a network: each front page at seven, the same early readers, and a second look at night."""
    days = 38
    town = opened(seed, 16, 3_000, days, 15, stay=0.6)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 1_900, days, 15, makers=75, hours=OFFICE)
    browsed(town, posts, 12_500, LIKING, hours=EVENING)
    fronts = shelf_of(rng, "post", days, days, 15, makers=1, shared=1.0, prefix="front")
    fronts.published[:] = np.floor([max(60.0, local_hour(day, 7) + rng.normal(0, 120)) for day in range(days)])
    early = rng.permutation(np.flatnonzero(crowd.last - crowd.first > 10))[:420]
    for day in range(days):
        readers = answered(town, early, 0.2)
        gathered(town, fronts, day, readers, fronts.published[day] + 60, LIKING, pace=1.1 * HOUR, shape=0.6)
        late = answered(town, np.arange(crowd.size), 0.015)
        gathered(town, fronts, day, late, fronts.published[day] + DAY * 0.55, TALKING, pace=2 * HOUR)
    return town
