"""A folder appears whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cases.staging import staged
from forensics.errors import ForensicsError


def fill(folder: Path, text: str) -> None:
    (folder / "run.json").write_text(text, encoding="utf-8")


def break_off(target: Path, error: type[BaseException]) -> None:
    with staged(target) as folder:
        fill(folder, "second")
        raise error


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_target_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "run"
    with staged(target) as folder:
        fill(folder, "first")
        assert not target.exists()
    assert (target / "run.json").read_text(encoding="utf-8") == "first"
    assert names(tmp_path / "deep") == ["run"]


def test_an_earlier_run_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "run"
    with staged(target) as folder:
        fill(folder, "first")
        (folder / "old.csv").touch()
    with staged(target) as folder:
        fill(folder, "second")
    assert names(target) == ["run.json"]
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, OSError])
def test_an_interrupted_run_leaves_the_last_good_one(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "run"
    with staged(target) as folder:
        fill(folder, "first")
    with pytest.raises(error):
        break_off(target, error)
    assert (target / "run.json").read_text(encoding="utf-8") == "first"
    assert names(tmp_path) == ["run"]


def test_a_folder_that_is_no_run_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "photographs"
    target.mkdir()
    (target / "cat.jpg").touch()
    with pytest.raises(ForensicsError, match="not a run folder"), staged(target):
        pytest.fail("the block must not begin")
    assert names(target) == ["cat.jpg"]


def test_a_file_in_the_way_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "run"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(ForensicsError, match="left alone"), staged(target):
        pytest.fail("the block must not begin")
    assert target.read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with staged(tmp_path / "run") as folder:
        fill(folder, "first")
    assert names(tmp_path / "run") == ["run.json"]


def test_what_a_killed_program_left_is_cleared(tmp_path: Path) -> None:
    for word in ("partial", "previous"):
        (tmp_path / f".run.{word}").mkdir()
        fill(tmp_path / f".run.{word}", word)
    with pytest.raises(RuntimeError), staged(tmp_path / "run"):
        raise RuntimeError
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "run.json").read_text(encoding="utf-8") == "previous"


def test_two_programs_exclude_each_other(tmp_path: Path) -> None:
    other = (
        "import sys; from pathlib import Path; from cases.staging import staged; from forensics.errors import *\n"
        "try:\n"
        "    with staged(Path(sys.argv[1])): print('began')\n"
        "except ForensicsError as error: print(error)\n"
    )
    with staged(tmp_path / "run") as folder:
        fill(folder, "first")
        said = subprocess.run(  # noqa: S603  this program itself
            [sys.executable, "-c", other, str(tmp_path / "run")], capture_output=True, text=True, check=True
        )
    assert "Another program is writing" in said.stdout
    assert names(tmp_path) == ["run"]


def test_a_link_to_a_run_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with staged(tmp_path / "disk" / "run") as folder:
        fill(folder, "first")
    (tmp_path / "run").symlink_to(tmp_path / "disk" / "run")
    with staged(tmp_path / "run") as folder:
        fill(folder, "second")
    assert (tmp_path / "run").is_symlink()
    assert (tmp_path / "run" / "run.json").read_text(encoding="utf-8") == "second"
    assert names(tmp_path) == ["disk", "run"]
