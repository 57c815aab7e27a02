"""A country's accounts, pages, posts and the log of what people did, and how these become a data set."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray
from worlds.base import ACTIONS, POSTS, World
from worlds.session_feed.people import DAY, Floats, Ints, People
from worlds.session_feed.words import CLIENTS, write

__all__ = ["COMMENT", "FOLLOW", "LIKE", "POST", "QUOTE", "RATE", "REPOST", "Registry"]

LIKE, REPOST, COMMENT, QUOTE, FOLLOW, RATE, POST = range(7)
ACTION_NAMES = ("like", "repost", "comment", "quote", "follow", "rate", "post")
KINDS = ("post", "account", "hashtag", "url", "page", "place")
PRECISIONS = ("s", "min", "day")
TABLE = ("who", "action", "kind", "what", "when", "after", "precision", "post", "event")


@dataclass(slots=True)
class Registry:
    """Everything a world is made from; accounts are numbers until ``world`` gives them random names.

    Attributes:
        rng: the only source of chance.
        days: how long the export lasts.
        zone: hours by which local time is ahead of UTC.
        people: accounts 0 to n - 1; the pages follow, then accounts added later.
        communities: how many interests there are.
        page_community: the interest of each page.
        accounts: number of accounts so far.
        author, published, community, quality, followers, found_by: one entry for each post; ``found_by`` counts acts.
        log: chunks of the columns in ``TABLE``.
        names: the strings of hashtags, links, pages and places.
        texts: texts of events that must not be written anew.
        clients: client names of accounts that use an unusual one.
    """

    rng: np.random.Generator
    days: int
    zone: float
    people: People
    communities: int
    page_community: Ints
    accounts: int
    author: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    published: Floats = field(default_factory=lambda: np.zeros(0))
    community: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    quality: Floats = field(default_factory=lambda: np.zeros(0))
    followers: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    found_by: Floats = field(default_factory=lambda: np.zeros(0))
    log: list[dict[str, NDArray[np.generic]]] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    texts: dict[int, str] = field(default_factory=dict)
    clients: dict[int, str] = field(default_factory=dict)
    events: int = 0

    @property
    def end(self) -> float:
        return self.days * DAY

    @property
    def pages(self) -> Ints:
        return np.arange(self.people.size, self.people.size + len(self.page_community))

    def add_accounts(self, size: int) -> Ints:
        """Open accounts that do nothing of their own accord."""
        self.accounts += size
        return np.arange(self.accounts - size, self.accounts)

    def publish(
        self, author: Ints, when: Floats, community: Ints, quality: Floats, followers: Ints | None = None
    ) -> Ints:
        """Publish posts and return their numbers."""
        start = len(self.author)
        if followers is None:
            followers = np.maximum(self.rng.lognormal(5.0, 1.2, len(author)), 3).astype(np.int64)
        self.author = np.concatenate([self.author, author])
        self.published = np.concatenate([self.published, np.floor(when)])
        self.community = np.concatenate([self.community, community])
        self.quality = np.concatenate([self.quality, quality])
        self.followers = np.concatenate([self.followers, followers])
        self.found_by = np.concatenate([self.found_by, np.zeros(len(author))])
        return np.arange(start, len(self.author))

    def name(self, kind: str, names: list[str]) -> Ints:
        """Register strings of a kind and return their numbers."""
        start = len(self.names[kind])
        self.names[kind].extend(names)
        return np.arange(start, start + len(names))

    def act(
        self,
        who: Ints,
        action: int | Ints,
        what: Ints,
        when: Floats,
        kind: str = "post",
        post: Ints | None = None,
        event: Ints | None = None,
    ) -> Ints:
        """Write acts to the log and return their events; acts outside the export's days are left out."""
        size = len(who)
        if event is None:
            event = np.arange(self.events, self.events + size)
            self.events += size
        chunk = {
            "who": np.asarray(who, np.int64),
            "action": np.broadcast_to(np.asarray(action, np.int64), size),
            "kind": np.full(size, KINDS.index(kind)),
            "what": np.asarray(what, np.int64),
            "when": np.floor(np.asarray(when, float)),
            "after": np.full(size, np.nan),
            "precision": np.zeros(size, np.int64),
            "post": np.full(size, -1) if post is None else post,
            "event": event,
        }
        inside = (chunk["when"] >= 0) & (chunk["when"] < self.end)
        chunk = {key: value[inside] for key, value in chunk.items()}
        if kind == "post":
            self.found_by += np.bincount(chunk["what"], minlength=len(self.found_by))
        self.log.append(chunk)
        return event

    def table(self) -> dict[str, NDArray[np.generic]]:
        """Return the log as one table whose arrays may be changed in place."""
        merged = {key: np.concatenate([chunk[key] for chunk in self.log]) for key in TABLE}
        self.log = [merged]
        return merged

    def world(self, *farms: Ints) -> World:
        """Give accounts, posts and events random names and return the data set, rows shuffled."""
        table = once_each(self.table())
        size = len(table["who"])
        order = self.rng.permutation(size)
        table = {key: value[order] for key, value in table.items()}
        accounts = pl.Series([f"{value:014x}" for value in distinct(self.rng, self.accounts, 1 << 56)])
        posts = pl.Series([str(value) for value in 10**12 + distinct(self.rng, len(self.author), 9 * 10**12)])
        events = 10**11 + distinct(self.rng, self.events, 9 * 10**11)
        return World(
            actions=self.export(table, accounts, posts, pl.Series(events[table["event"]]).cast(pl.String)),
            posts=pl.DataFrame(
                {
                    "post_id": posts,
                    "account_id": accounts.gather(self.author),
                    "published_at": self.published,
                    "followers": self.followers,
                },
                schema=POSTS,
            )
            .filter(pl.col("published_at") < self.end)
            .sample(fraction=1.0, shuffle=True, seed=len(posts)),
            farms=tuple(frozenset(accounts.gather(np.intersect1d(farm, table["who"])).to_list()) for farm in farms),
        )

    def export(
        self, table: dict[str, NDArray[np.generic]], accounts: pl.Series, posts: pl.Series, events: pl.Series
    ) -> pl.DataFrame:
        """Return the log as a frame of ``ACTIONS``."""
        what = np.empty(len(table["who"]), object)
        for code, kind in enumerate(KINDS):
            mask = table["kind"] == code
            names = {"post": posts, "account": accounts}.get(kind, pl.Series(self.names[kind], dtype=pl.String))
            what[mask] = names.gather(table["what"][mask]).to_list()
        carried = posts.gather(np.maximum(table["post"], 0)).to_list()
        return pl.DataFrame(
            {
                "account_id": accounts.gather(table["who"]),
                "action": pl.Series(ACTION_NAMES).gather(table["action"]),
                "object_id": what.tolist(),
                "object_kind": pl.Series(KINDS).gather(table["kind"]),
                "acted_at": pl.Series(table["when"]).fill_nan(None),
                "acted_after": pl.Series(table["after"]).fill_nan(None),
                "time_precision": pl.Series(PRECISIONS).gather(table["precision"]),
                "post_id": [
                    value if number >= 0 else None for value, number in zip(carried, table["post"], strict=True)
                ],
                "source_event": events,
                "text": self.wording(table),
                "client": self.devices(table),
            },
            schema=ACTIONS,
        )

    def wording(self, table: dict[str, NDArray[np.generic]]) -> list[str | None]:
        """Return the texts of comments, quotes, posts; other rows have none."""
        speaks = np.isin(table["action"], (COMMENT, QUOTE, POST)) & (table["kind"] == 0)
        rows = np.flatnonzero(speaks)
        texts: list[str | None] = [None] * len(speaks)
        written = write(self.rng, self.community[table["what"][rows]])
        for row, event, text in zip(rows.tolist(), table["event"][rows].tolist(), written, strict=True):
            texts[row] = self.texts.get(event, text)
        for row in np.flatnonzero(table["action"] == RATE).tolist():
            texts[row] = self.texts.get(int(table["event"][row]))
        return texts

    def devices(self, table: dict[str, NDArray[np.generic]]) -> list[str | None]:
        """Return the client of what was written; a like, a follow or a rating shows none."""
        own = self.rng.choice(4, self.accounts, p=[0.48, 0.27, 0.22, 0.03])
        names = [self.clients.get(number, CLIENTS[code]) for number, code in enumerate(own.tolist())]
        shown = np.isin(table["action"], (REPOST, COMMENT, QUOTE, POST))
        return [names[w] if flag else None for w, flag in zip(table["who"].tolist(), shown.tolist(), strict=True)]


def distinct(rng: np.random.Generator, size: int, below: int) -> Ints:
    """Return distinct random numbers in random order."""
    numbers = np.unique(rng.integers(0, below, size + 64 + size // 50))
    return rng.permutation(numbers)[:size]


def once_each(table: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
    """Keep the first of a person's equal likes, reposts, follows and ratings of one object."""
    order = np.argsort(table["when"], kind="stable")
    action = table["action"][order]
    key = np.stack([table["who"][order], action * 16 + table["kind"][order], table["what"][order]])
    _, first = np.unique(key[0] * (1 << 40) + key[1] * (1 << 32) + key[2], return_index=True)
    keep = np.isin(action, (COMMENT, QUOTE, POST))
    keep[first] = True
    rows = order[keep]
    return {key: value[rows] for key, value in table.items()}
