"""Acts as arrays: what every part of the simulation hands on, and how single acts become posts with traces."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forensics.simulate.population.simulated_objects import HASHTAG, POST, URL, Items
from forensics.simulate.random_draws import Floats, Ints, exponential, pick, whole

LIKE, REPOST, PUBLISH, COMMENT, FOLLOW, RATE = range(6)
ACTIONS = ("like", "repost", "post", "comment", "follow", "rate")
"""Actions in ``schema.ACTION``, by number."""
OWN = (REPOST, PUBLISH, COMMENT)
"""Actions that make a post of one's own."""


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Acts upon objects.

    Attributes:
        account: shape (acts,).
        action: shape (acts,): position in ``ACTIONS``; ``PUBLISH`` is a post that carries the object.
        item: shape (acts,).
        time_s: shape (acts,): seconds since the period's start.
        post: shape (acts,): acts of one post share a number; -1 where an act is a post of its own.
    """

    account: Ints
    action: Ints
    item: Ints
    time_s: Floats
    post: Ints

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.account)

    def where(self, kept: np.ndarray) -> Acts:
        """Return those that a mask or an index keeps."""
        return Acts(self.account[kept], self.action[kept], self.item[kept], self.time_s[kept], self.post[kept])


def done(action: int, account: Ints, item: Ints, time_s: Floats) -> Acts:
    """Return acts of one sort, each a post of its own where the action makes one."""
    return Acts(account, np.full(len(item), action), item, time_s, np.full(len(item), -1))


def join(*parts: Acts) -> Acts:
    """Put several lots of acts one after the other; their posts stay apart."""
    first, apart = 0, []
    for part in parts:
        apart.append(replace(part, post=np.where(part.post >= 0, part.post + first, -1)))
        first += int(part.post.max(initial=-1)) + 1
    return _stack(*apart)


def _stack(*parts: Acts) -> Acts:
    names = ("account", "action", "item", "time_s", "post")
    return Acts(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def upon(rng: np.random.Generator, items: Items, account: Ints, item: Ints, time_s: Floats) -> Acts:
    """Draw what each does with its object: like or repost a post, publish a link or a hashtag."""
    is_like = rng.random(len(item)) < 0.65
    action = np.where(items.kind[item] == POST, np.where(is_like, LIKE, REPOST), PUBLISH)
    return Acts(account, action, item, time_s, np.full(len(item), -1))


def with_company(rng: np.random.Generator, items: Items, acts: Acts, thread_share: float) -> Acts:
    """Add what comes along with an act: reposts after likes, hashtags beside links, the rest of a thread."""
    acts = replace(acts, post=np.arange(len(acts)))
    likes = acts.where((acts.action == LIKE) & (rng.random(len(acts)) < 0.1))
    reposts = replace(
        likes,
        action=np.full(len(likes), REPOST),
        time_s=likes.time_s + 2.0 + exponential(rng, 8.0, len(likes)),
        post=np.full(len(likes), -1),
    )
    tagged = _stack(acts, _tags(rng, items, acts))
    return join(tagged, reposts, _threads(rng, items, acts, thread_share))


def _tags(rng: np.random.Generator, items: Items, acts: Acts) -> Acts:
    """Return one to three hashtags of the community beside a third of the links, in the same post."""
    carriers = acts.where((items.kind[acts.item] == URL) & (rng.random(len(acts)) < 0.35))
    carriers = carriers.where(np.repeat(np.arange(len(carriers)), whole(rng, 1, 4, len(carriers))))
    tags = np.flatnonzero((items.kind == HASHTAG) & (items.born_s == 0.0))
    drawn = tags[pick(rng, items.weight[tags], 4 * len(carriers))].reshape(-1, 4)
    # The first of four draws that fits the link's community; else the last, whatever it is.
    fits = items.community[drawn] == items.community[carriers.item][:, None]
    column = np.where(fits.any(axis=1), fits.argmax(axis=1), 3)
    return replace(carriers, item=drawn[np.arange(len(carriers)), column])


def _threads(rng: np.random.Generator, items: Items, acts: Acts, share: float) -> Acts:
    """Return one to five further posts with the same hashtag, half a minute to some minutes apart."""
    first = acts.where((items.kind[acts.item] == HASHTAG) & (rng.random(len(acts)) < share))
    n_more = whole(rng, 1, 6, len(first))
    copies = first.where(np.repeat(np.arange(len(first)), n_more))
    gaps = 20.0 + exponential(rng, 60.0, len(copies))
    starts = np.repeat(np.cumsum(n_more) - n_more, n_more)
    running = np.concatenate(([0.0], np.cumsum(gaps)))
    later = running[1:][np.arange(len(copies))] - running[starts]
    return replace(copies, time_s=copies.time_s + later, post=np.arange(len(copies)))
