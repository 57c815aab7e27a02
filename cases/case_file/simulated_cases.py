"""Simulated elections written as cases, never over anybody's own files."""

from __future__ import annotations

from pathlib import Path

from cases.case_file.case_file import FILE_NAME, read
from cases.terminal.command_language import tr
from forensics.dataset import Dataset
from forensics.errors import CaseFileError, ForensicsError
from forensics.simulate import (
    Election,
    Plant,
    Planted,
    World,
    plant_into,
    simulate,
    write_case,
    write_page_case,
    write_planted_case,
)
from forensics.simulate.pages import PageElection, PageWorld, simulate_pages

__all__ = ["make", "make_pages", "make_planted"]


def make(election: Election, seed: int, folder: Path, pages: PageElection | None = None) -> World:
    """Simulate an election and write it as a case folder.

    Args:
        election: what to simulate.
        seed: of every random choice.
        folder: does not exist, is empty, or holds an earlier simulated case, whose files are replaced.
        pages: the campaign of pages beside it.

    Raises:
        ForensicsError: the folder holds something else.
    """
    _refuse_others(folder)
    world = simulate(election, seed)
    write_case(world, folder, simulate_pages(pages, seed) if pages else None)
    return world


def make_pages(election: PageElection, seed: int, folder: Path) -> PageWorld:
    """Simulate a campaign of pages and write it as a case folder; as ``make``."""
    _refuse_others(folder)
    pages = simulate_pages(election, seed)
    write_page_case(pages, folder)
    return pages


def make_planted(dataset: Dataset, plant: Plant, source: str, seed: int, folder: Path) -> Planted:
    """Plant manipulation into data and write them as a case folder, which does not exist or is empty.

    Args:
        dataset: any data with acts.
        plant: what to plant.
        source: what the data were, in words.
        seed: of every random choice.
        folder: to write.

    Raises:
        ForensicsError: the folder holds something, or the data have too few things to plant upon.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ForensicsError(tr("{folder} holds something already. Give another folder.", folder=folder))
    planted = plant_into(dataset, (plant,), seed)
    write_planted_case(planted, source, seed, folder)
    return planted


def _refuse_others(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not _is_simulated(folder):
        raise ForensicsError(
            tr("{folder} holds something that is no simulated case. Give another folder.", folder=folder)
        )


def _is_simulated(folder: Path) -> bool:
    try:
        return read(folder / FILE_NAME).case.is_simulated
    except CaseFileError:
        return False
