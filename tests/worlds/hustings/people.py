"""A crowd: who the people of a town are, how much they do, and at which hours they are awake."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["DAY", "EVENING", "HOUR", "NIGHT", "OFFICE", "PHONE", "Crowd", "crowd_of", "moments"]

DAY = 86_400.0
HOUR = 3_600.0

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PHONE = np.array([14, 7, 3, 2, 3, 8, 21, 37, 58, 70, 66, 64, 70, 60, 55, 54, 55, 56, 62, 62, 64, 56, 42, 26], float)
"""Shares of a day's acts by the local hour: up at seven, a plateau over the day, a second rise after supper."""
OFFICE = np.array([2, 1, 1, 1, 2, 4, 14, 42, 90, 112, 104, 92, 70, 72, 90, 86, 74, 48, 24, 16, 14, 12, 8, 4], float)
EVENING = np.array([34, 16, 8, 5, 4, 6, 14, 26, 26, 24, 24, 28, 36, 34, 30, 32, 42, 58, 78, 98, 99, 98, 84, 58], float)
NIGHT = np.array([86, 90, 80, 64, 46, 30, 26, 30, 24, 18, 16, 16, 20, 22, 26, 30, 32, 34, 36, 42, 50, 58, 68, 80.0])

CLIENTS = np.array(["android", "iphone", "web", "ipad", "android lite"], dtype=object)
CLIENT_SHARES = [0.46, 0.30, 0.15, 0.04, 0.05]


@dataclass(slots=True)
class Crowd:
    """The people of a town, one entry of each array for a person.

    Attributes:
        names: the accounts.
        rate: how much each does, relative to the others.
        zone: hours ahead of UTC.
        chronotype: hours by which a person's day is later than the town's.
        habits: two local hours at which the person usually looks at the phone.
        first: the first day on which the person takes part.
        last: the last such day.
        community: the place, school, fan block or party that the person belongs to.
        second: another one, of a hobby or of the place of work.
        client: the program that the person acts with.
        friends: some people whom the person hears from, mostly of the same community.
    """

    names: NDArray[np.object_]
    rate: Floats
    zone: Floats
    chronotype: Floats
    habits: Floats
    first: Ints
    last: Ints
    community: Ints
    second: Ints
    client: NDArray[np.object_]
    friends: Ints

    @property
    def size(self) -> int:
        """Return the number of people."""
        return len(self.names)

    def members(self, community: int) -> Ints:
        """Return the people whose first community it is."""
        return np.flatnonzero(self.community == community)


def crowd_of(
    rng: np.random.Generator,
    size: int,
    days: int,
    communities: int,
    *,
    inequality: float = 1.15,
    stay: float = 0.45,
    prefix: str = "u",
) -> Crowd:
    """Return a crowd, of whom one in a hundred, always there, does several times as much as such people do.

    Args:
        rng: where chance comes from.
        size: the number of people.
        days: how long the town is watched.
        communities: how many there are; their sizes are unequal.
        inequality: the standard deviation of the logarithm of the rates (1.15 is a Gini coefficient of about 0.58).
        stay: the share of people who take part over the whole time; the others come for some days.
        prefix: what the names begin with.
    """
    shares = rng.dirichlet(np.full(communities, 2.0))
    community = rng.choice(communities, size, p=shares)
    stays = rng.random(size) < stay
    length = np.where(stays, days, np.ceil(rng.exponential(days / 4, size))).clip(1, days).astype(np.int64)
    first = np.floor(rng.random(size) * (days - length + 1)).astype(np.int64)
    rate = rng.lognormal(0, inequality, size) * np.where(stays, 1.6, 0.7)
    rate *= np.where(stays & (rng.random(size) < 0.02), 4.0, 1.0)
    numbers = rng.choice(9_000_000, size, replace=False) + 1_000_000
    return Crowd(
        names=np.array([f"{prefix}{number}" for number in numbers], dtype=object),
        rate=rate,
        zone=np.full(size, 2.0),
        chronotype=rng.normal(0, 1.3, size),
        habits=np.column_stack([rng.normal(8.5, 2.5, size), rng.normal(19.5, 2.2, size)]) % 24,
        first=first,
        last=first + length - 1,
        community=community,
        second=rng.choice(communities, size, p=shares),
        client=CLIENTS[rng.choice(len(CLIENTS), size, p=CLIENT_SHARES)],
        friends=acquaintances(rng, community),
    )


def acquaintances(rng: np.random.Generator, community: Ints, count: int = 10, near: float = 0.8) -> Ints:
    """Return for each person those whom they hear from: a share of them near, the others anywhere."""
    size = len(community)
    order = np.argsort(community, kind="stable")
    start = np.searchsorted(community[order], community)
    end = np.searchsorted(community[order], community, side="right")
    inside = order[(start[:, None] + np.floor(rng.random((size, count)) * (end - start)[:, None])).astype(np.int64)]
    return np.where(rng.random((size, count)) < near, inside, rng.integers(0, size, (size, count)))


def moments(
    rng: np.random.Generator, crowd: Crowd, who: Ints, days: int, hours: Floats = PHONE, habit: float = 0.4
) -> Floats:
    """Return for each entry of ``who`` a second at which this person is awake and takes part.

    Days differ (news, weather, weekends); a share ``habit`` of the moments is at the person's own hours, the others
    are as the town's ``hours``, later or earlier by the person's chronotype.
    """
    weight = rng.lognormal(0, 0.3, days) * np.where(np.arange(days) % 7 >= 5, 0.82, 1.0)
    sums = np.concatenate([[0.0], np.cumsum(weight)])
    low, high = sums[crowd.first[who]], sums[crowd.last[who] + 1]
    day = np.searchsorted(sums, low + rng.random(len(who)) * (high - low), side="right") - 1
    own = crowd.habits[who, rng.integers(0, 2, len(who))] + rng.normal(0, 0.7, len(who))
    common = rng.choice(24, len(who), p=hours / hours.sum()) + rng.random(len(who)) + crowd.chronotype[who] * 0.6
    hour = np.where(rng.random(len(who)) < habit, own, common) % 24
    return ((day.clip(0, days - 1) * 24 + hour - crowd.zone[who]) * HOUR).clip(0, days * DAY - 1)
