"""What brings people to the same posts: devotion to a page, a moment that all watch, a cascade, a feed's ranking."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.wards.everyday import Life, notified, queue
from worlds.wards.inhabitants import HOUR, Floats, Ints

__all__ = ["cascade", "devote", "publish_with", "ranked_feed", "split_acts", "wave"]

Objects = NDArray[np.object_]
Mix = tuple[float, float, float]
MOSTLY_LIKES: Mix = (0.75, 0.1, 0.15)


def split_acts(life: Life, persons: Ints, objects: Objects, times: Floats, mix: Mix = MOSTLY_LIKES) -> None:
    """Write acts down as likes, reposts and comments, after ``mix`` and each person's habits."""
    weight = np.array(mix) * (life.town.habits[persons] + 0.1)
    cut = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)
    choice = np.minimum((life.rng.random(len(persons))[:, None] > cut).sum(axis=1), 2)
    for number, action in enumerate(("like", "repost", "comment")):
        doing = choice == number
        life.act(persons[doing], action, objects[doing], times[doing])


def devote(
    life: Life,
    persons: Ints,
    page: int,
    zeal: Floats,
    *,
    rings: bool = False,
    median: float = 240.0,
    mix: Mix = MOSTLY_LIKES,
    fresh_hours: float = 16.0,
) -> None:
    """Let people follow a page closely: each answers a share of its posts, more of the charming ones.

    Args:
        life: the life to which they belong.
        persons: who they are.
        page: the page.
        zeal: the share of an ordinary post's chance, one for each person.
        rings: whether a notice reaches them; else they find the posts when they open the app.
        median: seconds from a notice to the act.
        mix: shares of like, repost and comment.
        fresh_hours: how long they still answer.
    """
    rng = life.rng
    posts, published = life.posts_of(page)
    charm = rng.beta(3, 2, len(posts)) * 1.6
    chance = np.minimum(zeal[:, None] * charm[None, :], 0.97)
    row, post = np.nonzero(rng.random(chance.shape) < chance)
    who, at = persons[row], published[post]
    if rings:
        times = notified(life, who, at, median)
    else:
        opening, opened = life.town.open_after(who, at + rng.lognormal(np.log(700), 0.9, len(at)))
        late = np.nan_to_num(opened - at, nan=1e9) / (fresh_hours * HOUR)
        times = np.where(rng.random(len(at)) < np.exp(-late), queue(life, who, opening, at), np.nan)
    split_acts(life, who, posts[post], times, mix)


def wave(
    life: Life, persons: Ints, chance: Floats, moments: Floats, *, median: float = 40.0, spread: float = 0.9
) -> tuple[Ints, Ints, Floats]:
    """Return who reacts to which moment, and when: people watch it live, and each reacts to a share of the moments."""
    heat = life.rng.beta(2, 2, len(moments)) * 1.7
    row, moment = np.nonzero(
        life.rng.random((len(persons), len(moments))) < np.minimum(chance[:, None] * heat[None, :], 0.97)
    )
    delay = life.rng.lognormal(np.log(median), spread, len(row)) + life.rng.uniform(2, 25, len(persons))[row]
    return persons[row], moment, moments[moment] + delay


def publish_with(life: Life, persons: Ints, objects: Objects, kind: str, times: Floats, texts: list[str]) -> None:
    """Let people publish posts that carry a link or a tag."""
    there = np.flatnonzero(~np.isnan(times))
    who = persons[there]
    posts = life.log.publish(life.town.ids[who], times[there], life.town.followers[who])
    life.log.act(
        life.town.ids[who],
        "post",
        objects[there],
        kind,
        times[there],
        texts=[texts[index] for index in there],
        posts=posts,
        clients=life.town.clients[who],
    )


def cascade(life: Life, start: Ints, times: Floats, size: int, reach: float = 1.15) -> tuple[Ints, Floats]:
    """Return whom something reaches from friend to friend, and when each hands it on; each person does so once.

    A person's friends are mostly of the same ward; how many take it up has a heavy tail.
    """
    rng, town = life.rng, life.town
    was_reached = np.zeros(len(town.ids), dtype=bool)
    was_reached[start] = True
    found, when = [start], [times]
    parents, at = start, times
    total = len(start)
    while total < size and len(parents):
        pull = np.minimum(town.followers[parents] / np.median(town.followers), 12) * rng.gamma(
            0.7, 1 / 0.7, len(parents)
        )
        children = rng.poisson(reach * pull / max(pull.mean(), 1e-9))
        origin = np.repeat(parents, children)
        seen = np.repeat(at, children) + rng.lognormal(np.log(1500), 1.2, len(origin))
        friend = rng.choice(len(town.ids), len(origin) * 6, p=town.activity / town.activity.sum()).reshape(6, -1)
        near = town.ward[friend] == town.ward[origin][None, :]
        near |= rng.random(near.shape) < 0.08
        child = friend[near.argmax(axis=0), np.arange(len(origin))]
        _, opened = town.open_after(child, seen)
        is_new = ~was_reached[child] & ~np.isnan(opened)
        child, first = np.unique(child[is_new], return_index=True)
        at = opened[is_new][first] + rng.lognormal(np.log(60), 1.0, len(child))
        was_reached[child] = True
        parents = child
        found.append(child)
        when.append(at)
        total += len(child)
    return np.concatenate(found)[:size], np.concatenate(when)[:size]


def ranked_feed(life: Life, acts: int, top: int = 8) -> None:
    """Let everybody see the same posts at the top of a feed that is ranked anew each hour, and like a few of them."""
    rng, town, pages = life.rng, life.town, life.pages
    person = np.repeat(np.arange(len(town.ids)), np.diff(town.starts))
    hours = (town.openings // HOUR).astype(np.int64)
    worth = np.log(pages.appeal) + 0.5 * np.log(pages.popularity[pages.of])
    ranked = np.zeros((int(town.horizon // HOUR), top), dtype=np.int64)
    for hour in range(len(ranked)):
        age = hour * HOUR - pages.published
        score = np.where(age > 0, worth - age / (5 * HOUR), -np.inf)
        ranked[hour] = np.argsort(-score, kind="stable")[:top]
    likes = town.activity[person] * rng.lognormal(0, 0.5, len(person))
    chance = likes[:, None] * np.linspace(1.6, 0.5, top)[None, :]
    row, place = np.nonzero(rng.random(chance.shape) < np.minimum(chance * acts / chance.sum(), 0.9))
    post = ranked[hours[row], place]
    late = pages.published[post] < town.openings[row]
    row, post = row[late], post[late]
    split_acts(life, person[row], pages.posts[post], queue(life, person[row], row, pages.published[post], 9.0))
