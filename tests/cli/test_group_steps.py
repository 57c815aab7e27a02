"""Detectors of groups in a run: asked of the groups that were found, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import polars as pl
import pytest

from cases.case_file import case_inputs
from cases.case_file.case_file import CaseFile, read
from cases.running import case_runner
from forensics import run as library
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.detectors.detector import Detector, has_groups, of_groups
from forensics.errors import CaseFileError, ParameterError, TooLittleDataError
from forensics.findings import Detection, Finding, Run
from forensics.params import param
from forensics.progress import Progress
from forensics.registry import Registry

Use = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Params:
    """What the stand-ins take."""

    least: int = param(2, "accounts", "The least number of accounts.", 1, 10)


def finder(name: str, *, is_linked: bool) -> Detector:
    """Return a stand-in that finds ann and dan, as a group or as something else."""

    def run(*_: object) -> Detection:
        tables = ("accounts", "edges") if is_linked else ("accounts",)
        finding = Finding(f"{name}-1", "who", f"{name}-1", "coordinated_group", (), "low", evidence=tables)
        accounts = pl.DataFrame({"finding_id": [f"{name}-1"] * 2 + [None], "account_id": ["ann", "dan", "eve"]})
        edges = pl.DataFrame({"finding_id": [f"{name}-1"], "left": ["ann"], "right": ["dan"]})
        return Detection(name, {}, (finding,), (), {"accounts": accounts, "edges": edges})

    return Detector(name, f"The {name}", "who", ("actions",), Params, run, (), "A stand-in.")


def answered(dataset: Dataset, members: pl.DataFrame, params: Any, seed: int, progress: Progress) -> Detection:  # noqa: ANN401, ARG001
    return Detection("asker", {"least": params.least}, tables={"members": members})


def refused(*_: object) -> NoReturn:
    raise TooLittleDataError("Two accounts are too few.")


def broke(*_: object) -> NoReturn:
    raise ZeroDivisionError


def asker(
    name: str,
    run: Callable[..., Detection] = answered,
    needs: str = "actions",
    after: tuple[str, ...] = ("one", "two", "loose"),
) -> Detector:
    of = of_groups(run)
    return Detector(name, f"The {name}", "how", (needs,), Params, of, (), "A stand-in.", after, has_groups)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Give a function that puts other parts in the place of the real ones."""

    def put(*parts: Detector) -> None:
        for module in (case_runner, library):
            monkeypatch.setattr(module, "DETECTORS", Registry("part", *parts))

    return put


def case_with(case: Path, lines: str = "") -> CaseFile:
    path = case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return read(path)


def run(case: Path, lines: str = "") -> Run:
    case_file = case_with(case, lines)
    return case_runner.run(case_runner.plan(case_file), case_inputs.locate(case_file, ()))


def test_the_groups_of_all_finders_are_put_to_a_group_detector_with_its_parameters(case: Path, use: Use) -> None:
    use(finder("one", is_linked=True), finder("two", is_linked=True), finder("loose", is_linked=False), asker("asker"))
    *_, asked = run(case, "[detect.asker]\nleast = 3\n").detections
    assert asked.tables["members"].rows() == [("one-1", "ann"), ("one-1", "dan"), ("two-1", "ann"), ("two-1", "dan")]
    assert asked.params == {"least": 3}


def test_a_group_detector_is_asked_only_of_the_groups_that_are_its_business(case: Path, use: Use) -> None:
    use(finder("one", is_linked=True), finder("two", is_linked=True), asker("asker", after=("two",)))
    *_, asked = run(case).detections
    assert asked.tables["members"].rows() == [("two-1", "ann"), ("two-1", "dan")]


def test_without_groups_nothing_is_asked_and_nothing_is_missing(case: Path, use: Use) -> None:
    use(finder("loose", is_linked=False), asker("asker", broke))
    finished = run(case)
    assert [detection.detector for detection in finished.detections] == ["loose"]
    assert finished.failures == ()


def test_a_group_detector_fails_alone(case: Path, use: Use) -> None:
    use(finder("one", is_linked=True), asker("poor", refused), asker("broken", broke), asker("paid", answered, "money"))
    details: list[str] = []
    case_file = case_with(case)
    finished = case_runner.run(case_runner.plan(case_file), case_inputs.locate(case_file, ()), tell=details.append)
    assert [(failure.detector, failure.is_refusal) for failure in finished.failures] == [
        ("poor", True),
        ("broken", False),
        ("paid", True),
    ]
    assert case_runner.exit_status(finished) == 1
    Path(details[0].rpartition("bug report: ")[2]).unlink()


def test_a_case_that_lists_detectors_gets_those_only(case: Path, use: Use) -> None:
    use(finder("one", is_linked=True), asker("asker"), asker("other"))
    finished = run(case, '[run]\ndetectors = ["one", "other"]\n')
    assert len(finished.detections) == 2


def test_asking_of_groups_that_nobody_seeks_is_refused_before_data_are_read(case: Path, use: Use) -> None:
    use(finder("one", is_linked=True), asker("asker"))
    with pytest.raises(CaseFileError, match="'asker' reads the answer of 'one', which"):
        case_runner.plan(case_with(case, '[run]\ndetectors = ["asker"]\n'))


def test_a_wrong_parameter_of_a_group_detector_is_named_by_its_place(case: Path, use: Use) -> None:
    use(finder("one", is_linked=True), asker("asker"))
    with pytest.raises(ParameterError, match=r"\[detect.asker\] least must lie between"):
        case_runner.plan(case_with(case, "[detect.asker]\nleast = 0\n"))


@pytest.mark.parametrize(
    "detector", [each for each in DETECTORS if each.applies is has_groups], ids=lambda detector: detector.name
)
def test_a_detector_of_groups_is_named_after_its_function(detector: Detector) -> None:
    assert detector.name == getattr(detector.run, "__name__", "")
