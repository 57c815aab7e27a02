"""The network of a run as nodes and edges with colours and positions, for the graph formats.

Texts pass the same border as in the documents, because XML cannot hold control characters.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import polars as pl

from forensics.findings import Run
from reports.detector_declarations import has_table
from reports.run_queries import Group, account_names, groups, rows_of
from reports.visible_text import visible_run

COLORS = ("b3401f", "1f6391", "8a6d00", "5b4a8a", "2f7d5b", "a34479", "5c6670", "d98a3d", "3f8fb0", "7a4a2b")
"""Colours of the groups, in turn; distinct for colour-blind readers as far as ten can be."""

MOST_LINKS = 20_000
"""Pairs of a graph file; Gephi lays out no more in reasonable time, and the tables of the run hold all."""

SPREAD = 400.0
"""Width of a group, and with some air the distance between two, in the drawing program's units."""


@dataclass(frozen=True, slots=True)
class Member:
    """One account in one group.

    Attributes:
        key: unique in the graph: an account in two groups is two nodes.
        label: its handle, or its id.
        group: the finding's id.
        color: six hexadecimal digits.
        x: place.
        y: place, upwards.
        n_edges: its pairs.
        n_acts: its acts that took part.
    """

    key: str
    account_id: str
    label: str
    group: str
    color: str
    x: float
    y: float
    n_edges: int
    n_acts: int

    @property
    def size(self) -> float:
        """Diameter of its dot: the more pairs, the larger."""
        return 4 + math.sqrt(self.n_edges)

    @property
    def r(self) -> int:
        """Red, 0 to 255."""
        return int(self.color[:2], 16)

    @property
    def g(self) -> int:
        """Green, 0 to 255."""
        return int(self.color[2:4], 16)

    @property
    def b(self) -> int:
        """Blue, 0 to 255."""
        return int(self.color[4:], 16)


@dataclass(frozen=True, slots=True)
class Link:
    """One pair: the keys of two members, their layers and shared objects; what is usual in the group; when they met."""

    left: str
    right: str
    layers: str
    n_objects: int
    n_close: int
    expected_in_group: float
    p_in_group: float
    start: dt.datetime | None = None
    end: dt.datetime | None = None

    @property
    def weight(self) -> int:
        """Shared objects, at least 1, which drawing programs want."""
        return max(1, self.n_objects)


def graph_of(run: Run) -> tuple[tuple[Member, ...], tuple[Link, ...]]:
    """Return every group's accounts and its strongest pairs, the groups laid out side by side.

    Of all groups together the ``MOST_LINKS`` pairs that share most are kept: a drawing program cannot draw more.
    """
    found = groups(visible_run(run))
    wide = max(1, math.ceil(math.sqrt(len(found))))
    members: list[Member] = []
    links: list[Link] = []
    for place, group in enumerate(found):
        row, column = divmod(place, wide)
        names = account_names(group)
        keys = {account: f"{group.finding.id}:{account}" for account in names}
        columns = ("account_id", "x", "y", "n_edges", "n_acts")
        for account, x, y, n_edges, n_acts in rows_of(group, "members").select(columns).iter_rows():
            at = SPREAD * (1.25 * column + (x or 0) / 2), SPREAD * ((y or 0) / 2 - 1.25 * row)
            color = COLORS[place % len(COLORS)]
            members.append(
                Member(keys[account], account, names[account], group.finding.id, color, *at, n_edges or 0, n_acts or 0)
            )
        facts = ("left", "right", "layers", "n_objects", "n_close", "expected", "p_value")
        met = _meetings(group)
        for left, right, *values in rows_of(group, "ties").select(facts).iter_rows():
            links.append(Link(keys[left], keys[right], *values, *met.get((left, right), (None, None))))
    kept = sorted(range(len(links)), key=lambda place: -links[place].weight)[:MOST_LINKS]
    return tuple(members), tuple(links[place] for place in sorted(kept))


def _meetings(group: Group) -> dict[tuple[str, str], tuple[dt.datetime, dt.datetime]]:
    """Return when each pair first and last acted on the same object; nothing where no pairs of acts are known."""
    if not has_table(group.finding, group.detection, "meetings"):
        return {}
    acts = rows_of(group, "meetings").drop_nulls(["left_at", "right_at"])
    spans = acts.group_by("left", "right").agg(
        first=pl.min_horizontal("left_at", "right_at").min(), last=pl.max_horizontal("left_at", "right_at").max()
    )
    return {(left, right): (first, last) for left, right, first, last in spans.iter_rows()}
