"""The documents of a run, by the names they have in its folder."""

from __future__ import annotations

from pathlib import Path

import reports
from cases import crash
from forensics.errors import ForensicsError
from forensics.model import Failure, Run

__all__ = ["HTML", "PDF", "write"]

HTML = "report.html"
PDF = "report.pdf"


def write(run: Run, folder: Path, language: str | None = None, public_key: bytes | None = None) -> tuple[Failure, ...]:
    """Write the documents of a run into a folder, in a language or in the case's own.

    Args:
        run: what they say.
        folder: is there.
        language: of the documents; None for the case's own.
        public_key: of the pseudonyms of the public version; None for the working copy, which names accounts.

    Returns:
        One failure for each document that broke. What was computed, perhaps for hours, must not be lost over it.

    Raises:
        ForensicsError: the documents cannot be written in this language.
        OSError: the disk does not take them.
    """
    failures = []
    for name, write_one in ((HTML, reports.write_html), (PDF, reports.write_pdf)):
        try:
            write_one(run, folder / name, language, public_key)
        except (ForensicsError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  any document may break on a text nobody thought of
            (folder / name).unlink(missing_ok=True)
            details = crash.record(error)
            message = f"{type(error).__name__}. To try again: forensics report RUN. Details for a bug report: {details}"
            failures.append(Failure(name, message, is_refusal=False))
    return tuple(failures)
