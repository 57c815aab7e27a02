"""Manipulation planted into data that were there before."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from forensics.dataset import Dataset
from forensics.errors import TooLittleDataError
from forensics.simulate import Election, Plant, plant_into, simulate

SMALL = Election(n_accounts=600, n_acts=10_000, n_communities=3, n_fan_clubs=1)
PLANT = Plant(n_accounts=20, n_targets=10, window_s=60.0)


@pytest.fixture(scope="module")
def background() -> Dataset:
    return simulate(SMALL, 2).dataset


def test_the_data_stay_as_they_were_and_the_work_is_added(background: Dataset) -> None:
    planted = plant_into(background, (PLANT,), 1)
    kept = planted.dataset.actions.filter(pl.col("source_id") != "planted")
    assert_frame_equal(kept, background.actions)
    added = planted.dataset.actions.filter(pl.col("source_id") == "planted")
    assert sorted(added["account_id"].unique()) == sorted(planted.truth["account_id"])
    assert added.height == 20 * 10 * 2
    profiles = planted.dataset.accounts.filter(pl.col("source_id") == "planted")
    assert profiles["account_id"].n_unique() == 20


def test_the_work_is_done_within_the_window(background: Dataset) -> None:
    planted = plant_into(background, (replace(PLANT, mimicry=0.0),), 1)
    added = planted.dataset.actions.filter(pl.col("source_id") == "planted")
    spans = added.group_by("object_id").agg(
        n=pl.len(), span=(pl.col("acted_at").max() - pl.col("acted_at").min()).dt.total_seconds()
    )
    assert spans["n"].to_list() == [20] * 10
    assert spans["span"].max() <= 60  # type: ignore[operator]
    assert added["action"].unique().to_list() == ["like"]


def test_where_the_data_have_no_likes_the_largest_layer_is_worked(background: Dataset) -> None:
    links = Dataset(actions=background.actions.filter(pl.col("object_kind") == "url"))
    planted = plant_into(links, (PLANT,), 1)
    added = planted.dataset.actions.filter(pl.col("source_id") == "planted")
    assert added["object_kind"].unique().to_list() == ["url"]
    assert planted.dataset.accounts.height == 0


def test_times_stay_as_coarse_as_the_data_keep_them(background: Dataset) -> None:
    coarse = background.actions.with_columns(
        pl.col("acted_at").dt.truncate("1m"),
        time_precision=pl.lit("min").cast(background.actions["time_precision"].dtype),
    )
    planted = plant_into(Dataset(actions=coarse), (PLANT,), 1)
    assert planted.dataset.actions["acted_at"].dt.second().max() == 0


def test_one_seed_is_one_planting(background: Dataset) -> None:
    one, two = (plant_into(background, (PLANT,), 1).dataset.actions for _ in range(2))
    assert_frame_equal(one, two)


def test_too_few_objects_are_refused(background: Dataset) -> None:
    with pytest.raises(TooLittleDataError, match="could be targets"):
        plant_into(background, (replace(PLANT, n_targets=1_000_000),), 1)
