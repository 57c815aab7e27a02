"""How paid work is done: who of a crew takes which task, when each does it, and what they do besides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from worlds.wards.everyday import Life, notified, queue
from worlds.wards.inhabitants import DAY, HOUR, Floats, Ints

__all__ = [
    "Crew",
    "Orders",
    "after_order",
    "bought",
    "camouflage",
    "client_page",
    "crew_of",
    "dripped",
    "in_stints",
    "in_turns",
    "likes_in_stints",
    "on_notice",
    "orders",
    "paid",
    "shared",
]


@dataclass(frozen=True, slots=True, eq=False)
class Crew:
    """Hired people and how much of the work each takes, relative to the others."""

    members: Ints
    diligence: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """What a client wants done: the objects, and when the crew learns of each."""

    objects: NDArray[np.object_]
    released: Floats


def crew_of(life: Life, sigma: float, members: Ints | None = None) -> Crew:
    """Return a crew of unequal workers: their diligence is log-normal with the given spread."""
    members = life.town.hired if members is None else members
    return Crew(members, life.rng.lognormal(0, sigma, len(members)))


def client_page(life: Life, clients: int, number: int = 0) -> int:
    """Return the page of a client: the clients stand last among the first pages."""
    return len(life.setting.first_pages) - clients + number


def orders(life: Life, page: int, n: int, lag_hours: float = 0.5) -> Orders:
    """Return orders for ``n`` of a page's posts; the client passes each link on some time after it is out."""
    posts, published = life.posts_of(page)
    chosen = np.sort(life.rng.choice(len(posts), min(n, len(posts)), replace=False))
    lag = life.rng.lognormal(np.log(lag_hours * HOUR), 0.6, len(chosen))
    return Orders(posts[chosen], published[chosen] + lag)


def shared(rng: np.random.Generator, crew: Crew, tasks: int, share: float) -> tuple[Ints, Ints]:
    """Return who takes which task, if each picks alone: about ``share`` of the tasks on average, by diligence."""
    share *= rng.uniform(0.85, 1.15)
    chance = crew.diligence / crew.diligence.mean() * share
    for _ in range(4):
        chance = np.minimum(chance, 0.96) * share / np.minimum(chance, 0.96).mean()
    chance = np.minimum(chance, 0.96)
    row, task = np.nonzero(rng.random((len(crew.members), tasks)) < chance[:, None])
    return crew.members[row], task


def bought(rng: np.random.Generator, crew: Crew, quantities: Ints) -> tuple[Ints, Ints]:
    """Return who takes which task, if each task is sold in a number and closes when it is full."""
    luck = np.log(crew.diligence)[None, :] + rng.gumbel(0, 1, (len(quantities), len(crew.members)))
    rank = np.argsort(np.argsort(-luck, axis=1), axis=1)
    task, column = np.nonzero(rank < quantities[:, None])
    return crew.members[column], task


def paid(life: Life, persons: Ints, times: Floats) -> Ints:
    """Return who did any paid task within the days of the export."""
    return np.unique(persons[times < life.town.horizon - 1])


def after_order(rng: np.random.Generator, released: Floats, spread: float) -> Floats:
    """Return times within ``spread`` seconds of the order, most of them early."""
    return released + rng.beta(1.2, 1.8, len(released)) * spread + rng.uniform(1, 6, len(released))


def in_stints(life: Life, persons: Ints, released: Floats, gap: float = 25.0) -> Floats:
    """Return times if each worker clears the list of open tasks when next at the telephone."""
    skip = life.rng.geometric(0.7, len(persons)) - 1
    opening, _ = life.town.open_after(persons, released, skip)
    return queue(life, persons, opening, released, gap)


def likes_in_stints(life: Life, job: Orders, crew: Crew, share: float, gap: float = 25.0) -> Ints:
    """Let each worker like about a share of the orders, some at a time; return who was paid."""
    who, task = shared(life.rng, crew, len(job.objects), share)
    times = in_stints(life, who, job.released[task], gap)
    life.act(who, "like", job.objects[task], times)
    return paid(life, who, times)


def on_notice(life: Life, persons: Ints, released: Floats, median: float) -> Floats:
    """Return times if a chat rings at each order."""
    return notified(life, persons, released, median, 0.9)


def dripped(rng: np.random.Generator, task: Ints, released: Floats, days: float) -> Floats:
    """Return times if a panel spreads each order evenly over days, with small jitter."""
    order = np.lexsort((rng.random(len(task)), task))
    sizes = np.bincount(task)
    place = np.empty(len(task))
    place[order] = np.arange(len(task)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    step = days * DAY / sizes[task]
    return released + (place + rng.uniform(0.1, 0.9, len(task))) * step


def in_turns(life: Life, persons: Ints, task: Ints, released: Floats) -> Floats:
    """Return times if one operator logs in as one account after the other, in an order that changes, in office hours.

    An order that comes after the day's work waits for the next morning.
    """
    rng = life.rng
    times = np.empty(len(persons))
    free = 0.0
    tasks, first = np.unique(task, return_index=True)
    for one, begins in sorted(zip(tasks.tolist(), released[first].tolist(), strict=True), key=lambda job: job[1]):
        start = max(begins, free)
        day, hour = start // DAY, start % DAY / HOUR
        if hour < 9 or hour > 17:
            start = (day + (hour > 17)) * DAY + 9 * HOUR + rng.uniform(0, 1800)
        turns = rng.permutation(np.flatnonzero(task == one))
        times[turns] = start + np.cumsum(rng.lognormal(np.log(260), 0.7, len(turns)))
        free = float(times[turns].max())
    return times


def camouflage(life: Life, members: Ints, each: float) -> None:
    """Let workers like popular posts that nobody paid for, so that they look alive."""
    rng, pages = life.rng, life.pages
    who = np.repeat(members, rng.poisson(each * rng.lognormal(0, 0.5, len(members))))
    weight = pages.appeal * pages.popularity[pages.of]
    post = rng.choice(len(weight), len(who), p=weight / weight.sum())
    out = pages.published[post] + rng.exponential(8 * HOUR, len(who))
    life.act(who, "like", pages.posts[post], in_stints(life, who, out, 12.0))
