"""Building blocks of scenes: people who attend to posts, hired workers who deliver, and the entry of a mechanism."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np
from worlds.agents.feed import Life, Shelf, crowd, emit, live
from worlds.agents.ledger import ACTS, DAY, HOUR, Ints, Nums
from worlds.agents.town import Town, build, chance
from worlds.base import Mechanism, World

__all__ = [
    "Scene",
    "afford",
    "attend",
    "audience",
    "camouflage",
    "commission",
    "deliver",
    "entry",
    "grid",
    "pick",
    "recruit",
    "staged",
    "work_acts",
]

Scene = Callable[[Town], list[Ints] | None]
"""Fills a town with its acts; returns the members of each farm, or, of an organic scene, the groups that take part."""


def _make(
    seed: int, *, scene: Scene, kind: str, name: str, precision: str, undated: bool, founding: dict[str, float | int]
) -> World:
    """Make one world of a mechanism."""
    town = build(chance(seed, name), **founding)  # type: ignore[arg-type]
    groups = scene(town)
    return town.close(groups if kind == "farm" else None, precision=precision, undated=undated)


def entry(
    name: str,
    kind: Literal["organic", "farm"],
    scene: Scene,
    story: str,
    *,
    contested: bool = False,
    precision: str = "s",
    undated: bool = False,
    **founding: float,
) -> Mechanism:
    """Return the mechanism that plays a scene in a new town."""
    make = partial(_make, scene=scene, kind=kind, name=name, precision=precision, undated=undated, founding=founding)
    return Mechanism(name, kind, story, make, contested)


def pick(town: Town, size: int, topic: int | None = None, among: Ints | None = None) -> Ints:
    """Choose distinct agents, at random or mostly among people of one taste."""
    pool = np.arange(town.n) if among is None else among
    weight = np.ones(len(pool)) if topic is None else np.where(town.topic[pool] == topic, 1.0, 0.08)
    return np.sort(town.rng.choice(pool, min(size, len(pool)), replace=False, p=weight / weight.sum()))


def grid(town: Town, who: Ints, posts: Ints, rate: float, grip: float = 6.0) -> tuple[Ints, Ints]:
    """Draw who attends which post, when people differ in zeal and posts in appeal."""
    rng = town.rng
    rate = min(max(rate, 0.02), 0.97)
    zeal = rng.beta(rate * grip, (1 - rate) * grip, len(who))
    appeal = rng.lognormal(0, 0.25, len(posts))
    row, col = np.nonzero(rng.random((len(who), len(posts))) < zeal[:, None] * appeal)
    return who[row], posts[col]


def attend(
    town: Town,
    who: Ints,
    posts: Ints,
    rate: float,
    median: float,
    *,
    sigma: float = 1.2,
    verbs: tuple[float, float, float] = (0.72, 0.14, 0.14),
    breaks: float = 0.4,
) -> None:
    """Let people act on a share of the posts, each after a delay of the person's own day."""
    person, post = grid(town, who, posts, rate)
    emit(town, person, post, town.react(person, town.ledger.post_at[post], median, sigma, breaks), verbs)


def afford(town: Town, posts: int, rate: float, low: int, high: int, budget: float = 17e3) -> int:
    """Draw a number of people between bounds such that their acts stay within a budget."""
    drawn = int(town.rng.integers(low, high + 1))
    return max(8, min(drawn, int(budget / max(1.0, posts * rate))))


def audience(town: Town, page: int, posts: int, rate: float, low: int, high: int) -> Ints:
    """Choose the faithful of a page and let them follow it."""
    who = pick(town, afford(town, posts, rate, low, high), town.theme[page])
    town.follow(who, np.full(len(who), page))
    return who


def recruit(town: Town, size: int | None = None, *, life: float | None = None) -> Ints:
    """Hire agents; their ordinary life before the job may be thinner than other people's.

    Args:
        town: the world before its ordinary life.
        size: number of workers, 15 to 60 by chance if None.
        life: factor of the workers' ordinary acts, by chance if None.
    """
    rng = town.rng
    members = pick(town, int(rng.integers(15, 61)) if size is None else size)
    town.energy[members] *= float(rng.choice([1.0, 0.7, 0.4])) if life is None else life
    return members


def commission(
    town: Town,
    count: int | None = None,
    *,
    fame: float = 1.0,
    topic: int | None = None,
    spare: float | None = None,
    first: float = 0.0,
) -> tuple[int, Ints]:
    """Create a client's page with posts and choose the posts that the farm is to act on.

    Args:
        town: the world before its ordinary life.
        count: number of targets, 10 to 40 by chance if None.
        fame: factor of the number of followers.
        topic: topic of the page.
        spare: posts of the page for each target, by chance if None.
        first: day of the first post.

    Returns:
        The page's account index and the targets.
    """
    rng = town.rng
    count = int(rng.integers(10, 41)) if count is None else count
    page = int(town.add_pages(1, fame, topic)[0])
    extra = rng.uniform(1.0, 2.5) if spare is None else spare
    total = max(count, int(count * extra))
    last = town.days - 0.6
    day = rng.uniform(min(first, last - 1), last, total).astype(np.int64)
    posts = town.page_posts(page, np.sort(day * DAY + rng.uniform(7.5, 21.0, total) * HOUR))
    return page, np.sort(rng.choice(posts, count, replace=False))


def work_acts(town: Town, who: Ints, post: Ints, at: Nums, verb: str = "", script: int = 0) -> None:
    """Write the acts of a job: one kind of act or a mixture; comments in own words or from a script."""
    rng = town.rng
    mixes = {
        "like": (1.0, 0.0, 0.0),
        "comment": (0.0, 1.0, 0.0),
        "repost": (0.0, 0.0, 1.0),
        "mixed": (0.55, 0.3, 0.15),
        "loud": (0.2, 0.5, 0.3),
    }
    chosen = verb or str(rng.choice(["like", "comment", "repost", "mixed", "loud"], p=[0.3, 0.15, 0.25, 0.2, 0.1]))
    code = np.array([ACTS.index(name) for name in ("like", "comment", "repost")])[
        rng.choice(3, len(who), p=mixes[chosen])
    ]
    text = np.full(len(who), -1)
    is_comment = np.flatnonzero(code == ACTS.index("comment"))
    if script:
        text[is_comment] = town.ledger.write(town.sentence(script, 5, 16, 0.0))[
            rng.integers(0, script, len(is_comment))
        ]
    else:
        text[is_comment] = town.ledger.write(town.sentence(len(is_comment), 4, 16, 0.05))
    town.ledger.add(who, code, post, "post", at, text=text)


def _office(town: Town, at: Nums) -> Nums:
    """Move the start of a job out of the night of whoever hands it out."""
    hour = (at % DAY) / HOUR
    jitter = town.rng.exponential(1800, len(at))
    at = np.where(hour < 7.5, at - at % DAY + 7.5 * HOUR + jitter, at)
    return np.where(hour > 22.5, at - at % DAY + DAY + 7.5 * HOUR + jitter, at)


def deliver(
    town: Town,
    members: Ints,
    targets: Ints,
    seconds: float,
    *,
    attendance: float | None = None,
    lag: float | None = None,
    verb: str = "",
    office: bool = True,
) -> Ints:
    """Let hired workers act on targets within about so many seconds of the start of each job.

    Args:
        town: the world after its ordinary life.
        members: the workers.
        targets: the posts.
        seconds: time within which most workers act on a target.
        attendance: mean share of jobs that a worker does, by chance if None.
        lag: median seconds from publication to the start of the job, by chance if None.
        verb: kind of act, by chance if empty.
        office: whether no job starts at night.

    Returns:
        The workers who did at least one job.
    """
    rng = town.rng
    share = float(rng.uniform(0.55, 0.97)) if attendance is None else attendance
    who, post = grid(town, members, targets, share, 12.0)
    median = float(rng.lognormal(np.log(2700), 0.8)) if lag is None else lag
    start = np.full(len(town.ledger.post_at), np.nan)
    begun = town.ledger.post_at[targets] + rng.lognormal(np.log(median), 0.6, len(targets))
    start[targets] = _office(town, begun) if office else begun
    offset = (
        rng.uniform(0, seconds, len(who)),
        rng.exponential(seconds / 2.3, len(who)),
        rng.gamma(2.0, seconds / 4.0, len(who)),
    )[int(rng.integers(3))]
    at = start[post] + offset
    work_acts(town, who, post, town.awake(who, at) if seconds >= 1800 else at, verb, int(rng.choice([0, 0, 15, 40])))
    return np.unique(who)


def camouflage(town: Town, members: Ints, topic: int, each: float) -> None:
    """Let workers act, in their own time, on fresh posts of the topic as its supporters do."""
    rng, ledger = town.rng, town.ledger
    who = np.repeat(members, rng.poisson(each, len(members)))
    at = town.moments(who)
    shelf = Shelf(ledger.post_topic, ledger.post_at)
    post = shelf.before(np.full(len(who), topic), at, rng.geometric(0.06, len(who)), 3 * DAY)
    mask = post >= 0
    emit(town, who[mask], post[mask], at[mask])


def staged(town: Town, targets: Ints, *, mean: float | None = None, topic: int | None = None, **life: float) -> None:
    """Play ordinary life and let ordinary people act on the targets too."""
    live(town, Life(**life))  # type: ignore[arg-type]
    crowd(town, targets, float(town.rng.uniform(6, 35)) if mean is None else mean, topic=topic)
