"""Custody: what went into a run, what came out of it, and the log of what was done to it since.

The manifest names the SHA-256 of every file. The log (one JSON object a line) is only ever added to; each entry carries
the hash of the one before and of the manifest as it then was, so that a later change of either shows. Whoever can write
the folder could still write the whole log anew: the last hash, kept elsewhere, is what shows that too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from cases.atomic_files.plain_files import MOST_BYTES, hash_file, read_plain
from cases.terminal.command_language import tr
from forensics.errors import InputFileError
from forensics.findings import Run
from forensics.loaders.reading.data_file import is_hollow

MANIFEST = "manifest.json"
LOG = "custody.jsonl"

STAMPS = "seals"
"""The folder of the time stamps. Each is about an entry of the log, and so, like the log, in no manifest."""

_START = "0" * 64
_STAMP = re.compile(r"[0-9a-f]{64}\.tsr", re.ASCII)
_MAY_BE_EMPTY = ("evidence", "figures", "rejected", STAMPS)
"""Folders of a run in which there may be nothing."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest names.

    Attributes:
        inputs: SHA-256 of each file that was read, by its source id and name.
        outputs: SHA-256 of each file of the run folder, by its name within the folder.
    """

    inputs: Mapping[tuple[str, str], str]
    outputs: Mapping[str, str]


def write_manifest(folder: Path, run: Run) -> None:
    """Write the manifest of a run folder whose every other file is in place."""
    inputs = [
        {"source_id": source.source_id, "name": source.name, "n_bytes": source.n_bytes, "sha256": source.sha256}
        for source in run.sources
    ]
    outputs = {name: hash_file(folder / name) for name in _held(folder)}
    text = json.dumps({"inputs": inputs, "outputs": outputs}, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a run folder.

    Raises:
        InputFileError: there is none, or it is damaged.
    """
    try:
        content = json.loads(read_plain(folder / MANIFEST, MOST_BYTES), object_pairs_hook=_without_doubles)
        inputs = {(item["source_id"], item["name"]): item["sha256"] for item in content["inputs"]}
        return Manifest(inputs, msgspec.convert(content["outputs"], dict[str, str]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, msgspec.ValidationError) as error:
        raise InputFileError(
            tr(
                "{folder} is not a run folder: it has no readable {file}. Make one with: forensics run CASE",
                folder=folder,
                file=MANIFEST,
            )
        ) from error


def log(folder: Path, event: str, **details: str) -> None:
    """Add an entry to a run folder's log.

    Args:
        folder: a run folder whose manifest is in place.
        event: what was done.
    """
    previous = seal(folder)
    entry: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "event": event,
        "details": details,
        "manifest": hash_file(folder / MANIFEST),
        "previous": previous,
    }
    entry["sha256"] = _digest(entry)
    with (folder / LOG).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(_line(entry) + "\n")


def seal(folder: Path) -> str:
    """Return the hash of the log's last entry, which stands for all before it and for the manifest."""
    lines = _lines(folder)
    return str(_entry(lines[-1]).get("sha256")) if lines else _START


def seals(folder: Path) -> tuple[str, ...]:
    """Return the hash of each entry of the log: the seals that the run had, the latest last."""
    return tuple(str(_entry(line).get("sha256")) for line in _lines(folder))


def stamp_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of the time stamps that a run keeps, by name."""
    if (folder / STAMPS).is_symlink() or not (folder / STAMPS).is_dir():
        return ()
    held = sorted((folder / STAMPS).iterdir())
    return tuple(path for path in held if _STAMP.fullmatch(path.name) and path.is_file() and not path.is_symlink())


def problems(folder: Path) -> tuple[str, ...]:
    """Return all that a run folder's files, manifest and log say against each other, a sentence each."""
    return (*_log_problems(folder), *_file_problems(folder))


def is_unchanged(folder: Path) -> bool:
    """Return whether a folder is a run folder, whole and as it was made."""
    try:
        return not problems(folder)
    except (InputFileError, OSError):
        return False


def remove(folder: Path) -> None:
    """Take away the files of a run folder that are as they were made, and the folder where nothing else is in it."""
    with suppress(InputFileError):
        named = read_manifest(folder).outputs
        for name in _held(folder):
            if name in named and not (folder / name).is_symlink() and hash_file(folder / name) == named[name]:
                (folder / name).unlink()
        for path in stamp_files(folder):
            path.unlink()
        for name in (LOG, MANIFEST):  # the manifest last: without it, a second try would know nothing any more
            (folder / name).unlink(missing_ok=True)
    for place, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):  # it holds something else, which stays
            Path(place).rmdir()


def _held(folder: Path) -> list[str]:
    """Return the names of all that a manifest answers for: whatever is no folder, and folders with nothing in them."""
    names = []
    for place, folders, files in os.walk(folder):
        names += [Path(place, name) for name in files]
        names += [Path(place, name) for name in folders if Path(place, name).is_symlink()]
        if not folders and not files and Path(place) not in {folder, *(folder / name for name in _MAY_BE_EMPTY)}:
            names.append(Path(place))
    known = {*(folder / name for name in (MANIFEST, LOG)), *stamp_files(folder)}
    return sorted(path.relative_to(folder).as_posix() for path in names if path not in known)


def _digest(entry: Mapping[str, Any]) -> str:
    bare = {key: value for key, value in entry.items() if key != "sha256"}
    return hashlib.sha256(_line(bare).encode()).hexdigest()


def _lines(folder: Path) -> list[bytes]:
    """Return the log's lines with their ends; none where there is no log that can be read."""
    try:
        content = read_plain(folder / LOG, MOST_BYTES)
    except OSError:
        return []
    *lines, rest = content.split(b"\n")
    return [*(line + b"\n" for line in lines), *([rest] if rest else [])]


def _entry(line: bytes) -> dict[str, Any]:
    """Return what a line of the log says; nothing where it is not written as ``log`` writes an entry.

    So there is one way to write a log: no second key of a name, no white space, nothing behind the last line's end.
    """
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return entry if isinstance(entry, dict) and f"{_line(entry)}\n".encode() == line else {}


_line = json.JSONEncoder(sort_keys=True).encode
"""Writes an entry in its one form; made once, since a log may have very many entries."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; two keys of one name could be read in two ways."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _log_problems(folder: Path) -> Iterator[str]:
    previous, entry = _START, dict[str, Any]()
    for number, line in enumerate(_lines(folder), start=1):
        entry = _entry(line)
        if entry.get("previous") != previous or entry.get("sha256") != _digest(entry):
            yield tr("{name}: entry {number} was changed, or one before it was taken out.", name=LOG, number=number)
            return
        previous = entry["sha256"]
    if previous == _START:
        yield tr("{name} is missing or empty.", name=LOG)
        return
    try:
        manifest = hashlib.sha256(read_plain(folder / MANIFEST, MOST_BYTES)).hexdigest()
    except OSError:
        manifest = None
    if manifest is None or manifest != entry.get("manifest"):
        yield tr("{name} is not the one that the last entry of {log} names.", name=MANIFEST, log=LOG)


def _file_problems(folder: Path) -> Iterator[str]:
    named = read_manifest(folder).outputs
    held = _held(folder)
    for name in sorted({*named, *held}):
        if name not in held:
            yield tr("{name} is missing.", name=name)
        elif name not in named:
            yield tr("{name} was added; the manifest does not name it.", name=name)
        elif (folder / name).is_symlink():
            yield tr("{name} is a link, and no run holds any.", name=name)
        elif not (folder / name).is_file() or is_hollow(folder / name) or hash_file(folder / name) != named[name]:
            yield tr("{name} was changed.", name=name)
