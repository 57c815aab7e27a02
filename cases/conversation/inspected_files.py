"""The data files that a user means, and what was seen in each."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cases.running.interruptible_work import wait_for
from cases.terminal.command_language import figure, rendered, tr
from forensics.errors import ForensicsError, MissingInputError
from forensics.messages import Message

if TYPE_CHECKING:
    from forensics.loaders.file_inspection import Inspection
    from forensics.loaders.loader import ReadOptions
    from forensics.progress import Progress

Choose = Callable[["Path", ForensicsError, "ReadOptions"], "ReadOptions | None"]
"""Says how else to read a file whose reading left something open."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file, what was seen in it, and how it was read.

    Attributes:
        seen: what it holds.
        options: how it was read, where that had to be given.
    """

    path: Path
    seen: Inspection
    options: ReadOptions | None = None


def recognised(seen: Inspection) -> str:
    """Return which format a file has, and by what it is known."""
    what = seen.recognition
    title, reason = rendered(Message(what.title)), rendered(what.reason)
    return tr("{title} ({name}), because {reason}", title=title, name=what.loader, reason=reason)


def counted(counts: Mapping[str, int]) -> str:
    """Return numbers by name, such as "like 1,200, repost 300"."""
    return ", ".join(f"{name} {figure(n, ',')}" for name, n in counts.items())


def files_of(place: Path) -> tuple[Path, ...]:
    """Return a file, or the files directly in a folder, by name; hidden ones are left out.

    Raises:
        MissingInputError: there is no such file, or the folder holds none.
        InputFileError: a file in the folder is a link that leads out of it.
    """
    if not place.is_dir():
        if not place.is_file():
            raise MissingInputError(tr("There is no file {path}.", path=place))
        return (place,)
    from forensics.loaders.reading.data_file import files_in  # noqa: PLC0415  slow, and help needs this module

    found = files_in(place, "*")
    if not found:
        raise MissingInputError(tr("The folder {path} holds no files.", path=place))
    return found


def meant(typed: str) -> tuple[Path, ...]:
    """Return the paths that a typed line means: the whole line, or words as a terminal writes dragged files."""
    whole = Path(typed).expanduser()
    if whole.exists():
        return (whole,)
    try:
        words = shlex.split(typed, posix=os.name != "nt")
    except ValueError:  # a lone quotation mark
        words = []
    return tuple(Path(word.strip("\"'")).expanduser() for word in words) or (whole,)


def look_into(
    places: Iterable[Path],
    progress: Progress,
    left_out: Callable[[Path, ForensicsError], None],
    given: ReadOptions | None = None,
    choose: Choose = lambda _path, _error, _options: None,
) -> list[Look]:
    """Look into files, and into those of folders, each once.

    Args:
        left_out: reports a file of a folder that cannot be read; the others are still looked into.
        given: how the files are to be read.
        choose: given a file, what its reading left open, and how it was read; how to read it instead, or None.

    Raises:
        ForensicsError: a file that was named cannot be read, or none of a folder can.
    """
    from forensics.loaders.loader import ReadOptions  # noqa: PLC0415

    options = replace(given or ReadOptions(), progress=progress)
    inspected: dict[Path, Look] = {}
    for place in places:
        failed: ForensicsError | None = None
        files = files_of(place)
        for path in files:
            try:
                inspected[path] = _look(path, options, choose)
            except ForensicsError as error:
                if path == place:
                    raise
                failed = error
                left_out(path, error)
        if failed and not inspected.keys() & set(files):
            raise failed
    return list(inspected.values())


def _look(path: Path, options: ReadOptions, choose: Choose) -> Look:
    """Look into a file, with what is chosen where its reading leaves something open."""
    from forensics.loaders.file_inspection import inspect  # noqa: PLC0415  slow to import

    loader = "generic" if options.columns or options.objects else None
    try:
        return Look(path, wait_for(lambda: inspect(path, loader, options)), options)
    except ForensicsError as error:
        chosen = choose(path, error, options)
        if chosen is None:
            raise
    return _look(path, chosen, choose)
