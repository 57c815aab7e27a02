"""A memory budget: read as people write it, and held."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from cases.terminal.command_language import tr
from forensics.errors import MemoryBudgetError

_AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*([KMGT])(i?)B?", re.ASCII | re.IGNORECASE)
_POWERS = {"K": 1, "M": 2, "G": 3, "T": 4}


def amount(text: str) -> int:
    """Return the bytes that an amount of memory means, such as 4GB or 3.5GiB.

    Raises:
        click.BadParameter: it is none.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise click.BadParameter(tr("'{text}' is no amount of memory. Write it such as 4GB.", text=text))
    number, power, binary = found.groups()
    return int(float(number) * (1024 if binary else 1000) ** _POWERS[power.upper()])


def held(budget_bytes: int | None) -> None:
    """Raise where the process holds more memory than it was given.

    Args:
        budget_bytes: None for no budget.

    Raises:
        MemoryBudgetError: it does.
    """
    if budget_bytes is None:
        return
    now = _resident()
    if now is not None and now > budget_bytes:
        sentence = (
            "The work needs more than the {budget:.1f} GB of memory it was given and was stopped; nothing "
            "half-finished was left behind. Give more with --memory, or less data. For acts beyond any memory see: "
            "forensics coactions --help"
        )
        raise MemoryBudgetError(tr(sentence, budget=budget_bytes / 1e9))


def _resident() -> int | None:
    """Return the memory this process holds now, bytes; None where the system does not tell."""
    if sys.platform != "linux":
        return None
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    import resource  # noqa: PLC0415  not on Windows

    return pages * resource.getpagesize()
