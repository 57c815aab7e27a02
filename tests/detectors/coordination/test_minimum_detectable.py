"""The minimum detectable group: by practice, with an interval, and measured only when asked for."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from detectors.coordination.made_search import GROUP

from forensics.dataset import Dataset
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.coordinated_group import Group
from forensics.detectors.coordination.planting import minimum_detectable as module
from forensics.detectors.coordination.planting.minimum_detectable import (
    PRACTICES,
    Params,
    detectable,
    minimum_detectable,
    planted_recalls,
)
from forensics.detectors.coordination.search import WholeSearch
from forensics.detectors.detector import Answer
from forensics.errors import ParameterError
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


@pytest.fixture
def whole() -> WholeSearch:
    """Return a search that is not looked at."""
    return WholeSearch.__new__(WholeSearch)


@pytest.fixture(autouse=True)
def finds_eight_or_more(monkeypatch: pytest.MonkeyPatch, whole: WholeSearch) -> list[pl.DataFrame]:
    """Let the search find each plant of eight accounts or more; return the acts it was shown."""
    shown: list[pl.DataFrame] = []

    def planted_groups(_whole: object, added: pl.DataFrame) -> list[Group]:
        shown.append(added)
        workers = added["account_id"].unique().sort().to_list()
        return [replace(GROUP, core=tuple(workers), edge=())] if len(workers) >= THRESHOLD else []

    def searched(dataset: Dataset, *_rest: object) -> coordination.Searched:
        return coordination.Searched(dataset.actions, 0, whole)

    monkeypatch.setattr(module, "planted_groups", planted_groups)
    monkeypatch.setattr(coordination, "searched", searched)
    return shown


def test_the_smallest_size_that_is_found_is_named_with_its_interval(dataset: Dataset) -> None:
    params = Params(spike_practices=("burst",), spike_plants=3)
    (row,) = minimum_detectable(dataset, params, 1, quiet, SETTINGS).to_dicts()
    assert (row["practice"], row["n_accounts"], row["recall"]) == ("burst", THRESHOLD, 1.0)
    assert (row["n_found"], row["n_plants"]) == (3, 3)
    assert row["found_low"] == pytest.approx(0.2924, abs=1e-4)  # (0.05 / 2) ** (1 / 3), Clopper & Pearson 1934
    assert row["found_high"] == 1.0


def test_no_more_plants_are_tried_than_decide_but_all_of_the_size_that_is_named(dataset: Dataset) -> None:
    """Of 10, 8 have to be found: 12 accounts by the first 8 they are; 5 by the first 3 they are not; of 8 all count."""
    (row,) = minimum_detectable(dataset, Params(spike_plants=10), 1, quiet, SETTINGS).to_dicts()
    assert (row["n_accounts"], row["n_found"], row["n_plants"]) == (THRESHOLD, 10, 10)
    assert row["n_runs"] == 8 + 3 + 10


def test_a_pattern_is_not_a_find(dataset: Dataset, whole: WholeSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    found = module.planted_groups
    monkeypatch.setattr(
        module, "planted_groups", lambda *given: [replace(group, is_named=False) for group in found(*given)]
    )
    plant = replace(PRACTICES["burst"], n_accounts=20, n_targets=12)
    assert planted_recalls(whole, dataset.actions, "burst", plant, [1]) == [0.0]


def test_own_objects_are_acted_on_by_nobody_else(
    dataset: Dataset, whole: WholeSearch, finds_eight_or_more: list[pl.DataFrame]
) -> None:
    plant = replace(PRACTICES["own"], n_accounts=12, n_targets=12)
    planted_recalls(whole, dataset.actions, "own", plant, [1])
    planted_recalls(whole, dataset.actions, "burst", plant, [1])
    own = pl.col("object_id").str.starts_with("planted-")
    first, second = finds_eight_or_more
    assert first.filter(own)["object_id"].n_unique() >= 10
    assert not second.select(own.any()).item()


def test_teams_take_the_targets_by_turns(
    dataset: Dataset, whole: WholeSearch, finds_eight_or_more: list[pl.DataFrame]
) -> None:
    plant = replace(PRACTICES["rotating"], n_accounts=12, n_targets=12)
    planted_recalls(whole, dataset.actions, "rotating", plant, [1])
    planted_recalls(whole, dataset.actions, "burst", plant, [1])
    by_turns, together = (
        added.group_by("object_id").agg(n=pl.col("account_id").n_unique()) for added in finds_eight_or_more
    )
    assert together.filter(pl.col("n") == 12).height >= 10
    assert by_turns.filter(pl.col("n") == 6).height >= 10
    assert by_turns["n"].max() == 6


def test_too_few_objects_count_as_unseen(dataset: Dataset) -> None:
    detection = detectable(dataset, Params(spike_objects=1_000, spike_practices=("burst",)), 1, quiet, SET)
    assert detection.tables["detectable"]["n_accounts"].to_list() == [None]
    assert "spikes_unseen" in detection.notes


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
