"""Simulated cases on the disk: whole, and never over what somebody changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.atomic_files.staging import locked
from cases.case_file import simulated_cases
from forensics.errors import ForensicsError
from forensics.simulate.pages import small_campaign


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_a_simulated_case_that_was_changed_is_left_alone(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "pages"
    simulated_cases.make_pages(small_campaign(), 1, folder)
    simulated_cases.make_pages(small_campaign(), 2, folder)  # as it was made, it gives way
    assert "simulated-pages-2" in (folder / "case.toml").read_text(encoding="utf-8")
    if change == "edit":
        with (folder / "case.toml").open("a", encoding="utf-8") as stream:
            stream.write("# mine\n")
    elif change == "add":
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
    else:
        (folder / "case.toml").unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ForensicsError, match="changed since"):
        simulated_cases.make_pages(small_campaign(), 3, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_run_that_was_moved_aside_is_not_taken_for_a_simulated_case(tmp_path: Path) -> None:
    aside = tmp_path / ".pages.previous"
    aside.mkdir()
    (aside / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ForensicsError, match="no simulated case"):
        simulated_cases.make_pages(small_campaign(), 1, tmp_path / "pages")
    assert [path.name for path in tmp_path.rglob("*")] == [".pages.previous", "run.json"]


def test_two_programs_that_simulate_one_case_exclude_each_other(tmp_path: Path) -> None:
    with locked(tmp_path / "pages", "--out"), pytest.raises(ForensicsError, match="Another program is writing"):
        simulated_cases.make_pages(small_campaign(), 1, tmp_path / "pages")
