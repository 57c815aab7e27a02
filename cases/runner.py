"""A run: the files of a case loaded, overlooked and put to every detector, and the groups found to the group detectors.

Loading errors end the run. A detector that cannot finish does not: it becomes a ``Failure`` that the report shows, the
others go on, and where the program rather than the data was at fault the exit status says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

import polars as pl

from cases import crash
from cases.casefile import CaseFile
from cases.inputs import Input, hash_file
from cases.language import tr
from cases.resume import Resume, key_of
from forensics import params
from forensics.detectors import DETECTORS, GROUP_DETECTORS
from forensics.detectors.base import Detector, GroupDetector
from forensics.errors import CaseFileError, ForensicsError, InputFileError
from forensics.loaders import LOADERS, load, merge
from forensics.loaders.base import ReadOptions
from forensics.model import Dataset, Detection, Failure, Progress, Run, quiet
from forensics.overview import overview
from forensics.registry import Registry
from forensics.truth import compare_with_truth, read_known

__all__ = ["Plan", "Tell", "exit_status", "load_all", "plan", "run", "versions"]

_LIBRARIES = ("campaign-forensics", "igraph", "numba", "numpy", "polars", "scipy")
_ID = re.compile(r"[a-z0-9][A-Za-z0-9._-]*", re.ASCII)

Tell = Callable[[str], None]
"""Told of what the user should know and the report also says: one sentence each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A case file's choices, checked before any data are read.

    Attributes:
        case_file: the case.
        steps: the detectors to run, in order, each with its parameters.
        group_steps: the same of the group detectors, for the groups that the steps find.
    """

    case_file: CaseFile
    steps: tuple[tuple[Detector, Any], ...]
    group_steps: tuple[tuple[GroupDetector, Any], ...] = ()


def plan(case_file: CaseFile) -> Plan:
    """Check what a case file asks for.

    Raises:
        ParameterError: a loader, detector or parameter that does not exist, or a value out of range.
        CaseFileError: parameters for a detector that the case does not run.
    """
    for file in case_file.data:
        if file.loader is not None:
            LOADERS.get(file.loader)
    known = Registry("detector", *DETECTORS, *GROUP_DETECTORS)
    names = case_file.detectors or known.names()
    for name in (*names, *case_file.params):
        known.get(name)
        if name not in names:
            sentence = "[detect.{name}] sets parameters, but [run] detectors does not list '{name}'. Add it there."
            raise CaseFileError(tr(sentence, name=name))
    steps = tuple((detector, _params(detector, case_file)) for detector in DETECTORS if detector.name in names)
    of_groups = tuple(
        (detector, _params(detector, case_file)) for detector in GROUP_DETECTORS if detector.name in names
    )
    if of_groups and not any(detector.question == "who" for detector, _ in steps):
        sentence = "'{name}' asks of groups, but [run] detectors lists nothing that finds any. Add 'synchrony' there."
        raise CaseFileError(tr(sentence, name=of_groups[0][0].name))
    return Plan(case_file, steps, of_groups)


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
        planned: what to run.
        inputs: the files.
        progress: told of long work.
        tell: told of a file that is not the one the case names, and of a detector that broke.
        resume: keeps what is finished, and gives what an interrupted run has; None to compute everything.
        known: files of what is known beforehand, opened when the detectors are done.

    Returns:
        All that the report says.

    Raises:
        InputFileError: a file cannot be read, or changes while it is.
    """
    case_file = planned.case_file
    dataset = load_all(inputs, progress, tell)
    progress("Overview", 0, 0)
    seen = overview(dataset)
    outcomes: list[Detection | Failure] = []

    def detect(
        detector: Detector | GroupDetector,
        chosen: object,
        ask: Callable[[], Detection],
        groups: pl.DataFrame | None = None,
    ) -> None:
        if resume is not None:
            key = key_of(detector, chosen, case_file, dataset, groups, versions())
            ask = partial(resume.detection, key, ask)
        outcomes.append(_detect(detector, ask, dataset, progress, tell))

    for detector, chosen in planned.steps:
        detect(detector, chosen, partial(detector.run, dataset, chosen, case_file.seed, progress))
    found = [outcome for outcome in outcomes if isinstance(outcome, Detection)]
    for of_groups, chosen in planned.group_steps:
        members = _groups(detection for detection in found if detection.detector in of_groups.groups_of)
        if not members.is_empty():
            ask = partial(of_groups.run, dataset, members, chosen, case_file.seed, progress)
            detect(of_groups, chosen, ask, members)
    _unchanged(inputs, dataset)
    finished = Run(
        case=case_file.case,
        overview=seen,
        sources=dataset.sources,
        detections=tuple(outcome for outcome in outcomes if isinstance(outcome, Detection)),
        failures=tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)),
        seed=case_file.seed,
        versions=versions(),
    )
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


def versions() -> dict[str, str]:
    """Return the versions of this project, Python and the libraries that compute, by name."""
    return {"python": python_version()} | {name: _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _groups(detections: Iterable[Detection]) -> pl.DataFrame:
    """Return ``finding_id, account_id`` of every finding that is a set of linked accounts."""
    none = pl.DataFrame(schema={"finding_id": pl.String, "account_id": pl.String})
    linked = [
        detection.tables["accounts"].filter(pl.col("finding_id") == finding.id).select(none.columns)
        for detection in detections
        for finding in detection.findings
        if finding.question == "who" and {"accounts", "edges"} <= set(finding.evidence)
    ]
    return pl.concat([none, *linked])


def _params(detector: Detector | GroupDetector, case_file: CaseFile) -> object:
    return params.build(detector.params, case_file.params.get(detector.name, {}), f"[detect.{detector.name}]")


def _load(item: Input, progress: Progress, tell: Tell) -> Dataset:
    """Load one file; say so, in its notes too, where it is not the one that the case names."""
    file = item.file
    options = ReadOptions(item.source_id, file.columns, file.objects, file.settings, progress)
    dataset = load(item.path, file.loader, options)
    source = dataset.sources[0]
    if file.sha256 is None or file.sha256 == source.sha256:
        return dataset
    note = (
        f"This is not the file that the case was written for: the SHA-256 of {source.name} is {source.sha256}, "
        f"the case names {file.sha256}."
    )
    tell(note)
    return dataset.with_sources((replace(source, notes=(*source.notes, note)), *dataset.sources[1:]))


def _unchanged(inputs: Sequence[Input], dataset: Dataset) -> None:
    """Raise where a file is no longer the one that was read; its hash would vouch for something else."""
    for item, source in zip(inputs, dataset.sources, strict=True):
        if hash_file(item.path) != source.sha256:
            sentence = "{name} was changed while it was read. Run the case again when it is complete."
            raise InputFileError(tr(sentence, name=source.name))


def _detect(
    detector: Detector | GroupDetector, ask: Callable[[], Detection], dataset: Dataset, progress: Progress, tell: Tell
) -> Detection | Failure:
    """Run one detector; whatever goes wrong in it stays its own."""
    progress(detector.title, 0, 0)
    lacking = [name for name in detector.needs if getattr(dataset, name).is_empty()]
    if lacking:
        reason = f"The data have no rows for the table '{lacking[0]}', which this question needs."
        return Failure(detector.name, reason, is_refusal=True)
    try:
        return _sound(ask())
    except ForensicsError as error:
        return Failure(detector.name, str(error), is_refusal=True)
    except Exception as error:  # noqa: BLE001  the one boundary: a detector that breaks must not take the others along
        sentence = "The detector '{name}' broke. Details for a bug report: {path}"
        tell(tr(sentence, name=detector.name, path=crash.record(error)))
        return Failure(detector.name, f"{type(error).__name__}: {error}", is_refusal=False)


def _sound(detection: Detection) -> Detection:
    """Return a detection whose findings can be written to files and whose evidence exists."""
    for finding in detection.findings:
        if not _ID.fullmatch(finding.id):
            raise ValueError(f"the finding id {finding.id!r} cannot be a file's name")
        for name in finding.evidence:
            if "finding_id" not in detection.tables[name].columns:
                raise ValueError(f"the table '{name}' of {finding.id} has no finding_id")
    return detection
