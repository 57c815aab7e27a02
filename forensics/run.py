"""The library's run: one loop puts the detectors of a plan to a data set, each with the answers it reads.

A detector that cannot finish does not end the run: it becomes a ``Failure`` that the report shows, and the others go
on. What belongs to a program, such as files, kept work and a terminal, is handed in from outside.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

import polars as pl

from forensics import params
from forensics.case import Case
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.detectors.detector import Answer, Answers, AnyDetector
from forensics.detectors.overview import overview
from forensics.errors import ForensicsError, ParameterError
from forensics.findings import Detection, Failure, Run
from forensics.messages import Message, message
from forensics.progress import Progress, quiet

_LIBRARIES = ("campaign-forensics", "igraph", "numba", "numpy", "polars", "scipy")
UNDATED = "The data say of no act when it was, which this question needs."
LACKING = "The data hold no {what}, which this question needs."
_HELD = {
    "actions": "single acts",
    "accounts": "details of accounts",
    "posts": "posts with their totals of reactions, comments and shares",
    "money": "declared spending",
}
_ID = re.compile(r"[a-z0-9][A-Za-z0-9._-]{0,119}", re.ASCII)
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """One detector with the parameters it is asked with."""

    detector: AnyDetector
    params: object


Plan = tuple[Step, ...]
"""The detectors to ask, in order: each after those whose answers it reads."""

Ask = Callable[[], Detection]
"""Computes a detection."""

Keep = Callable[[Step, Answers, Ask], Detection]
"""Gives the detection that was kept for a step and the answers it reads, or computes it."""


def _compute(_step: Step, _answers: Answers, ask: Ask) -> Detection:
    return ask()


def _log(detector: AnyDetector, error: BaseException) -> None:
    logging.getLogger("forensics").log(logging.ERROR, "the detector '%s' broke", detector.name, exc_info=error)


def plan(
    names: Sequence[str] = (), given: Mapping[str, Mapping[str, object]] | None = None, place: str = "'{name}'"
) -> Plan:
    """Choose detectors and set their parameters.

    Args:
        names: of the detectors, in any order; none for all.
        given: for a detector's name, its parameters by name; what is not given keeps its default.
        place: how an error message names where the parameters of ``{name}`` are set.

    Raises:
        ParameterError: there is no such detector or parameter, a value is out of range, parameters are for a detector
            that is not asked, or a detector reads only answers that nobody gives.
    """
    chosen, given = tuple(names) or DETECTORS.names(), given or {}
    for name in (*chosen, *given):
        DETECTORS.get(name)
        if name not in chosen:
            raise ParameterError("Parameters are set for '{name}', which is not asked. Ask '{name}' too.", name=name)
    for name, others in unread(chosen).items():
        raise ParameterError(
            "'{name}' reads the answer of '{either}', which is not asked. Ask that too.",
            name=name,
            either="' / '".join(others),
        )
    return tuple(
        Step(detector, params.build(detector.params, given.get(detector.name, {}), place.format(name=detector.name)))
        for detector in DETECTORS
        if detector.name in chosen
    )


def unread(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return those of some detectors that read answers which none of these gives, each with the detectors it reads."""
    return {
        detector.name: detector.after
        for detector in DETECTORS
        if detector.name in names and detector.after and not set(detector.after) & set(names)
    }


def detect(
    dataset: Dataset,
    *names: str,
    case: Case | None = None,
    seed: int = 1,
    progress: Progress = quiet,
    **given: Mapping[str, object],
) -> Run:
    """Put detectors to a data set.

    ``detect(data, "reach", "labour", reach={"organic_reach": 0.2})`` asks two, one of them with a parameter of its own.

    Args:
        dataset: what ``load`` or ``merge`` gives.
        *names: of the detectors, in any order; none for all.
        case: what the analyst says, such as a title and the claim, for the report; None for nothing.
        seed: of every random choice; the same seed gives the same run.
        **given: for a detector's name, its parameters by name.

    Returns:
        What was found. Detectors that the data cannot answer, and those that broke, are its ``failures``.

    Raises:
        ParameterError: as ``plan``.
    """
    return carry_out(dataset, plan(names, given), case=case, seed=seed, progress=progress)


def carry_out(
    dataset: Dataset,
    steps: Plan,
    *,
    case: Case | None = None,
    seed: int = 1,
    progress: Progress = quiet,
    keep: Keep = _compute,
    broke: Callable[[AnyDetector, BaseException], None] = _log,
) -> Run:
    """Put the detectors of a plan to a data set.

    Args:
        case: what the analyst says; None for nothing.
        keep: gives a detection that was kept from an earlier run, or has it computed.
        broke: reports a detector that broke; what it raises ends the run.

    Returns:
        All that a report says, but for what is known beforehand.
    """
    progress("Overview", 0, 0)
    seen = overview(dataset)
    timed = dataset.with_times()
    answers: dict[str, Answer] = {}
    for step in steps:
        read = {name: answers[name] for name in step.detector.after if name in answers}
        if not step.detector.applies(read):
            continue
        progress(step.detector.title, 0, 0)
        shown = dataset if step.detector.is_untimed else timed
        ask = partial(step.detector.answer, shown, step.params, seed, progress, read)
        outcome = _outcome(step.detector, dataset, shown, partial(keep, step, read, ask), broke)
        answers[step.detector.name] = Answer(step.params, outcome)
    outcomes = [answer.outcome for answer in answers.values()]
    return Run(
        case=case or Case("run", "Campaign Forensics"),
        overview=seen,
        sources=dataset.sources,
        detections=tuple(outcome for outcome in outcomes if isinstance(outcome, Detection)),
        failures=tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)),
        seed=seed,
        versions=versions(),
    )


def _outcome(
    detector: AnyDetector,
    dataset: Dataset,
    shown: Dataset,
    ask: Ask,
    broke: Callable[[AnyDetector, BaseException], None],
) -> Detection | Failure:
    """Ask one detector; an error in it becomes its failure and stops no other."""
    lacking = [name for name in detector.needs if not shown.height(name)]
    if lacking and dataset.height(lacking[0]):
        return Failure(detector.name, Message(UNDATED), is_refusal=True)
    if lacking:
        return Failure(detector.name, message(LACKING, what=Message(_HELD[lacking[0]])), is_refusal=True)
    try:
        return _sound(ask())
    except ForensicsError as error:
        return Failure(detector.name, error.message, is_refusal=True)
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001  one that breaks takes no other along
        broke(detector, error)
        return Failure(
            detector.name, message("{kind}: {error}", kind=type(error).__name__, error=error), is_refusal=False
        )


def _sound(detection: Detection) -> Detection:
    """Return a detection whose evidence exists and whose findings can be written to files of their names."""
    for finding in detection.findings:
        for name in finding.evidence:
            if "finding_id" not in detection.tables[name].columns:
                raise ValueError(f"the table '{name}' of {finding.id} has no finding_id")
    fit = {each.id: _file_name(each.id) for each in detection.findings if not _ID.fullmatch(each.id)}
    if not fit:
        return detection
    tables = {
        name: table.with_columns(pl.col("finding_id").replace(fit)) if "finding_id" in table.columns else table
        for name, table in detection.tables.items()
    }
    findings = tuple(replace(each, id=fit.get(each.id, each.id)) for each in detection.findings)
    return replace(detection, findings=findings, tables=tables)


def _file_name(name: str) -> str:
    """Return a finding's id in characters that every disk takes; it can hold the name of a page or camp.

    ``money-Parti Québécois`` becomes ``money-Parti-Qu-b-cois-`` and eight digits of its hash, so that no two are alike.
    """
    start = _UNFIT.sub("-", name).lstrip("-._")[:48]
    start = start if start[:1].islower() or start[:1].isdigit() else f"x-{start}"
    return f"{start.rstrip('-')}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def versions() -> dict[str, str]:
    """Return the versions of this project, Python and the libraries that compute, by name."""
    return {"python": python_version()} | {name: _version(name) for name in _LIBRARIES}


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
