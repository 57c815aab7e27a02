"""A shelf: what there is to act on, since when, by whom, and how a person who looks at it finds something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from worlds.hustings.people import DAY, HOUR, OFFICE, Floats, Ints

__all__ = ["Shelf", "shelf_of"]

APART = 1e9
"""More seconds than any world lasts: two groups never meet in one sorted row of keys."""


@dataclass(slots=True)
class Shelf:
    """Objects, one entry of each array for an object.

    Attributes:
        ids: the objects' names.
        kind: post, url, hashtag, media, account, page or place.
        published: the second from which it can be acted on.
        author: the number of who made it.
        community: whom it is for; -1 is for everybody.
        weight: how attractive it is.
        followers: how many follow its author.
        makers: the authors' names.
    """

    ids: NDArray[np.object_]
    kind: str
    published: Floats
    author: Ints
    community: Ints
    weight: Floats
    followers: Ints
    makers: NDArray[np.object_]

    @property
    def size(self) -> int:
        """Return the number of objects."""
        return len(self.ids)

    def found(self, rng: np.random.Generator, group: Ints, wanted: Ints, when: Floats, back: Floats) -> Ints:
        """Return for each look an object of the wanted group that came out in the ``back`` seconds before, or -1.

        Args:
            rng: where chance comes from.
            group: the group of each object (its community, say, or its author).
            wanted: the group of each look.
            when: the second of each look.
            back: how far each look goes back, in seconds.
        """
        order = np.lexsort((self.published, group))
        keys = group[order] * APART + self.published[order]
        sums = np.concatenate([[0.0], np.cumsum(self.weight[order])])
        low = np.searchsorted(keys, wanted * APART + np.maximum(when - back, 0))
        high = np.searchsorted(keys, wanted * APART + when, side="right")
        drawn = sums[low] + rng.random(len(when)) * (sums[high] - sums[low])
        place = (np.searchsorted(sums, drawn, side="right") - 1).clip(0, self.size - 1)
        return np.where(high > low, order[place], -1)


def shelf_of(
    rng: np.random.Generator,
    kind: str,
    size: int,
    days: int,
    communities: int,
    *,
    makers: int = 80,
    tail: float = 1.25,
    shared: float = 0.3,
    hours: Floats = OFFICE,
    prefix: str | None = None,
    standing: bool = False,
) -> Shelf:
    """Return a shelf of objects of one kind.

    Args:
        rng: where chance comes from.
        kind: what they are.
        size: how many.
        days: over how many days they come out.
        communities: how many communities they are for.
        makers: the number of authors, who make unequally much.
        tail: the exponent of the attractiveness; smaller is more unequal.
        shared: the share of the authors who write for everybody.
        hours: when they come out.
        prefix: what the names begin with; the kind, if none.
        standing: whether all are there from the beginning (pages, places).
    """
    share = rng.lognormal(0, 1.0, makers)
    author = rng.choice(makers, size, p=share / share.sum())
    home = np.where(rng.random(makers) < shared, -1, rng.integers(0, communities, makers))
    audience = np.floor(rng.lognormal(7.2, 1.6, makers)).astype(np.int64) + 3
    hour = rng.choice(24, size, p=hours / hours.sum()) + rng.random(size) - 2
    published = np.floor((rng.integers(0, days, size) * 24 + hour) * HOUR).clip(0, days * DAY - HOUR)
    name = prefix or kind
    return Shelf(
        ids=np.array([f"{name}{number}" for number in rng.choice(9_000_000, size, replace=False)], dtype=object),
        kind=kind,
        published=np.zeros(size) if standing else published,
        author=author,
        community=home[author],
        weight=((rng.pareto(tail, size) + 0.03) ** 1.3 * np.sqrt(share[author])).clip(0, 150),
        followers=audience[author],
        makers=np.array([f"maker{number}" for number in rng.choice(900_000, makers, replace=False)], dtype=object),
    )
