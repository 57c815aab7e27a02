"""A folder that appears whole or not at all: built under another name beside its target, then renamed.

Two programs that want the same target exclude each other by a lock file beside it. Whatever an interrupted one left is
cleared by the next.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cases.language import tr
from forensics.errors import ForensicsError

__all__ = ["MARK", "is_run_folder", "resumable", "staged"]

MARK = "run.json"
"""The file by which a run folder is known; a folder without it is never replaced."""


def is_run_folder(folder: Path) -> bool:
    """Return whether a folder is a finished run."""
    return (folder / MARK).is_file()


def resumable(target: Path) -> Path:
    """Return where an interrupted run keeps what it has finished; to be used only while the target is staged."""
    target = target.resolve()
    return target.with_name(f".{target.name}.resume")


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give an empty folder that becomes the target when the block ends well, and vanishes when it does not.

    Args:
        target: does not exist, is an empty folder, or is a run folder, which is then replaced.

    Yields:
        The folder to fill, beside the target and so on the same disk.

    Raises:
        ForensicsError: the target is something else, or another program is writing it.
    """
    target = target.resolve()
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target):
        partial, previous = (target.with_name(f".{target.name}.{word}") for word in ("partial", "previous"))
        _clear(target, partial, previous)
        partial.mkdir()
        try:
            yield partial
            _refuse_foreign(target)
            _swap(partial, target, previous)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    lock = target.with_name(f".{target.name}.lock")
    try:
        with FileLock(lock, timeout=0):
            try:
                yield
            finally:
                with suppress(OSError):  # Windows keeps an open file; the lock's release then removes it
                    lock.unlink()
    except Timeout as error:
        raise ForensicsError(
            tr(
                "Another program is writing {target} now. Wait for it, or give another folder with --out.",
                target=target,
            )
        ) from error


def _refuse_foreign(target: Path) -> None:
    """Raise where the target holds anything that is not a run, so that nobody's files are ever deleted."""
    if target.is_dir() and (is_run_folder(target) or not any(target.iterdir())):
        return
    if target.exists():
        sentence = "{target} exists and is not a run folder, so it is left alone. Give another folder with --out."
        raise ForensicsError(tr(sentence, target=target))


def _clear(target: Path, partial: Path, previous: Path) -> None:
    """Take away what a killed program left; a run it had moved aside without a successor comes back."""
    if previous.exists():
        if target.exists():
            shutil.rmtree(previous)
        else:
            previous.rename(target)
    shutil.rmtree(partial, ignore_errors=True)


def _swap(partial: Path, target: Path, previous: Path) -> None:
    if not target.exists():
        partial.rename(target)
        return
    target.rename(previous)
    try:
        partial.rename(target)
    except BaseException:
        previous.rename(target)
        raise
    shutil.rmtree(previous, ignore_errors=True)
