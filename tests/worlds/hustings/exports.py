"""Organic towns of which the export holds less than happened: days, minutes, rounds of a crawler, no times."""

from __future__ import annotations

import numpy as np
from worlds.base import World
from worlds.hustings.habits import LIKING, answered, browsed, gathered
from worlds.hustings.people import DAY, HOUR
from worlds.hustings.places import local_hour, opened
from worlds.hustings.shelves import shelf_of
from worlds.hustings.town import Town

__all__ = ["dated_petitions", "minute_ratings", "polled_lists", "timeless_groups"]


def polled_lists(seed: int) -> World:
    """Likes as a crawler sees them that reads the lists of a page's posts every half hour."""
    return polled_town(seed).world(polled=1_800)


def polled_town(seed: int) -> Town:
    """Return a town of pages, with notices that reach everybody in a place on one evening."""
    days = 36
    town = opened(seed, 41, 3_000, days, 16, stay=0.55)
    posts = shelf_of(town.rng, "post", 2_400, days, 16, makers=90)
    town.has_clients = False
    browsed(town, posts, 14_500, {"like": 0.85, "comment": 0.15})
    for _ in range(40):
        pick = int(town.rng.integers(posts.size))
        home = town.crowd.members(max(0, int(posts.community[pick])))
        near = answered(town, home, 0.2)
        gathered(town, posts, pick, near, posts.published[pick] + 300, LIKING, pace=3 * HOUR)
    return town


def dated_petitions(seed: int) -> World:
    """Signatures with a date: a school, a bypass, a hospital; friends sign all three, and the town hall counts days."""
    return petition_town(seed).world(precision="day")


def petition_town(seed: int) -> Town:
    """Return a town of petitions and the pages that call for them."""
    days = 70
    town = opened(seed, 42, 3_700, days, 24, stay=0.4)
    rng, crowd = town.rng, town.crowd
    town.has_clients = False
    petitions = shelf_of(rng, "page", 300, days, 24, makers=120, shared=0.45, tail=1.0, prefix="petition")
    posts = shelf_of(rng, "post", 1_800, days, 24, makers=90)
    browsed(town, petitions, 9_000, {"join": 1.0}, back=9 * 24, length=1.6, loyalty=0.15)
    browsed(town, posts, 12_000, LIKING)
    for _ in range(60):
        pick = int(rng.choice(petitions.size, p=petitions.weight / petitions.weight.sum()))
        place = int(petitions.community[pick]) if petitions.community[pick] >= 0 else int(rng.integers(24))
        called = answered(town, crowd.members(place), 0.22)
        begin = petitions.published[pick] + rng.exponential(4 * DAY)
        gathered(town, petitions, pick, called, begin, {"join": 1.0}, pace=0.8 * DAY, shape=0.8)
    return town


def minute_ratings(seed: int) -> World:
    """Ratings of shops, doctors and pubs to the minute; a scene on television brings a wave from everywhere."""
    return ratings_town(seed).world(precision="min")


def ratings_town(seed: int) -> Town:
    """Return a town of places that are rated, with two waves of indignation."""
    days = 80
    town = opened(seed, 43, 3_800, days, 16, stay=0.5)
    rng, crowd = town.rng, town.crowd
    places = shelf_of(rng, "place", 900, days, 16, makers=900, shared=0.25, tail=1.2, standing=True)
    posts = shelf_of(rng, "post", 700, days, 16, makers=70)
    browsed(town, places, 14_500, {"rate": 1.0}, back=days * 24, length=1.5, loyalty=0.05)
    browsed(town, posts, 8_500, LIKING)
    for _ in range(2):
        pick = int(rng.integers(places.size))
        angry = answered(town, np.arange(crowd.size), 0.05)
        begin = local_hour(int(rng.integers(5, days - 5)), 20.6)
        gathered(town, places, pick, angry, begin, {"rate": 1.0}, pace=14 * HOUR, shape=0.6)
    return town


def timeless_groups(seed: int) -> World:
    """Lists of members and followers without any time: allotments, unions, choirs, schools, and parties."""
    return groups_town(seed).world(timeless=True)


def groups_town(seed: int) -> Town:
    """Return a town in which a person is in what the family, the street and the workplace are in."""
    days = 60
    town = opened(seed, 44, 3_500, days, 34, stay=0.6)
    rng, crowd = town.rng, town.crowd
    town.has_clients = False
    groups = shelf_of(rng, "page", 1_300, days, 34, makers=1_300, shared=0.18, tail=1.2, standing=True)
    accounts = shelf_of(rng, "account", 600, days, 34, makers=600, shared=0.5, tail=1.1, standing=True)
    browsed(town, groups, 12_500, {"join": 0.7, "like": 0.3}, back=days * 24, loyalty=0.05, near=0.75)
    browsed(town, accounts, 9_500, {"follow": 1.0}, back=days * 24, loyalty=0.05)
    for place in range(34):
        must = rng.permutation(np.flatnonzero(groups.community == place))[:3]
        for pick in must:
            members = answered(town, crowd.members(place), 0.3)
            gathered(town, groups, int(pick), members, DAY, {"join": 1.0}, pace=9 * DAY)
    return town
