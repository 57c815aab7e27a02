"""Sessions: a person takes the phone, scrolls the timeline from its newest post down, and acts upon several objects.

People of one community see the same timeline, so two of them online at the same hour act upon the same older objects
within minutes, in the same order. That is organic, and it is what a search for coordination must not mistake for work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.simulate.population.act_arrays import Acts, upon
from forensics.simulate.population.simulated_objects import POST, Items
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import is_awake, moments
from forensics.simulate.random_draws import Floats, Ints, exponential, lognormal, pick, pick_between

_MEAN_MORE = 4.0
_SPAN = 1e9  # above any time, to keep the communities' timelines apart in one sorted array

# How old the objects are that people act upon while scrolling: bands of age in seconds and their shares.
_BAND_EDGES = np.array([0.0, 600.0, 3_600.0, 21_600.0, 86_400.0, 345_600.0])
_BAND_SHARES = np.array([0.18, 0.27, 0.27, 0.20, 0.08])

_SUBSCRIBED_PERCENT = 15
_ROUNDS = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Timelines:
    """Every community's objects in order of appearance, one community after the other."""

    items: Ints
    key: Floats
    cumulative: Floats


def session_acts(stage: Stage, n: int) -> Acts:
    """Draw acts done in sessions.

    Args:
        n: acts to draw, about.
    """
    n_sessions = round(n / (2.0 + _MEAN_MORE))
    n_notified = round(n_sessions * stage.election.notified_share)
    regular = _regular(stage, n_sessions - n_notified)
    notified = _notified(stage, n_notified)
    account = np.concatenate((regular[0], notified[0]))
    start = np.concatenate((regular[1], notified[1]))
    first = np.concatenate((np.full(len(regular[0]), -1), notified[2]))
    return scrolled(stage, "sittings", account, start, first)


def scrolled(stage: Stage, name: str, account: Ints, start: Floats, first: Ints) -> Acts:
    """Draw what people act upon in one session each.

    Args:
        name: of the part, for its stream.
        account: shape (sessions,): who.
        start: shape (sessions,): when, seconds since the period's start.
        first: shape (sessions,): the object that set it off and is acted upon first; -1 where there is none.
    """
    rng = stage.stream(name, "scroll")
    length = 2 + np.floor(exponential(rng, _MEAN_MORE, len(account))).astype(np.int64)
    session = np.repeat(np.arange(len(account)), length)
    item = _seen(rng, stage, account[session], start[session])
    opens = np.cumsum(length) - length
    has_first = first >= 0
    item[opens[has_first]] = first[has_first]
    kept = item >= 0
    session, item = session[kept], item[kept]
    # From the newest down: the order in which a timeline shows them.
    down = np.lexsort((-stage.items.born_s[item], session))
    session, item = session[down], item[down]
    return upon(rng, stage.items, account[session], item, start[session] + _elapsed(rng, session)).where(
        start[session] < stage.end_s
    )


def _regular(stage: Stage, n: int) -> tuple[Ints, Floats]:
    rng = stage.stream("sittings", "regular")
    account = stage.people.of_community(rng, np.full(n, -1))
    return account, moments(rng, stage.election.n_days, stage.people.clock_s[account])


def _notified(stage: Stage, n: int) -> tuple[Ints, Floats, Ints]:
    """Draw the sessions that a notification sets off: a subscriber opens it within minutes and scrolls on."""
    rng = stage.stream("sittings", "notified")
    people, items = stage.people, stage.items
    posts = np.flatnonzero((items.kind == POST) & (items.community >= 0))
    item = posts[pick(rng, items.weight[posts], n)]
    account, start = np.full(n, -1), np.zeros(n)
    waiting = np.arange(n)
    for _ in range(_ROUNDS):
        someone = people.of_community(rng, items.community[item[waiting]])
        when = items.born_s[item[waiting]] + lognormal(rng, 240.0, 1.1, len(waiting))
        opens = _subscribes(someone, items.origin[item[waiting]]) & is_awake(rng, when, people.clock_s[someone])
        account[waiting[opens]], start[waiting[opens]] = someone[opens], when[opens]
        waiting = waiting[~opens]
    done = np.flatnonzero(account >= 0)
    return account[done], start[done], item[done]


def _subscribes(account: Ints, page: Ints) -> np.ndarray:
    """Return whether an account has turned on a page's notifications: a fixed seventh of the pairs."""
    mixed = (account * 2_654_435_761 + page * 40_503) % 4_294_967_291
    return np.asarray((mixed >> 8) % 100 < _SUBSCRIBED_PERCENT)


def _timelines(items: Items, n_communities: int) -> _Timelines:
    shown = np.flatnonzero(items.weight > 0.0)
    group = np.where(items.community[shown] < 0, n_communities, items.community[shown])
    order = np.lexsort((items.born_s[shown], group))
    group, order = group[order], shown[order]
    return _Timelines(
        items=order,
        key=group * _SPAN + items.born_s[order],
        cumulative=np.concatenate(([0.0], np.cumsum(items.weight[order]))),
    )


def _seen(rng: np.random.Generator, stage: Stage, account: Ints, time_s: Floats) -> Ints:
    """Draw the object each comes upon at a time, by its age and popularity; -1 where the timeline is empty."""
    n_communities = stage.election.n_communities
    lines = _timelines(stage.items, n_communities)
    is_viral = rng.random(len(account)) < stage.election.viral_share
    line = np.where(is_viral, n_communities, stage.people.community[account])
    band = pick(rng, _BAND_SHARES, len(account))
    low = np.searchsorted(lines.key, line * _SPAN + np.maximum(0.0, time_s - _BAND_EDGES[band + 1]))
    high = np.searchsorted(lines.key, line * _SPAN + np.maximum(0.0, time_s - _BAND_EDGES[band]))
    found = np.flatnonzero(high > low)
    item = np.full(len(account), -1)
    item[found] = lines.items[pick_between(rng, lines.cumulative, low[found], high[found])]
    return item


def _elapsed(rng: np.random.Generator, session: Ints) -> Floats:
    """Return the time since each one's session began: some seconds of reading before every act."""
    total = np.cumsum(6.0 + exponential(rng, 25.0, len(session)))
    begins = np.concatenate(([True], session[1:] != session[:-1]))[: len(session)]
    before = np.concatenate(([0.0], total))[:-1][begins]
    return np.asarray(total - np.repeat(before, np.diff(np.append(np.flatnonzero(begins), len(session)))), np.float64)
