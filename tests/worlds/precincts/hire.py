"""How hired accounts get their orders and when they do them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .civic import lognormal
from .ledger import DAY, HOUR, MINUTE
from .recipe import Publication
from .town import Town

__all__ = [
    "Job",
    "Pace",
    "by_shift",
    "client",
    "drip",
    "follow_job",
    "order",
    "post_jobs",
    "rush",
    "share_jobs",
    "spread",
]

Pace = Callable[[Town, int], np.ndarray]


@dataclass(frozen=True, slots=True)
class Job:
    """One order: what a worker does, and from when on it stands in the list."""

    opened: float
    do: Callable[[Town, int, float], None]


def client(town: Town, camp: int | None = None) -> int:
    """Return a publisher who buys: a politician, a creator or a party."""
    buys = np.isin(town.kinds, ["politician", "creator", "party"])
    if camp is not None and (buys & (town.camp[town.publishers] == camp)).any():
        buys &= town.camp[town.publishers] == camp
    return int(town.rng.choice(town.publishers[buys]))


def order(
    town: Town,
    author: int,
    count: int,
    *,
    quality: float = 0.8,
    first: float = 0.05,
    last: float = 0.85,
    by_hour: bool = True,
) -> list[Publication]:
    """Let the client publish the posts that the workers are to serve, between two fractions of the span."""
    rng, posts = town.rng, []
    for _ in range(count):
        at = rng.uniform(first, last) * town.recipe.days * DAY
        if by_hour:
            at = np.floor(at / DAY) * DAY + ((rng.normal(14, 3.5) - town.recipe.offset) % 24) * HOUR
        url = town.new_url(author) if rng.random() < 0.3 else None
        media = town.ledger.new_id("m") if rng.random() < 0.4 else None
        posts.append(town.publish(author, float(at), quality=quality, url=url, tags=town.new_tags(2), media=media))
    return sorted(posts, key=lambda post: post.at)


def post_jobs(
    town: Town,
    posts: Sequence[Publication],
    actions: dict[str, float] | None = None,
    *,
    lag: float = 30 * MINUTE,
    text: Callable[[Town, int], str] | None = None,
) -> list[Job]:
    """Return orders to act on posts; ``lag`` is the usual time from the post to the order."""
    names = list(actions or {"like": 1.0})
    shares = np.array(list((actions or {"like": 1.0}).values()))

    def task(post: Publication) -> Callable[[Town, int, float], None]:
        def do(place: Town, worker: int, at: float) -> None:
            action = names[int(place.rng.choice(len(names), p=shares / shares.sum()))]
            place.act(worker, action, post, at, text=text(place, worker) if text and action == "comment" else None)

        return do

    return [Job(post.at + (lognormal(town, lag, 0.7) if lag else 0.0), task(post)) for post in posts]


def share_jobs(
    links: Sequence[tuple[float, Sequence[tuple[str, str]]]], texts: Callable[[Town, int], str]
) -> list[Job]:
    """Return orders to write a post with given traces."""

    def task(traces: Sequence[tuple[str, str]]) -> Callable[[Town, int, float], None]:
        return lambda place, worker, at: place.share(worker, traces, at, text=texts(place, worker))

    return [Job(at, task(traces)) for at, traces in links]


def follow_job(target: int, opened: float) -> Job:
    """Return the order to follow an account."""

    def do(town: Town, worker: int, at: float) -> None:
        town.ledger.add(
            town.ids[worker], "follow", [(town.ids[target], "account")], at, client=str(town.clients[worker])
        )

    return Job(opened, do)


def rush(median: float, sigma: float = 0.8, least: float = 1.0) -> Pace:
    """Return a pace of people who do an order as it rings."""
    return lambda town, count: least + town.rng.lognormal(np.log(median), sigma, count)


def drip(days: float) -> Pace:
    """Return a pace of delivery in equal portions, by day more than by night."""

    def pace(town: Town, count: int) -> np.ndarray:
        at = (np.arange(count) + town.rng.random(count)) / max(count, 1) * days * DAY
        return town.rng.permutation(at)

    return pace


def spread(
    town: Town,
    crew: np.ndarray,
    jobs: Sequence[Job],
    pace: Pace,
    part: tuple[float, float] = (0.85, 1.0),
    *,
    teams: int = 1,
    on_duty: int = 1,
    sleeps: bool = False,
) -> None:
    """Let workers do each order after a delay of the pace.

    Each worker takes a fixed part of the orders; with teams, only so many teams are on duty for an order, in turn.
    """
    rng = town.rng
    habits = rng.uniform(*part, crew.size)
    team = rng.permutation(crew.size) % teams
    for number, job in enumerate(jobs):
        duty = np.isin(team, (number * on_duty + np.arange(on_duty)) % teams)
        takers = crew[duty & (rng.random(crew.size) < habits)]
        at = job.opened + pace(town, takers.size)
        if sleeps:
            at = np.where(town.is_awake(takers, at), at, at + rng.uniform(3, 10, takers.size) * HOUR)
        for worker, moment in zip(takers.tolist(), at.tolist(), strict=True):
            job.do(town, worker, moment)


def by_shift(
    town: Town,
    crew: np.ndarray,
    jobs: Sequence[Job],
    part: tuple[float, float] = (0.85, 1.0),
    *,
    begins: float = 9.0,
    length: float = 8.0,
    per_day: int | None = None,
    gap: float = 40.0,
    works: float = 0.9,
    ahead: float | None = None,
    lifetime: float = 4.0,
) -> None:
    """Let workers come to a shift each day and work off the open orders, one after the other.

    Args:
        town: the place of work.
        crew: the workers.
        jobs: the orders.
        part: the part of the orders that a worker takes.
        begins: the hour of the workers' own clock at which a shift begins.
        length: hours of the shift.
        per_day: the most orders a day for one worker.
        gap: the usual seconds between two orders.
        works: the share of days on which a worker comes.
        ahead: hours by which the workers' clock is ahead of UTC; that of the town where not set.
        lifetime: days for which an order stays in the list.
    """
    rng = town.rng
    ahead = town.recipe.offset if ahead is None else ahead
    for worker, share in zip(crew.tolist(), rng.uniform(*part, crew.size).tolist(), strict=True):
        todo = [job for job in jobs if rng.random() < share]
        lateness = rng.normal(0, 0.3)
        for day in range(-1, town.recipe.days + 1):
            if not todo or rng.random() > works:
                continue
            begin = day * DAY + (begins + lateness + rng.normal(0, 0.15) - ahead) * HOUR
            rounds = np.sort(begin + rng.uniform(0, length, 3) * HOUR)
            done = 0
            for moment in rounds.tolist():
                now = moment
                opened = [job for job in todo if moment - lifetime * DAY < job.opened <= moment]
                for place in rng.permutation(len(opened)).tolist():
                    if per_day is not None and done >= per_day:
                        break
                    opened[place].do(town, worker, now)
                    todo.remove(opened[place])
                    done += 1
                    now += lognormal(town, gap, 0.7)
