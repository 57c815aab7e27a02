"""What is called whole is on the disk before it gets its name, so that a power cut finds the old or the new."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

__all__ = ["make_folder", "sync", "sync_tree"]

_NO_SUCH_PROMISE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)
"""What file systems that do not sync folders, such as some on a network, answer."""


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
