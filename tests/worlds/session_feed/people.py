"""Who lives in a simulated country: how active people are, what they like, when they wake, whom they follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["DAY", "HOUR", "People", "asleep_to_morning", "choose", "draw_people", "draw_sessions", "human_delay"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
HOUR = 3600.0
DAY = 86400.0

# How likely a person of the country is to open the app in each local hour, on working days and at weekends.
WORKDAY = np.array([9, 4, 2, 1, 1, 3, 10, 22, 27, 22, 20, 21, 30, 28, 22, 21, 23, 28, 33, 39, 45, 46, 35, 19], float)
WEEKEND = np.array([16, 9, 4, 2, 1, 2, 4, 9, 18, 27, 32, 32, 30, 29, 28, 27, 27, 29, 32, 36, 41, 42, 36, 25], float)


@dataclass(slots=True)
class People:
    """The private persons of a world; account numbers 0 to n - 1.

    Attributes:
        activity: relative number of sessions.
        interests: share of each community in what a person wants to see; rows sum to 1.
        home: the community that a person cares for most.
        chronotype: hours by which a person lives later than the country.
        at_ease: probability that a person opens the app at all on a day.
        manners: cumulative probabilities of like, repost, comment, quote.
        followed: pages that a person follows, padded with -1.
    """

    activity: Floats
    interests: Floats
    home: Ints
    chronotype: Floats
    at_ease: Floats
    manners: Floats
    followed: Ints

    @property
    def size(self) -> int:
        return len(self.activity)


def choose(rng: np.random.Generator, weights: Floats, size: int) -> Ints:
    """Draw distinct positions, likelier where the weight is larger (at most as many as have a weight)."""
    with np.errstate(divide="ignore"):
        keys = np.log(rng.random(len(weights))) / np.where(weights > 0, weights, np.nan)
    size = min(size, int((weights > 0).sum()))
    return np.argsort(-np.nan_to_num(keys, nan=-np.inf), kind="stable")[:size].astype(np.int64)


def draw_people(
    rng: np.random.Generator, size: int, communities: int, page_community: Ints, page_fame: Floats
) -> People:
    """Draw persons; community 0 is the general news that everybody sees."""
    popularity = rng.pareto(1.3, communities) + 0.4
    popularity[0] = 0.0
    home = rng.choice(communities, size, p=popularity / popularity.sum())
    interests = rng.dirichlet(np.full(communities, 0.25), size) * rng.uniform(0.1, 0.4, (size, 1))
    interests[np.arange(size), home] += rng.uniform(0.3, 1.0, size)
    interests[:, 0] += rng.gamma(1.2, 0.15, size)
    interests /= interests.sum(axis=1, keepdims=True)
    manners = rng.dirichlet([6.0, 1.1, 1.3, 0.2], size).cumsum(axis=1)
    return People(
        activity=rng.lognormal(0.0, rng.uniform(1.1, 1.5), size),
        interests=interests,
        home=home,
        chronotype=rng.normal(0.0, 1.6, size),
        at_ease=rng.beta(4.0, 1.6, size),
        manners=manners,
        followed=draw_followed(rng, interests, page_community, page_fame),
    )


def draw_followed(rng: np.random.Generator, interests: Floats, page_community: Ints, page_fame: Floats) -> Ints:
    """Draw the pages that each person follows, by interest and fame."""
    width = 24
    count = np.minimum(rng.geometric(0.14, len(interests)), width)
    weight = interests[:, page_community] * page_fame
    weight += 1e-9
    keys = np.log(rng.random(weight.shape)) / weight
    take = min(width, weight.shape[1])
    top = np.argpartition(-keys, take - 1, axis=1)[:, :take]
    order = np.argsort(-np.take_along_axis(keys, top, axis=1), axis=1)
    top = np.take_along_axis(top, order, axis=1).astype(np.int64)
    top[np.arange(take) >= count[:, None]] = -1
    return top


def draw_sessions(
    rng: np.random.Generator, people: People, days: int, zone: float, total: int, sigma_day: float = 0.12
) -> tuple[Ints, Floats]:
    """Draw who opens the app and when (seconds in UTC), by activity, days off, and the hours of the country."""
    off = rng.random((people.size, days)) > people.at_ease[:, None]
    weight = people.activity[:, None] * ~off * np.exp(rng.normal(0.0, sigma_day, days))
    weight *= total / weight.sum()
    count = rng.poisson(np.minimum(weight, 40.0)).ravel()
    cell = np.repeat(np.arange(count.size), count)
    who, day = cell // days, cell % days
    free = day % 7 >= 5
    hour = np.empty(len(who))
    for curve, mask in ((WORKDAY, ~free), (WEEKEND, free)):
        hour[mask] = rng.choice(24, int(mask.sum()), p=curve / curve.sum())
    hour += rng.random(len(who)) + people.chronotype[who] - zone
    when = day * DAY + hour * HOUR
    inside = (when >= 0) & (when < days * DAY)
    return who[inside].astype(np.int64), when[inside]


def asleep_to_morning(rng: np.random.Generator, when: Floats, zone: float) -> Floats:
    """Put off to the morning what would happen at night: most of the acts between one and six local time."""
    local = (when / HOUR + zone) % 24
    night = (local > 1) & (local < 6) & (rng.random(len(when)) < 0.9)
    return np.where(night, when + (7.0 - local + rng.gamma(1.5, 0.8, len(when))) * HOUR, when)


def human_delay(rng: np.random.Generator, published: Floats, zone: float, median: float = 1.6 * HOUR) -> Floats:
    """Return moments at which ordinary people act on what was published: minutes to days later, seldom at night."""
    delay = np.clip(rng.lognormal(np.log(median), 1.5, len(published)), 8.0, 5 * DAY)
    return asleep_to_morning(rng, published + delay, zone)
