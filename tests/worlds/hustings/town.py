"""A town: its people, the acts that were done there, and the export of them that a newsroom gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from worlds.base import ACTIONS, POSTS, World
from worlds.hustings.people import DAY, Crowd, Floats, Ints
from worlds.hustings.shelves import Shelf

__all__ = ["Town", "joined"]

ONCE = ("like", "follow", "repost", "rate", "join")
"""What a platform lets a person do to an object once."""

HELD = {name: ACTIONS[name] for name in ("text", "client", "post_id")}


@dataclass(slots=True)
class Town:
    """What a mechanism fills act by act.

    Attributes:
        rng: where chance comes from.
        crowd: the people.
        days: how long the export reaches.
        has_clients: whether the platform shows the program that an act was done with.
        rows: the acts.
        published: the publications of people of the crowd.
        shelves: the shelves whose posts the export holds.
        count: the number of source events so far.
    """

    rng: np.random.Generator
    crowd: Crowd
    days: int
    has_clients: bool = True
    rows: list[dict[str, NDArray[Any]]] = field(default_factory=list)
    published: list[pl.DataFrame] = field(default_factory=list)
    shelves: list[Shelf] = field(default_factory=list)
    count: int = 0

    def act(
        self,
        who: Ints,
        action: str | NDArray[np.object_],
        shelf: Shelf,
        picks: Ints,
        when: Floats,
        *,
        texts: Sequence[str | None] | None = None,
        client: str | None = None,
    ) -> None:
        """Record acts on objects of a shelf; those without an object (-1) or after the last day are no acts."""
        kept = np.flatnonzero((picks >= 0) & (when < self.days * DAY))
        if not any(shelf is one for one in self.shelves):
            self.shelves.append(shelf)
        if not len(kept):
            return
        actions = np.full(len(picks), action, dtype=object) if isinstance(action, str) else action
        words = np.array(texts, dtype=object) if texts is not None else np.full(len(picks), None, dtype=object)
        clients = self.crowd.client[who[kept]] if client is None else np.full(len(kept), client, dtype=object)
        times = np.floor(np.maximum(when[kept], shelf.published[picks[kept]]))
        self.rows.append(
            {
                "account_id": self.crowd.names[who[kept]],
                "action": actions[kept],
                "object_id": shelf.ids[picks[kept]],
                "object_kind": np.full(len(kept), shelf.kind, dtype=object),
                "acted_at": times,
                "source_event": np.arange(self.count, self.count + len(kept)),
                "text": words[kept],
                "client": clients,
                "post_id": np.full(len(kept), None, dtype=object),
            }
        )
        self.count += len(kept)

    def publish(
        self,
        who: Ints,
        when: Floats,
        traces: Sequence[tuple[str, NDArray[np.object_]]],
        *,
        texts: Sequence[str | None] | None = None,
        client: str | None = None,
        action: str = "post",
    ) -> NDArray[np.object_]:
        """Record posts of people, each with its traces (kind, objects; None is no trace); return the posts' names."""
        kept = np.flatnonzero(when < self.days * DAY)
        who, when = who[kept], np.floor(when[kept])
        fresh = self.rng.integers(0, 1 << 62, len(kept))
        names = np.array([f"own{number}" for number in fresh], dtype=object)
        clients = self.crowd.client[who] if client is None else np.full(len(who), client, dtype=object)
        words = np.array(texts if texts is not None else [None] * len(when), dtype=object)
        for kind, objects in traces:
            held = np.array([one is not None for one in objects[kept]], dtype=bool)
            self.rows.append(
                {
                    "account_id": self.crowd.names[who[held]],
                    "action": np.full(int(held.sum()), action, dtype=object),
                    "object_id": objects[kept][held],
                    "object_kind": np.full(int(held.sum()), kind, dtype=object),
                    "acted_at": when[held],
                    "source_event": np.arange(self.count, self.count + len(who))[held],
                    "text": words[kept][held],
                    "client": clients[held],
                    "post_id": names[held],
                }
            )
        self.count += len(who)
        reach = np.floor(self.crowd.rate[who] * 120).astype(np.int64) + 20
        self.published.append(
            pl.DataFrame(
                {
                    "post_id": pl.Series(names.tolist(), dtype=pl.String),
                    "account_id": pl.Series(self.crowd.names[who].tolist(), dtype=pl.String),
                    "published_at": when,
                    "followers": reach,
                },
                schema=POSTS,
            )
        )
        return names

    def world(
        self, *, precision: str = "s", polled: float | None = None, timeless: bool = False, farms: Sequence[Ints] = ()
    ) -> World:
        """Return the town as an export shows it.

        Args:
            precision: s, min or day.
            polled: the seconds between two rounds of a crawler that reads lists; acts get the round's bounds.
            timeless: whether the export is of lists without times.
            farms: the hired people of each farm.
        """
        columns = {name: np.concatenate([row[name] for row in self.rows]) for name in self.rows[0]}
        acts = pl.DataFrame({name: values.tolist() for name, values in columns.items()}, schema_overrides=HELD)
        acts = acts.with_columns(acted_after=pl.lit(None, pl.Float64), time_precision=pl.lit("s"))
        acts = acts.sort("acted_at", "source_event", "object_kind", "object_id")
        once = pl.col("action").is_in(ONCE) & pl.col("post_id").is_null()
        acts = acts.filter(~once | pl.struct("account_id", "action", "object_id").is_first_distinct())
        if not self.has_clients:
            acts = acts.with_columns(client=pl.lit(None, pl.String))
        acts = dated(acts, precision, polled, timeless=timeless)
        acts = acts.with_row_index("line").with_columns(
            source_event=pl.format("e{}", pl.col("line").min().over("source_event"))
        )
        present = set(acts["account_id"].to_list())
        return World(
            actions=acts.select(ACTIONS.names()).cast(dict(ACTIONS)),
            posts=self._posts(acts, precision),
            farms=tuple(frozenset(self.crowd.names[one].tolist()) & present for one in farms),
        )

    def _posts(self, acts: pl.DataFrame, precision: str) -> pl.DataFrame:
        """Return the publications: those acted on and those of the crowd that are left."""
        frames = [pl.DataFrame(schema=POSTS), *self.published]
        frames += [
            pl.DataFrame(
                {
                    "post_id": shelf.ids.tolist(),
                    "account_id": shelf.makers[shelf.author].tolist(),
                    "published_at": shelf.published,
                    "followers": shelf.followers,
                },
                schema=POSTS,
            )
            for shelf in self.shelves
            if shelf.kind == "post"
        ]
        step = {"s": 1.0, "min": 60.0, "day": DAY}[precision]
        held = pl.concat([acts["post_id"], acts["object_id"]]).unique()
        return (
            pl.concat(frames)
            .filter(pl.col("post_id").is_in(held.implode()))
            .with_columns((pl.col("published_at") / step).floor() * step)
        )


def dated(acts: pl.DataFrame, precision: str, polled: float | None, *, timeless: bool) -> pl.DataFrame:
    """Return the acts with the times that the export holds."""
    if timeless:
        acts = acts.sort("object_kind", "object_id", "account_id", maintain_order=True)
        return acts.with_columns(acted_at=pl.lit(None, pl.Float64))
    if polled is not None:
        seen = pl.col("action").is_in(ONCE)
        round_end = ((pl.col("acted_at") / polled).floor() + 1) * polled
        return acts.with_columns(
            acted_after=pl.when(seen).then(round_end - polled),
            acted_at=pl.when(seen).then(round_end).otherwise(pl.col("acted_at")),
        )
    step = {"s": 1.0, "min": 60.0, "day": DAY}[precision]
    return acts.with_columns(
        acted_at=(pl.col("acted_at") / step).floor() * step, time_precision=pl.lit(precision, pl.String)
    )


def joined(texts: Sequence[str]) -> NDArray[np.object_]:
    """Return the names of texts as objects: the same words, whatever their case, are one object."""
    return np.array([f"text{blake2b(one.casefold().encode(), digest_size=6).hexdigest()}" for one in texts], object)
