"""Who answers what, and when: a follower who meets a post while scrolling, a notice, a friend who passed it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from worlds.bazaar.daily_hours import DAY, Floats, Ints

if TYPE_CHECKING:
    from worlds.bazaar.townsfolk import Item, Outlet, Town

__all__ = ["PLATFORMS", "answer", "browsed", "customs", "join_in", "noticed", "react"]

PLATFORMS: dict[str, dict[str, float]] = {
    "photo": {"like": 0.9, "comment": 0.1},
    "micro": {"like": 0.6, "repost": 0.27, "reply": 0.1, "quote": 0.03},
    "video": {"like": 0.82, "comment": 0.16, "repost": 0.02},
    "group": {"like": 0.76, "comment": 0.24},
    "news": {"like": 0.66, "comment": 0.23, "repost": 0.11},
}
"""What an answer is, by the kind of place."""

AGE_DAYS = 1.4  # a post lives a day or so in a feed
PATIENCE = 0.6  # chance that the next session is the one in which the post comes by
NOTICE_S, NOTICE_SPREAD = 420.0, 1.3  # seven minutes after the phone buzzed, at times an hour
MOST = 0.85  # nobody answers everything
BOTH = 0.06  # of those who like, also write
PASSED_ON = 0.05  # of a sharer's friends answer what was shared


def browsed(town: Town, who: Ints, at: Floats, patience: float = PATIENCE) -> Floats:
    """Return when each meets something while scrolling; NaN where it has sunk or the data end."""
    start, length = town.sessions.after(who, at, town.rng.geometric(patience, len(who)) - 1)
    time = start + town.rng.random(len(who)) * length
    sunk = town.rng.random(len(who)) > np.exp(-(start - at) / (AGE_DAYS * DAY))
    return np.where(sunk, np.nan, time)


def noticed(town: Town, who: Ints, at: Floats, median_s: float = NOTICE_S) -> Floats:
    """Return when each answers a notice: soon, or in the next session where they slept."""
    prompt = at + town.rng.lognormal(np.log(median_s), NOTICE_SPREAD, len(who))
    start, length = town.sessions.after(who, at, np.zeros(len(who), np.int64))
    later = start + town.rng.random(len(who)) * length * 0.5
    return np.where(town.sessions.is_awake(who, prompt), prompt, later)


def react(town: Town, person: int, kind: str, post: str, at: float, topic: tuple[str, ...] = ()) -> None:
    """Write down what a person does to a post; some who like it write a line besides."""
    text = town.tongue.text(topic) if kind in {"comment", "reply", "quote"} else None
    town.book.act(town.ids[person], kind, post, "post", at, text=text)
    if kind == "like" and town.rng.random() < BOTH:
        town.book.act(town.ids[person], "comment", post, "post", at + town.rng.uniform(8, 90), text=town.tongue.text())


def customs(town: Town, platform: str, who: Ints) -> list[str]:
    """Return the kind of act that each of ``who`` does on a platform, by its customs and habits of their own."""
    names = list(PLATFORMS[platform])
    rows = np.array(list(PLATFORMS[platform].values())) * town.habit[who][:, : len(names)]
    ladder = np.cumsum(rows, axis=1)
    place = (town.rng.random((len(who), 1)) * ladder[:, -1:] > ladder).sum(axis=1)
    return [names[min(one, len(names) - 1)] for one in place]


def answer(town: Town, wanted: float) -> None:
    """Let followers answer what the outlets published, ``wanted`` acts in all."""
    rng = town.rng
    stock: list[tuple[Outlet, Item]] = []
    chances: list[Floats] = []
    for outlet in town.outlets:
        base = np.clip(town.activity[outlet.followers], 0, 30) * outlet.loyalty
        for item, appeal in zip(outlet.items, outlet.appeal, strict=True):
            stock.append((outlet, item))
            chances.append(base * appeal)
    flat = np.concatenate(chances)
    scale = _scaled(flat, wanted)
    hits = np.flatnonzero(rng.random(len(flat)) < MOST * -np.expm1(-scale * flat))
    ends = np.cumsum([len(one) for one in chances])
    which = np.searchsorted(ends, hits, side="right")
    who = np.array(
        [stock[place][0].followers[hit - ends[place]] for hit, place in zip(hits, which, strict=True)], np.int64
    )
    at = np.array([stock[place][1].at for place in which])
    bell = rng.random(len(hits)) < np.array([stock[place][0].bell for place in which])
    times = np.where(bell, noticed(town, who, at), browsed(town, who, at))
    platform = np.array([stock[place][0].platform for place in which])
    for name in PLATFORMS:
        chosen = np.flatnonzero((platform == name) & ~np.isnan(times))
        for one, kind in zip(chosen, customs(town, name, who[chosen]), strict=True):
            post = stock[which[one]][1].post
            react(town, int(who[one]), kind, post, times[one])
            if kind in {"repost", "quote"}:
                _pass_on(town, int(who[one]), post, times[one], name)


def _scaled(flat: Floats, wanted: float) -> float:
    """Return the factor at which so many answers are expected, a fifth of them lost to feeds."""
    low, high = 0.0, 20.0
    for _ in range(18):
        middle = (low + high) / 2
        if MOST * -np.expm1(-middle * flat).sum() * 0.8 < wanted:
            low = middle
        else:
            high = middle
    return high


def _pass_on(town: Town, sharer: int, post: str, at: float, platform: str) -> None:
    friends = town.friends[sharer]
    keen = friends[town.rng.random(len(friends)) < np.minimum(PASSED_ON * town.activity[friends], 0.5)]
    if not len(keen):
        return
    times = browsed(town, keen, np.full(len(keen), at), 0.8)
    for friend, kind, time in zip(keen, customs(town, platform, keen), times, strict=True):
        if not np.isnan(time):
            react(town, int(friend), kind, post, time)
            if kind == "repost":
                _pass_on(town, int(friend), post, time, platform)


def join_in(
    town: Town,
    who: Ints,
    item: Item,
    platform: str,
    chance: float | Floats,
    *,
    wait_s: float | None = None,
    topic: tuple[str, ...] = (),
) -> Ints:
    """Let people answer one post, each by their chance, after a notice of so median a wait or as they scroll.

    Returns:
        Who did.
    """
    keen = who[town.rng.random(len(who)) < chance]
    since = np.full(len(keen), item.at)
    times = browsed(town, keen, since) if wait_s is None else noticed(town, keen, since, wait_s)
    for person, kind, time in zip(keen, customs(town, platform, keen), times, strict=True):
        if not np.isnan(time):
            react(town, int(person), kind, item.post, time, topic)
    return keen
