"""Worlds of agents: people with schedules, follows, notifications and a recommender, and farms among them."""

from worlds.agents import (
    contested,
    farms_inside,
    farms_pace,
    farms_shape,
    organic_groups,
    organic_media,
    organic_records,
)
from worlds.base import Mechanism

__all__ = ["MECHANISMS"]

MECHANISMS: tuple[Mechanism, ...] = (
    *organic_media.BOOK,
    *organic_groups.BOOK,
    *organic_records.BOOK,
    *contested.BOOK,
    *farms_pace.BOOK,
    *farms_shape.BOOK,
    *farms_inside.BOOK,
)
