"""The minimum detectable group: by practice, with an interval, and measured only when asked for."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from detectors.coordination.made_search import GROUP, SEARCH

from forensics.dataset import Dataset
from forensics.detectors.base import Answer
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.coordinated_group import Search
from forensics.detectors.coordination.minimum_detectable import (
    PRACTICES,
    Params,
    detectable,
    minimum_detectable,
    planted_recall,
)
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Failure
from forensics.messages import Message
from forensics.progress import quiet
from forensics.simulate import Election, simulate

SETTINGS = coordination.Params()
SET = {"coordination": Answer(SETTINGS, Failure("coordination", Message("Nothing."), is_refusal=True))}
"""The search with its defaults; what it answered plays no part."""
THRESHOLD = 8


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Return a small election without manipulation."""
    return simulate(Election(n_accounts=600, n_acts=12_000, n_communities=3), 1).dataset


@pytest.fixture(autouse=True)
def finds_eight_or_more(monkeypatch: pytest.MonkeyPatch) -> list[pl.DataFrame]:
    """Let the search find what was planted, where it is of eight accounts or more; return the acts it was shown."""
    shown: list[pl.DataFrame] = []

    def search(actions: pl.DataFrame, *_rest: object) -> Search:
        shown.append(actions)
        workers = actions.filter(pl.col("source_id") == "planted")["account_id"].unique().sort().to_list()
        if len(workers) < THRESHOLD:
            return replace(SEARCH, groups=())
        return replace(SEARCH, groups=(replace(GROUP, core=tuple(workers), edge=()),))

    monkeypatch.setattr(coordination, "search", search)
    return shown


def test_the_smallest_size_that_is_found_is_named_with_its_interval(dataset: Dataset) -> None:
    params = Params(spike_practices=("burst",), spike_plants=3)
    (row,) = minimum_detectable(dataset, params, 1, quiet, SETTINGS).to_dicts()
    assert (row["practice"], row["n_accounts"], row["recall"]) == ("burst", THRESHOLD, 1.0)
    assert (row["n_found"], row["n_plants"]) == (3, 3)
    assert row["found_low"] == pytest.approx(0.2924, abs=1e-4)  # (0.05 / 2) ** (1 / 3), Clopper & Pearson 1934
    assert row["found_high"] == 1.0
    assert row["n_runs"] == 9


def test_each_try_says_how_far_its_search_is(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    found, seen = coordination.search, []

    def halfway(*given: object) -> Search:
        given[-1]("seeking", 50, 100)  # type: ignore[operator]
        return found(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(coordination, "search", halfway)
    minimum_detectable(dataset, Params(), 1, lambda *step: seen.append(step), SETTINGS)
    assert seen == [("planting work of known size", 50 * number, 300) for number in range(1, 7)]


def test_a_pattern_is_not_a_find(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    found = coordination.search
    as_pattern = lambda *given: (  # noqa: E731
        replace(result := found(*given), groups=tuple(replace(g, is_named=False) for g in result.groups))
    )
    monkeypatch.setattr(coordination, "search", as_pattern)
    plant = replace(PRACTICES["burst"], n_accounts=20, n_targets=12)
    assert planted_recall(dataset, "burst", plant, SETTINGS, 1) == 0.0


def test_own_objects_are_acted_on_by_nobody_else(dataset: Dataset, finds_eight_or_more: list[pl.DataFrame]) -> None:
    plant = replace(PRACTICES["own"], n_accounts=12, n_targets=12)
    planted_recall(dataset, "own", plant, SETTINGS, 1)
    own = pl.col("object_id").str.starts_with("planted-")
    (actions,) = finds_eight_or_more
    assert actions.filter(own)["object_id"].n_unique() >= 10
    assert actions.filter(own)["source_id"].unique().to_list() == ["planted"]
    assert planted_recall(dataset, "burst", plant, SETTINGS, 1) == 1.0
    assert not finds_eight_or_more[1].select(own.any()).item()


def test_teams_take_the_targets_by_turns(dataset: Dataset, finds_eight_or_more: list[pl.DataFrame]) -> None:
    plant = replace(PRACTICES["rotating"], n_accounts=12, n_targets=12)
    planted_recall(dataset, "rotating", plant, SETTINGS, 1)
    planted_recall(dataset, "burst", plant, SETTINGS, 1)
    by_turns, together = (
        actions.filter(pl.col("source_id") == "planted").group_by("object_id").agg(n=pl.col("account_id").n_unique())
        for actions in finds_eight_or_more
    )
    assert together.filter(pl.col("n") == 12).height >= 10
    assert by_turns.filter(pl.col("n") == 6).height >= 10
    assert by_turns["n"].max() == 6


def test_too_few_objects_count_as_unseen(dataset: Dataset) -> None:
    detection = detectable(dataset, Params(spike_objects=1_000, spike_practices=("burst",)), 1, quiet, SET)
    assert detection.tables["detectable"]["n_accounts"].to_list() == [None]
    assert "spikes_unseen" in detection.notes


def test_what_the_search_cannot_judge_is_not_found(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> Search:
        raise TooLittleDataError("Too little.")

    monkeypatch.setattr(coordination, "search", refuse)
    table = minimum_detectable(dataset, Params(spike_practices=("drip",)), 1, quiet, SETTINGS)
    assert table["n_accounts"].to_list() == [None]


def test_the_order_of_rows_changes_nothing(dataset: Dataset, finds_eight_or_more: list[pl.DataFrame]) -> None:
    shuffled = replace(dataset, actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=4))
    params = Params(spike_practices=("burst",), spike_plants=1)
    first, second = (minimum_detectable(each, params, 1, quiet, SETTINGS) for each in (dataset, shuffled))
    assert first.equals(second)
    half = len(finds_eight_or_more) // 2
    assert finds_eight_or_more[0].equals(finds_eight_or_more[half])


def test_an_unknown_practice_is_named_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=r"no practice 'ads'.*burst, prompt"):
        Params(spike_practices=("ads",))


@pytest.mark.parametrize("params", [Params(spike_in=False), Params(spike_most_acts=100)])
def test_it_can_be_switched_off_and_spares_large_data(dataset: Dataset, params: Params) -> None:
    detection = detectable(dataset, params, 1, quiet, SET)
    assert detection.notes == ("not_spiked",)
    assert detection.tables["detectable"].is_empty()
