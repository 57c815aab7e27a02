"""Counting data larger than memory from the command line: what it gives, refuses and leaves."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from cases.cli import forensics
from cases.running import memory_budget
from cases.running.interruptible_work import wait_for
from forensics.errors import MemoryBudgetError
from forensics.loaders.reading import parquet_table


def acts(folder: Path, prefix: str = "=farm") -> Path:
    """Write acts of a crowd and of eight accounts that act within seconds of each other, in two files."""
    rng = np.random.default_rng(1)
    n, n_objects = 6_000, 300
    crowd = pl.DataFrame(
        {
            "account_id": [f"a{a}" for a in rng.integers(0, 250, n)],
            "object_id": [f"o{o}" for o in rng.integers(0, n_objects, n)],
            "second": rng.integers(0, 30 * 86_400, n),
        }
    )
    moments = rng.integers(0, 30 * 86_400, 15)
    farm = pl.DataFrame(
        [(f"{prefix}{a}", f"o{o}", int(moments[o]) + int(rng.integers(0, 30))) for o in range(15) for a in range(8)],
        schema=crowd.schema,
        orient="row",
    )
    folder.mkdir()
    for name, rows in (("crowd", crowd), ("farm", farm)):
        rows.select(
            "account_id", "object_id", acted_at=pl.from_epoch("second").cast(pl.Datetime("ms", "UTC"))
        ).write_parquet(folder / f"{name}.parquet")
    return folder


def test_pairs_are_counted_weighed_and_grouped(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(forensics, ["coactions", str(acts(tmp_path / "acts")), "--out", str(out), "--quiet"])
    assert result.exit_code == 0, result.output
    pairs = pl.read_parquet(out / "pairs.parquet")
    found = pairs.filter(pl.col("q_value") <= 0.05)
    assert found.height == 28
    assert found["left"].str.starts_with("=farm").all()
    assert (found["n_occasions"] <= found["n_objects"]).all()
    assert (found["expected"] < 1.0).all()
    groups = pl.read_csv(out / "groups.csv")
    assert groups["account_id"].to_list() == [f"'=farm{a}" for a in range(8)]
    summary = json.loads((out / "coactions.json").read_text(encoding="utf-8"))
    assert summary["n_pairs"] == pairs.height
    assert [item["name"] for item in summary["inputs"]] == ["crowd.parquet", "farm.parquet"]
    assert sorted(path.name for path in out.iterdir()) == ["coactions.json", "groups.csv", "pairs.parquet"]


def test_what_draws_a_crowd_is_counted_and_not_weighed(tmp_path: Path) -> None:
    folder = acts(tmp_path / "acts")
    crowd = pl.DataFrame({"account_id": [f"c{a}" for a in range(400)], "object_id": "o0"}).with_columns(
        acted_at=pl.lit(30 * 86_400_000).cast(pl.Datetime("ms", "UTC"))
    )
    crowd.write_parquet(folder / "more.parquet")
    result = CliRunner().invoke(
        forensics, ["coactions", str(folder), "--out", str(tmp_path / "out"), "--at-least", "1", "--quiet"]
    )
    assert result.exit_code == 0, result.output
    assert "1 objects drew crowds" in result.output
    pairs = pl.read_parquet(tmp_path / "out" / "pairs.parquet")
    bystanders = pairs.filter(pl.col("left").str.starts_with("c") & pl.col("right").str.starts_with("c"))
    assert bystanders.height == 400 * 399 // 2
    assert (bystanders["p_value"] == 1.0).all()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--window", "3600"], "up to 1800 s"),
        (["--window", "0.5"], "finer than the times"),
        (["--memory", "lots"], "Write it such as 4GB"),
        (["--memory", "100MB"], "needs"),
        (["--layer", "like:post"], "no columns 'action'"),
        (["--engine", "abacus"], "There are: local, spark"),
    ],
)
def test_an_impossible_question_is_refused_and_leaves_no_file(tmp_path: Path, words: list[str], reason: str) -> None:
    folder = acts(tmp_path / "acts")
    result = CliRunner().invoke(
        forensics, ["coactions", str(folder), "--out", str(tmp_path / "out"), "--quiet", *words]
    )
    assert result.exit_code == 2
    assert reason in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["acts"]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("account_id", pl.lit(7), "'account_id' of acts.parquet holds no text but Int32"),
        ("object_id", pl.lit([1]), "'object_id' of acts.parquet holds no text but List"),
        ("acted_at", pl.lit("noon"), "'acted_at' of acts.parquet holds no times but String"),
        ("is_context", pl.lit("yes"), "'is_context' of acts.parquet holds no truth values but String"),
    ],
)
def test_a_column_of_another_kind_is_named(tmp_path: Path, column: str, value: pl.Expr, reason: str) -> None:
    place = tmp_path / "acts.parquet"
    pl.read_parquet(acts(tmp_path / "acts") / "farm.parquet").with_columns(value.alias(column)).write_parquet(place)
    result = CliRunner().invoke(forensics, ["coactions", str(place), "--out", str(tmp_path / "out"), "--quiet"])
    assert (result.exit_code, reason in result.output) == (2, True), result.output


def test_ids_that_are_kept_as_categories_are_counted(tmp_path: Path) -> None:
    place = tmp_path / "acts.parquet"
    rows = pl.read_parquet(acts(tmp_path / "acts") / "farm.parquet")
    rows.with_columns(pl.col("account_id", "object_id").cast(pl.Categorical)).write_parquet(place)
    result = CliRunner().invoke(forensics, ["coactions", str(place), "--out", str(tmp_path / "out"), "--quiet"])
    assert "28 pairs share 4 objects" in result.output


def test_damage_within_a_file_is_refused_in_words(tmp_path: Path) -> None:
    place = acts(tmp_path / "acts") / "crowd.parquet"
    content = bytearray(place.read_bytes())
    content[4:400] = b"\xff" * 396
    place.write_bytes(content)
    assert pl.read_parquet_schema(place)  # what is read first is whole
    result = CliRunner().invoke(forensics, ["coactions", str(place), "--out", str(tmp_path / "out"), "--quiet"])
    assert (result.exit_code, "crowd.parquet is a damaged" in result.output) == (2, True), result.output


def test_a_file_that_ends_its_reader_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = tmp_path / "trial.py"
    trial.write_text("import os\nprint(0)\nprint(1, flush=True)\nos.abort()\n", encoding="utf-8")
    monkeypatch.setattr(parquet_table.parquet_trial, "__file__", str(trial))
    place, out = acts(tmp_path / "acts"), tmp_path / "out"
    result = CliRunner().invoke(forensics, ["coactions", str(place), "--out", str(out), "--quiet"])
    assert (result.exit_code, "farm.parquet is a damaged" in result.output) == (2, True), result.output
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_is_not_counted(tmp_path: Path, kind: str) -> None:
    place = Path("/dev/zero") if kind == "device" else tmp_path / "acts.parquet"
    if kind == "pipe":
        os.mkfifo(place)
    result = CliRunner().invoke(forensics, ["coactions", str(place), "--out", str(tmp_path / "out"), "--quiet"])
    assert (result.exit_code, "a device or a pipe" in result.output) == (2, True), result.output


@pytest.mark.parametrize(
    ("text", "n_bytes"), [("4GB", 4 * 10**9), ("3.5 gib", 3758096384), ("500M", 500_000_000), ("1TiB", 1 << 40)]
)
def test_amounts_of_memory(text: str, n_bytes: int) -> None:
    assert memory_budget.amount(text) == n_bytes


def test_a_budget_is_held_while_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_budget, "_resident", lambda: 2_000)
    memory_budget.held(None)
    memory_budget.held(2_000)
    with pytest.raises(MemoryBudgetError, match="--memory"):
        wait_for(lambda: __import__("time").sleep(5), lambda: memory_budget.held(1_999))
