"""The key of this user on this machine: what carries its mark was written here, not by whoever sent a folder.

It lies with the user's own settings, where no archive of a case is unpacked, and is made by the first use.
"""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from cases.disk.durable_files import sync
from cases.disk.plain_files import read_plain

__all__ = ["KEY_BYTES", "machine_key", "read_or_make"]

KEY_BYTES = 32
_MOST_BYTES = 4096
_FOLDER, _NAME = "campaign-forensics", "resume.key"


@cache
def machine_key() -> bytes:
    """Return the key; where it cannot be kept, one of this process alone, so that nothing older is believed."""
    try:
        path = _state() / _FOLDER / _NAME
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return read_or_make(path)
    except (OSError, ValueError, RuntimeError):
        return secrets.token_bytes(KEY_BYTES)


def read_or_make(path: Path) -> bytes:
    """Return the key in a file that only its owner can read, made where there is none.

    Raises:
        ValueError: the file is no key.
    """
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(secrets.token_hex(KEY_BYTES) + "\n")
            sync(fresh)
            with suppress(FileExistsError):  # whole or not at all, and the first of two counts
                _name(fresh, path)
            sync(path.parent)
        finally:
            fresh.unlink(missing_ok=True)
    key = bytes.fromhex(read_plain(path, _MOST_BYTES).decode("ascii").strip())
    if len(key) < KEY_BYTES:
        raise ValueError(f"{path} holds {len(key)} bytes")
    return key


def _name(fresh: Path, path: Path) -> None:
    """Give a file its name, unless another has it."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without second names
        fresh.rename(path)


def _state() -> Path:
    """Return where the system keeps what programs remember of a user (XDG Base Directory, on Windows AppData).

    Raises:
        RuntimeError: the user has no home.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".local" / "state"
