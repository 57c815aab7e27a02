"""Crews for hire: who they are, what they were ordered to do, and how they go about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from . import hire
from .build import Hire
from .civic import outlet, start_of
from .dining import rate
from .ledger import DAY, HOUR, MINUTE
from .texts import comment, post_text, review
from .town import Town

__all__ = [
    "comments", "day_order", "double_life", "drips", "far_shift", "followers", "links", "once_a_day", "post_order",
    "ratings", "replies", "several", "trend_push", "two_clients",
]  # fmt: skip

_LIKES = {"like": 1.0}
_QUIET = (0.5, 12.0)


def _own_words(town: Town, worker: int) -> str:
    return comment(town.rng, town.languages[worker])


def _with_tag(tag: str) -> Callable[[Town, int], str]:
    """Return a writer of posts under a hashtag."""
    return lambda town, worker: post_text(town.rng, town.languages[worker], (tag,))


def post_order(
    workers: tuple[int, int],
    targets: tuple[int, int],
    pace: hire.Pace,
    *,
    part: tuple[float, float] = (0.85, 1.0),
    actions: dict[str, float] | None = None,
    own_acts: tuple[float, float] | None = _QUIET,
    quality: float = 0.8,
    lag: float = 30 * MINUTE,
    teams: int = 1,
    on_duty: int = 1,
    sleeps: bool = False,
    clients: int = 1,
    last: float = 0.9,
) -> Hire:
    """Return a crew that serves the posts of one or more clients at a pace."""

    def run(town: Town) -> Sequence[np.ndarray]:
        crew = town.recruit(int(town.rng.integers(*workers)), own_acts)
        posts = []
        for _ in range(clients):
            count = max(1, int(town.rng.integers(*targets)) // clients)
            posts += hire.order(town, hire.client(town), count, quality=quality, last=last)
        jobs = hire.post_jobs(town, posts, actions or _LIKES, lag=lag)
        hire.spread(town, crew, jobs, pace, part, teams=teams, on_duty=on_duty, sleeps=sleeps)
        return [crew]

    return run


def day_order(workers: tuple[int, int], targets: tuple[int, int]) -> Hire:
    """Return a crew that serves old and new posts of one client within a single day, each worker when it suits."""

    def run(town: Town) -> Sequence[np.ndarray]:
        rng = town.rng
        crew = town.recruit(int(rng.integers(*workers)), _QUIET)
        posts = hire.order(town, hire.client(town), int(rng.integers(*targets)), first=0.1, last=0.6)
        opened = posts[-1].at + 2 * HOUR
        jobs = [hire.Job(opened, job.do) for job in hire.post_jobs(town, posts, {"like": 0.7, "repost": 0.3})]
        for worker in crew.tolist():
            at = opened + rng.uniform(0, 20) * HOUR
            for job in rng.permutation(len(jobs)).tolist():
                if rng.random() < 0.9:
                    jobs[job].do(town, worker, at)
                at += rng.lognormal(np.log(25.0), 0.7)
        return [crew]

    return run


def drips(
    workers: tuple[int, int], targets: tuple[int, int], days: float, actions: dict[str, float] | None = None
) -> Hire:
    """Return a crew whose acts a panel delivers evenly over days."""

    def run(town: Town) -> Sequence[np.ndarray]:
        crew = town.recruit(int(town.rng.integers(*workers)), (0.5, 25.0))
        posts = hire.order(town, hire.client(town), int(town.rng.integers(*targets)), last=0.5)
        jobs = hire.post_jobs(town, posts, actions or _LIKES, lag=3 * HOUR)
        hire.spread(town, crew, jobs, hire.drip(days), (0.6, 0.95), sleeps=True)
        return [crew]

    return run


def double_life(workers: tuple[int, int], targets: tuple[int, int]) -> Hire:
    """Return a crew of ordinary users who earn a little beside a busy life of their own."""

    def run(town: Town) -> Sequence[np.ndarray]:
        crew = town.recruit(int(town.rng.integers(*workers)), (30.0, 200.0))
        posts = hire.order(town, hire.client(town), int(town.rng.integers(*targets)))
        jobs = hire.post_jobs(town, posts, {"like": 0.8, "comment": 0.2})
        hire.by_shift(town, crew, jobs, (0.55, 0.95), begins=9.0, length=13.0, lifetime=1.5, works=0.95)
        return [crew]

    return run


def two_clients(town: Town) -> Sequence[np.ndarray]:
    """One crew serves politicians of two camps in the same weeks."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(60, 110)), (1.0, 30.0))
    jobs: list[hire.Job] = []
    for camp in (0, 1):
        posts = hire.order(town, hire.client(town, camp), int(rng.integers(11, 17)))
        jobs += hire.post_jobs(town, posts, {"like": 0.75, "repost": 0.25})
    hire.spread(town, crew, jobs, hire.rush(35 * MINUTE, 0.9), (0.5, 0.9), sleeps=True)
    return [crew]


def links(town: Town) -> Sequence[np.ndarray]:
    """Workers post links to a site that nobody else shares, each with words of their own."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(30, 50)), (2.0, 40.0))
    site = f"{town.ledger.new_id('blog')[:9]}.example"
    moments = np.sort(rng.uniform(0.05, 0.85, int(rng.integers(18, 26)))) * town.recipe.days * DAY
    found = [(at, [(f"https://{site}/{town.ledger.new_id('a')}", "url"), (site, "domain")]) for at in moments.tolist()]
    jobs = hire.share_jobs(
        found, lambda place, worker: post_text(place.rng, place.languages[worker], place.new_tags(1))
    )
    hire.by_shift(town, crew, jobs, (0.5, 0.9), begins=10.0, length=9.0, lifetime=2.0, gap=90.0)
    return [crew]


def trend_push(town: Town) -> Sequence[np.ndarray]:
    """Workers write a few posts each under a new slogan before the evening, so that it shows among the trends."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(70, 120)), (1.0, 30.0))
    days = rng.choice(town.recipe.days, min(7, town.recipe.days), replace=False)
    jobs: list[hire.Job] = []
    for number, day in enumerate(days.tolist()):
        slogan = (
            f"{('we', 'time', 'enough', 'more', 'vote')[number % 5]}for{('all', 'work', 'change', 'home')[number % 4]}"
        )
        opened = start_of(town, day, float(rng.uniform(17.5, 19.0)))
        for _ in range(3):
            traces = [(slogan, "hashtag"), *((tag, "hashtag") for tag in town.new_tags(2))]
            jobs += hire.share_jobs([(opened + rng.uniform(0, 15) * MINUTE, traces)], _with_tag(slogan))
    hire.spread(town, crew, jobs, hire.rush(18 * MINUTE), (0.4, 0.8))
    return [crew]


def comments(town: Town) -> Sequence[np.ndarray]:
    """Workers write a comment each, in their own words, under articles of the largest papers."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(28, 45)), (2.0, 40.0))
    posts = []
    for _ in range(3):
        posts += hire.order(town, outlet(town), int(rng.integers(7, 11)), quality=1.5)
    jobs = hire.post_jobs(town, posts, {"comment": 1.0}, lag=50 * MINUTE, text=_own_words)
    hire.spread(town, crew, jobs, hire.rush(1.2 * HOUR, 0.9), (0.45, 0.85), sleeps=True)
    return [crew]


def ratings(town: Town) -> Sequence[np.ndarray]:
    """Workers praise the restaurants of one chain."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(38, 60)), (1.0, 25.0))
    known = list({name for deed in town.ledger.deeds for name, kind in deed.traces if kind == "place"})
    chain = rng.choice(sorted(known), int(rng.integers(10, 15)), replace=False).tolist()
    jobs = []
    for number, place in enumerate(chain):
        at = (0.1 + 0.7 * number / len(chain)) * town.recipe.days * DAY

        def do(there: Town, worker: int, moment: float, place: str = place) -> None:
            there.ledger.add(
                there.ids[worker], "rate", [(place, "place")], moment, text=review(there.rng), client="android"
            )

        jobs.append(hire.Job(at, do))
    hire.spread(town, crew, jobs, hire.drip(4.0), (0.55, 0.95), sleeps=True)
    for worker in crew.tolist():
        for _ in range(int(rng.poisson(2.0))):
            rate(town, worker, str(rng.choice(sorted(known))), rng.uniform(0, 1) * town.recipe.days * DAY)
    return [crew]


def followers(town: Town) -> Sequence[np.ndarray]:
    """A panel sells followers in tranches; each bought account is sold to two to four customers."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(320, 480)), (0.05, 4.0))
    buyers = [hire.client(town) for _ in range(5)]
    for buyer in dict.fromkeys(buyers):
        for _ in range(int(rng.integers(2, 4))):
            job = hire.follow_job(buyer, rng.uniform(0.03, 0.9) * town.recipe.days * DAY)
            tranche = rng.choice(crew, int(rng.integers(60, 130)), replace=False)
            hire.spread(town, tranche, [job], hire.drip(float(rng.choice([0.02, 0.06, 0.15]))), (0.95, 1.0))
    busy = {deed.account for deed in town.ledger.deeds}
    idle = np.array([worker for worker in crew.tolist() if town.ids[worker] not in busy], dtype=int)
    last_tranche = hire.follow_job(buyers[0], 0.5 * town.recipe.days * DAY)
    hire.spread(town, idle, [last_tranche], hire.drip(0.1), (1.0, 1.0))
    return [crew]


def replies(town: Town) -> Sequence[np.ndarray]:
    """Workers like the replies that two speakers of the client leave under news, to lift them to the top."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(40, 65)), (1.0, 25.0))
    speakers = town.pick(2)
    roots = sorted((post for post in town.publications if post.author in town.domains), key=lambda post: post.at)
    chosen = rng.choice(len(roots) - 5, min(26, len(roots) - 5), replace=False)
    posts = [
        town.publish_reply(
            int(rng.choice(speakers)), roots[place], roots[place].at + rng.lognormal(np.log(HOUR), 0.6), quality=0.5
        )
        for place in sorted(chosen.tolist())
    ]
    hire.spread(
        town, crew, hire.post_jobs(town, posts, lag=12 * MINUTE), hire.rush(9 * MINUTE, 0.9), (0.5, 0.9), sleeps=True
    )
    return [crew]


def several(count: int) -> Hire:
    """Return rival crews, each with its own client, size and pace."""

    def run(town: Town) -> Sequence[np.ndarray]:
        rng, crews = town.rng, []
        free = rng.permutation(np.setdiff1d(np.arange(len(town.ids)), town.publishers))
        for number in range(count):
            size = int(rng.integers(18, 90))
            crew, free = free[:size], free[size:]
            town.set_own_acts(crew, (1.0, 30.0))
            posts = hire.order(town, hire.client(town, number % town.recipe.camps), int(rng.integers(14, 26)))
            actions = [{"like": 1.0}, {"repost": 0.7, "like": 0.3}, {"comment": 0.6, "like": 0.4}][number % 3]
            pace = hire.rush(float(rng.choice([6 * MINUTE, 40 * MINUTE, 3 * HOUR])), 0.9)
            hire.spread(
                town, crew, hire.post_jobs(town, posts, actions, text=_own_words), pace, (0.5, 0.95), sleeps=number > 0
            )
            crews.append(crew)
        return crews

    return run


def far_shift(ahead: float) -> Hire:
    """Return a crew that works an office day many hours away from the voters."""

    def run(town: Town) -> Sequence[np.ndarray]:
        rng = town.rng
        crew = town.recruit(int(rng.integers(50, 90)), (0.5, 20.0))
        town.offset[crew] = ahead
        posts = hire.order(town, hire.client(town), int(rng.integers(25, 36)))
        jobs = hire.post_jobs(town, posts, {"like": 0.6, "repost": 0.25, "comment": 0.15}, text=_own_words)
        hire.by_shift(town, crew, jobs, (0.6, 0.95), begins=9.0, length=8.0, ahead=ahead, works=0.8, lifetime=2.5)
        return [crew]

    return run


def once_a_day(town: Town) -> Sequence[np.ndarray]:
    """Each worker does one order a day, at whatever hour, and never more."""
    rng = town.rng
    crew = town.recruit(int(rng.integers(60, 100)), (2.0, 40.0))
    posts = hire.order(town, hire.client(town), int(1.2 * town.recipe.days))
    jobs = hire.post_jobs(town, posts, {"like": 0.85, "repost": 0.15})
    hire.by_shift(town, crew, jobs, (0.8, 1.0), begins=8.0, length=14.0, per_day=1, lifetime=3.0)
    return [crew]
