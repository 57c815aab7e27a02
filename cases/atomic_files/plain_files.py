"""Reading files that others may have made: no link is followed, no pipe waited for, no size believed."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cases.terminal.command_language import tr

MOST_BYTES = 64_000_000
"""Bytes of the largest JSON file or custody log that is read; ten times the largest that is known."""

_CHUNK = 1 << 20


def read_plain(path: Path, most_bytes: int, *, follow: bool = False) -> bytes:
    """Return a file's bytes.

    Args:
        follow: whether a link to a file is taken for the file; for names that the user typed.

    Raises:
        FileNotFoundError: there is none.
        OSError: it is a link, a folder, a device or a pipe, is larger, or cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
        if path.is_symlink():
            raise OSError(errno.ELOOP, tr("it is a link"), str(path))
    descriptor = os.open(path, flags)
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):  # opening its descriptor would fail, and name that in its place
        os.close(descriptor)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with open(descriptor, "rb") as stream:  # noqa: PTH123  of a descriptor
        state = os.fstat(stream.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, tr("it is no plain file"), str(path))
        parts, n_bytes = [], state.st_size if state.st_size > most_bytes else 0
        with _named(path):
            while n_bytes <= most_bytes and (part := stream.read(_CHUNK)):
                parts.append(part)
                n_bytes += len(part)
    if n_bytes > most_bytes:
        raise OSError(errno.EFBIG, tr("it is larger than {size:,} MB", size=most_bytes // 1_000_000), str(path))
    return b"".join(parts)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal.

    Raises:
        OSError: it cannot be read; the error names it.
    """
    with path.open("rb") as stream, _named(path):
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Have an error of reading name its file; the system names it only where opening fails."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
