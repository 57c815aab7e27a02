"""A run of the library: one loop, each detector with the answers it reads, nothing lost where one fails."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
import polars as pl
import pytest

from forensics import run as library
from forensics import schema
from forensics.coaction.dense_acts import dense_acts
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.coordinated_group import Group
from forensics.detectors.coordination.planting import minimum_detectable
from forensics.detectors.coordination.search import SearchSettings, WholeSearch
from forensics.detectors.detector import Answers, Detector
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection, Finding, Run
from forensics.params import param
from forensics.progress import Progress
from forensics.registry import Registry
from forensics.run import detect, plan
from forensics.simulate import Election, simulate

Use = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Params:
    """What the stand-ins take."""

    least: int = param(2, "accounts", "The least number of accounts.", 1, 10)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Give a function that puts other detectors in the place of the real ones."""

    def put(*parts: Detector) -> None:
        monkeypatch.setattr(library, "DETECTORS", Registry("detector", *parts))

    return put


def part(name: str, run: Callable[..., Detection], after: tuple[str, ...] = ()) -> Detector:
    return Detector(name, f"The {name}", "what", ("posts",), Params, run, (), "A stand-in.", after)


def plain(_dataset: Dataset, params: Params, seed: int, _progress: Progress) -> Detection:
    return Detection("plain", {"least": params.least, "seed": seed})


def refused(*_: object) -> NoReturn:
    raise TooLittleDataError("Too little.")


def broken(*_: object) -> NoReturn:
    raise ZeroDivisionError


def panicked(*_: object) -> NoReturn:
    raise pl.exceptions.PanicException("no room")


def page() -> Dataset:
    """Return the posts of one page, of which ten had their likes trebled."""
    rng = np.random.default_rng(1)
    n = 120
    level = rng.lognormal(0, 0.5, n)
    first = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
    posts = pl.DataFrame(
        {
            "post_id": [f"p{i:03d}" for i in range(n)],
            "account_id": "1001",
            "published_at": [first + dt.timedelta(hours=13 * i) for i in range(n)],
            "followers": 20_000,
            "likes": rng.poisson(150 * level) * np.where(np.arange(n) % 12 == 5, 3, 1),
            "comments": rng.poisson(20 * level),
            "shares": rng.poisson(25 * level),
            "source_id": "s1",
            "source_row": range(1, n + 1),
        }
    ).with_columns(pl.col("published_at").cast(schema.TIME))
    return Dataset(posts=schema.conform(posts, schema.POSTS))


def priced(run: Run) -> float | None:
    return next(detection for detection in run.detections if detection.detector == "labour").scores[0].value


def test_labour_prices_what_reach_found_with_the_settings_of_this_run() -> None:
    data = page()
    run = detect(data, "reach", "labour", reach={"quantile": 0.999999})
    assert not run.detections[0].findings
    assert priced(run) == 0
    usual = detect(data, "reach", "labour")
    excess = {score.name: score.value for score in usual.detections[0].findings[0].scores}["reactions_excess"]
    assert priced(usual) == round(excess or 0) > 0


def test_labour_has_no_answer_where_reach_has_none() -> None:
    run = detect(page(), "reach", "labour", reach={"minimum_posts": 500})
    assert [failure.detector for failure in run.failures] == ["reach", "labour"]
    assert {(str(failure.message)[:13], failure.is_refusal) for failure in run.failures} == {("No page has 5", True)}


def test_what_would_be_found_is_measured_with_the_settings_of_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    data = simulate(Election(n_accounts=400, n_acts=6_000, n_communities=3), 1).dataset

    asked: list[SearchSettings] = []
    sought: list[SearchSettings] = []

    def search(actions: pl.DataFrame, _posts: object, settings: SearchSettings, *_rest: object) -> WholeSearch:
        asked.append(settings)
        return WholeSearch(dense_acts(actions, data.posts), settings, 1, [], 0.0)

    def planted_groups(whole: WholeSearch, _added: object) -> list[Group]:
        sought.append(whole.settings)
        return []

    monkeypatch.setattr(coordination, "search_whole", search)
    monkeypatch.setattr(minimum_detectable, "planted_groups", planted_groups)
    few = {"spike_plants": 1, "spike_practices": ["burst"]}
    detect(data, "coordination", "detectable", coordination={"windows_s": [30], "splits": 5}, detectable=few)
    assert len(asked) == 1
    assert len(sought) > 1
    assert {(settings.windows_s, settings.splits) for settings in sought} == {((30.0,), 5)}


def test_a_detector_gets_the_very_answers_it_reads_and_how_they_were_asked(use: Use) -> None:
    seen: list[Answers] = []

    def reading(_dataset: Dataset, _params: object, _seed: int, _progress: Progress, answers: Answers) -> Detection:
        seen.append(answers)
        return Detection("reader", {})

    parts = (part("plain", plain), part("poor", refused), part("deaf", plain))
    use(*parts, part("reader", reading, ("plain", "poor", "unasked")), part("unasked", plain))
    run = detect(page(), "plain", "poor", "deaf", "reader", seed=7, plain={"least": 3})
    (answers,) = seen
    assert list(answers) == ["plain", "poor"]
    assert answers["plain"].outcome is run.detections[0]
    assert answers["plain"].params == Params(least=3)
    assert answers["poor"].outcome is run.failures[0]
    assert run.detections[0].params == {"least": 3, "seed": 7}


def test_failures_are_values_of_the_run_and_take_nobody_along(use: Use, caplog: pytest.LogCaptureFixture) -> None:
    use(part("poor", refused), part("broken", broken), part("panicked", panicked), part("plain", plain))
    with caplog.at_level(logging.ERROR, "forensics"):
        run = detect(page())
    assert tuple((each.detector, str(each.message), each.is_refusal) for each in run.failures) == (
        ("poor", "Too little.", True),
        ("broken", "ZeroDivisionError: ", False),
        ("panicked", "PanicException: no room", False),
    )
    assert [detection.detector for detection in run.detections] == ["plain"]
    assert caplog.records[0].exc_info is not None
    nothing = detect(Dataset(), "plain")
    assert str(nothing.failures[0].message).startswith("The data hold no posts with their totals")


@pytest.mark.parametrize(
    ("names", "given", "message"),
    [
        (("raech",), {}, "Did you mean reach"),
        (("reach",), {"labour": {}}, "'labour', which is not asked"),
        (("labour",), {}, "'labour' reads the answer of 'reach'"),
        (("tempo_of_groups",), {}, "reads the answer of 'coordination'"),
        (("reach",), {"reach": {"organic": 1}}, "^'reach' has no parameter 'organic'"),
    ],
)
def test_a_plan_that_cannot_work_is_refused(
    names: tuple[str, ...], given: dict[str, dict[str, object]], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        plan(names, given)


@pytest.mark.parametrize(
    ("detector", "given"),
    [
        ("geography", {"electorate": ["FR=nan"]}),
        ("geography", {"home": ["Germany"]}),
        ("geography", {"electorate": ["DE-BE=1", "FR=2"]}),
        ("money", {"rates": ["EUR:1"]}),
        ("money", {"rates": ["EUR=nan"]}),
        ("labour", {"price": "cheap"}),
        ("detectable", {"spike_practices": ["ads"]}),
    ],
)
def test_what_no_data_can_put_right_is_refused_before_any_are_read(detector: str, given: dict[str, object]) -> None:
    with pytest.raises(ParameterError):
        plan(given={detector: given})


def test_every_detector_comes_after_those_whose_answers_it_reads() -> None:
    names = DETECTORS.names()
    for at, detector in enumerate(DETECTORS):
        assert set(detector.after) <= set(names[:at])


def test_the_repository_has_one_loop_over_detectors() -> None:
    """Whoever else calls a detector would hand it other answers than the run's."""
    root = Path(library.__file__).parents[1]
    callers = [
        path.name
        for package in ("forensics", "cases", "reports")
        for path in (root / package).rglob("*.py")
        if "detector.answer" in path.read_text(encoding="utf-8")
    ]
    assert callers == ["run.py"]


def test_a_camps_name_is_no_obstacle_to_a_file(use: Use) -> None:
    def named(*_: object) -> Detection:
        names = ("part-Parti Québécois", "part-Parti Qu\u00a0b\u00a0cois", "part-" + 300 * "x", "part-plain")
        findings = tuple(Finding(name, "what", name, "money_camp", (), "low", evidence=("money",)) for name in names)
        return Detection("part", {}, findings, (), {"money": pl.DataFrame({"finding_id": names, "n": range(4)})})

    use(part("part", named))
    (detection,) = detect(page()).detections
    ids = [finding.id for finding in detection.findings]
    assert ids[0].startswith("part-Parti-Qu-b-cois-")
    assert len(set(ids)) == 4
    assert ids[3] == "part-plain"
    assert max(map(len, ids)) < 100
    assert detection.tables["money"]["finding_id"].to_list() == ids
    assert detection.findings[0].subject == "part-Parti Québécois"
