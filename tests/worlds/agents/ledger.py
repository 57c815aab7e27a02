"""The ledger collects acts and publications as whole-number columns and turns them into a world at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import polars as pl
from worlds.base import ACTIONS, POSTS, World

__all__ = ["ACTS", "DAY", "HOUR", "KINDS", "Ints", "Ledger", "Nums"]

Ints: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Nums: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]

HOUR = 3600.0
DAY = 86400.0
ACTS = ("post", "repost", "quote", "reply", "like", "follow", "rate", "comment", "view", "join")
KINDS = ("post", "url", "domain", "hashtag", "text", "media", "account", "page", "place")
ONCE = ("repost", "like", "follow", "rate", "join")
"""A person does these once to one object; the export keeps the first."""

_ACT_CODE = {name: code for code, name in enumerate(ACTS)}
_KIND_CODE = {name: code for code, name in enumerate(KINDS)}
_COLUMNS = ("who", "act", "obj", "kind", "post", "event", "text", "client")


def _hex_ids(rng: np.random.Generator, count: int, prefix: str, digits: int = 10) -> list[str]:
    """Draw distinct random identifiers that carry no order."""
    drawn = np.unique(rng.integers(0, 16**digits, size=count + 16))
    drawn = rng.permutation(drawn)[:count]
    return [f"{prefix}{value:0{digits}x}" for value in drawn.tolist()]


@dataclass(eq=False)
class Ledger:
    """Rows of acts in columns, with registries of accounts, posts, names and texts.

    Attributes:
        rng: the world's source of chance.
        days: length of the period that the export covers.
        people: number of accounts known so far.
        names: for each kind of object that is no post or account, its object ids.
        texts: all texts; rows hold their index or -1.
        clients: names of client programs; rows hold their index or -1.
        post_author, post_at, post_followers, post_topic, post_quality: columns of publications.
    """

    rng: np.random.Generator
    days: int
    people: int = 0
    names: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    clients: list[str] = field(default_factory=lambda: ["web", "android", "ios", "lite"])
    post_author: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    post_at: Nums = field(default_factory=lambda: np.zeros(0))
    post_followers: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    post_topic: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    post_quality: Nums = field(default_factory=lambda: np.zeros(0))
    _ints: list[np.ndarray] = field(default_factory=list)
    _times: list[np.ndarray] = field(default_factory=list)
    _events: int = 0

    @property
    def horizon(self) -> float:
        """Return the end of the period in seconds."""
        return self.days * DAY

    def enrol(self, count: int) -> Ints:
        """Register accounts and return their indices."""
        first = self.people
        self.people += count
        return np.arange(first, self.people)

    def name(self, kind: str, names: list[str]) -> Ints:
        """Register objects that are known by a name and return their indices."""
        book = self.names.setdefault(kind, [])
        first = len(book)
        book.extend(names)
        return np.arange(first, len(book))

    def publish(
        self, author: Ints, at: Nums, followers: Ints | int, topic: Ints | int, quality: Nums | float = 1.0
    ) -> Ints:
        """Register publications and return their indices."""
        first, count = len(self.post_at), len(at)
        self.post_author = np.concatenate([self.post_author, author])
        self.post_at = np.concatenate([self.post_at, np.floor(at)])
        self.post_followers = np.concatenate([self.post_followers, np.broadcast_to(followers, count)])
        self.post_topic = np.concatenate([self.post_topic, np.broadcast_to(topic, count)])
        self.post_quality = np.concatenate([self.post_quality, np.broadcast_to(quality, count)])
        return np.arange(first, first + count)

    def events(self, count: int) -> Ints:
        """Return fresh numbers of events."""
        first = self._events
        self._events += count
        return np.arange(first, first + count)

    def write(self, texts: list[str]) -> Ints:
        """Register texts and return their indices."""
        first = len(self.texts)
        self.texts.extend(texts)
        return np.arange(first, len(self.texts))

    def add(
        self,
        who: Ints,
        act: str | Ints,
        obj: Ints,
        kind: str,
        at: Nums,
        *,
        post: Ints | int = -1,
        event: Ints | None = None,
        text: Ints | int = -1,
        client: Ints | int = -1,
    ) -> None:
        """Add one row for each entry of ``who``; every row is an event of its own unless events are given."""
        count = len(who)
        if not count:
            return
        code: Ints | int = _ACT_CODE[act] if isinstance(act, str) else act
        events = self.events(count) if event is None else event
        columns = (who, code, obj, _KIND_CODE[kind], post, events, text, client)
        rows = np.stack([np.broadcast_to(np.asarray(col, dtype=np.int64), count) for col in columns])
        self._ints.append(rows)
        self._times.append(np.stack([np.broadcast_to(at, count), np.full(count, np.nan)]))

    def table(self) -> tuple[dict[str, Ints], Nums, Nums]:
        """Return all rows so far as columns, with times and lower bounds of times."""
        rows = np.concatenate(self._ints, axis=1)
        times = np.concatenate(self._times, axis=1)
        return dict(zip(_COLUMNS, rows, strict=True)), times[0].copy(), times[1].copy()

    def replace(self, table: dict[str, Ints], at: Nums, after: Nums) -> None:
        """Put changed rows in place of all rows."""
        self._ints = [np.stack([table[name] for name in _COLUMNS])]
        self._times = [np.stack([at, after])]

    def keep(self, mask: np.ndarray) -> None:
        """Drop the rows where ``mask`` is false."""
        table, at, after = self.table()
        self.replace({name: col[mask] for name, col in table.items()}, at[mask], after[mask])

    def tidy(self) -> None:
        """Drop acts outside the period, acts before the publication they concern, and acts done twice."""
        table, at, after = self.table()
        at = np.floor(at)
        mask = (at >= 0) & (at < self.horizon)
        on_post = (table["kind"] == _KIND_CODE["post"]) & (table["obj"] < len(self.post_at))
        mask &= ~on_post | (at >= self.post_at[np.where(on_post, table["obj"], 0)])
        order = np.lexsort((at, table["obj"], table["kind"], table["act"], table["who"]))
        same = np.ones(len(order), dtype=bool)
        same[0] = False
        for name in ("who", "act", "kind", "obj"):
            col = table[name][order]
            same[1:] &= col[1:] == col[:-1]
        single = np.isin(table["act"], [_ACT_CODE[name] for name in ONCE])
        twice = np.zeros(len(order), dtype=bool)
        twice[order] = same
        mask &= ~(twice & single)
        self.replace({name: col[mask] for name, col in table.items()}, at[mask], after[mask])

    def close(self, farms: list[Ints], *, precision: str = "s", undated: bool = False) -> World:
        """Return the world: give random ids, map every index to its id and shuffle the rows.

        Args:
            farms: indices of hired accounts, one array for each farm.
            precision: s, min or day, for all rows.
            undated: whether the export holds no times of acts.
        """
        self.tidy()
        table, at, after = self.table()
        step = {"s": 1.0, "min": 60.0, "day": DAY}[precision]
        at = np.floor(at / step) * step
        accounts = np.array(_hex_ids(self.rng, self.people, "", 12), dtype=object)
        posts = np.array(_hex_ids(self.rng, len(self.post_at), "p"), dtype=object)
        objects = np.empty(len(at), dtype=object)
        for code, kind in enumerate(KINDS):
            mask = table["kind"] == code
            if mask.any():
                book = {"post": posts, "account": accounts, "page": accounts}.get(kind)
                book = np.array(self.names[kind], dtype=object) if book is None else book
                objects[mask] = book[table["obj"][mask]]
        events = np.array(_hex_ids(self.rng, self._events, "e"), dtype=object)
        order = self.rng.permutation(len(at))
        frame = pl.DataFrame(
            {
                "account_id": accounts[table["who"]][order].tolist(),
                "action": np.array(ACTS, dtype=object)[table["act"]][order].tolist(),
                "object_id": objects[order].tolist(),
                "object_kind": np.array(KINDS, dtype=object)[table["kind"]][order].tolist(),
                "acted_at": pl.Series(at[order]).fill_nan(None) if not undated else [None] * len(at),
                "acted_after": pl.Series(after[order]).fill_nan(None) if not undated else [None] * len(at),
                "time_precision": [precision] * len(at),
                "post_id": _pick(posts, table["post"][order]),
                "source_event": events[table["event"]][order].tolist(),
                "text": _pick(np.array([*self.texts, ""], dtype=object), table["text"][order]),
                "client": _pick(np.array(self.clients, dtype=object), table["client"][order]),
            },
            schema=ACTIONS,
        )
        shown = np.flatnonzero(self.post_at < self.horizon)
        shown = self.rng.permutation(shown)
        post_frame = pl.DataFrame(
            {
                "post_id": posts[shown].tolist(),
                "account_id": accounts[self.post_author[shown]].tolist(),
                "published_at": np.floor(self.post_at[shown] / step) * step,
                "followers": self.post_followers[shown],
            },
            schema=POSTS,
        )
        return World(frame, post_frame, tuple(frozenset(accounts[members].tolist()) for members in farms))


def _pick(book: np.ndarray, index: Ints) -> list[str | None]:
    """Return entries of the book, and None where the index is negative."""
    chosen = np.full(len(index), None, dtype=object)
    mask = index >= 0
    chosen[mask] = book[index[mask]]
    return chosen.tolist()
