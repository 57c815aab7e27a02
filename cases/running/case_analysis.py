"""A case analysed from its files to its run folder, as ``run`` and ``demo`` do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cases.case_file import case_inputs
from cases.case_file.case_file import CaseFile
from cases.custody.machine_key import machine_key
from cases.disk.staging import resumable, staged
from cases.running import case_runner
from cases.running.interruptible_work import wait_for
from cases.running.memory_budget import held
from cases.running.resume import Resume
from cases.terminal.command_language import tr
from forensics.findings import Run
from forensics.progress import Progress

if TYPE_CHECKING:
    from cases.custody.archived_copies import Copy

__all__ = ["analyse"]


def analyse(
    case_file: CaseFile,
    places: Sequence[Path],
    target: Path,
    progress: Progress,
    tell: case_runner.Tell,
    memory_bytes: int | None = None,
) -> Run:
    """Run a case and write its run folder.

    What can be wrong is found before anything is computed, and the target is kept from other programs all the while.
    What an interrupted run of this user had finished is used again; a line says so, and the custody log too.

    Args:
        case_file: the case.
        places: where else its files may lie.
        target: the run folder; an earlier run there stays until the new one is whole.
        progress: reports long work.
        tell: reports what the user should know.
        memory_bytes: that the program may hold; None for all there is.

    Returns:
        The run; among its failures are the documents that could not be written.

    Raises:
        MemoryBudgetError: the work needs more memory than it was given.
        ForensicsError: the case, its data or the target do not allow it.
    """
    planned = case_runner.plan(case_file)
    found = case_inputs.locate(case_file, places)
    known = case_inputs.locate_truth(case_file, places)
    copies = _copies(case_inputs.locate_archived(case_file, places))
    resume = Resume(resumable(target), machine_key())
    watch = partial(held, memory_bytes)
    with staged(target) as folder:
        run = wait_for(lambda: case_runner.run(planned, found, progress, tell, resume, known), watch)
        from cases.run_folder import run_folder  # noqa: PLC0415  brings what draws; reading begins without it

        broken = wait_for(lambda: run_folder.fill(folder, run, case_file.text, progress, copies), watch)
        if resume.used:
            tell(
                tr(
                    "An interrupted run had finished this, and it was used again: {names}.",
                    names=", ".join(resume.used),
                )
            )
        run_folder.sign(folder, target, "run", **({"resumed": ", ".join(resume.used)} if resume.used else {}))
    resume.clear()
    return replace(run, failures=(*run.failures, *broken))


def _copies(paths: Sequence[Path]) -> dict[str, Copy]:
    """Return the archived copies that some files of an archiver name, by address."""
    if not paths:
        return {}
    from cases.custody import archived_copies  # noqa: PLC0415  brings tables; reading begins without them

    return {url: copy for path in paths for url, copy in archived_copies.read_result(path).items()}
