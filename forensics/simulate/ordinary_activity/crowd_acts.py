"""The crowd: acts that come one at a time, as an object's age, its popularity and the hour allow.

Likes, reposts and links; comments, many of them the same few words by nobody's order; follows and ratings.
"""

from __future__ import annotations

import numpy as np

from forensics.simulate.population.act_arrays import COMMENT, FOLLOW, RATE, Acts, done, join, upon
from forensics.simulate.population.made_up_texts import N_MEANINGS, N_STOCK, N_VARIANTS
from forensics.simulate.population.simulated_objects import ACCOUNT, PLACE, POST, TEXT, Items, new_items
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import is_awake, moments, once_awake
from forensics.simulate.random_draws import Floats, Ints, lognormal, pareto, pick, whole

_ROUNDS = 16


def crowd_acts(stage: Stage, n: int) -> Acts:
    """Draw single acts upon objects.

    An object is drawn by popularity, somebody of its community by activity, and an age from a curve with a heavy tail:
    half of the attention comes before the object's own ``fade_s``, and a tenth after nine times that. Whoever is asleep
    then is replaced by another draw, so that what appears at night is taken up in the morning.

    Args:
        n: acts to draw; those for which no waking account is found in 16 rounds are left out.
    """
    rng = stage.stream("crowd")
    people, items = stage.people, stage.items
    item = pick(rng, items.weight, n)
    account, time_s = np.full(n, -1), np.zeros(n)
    waiting = np.arange(n)
    for _ in range(_ROUNDS):
        wanted = item[waiting]
        is_loyal = rng.random(len(waiting)) < stage.election.loyalty
        someone = people.of_community(rng, np.where(is_loyal, items.community[wanted], -1))
        share = rng.random(len(waiting))
        when = items.born_s[wanted] + items.fade_s[wanted] * share / (1.0 - share)
        acts = (when < stage.end_s) & is_awake(rng, when, people.clock_s[someone])
        account[waiting[acts]], time_s[waiting[acts]] = someone[acts], when[acts]
        waiting = waiting[~acts]
    done = np.flatnonzero(account >= 0)
    return upon(rng, items, account[done], item[done], time_s[done])


_STOCK_SHARE = 0.3
_COMMENT_ROUNDS = 12


def comment_acts(stage: Stage, first_item: int, n: int) -> tuple[Items, Acts]:
    """Draw organic comments: upon posts as the crowd comes to them, three in ten a stock phrase.

    Args:
        first_item: the number that the first new text gets.
        n: comments to draw.
    """
    rng = stage.stream("comments")
    people, items = stage.people, stage.items
    item = pick(rng, np.where(items.kind == POST, items.weight, 0.0), n)
    account, time_s = np.full(n, -1), np.zeros(n)
    waiting = np.arange(n)
    for _ in range(_COMMENT_ROUNDS):
        someone = people.of_community(rng, items.community[item[waiting]])
        share = rng.random(len(waiting))
        when = items.born_s[item[waiting]] + 60.0 + items.fade_s[item[waiting]] * share / (1.0 - share)
        writes = (when < stage.end_s) & is_awake(rng, when, people.clock_s[someone])
        account[waiting[writes]], time_s[waiting[writes]] = someone[writes], when[writes]
        waiting = waiting[~writes]
    found = np.flatnonzero(account >= 0)
    is_stock = rng.random(len(found)) < _STOCK_SHARE
    stock = pick(rng, 1.0 / np.arange(1.0, N_STOCK + 1.0), len(found))
    own = N_STOCK + whole(rng, 0, N_MEANINGS * N_VARIANTS, len(found))
    return written(first_item, account[found], item[found], time_s[found], np.where(is_stock, stock, own))


def written(first_item: int, account: Ints, post: Ints, time_s: Floats, phrase: Ints) -> tuple[Items, Acts]:
    """Return comments: each is an act upon the post and one upon its text.

    Args:
        first_item: the number that the first text gets.
        account: shape (comments,).
        post: shape (comments,): what is commented on.
        time_s: shape (comments,).
        phrase: shape (comments,): what is written.
    """
    comments, text = np.unique(phrase, return_inverse=True)
    both = done(COMMENT, np.tile(account, 2), np.append(post, first_item + text), np.tile(time_s, 2))
    number = np.tile(np.arange(len(account)), 2)
    return new_items(TEXT, comments), Acts(both.account, both.action, both.item, both.time_s, number)


def follow_acts(stage: Stage, n: int) -> Acts:
    """Draw follows: half at any hour, half in the wake of a post that went far.

    Args:
        n: follows to draw; those of one's own account, and repeats, are taken out later.
    """
    rng = stage.stream("follows")
    people, items = stage.people, stage.items
    targets = np.flatnonzero(items.kind == ACCOUNT)
    position = np.full(len(people.community), -1)
    position[items.origin[targets]] = targets
    plain = targets[pick(rng, pareto(rng, 1.2, len(targets), cap=100.0), n - n // 2)]
    who = people.of_community(rng, np.where(rng.random(len(plain)) < 0.8, people.community[items.origin[plain]], -1))
    calm = done(FOLLOW, who, plain, moments(rng, stage.election.n_days, people.clock_s[who]))
    post = pick(rng, np.where((items.kind == POST) & (items.community >= 0), items.weight**1.5, 0.0), n // 2)
    who = people.of_community(rng, np.where(rng.random(len(post)) < 0.5, items.community[post], -1))
    when = items.born_s[post] + lognormal(rng, 5_400.0, 1.3, len(post))
    when = once_awake(rng, when, people.clock_s[who])
    return join(calm, done(FOLLOW, who, position[items.origin[post]], when))


def rating_acts(stage: Stage, n: int) -> Acts:
    """Draw ratings of places, by popularity alone.

    Args:
        n: ratings to draw; repeats are taken out later.
    """
    rng = stage.stream("ratings")
    people = stage.people
    places = np.flatnonzero(stage.items.kind == PLACE)
    place = places[pick(rng, pareto(rng, 1.1, len(places), cap=50.0), n)]
    who = people.of_community(rng, np.full(n, -1))
    when = moments(rng, stage.election.n_days, people.clock_s[who])
    awake = is_awake(rng, when, people.clock_s[who])
    return done(RATE, who[awake], place[awake], when[awake])
