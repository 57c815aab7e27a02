"""Audiences called to older objects: an influencer's repost, a newsletter at seven, a volunteers' chat.

Attention does not only fade with an object's age. Somebody with followers brings an old post up again, and those who
are awake act upon it within minutes. Nobody is paid and nobody hides; only the timing looks like work.
"""

from __future__ import annotations

import numpy as np

from forensics.simulate.ordinary.organic_habits import Habit
from forensics.simulate.population.act_arrays import upon
from forensics.simulate.population.simulated_objects import HASHTAG
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import is_awake, moments
from forensics.simulate.random_draws import lognormal, whole

__all__ = ["called_audiences"]


def called_audiences(stage: Stage) -> Habit:
    """Draw what called audiences do: after every call some of the members act upon an older post or link."""
    rng = stage.stream("calls")
    election, people, items = stage.election, stage.people, stage.items
    size = election.audience_size
    community = whole(rng, 0, election.n_communities, election.n_audiences)
    members = people.of_community(rng, np.repeat(community, size)).reshape(-1, size)
    zeal = 0.05 + 0.45 * rng.random(members.shape) ** 2
    n_calls = round(election.calls_per_day * election.n_days)
    audience = np.repeat(np.arange(election.n_audiences), n_calls)
    clock = np.full(len(audience), float(election.countries[0].utc_offset_s))
    called = moments(rng, election.n_days, clock)
    item = np.full(len(audience), -1)
    for number, own in enumerate(community):
        shown = np.flatnonzero((items.community == own) & (items.kind < HASHTAG))
        shown = shown[np.argsort(items.born_s[shown], kind="stable")]
        calls = np.flatnonzero(audience == number)
        before = np.searchsorted(items.born_s[shown], called[calls] - lognormal(rng, 54_000.0, 1.0, len(calls)))
        item[calls[before > 0]] = shown[before[before > 0] - 1]
    reacts = rng.random((len(audience), size)) < zeal[audience]
    call, member = np.nonzero(reacts & (item >= 0)[:, None])
    account = members[audience[call], member]
    time_s = called[call] + lognormal(rng, election.call_lag_s, 1.0, len(call))
    awake = is_awake(rng, time_s, people.clock_s[account])
    groups = np.repeat(np.arange(election.n_audiences), size)
    acts = upon(rng, items, account[awake], item[call[awake]], time_s[awake])
    return Habit("called", members.ravel(), groups, acts)
