"""Worlds of agents: people with schedules, follows, notifications and a recommender, and farms among them."""

from worlds.agents import farms_pace, farms_shape
from worlds.base import Mechanism

__all__ = ["MECHANISMS"]

MECHANISMS: tuple[Mechanism, ...] = (*farms_pace.BOOK, *farms_shape.BOOK)
