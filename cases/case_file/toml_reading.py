"""Reading a TOML file that a stranger may have sent: its text, and its values, within bounds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from cases.atomic_files.plain_files import read_plain
from forensics.errors import ForensicsError

MOST_BYTES = 1_000_000
"""Bytes of the largest file that is read; the largest case file that is known has 12 KB."""

MOST_DOTS = 100
"""Dots of the longest key: Python's reader takes time by their square, 150 s for 50,000. A case has 3."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_.-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_DOTS},}}+")


def toml_text(path: Path, error: type[ForensicsError]) -> str:
    """Return the text of a TOML file.

    Raises:
        FileNotFoundError: it is not there.
        ForensicsError: of the kind given: it cannot be read, is too large or no UTF-8.
    """
    try:
        return read_plain(path, MOST_BYTES, follow=True).decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except UnicodeDecodeError as found:
        raise error("{path} is not UTF-8 text (byte {byte}). Save it as UTF-8.", path=path, byte=found.start) from found
    except OSError as found:
        raise error("{path} cannot be read: {error}.", path=path, error=found.strerror) from found


def toml_values(text: str, path: Path, error: type[ForensicsError]) -> dict[str, object]:
    """Return the values of a TOML file's text.

    Args:
        path: of the file, for messages.
        error: the kind of error that is made.

    Raises:
        ForensicsError: of that kind: it is no TOML, or nests too deeply to be read.
    """
    too_deep = error("{path} nests lists or sections too deeply.", path=path)
    if _LONG_KEY.search(text):
        raise too_deep
    try:
        return tomllib.loads(text)
    except ValueError as found:  # TOMLDecodeError, and Python's own limit to the digits of a number
        raise error("{path} is not valid TOML: {error}.", path=path, error=found) from found
    except RecursionError as found:
        raise too_deep from found
