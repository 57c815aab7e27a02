"""What is acted upon: posts, links and hashtags in the timelines; and what lasts, accounts to follow, places to rate.

Each has an hour of birth and an audience. Texts are objects too: what several people write is an object they share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.simulate.election import Election
from forensics.simulate.population.simulated_people import People
from forensics.simulate.population.waking_hours import DAY_S, moments
from forensics.simulate.random_draws import Floats, Ints, lognormal, pareto, pick, stream, whole

POST, URL, HASHTAG, TEXT, ACCOUNT, PLACE = range(6)
KINDS = ("post", "url", "hashtag", "text", "account", "place")
"""Kinds of object in ``schema.OBJECT_KIND``, by number."""

EVERYBODY = -1
"""The community of objects that all communities see."""

_KIND_SHARE = (0.55, 0.20, 0.25)
_ACTS_PER_ITEM = (15.0, 10.0, 60.0)
_PAGES_PER_COMMUNITY = 8
_N_PLACES = 60


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """The objects as arrays.

    Attributes:
        kind: shape (objects,): ``POST``, ``URL``, ``HASHTAG``, ``TEXT``, ``ACCOUNT`` or ``PLACE``.
        community: shape (objects,): whom it interests; -1 everybody.
        born_s: shape (objects,): when it appeared, seconds since the period's start.
        weight: shape (objects,): how popular it is in the timelines, any unit; 0 for what does not appear there.
        fade_s: shape (objects,): the age by which half of its audience has seen it, seconds.
        origin: shape (objects,): a post's author and an account itself, as an account; a link's publisher; a text's
            phrase; -1 for others.
    """

    kind: Ints
    community: Ints
    born_s: Floats
    weight: Floats
    fade_s: Floats
    origin: Ints

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.kind)


def make_items(election: Election, people: People, seed: int, n_draws: int) -> Items:
    """Draw everything that organic accounts act upon.

    Args:
        people: the accounts.
        n_draws: how many acts upon objects there will be; it sets how many objects there are.
    """
    parts = [_of_kind(election, people, seed, kind, n_draws) for kind in (POST, URL, HASHTAG)]
    parts.append(_viral(election, people, seed, sum(part.weight.sum() for part in parts)))
    pages = np.unique(parts[POST].origin)
    places = np.full(_N_PLACES, -1)
    return add_items(*parts, new_items(ACCOUNT, pages), new_items(PLACE, places))


def new_items(kind: int, origin: Ints, born_s: float | Floats = 0.0) -> Items:
    """Return objects that appear in nobody's timeline, one for each origin."""
    n = len(origin)
    return Items(
        kind=np.full(n, kind),
        community=np.full(n, EVERYBODY, np.int64),
        born_s=np.broadcast_to(np.asarray(born_s, np.float64), n),
        weight=np.zeros(n),
        fade_s=np.ones(n),
        origin=origin,
    )


def add_items(*parts: Items) -> Items:
    """Put several lots of objects one after the other."""
    return Items(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("kind", "community", "born_s", "weight", "fade_s", "origin")
        )
    )


def _of_kind(election: Election, people: People, seed: int, kind: int, n_draws: int) -> Items:
    rng = stream(seed, "things", kind)
    n = max(4 * election.n_communities, round(n_draws * _KIND_SHARE[kind] / _ACTS_PER_ITEM[kind]))
    community = people.community[whole(rng, 0, people.n_organic, n)]
    page = _pages(election, people, seed, kind)[community, _ranked(rng, n)]
    clock = people.clock_s[page] if kind == POST else np.full(n, float(election.countries[0].utc_offset_s))
    born = moments(rng, election.n_days, clock)
    if kind == HASHTAG:
        # Half of the hashtags are as old as the campaign; the others come up during it.
        born = np.where(rng.random(n) < 0.5, 0.0, born)
    weight = pareto(rng, 1.15, n, cap=300.0)
    fade = lognormal(rng, 1_800.0 if kind != HASHTAG else 14_400.0, 0.9, n)
    fade = np.where((kind == HASHTAG) & (born == 0.0), election.n_days * DAY_S / 2.0, fade)
    # Every kind gets its share of the acts whatever its number of objects.
    weight *= _KIND_SHARE[kind] / weight.sum()
    return Items(np.full(n, kind), community, born, weight, fade, page if kind != HASHTAG else np.full(n, -1))


def _pages(election: Election, people: People, seed: int, kind: int) -> Ints:
    """Return the pages of each community, shape (communities, 8): accounts for posts, publishers for links."""
    rng = stream(seed, "pages", kind)
    n_communities = election.n_communities
    if kind != POST:
        return np.arange(n_communities * _PAGES_PER_COMMUNITY).reshape(n_communities, -1)
    communities = np.repeat(np.arange(n_communities), _PAGES_PER_COMMUNITY)
    is_empty = people.community_first[communities] == people.community_first[communities + 1]
    return people.of_community(rng, np.where(is_empty, -1, communities)).reshape(n_communities, -1)


def _ranked(rng: np.random.Generator, n: int) -> Ints:
    """Draw the rank of a page within its community: the first is four times as busy as the last."""
    return pick(rng, 1.0 / np.sqrt(np.arange(1.0, _PAGES_PER_COMMUNITY + 1.0)), n)


def _viral(election: Election, people: People, seed: int, total: float) -> Items:
    rng = stream(seed, "viral")
    n = election.n_viral if election.viral_share > 0 else 0
    share = election.viral_share / max(1e-9, 1.0 - election.viral_share)
    raw = pareto(rng, 1.5, n, cap=20.0)
    return Items(
        kind=pick(rng, np.array(_KIND_SHARE), n),
        community=np.full(n, EVERYBODY),
        born_s=moments(rng, election.n_days, np.full(n, float(election.countries[0].utc_offset_s))),
        weight=raw * (total * share / raw.sum()) if n else raw,
        fade_s=lognormal(rng, 7_200.0, 0.7, n),
        origin=whole(rng, 0, people.n_organic, n),
    )
