"""What a section is: a frozen value that names a chapter and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forensics.findings import Run
from reports.report_model import Block
from reports.wording import Words


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the report.

    Attributes:
        name: its anchor, and its title's key in the wording (``section.<name>``).
        title: the phrase a programmer reads; readers get the wording's.
        build: ``build(run, words)``; no blocks leave the chapter out.
    """

    name: str
    title: str
    build: Callable[[Run, Words], tuple[Block, ...]]
