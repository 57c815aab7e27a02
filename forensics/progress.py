"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called during long work: the stage in plain words, how much is done, how much there is (0 where unknown)."""


def quiet(stage: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""
