"""A folder appears whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from cases import cli
from cases.atomic_files.durable_files import exchange
from cases.atomic_files.staging import appearing, bring_back, staged
from cases.custody import custody_log
from forensics.case import Case
from forensics.errors import ForensicsError
from forensics.findings import Run

RUN = ["custody.jsonl", "manifest.json", "run.json"]
NOTHING = Run(Case("town", "Town"), (), (), (), (), 1, {})


def fill(folder: Path, text: str) -> None:
    (folder / "run.json").write_text(text, encoding="utf-8")
    custody_log.write_manifest(folder, NOTHING)
    custody_log.log(folder, "run")


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
        (folder / "old.csv").touch()
        fill(folder, "first")
    with staged(target) as folder:
        fill(folder, "second")
    assert names(target) == RUN
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
    assert names(tmp_path / "run") == RUN


def test_what_a_killed_program_left_is_cleared(tmp_path: Path) -> None:
    for word in ("partial", "previous"):
        (tmp_path / f".run.{word}").mkdir()
        fill(tmp_path / f".run.{word}", word)
    with pytest.raises(RuntimeError), staged(tmp_path / "run"):
        raise RuntimeError
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "run.json").read_text(encoding="utf-8") == "previous"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
@pytest.mark.parametrize("build", [staged, lambda target: appearing(target, "--out")])
def test_a_pipe_in_the_place_of_what_a_killed_program_left_is_not_waited_for(
    tmp_path: Path, build: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    os.mkfifo(tmp_path / ".run.partial")
    with ended_after(5.0), pytest.raises(FileExistsError), build(tmp_path / "run"):
        pass


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Have a block that waits without end fail."""

    def ring(*_: object) -> None:
        pytest.fail("it waits")  # no Exception, which removing a tree passes over

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_two_programs_exclude_each_other(tmp_path: Path) -> None:
    other = (
        "import sys; from pathlib import Path; from forensics.errors import *\n"
        "from cases.atomic_files.staging import staged\n"
        "try:\n"
        "    with staged(Path(sys.argv[1])): print('began')\n"
        "except ForensicsError as error: print(error)\n"
    )
    with staged(tmp_path / "run") as folder:
        fill(folder, "first")
        process = subprocess.run(  # noqa: S603  this program itself
            [sys.executable, "-c", other, str(tmp_path / "run")], capture_output=True, text=True, check=True
        )
    assert "Another program is writing" in process.stdout
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


@pytest.mark.parametrize("content", ["{}", "", '{"format": "campaign-forensics run 1"}'])
def test_a_folder_with_a_mere_run_json_is_never_replaced(tmp_path: Path, content: str) -> None:
    target = tmp_path / "photographs"
    target.mkdir()
    (target / "run.json").write_text(content, encoding="utf-8")
    (target / "cat.jpg").touch()
    with pytest.raises(ForensicsError, match="not as a run made it"), staged(target):
        pytest.fail("the block must not begin")
    assert names(target) == ["cat.jpg", "run.json"]


@pytest.mark.parametrize("added", ["notes.txt", "evidence/notes.txt", "run.json", "drafts/"])
def test_a_run_to_which_somebody_added_is_never_replaced(tmp_path: Path, added: str) -> None:
    target = tmp_path / "run"
    with staged(target) as folder:
        fill(folder, "first")
    place = target / added
    (place if added.endswith("/") else place.parent).mkdir(exist_ok=True)
    if not added.endswith("/"):
        place.write_text("mine", encoding="utf-8")
    before = sorted(target.rglob("*"))
    with pytest.raises(ForensicsError, match="not as a run made it"), staged(target):
        pytest.fail("the block must not begin")
    assert sorted(target.rglob("*")) == before


def test_what_is_added_while_the_next_run_is_made_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "run"
    with staged(target) as folder:
        fill(folder, "first")

    def second_while_somebody_adds_notes() -> None:
        with staged(target) as folder:
            fill(folder, "second")
            (target / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(ForensicsError, match="not as a run made it"):
        second_while_somebody_adds_notes()
    assert (target / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (target / "run.json").read_text(encoding="utf-8") == "first"
    assert names(tmp_path) == ["run"]


def test_a_run_moved_aside_gets_its_name_again(tmp_path: Path) -> None:
    (tmp_path / ".run.previous").mkdir()
    fill(tmp_path / ".run.previous", "first")
    ended = CliRunner().invoke(cli.forensics, ["verify", str(tmp_path / "run")])
    assert f"had moved {tmp_path / 'run'} aside. It has its name again." in ended.stderr
    assert (ended.exit_code, names(tmp_path)) == (0, ["run"])


def test_nothing_gets_the_name_of_a_run_but_a_run_moved_aside(tmp_path: Path) -> None:
    (tmp_path / ".run.previous").mkdir()
    assert not bring_back(tmp_path / "run")
    fill(tmp_path / ".run.previous", "first")
    with staged(tmp_path / "other"):
        (tmp_path / ".other.previous").mkdir()
        fill(tmp_path / ".other.previous", "first")
        with pytest.raises(ForensicsError, match="Another program"):
            bring_back(tmp_path / "other")
    (tmp_path / "run").mkdir()
    assert not bring_back(tmp_path / "run")


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no system call there")
def test_two_folders_exchange_their_names(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").touch()
    assert exchange(tmp_path / "first", tmp_path / "second")
    assert (names(tmp_path / "first"), names(tmp_path / "second")) == (["second.txt"], ["first.txt"])
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "first", tmp_path / "third")


def test_counted_coactions_replace_no_run(tmp_path: Path) -> None:
    with staged(tmp_path / "run") as folder:
        fill(folder, "first")
    with pytest.raises(ForensicsError, match="left alone"), staged(tmp_path / "run", may_replace=False):
        pytest.fail("the block must not begin")


def test_a_manifest_takes_nothing_away_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    outputs = {"../notes.txt": custody_log.hash_file(tmp_path / "notes.txt")}
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / custody_log.MANIFEST).write_text(f'{{"inputs": [], "outputs": {json.dumps(outputs)}}}', "utf-8")
    custody_log.remove(tmp_path / "run")
    assert names(tmp_path) == ["notes.txt"]


def test_what_a_killed_program_left_of_a_run_stays_where_somebody_added_to_it(tmp_path: Path) -> None:
    for name in (".run.previous", "run"):
        (tmp_path / name).mkdir()
        fill(tmp_path / name, name)
    (tmp_path / ".run.previous" / "notes.txt").touch()
    with pytest.raises(ForensicsError, match="holds what no run wrote"), staged(tmp_path / "run"):
        pytest.fail("the block must not begin")
    assert names(tmp_path / ".run.previous") == ["notes.txt"]


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_nothing_appears_over_what_is_there(tmp_path: Path, kind: str) -> None:
    target, other = tmp_path / "target", tmp_path / "other"
    if kind == "file":
        target.write_text("mine", encoding="utf-8")
    elif kind == "folder":
        target.mkdir()
        (target / "index.html").touch()
    else:
        if kind == "link":
            other.mkdir()
        target.symlink_to(other)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ForensicsError), appearing(target, "--out"):
        pytest.fail("the block must not begin")
    assert sorted(tmp_path.rglob("*")) == before


def test_two_that_want_to_appear_under_one_name_exclude_each_other(tmp_path: Path) -> None:
    with appearing(tmp_path / "out", "--out") as fresh:
        fresh.touch()
        with pytest.raises(ForensicsError, match="Another program"), appearing(tmp_path / "out", "--out"):
            pytest.fail("the block must not begin")
    assert names(tmp_path) == ["out"]


def test_what_a_killed_export_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / ".out.partial").mkdir()
    (tmp_path / ".out.partial" / "out").write_text("half", encoding="utf-8")
    with appearing(tmp_path / "out", "--out") as fresh:
        fresh.write_text("whole", encoding="utf-8")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_text(encoding="utf-8") == "whole"


def test_nothing_is_written_into_a_run_folder(tmp_path: Path) -> None:
    with staged(tmp_path / "run") as folder:
        fill(folder, "first")
    with pytest.raises(ForensicsError, match="lies in a run folder"), staged(tmp_path / "run" / "other"):
        pytest.fail("the block must not begin")
    assert names(tmp_path / "run") == RUN


def test_what_no_run_left_in_the_place_of_an_earlier_one_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / ".run.previous").mkdir()
    (tmp_path / ".run.previous" / "cat.jpg").touch()
    with pytest.raises(ForensicsError, match="Move it away"), staged(tmp_path / "run"):
        pytest.fail("the block must not begin")
    assert names(tmp_path) == [".run.previous"]
