"""Parts of long work that an interrupted run leaves to the next one.

A detector asks ``checkpoint()`` once, in the thread that runs it, and then gives it each part by a name that says all
that the part depends on beyond the data set, the parameters and the seed::

    keep = checkpoint()
    evidence = np.frombuffer(keep(f"re-deal {number}", lambda: one(number).tobytes()))

Without anybody to keep it, the work is simply done. What is kept must be the bytes that doing the work would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["Checkpoint", "checkpoint", "kept_by"]

Checkpoint = Callable[[str, Callable[[], bytes]], bytes]
"""Gives the bytes that an earlier, interrupted run kept under a name; else does the work, keeps and gives its bytes.
It may be called from any thread."""


def _do(_name: str, work: Callable[[], bytes]) -> bytes:
    return work()


_current: ContextVar[Checkpoint] = ContextVar("checkpoint", default=_do)


def checkpoint() -> Checkpoint:
    """Return who keeps the parts of the work of this thread."""
    return _current.get()


@contextmanager
def kept_by(keeper: Checkpoint) -> Iterator[None]:
    """Let ``checkpoint`` return this one while the block runs."""
    token = _current.set(keeper)
    try:
        yield
    finally:
        _current.reset(token)
