"""Simulated elections written as cases, never over anybody's own files."""

from __future__ import annotations

from pathlib import Path

from cases.casefile import FILE_NAME, read
from forensics.errors import CaseFileError, ForensicsError
from forensics.simulate import Election, World, simulate, write_case

__all__ = ["make"]


def make(election: Election, seed: int, folder: Path) -> World:
    """Simulate an election and write it as a case folder.

    Args:
        election: what to simulate.
        seed: of every random choice.
        folder: does not exist, is empty, or holds an earlier simulated case, whose files are replaced.

    Raises:
        ForensicsError: the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not _is_simulated(folder):
        raise ForensicsError(f"{folder} holds something that is no simulated case. Give another folder.")
    world = simulate(election, seed)
    write_case(world, folder)
    return world


def _is_simulated(folder: Path) -> bool:
    try:
        return read(folder / FILE_NAME).case.is_simulated
    except CaseFileError:
        return False
