"""Simulated elections written as cases, whole or not at all, and never over anything that somebody changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from cases.atomic_files.durable_files import make_folder, replace_folder, sync, sync_tree, take_away
from cases.atomic_files.plain_files import MOST_BYTES, hash_file, read_plain
from cases.atomic_files.staging import locked
from cases.case_file.case_file import FILE_NAME
from cases.custody.archived_copies import COPIES
from cases.terminal.command_language import tr
from forensics.dataset import Dataset
from forensics.errors import ForensicsError
from forensics.simulate import (
    Election,
    Plant,
    Planted,
    World,
    plant_into,
    simulate,
    write_case,
    write_copies,
    write_page_case,
    write_planted_case,
)
from forensics.simulate.pages import PageElection, PageWorld, simulate_pages

_MADE = ".simulated.json"
"""Names the files of a simulated case and their SHA-256, so that a changed one is known."""


def make(
    election: Election, seed: int, folder: Path, pages: PageElection | None = None, case_text: str | None = None
) -> World:
    """Simulate an election and write it as a case folder.

    Args:
        folder: does not exist, is empty, or holds an earlier simulated case as it was made, which is then replaced.
        pages: the campaign of pages beside it.
        case_text: the case file, which may name archived copies; None for the simulation's own.

    Raises:
        ForensicsError: the folder holds something else.
    """
    _refuse_others(folder)
    world = simulate(election, seed)
    campaign = simulate_pages(pages, seed) if pages else None

    def write(fresh: Path) -> None:
        write_case(world, fresh, campaign)
        if case_text is not None:
            write_copies(world, fresh / COPIES)
            (fresh / FILE_NAME).write_text(case_text, encoding="utf-8", newline="\n")

    _put(folder, write)
    return world


def make_pages(election: PageElection, seed: int, folder: Path) -> PageWorld:
    """Simulate a campaign of pages and write it as a case folder; as ``make``."""
    _refuse_others(folder)
    pages = simulate_pages(election, seed)
    _put(folder, lambda fresh: write_page_case(pages, fresh))
    return pages


def make_planted(dataset: Dataset, plant: Plant, source: str, seed: int, folder: Path) -> Planted:
    """Plant manipulation into data and write them as a case folder, which does not exist or is empty.

    Args:
        source: what the data were, in words.
        folder: to write.

    Raises:
        ForensicsError: the folder holds files, or the data have too few objects to plant upon.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ForensicsError(tr("{folder} holds something already. Give another folder.", folder=folder))
    planted = plant_into(dataset, (plant,), seed)
    _put(folder, lambda fresh: write_planted_case(planted, source, seed, fresh))
    return planted


def _put(folder: Path, write: Callable[[Path], None]) -> None:
    """Have a case written beside its folder and moved there when it is whole, in the place of the earlier one."""
    folder = folder.resolve()
    make_folder(folder.parent)
    fresh, previous = (folder.with_name(f".{folder.name}.{word}") for word in ("partial", "previous"))
    with locked(folder, "--out"):
        _refuse_others(previous)  # a run that was killed may have moved an earlier one there
        for left in (fresh, previous):  # by one that was killed
            take_away(left)
        fresh.mkdir()
        try:
            write(fresh)
            hashes = {path.name: hash_file(path) for path in sorted(fresh.iterdir())}
            (fresh / _MADE).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8", newline="\n")
            sync_tree(fresh)
            _refuse_others(folder)  # as it is now; it was looked at before the simulation
            if folder.exists():
                replace_folder(fresh, folder, previous)
            else:
                fresh.rename(folder)
            sync(folder.parent)
            take_away(previous)
        finally:
            take_away(fresh)


def _refuse_others(folder: Path) -> None:
    """Raise where a folder holds anything but a simulated case as it was made."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    made, held = _made(folder), sorted(path.name for path in folder.iterdir() if path.name != _MADE)
    if not made:
        sentence = "{folder} holds something that is no simulated case. Give another folder."
        raise ForensicsError(tr(sentence, folder=folder))
    for name in sorted({*made, *held}):
        path = folder / name
        if name not in made or name not in held or not path.is_file() or hash_file(path) != made[name]:
            sentence = "{folder} holds a simulated case that was changed since ({name}). Give another, or move it."
            raise ForensicsError(tr(sentence, folder=folder, name=name))


def _made(folder: Path) -> Mapping[str, str]:
    """Return the SHA-256 of each file that a simulated case was made with; nothing where it is none."""
    try:
        made = json.loads(read_plain(folder / _MADE, MOST_BYTES))
        return {Path(name).name: str(sha256) for name, sha256 in made.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}
