"""What is kept of an unexpected error, so that it can be mended: a file, never a traceback on the screen."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path


def record(error: BaseException) -> Path:
    """Write an error's traceback into a new file of the machine's temporary folder and return its path."""
    lines = traceback.format_exception(error)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="forensics-crash-", suffix=".txt", delete=False
    ) as stream:
        stream.writelines(lines)
    return Path(stream.name)
