"""A case run: its files loaded, put to its detectors by ``forensics.run``, and written as a run folder.

Loading errors end the run. A detector that cannot finish does not: where the program rather than the data was at fault
the exit status says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cases.atomic_files.plain_files import hash_file
from cases.atomic_files.staging import resumable, staged
from cases.case_file.case_file import CaseFile
from cases.case_file.case_inputs import Input, locate, locate_archived, locate_truth
from cases.custody.machine_key import machine_key
from cases.running.interruptible_work import wait_for
from cases.running.memory_budget import held
from cases.running.resumed_runs import Resume, key_of
from cases.terminal import crash_file
from cases.terminal.command_language import rendered, tr
from forensics import run as library
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.detectors.detector import Answers, AnyDetector
from forensics.errors import CaseFileError, InputFileError
from forensics.evaluation.truth_comparison import compare_with_truth, read_known
from forensics.findings import Detection, Failure, Run
from forensics.loaders import LOADERS, load, merge
from forensics.loaders.loader import ReadOptions
from forensics.messages import message
from forensics.progress import Progress, quiet

if TYPE_CHECKING:
    from cases.custody.archived_copies import Copy

Tell = Callable[[str], None]
"""Reports what the user should know and the report also says: one sentence each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A case file's choices, checked before any data are read.

    Attributes:
        steps: the detectors to ask, in order, each with its parameters.
    """

    case_file: CaseFile
    steps: library.Plan


def plan(case_file: CaseFile) -> Plan:
    """Check what a case file asks for.

    Raises:
        ParameterError: a loader, detector, language or parameter that does not exist, or a value out of range.
        CaseFileError: parameters for a detector that the case does not run, or a detector without what it reads.
    """
    from reports.wording import words  # noqa: PLC0415  brings babel; a case is read without it

    words(case_file.case.language)
    for file in case_file.data:
        if file.loader is not None:
            LOADERS.get(file.loader)
    names = case_file.detectors or DETECTORS.names()
    for name in (*names, *case_file.params):
        DETECTORS.get(name)
        if name not in names:
            sentence = "[detect.{name}] sets parameters, but [run] detectors does not list '{name}'. Add it there."
            raise CaseFileError(tr(sentence, name=name))
    for name, others in library.unread(names).items():
        sentence = "'{name}' reads the answer of '{other}', which [run] detectors does not list. Add '{other}' there."
        raise CaseFileError(tr(sentence, name=name, other=others[0]))
    return Plan(case_file, library.plan(names, case_file.params, "[detect.{name}]"))


def run(
    planned: Plan,
    inputs: Sequence[Input],
    progress: Progress = quiet,
    tell: Tell = lambda _: None,
    resume: Resume | None = None,
    known: Sequence[Path] = (),
) -> Run:
    """Load a case's files and put them to its detectors.

    Args:
        tell: reports a file that is not the one the case names, and of a detector that broke.
        resume: keeps what is finished, and gives what an interrupted run has; None to compute everything.
        known: files of what is known beforehand, opened when the detectors are done.

    Returns:
        All that the report says.

    Raises:
        InputFileError: a file cannot be read, or changes while it is.
    """
    case_file = planned.case_file
    dataset = load_all(inputs, progress, tell)

    keys: dict[str, str] = {}

    def keep(step: library.Step, answers: Answers, ask: library.Ask) -> Detection:
        if resume is None:
            return ask()
        read = {name: keys.get(name, "") + _fault(answer.outcome) for name, answer in answers.items()}
        key = key_of(step.detector, step.params, case_file, dataset, read, library.versions())
        keys[step.detector.name] = key
        return resume.detection(key, ask)

    def broke(detector: AnyDetector, error: BaseException) -> None:
        sentence = "The detector '{name}' broke. Details for a bug report: {path}"
        tell(tr(sentence, name=detector.name, path=crash_file.record(error)))

    finished = library.carry_out(
        dataset, planned.steps, case=case_file.case, seed=case_file.seed, progress=progress, keep=keep, broke=broke
    )
    _unchanged(inputs, dataset)
    return replace(finished, truth=compare_with_truth(finished, read_known(known))) if known else finished


def load_all(inputs: Sequence[Input], progress: Progress = quiet, tell: Tell = lambda _: None) -> Dataset:
    """Load a case's files into one data set.

    Raises:
        InputFileError: a file cannot be read.
    """
    return merge([_load(item, progress, tell) for item in inputs])


def exit_status(finished: Run) -> int:
    """Return 1 where a detector or a document broke, else 0; data that cannot answer a question are no fault."""
    return int(any(not failure.is_refusal for failure in finished.failures))


def _fault(outcome: Detection | Failure) -> str:
    """Return what kept a detector from an answer; empty where it has one."""
    return str(outcome.message) if isinstance(outcome, Failure) else ""


def _load(item: Input, progress: Progress, tell: Tell) -> Dataset:
    """Load one file; say so, in its notes too, where it is not the one that the case names."""
    file = item.file
    options = ReadOptions(item.source_id, file.columns, file.objects, file.settings, progress)
    dataset = load(item.path, file.loader, options)
    source = dataset.sources[0]
    if file.sha256 is None or file.sha256 == source.sha256:
        return dataset
    note = message(
        "This is not the file that the case was written for: the SHA-256 of {name} is {found}, the case names {named}.",
        name=source.name,
        found=source.sha256,
        named=file.sha256,
    )
    tell(rendered(note))
    return dataset.with_sources((replace(source, notes=(*source.notes, note)), *dataset.sources[1:]))


def _unchanged(inputs: Sequence[Input], dataset: Dataset) -> None:
    """Raise where a file is no longer the one that was read; its hash would vouch for something else."""
    for item, source in zip(inputs, dataset.sources, strict=True):
        if hash_file(item.path) != source.sha256:
            sentence = "{name} was changed while it was read. Run the case again when it is complete."
            raise InputFileError(tr(sentence, name=source.name))


def analyse(
    case_file: CaseFile,
    places: Sequence[Path],
    target: Path,
    progress: Progress,
    tell: Tell,
    memory_bytes: int | None = None,
) -> Run:
    """Run a case and write its run folder.

    What can be wrong is found before anything is computed, and the target is kept from other programs all the while.
    What an interrupted run of this user had finished is used again; a line says so, and the custody log too.

    Args:
        places: where else its files may lie.
        target: the run folder; an earlier run there stays until the new one is whole.
        tell: reports what the user should know.
        memory_bytes: that the program may hold; None for all there is.

    Returns:
        The run; among its failures are the documents that could not be written.

    Raises:
        MemoryBudgetError: the work needs more memory than it was given.
        ForensicsError: the case, its data or the target do not allow it.
    """
    planned = plan(case_file)
    found = locate(case_file, places)
    known = locate_truth(case_file, places)
    read_known(known)
    copies = _copies(locate_archived(case_file, places))
    resume = Resume(resumable(target), machine_key())
    watch = partial(held, memory_bytes)
    with staged(target) as folder:
        finished = wait_for(lambda: run(planned, found, progress, tell, resume, known), watch)
        from cases.run_folder import run_folder  # noqa: PLC0415  brings what draws; reading begins without it

        broken = wait_for(lambda: run_folder.fill(folder, finished, case_file.text, progress, copies), watch)
        if resume.used:
            tell(
                tr(
                    "An interrupted run had finished this, and it was used again: {names}.",
                    names=", ".join(resume.used),
                )
            )
        run_folder.sign(folder, target, "run", **({"resumed": ", ".join(resume.used)} if resume.used else {}))
    resume.clear()
    return replace(finished, failures=(*finished.failures, *broken))


def _copies(paths: Sequence[Path]) -> dict[str, Copy]:
    """Return the archived copies that some files of an archiver name, by address."""
    if not paths:
        return {}
    from cases.custody import archived_copies  # noqa: PLC0415  brings tables; reading begins without them

    return {url: copy for path in paths for url, copy in archived_copies.read_result(path).items()}
