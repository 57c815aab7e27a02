"""The crowd: acts that come one at a time, as an object's age, its popularity and the hour allow."""

from __future__ import annotations

import numpy as np

from forensics.simulate.population.act_arrays import Acts, upon
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import is_awake
from forensics.simulate.random_draws import pick

__all__ = ["crowd_acts"]

_ROUNDS = 16


def crowd_acts(stage: Stage, n: int) -> Acts:
    """Draw single acts upon objects.

    An object is drawn by popularity, somebody of its community by activity, and an age from a curve with a heavy tail:
    half of the attention comes before the object's own ``fade_s``, and a tenth after nine times that. Whoever is asleep
    then is replaced by another draw, so that what appears at night is taken up in the morning.

    Args:
        stage: the world.
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
