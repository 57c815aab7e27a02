"""What is called whole is on the disk before it gets its name, so that a power cut finds the old or the new."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

_NO_SUCH_PROMISE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)
"""What file systems that do not sync folders, such as some on a network, answer."""

_NO_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""What systems and disks answer that cannot exchange two names."""

_HERE = -100  # AT_FDCWD of Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS


def sync_tree(place: Path) -> None:
    """Wait until a file, or a folder with all that is in it, is on the disk.

    Raises:
        OSError: the disk does not take it.
    """
    if not place.is_dir():
        sync(place)
        return
    for folder, _, files in os.walk(place, topdown=False):
        for name in files:
            sync(Path(folder, name))
        sync(Path(folder))


def sync(place: Path) -> None:
    """Wait until a file's bytes, or the names in a folder, are on the disk.

    Raises:
        OSError: the disk does not take them.
    """
    is_folder = place.is_dir()
    if is_folder and sys.platform == "win32":
        return  # a folder cannot be opened there; names are kept by the file system's own log
    descriptor = os.open(place, os.O_RDONLY if is_folder or sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not is_folder or error.errno not in _NO_SUCH_PROMISE:
            raise
    finally:
        os.close(descriptor)


def make_folder(place: Path) -> None:
    """Make a folder and those above it where they are missing, each on the disk."""
    if not place.is_dir():
        make_folder(place.parent)
        place.mkdir(exist_ok=True)
        sync(place.parent)


def take_away(place: Path) -> None:
    """Remove a folder with all that is in it, as far as it can be; anything else of its name stays.

    Removing a tree opens its name first, and would wait for a pipe.
    """
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)


def replace_folder(fresh: Path, target: Path, previous: Path) -> None:
    """Give a fresh folder the target's name, and the target the name of the previous one, which is not there yet.

    Where the disk can exchange names, the target is there at any moment. Elsewhere a kill between two renamings leaves
    it under the previous one's name.

    Raises:
        OSError: a renaming failed; all is as it was.
    """
    fresh.rename(previous)
    try:
        if exchange(previous, target):
            return
        previous.rename(fresh)
    except OSError:
        previous.rename(fresh)
        raise
    target.rename(previous)
    try:
        fresh.rename(target)
    except OSError:
        previous.rename(target)
        raise


def put_back(fresh: Path, target: Path, previous: Path) -> None:
    """Undo ``replace_folder``."""
    if exchange(previous, target):
        previous.rename(fresh)
    else:
        target.rename(fresh)
        previous.rename(target)


def exchange(first: Path, second: Path) -> bool:
    """Exchange two names on one disk in one step; return False where the system has none.

    Raises:
        OSError: it has one, and it failed.
    """
    names = os.fsencode(first), os.fsencode(second)
    sys.audit("os.rename", str(first), str(second), -1, -1)  # as any other renaming, for whoever watches
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            status = library.renamex_np(*names, _EXCHANGE)
        else:
            status = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    except (AttributeError, OSError, TypeError):  # no such call; Windows has no library of that name either
        return False
    if status == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))
