"""The log of a platform: acts and publications, column by column, and the world that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from worlds.base import ACTIONS, POSTS, World
from worlds.wards.inhabitants import Floats

__all__ = ["ActLog"]

Objects = NDArray[np.object_]


class ActLog:
    """Collects what people do; ``world`` returns it with what happened within the days of the export."""

    def __init__(self, rng: np.random.Generator, horizon: float, *, has_clients: bool) -> None:
        self._rng = rng
        self._horizon = horizon
        self._has_clients = has_clients
        self._acts: list[pl.DataFrame] = []
        self._posts: list[pl.DataFrame] = []
        self._number = int(rng.integers(10**8, 5 * 10**8))

    def numbers(self, n: int, letter: str) -> Objects:
        """Return new ids; they rise in the order of asking with gaps, as a platform's do."""
        steps = self._number + np.cumsum(self._rng.integers(1, 40, n))
        self._number = int(steps[-1]) if n else self._number
        return np.array([f"{letter}{step}" for step in steps], dtype=object)

    def publish(self, accounts: Objects, times: Floats, followers: ArrayLike) -> Objects:
        """Return the ids of new publications."""
        ids = self.numbers(len(times), "p")
        self._posts.append(
            pl.DataFrame(
                {
                    "post_id": ids.tolist(),
                    "account_id": accounts.tolist(),
                    "published_at": np.floor(times),
                    "followers": np.broadcast_to(followers, len(times)).astype(np.int64),
                },
                schema=POSTS,
            )
        )
        return ids

    def act(
        self,
        accounts: Objects,
        action: str | Objects,
        objects: Objects,
        kind: str,
        times: Floats,
        *,
        texts: Sequence[str | None] | None = None,
        posts: Objects | None = None,
        clients: Objects | None = None,
    ) -> None:
        """Write acts down, one a row; those of one publication share their event, which is its id."""
        n = len(times)
        if not n:
            return
        actions = np.full(n, action, dtype=object) if isinstance(action, str) else action
        events = self.numbers(n, "e") if posts is None else posts
        carried = np.isin(actions.astype(str), ("repost", "comment", "reply", "quote"))
        self._acts.append(
            pl.DataFrame(
                {
                    "account_id": accounts.tolist(),
                    "action": actions.tolist(),
                    "object_id": objects.tolist(),
                    "object_kind": [kind] * n,
                    "acted_at": np.floor(times),
                    "acted_after": [None] * n,
                    "time_precision": ["s"] * n,
                    "post_id": [event if own else None for event, own in zip(events, carried, strict=True)]
                    if posts is None
                    else posts.tolist(),
                    "source_event": events.tolist(),
                    "text": list(texts) if texts is not None else [None] * n,
                    "client": clients.tolist() if clients is not None and self._has_clients else [None] * n,
                },
                schema=ACTIONS,
            )
        )

    def world(self, farms: Iterable[Iterable[str]] = ()) -> World:
        """Return what happened in the days of the export, in no order, each act on an object once."""
        acts = pl.concat(self._acts).filter(pl.col("acted_at").is_between(0, self._horizon - 1))
        is_single = pl.col("action").is_in(["like", "repost", "follow", "rate", "join"])
        acts = acts.sort("acted_at", "source_event", "object_kind", "object_id")
        once = acts.filter(is_single).unique(["account_id", "action", "object_id"], keep="first", maintain_order=True)
        acts = pl.concat([once, acts.filter(~is_single)])
        acts = acts[self._rng.permutation(acts.height).tolist()]
        posts = pl.concat(self._posts).filter(pl.col("published_at").is_between(0, self._horizon - 1))
        return World(acts, posts.sort("published_at", "post_id"), tuple(frozenset(farm) for farm in farms))
