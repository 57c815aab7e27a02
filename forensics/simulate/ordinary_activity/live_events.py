"""Live events: a televised evening, when a whole audience posts within a minute of every good line."""

from __future__ import annotations

import numpy as np

from forensics.simulate.ordinary_activity.organic_habits import Habit
from forensics.simulate.ordinary_activity.timeline_sessions import scrolled
from forensics.simulate.population.act_arrays import PUBLISH, Acts, done, join
from forensics.simulate.population.simulated_objects import HASHTAG, Items, new_items
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import DAY_S
from forensics.simulate.random_draws import lognormal, order, whole

_AIRS_AT_S = 20.75 * 3_600.0
_LASTS_S = 6_000.0
_N_MOMENTS = 25
_BREAKS_S = (1_900.0, 4_100.0)


def live_hashtags(stage: Stage) -> Items:
    """Return the events' hashtags, announced three days ahead; the crowd does not use them."""
    airs = _airs(stage)
    return new_items(HASHTAG, np.full(len(airs), -1), np.maximum(0.0, airs - 3.0 * DAY_S))


def live_events(stage: Stage, first_item: int) -> Habit:
    """Draw what the audiences do: post at the moments that matter, and scroll during the breaks.

    Args:
        first_item: the number of the first event's hashtag.
    """
    rng = stage.stream("live")
    airs = _airs(stage)
    size = round(stage.election.live_share * stage.people.n_organic)
    viewers = np.concatenate([order(rng, stage.people.n_organic)[:size] for _ in airs] or [np.zeros(0, np.int64)])
    event = np.repeat(np.arange(len(airs)), size)
    moments = airs[:, None] + _LASTS_S * rng.random((len(airs), _N_MOMENTS))
    zeal = 0.05 + 0.3 * rng.random(len(viewers)) ** 2
    viewer, moment = np.nonzero(rng.random((len(viewers), _N_MOMENTS)) < zeal[:, None])
    time_s = moments[event[viewer], moment] + lognormal(rng, 50.0, 0.8, len(viewer))
    posts = done(PUBLISH, viewers[viewer], first_item + event[viewer], time_s)
    return Habit("live_viewer", viewers, event, join(posts, *(_scrolls(stage, rng, viewers, airs[event]))))


def _scrolls(stage: Stage, rng: np.random.Generator, viewers: np.ndarray, airs: np.ndarray) -> list[Acts]:
    parts = []
    for number, at in enumerate(_BREAKS_S):
        who = np.flatnonzero(rng.random(len(viewers)) < 0.3)
        start = airs[who] + at + 150.0 * rng.random(len(who))
        parts.append(scrolled(stage, f"break {number}", viewers[who], start, np.full(len(who), -1)))
    return parts


def _airs(stage: Stage) -> np.ndarray:
    """Return when the events begin: on different evenings, by the first country's clocks."""
    rng = stage.stream("programme")
    n_days = stage.election.n_days
    days = order(rng, n_days)[: stage.election.n_live_events]
    quarter = 900.0 * whole(rng, 0, 3, len(days))
    return np.asarray(days * float(DAY_S) + _AIRS_AT_S + quarter - stage.election.countries[0].utc_offset_s)
