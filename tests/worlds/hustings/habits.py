"""Habits: the ways in which people come to an object (browsing, a bell, a friend, an occasion)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.hustings.people import DAY, HOUR, PHONE, Floats, Ints, moments
from worlds.hustings.shelves import Shelf
from worlds.hustings.town import Town
from worlds.hustings.words import sentences

__all__ = [
    "LIKING",
    "TALKING",
    "answered",
    "awake",
    "browsed",
    "gathered",
    "kinds",
    "passed_on",
    "record",
    "rung",
    "visits",
]

LIKING = {"like": 0.72, "comment": 0.16, "repost": 0.12}
TALKING = {"comment": 0.72, "like": 0.28}


def kinds(rng: np.random.Generator, size: int, mix: dict[str, float]) -> NDArray[np.object_]:
    """Return actions in the shares of a mix."""
    shares = np.array(list(mix.values()))
    return np.array(list(mix), dtype=object)[rng.choice(len(mix), size, p=shares / shares.sum())]


def visits(
    town: Town, acts: int, *, hours: Floats = PHONE, length: float = 2.0, who: Ints | None = None
) -> tuple[Ints, Floats]:
    """Return who acts and when: about ``acts`` acts in sessions, whose lengths are geometric and longer for the busy.

    Args:
        town: the people and the days.
        acts: how many acts in all.
        hours: the hours of the town.
        length: the mean number of acts of a session.
        who: the people who come; everybody, if none.
    """
    rng, crowd = town.rng, town.crowd
    people = np.arange(crowd.size) if who is None else who
    share = crowd.rate[people] / crowd.rate[people].sum()
    sessions = people[rng.choice(len(people), max(1, int(acts / length)), p=share)]
    rank = np.searchsorted(np.sort(crowd.rate), crowd.rate[sessions]) / crowd.size
    acts_of = rng.geometric(1 / np.maximum(1.0, length * (0.55 + 0.75 * rank)))
    begin = moments(rng, crowd, sessions, town.days, hours)
    entry = np.repeat(np.arange(len(sessions)), acts_of)
    gaps = rng.lognormal(3.6, 1.2, len(entry))
    first = np.concatenate([[0], np.cumsum(acts_of)[:-1]])
    gaps[first] = 0
    passed = np.cumsum(gaps)
    return sessions[entry], begin[entry] + passed - passed[first][entry]


def browsed(
    town: Town,
    shelf: Shelf,
    acts: int,
    mix: dict[str, float],
    *,
    hours: Floats = PHONE,
    back: float = 13.0,
    spread: float = 1.4,
    loyalty: float = 0.3,
    near: float = 0.65,
    length: float = 2.0,
    who: Ints | None = None,
    stock: float = 0.3,
) -> None:
    """Let people open the application at their hours and act on what their feed holds.

    Args:
        town: where it is recorded.
        shelf: what the feeds hold.
        acts: about how many acts.
        mix: the shares of the kinds of acts.
        hours: the hours of the town.
        back: the median of the age up to which the feed shows things, in hours.
        spread: the standard deviation of the logarithm of that age.
        loyalty: the share of looks at one of the person's favourite authors.
        near: the share of the other looks at what the person's first community reads.
        length: the mean number of acts of a session.
        who: the people; everybody, if none.
        stock: the share of comments that are stock answers.
    """
    rng, crowd = town.rng, town.crowd
    people, when = visits(town, acts, hours=hours, length=length, who=who)
    size = len(people)
    far = rng.lognormal(np.log(back * HOUR), spread, size)
    draw = rng.random(size)
    where = np.where(draw < near, crowd.community[people], crowd.second[people])
    where = np.where(draw > near + (1 - near) * 0.5, -1, where)
    picks = shelf.found(rng, shelf.community + 1, where + 1, when, far)
    loyal = rng.random(size) < loyalty
    slot = rng.integers(0, 3, size)
    favourite = favourites(town, shelf)[people, slot]
    own = shelf.found(rng, shelf.author, favourite, when, far * 4)
    picks = np.where(loyal & (own >= 0), own, picks)
    rest = picks < 0
    everywhere = shelf.found(rng, np.zeros(shelf.size, np.int64), np.zeros(size, np.int64), when, far * 6)
    picks = np.where(rest, everywhere, picks)
    record(town, people, shelf, picks, when, mix, stock=stock)


def record(
    town: Town, people: Ints, shelf: Shelf, picks: Ints, when: Floats, mix: dict[str, float], *, stock: float = 0.3
) -> None:
    """Record acts in the shares of a mix, with words where an act has words."""
    actions = kinds(town.rng, len(people), mix)
    texts: list[str | None] = [None] * len(people)
    wordy = np.flatnonzero(np.isin(actions, ["comment", "reply", "quote"]))
    for place, text in zip(wordy, sentences(town.rng, len(wordy), stock), strict=True):
        texts[place] = text
    town.act(people, actions, shelf, picks, when, texts=texts)


def favourites(town: Town, shelf: Shelf) -> Ints:
    """Return three authors that each person returns to: of their community, or such as everybody knows.

    The same people have the same favourites each time that a shelf is looked at.
    """
    rng = np.random.default_rng(int(shelf.published.sum()) % (1 << 31))
    weight = np.bincount(shelf.author, shelf.weight, minlength=len(shelf.makers)) + 1e-9
    home = np.full(len(shelf.makers), -1)
    home[shelf.author] = shelf.community
    result = np.empty((town.crowd.size, 3), np.int64)
    for community in np.unique(town.crowd.community):
        people = town.crowd.members(community)
        share = weight * np.where(home == community, 6.0, np.where(home < 0, 1.5, 0.2))
        result[people] = rng.choice(len(weight), (len(people), 3), p=share / share.sum())
    return result


def awake(town: Town, people: Ints, when: Floats) -> NDArray[np.bool_]:
    """Return which of the people may have a phone in their hand at a second, by the local hour and their days."""
    crowd = town.crowd
    local = (when / HOUR + crowd.zone[people] - crowd.chronotype[people] * 0.6) % 24
    day = np.floor(when / DAY)
    open_eyes = town.rng.random(len(people)) < np.minimum(1.0, PHONE[local.astype(np.int64) % 24] / 55)
    return open_eyes & (day >= crowd.first[people]) & (day <= crowd.last[people])


def rung(
    town: Town,
    shelf: Shelf,
    picks: Ints,
    followers: list[Ints],
    mix: dict[str, float],
    *,
    share: float = 0.08,
    delay: float = 900.0,
    spread: float = 1.5,
) -> None:
    """Let a share of those who have the bell of an object on come soon after it appears, if they are awake."""
    rng = town.rng
    people, objects = [], []
    for pick, bell in zip(picks, followers, strict=True):
        keen = share * np.minimum(4.0, town.crowd.rate[bell] / np.median(town.crowd.rate))
        come = bell[rng.random(len(bell)) < keen]
        people.append(come)
        objects.append(np.full(len(come), pick))
    who, what = np.concatenate(people), np.concatenate(objects)
    when = shelf.published[what] + rng.lognormal(np.log(delay), spread, len(who))
    up = awake(town, who, when)
    record(town, who[up], shelf, what[up], when[up], mix)


def passed_on(
    town: Town,
    shelf: Shelf,
    seeds: tuple[Ints, Ints, Floats],
    mix: dict[str, float],
    *,
    offspring: float | Floats = 0.8,
    delay: float = 2.0,
    spread: float = 1.6,
) -> None:
    """Let acts be seen by friends, of whom some do the same, and their friends after them.

    Args:
        town: where it is recorded.
        shelf: what is passed on.
        seeds: who began, with what, and when.
        mix: the shares of the kinds of acts.
        offspring: how many hear each on average, one number or one for each seed; those follow who are awake and keen.
        delay: the median delay in hours.
        spread: the standard deviation of the logarithm of the delay.
    """
    rng, crowd = town.rng, town.crowd
    who, what, when = seeds
    heat = np.broadcast_to(np.asarray(offspring, dtype=float), len(who))
    active = np.quantile(crowd.rate, 0.75)
    record(town, who, shelf, what, when, mix)
    for _ in range(9):
        hot = heat * rng.gamma(0.6, 1 / 0.6, len(who))
        more = rng.poisson(hot)
        source = np.repeat(np.arange(len(who)), more)
        if not len(source):
            return
        hearers = crowd.friends[who[source], rng.integers(0, crowd.friends.shape[1], len(source))]
        later = when[source] + rng.lognormal(np.log(delay * HOUR), spread, len(source))
        keen = rng.random(len(hearers)) < crowd.rate[hearers] / active
        up = keen & awake(town, hearers, later)
        who, what, when, heat = hearers[up], what[source][up], later[up], heat[source][up]
        record(town, who, shelf, what, when, mix)


def gathered(
    town: Town,
    shelf: Shelf,
    pick: int | Ints,
    people: Ints,
    begin: float,
    mix: dict[str, float],
    *,
    pace: float = 600.0,
    shape: float = 1.0,
) -> None:
    """Let people act on an object (or each on one of several) at an occasion that begins at a second."""
    when = begin + town.rng.gamma(shape, pace / shape, len(people))
    chosen = np.asarray(pick, dtype=np.int64)
    picks = np.full(len(people), pick) if chosen.ndim == 0 else chosen[town.rng.integers(0, len(chosen), len(people))]
    record(town, people, shelf, picks, when, mix)


def answered(town: Town, people: Ints, share: float) -> Ints:
    """Return those of the people who come when called: the busy ones more often."""
    crowd = town.crowd
    keen = share * np.minimum(3.5, np.sqrt(crowd.rate[people] / np.median(crowd.rate)))
    return people[town.rng.random(len(people)) < keen]
