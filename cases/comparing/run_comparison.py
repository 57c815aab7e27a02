"""Two runs held against each other: what came out differently, and what went in differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from forensics.findings import Detection, Finding, Run, Score

Kind = Literal["data", "detector", "parameter", "seed", "version"]


LEAST_ALIKE = 0.1
"""Share of their accounts that two findings have in common, from which one is taken for the other."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One input that differs.

    Attributes:
        kind: of what.
        name: of the data file, the detector, its parameter or the program; empty for the seed.
        before: in the first run; None where it was not there.
        after: in the second; None where it is not there.
    """

    kind: Kind
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one finding.

    Attributes:
        before: its id in the first run; None where it is new.
        after: its id in the second; None where it is gone.
        stayed: accounts in both.
        left: accounts only in the first.
        joined: accounts only in the second.
        strength: the confidence before and after; None where there is no such finding.
        numbers: scores of the finding that differ: name, before, after.
    """

    before: str | None
    after: str | None
    stayed: int
    left: int
    joined: int
    strength: tuple[str | None, str | None]
    numbers: tuple[tuple[str, float | None, float | None], ...] = ()

    @property
    def is_same(self) -> bool:
        """Return whether the finding has the same accounts, the same confidence and the same numbers."""
        return not (self.left or self.joined or self.numbers) and self.strength[0] == self.strength[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs.

    Attributes:
        causes: what went in differently.
        findings: what became of each, those of the first run in order, then the new ones.
        numbers: scores of the detections that differ: detector, name, before, after.
    """

    causes: tuple[Cause, ...]
    findings: tuple[Change, ...]
    numbers: tuple[tuple[str, str, float | None, float | None], ...]


def compare(before: Run, after: Run) -> Comparison:
    """Hold two runs against each other.

    A finding of the first run is taken for the finding of the second that shares the largest part of their accounts, a
    tenth at least; one that names no accounts, for the one of the same statement and subject.
    """
    return Comparison(
        causes=tuple(_causes(before, after)), findings=_changes(before, after), numbers=tuple(_numbers(before, after))
    )


def _causes(before: Run, after: Run) -> Iterable[Cause]:
    def differing(kind: Kind, old: Mapping[str, object], new: Mapping[str, object]) -> Iterable[Cause]:
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield Cause(kind, name, *(str(each[name]) if name in each else None for each in (old, new)))

    yield from differing("data", *({source.name: source.sha256 for source in run.sources} for run in (before, after)))
    yield from differing("detector", _outcomes(before), _outcomes(after))
    yield from differing("parameter", _params(before, after), _params(after, before))
    yield from differing("seed", {"": before.seed}, {"": after.seed})
    yield from differing("version", before.versions, after.versions)


def _params(run: Run, other: Run) -> dict[str, object]:
    """Return every parameter of the detectors that another run has too, as a case file names them."""
    others = _by_name(other.detections)
    return {
        f"[detect.{detection.detector}] {name}": value
        for detection in run.detections
        if detection.detector in others
        for name, value in detection.params.items()
    }


def _by_name(detections: tuple[Detection, ...]) -> dict[str, Detection]:
    return {detection.detector: detection for detection in detections}


def _outcomes(run: Run) -> dict[str, str]:
    finished = {detection.detector: "finished" for detection in run.detections}
    return finished | {failure.detector: f"no answer ({failure.message})" for failure in run.failures}


def _changes(before: Run, after: Run) -> tuple[Change, ...]:
    old, new = _findings(before), _findings(after)
    partner = _partners(old, new)
    kept = [_change(old[id_], new.get(partner.get(id_, ""))) for id_ in old]
    return (*kept, *(_change(None, new[id_]) for id_ in new if id_ not in partner.values()))


def _findings(run: Run) -> dict[str, tuple[Finding, frozenset[str]]]:
    """Return every finding with the accounts that its evidence names, by id, in order."""
    return {
        finding.id: (finding, _accounts(detection, finding))
        for detection in run.detections
        for finding in detection.findings
    }


def _accounts(detection: Detection, finding: Finding) -> frozenset[str]:
    tables = (detection.tables[name] for name in finding.evidence if name in detection.tables)
    return frozenset(
        account
        for table in tables
        if {"finding_id", "account_id"} <= set(table.columns)
        for account in table.filter(finding_id=finding.id)["account_id"].drop_nulls()
    )


def _partners(
    old: Mapping[str, tuple[Finding, frozenset[str]]], new: Mapping[str, tuple[Finding, frozenset[str]]]
) -> dict[str, str]:
    """Return which new finding continues which old one, the most alike first, each taken once."""
    pairs = sorted(
        (-likeness, left, right)
        for left, one in old.items()
        for right, other in new.items()
        if (likeness := _likeness(one, other)) >= LEAST_ALIKE
    )
    partner: dict[str, str] = {}
    for _, left, right in pairs:
        if left not in partner and right not in partner.values():
            partner[left] = right
    return partner


def _likeness(one: tuple[Finding, frozenset[str]], other: tuple[Finding, frozenset[str]]) -> float:
    """Return the share of accounts that two findings of one statement have in common (Jaccard index)."""
    if one[0].statement != other[0].statement:
        return 0.0
    if one[1] or other[1]:
        return len(one[1] & other[1]) / len(one[1] | other[1])
    return float(one[0].subject == other[0].subject)


def _change(before: tuple[Finding, frozenset[str]] | None, after: tuple[Finding, frozenset[str]] | None) -> Change:
    old = before[1] if before else frozenset[str]()
    new = after[1] if after else frozenset[str]()
    return Change(
        before=before[0].id if before else None,
        after=after[0].id if after else None,
        stayed=len(old & new),
        left=len(old - new),
        joined=len(new - old),
        strength=(before[0].strength if before else None, after[0].strength if after else None),
        numbers=tuple(_differing(before[0].scores, after[0].scores)) if before and after else (),
    )


def _differing(old: tuple[Score, ...], new: tuple[Score, ...]) -> Iterable[tuple[str, float | None, float | None]]:
    values = [{score.name: score.value for score in scores} for scores in (old, new)]
    for name in dict.fromkeys(name for each in values for name in each):
        before, after = (each.get(name) for each in values)
        if before != after:
            yield name, before, after


def _numbers(before: Run, after: Run) -> Iterable[tuple[str, str, float | None, float | None]]:
    new = _by_name(after.detections)
    for detection in before.detections:
        if detection.detector in new:
            for name, old, value in _differing(detection.scores, new[detection.detector].scores):
                yield detection.detector, name, old, value
