"""Precincts: a world that begins from posts.

Each post has a reach that decays and is spread over channels: rankings by freshness and popularity, the list of the
followed, private chats, newsletters, trends, television, bells and embeds. Whom a channel reaches, depends on milieu,
region and activity; when they act, on their day. On top of this ordinary life stand occasions and communities (organic)
and crews for hire (farm).
"""

from __future__ import annotations

from worlds.base import Mechanism

from .farms import FARMS
from .organic import ORGANIC

__all__ = ["MECHANISMS"]


def _unique(mechanisms: tuple[Mechanism, ...]) -> tuple[Mechanism, ...]:
    names = [mechanism.name for mechanism in mechanisms]
    if len(set(names)) != len(names):
        message = "two mechanisms have one name"
        raise ValueError(message)
    return mechanisms


MECHANISMS: tuple[Mechanism, ...] = _unique((*ORGANIC, *FARMS))
