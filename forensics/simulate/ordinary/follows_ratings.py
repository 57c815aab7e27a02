"""Follows and ratings: acts upon what lasts, at no age in particular."""

from __future__ import annotations

import numpy as np

from forensics.simulate.population.act_arrays import FOLLOW, RATE, Acts, done, join
from forensics.simulate.population.simulated_objects import ACCOUNT, PLACE, POST
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import is_awake, moments, once_awake
from forensics.simulate.random_draws import lognormal, pareto, pick

__all__ = ["follow_acts", "rating_acts"]


def follow_acts(stage: Stage, n: int) -> Acts:
    """Draw follows: half at any hour, half in the wake of a post that went far.

    Args:
        stage: the world.
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
        stage: the world.
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
