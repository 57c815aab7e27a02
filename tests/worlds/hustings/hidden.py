"""Farms where much that is organic looks hired, and farms of which the export holds less than they did."""

from __future__ import annotations

import numpy as np
from worlds.base import World
from worlds.hustings.exports import groups_town, petition_town, polled_town, ratings_town
from worlds.hustings.habits import LIKING, passed_on
from worlds.hustings.networks import heavy_superusers, meme_cascade, scheduling_queues
from worlds.hustings.newsrooms import publish_links
from worlds.hustings.occasions import influencer_raids, match_nights
from worlds.hustings.people import DAY, HOUR
from worlds.hustings.places import branch_volunteers, small_villages
from worlds.hustings.shops import Sold
from worlds.hustings.trade import client_posts, hired, shelf_named, shifted

__all__ = [
    "dated_signatures",
    "farm_among_fans",
    "farm_among_raids",
    "farm_among_superusers",
    "farm_among_volunteers",
    "farm_in_villages",
    "minute_marks_bought",
    "polled_orders",
    "queued_puppets",
    "seeded_memes",
    "timeless_pages",
]


def farm_in_villages(seed: int) -> Sold:
    """Thirty hired accounts from many villages, where each village already acts as one."""
    town = small_villages(seed + 5_021)
    posts = shelf_named(town, "post")
    farm = hired(town, 30, "plain")
    for pick in client_posts(town, posts, 45, 4, popular=True):
        begin = posts.published[pick] + town.rng.exponential(2 * HOUR)
        farm.order(posts, int(pick), begin, LIKING, share=0.5, pace=town.rng.choice([600, 3 * HOUR]))
    return town, [farm]


def farm_among_fans(seed: int) -> Sold:
    """Seventy hired accounts who like a sponsor's posts on match nights, when everybody likes something."""
    town = match_nights(seed + 5_022)
    rng = town.rng
    posts, goals = shelf_named(town, "post", "post"), shelf_named(town, "post", "goal")
    farm = hired(town, 70, "plain")
    for pick in client_posts(town, posts, 34, 3):
        day = posts.published[pick] // DAY
        evening = day * DAY + 19.5 * HOUR + rng.exponential(1_800)
        farm.order(posts, int(pick), max(evening, posts.published[pick] + 300), {"like": 1.0}, share=0.42, pace=700)
    farm.live(goals, 350, {"like": 1.0})
    return town, [farm]


def farm_among_raids(seed: int) -> Sold:
    """Fifty-five hired accounts in a town where streamers send their viewers somewhere every other evening."""
    town = influencer_raids(seed + 5_023)
    posts = shelf_named(town, "post")
    farm = hired(town, 55, "plain", unequal=0.7)
    for pick in client_posts(town, posts, 40, 4):
        begin = posts.published[pick] + town.rng.lognormal(np.log(2 * HOUR), 0.9)
        mix = {"like": 0.6, "comment": 0.3, "repost": 0.1}
        farm.order(posts, int(pick), begin, mix, share=0.45, pace=800)
    farm.live(posts, 500, LIKING)
    return town, [farm]


def farm_among_superusers(seed: int) -> Sold:
    """Forty-five busy accounts that also take money, among superusers who do much more than they."""
    town = heavy_superusers(seed + 5_024)
    posts, accounts = shelf_named(town, "post"), shelf_named(town, "account")
    farm = hired(town, 45, "busy", unequal=0.6)
    for pick in client_posts(town, posts, 55, 4):
        begin = posts.published[pick] + town.rng.exponential(HOUR)
        mix = {"like": 0.5, "repost": 0.35, "reply": 0.15}
        farm.order(posts, int(pick), begin, mix, share=0.42, pace=2 * HOUR, shape=0.8)
    for pick in town.rng.permutation(accounts.size)[:4]:
        farm.order(accounts, int(pick), town.rng.random() * 30 * DAY, {"follow": 1.0}, share=0.5, pace=6 * HOUR)
    return town, [farm]


def farm_among_volunteers(seed: int) -> Sold:
    """Forty hired accounts beside the branches' volunteers, for the same candidates and in the same evenings."""
    town = branch_volunteers(seed + 5_025)
    posts = shelf_named(town, "post")
    farm = hired(town, 40, "thin")
    for pick in client_posts(town, posts, 48, 3, known=1.0):
        evening = (posts.published[pick] // DAY) * DAY + 17.5 * HOUR + town.rng.normal(0, 2_400)
        begin = max(evening, posts.published[pick] + 600)
        mix = {"like": 0.65, "repost": 0.25, "comment": 0.1}
        farm.order(posts, int(pick), begin, mix, share=0.48, pace=2_400)
    farm.live(posts, 350, LIKING)
    return town, [farm]


def seeded_memes(seed: int) -> Sold:
    """Thirty-six accounts that give an agency's pictures their first push, from which they go on by themselves."""
    town = meme_cascade(seed + 5_026)
    rng = town.rng
    pictures = shelf_named(town, "media")
    farm = hired(town, 36, "busy", unequal=0.5)
    for pick in client_posts(town, pictures, 44, 6):
        who = farm.takers(0.4)
        when = pictures.published[pick] + 60 + rng.gamma(1.0, 30 * 60, len(who))
        farm.deliver(pictures, int(pick), who, when, {"repost": 0.75, "like": 0.25})
        heard = town.crowd.friends[who, rng.integers(0, 10, len(who))]
        heard = heard[rng.random(len(heard)) < 0.35]
        begin = pictures.published[pick] + 3 * HOUR + rng.exponential(2 * HOUR, len(heard))
        passed_on(
            town, pictures, (heard, np.full(len(heard), pick), begin), {"repost": 0.7, "like": 0.3}, offspring=1.2
        )
    return town, [farm]


def queued_puppets(seed: int) -> Sold:
    """Forty puppets whose week is filled into the queue that clubs and shops use, with introductions of their own."""
    town = scheduling_queues(seed + 5_027)
    rng = town.rng
    links = shelf_named(town, "url")
    domains = np.array([f"{name}.example" for name in links.makers], dtype=object)
    farm = hired(town, 40, "plain", unequal=0.4)
    for pick in client_posts(town, links, 70, 4, known=1.0):
        who = farm.takers(0.3)
        hour = rng.choice([8.0, 9.0, 12.0, 12.5, 17.0, 18.0, 20.0], len(who)) - 2
        day = np.floor(links.published[pick] / DAY) + 1 + rng.integers(0, 2, len(who))
        when = (day * 24 + hour) * HOUR + rng.integers(0, 50, len(who))
        kept = when < town.days * DAY
        objects = np.full(int(kept.sum()), pick)
        publish_links(town, links, domains, who[kept], objects, when[kept], worded=0.9, client="queue")
        farm.worked.update(who[kept].tolist())
    return town, [farm]


def dated_signatures(seed: int) -> World:
    """A hundred and sixty hired signatures on a dozen petitions, some each day, in an export that holds days only."""
    town = petition_town(seed + 5_028)
    rng = town.rng
    petitions, posts = shelf_named(town, "page", "petition"), shelf_named(town, "post")
    farm = hired(town, 160, "thin")
    for pick in client_posts(town, petitions, 16, 7):
        begin = petitions.published[pick] + rng.exponential(3 * DAY)
        farm.order(petitions, int(pick), begin, {"join": 1.0}, share=0.42, pace=rng.choice([0.5, 2.0, 6.0]) * DAY)
    farm.live(posts, 700, LIKING)
    return town.world(precision="day", farms=[farm.members])


def minute_marks_bought(seed: int) -> World:
    """A hundred and ten accounts that rate a caterer's houses well and a rival's badly, and others for show."""
    town = ratings_town(seed + 5_029)
    rng = town.rng
    places = shelf_named(town, "place")
    farm = hired(town, 110, "plain", unequal=0.7)
    for pick in rng.choice(places.size, 22, replace=False):
        begin = rng.random() * (town.days - 15) * DAY
        who = farm.takers(0.3)
        when = begin + rng.gamma(1.0, rng.choice([0.4, 3.0, 8.0]) * DAY, len(who))
        farm.deliver(places, int(pick), who, shifted(rng, when, 5, 21), {"rate": 1.0})
    farm.live(places, 500, {"rate": 1.0}, back=town.days * 24.0)
    return town.world(precision="min", farms=[farm.members])


def polled_orders(seed: int) -> World:
    """Fifty accounts that like a list of posts each noon, as a crawler sees it that comes by every half hour."""
    town = polled_town(seed + 5_030)
    rng = town.rng
    posts = shelf_named(town, "post")
    farm = hired(town, 50, "plain")
    for pick in client_posts(town, posts, 42, 4, popular=True):
        noon = (posts.published[pick] // DAY) * DAY + 11 * HOUR + rng.normal(0, 1_500)
        begin = noon if noon > posts.published[pick] else posts.published[pick] + HOUR
        farm.order(posts, int(pick), begin, {"like": 1.0}, share=0.48, pace=rng.choice([300, 2_400]))
    farm.live(posts, 350, {"like": 1.0})
    return town.world(polled=1_800, farms=[farm.members])


def timeless_pages(seed: int) -> World:
    """A hundred and thirty hired members of two dozen pages, in lists without times, who are also in other groups."""
    town = groups_town(seed + 5_031)
    rng = town.rng
    groups, accounts = shelf_named(town, "page"), shelf_named(town, "account")
    farm = hired(town, 130, "plain", unequal=0.5)
    for shelf, count, action in ((groups, 15, "like"), (accounts, 12, "follow")):
        weight = np.sqrt(shelf.weight)
        for pick in rng.choice(shelf.size, count, replace=False, p=weight / weight.sum()):
            farm.order(shelf, int(pick), rng.random() * 40 * DAY, {action: 1.0}, share=0.34, pace=DAY)
    farm.live(groups, 900, {"join": 0.7, "like": 0.3}, back=town.days * 24.0)
    return town.world(timeless=True, farms=[farm.members])
