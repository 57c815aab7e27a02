"""A starter case, the look at a file, and the machine."""

from __future__ import annotations

import json
import os
from dataclasses import make_dataclass
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from cases.case_file.case_file import read
from cases.case_file.starter_case import case_name, toml_value
from cases.cli import forensics
from cases.running import machine_measurement, run_cost
from forensics import run as library
from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.findings import Detection
from forensics.loaders import load
from forensics.registry import Registry


def call(*words: object) -> Result:
    result = CliRunner().invoke(forensics, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def test_a_starter_case_is_valid_and_names_what_was_seen(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Wahl in Köln"
    result = call("new", folder, "--data", case / "posts.csv")
    assert result.exit_code == 0, result.stderr
    made = read(folder / "case.toml")
    assert (made.case.name, made.case.period) == ("wahl-in-koln", "2024-04-24 to 2024-04-30")
    (entry,) = made.data
    assert (folder / entry.path).resolve() == (case / "posts.csv").resolve()
    assert entry.columns == {"account": "account_id", "time": "timestamp", "post": "post_id"}
    assert entry.objects == {"url": "url"}
    text = (folder / "case.toml").read_text(encoding="utf-8")
    assert "# 25 rows, 1 of them rejected; 4 accounts." in text
    assert "# [detect.coordination]" in text


@pytest.mark.usefixtures("few_words")
def test_what_a_starter_case_shows_in_comments_can_be_set(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    call("new", folder, "--data", case / "posts.csv")
    path = folder / "case.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in lines)
    )
    result = call("run", folder, "--out", tmp_path / "out")
    assert "[detect." not in result.stderr
    assert result.exit_code == 0, result.stderr


def test_an_existing_case_is_not_overwritten(case: Path) -> None:
    before = (case / "case.toml").read_bytes()
    result = call("new", case, "--data", case / "posts.csv")
    assert result.exit_code == 2
    assert "a case in" in result.stderr
    assert (case / "case.toml").read_bytes() == before


def test_a_file_that_is_no_data_makes_no_case(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + os.urandom(100))
    result = call("new", tmp_path / "new", "--data", tmp_path / "photo.jpg")
    assert result.exit_code == 2
    assert "photo.jpg" in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("folder", "name"), [("Town 2024", "town-2024"), ("Ñandú_é", "nandu-e"), ("选举", "case"), ("-a-", "a")]
)
def test_a_folder_gives_a_safe_case_name(folder: str, name: str) -> None:
    assert case_name(Path("x") / folder) == name


def test_values_are_written_as_toml() -> None:
    assert toml_value(("a", 1, 2.5, True)) == '["a", 1, 2.5, true]'
    assert toml_value('quo"te\\ \n\x7f ü') == '"quo\\"te\\\\ \\n\\u007f ü"'


def test_a_look_at_a_file_says_its_format_rows_span_and_gaps(case: Path) -> None:
    printed = " ".join(call("inspect", case / "posts.csv", "--quiet").stdout.split())
    for part in (
        "Table of acts (generic)",
        "25 read, 24 kept, 1 rejected",
        "2024-04-24 23:06:40 to 2024-04-30 18:00:21 UTC",
        "accounts 4",
        "url 6",
    ):
        assert part in printed


def test_a_look_at_several_files_goes_on_after_a_bad_one(case: Path) -> None:
    result = call("inspect", case / "none.csv", case / "posts.csv", "--json", "--quiet")
    assert result.exit_code == 2
    bad, good = json.loads(result.stdout)
    assert "There is no file" in bad["error"]
    assert (good["rows_read"], good["n_accounts"]) == (25, 4)


def test_the_doctor_measures_detectors_on_simulated_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def count(dataset: Dataset, *_: object) -> Detection:
        seen.append(dataset.actions.height)
        return Detection("counter", {})

    counter = Detector("counter", "Counting", "who", ("actions",), make_dataclass("Params", []), count, (), "")
    monkeypatch.setattr(library, "DETECTORS", Registry("detector", counter))
    result = call("doctor", "--acts", "1000")
    assert result.exit_code == 0, result.output
    assert f"{seen[-1]:,} simulated acts took" in result.stdout
    assert "processors (ok)" in result.stdout


def test_the_doctor_says_what_a_case_will_cost(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_cost, "warm_up", lambda _progress: None)
    result = call("doctor", case, "--quiet")
    assert result.exit_code == 0, result.output
    # Six links, each shared by four accounts within half a minute: six pairs a link. The posts are acts too.
    assert "48 acts of 4 accounts; 36 pairs" in " ".join(result.stdout.split())
    assert "less than a minute" in result.stdout
    assert "worked out from 48 of these acts" in result.stdout


def test_what_a_whole_takes_is_worked_out_from_how_two_parts_grew() -> None:
    assert run_cost.extrapolated(1.0, 2.0, 100, 200, 800) == pytest.approx(8.0)
    assert run_cost.extrapolated(1.0, 1.0, 100, 200, 800) == pytest.approx(2.0)  # noise is bounded both ways
    assert run_cost.extrapolated(0.1, 2.0, 100, 200, 800) == pytest.approx(16.0)
    assert run_cost.extrapolated(0.0, 2.0, 0, 200, 800) == pytest.approx(8.0)
    assert run_cost.extrapolated(1.0, 2.0, 100, 200, 200) == 2.0


def test_a_part_holds_all_acts_on_some_of_the_objects(case: Path) -> None:
    whole = load(case / "posts.csv")
    part = run_cost.part_of(whole, 0.5)
    left = whole.actions.filter(~pl.col("object_id").is_in(part.actions["object_id"].implode()))
    assert 0 < part.actions.height < whole.actions.height
    assert part.actions.height + left.height == whole.actions.height
    assert run_cost.part_of(whole, 1.0) is whole


def test_the_doctor_fails_where_an_analysis_cannot_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        machine_measurement, "trial", lambda acts, _progress: machine_measurement.Trial(acts, 1.0, None)
    )
    monkeypatch.setattr(
        machine_measurement, "checks", lambda: iter([machine_measurement.Check("disk", "problem", "full")])
    )
    result = call("doctor")
    assert result.exit_code == 3
    assert "Not ready: disk." in result.stderr
