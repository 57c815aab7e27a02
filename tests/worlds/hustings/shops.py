"""Shops that sell numbers: likes, followers, ratings, reactions; by hand, by rack, by a panel abroad."""

from __future__ import annotations

import numpy as np
from worlds.hustings.habits import LIKING, answered, browsed, gathered, rung
from worlds.hustings.networks import channel_forwards, starter_packs
from worlds.hustings.people import DAY, HOUR
from worlds.hustings.places import opened
from worlds.hustings.shelves import shelf_of
from worlds.hustings.town import Town
from worlds.hustings.trade import Farm, client_posts, hired, shelf_named, shifted
from worlds.hustings.words import sentences

__all__ = [
    "auto_liker_members",
    "follower_tranches",
    "like_bursts",
    "like_drip",
    "mixed_packages",
    "new_network_followers",
    "piece_rate_panel",
    "reaction_subscription",
    "rotating_teams",
    "telephone_rack",
]

Sold = tuple[Town, list[Farm]]


def market_town(seed: int, salt: int, *, size: int = 3_200, days: int = 42, acts: int = 15_000) -> Town:
    """Return a town of posts, accounts and tags, with bells of popular authors and evenings when a place gathers."""
    town = opened(seed, salt, size, days, 16, stay=0.5)
    rng = town.rng
    posts = shelf_of(rng, "post", 2_700, days, 16, makers=110)
    accounts = shelf_of(rng, "account", 420, days, 16, makers=420, shared=0.4, tail=1.1, standing=True)
    tags = shelf_of(rng, "hashtag", 160, days, 16, makers=50, shared=0.5, tail=1.1)
    browsed(town, posts, acts, LIKING)
    browsed(town, accounts, acts // 7, {"follow": 1.0}, back=days * 24, loyalty=0.05)
    browsed(town, tags, acts // 10, {"post": 1.0}, back=50)
    loved = np.argsort(-np.bincount(posts.author, posts.weight, minlength=110))[:6]
    bells = {int(author): rng.permutation(town.crowd.size)[: rng.integers(40, 260)] for author in loved}
    fresh = np.flatnonzero(np.isin(posts.author, loved))
    rung(town, posts, fresh, [bells[int(posts.author[pick])] for pick in fresh], LIKING, share=0.03)
    for pick in rng.permutation(np.flatnonzero(posts.community >= 0))[:24]:
        near = answered(town, town.crowd.members(int(posts.community[pick])), 0.14)
        begin = posts.published[pick] + rng.exponential(2 * HOUR)
        gathered(town, posts, int(pick), near, begin, LIKING, pace=rng.choice([0.5, 2.0, 6.0]) * HOUR)
    return town


def like_bursts(seed: int) -> Sold:
    """Sixty accounts, of whom about half like a client's new post within some minutes of the order."""
    town = market_town(seed, 101)
    posts = shelf_named(town, "post")
    farm = hired(town, 60, "plain", client="web")
    for pick in client_posts(town, posts, 38, 3):
        begin = posts.published[pick] + town.rng.lognormal(np.log(40 * 60), 1.0)
        farm.order(posts, int(pick), begin, {"like": 1.0}, share=0.5, pace=town.rng.choice([90, 400, 1_200]))
    farm.live(posts, 400, LIKING)
    return town, [farm]


def like_drip(seed: int) -> Sold:
    """Eighty accounts, of whom each post of one politician gets some likes over two days, for six weeks."""
    town = market_town(seed, 102)
    posts = shelf_named(town, "post")
    farm = hired(town, 80, "plain", unequal=0.8)
    for pick in client_posts(town, posts, 60, 2, popular=True):
        who = farm.takers(town.rng.uniform(0.12, 0.3))
        when = posts.published[pick] + town.rng.exponential(20 * HOUR, len(who))
        farm.deliver(posts, int(pick), who, shifted(town.rng, when, 6, 20), {"like": 0.9, "repost": 0.1})
    farm.live(posts, 700, LIKING)
    return town, [farm]


def follower_tranches(seed: int) -> Sold:
    """Five hundred accounts, sold as followers in tranches of a hundred or two, each delivered overnight."""
    town = market_town(seed, 103, size=3_900)
    rng = town.rng
    accounts, posts = shelf_named(town, "account"), shelf_named(town, "post")
    farm = hired(town, 500, "thin", unequal=0.5)
    clients = rng.choice(accounts.size, 14, replace=False, p=accounts.weight / accounts.weight.sum())
    for pick in clients:
        for _ in range(rng.integers(1, 4)):
            who = farm.quota(int(rng.integers(60, 180)))
            begin = rng.integers(1, town.days - 1) * DAY + 19 * HOUR
            farm.deliver(accounts, int(pick), who, begin + rng.beta(1.2, 1.6, len(who)) * 9 * HOUR, {"follow": 1.0})
    farm.live(posts, 1_500, LIKING)
    farm.live(accounts, 900, {"follow": 1.0}, back=town.days * 24.0)
    return town, [farm]


def mixed_packages(seed: int) -> Sold:
    """A shop whose package is thirty likes, eight comments in own words and some followers within a day."""
    town = market_town(seed, 104)
    rng = town.rng
    posts, accounts = shelf_named(town, "post"), shelf_named(town, "account")
    farm = hired(town, 95, "plain", unequal=0.7)
    for pick in client_posts(town, posts, 30, 5, popular=True):
        begin = posts.published[pick] + rng.exponential(3 * HOUR)
        farm.order(posts, int(pick), begin, {"like": 1.0}, share=0.32, pace=5 * HOUR, shape=0.8)
        farm.order(posts, int(pick), begin + HOUR, {"comment": 1.0}, share=0.09, pace=8 * HOUR)
    for pick in rng.permutation(accounts.size)[:5]:
        farm.order(accounts, int(pick), rng.random() * 30 * DAY, {"follow": 1.0}, share=0.4, pace=DAY)
    farm.live(posts, 900, LIKING)
    return town, [farm]


def piece_rate_panel(seed: int) -> Sold:
    """A panel abroad, paid by the piece: whoever is quick takes an order, and a tenth of the workers do half of it."""
    town = market_town(seed, 105, size=3_700, acts=16_500)
    rng = town.rng
    posts, accounts = shelf_named(town, "post"), shelf_named(town, "account")
    farm = hired(town, 320, "thin", unequal=1.25)
    town.crowd.zone[farm.workers] = 6.0
    for pick in client_posts(town, posts, 70, 24, known=0.4):
        who = farm.quota(int(rng.choice([15, 25, 50, 90], p=[0.4, 0.3, 0.2, 0.1])))
        begin = shifted(rng, posts.published[[pick]] + rng.exponential(5 * HOUR), 3, 15)[0]
        when = begin + rng.gamma(0.9, rng.choice([0.4, 1.5, 6.0]) * HOUR, len(who))
        farm.deliver(posts, int(pick), who, shifted(rng, when, 2, 17), {"like": 1.0})
    for pick in rng.permutation(accounts.size)[:12]:
        who = farm.quota(int(rng.integers(20, 80)))
        when = rng.random() * (town.days - 3) * DAY + rng.exponential(9 * HOUR, len(who))
        farm.deliver(accounts, int(pick), who, shifted(rng, when, 2, 17), {"follow": 1.0})
    farm.live(posts, 1_300, LIKING)
    return town, [farm]


def telephone_rack(seed: int) -> Sold:
    """Sixty-four cards in racks of eight, which one boy at each rack takes in turn, a telephone each half minute."""
    town = market_town(seed, 106)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 64, "thin", unequal=0.25)
    town.crowd.client[farm.workers] = np.where(rng.random(64) < 0.8, "android lite", "android")
    for pick in client_posts(town, posts, 44, 4, popular=True):
        begin = posts.published[pick] + rng.exponential(2.5 * HOUR)
        for rack in rng.permutation(8)[: rng.integers(3, 9)]:
            places = rng.permutation(np.arange(rack * 8, rack * 8 + 8))
            who = farm.workers[places[rng.random(8) < 0.8]]
            steps = begin + rng.exponential(600) + np.cumsum(rng.gamma(3, 11, len(who)))
            farm.deliver(posts, int(pick), who, steps, {"like": 0.85, "repost": 0.15})
    farm.live(posts, 500, LIKING)
    return town, [farm]


def rotating_teams(seed: int) -> Sold:
    """A hundred and fifty accounts in five teams, another each day, so that no face returns too often."""
    town = market_town(seed, 107)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 150, "plain")
    for pick in client_posts(town, posts, 90, 5, popular=True):
        day = int(posts.published[pick] // DAY)
        team = np.arange(150)[np.arange(150) % 5 == day % 5]
        begin = posts.published[pick] + rng.lognormal(np.log(HOUR), 0.8)
        mix = {"like": 0.75, "repost": 0.15, "comment": 0.1}
        farm.order(posts, int(pick), begin, mix, share=0.55, pace=1.5 * HOUR, team=team)
    farm.live(posts, 1_000, LIKING)
    return town, [farm]


def reaction_subscription(seed: int) -> Sold:
    """Channels with a subscription: every new post gets its reactions over some hours, from a pool of 260."""
    town = channel_forwards(seed + 5_001)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 260, "thin", unequal=0.35)
    for pick in client_posts(town, posts, 70, 3, popular=True):
        who = farm.quota(int(rng.integers(18, 60)))
        when = posts.published[pick] + 30 + rng.gamma(0.7, 1.8 * HOUR, len(who))
        farm.deliver(posts, int(pick), who, when, {"like": 1.0})
    farm.live(posts, 900, {"like": 1.0})
    return town, [farm]


def new_network_followers(seed: int) -> Sold:
    """Ninety accounts that follow a shop's clients on a young network, and whole lists so as not to stand out."""
    town = starter_packs(seed + 5_002)
    rng = town.rng
    accounts, posts = shelf_named(town, "account"), shelf_named(town, "post")
    farm = hired(town, 90, "plain")
    clients = rng.choice(accounts.size, 16, replace=False, p=accounts.weight / accounts.weight.sum())
    for pick in clients:
        begin = rng.random() * (town.days - 2) * DAY
        farm.order(accounts, int(pick), begin, {"follow": 1.0}, share=0.5, pace=rng.choice([900, 8 * HOUR]))
    for pick in client_posts(town, posts, 14, 2):
        farm.order(posts, int(pick), posts.published[pick] + 600, {"like": 0.8, "repost": 0.2}, share=0.35, pace=HOUR)
    farm.live(accounts, 1_400, {"follow": 1.0}, back=town.days * 24.0)
    return town, [farm]


def auto_liker_members(seed: int) -> Sold:
    """People who lend their account to a program that hands out likes, so as to get some for their own pictures."""
    town = market_town(seed, 110, size=3_600)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 420, "plain", unequal=0.2)
    for pick in client_posts(town, posts, 130, 40, known=0.2):
        who = farm.quota(int(rng.integers(14, 46)))
        begin = posts.published[pick] + rng.exponential(HOUR)
        farm.deliver(posts, int(pick), who, begin + np.sort(rng.random(len(who))) * 90, {"like": 1.0})
    thanks = rng.permutation(farm.workers)[:60]
    pick = client_posts(town, posts, 1)[0]
    when = posts.published[pick] + rng.exponential(DAY, 60)
    town.act(thanks, "comment", posts, np.full(60, pick), when, texts=sentences(rng, 60, 0.9))
    return town, [farm]
