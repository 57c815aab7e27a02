"""Long work beside the main thread, so that Ctrl-C is heard while compiled code runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_HEARTBEAT_S = 0.2


def wait_for(work: Callable[[], T], watch: Callable[[], None] = lambda: None) -> T:
    """Do work in another thread and return what it returns, or raise what it raises.

    Args:
        watch: called several times a second meanwhile; what it raises ends the waiting.

    Python hears an interrupt only between two steps of the main thread, and a compiled loop is one step. So the main
    thread waits in short turns; when it is interrupted, or the watch raises, the work is abandoned and ends with the
    process.

    Raises:
        MemoryError: the system has no room for another thread.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def worked() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  raised again in the main thread
            errors.append(error)

    thread = threading.Thread(target=worked, daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise MemoryError from error
    while thread.is_alive():
        thread.join(_HEARTBEAT_S)
        watch()
    if errors:
        raise errors[0]
    return results[0]
