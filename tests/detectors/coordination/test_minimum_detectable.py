"""The minimum detectable group: it grows when the work is thinner, and is measured only when asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forensics.dataset import Dataset
from forensics.detectors.base import Answer
from forensics.detectors.coordination import synchrony
from forensics.detectors.coordination.minimum_detectable import (
    SIZES,
    Params,
    detectable,
    minimum_detectable,
    planted_recall,
)
from forensics.findings import Failure
from forensics.progress import quiet
from forensics.simulate import Plant, organic, simulate

SET = {"synchrony": Answer(synchrony.Params(), Failure("synchrony", "Nothing.", is_refusal=True))}
"""Synchrony with its defaults; what it answered plays no part."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Return a small election without manipulation."""
    return simulate(replace(organic(), n_accounts=600, n_acts=12_000, n_communities=3), 1).dataset


def test_large_work_is_found_whole_and_a_handful_of_acts_is_not(dataset: Dataset) -> None:
    settings = synchrony.Params()
    assert planted_recall(dataset, Plant(n_accounts=20, n_targets=20), settings, 1) == 1.0
    assert planted_recall(dataset, Plant(n_accounts=20, n_targets=3), settings, 1) == 0.0


def test_the_smallest_size_is_the_one_found_by_trying_all(dataset: Dataset) -> None:
    params = Params(spike_objects=(12,))
    (row,) = minimum_detectable(dataset, params, 1, quiet, synchrony.Params()).to_dicts()
    plants = [Plant(n_accounts=n, n_targets=12, window_s=60.0, attendance=0.6) for n in SIZES[:5]]
    recalls = [planted_recall(dataset, plant, synchrony.Params(), 1) for plant in plants]
    first = next(n for n, recall in zip(SIZES, recalls, strict=False) if recall >= 0.8)
    assert row["n_accounts"] == first
    assert row["recall"] >= 0.8
    assert row["n_runs"] <= 3


def test_fewer_targets_and_more_absence_take_more_accounts_or_are_unseen(dataset: Dataset) -> None:
    detection = detectable(dataset, Params(spike_objects=(4, 20)), 1, quiet, SET)
    few, many = detection.tables["detectable"]["n_accounts"].to_list()
    assert many is not None
    assert few is None or few > many
    assert not detection.findings


def test_too_few_objects_are_said_to_be_unseen(dataset: Dataset) -> None:
    detection = detectable(dataset, Params(spike_objects=(1_000,)), 1, quiet, SET)
    assert detection.tables["detectable"]["n_accounts"].to_list() == [None]
    assert "spikes_unseen" in detection.notes


def test_the_order_of_rows_changes_nothing(dataset: Dataset) -> None:
    shuffled = replace(dataset, actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=4))
    params = Params(spike_objects=(12,))
    first, second = (minimum_detectable(each, params, 1, quiet, synchrony.Params()) for each in (dataset, shuffled))
    assert first.equals(second)


@pytest.mark.parametrize("params", [Params(spike_in=False), Params(spike_most_acts=100)])
def test_it_can_be_switched_off_and_spares_large_data(dataset: Dataset, params: Params) -> None:
    detection = detectable(dataset, params, 1, quiet, SET)
    assert detection.notes == ("not_spiked",)
    assert detection.tables["detectable"].is_empty()
