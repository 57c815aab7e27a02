"""Organic towns made by a platform's machinery: cascades, lists of what is popular, packs, forwards, feeds, queues."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from worlds.hustings.habits import LIKING, answered, browsed, passed_on, record, visits
from worlds.hustings.newsrooms import publish_links, shared_links
from worlds.hustings.people import DAY, EVENING, HOUR, Floats, Ints, moments
from worlds.hustings.places import opened
from worlds.hustings.shelves import Shelf, shelf_of
from worlds.hustings.town import Town, joined
from worlds.hustings.words import sentence, sentences

__all__ = [
    "channel_forwards",
    "forwarded_messages",
    "heavy_superusers",
    "meme_cascade",
    "open_feeds",
    "scheduling_queues",
    "starter_packs",
    "trending_list",
]


def meme_cascade(seed: int) -> Town:
    """Pictures that friends pass on to friends: most die at once, some reach hundreds within a day."""
    days = 34
    town = opened(seed, 31, 3_500, days, 18, stay=0.55)
    rng, crowd = town.rng, town.crowd
    pictures = shelf_of(rng, "media", 2_400, days, 18, makers=200, tail=1.4, hours=EVENING)
    browsed(town, pictures, 9_500, {"repost": 0.35, "like": 0.65}, hours=EVENING)
    begun = []
    for pick in range(0, pictures.size, 2):
        hosts = crowd.members(int(pictures.community[pick])) if pictures.community[pick] >= 0 else np.arange(crowd.size)
        begun.append(rng.permutation(hosts)[: 1 + int(min(8, pictures.weight[pick]))])
    first = np.concatenate(begun)
    picks = np.repeat(np.arange(0, pictures.size, 2), [len(one) for one in begun])
    when = pictures.published[picks] + rng.exponential(1.5 * HOUR, len(first))
    catchy = np.minimum(3.0, 0.7 + 0.24 * pictures.weight[picks])
    passed_on(town, pictures, (first, picks, when), {"repost": 0.7, "like": 0.3}, offspring=catchy, delay=1.5)
    return town


def trending_list(seed: int) -> Town:
    """A list of ten popular tags, renewed every quarter of an hour, from which the popular becomes more so."""
    days = 30
    town = opened(seed, 32, 3_200, days, 14, stay=0.5)
    rng, crowd = town.rng, town.crowd
    tags = shelf_of(rng, "hashtag", 420, days, 14, makers=60, shared=0.6, tail=1.1)
    people, when = visits(town, 18_500, hours=EVENING)
    order = np.argsort(when)
    people, when = people[order], when[order]
    where = np.where(rng.random(len(people)) < 0.5, crowd.community[people], -1)
    back = rng.lognormal(np.log(2 * DAY), 1.0, len(people))
    picks = tags.found(rng, tags.community + 1, where + 1, when, back)
    from_list = rng.random(len(people)) < 0.42
    heat = np.zeros(tags.size)
    ranks = 1 / np.arange(1, 11)
    edges = np.searchsorted(when, np.arange(0, days * DAY + 900, 900))
    for low, high in pairwise(edges):
        top = np.argsort(-heat)[:10]
        if high > low:
            lured = low + np.flatnonzero(from_list[low:high] & (heat[top[-1]] > 0))
            picks[lured] = top[rng.choice(10, len(lured), p=ranks / ranks.sum())]
            heat += np.bincount(picks[low:high][picks[low:high] >= 0], minlength=tags.size)
        heat *= 0.93
    kept = picks >= 0
    words = sentences(rng, int(kept.sum()), 0.1)
    town.publish(people[kept], when[kept], [("hashtag", tags.ids[picks[kept]])], texts=words)
    return town


def starter_packs(seed: int) -> Town:
    """New users of a young network, who follow a whole list of accounts with one button, and some more by hand."""
    days = 28
    town = opened(seed, 33, 3_000, days, 16, stay=0.25)
    rng, crowd = town.rng, town.crowd
    accounts = shelf_of(rng, "account", 900, days, 16, makers=900, shared=0.3, tail=1.1, standing=True)
    posts = shelf_of(rng, "post", 1_400, days, 16, makers=90)
    browsed(town, accounts, 6_500, {"follow": 1.0}, back=days * 24, loyalty=0.05)
    browsed(town, posts, 7_500, LIKING)
    share = accounts.weight / accounts.weight.sum()
    packs = [rng.choice(accounts.size, rng.integers(8, 32), replace=False, p=share) for _ in range(26)]
    theme = rng.integers(0, 16, 26)
    for person in np.flatnonzero(rng.random(crowd.size) < 0.17):
        near = np.flatnonzero(theme == crowd.community[person])
        chosen = int(rng.choice(near)) if len(near) and rng.random() < 0.7 else int(rng.integers(26))
        pack = packs[chosen][rng.random(len(packs[chosen])) < 0.96]
        begin = crowd.first[person] * DAY + moments(rng, crowd, np.array([person]), days)[0] % DAY
        steps = begin + np.cumsum(rng.exponential(0.25, len(pack)))
        town.act(np.full(len(pack), person), "follow", accounts, pack, steps)
    return town


def forwarded_messages(seed: int) -> Town:
    """Chain letters and pictures that well-meaning people copy word for word from a messenger into groups, for days."""
    days = 40
    town = opened(seed, 34, 3_300, days, 26, stay=0.5)
    rng = town.rng
    posts = shelf_of(rng, "post", 1_900, days, 26, makers=100)
    browsed(town, posts, 10_500, LIKING)
    for _ in range(330):
        letter = f"FORWARD! {sentence(rng)} {sentence(rng)} Share before they delete it."
        begin = rng.random() * (days - 2) * DAY
        people, when = forwarding(town, begin, rng.gamma(1.1, 0.75))
        edited = rng.random(len(people)) < 0.2
        texts = [f"{sentence(rng)} {letter}" if changed else letter for changed in edited]
        picture = f"media{rng.integers(1 << 40)}" if rng.random() < 0.4 else None
        pictures = np.array([picture if rng.random() < 0.9 else None for _ in people], dtype=object)
        town.publish(people, when, [("text", joined(texts)), ("media", pictures)], texts=texts)
    return town


def forwarding(town: Town, begin: float, heat: float) -> tuple[Ints, Floats]:
    """Return who forwards a message and when: friends of friends, the busy ones more, hours to days later."""
    rng, crowd = town.rng, town.crowd
    who = rng.choice(crowd.size, 3, p=crowd.rate / crowd.rate.sum())
    when = begin + rng.exponential(5 * HOUR, 3)
    people, times = [who], [when]
    for _ in range(7):
        source = np.repeat(np.arange(len(who)), rng.poisson(min(heat, 1.35), len(who)))
        who = crowd.friends[who[source], rng.integers(0, 10, len(source))]
        when = when[source] + rng.lognormal(np.log(5 * HOUR), 1.3, len(source))
        people.append(who)
        times.append(when)
        if sum(map(len, people)) > 160:
            break
    return np.concatenate(people), np.concatenate(times)


def channel_forwards(seed: int) -> Town:
    """Channels of a messenger, whose readers react, and which pass each other's posts on to their own readers."""
    days = 36
    town = opened(seed, 35, 3_000, days, 20, stay=0.6)
    rng, crowd = town.rng, town.crowd
    town.has_clients = False
    posts = shelf_of(rng, "post", 3_800, days, 20, makers=70, shared=0.25, hours=EVENING, prefix="channel_post")
    browsed(town, posts, 13_500, {"like": 0.85, "comment": 0.15}, loyalty=0.65, back=9, hours=EVENING)
    owners = rng.permutation(np.flatnonzero(crowd.last - crowd.first > 15))[:130]
    hears = rng.integers(0, 70, (130, 5))
    for number, owner in enumerate(owners):
        source = np.flatnonzero(np.isin(posts.author, hears[number]))
        passing = source[rng.random(len(source)) < rng.beta(1, 7)]
        when = posts.published[passing] + rng.lognormal(np.log(1.6 * HOUR), 1.4, len(passing))
        town.act(np.full(len(passing), owner), "repost", posts, passing, when)
    return town


def heavy_superusers(seed: int) -> Town:
    """A network where one in a hundred does a quarter of everything, of every kind, and most people hardly act."""
    days = 42
    town = opened(seed, 36, 3_600, days, 20, inequality=1.75, stay=0.5)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 4_200, days, 20, makers=160, tail=1.15)
    accounts = shelf_of(rng, "account", 500, days, 20, makers=500, standing=True)
    tags = shelf_of(rng, "hashtag", 220, days, 20, makers=60, tail=1.0)
    links = shelf_of(rng, "url", 1_400, days, 20, makers=70)
    domains = np.array([f"{name}.example" for name in links.makers], dtype=object)
    browsed(town, posts, 21_000, {"like": 0.55, "repost": 0.22, "reply": 0.15, "quote": 0.08}, length=4.0, back=16)
    browsed(town, accounts, 2_800, {"follow": 1.0}, back=days * 24)
    browsed(town, tags, 2_300, {"post": 1.0}, back=60)
    shared_links(town, links, domains, 2_500, back=26)
    lurkers = np.flatnonzero(crowd.rate < np.quantile(crowd.rate, 0.5))
    people = rng.choice(lurkers, 2_400)
    when = moments(rng, crowd, people, days)
    record_found(town, posts, people, when)
    return town


def record_found(town: Town, posts: Shelf, people: Ints, when: Floats) -> None:
    """Record single acts on what is at the top of a feed that is the same for everybody."""
    one = np.zeros(len(people), np.int64)
    far = town.rng.lognormal(np.log(14 * HOUR), 1, len(people))
    picks = posts.found(town.rng, np.zeros(posts.size, np.int64), one, when, far)
    record(town, people, posts, picks, when, LIKING)


def open_feeds(seed: int) -> Town:
    """Small programs that repost whatever bears a tag or comes from a list, up to an hour later, day and night."""
    days = 32
    town = opened(seed, 37, 3_200, days, 18, stay=0.5)
    rng, crowd = town.rng, town.crowd
    posts = shelf_of(rng, "post", 3_000, days, 18, makers=120)
    browsed(town, posts, 14_500, LIKING)
    programs = rng.permutation(crowd.size)[:26]
    topic = rng.integers(0, 6, posts.size)
    for number, program in enumerate(programs):
        crowd.client[program] = f"bot {rng.integers(9)}" if rng.random() < 0.5 else "web"
        heard = np.flatnonzero((topic == number % 6) & (rng.random(posts.size) < rng.uniform(0.3, 0.9)))
        if number % 3 == 0:
            heard = np.flatnonzero(np.isin(posts.author, rng.choice(120, 9)))
        pause = rng.choice([60.0, 300.0, 900.0, 3600.0])
        looked = (np.floor(posts.published[heard] / pause) + 1) * pause + rng.exponential(6, len(heard))
        town.act(np.full(len(heard), program), "repost", posts, heard, looked)
    return town


def scheduling_queues(seed: int) -> Town:
    """Clubs and shops whose queue a program posts at full hours; several of them pass on the same bulletin."""
    days = 42
    town = opened(seed, 38, 3_200, days, 18, stay=0.55)
    rng, crowd = town.rng, town.crowd
    links = shelf_of(rng, "url", 3_000, days, 18, makers=90, shared=0.45)
    domains = np.array([f"{name}.example" for name in links.makers], dtype=object)
    shared_links(town, links, domains, 14_500, back=30)
    clubs = rng.permutation(np.flatnonzero(crowd.last - crowd.first > 20))[:190]
    tools = np.array(["queue", "planner", "timely"], dtype=object)[rng.choice(3, 190, p=[0.5, 0.3, 0.2])]
    slots = rng.choice([8.0, 9.0, 12.0, 12.5, 17.0, 18.0, 20.0], (190, 2))
    number, day = np.nonzero(rng.random((190, days)) < rng.beta(1.4, 4, 190)[:, None])
    when = (day * 24 + slots[number, rng.integers(0, 2, len(day))] - 2) * HOUR + rng.integers(0, 50, len(day))
    where = np.where(rng.random(len(day)) < 0.6, crowd.community[clubs[number]], -1)
    picks = links.found(rng, links.community + 1, where + 1, when, np.full(len(day), 5 * DAY))
    for tool in np.unique(tools):
        queued = (picks >= 0) & (tools[number] == tool)
        publish_links(town, links, domains, clubs[number[queued]], picks[queued], when[queued], client=str(tool))
    bulletins = rng.permutation(np.flatnonzero(links.community == -1))[:24]
    for pick in bulletins:
        members = answered(town, rng.permutation(clubs)[:40], 0.3)
        morning = (np.floor(links.published[pick] / DAY) + rng.integers(1, 4, len(members))) * DAY
        hour = rng.choice([8.0, 9.0, 12.0, 17.0], len(members)) - 2
        when = morning + hour * HOUR + rng.integers(0, 50, len(members))
        publish_links(town, links, domains, members, np.full(len(members), pick), when, client="queue")
    return town
