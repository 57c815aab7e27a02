"""How the trade works: a client orders acts on own posts, hired accounts do them, ordinary people act too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from worlds.session_feed.feed import COMMENT, LIKE, REPOST, Country
from worlds.session_feed.organic_audience import hawkes_sparse, notified_hubs, partisans, plain
from worlds.session_feed.organic_clocks import live_tv, outage
from worlds.session_feed.organic_offers import trending
from worlds.session_feed.people import DAY, HOUR, Floats, Ints, asleep_to_morning, choose, human_delay

__all__ = [
    "Order",
    "any_country",
    "carry_out",
    "client_posts",
    "hire",
    "prepare",
    "supporters",
    "top_up",
    "window_acts",
]


@dataclass(slots=True)
class Order:
    """What a client bought.

    Attributes:
        workers: the hired accounts.
        posts: the client's posts that they act on.
        field: the client's community.
        share: share of ordinary people among those who act on each post.
        manners: probabilities of like, repost, comment.
    """

    workers: Ints
    posts: Ints
    field: int
    share: Floats
    manners: Floats

    def attended(self, rng: np.random.Generator, attendance: float) -> tuple[Ints, Ints]:
        """Draw which worker acts on which post; return post places and workers."""
        keen = np.clip(rng.normal(attendance, 0.12, len(self.workers)), 0.05, 0.99)
        day = np.clip(rng.normal(1.0, 0.1, (len(self.posts), 1)), 0.6, 1.3)
        place, worker = np.nonzero(rng.random((len(self.posts), len(self.workers))) < keen * day)
        return place, self.workers[worker]


def any_country(rng: np.random.Generator) -> Country:
    """Return a country with everyday stimuli, or with one strong stimulus."""
    makers = (plain, notified_hubs, hawkes_sparse, trending, partisans, live_tv, outage)
    return makers[rng.choice(len(makers), p=[0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])](rng)


def hire(country: Country, size: int, taken: Ints | None = None) -> Ints:
    """Hire persons who have a life of their own; some are idle, some are busy."""
    weight = country.people.activity ** country.rng.uniform(-0.2, 0.6)
    if taken is not None:
        weight = weight.copy()
        weight[taken[taken < country.people.size]] = 0.0
    return choose(country.rng, weight, size)


def client_posts(
    country: Country, size: int, level: float, fields: Ints | None = None, busy: Ints | None = None
) -> tuple[Ints, int]:
    """Pick a client whose posts usually get about ``level`` acts, and the posts that it wants to push."""
    rng = country.rng
    by_page = np.array(
        [
            np.median(country.found_by[country.author == page]) if (country.author == page).sum() > 2 else np.nan
            for page in country.pages.tolist()
        ]
    )
    distance = np.abs(np.log((by_page + 1.0) / (level + 1.0))) + rng.exponential(0.25, len(by_page))
    distance[np.isnan(distance)] = 50.0 + rng.random(int(np.isnan(distance).sum()))
    if fields is not None:
        distance[~np.isin(country.page_community, fields)] = np.inf
    if busy is not None:
        distance[np.isin(country.pages, busy)] = np.inf
    field = int(country.page_community[np.argmin(distance)])
    distance[country.page_community != field] = np.inf
    pages = np.argsort(distance, kind="stable")[: min(rng.integers(1, 5), int(np.isfinite(distance).sum()))]
    begin = rng.uniform(0.0, 0.4) * country.end
    if size > 3 and rng.random() < 0.3:
        begin = 0.0
    stop = country.end - 0.5 * DAY
    posts = np.zeros(0, np.int64)
    for page in (pages + country.people.size).tolist():
        mine = np.flatnonzero((country.author == page) & (country.published > begin) & (country.published < stop))
        posts = np.concatenate([posts, mine])
        if len(posts) >= size:
            break
    missing = size - len(posts)
    if missing > 0:
        posts = np.concatenate(
            [posts, extra_posts(country, int(pages[0]) + country.people.size, field, missing, begin)]
        )
    return np.sort(rng.permutation(posts)[:size]), field


def extra_posts(country: Country, page: int, field: int, size: int, begin: float) -> Ints:
    """Let a client publish more, in the daytime."""
    rng = country.rng
    day = rng.integers(int(begin // DAY), country.days - 1, size)
    hour = np.clip(rng.normal(13, 3.5, size), 7, 22) - country.zone
    when = np.clip(day * DAY + hour * HOUR, 600.0, country.end - 0.4 * DAY)
    fans = np.full(size, int(rng.integers(300, 8000)))
    return country.publish(np.full(size, page), when, np.full(size, field), np.full(size, 0.5), fans)


def prepare(
    country: Country,
    size: int,
    targets: int,
    attendance: float,
    *,
    served: Sequence[Order] = (),
    share: tuple[float, float] = (0.2, 0.6),
    workers: Ints | None = None,
    fields: Ints | None = None,
) -> Order:
    """Draw an order of workers and a client whom no earlier order served, and the share of ordinary people."""
    rng = country.rng
    taken = np.concatenate([np.zeros(0, np.int64), *(other.workers for other in served)])
    busy = np.concatenate([np.zeros(0, np.int64), *(country.author[other.posts] for other in served)])
    hired = hire(country, size, taken) if workers is None else workers
    middle = np.mean(share)
    posts, field = client_posts(country, targets, 0.6 * size * attendance * middle / (1 - middle), fields, busy)
    return Order(
        workers=hired,
        posts=posts,
        field=field,
        share=rng.uniform(*share, len(posts)),
        manners=rng.dirichlet([5.0, 2.0, 0.8]) if rng.random() < 0.6 else np.array([1.0, 0.0, 0.0]),
    )


def supporters(country: Country, field: int, hired: Ints) -> Floats:
    """Return how readily each ordinary person acts on the client's posts: a few faithful ones do so again and again."""
    weight = country.people.activity**0.8 * country.people.interests[:, field]
    weight = weight * country.rng.gamma(0.5, 1.0, country.people.size)
    weight[hired[hired < country.people.size]] = 0.0
    return weight


def top_up(country: Country, order: Order, hired_acts: Ints, median: float = 1.6 * HOUR) -> None:
    """Let ordinary people act on the client's posts until they are the order's share of all who act there."""
    rng = country.rng
    weight = supporters(country, order.field, order.workers)
    wanted = hired_acts * order.share / (1 - order.share)
    missing = np.maximum(np.round(wanted - country.found_by[order.posts]), 0).astype(np.int64)
    missing = np.minimum(missing, int((weight > 0).sum() // 2))
    who = [choose(rng, weight, int(number)) for number in missing.tolist()]
    post = np.repeat(order.posts, [len(part) for part in who])
    person = np.concatenate(who) if who else np.zeros(0, np.int64)
    when = human_delay(rng, country.published[post], country.zone, median)
    country.act(person, rng.choice([LIKE, REPOST, COMMENT], len(post), p=[0.75, 0.13, 0.12]), post, when)


def carry_out(country: Country, order: Order, place: Ints, worker: Ints, when: Floats) -> None:
    """Write the hired acts and those of ordinary people beside them; who never served is struck off the order."""
    rng = country.rng
    top_up(country, order, np.bincount(place, minlength=len(order.posts)))
    order.workers = np.unique(worker)
    action = rng.choice([LIKE, REPOST, COMMENT], len(place), p=order.manners)
    country.act(worker, action, order.posts[place], np.minimum(when, country.end - rng.uniform(1, 600, len(when))))


def window_acts(country: Country, order: Order, attendance: float, window: float, lag: float = 1200.0) -> None:
    """Let the workers who attend act in a window that opens some time after the client published."""
    rng = country.rng
    place, worker = order.attended(rng, attendance)
    start = country.published[order.posts] + 5 + rng.lognormal(np.log(lag), 1.0, len(order.posts))
    start = asleep_to_morning(rng, start, country.zone)
    start = np.minimum(start, country.end - min(window, 0.4 * DAY) - 60)
    when = start[place] + window * rng.beta(1.2, rng.uniform(1.2, 2.5), len(place))
    if window > 2 * HOUR:
        when = asleep_to_morning(rng, when, country.zone)
    carry_out(country, order, place, worker, when)
