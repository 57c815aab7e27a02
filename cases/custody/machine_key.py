"""The key of this user on this machine: what carries its mark was written here, not by whoever sent a folder.

It lies with the user's own settings, where no archive of a case is unpacked, and is made by the first use.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from cases.atomic_files.durable_files import sync
from cases.atomic_files.plain_files import read_plain

KEY_BYTES = 32
_MOST_BYTES = 4096
_FOLDER, _NAME = "campaign-forensics", "resume.key"


@cache
def machine_key() -> bytes:
    """Return the key; where it cannot be kept, one of this process alone, so that nothing older is believed."""
    try:
        path = _state() / _FOLDER / _NAME
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _read_or_make(path)
    except (OSError, ValueError, RuntimeError):
        return secrets.token_bytes(KEY_BYTES)


def own_key(path: Path) -> bytes:
    """Return the key in a file that was made by this user on this machine, made now where there is none.

    Whoever sends a folder may send such a file with it, and would then know what the key hides. The file's second line
    is a mark that only this machine's key makes.

    Raises:
        ValueError: the file is no key.
        PermissionError: it is a key that somebody else made, or that was made on another machine.
    """
    key = _read_or_make(path, lambda key: f"{key.hex()}\n{_mark(key)}\n")
    if not hmac.compare_digest(path.read_text(encoding="ascii").split()[-1], _mark(key)):
        raise PermissionError(f"{path} was not made here")
    return key


def read_key(path: Path) -> bytes:
    """Return the key in a file that a user names, whoever made it.

    Raises:
        ValueError: the file is no key.
        OSError: it cannot be read.
    """
    key = bytes.fromhex((read_plain(path, _MOST_BYTES, follow=True).decode("ascii").split() or [""])[0])
    if len(key) < KEY_BYTES:
        raise ValueError(f"{path} holds {len(key)} bytes")
    return key


def _mark(key: bytes) -> str:
    return hmac.digest(machine_key(), b"pseudonyms" + key, "sha256").hex()


def _read_or_make(path: Path, written: Callable[[bytes], str] = lambda key: f"{key.hex()}\n") -> bytes:
    """Return the key in a file that only its owner can read, made where there is none."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(written(secrets.token_bytes(KEY_BYTES)))
            sync(fresh)
            with suppress(FileExistsError):  # whole or not at all, and the first of two counts
                _name(fresh, path)
            sync(path.parent)
        finally:
            fresh.unlink(missing_ok=True)
    if path.is_symlink():
        raise ValueError(f"{path} is a link")
    return read_key(path)


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
