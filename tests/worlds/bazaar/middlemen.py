"""Click work: who is hired, what is ordered, and when and how well the hired do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from worlds.bazaar.attention import browsed
from worlds.bazaar.daily_hours import DAY, HOUR, Floats, Ints
from worlds.bazaar.townsfolk import Item, Outlet, Town

__all__ = [
    "Crew",
    "Start",
    "Task",
    "client",
    "daily",
    "hire_busy",
    "hire_far",
    "hire_near",
    "likes",
    "rush",
    "scrolled",
    "session",
    "tonight",
    "trickle",
    "work",
]

GAP_S, GAP_SPREAD = 14.0, 0.8  # open the link, wait for it, tap, come back to the chat
PAUSE, PAUSE_S = 0.04, 420.0  # one task in twenty-five is followed by a coffee or a child
LEAST, MOST = 0.2, 1.0  # share of tasks that a worker does
OWN_ORDER = 0.5  # of workers begin with the newest message, at the bottom of the list
MISSED = 0.07  # of a crew hear of it too late or lose the link, and never do a list


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    Attributes:
        action: an act of the format; ``post`` publishes with a link or a tag.
        target: id of the object, an address, or a tag.
        kind: kind of the object.
        at: seconds from which it can be done.
        topic: words that the middleman asks to see in a text.
    """

    action: str
    target: str
    kind: str
    at: float
    topic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crew:
    """Hired accounts.

    Attributes:
        workers: shape (size,), places of people.
        zeal: shape (size,), share of the tasks that each does.
        lag_s: shape (size,), how long an order takes to reach each.
        speed: shape (size,), factor of the time between two acts.
    """

    workers: Ints
    zeal: Floats
    lag_s: Floats
    speed: Floats

    def part(self, chosen: Ints) -> Crew:
        """Return the crew of some of the workers."""
        return replace(
            self,
            workers=self.workers[chosen],
            zeal=self.zeal[chosen],
            lag_s=self.lag_s[chosen],
            speed=self.speed[chosen],
        )


Start = Callable[[Town, Crew, float], Floats]
"""When each of a crew sits down to an order of a time; NaN where never."""


def _crew(town: Town, workers: Ints) -> Crew:
    """Hire these people as one farm, unequal in zeal and speed."""
    rng, size = town.rng, len(workers)
    zeal = LEAST + (MOST - LEAST) * rng.beta(1.6, 1.2, size)
    lag = rng.exponential(300.0, size)  # until the chat is looked at
    town.farms.append(workers)
    return Crew(workers, zeal, lag, rng.lognormal(0, 0.35, size))


def hire_near(town: Town, size: int) -> Crew:
    """Hire people of a town as such work spreads: friends of a recruiter's friends, and a few by advertisement."""
    rng = town.rng
    chain: dict[int, None] = {int(town.pick(np.arange(town.people), 1)[0]): None}
    front = list(chain)
    while len(chain) < int(size * 0.8) and front:
        asked = [int(one) for person in front for one in town.friends[person] if rng.random() < 0.5]
        front = [one for one in dict.fromkeys(asked) if one not in chain]
        chain |= dict.fromkeys(front)
    known = np.array(list(chain))[: int(size * 0.8)]
    others = np.setdiff1d(np.arange(town.people), known)
    return _crew(town, np.sort(np.append(known, town.pick(others, size - len(known), 0.2))))


def hire_busy(town: Town, size: int, among: Ints | None = None) -> Crew:
    """Hire people with a rich life of their own on the platform."""
    return _crew(town, town.pick(np.arange(town.people) if among is None else among, size, 2.0))


def hire_far(town: Town, size: int, hours_away: float = 5.0) -> Crew:
    """Hire accounts from elsewhere, who follow what was proposed to them and hardly use it; before life begins."""
    return _crew(town, town.newcomers(size, town.zone + hours_away, 0.5))


def client(town: Town, interest: str, platform: str = "photo", a_day: float = 2.5, size: int = 260) -> Outlet:
    """Open the page of who pays, with an audience of its own; before life begins."""
    site = f"{town.tongue.name()}.example" if platform == "news" else ""
    return town.open(platform, town.pick(town.carers(interest), size), a_day, site=site)


def likes(items: Sequence[Item]) -> list[Task]:
    """Return the tasks of liking posts."""
    return [Task("like", item.post, "post", item.at) for item in items]


def daily(
    town: Town, pages: Sequence[Outlet], share: float, *, first: int = 0, hour: float = 18.5, every: int = 1
) -> list[tuple[float, list[Item]]]:
    """Return orders: on each day at about an hour, some of what the pages published since the last."""
    orders, since = [], town.at(first, hour) - every * DAY
    for day in range(first, town.days, every):
        at = town.at(day, hour + town.rng.normal(0, 0.5))
        fresh = [item for page in pages for item in page.items if since <= item.at < at]
        chosen = [item for item in fresh if town.rng.random() < share]
        since = at
        if chosen:
            orders.append((at, sorted(chosen, key=lambda one: one.at)))
    return orders


def tonight(town: Town, crew: Crew, at: float) -> Floats:
    """Start some time before midnight."""
    left = max(town.at(np.floor((at + town.zone * HOUR) / DAY), 24.0) - at, HOUR)
    return at + crew.lag_s + town.rng.beta(1.0, 1.6, len(crew.workers)) * left


def rush(town: Town, crew: Crew, at: float) -> Floats:
    """Start as soon as the message is seen, for the first are paid first."""
    return at + crew.lag_s * 0.2 + town.rng.lognormal(np.log(100), 0.7, len(crew.workers))


def session(town: Town, crew: Crew, at: float) -> Floats:
    """Start within one of the next sessions of the worker's own day."""
    start, length = town.sessions.after(crew.workers, at + crew.lag_s, town.rng.geometric(0.75, len(crew.lag_s)) - 1)
    return start + town.rng.random(len(start)) * length * 0.5


def work(town: Town, crew: Crew, at: float, tasks: Sequence[Task], start: Start = tonight) -> None:
    """Let a crew go through a list, each skipping what they skip."""
    rng = town.rng
    for place, begun in enumerate(start(town, crew, at)):
        if np.isnan(begun) or rng.random() < MISSED:
            continue
        mine = [task for task in tasks if rng.random() < crew.zeal[place]]
        time = float(begun)
        for task in mine[::-1] if rng.random() < OWN_ORDER else mine:
            time = max(time, task.at + rng.uniform(20, 200))
            do(town, int(crew.workers[place]), task, time)
            time += crew.speed[place] * rng.lognormal(np.log(GAP_S), GAP_SPREAD)
            time += rng.exponential(PAUSE_S) if rng.random() < PAUSE else 0.0


def trickle(town: Town, crew: Crew, at: float, tasks: Sequence[Task], days: float) -> None:
    """Let each act fall anywhere in so many days, in a session of the worker's own."""
    for task in tasks:
        keen = np.flatnonzero(town.rng.random(len(crew.workers)) < crew.zeal)
        since = max(at, task.at) + town.rng.uniform(0, days * DAY, len(keen))
        start, length = town.sessions.after(crew.workers[keen], since, np.zeros(len(keen), np.int64))
        times = start + town.rng.random(len(keen)) * length
        for person, time in zip(crew.workers[keen], times, strict=True):
            if not np.isnan(time):
                do(town, int(person), task, float(time))


def scrolled(town: Town, crew: Crew, tasks: Sequence[Task]) -> None:
    """Let workers, who were bidden to follow the page, do each task as the post comes by in their feeds."""
    for task in tasks:
        keen = crew.workers[town.rng.random(len(crew.workers)) < crew.zeal]
        for person, time in zip(keen, browsed(town, keen, np.full(len(keen), task.at)), strict=True):
            if not np.isnan(time):
                do(town, int(person), task, float(time))


def do(town: Town, person: int, task: Task, at: float) -> None:
    """Do one task."""
    account, median = town.ids[person], 8
    if at < town.end:
        town.worked[person] = None
    if task.action == "post":
        url = task.target if task.kind == "url" else None
        tags = (task.target,) if task.kind == "hashtag" else ()
        town.book.post(account, at, town.tongue.text(task.topic, median), url=url, tags=tags, client="android")
        return
    text = town.tongue.text(task.topic, median) if task.action in {"comment", "reply", "quote"} else None
    town.book.act(account, task.action, task.target, task.kind, at, text=text)
