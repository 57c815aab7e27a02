"""Where on this machine the files of a case lie, and whether they are the files the case means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cases.atomic_files.plain_files import hash_file
from cases.case_file.case_file import CaseFile, DataEntry
from cases.terminal.command_language import tr
from forensics.errors import CaseFileError, MissingInputError


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a case, found.

    Attributes:
        source_id: ``s1``, ``s2``, ... in the order of the case file.
        file: what the case says of it.
        path: where it lies.
    """

    source_id: str
    file: DataEntry
    path: Path


def locate(case_file: CaseFile, places: Sequence[Path] = ()) -> tuple[Input, ...]:
    """Find every file that a case names.

    A place the user gives comes before the case's own folder. A folder is searched for the path as written, then for
    the file's name directly in it, then for the name anywhere below it.

    Args:
        places: files, or folders that hold them.

    Returns:
        One for each ``[[data]]`` entry, in order.

    Raises:
        MissingInputError: a file is nowhere; the message says where to get it.
        CaseFileError: more than one file below a place has the name, and nothing tells them apart.
    """
    return tuple(
        Input(f"s{number}", file, _find(file, case_file, places)) for number, file in enumerate(case_file.data, start=1)
    )


def locate_truth(case_file: CaseFile, places: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Find the files of what is known that a case names, as ``locate`` finds its data.

    Raises:
        MissingInputError: a file is nowhere.
        CaseFileError: more than one file below a place has the name.
    """
    return _located(case_file.truth, case_file, places)


def locate_archived(case_file: CaseFile, places: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Find the files of archived copies that a case names; as ``locate_truth``."""
    return _located(case_file.archived, case_file, places)


def _located(paths: Sequence[str], case_file: CaseFile, places: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(_find(DataEntry(path, None, None, "", {}, {}, {}), case_file, places) for path in paths)


def _find(file: DataEntry, case_file: CaseFile, places: Sequence[Path]) -> Path:
    for place in places:
        found = _in_place(file, place, is_only=len(case_file.data) == len(places) == 1)
        if found is not None:
            return found
    beside = case_file.folder / file.path
    if beside.is_file():
        return beside
    searched = ", ".join(str(place) for place in (*places, case_file.folder))
    sentence = "The case '{case}' needs the file '{file}', which is not in {searched}."
    sentences = [tr(sentence, case=case_file.case.name, file=file.path, searched=searched)]
    sentences += [tr("Where to get it: {where}", where=file.where)] if file.where else []
    raise MissingInputError(" ".join(sentences) + "\n" + tr("Say where it lies with: --data FOLDER"))


def _in_place(file: DataEntry, place: Path, *, is_only: bool) -> Path | None:
    """Return the file as this place holds it; a lone file given for a lone entry may have any name."""
    name = Path(file.path).name
    if place.is_file():
        return place if is_only or place.name == name else None
    for direct in (place / file.path, place / name):
        if direct.is_file():
            return direct
    whole = place.resolve()  # a link in it may not lead out of it
    below = sorted(
        path
        for path in place.rglob("*")
        if path.name == name and path.is_file() and path.resolve().is_relative_to(whole)
    )
    if len(below) > 1 and file.sha256:
        below = [path for path in below if hash_file(path) == file.sha256][:1] or below
    if len(below) > 1:
        sentence = (
            "{place} holds {number} files named '{name}', such as {one} and {other}. Give the one meant with --data."
        )
        raise CaseFileError(tr(sentence, place=place, number=len(below), name=name, one=below[0], other=below[1]))
    return below[0] if below else None
