"""A world's sizes and its people: how active each is, what each likes, and when each takes up the telephone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["DAY", "HOUR", "NOBODY", "Floats", "Hire", "Ints", "Pages", "Setting", "Town", "seeded", "settle"]

HOUR = 3600.0
DAY = 24 * HOUR

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Setting:
    """What an author chooses for a world; ``varied`` moves the sizes a little, so that seeds differ in more than luck.

    Attributes:
        people: accounts beside the pages.
        days: length of the export.
        pages: authors whom many follow.
        responses: likes, reposts and comments of ordinary life.
        mix: shares of like, repost and comment among them.
        own_posts: publications of the people themselves.
        friend_likes: likes among friends, for each publication of the people.
        follows: acts of following.
        wards: communities of taste and place.
        sway: how much taste decides what a person answers.
        opens: median of how often a person opens the app in a day.
        fresh_hours: how long a post stays in sight.
        posts_a_day: publications of the median page.
        bells: share of the followers whom a page's post rings.
        breaks: hours of the day at which most people open the app; empty for lives of their own.
        first_pages: numbers of posts that the first pages publish, one number for each.
        page_links: whether the export holds the links of the pages' posts as acts.
        clients: how likely the export is to name the app that each act came from.
        hired: accounts that a farm pays.
        hired_life: how much the hired do of their own accord, in parts of what others do.
    """

    people: int = 2200
    days: int = 14
    pages: int = 40
    responses: int = 14_000
    mix: tuple[float, float, float] = (0.7, 0.15, 0.15)
    own_posts: int = 1500
    friend_likes: float = 1.2
    follows: int = 600
    wards: int = 6
    sway: float = 1.0
    opens: float = 4.0
    fresh_hours: float = 10.0
    posts_a_day: float = 1.2
    bells: float = 0.04
    breaks: tuple[float, ...] = ()
    first_pages: tuple[int, ...] = ()
    page_links: bool = False
    clients: float = 0.4
    hired: int = 0
    hired_life: float = 1.0


@dataclass(frozen=True, slots=True)
class Hire:
    """Whom a farm pays within a life: how many, how much of a life of their own they have, and what clients publish."""

    size: int = 0
    own_life: float = 1.0
    clients: tuple[int, ...] = ()

    def into(self, setting: Setting) -> Setting:
        """Return the setting with the hired among its people and the clients' pages after its first pages."""
        pages = (*setting.first_pages, *self.clients)
        return replace(setting, hired=self.size, hired_life=self.own_life, first_pages=pages)


NOBODY = Hire()


@dataclass(frozen=True, slots=True, eq=False)
class Pages:
    """The authors whom many follow, and what they publish: ``of`` is the page of each post."""

    ids: NDArray[np.object_]
    popularity: Floats
    follows: NDArray[np.bool_]
    of: Ints
    published: Floats
    posts: NDArray[np.object_]
    appeal: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """People, by index; ``openings`` holds the seconds at which they open the app, person by person, in order."""

    ids: NDArray[np.object_]
    ward: Ints
    activity: Floats
    taste: Floats
    wake: Floats
    bed: Floats
    shift: Floats
    habits: Floats
    clients: NDArray[np.object_]
    followers: Ints
    hired: Ints
    openings: Floats
    keys: Floats
    starts: Ints
    horizon: float

    def open_after(self, persons: Ints, times: Floats, skip: Ints | int = 0) -> tuple[Ints, Floats]:
        """Return the index and the time of the next opening, ``skip`` openings later; −1 and NaN where none is left."""
        inside = np.clip(times, 0, self.horizon)
        at = np.searchsorted(self.keys, persons * (2 * self.horizon) + inside) + skip
        is_left = at < self.starts[persons + 1]
        safe = np.where(is_left, at, 0)
        return np.where(is_left, at, -1), np.where(is_left, self.openings[safe], np.nan)

    def is_awake(self, persons: Ints, times: Floats) -> NDArray[np.bool_]:
        """Return whether each person is up."""
        hour = (times / HOUR - self.shift[persons]) % 24
        wake, bed = self.wake[persons], self.bed[persons]
        return ((hour >= wake) & (hour <= bed)) | (hour + 24 <= bed)


def seeded(name: str, seed: int) -> np.random.Generator:
    """Return a mechanism's own source of chance."""
    return np.random.default_rng([crc32(f"wards:{name}".encode()), seed])


def settle(rng: np.random.Generator, setting: Setting) -> Town:
    """Return the people of a town."""
    n, days = setting.people, setting.days
    ward = rng.choice(setting.wards, n, p=_zipf(setting.wards, 0.7))
    centres = rng.normal(0, 0.9, (setting.wards, 5))
    activity = rng.lognormal(0, rng.uniform(0.9, 1.3), n)
    hired = np.sort(rng.choice(n, setting.hired, replace=False)) if setting.hired else np.zeros(0, np.int64)
    activity[hired] *= setting.hired_life * rng.lognormal(0, 0.4, len(hired))
    wake = np.clip(rng.normal(6.9, 1.1, n), 4.5, 11)
    bed = np.clip(rng.normal(23.2, 1.1, n), 20.5, 26.5)
    fate = rng.random(n)
    shift = np.where(fate < 0.04, rng.uniform(6, 14, n), np.where(fate < 0.08, rng.uniform(-8, -4, n), 0.0))
    rate = np.clip(rng.lognormal(np.log(setting.opens), 0.6, n) * activity**0.25, 0.15, 30)
    person, times = _openings(rng, setting, wake, bed, shift, rate)
    horizon = days * DAY
    order = np.lexsort((times, person))
    person, times = person[order], times[order]
    likes, reposts, comments = np.array(setting.mix) * 4 + 1e-3
    return Town(
        ids=np.array([f"u{number}" for number in rng.choice(90_000_000, n, replace=False) + 10_000_000], dtype=object),
        ward=ward,
        activity=activity,
        taste=centres[ward] * 0.8 + rng.normal(0, 0.8, (n, 5)),
        wake=wake,
        bed=bed,
        shift=shift,
        habits=rng.dirichlet((likes, reposts, comments), n),
        clients=rng.choice(np.array(["Android", "iPhone", "Web"], dtype=object), n, p=(0.52, 0.33, 0.15)),
        followers=(rng.lognormal(4.4, 1.2, n) * activity**0.4).astype(np.int64),
        hired=hired,
        openings=times,
        keys=person * (2 * horizon) + times,
        starts=np.searchsorted(person, np.arange(n + 1)),
        horizon=horizon,
    )


def _zipf(n: int, power: float) -> Floats:
    weight = 1 / np.arange(1, n + 1) ** power
    return np.asarray(weight / weight.sum())


def _presence(rng: np.random.Generator, n: int, days: int) -> Floats:
    """Return how much each person is there on each day: people leave for days, and weekends differ between people."""
    share = rng.beta(4, 1.4, n)
    present = np.empty((n, days))
    now = rng.random(n) < share
    for day in range(days):
        now = np.where(rng.random(n) < 0.6, now, rng.random(n) < share)
        present[:, day] = now
    weekend = np.isin(np.arange(days) % 7, (5, 6))
    return present * np.where(weekend[None, :], rng.lognormal(0.1, 0.4, n)[:, None], 1.0)


def _openings(
    rng: np.random.Generator, setting: Setting, wake: Floats, bed: Floats, shift: Floats, rate: Floats
) -> tuple[Ints, Floats]:
    counts = rng.poisson(_presence(rng, len(rate), setting.days) * rate[:, None])
    person, day = (np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1))
    up, down = wake[person] + 0.8 * np.isin(day % 7, (5, 6)), bed[person]
    size = len(person)
    hours = np.choose(
        rng.choice(4, size, p=(0.2, 0.15, 0.38, 0.27)),
        [
            up + np.abs(rng.normal(0.1, 0.7, size)),
            rng.normal(12.6, 0.7, size),
            rng.normal(np.minimum(20.6, down - 1.5), 1.4),
            rng.uniform(up, down),
        ],
    )
    if setting.breaks:
        at_break = rng.choice(np.array(setting.breaks), size) + np.abs(rng.normal(0, 0.12, size))
        hours = np.where(rng.random(size) < 0.65, at_break, hours)
    times = day * DAY + (np.clip(hours, up, down) + shift[person]) * HOUR + rng.uniform(0, 90, size)
    kept = (times >= 0) & (times < setting.days * DAY)
    return person[kept], times[kept]
