"""A case analysed from its files to its run folder, as ``run`` and ``demo`` do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from cases import inputs, runfolder, runner
from cases.background import wait_for
from cases.casefile import CaseFile
from cases.language import tr
from cases.machine_key import machine_key
from cases.memory import held
from cases.resume import Resume
from cases.staging import resumable, staged
from forensics.findings import Run
from forensics.progress import Progress

__all__ = ["analyse"]


def analyse(
    case_file: CaseFile,
    places: Sequence[Path],
    target: Path,
    progress: Progress,
    tell: runner.Tell,
    memory_bytes: int | None = None,
) -> Run:
    """Run a case and write its run folder.

    What can be wrong is found before anything is computed, and the target is kept from other programs all the while.
    What an interrupted run of this user had finished is used again, which is told and stands in the custody log.

    Args:
        case_file: the case.
        places: where else its files may lie.
        target: the run folder; an earlier run there stays until the new one is whole.
        progress: told of long work.
        tell: told of what the user should know.
        memory_bytes: that the program may hold; None for all there is.

    Returns:
        The run; among its failures are the documents that could not be written.

    Raises:
        MemoryBudgetError: the work needs more memory than it was given.
        ForensicsError: the case, its data or the target do not allow it.
    """
    planned = runner.plan(case_file)
    found = inputs.locate(case_file, places)
    known = inputs.locate_truth(case_file, places)
    resume = Resume(resumable(target), machine_key())
    watch = partial(held, memory_bytes)
    with staged(target) as folder:
        run = wait_for(lambda: runner.run(planned, found, progress, tell, resume, known), watch)
        broken = wait_for(lambda: runfolder.fill(folder, run, case_file.text, progress), watch)
        if resume.used:
            tell(
                tr(
                    "An interrupted run had finished this, and it was used again: {names}.",
                    names=", ".join(resume.used),
                )
            )
        runfolder.sign(folder, target, "run", **({"resumed": ", ".join(resume.used)} if resume.used else {}))
    resume.clear()
    return replace(run, failures=(*run.failures, *broken))
