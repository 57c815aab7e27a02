"""Plants sought beside a search: the same acts as if the data had held them, and the same groups found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from forensics.coaction.dense_acts import DenseActs, dense_acts
from forensics.coaction.time_grain import with_grain
from forensics.dataset import Dataset
from forensics.detectors.coordination.planting.minimum_detectable import PRACTICES
from forensics.detectors.coordination.planting.planted_search import planted_groups, with_rows
from forensics.detectors.coordination.search import SearchSettings, WholeSearch, result_of, search_whole
from forensics.events import with_events
from forensics.simulate import Election, simulate
from forensics.simulate.planted_background import Ground, as_rows, plant_into

PLANT = replace(PRACTICES["burst"], n_accounts=20, n_targets=12)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Return a small election without manipulation."""
    return simulate(Election(n_accounts=500, n_acts=8_000, n_communities=3), 1).dataset


@pytest.fixture(scope="module")
def whole(dataset: Dataset) -> WholeSearch:
    """Return its search."""
    return search_whole(dataset.actions, dataset.posts, SearchSettings(), 1)


def test_added_acts_are_those_of_data_that_held_them(dataset: Dataset) -> None:
    """The same acts, whatever numbers accounts have. An event with several objects may change its own by a plant's."""
    dataset = replace(dataset, actions=dataset.actions.filter(pl.col("action") == "like"))
    rows, _ = Ground(dataset.actions, PLANT).work(0, 5)
    beside = with_rows(with_grain(dense_acts(dataset.actions, dataset.posts)), with_events(as_rows([rows])))
    planted = plant_into(dataset, (PLANT,), 5).dataset
    anew = with_grain(dense_acts(planted.actions, planted.posts))
    for one in (beside, anew):
        assert np.all(np.diff(one.objects) >= 0)
    assert sorted(_acts(beside)) == sorted(_acts(anew))


def _acts(acts: DenseActs) -> list[tuple[str, str, float, float, float]]:
    accounts, objects = acts.account_ids.to_list(), acts.object_ids.to_list()
    columns = (acts.accounts, acts.objects, acts.times, acts.steps, acts.appeared[acts.objects])
    return [(accounts[a], objects[o], t, s, b) for a, o, t, s, b in zip(*(c.tolist() for c in columns), strict=True)]


def test_a_plant_that_a_whole_search_finds_is_found_beside_it(dataset: Dataset, whole: WholeSearch) -> None:
    rows, ids = Ground(dataset.actions, PLANT).work(0, 5)
    planted = plant_into(dataset, (PLANT,), 5).dataset
    anew = result_of(search_whole(planted.actions, planted.posts, whole.settings, 1)).groups
    beside = planted_groups(whole, with_events(as_rows([rows])))
    for groups in (anew, beside):
        (group,) = [group for group in groups if set(group.core) & set(ids)]
        assert group.is_named
        assert len(set(group.core) & set(ids)) >= 0.9 * len(ids)
        assert set(group.core) <= set(ids)


def test_accounts_that_only_do_what_others_do_are_no_group(dataset: Dataset, whole: WholeSearch) -> None:
    plant = replace(PLANT, n_accounts=20, n_targets=1, attendance=0.05, mimicry=0.98)
    rows, _ = Ground(dataset.actions, plant).work(0, 5)
    assert not [group for group in planted_groups(whole, with_events(as_rows([rows]))) if group.is_named]
