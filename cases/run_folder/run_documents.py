"""The documents and networks of a run, by the names they have in its folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import reports
from cases.terminal import crash_file
from forensics.errors import ForensicsError
from forensics.findings import Failure, Run
from forensics.messages import message
from forensics.progress import Progress, quiet
from reports import BRIEF_HTML, BRIEF_PDF, FIGURES, HTML, PDF
from reports.exports import EXPORTS

NETWORKS = {"network.gexf": "gexf", "network.graphml": "graphml"}
"""File and export format; they name accounts, so the public version has none."""


def write(
    run: Run,
    folder: Path,
    language: str | None = None,
    public_key: bytes | None = None,
    *,
    is_brief: bool = False,
    progress: Progress = quiet,
) -> tuple[Failure, ...]:
    """Write the documents of a run into a folder, in a language or in the case's own.

    Args:
        folder: is there.
        language: of the documents; None for the case's own.
        public_key: of the pseudonyms of the public version; None for the working copy, which names accounts.
        is_brief: whether they are the brief of two pages instead of the whole.

    Returns:
        One failure for each document that broke. What was computed, perhaps for hours, must not be lost over it.

    Raises:
        ForensicsError: the documents cannot be written in this language.
        OSError: the disk does not take them.
    """
    failures: list[Failure] = []
    names = (BRIEF_HTML, BRIEF_PDF) if is_brief else (HTML, PDF)
    n_documents = 2 if is_brief else 3
    for done, (name, write_one) in enumerate(zip(names, (reports.write_html, reports.write_pdf), strict=True)):
        progress("Writing the report", done, n_documents)
        writing = partial(write_one, run, folder / name, language, public_key, is_brief=is_brief)
        failures += _attempt(writing, folder / name, "report RUN")
    if not is_brief:
        progress("Writing the report", 2, n_documents)
        drawing = partial(reports.write_figures, run, folder / FIGURES, language, public_key)
        failures += _attempt(drawing, folder / FIGURES, "report RUN")
    progress("Writing the report", n_documents, n_documents)
    return tuple(failures)


def write_networks(run: Run, folder: Path) -> tuple[Failure, ...]:
    """Write the network of the groups into a folder, once for each of ``NETWORKS``.

    Returns:
        One failure for each file that broke.

    Raises:
        OSError: the disk does not take them.
    """
    failures = []
    for name, export in NETWORKS.items():
        path = folder / name
        failures += _attempt(partial(EXPORTS.get(export).write, run, path), path, f"export RUN --to {export}")
    return tuple(failures)


def _attempt(write_one: Callable[[], None], path: Path, again: str) -> list[Failure]:
    """Write one file; where it breaks, leave none and return the failure."""
    try:
        write_one()
    except (ForensicsError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  any document may break on a text nobody thought of
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        details = crash_file.record(error)
        why = message(
            "{kind}. To try again: forensics {again}. Details for a bug report: {path}",
            kind=type(error).__name__,
            again=again,
            path=details,
        )
        return [Failure(path.name, why, is_refusal=False)]
    return []
