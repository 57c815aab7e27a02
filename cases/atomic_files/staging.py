"""Files and folders that appear whole or not at all: built under another name beside their target, then renamed.

All is on the disk before the renaming. Two programs that want the same target exclude each other by a lock file beside
it. Whatever an interrupted one left is cleared by the next. Nothing that is there is replaced but a run folder that is
still as this program made it, and of that only the files that its manifest names are taken away.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cases.atomic_files.durable_files import make_folder, put_back, replace_folder, sync, sync_tree, take_away
from cases.custody import custody_log
from cases.terminal.command_language import tr
from forensics.errors import ForensicsError

MARK = "run.json"
"""The file by which a run folder is known."""

_TAKEN = "{target} is there already and is left alone. Give another name with {option}."


def is_run_folder(folder: Path) -> bool:
    """Return whether a folder holds what a finished run does; it may have been changed since."""
    return (folder / MARK).is_file()


def resumable(target: Path) -> Path:
    """Return where an interrupted run keeps what it has finished; to be used only while the target is staged."""
    return _beside(_real(target), "resume")


@contextmanager
def staged(target: Path, *, may_replace: bool = True) -> Iterator[Path]:
    """Give an empty folder that becomes the target when the block ends well, and vanishes when it does not.

    Args:
        target: does not exist, is an empty folder, or is a run folder as it was made, which is then replaced.
        may_replace: whether it may be a run folder.

    Yields:
        The folder to fill, beside the target and so on the same disk.

    Raises:
        ForensicsError: the target is something else, or another program is writing it.
    """
    target = _real(target)
    _refuse_foreign(target, target, may_replace=may_replace)
    _refuse_within_run(target, "--out")
    make_folder(target.parent)
    with locked(target, "--out"):
        partial, previous = _beside(target, "partial"), _beside(target, "previous")
        _clear(target, partial, previous)
        partial.mkdir()
        try:
            yield partial
            sync_tree(partial)
            _swap(partial, target, previous, may_replace=may_replace)
        finally:
            take_away(partial)


def bring_back(target: Path) -> bool:
    """Give a run that a killed program had moved aside its name again, on a disk that cannot exchange two names.

    Returns:
        Whether there was one.

    Raises:
        ForensicsError: another program is writing the target.
    """
    target = _real(target)
    previous = _beside(target, "previous")
    if target.exists() or previous.is_symlink() or not is_run_folder(previous):
        return False
    with locked(target, "--out"):
        if target.exists() or not previous.exists():
            return False
        _name_again(previous, target)
    return True


@contextmanager
def appearing(target: Path, option: str) -> Iterator[Path]:
    """Give a name that is not there yet; what the block makes under it becomes the target when the block ends well.

    Args:
        target: a file or folder that is not there; an empty folder may be.
        option: by which the user chose it, for the messages.

    Yields:
        The name, in a folder beside the target and so on the same disk.

    Raises:
        ForensicsError: the target is there, is a link or lies in a run folder, or another program is writing it.
    """
    if target.is_symlink():
        raise ForensicsError(
            tr(
                "{target} is a link, and nothing is written through one. Give another name with {option}.",
                target=target,
                option=option,
            )
        )
    target = _real(target)
    _refuse_taken(target, option)
    make_folder(target.parent)
    with locked(target, option):
        partial = _beside(target, "partial")
        take_away(partial)
        partial.mkdir()
        try:
            yield partial / target.name
            _refuse_taken(target, option)
            sync_tree(partial / target.name)
            if target.is_dir():
                target.rmdir()
            (partial / target.name).rename(target)
            sync(target.parent)
        finally:
            take_away(partial)


def _real(target: Path) -> Path:
    """Return where a name leads, through links; ``Path.resolve`` raises no ``OSError`` where they go round.

    Raises:
        OSError: they do.
    """
    place = Path(os.path.realpath(target))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(target))
    return place


def _beside(target: Path, word: str) -> Path:
    """Return the hidden name beside a target; the root of a disk has nothing beside it, and is never written."""
    return target.parent / f".{target.name}.{word}"


def _refuse_taken(target: Path, option: str) -> None:
    if target.exists() and not _is_empty_folder(target):
        raise ForensicsError(tr(_TAKEN, target=target, option=option))
    _refuse_within_run(target, option)


def _refuse_within_run(target: Path, option: str) -> None:
    if any(is_run_folder(parent) for parent in target.parents):
        sentence = "{target} lies in a run folder, which may not change. Give another place with {option}."
        raise ForensicsError(tr(sentence, target=target, option=option))


@contextmanager
def locked(target: Path, option: str) -> Iterator[None]:
    """Keep other programs from writing a target in the block.

    Args:
        target: a file or folder, which may not be there yet.
        option: by which the user chose it, for the message.

    Raises:
        ForensicsError: another program is writing it.
    """
    lock = _beside(target, "lock")
    try:
        with FileLock(lock, timeout=0):
            try:
                yield
            finally:
                with suppress(OSError):  # Windows keeps an open file; the lock's release then removes it
                    lock.unlink()
    except Timeout as error:
        sentence = "Another program is writing {target} now. Wait for it, or give another name with {option}."
        raise ForensicsError(tr(sentence, target=target, option=option)) from error


def _refuse_foreign(folder: Path, target: Path, *, may_replace: bool) -> None:
    """Raise where a folder holds anything but an unchanged run, so that nobody's files are ever deleted.

    Args:
        target: what it is called in the message.
        may_replace: whether it may be a run.
    """
    if not folder.exists() or _is_empty_folder(folder):
        return
    if may_replace and is_run_folder(folder):
        if custody_log.is_unchanged(folder):
            return
        sentence = (
            "{target} is not as a run made it, so it is left alone; forensics verify {target} says what was changed. "
            "Give another folder with --out."
        )
        raise ForensicsError(tr(sentence, target=target))
    if not may_replace:
        raise ForensicsError(tr(_TAKEN, target=target, option="--out"))
    sentence = "{target} exists and is not a run folder, so it is left alone. Give another folder with --out."
    raise ForensicsError(tr(sentence, target=target))


def _is_empty_folder(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _clear(target: Path, partial: Path, previous: Path) -> None:
    """Take away what a killed program left; a run it had moved aside without a successor comes back."""
    if os.path.lexists(previous):
        if target.exists() or previous.is_symlink() or not is_run_folder(previous):
            _remove(previous)
        else:
            _name_again(previous, target)
    take_away(partial)


def _name_again(previous: Path, target: Path) -> None:
    previous.rename(target)
    sync(target.parent)


def _swap(partial: Path, target: Path, previous: Path, *, may_replace: bool) -> None:
    if not target.exists():
        partial.rename(target)
        sync(target.parent)
        return
    replace_folder(partial, target, previous)
    try:
        sync(target.parent)  # before the earlier run goes
        _refuse_foreign(previous, target, may_replace=may_replace)  # as it is now; it was looked at before the run
    except BaseException:
        put_back(partial, target, previous)
        raise
    _remove(previous)


def _remove(previous: Path) -> None:
    """Take away an earlier run.

    Raises:
        ForensicsError: something else lies in it, or it is a link, which no run is left as.
    """
    if not previous.is_symlink():
        custody_log.remove(previous)
    if os.path.lexists(previous):
        sentence = "{folder} is what is left of an earlier run, and holds what no run wrote. Move it away."
        raise ForensicsError(tr(sentence, folder=previous))
