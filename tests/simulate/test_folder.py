"""A world on disk: the case names its data and never its truth."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Literal

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from forensics.loaders import LOADERS
from forensics.loaders.loader import ReadOptions
from forensics.simulate import HABITS_FILE, TRUTH_FILE, Election, Plant, simulate, write_case

SMALL = Election(
    n_accounts=300, n_acts=4_000, n_communities=3, n_fan_clubs=1, plants=(Plant(n_accounts=10, n_targets=5),)
)


def test_the_folder_holds_the_case_and_the_truth_apart(tmp_path: Path) -> None:
    world = simulate(SMALL, 7)
    write_case(world, tmp_path / "case")
    case = tomllib.loads((tmp_path / "case" / "case.toml").read_text(encoding="utf-8"))
    assert case["case"]["is_simulated"] is True
    named = [entry["path"] for entry in case["data"]]
    assert TRUTH_FILE not in named
    assert HABITS_FILE not in named
    truth = pl.read_csv(tmp_path / "case" / TRUTH_FILE, infer_schema=False)
    assert truth.columns == ["account_id", "farm_id", "practice"]
    assert truth.equals(world.truth)


def test_the_mapping_names_every_column_of_the_file(tmp_path: Path) -> None:
    world = simulate(SMALL, 7)
    write_case(world, tmp_path)
    rows = pl.read_csv(tmp_path / "actions.csv", infer_schema=False)
    case = tomllib.loads((tmp_path / "case.toml").read_text(encoding="utf-8"))
    assert sorted(rows.columns) == sorted(case["data"][0]["map"].values())
    assert rows.height == world.dataset.actions.height
    assert rows["acted_at"].str.contains(r"^2024-09-\d\dT\d\d:\d\d:\d\dZ$").all()


def test_two_writings_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_case(simulate(SMALL, 7), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


@pytest.mark.parametrize("precision", ["s", "min"])
def test_the_generic_loader_reads_the_same_acts_back(tmp_path: Path, precision: Literal["s", "min"]) -> None:
    world = simulate(replace(SMALL, time_precision=precision), 7)
    write_case(world, tmp_path)
    case = tomllib.loads((tmp_path / "case.toml").read_text(encoding="utf-8"))
    options = ReadOptions(columns=case["data"][0]["map"])
    read = LOADERS.get("generic").read(tmp_path / "actions.csv", options)
    assert read.sources[0].rejected.height == 0
    columns = ["account_id", "action", "object_id", "object_kind", "acted_at", "time_precision", "post_id", "camp"]
    written = world.dataset.actions.select(columns)
    assert_frame_equal(read.actions.select(columns), written, check_row_order=False)
    assert read.accounts["account_id"].n_unique() == written["account_id"].n_unique()
