"""The book of what happened, and the export that an analyst gets of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from worlds.base import World, frames

__all__ = ["DAY", "HOUR", "MINUTE", "Deed", "Export", "Ledger"]

MINUTE = 60.0
HOUR = 3_600.0
DAY = 86_400.0

_ONCE = frozenset({"like", "repost", "follow", "rate", "join"})
_OWN_CLOCK = frozenset({"post", "quote", "reply", "comment"})


@dataclass(slots=True)
class Deed:
    """One thing that one person did, with every trace that it left.

    Attributes:
        account: the doer's id.
        action: as in the schema of actions.
        traces: pairs of object id and object kind.
        at: the true second.
        post_id: the doer's own post, where the deed made one.
        text: what was written.
        client: the application used.
    """

    account: str
    action: str
    traces: tuple[tuple[str, str], ...]
    at: float
    post_id: str | None = None
    text: str | None = None
    client: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """How the data reached the analyst.

    Attributes:
        precision: s, min or day: what remains of the times.
        timeless: actions of which the export holds no time.
        poll: seconds between two looks of a crawler at an object; likes, reposts and follows are dated by it.
        missed: the share of looks that failed.
        late_share: the share of accounts that come from a second file.
        late_by: by how many seconds the clock of the second file is ahead.
        holds_posts: whether publications are part of the export.
        holds_clients: whether applications are part of the export.
    """

    precision: str = "s"
    timeless: frozenset[str] = frozenset()
    poll: float | None = None
    missed: float = 0.08
    late_share: float = 0.0
    late_by: float = 0.0
    holds_posts: bool = True
    holds_clients: bool = True


class Ledger:
    """Deeds and publications, in no particular order until the export."""

    def __init__(self, rng: np.random.Generator, days: int) -> None:
        """Open an empty book for a span of days."""
        self.rng = rng
        self.end = days * DAY
        self.deeds: list[Deed] = []
        self.posts: list[tuple[str, str, float, int]] = []
        self._taken: set[str] = set()

    def new_id(self, prefix: str) -> str:
        """Return an id that tells nothing about its order."""
        while True:
            name = f"{prefix}{int(self.rng.integers(10**9, 10**10))}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def add(
        self,
        account: str,
        action: str,
        traces: Iterable[tuple[str, str]],
        at: float,
        *,
        text: str | None = None,
        client: str | None = None,
        post_id: str | None = None,
    ) -> None:
        """Write down one deed; those outside the span are not part of the data."""
        if 0 <= at < self.end:
            self.deeds.append(Deed(account, action, tuple(traces), float(at), post_id, text, client))

    def publish(self, post_id: str, account: str, at: float, followers: int) -> None:
        """Write down a publication."""
        if 0 <= at < self.end:
            self.posts.append((post_id, account, float(at), int(followers)))

    def _without_repeats(self) -> list[Deed]:
        """Drop likes, reposts, follows, ratings and joins that a platform would not take twice."""
        seen: set[tuple[str, str, str]] = set()
        kept = []
        for deed in sorted(self.deeds, key=lambda item: item.at):
            if deed.action in _ONCE:
                key = (deed.account, deed.action, deed.traces[0][0])
                if key in seen:
                    continue
                seen.add(key)
            kept.append(deed)
        return kept

    def _polled(self, object_id: str, at: float, grids: dict[str, np.ndarray], export: Export) -> tuple[float, float]:
        """Return the look of the crawler that first saw the act, and the look before it."""
        if object_id not in grids:
            step = export.poll * self.rng.choice([0.5, 1.0, 1.0, 2.0])
            grid = np.arange(self.rng.uniform(0, step), self.end + 2 * step, step)
            grid = grid[(self.rng.random(grid.size) >= export.missed) | (grid >= self.end)]
            grids[object_id] = grid + self.rng.uniform(0, 20, grid.size)
        grid = grids[object_id]
        place = int(np.searchsorted(grid, at, side="left"))
        return float(grid[place]), float(grid[place - 1]) if place else 0.0

    def close(self, export: Export, farms: Iterable[Iterable[str]] = ()) -> World:
        """Return the world as the export shows it."""
        deeds = self._without_repeats()
        self.rng.shuffle(deeds)
        late: dict[str, bool] = {}
        grids: dict[str, np.ndarray] = {}
        cut = {"s": 1.0, "min": MINUTE, "day": DAY}[export.precision]
        rows: list[tuple[object, ...]] = []
        for deed in deeds:
            event = self.new_id("e")
            if export.late_share and deed.account not in late:
                late[deed.account] = bool(self.rng.random() < export.late_share)
            at: float | None = deed.at + (export.late_by if late.get(deed.account) else 0.0)
            after: float | None = None
            if deed.action in export.timeless:
                at = None
            elif export.poll is not None and deed.action not in _OWN_CLOCK:
                at, after = self._polled(deed.traces[0][0], deed.at, grids, export)
            else:
                at = float(np.floor(at / cut) * cut)
            client = deed.client if export.holds_clients else None
            rows.extend(
                (
                    deed.account,
                    deed.action,
                    name,
                    kind,
                    at,
                    after,
                    export.precision,
                    deed.post_id,
                    event,
                    deed.text,
                    client,
                )
                for name, kind in deed.traces
            )
        posts: list[tuple[object, ...]] = []
        if export.holds_posts:
            for post_id, account, at, followers in self.posts:
                shift = export.late_by if late.get(account) else 0.0
                posts.append((post_id, account, float(np.floor((at + shift) / cut) * cut), followers))
            self.rng.shuffle(posts)
        actions, publications = frames(rows, posts)
        return World(actions, publications, tuple(frozenset(farm) for farm in farms))
