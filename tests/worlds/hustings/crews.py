"""Crews that sell voices: comments in own words, reposts, tags pushed at an hour, links to sites of their own."""

from __future__ import annotations

import numpy as np
from worlds.hustings.habits import LIKING, browsed
from worlds.hustings.newsrooms import (
    comment_regulars,
    debate_live_blog,
    morning_newsletter,
    publish_links,
    shared_links,
)
from worlds.hustings.people import DAY, HOUR
from worlds.hustings.places import homework_pupils, opened
from worlds.hustings.shelves import shelf_of
from worlds.hustings.shops import Sold, market_town
from worlds.hustings.town import Town, joined
from worlds.hustings.trade import Farm, briefed, client_posts, hired, shelf_named, shifted
from worlds.hustings.words import sentences

__all__ = [
    "comment_shift",
    "debate_claque",
    "link_mills",
    "office_quota",
    "paid_students",
    "small_cell",
    "tag_hour",
    "three_shops",
    "unmarked_influencers",
    "vanguard_reposters",
]


def comment_shift(seed: int) -> Sold:
    """Twenty-eight writers in a day shift under a newspaper's articles, with a brief each morning and a norm."""
    town = comment_regulars(seed + 5_011)
    rng = town.rng
    articles = shelf_named(town, "post", "article")
    farm = hired(town, 28, "plain", unequal=0.5)
    for day in range(1, town.days):
        if day % 7 >= 5:
            continue
        brief = briefed(rng)
        fresh = np.flatnonzero((articles.published > (day - 1) * DAY) & (articles.published < day * DAY + 12 * HOUR))
        chosen = rng.permutation(fresh)[:3]
        for pick in chosen:
            who = farm.takers(0.26)
            when = day * DAY + 6.5 * HOUR + rng.random(len(who)) * 8.5 * HOUR
            farm.deliver(articles, int(pick), who, when, {"comment": 0.7, "like": 0.3}, brief)
    farm.live(articles, 350, {"comment": 0.5, "like": 0.5})
    return town, [farm]


def debate_claque(seed: int) -> Sold:
    """Thirty-four people who are paid to react to a candidate's moments in four debate nights, among all who watch."""
    town = debate_live_blog(seed + 5_012)
    rng = town.rng
    entries, posts = shelf_named(town, "post", "entry"), shelf_named(town, "post", "post")
    farm = hired(town, 34, "plain")
    moments_of = rng.permutation(entries.size)[:46]
    brief = briefed(rng)
    for pick in moments_of:
        mix = {"like": 0.6, "comment": 0.4}
        farm.order(entries, int(pick), entries.published[pick] + 25, mix, share=0.4, pace=260, words=brief)
    for pick in client_posts(town, posts, 10, 1):
        farm.order(posts, int(pick), posts.published[pick] + HOUR, LIKING, share=0.4, pace=3 * HOUR)
    return town, [farm]


def link_mills(seed: int) -> Sold:
    """Forty-five accounts that carry the articles of three sites of one owner into groups, an hour's wait between."""
    town = morning_newsletter(seed + 5_013)
    rng = town.rng
    farm = hired(town, 45, "plain", unequal=0.5)
    sites = shelf_of(rng, "url", 120, town.days, 12, makers=3, shared=1.0, tail=1.6, prefix="mill_article")
    domains = np.array(["truth-today.example", "real-voice.example", "people-report.example"], dtype=object)
    for pick in range(sites.size):
        who = farm.takers(0.2)
        when = sites.published[pick] + rng.gamma(1.3, 1.6 * HOUR, len(who))
        kept = when < town.days * DAY
        publish_links(town, sites, domains, who[kept], np.full(int(kept.sum()), pick), when[kept], worded=0.4)
        farm.worked.update(who[kept].tolist())
    shared_links(town, sites, domains, 160, back=40)
    return town, [farm]


def tag_hour(seed: int) -> Sold:
    """A hundred and ten people called to push a tag at an hour, with a sheet of ready sentences to change a little."""
    town = market_town(seed, 114)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 110, "plain", unequal=0.7)
    for number in range(8):
        tag = f"our_tag{number}"
        sheet = sentences(rng, 9, 0.0)
        begin = (4 + number * 5 + rng.integers(0, 2)) * DAY + 17 * HOUR
        for _ in range(3):
            who = farm.takers(0.4)
            when = begin + rng.gamma(1.0, 35 * 60, len(who))
            lines = [sheet[rng.integers(9)] for _ in who]
            ends = own(rng, len(who))
            texts = [line if rng.random() < 0.35 else f"{line} {end}" for line, end in zip(lines, ends, strict=True)]
            tags = np.full(len(who), tag, dtype=object)
            town.publish(who, when, [("hashtag", tags), ("text", joined(texts))], texts=texts)
            farm.worked.update(who[when < town.days * DAY].tolist())
        bystanders = rng.permutation(town.crowd.size)[: rng.integers(15, 90)]
        when = begin + HOUR + rng.gamma(0.9, 5 * HOUR, len(bystanders))
        tags = np.full(len(bystanders), tag, dtype=object)
        texts = sentences(rng, len(bystanders), 0.1)
        town.publish(bystanders, when, [("hashtag", tags), ("text", joined(texts))], texts=texts)
    farm.live(posts, 700, LIKING)
    return town, [farm]


def own(rng: np.random.Generator, count: int) -> list[str]:
    """Return what a worker puts behind a ready sentence."""
    return [text.split(" ")[-1] for text in sentences(rng, count, 0.4)]


def vanguard_reposters(seed: int) -> Sold:
    """Forty accounts that repost what the party's three channels publish, within some hours, and much else besides."""
    town = market_town(seed, 115)
    posts = shelf_named(town, "post")
    farm = hired(town, 40, "busy", unequal=0.7)
    for pick in client_posts(town, posts, 100, 3, known=1.0):
        mix = {"repost": 0.8, "like": 0.2}
        share = town.rng.uniform(0.1, 0.4)
        farm.order(posts, int(pick), posts.published[pick] + 120, mix, share=share, pace=3.5 * HOUR, shape=0.6)
    farm.live(posts, 1_800, {"repost": 0.5, "like": 0.4, "comment": 0.1})
    return town, [farm]


def small_cell(seed: int) -> Sold:
    """Six accounts of two people in a back room, at work for six weeks for one mayor."""
    town = market_town(seed, 116)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 6, "plain", unequal=0.2)
    for pick in client_posts(town, posts, 70, 2, known=1.0):
        who = rng.permutation(farm.takers(0.72))
        begin = posts.published[pick] + rng.lognormal(np.log(1.5 * HOUR), 1.0)
        steps = begin + np.cumsum(rng.gamma(1.2, 150, len(who)))
        farm.deliver(posts, int(pick), who, shifted(rng, steps, 6, 21), {"like": 0.6, "comment": 0.4})
    farm.live(posts, 120, LIKING)
    return town, [farm]


def three_shops(seed: int) -> Sold:
    """Three shops of unequal size in one town, two of them for rival candidates, one for whoever pays."""
    town = market_town(seed, 117, size=3_600, acts=16_000)
    rng = town.rng
    posts, accounts = shelf_named(town, "post"), shelf_named(town, "account")
    farms = [hired(town, size, kind) for size, kind in ((14, "plain"), (48, "thin"), (125, "plain"))]
    paces = (40 * 60, 6 * HOUR, 300)
    for farm, pace, share, clients in zip(farms, paces, (0.65, 0.4, 0.3), (1, 1, 12), strict=True):
        for pick in client_posts(town, posts, 36, clients, known=1.0):
            begin = posts.published[pick] + rng.exponential(2 * HOUR)
            mix = {"like": 0.7, "comment": 0.15, "repost": 0.15}
            farm.order(posts, int(pick), begin, mix, share=share, pace=pace)
        farm.live(posts, 4 * len(farm.workers), LIKING)
    farms[2].order(accounts, int(rng.integers(accounts.size)), 9 * DAY, {"follow": 1.0}, share=0.6, pace=DAY)
    return town, unmixed(farms)


def unmixed(farms: list[Farm]) -> list[Farm]:
    """Return the farms; who works for two of them counts for the first."""
    seen: set[int] = set()
    for farm in farms:
        farm.worked -= seen
        seen |= farm.worked
    return farms


def office_quota(seed: int) -> Sold:
    """Employees of a ministry, each of whom has to share three of its posts a week and to send in a picture of it."""
    town = market_town(seed, 118)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 90, "plain", unequal=0.35)
    ministry = client_posts(town, posts, 60, 3, known=1.0)
    for week in range(town.days // 7):
        offered = ministry[(posts.published[ministry] // (7 * DAY)).astype(int) == week]
        if not len(offered):
            continue
        for _ in range(3):
            who = farm.takers(0.75)
            picks = offered[rng.integers(0, len(offered), len(who))]
            due = (week * 7 + 4) * DAY + 11 * HOUR
            when = np.where(rng.random(len(who)) < 0.5, due - rng.exponential(2 * HOUR, len(who)), 0)
            free = posts.published[picks] + rng.exponential(DAY, len(who))
            farm.deliver(posts, picks, who, shifted(rng, np.maximum(when, free), 5.5, 15), {"repost": 0.6, "like": 0.4})
    farm.live(posts, 900, LIKING)
    return town, [farm]


def paid_students(seed: int) -> Sold:
    """Fifty students who are paid by the comment, in their own words and evenings, under videos that all watch."""
    town = homework_pupils(seed + 5_019)
    rng = town.rng
    videos = shelf_named(town, "post")
    farm = hired(town, 50, "plain", unequal=0.9)
    listed = rng.choice(videos.size, 34, replace=False, p=videos.weight / videos.weight.sum())
    brief = briefed(rng)
    for pick in listed:
        who = farm.takers(0.3)
        day = np.floor(videos.published[pick] / DAY) + rng.integers(0, 3)
        when = day * DAY + (18.5 + rng.normal(0, 1.8, len(who))) * HOUR
        farm.deliver(videos, int(pick), who, when, {"comment": 0.85, "like": 0.15}, brief)
    farm.live(videos, 250, LIKING)
    return town, [farm]


def unmarked_influencers(seed: int) -> Sold:
    """Forty-two small influencers, each paid for a few posts with an agreed tag, in a voice of their own, unmarked."""
    town = tagged_town(seed)
    rng = town.rng
    farm = hired(town, 42, "busy", unequal=0.3)
    for number in range(7):
        begin = (3 + number * 5) * DAY
        who = farm.takers(0.7)
        when = begin + rng.beta(1.5, 1.5, len(who)) * 4 * DAY
        when = np.floor(when / DAY) * DAY + (15 + rng.normal(0, 2.2, len(who))) * HOUR
        tags = np.full(len(who), f"agreed{number}", dtype=object)
        town.publish(who, when.clip(0), [("hashtag", tags)], texts=sentences(rng, len(who), 0.0))
        farm.worked.update(who.tolist())
        fans = town.crowd.friends[who].ravel()
        fans = fans[rng.random(len(fans)) < 0.12]
        echo = begin + rng.beta(1.5, 1.5, len(fans)) * 6 * DAY
        town.publish(fans, echo, [("hashtag", np.full(len(fans), f"agreed{number}", dtype=object))])
    return town, [farm]


def tagged_town(seed: int) -> Town:
    """Return a town of pictures and tags."""
    days = 42
    town = opened(seed, 120, 3_200, days, 14, stay=0.5)
    rng = town.rng
    tags = shelf_of(rng, "hashtag", 700, days, 14, makers=120, shared=0.5, tail=1.1)
    media = shelf_of(rng, "media", 2_100, days, 14, makers=120)
    browsed(town, tags, 11_000, {"post": 1.0}, back=40)
    browsed(town, media, 8_500, {"like": 0.8, "repost": 0.2})
    return town
