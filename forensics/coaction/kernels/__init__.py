"""The compiled inner loops: the only code that numba sees.

They release the interpreter's lock, so that threads run them side by side, and are kept on disk after the first
compilation, which takes some seconds. Where no folder for that can be written, as in a read-only install without a
home, or the disk is full, they are compiled each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

__all__ = ["compiled"]


def compiled(function: Callable[..., Any]) -> Any:  # noqa: ANN401  a compiled function, of which numba has no type
    """Compile a function when it is first called, and keep what came out where that can be kept."""
    try:
        kernel: Any = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba finds no folder that it may write
        return njit(nogil=True)(function)
    cache = kernel._cache  # noqa: SLF001  numba has no other way to keep on without its cache
    cache.save_overload = _or_none(cache.save_overload)
    cache.load_overload = _or_none(cache.load_overload)
    return kernel


def _or_none(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return work that is left undone where the disk, or what an earlier process left on it, does not allow it."""

    def tried(*words: Any) -> Any:  # noqa: ANN401  as numba calls it
        try:
            return work(*words)
        except Exception:  # noqa: BLE001  a torn index breaks in the unpickling, in whatever way
            return None

    return tried
