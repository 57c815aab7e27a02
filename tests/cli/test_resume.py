"""What an interrupted run finished is used again, only where nothing it depends on has changed, and bit for bit."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from cases.atomic_files.staging import resumable
from cases.case_file import case_file as casefile
from cases.case_file import case_inputs
from cases.case_file.simulated_cases import make
from cases.custody import custody_log, machine_key
from cases.run_folder import run_json
from cases.running import case_runner
from cases.running.case_runner import analyse
from cases.running.resumed_runs import Resume, key_of
from forensics.findings import Detection, Finding, Score
from forensics.progress import Progress, quiet
from forensics.simulate import Election, Plant

SECRET = b"s" * 32
SMALL = Election(n_accounts=150, n_acts=1_500, n_communities=2, plants=(Plant(n_accounts=8, n_targets=8),))


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated case of a few quick detectors."""
    folder = tmp_path_factory.mktemp("simulated")
    make(SMALL, 5, folder)
    text = (folder / "case.toml").read_text(encoding="utf-8")
    names = '["coordination", "tempo", "registrations", "reach", "labour", "geography"]'
    more = f"\n[run]\ndetectors = {names}\n[detect.coordination]\nsplits = 1\n"
    kept = [line for line in text.splitlines() if not line.startswith(("[run]", "seed"))]
    (folder / "case.toml").write_text("\n".join(kept) + more, encoding="utf-8")
    return folder


def ran(folder: Path, resume: Resume | None, progress: Progress = quiet) -> bytes:
    """Return the run.json of a case."""
    case_file = casefile.read(folder / "case.toml")
    run = case_runner.run(case_runner.plan(case_file), case_inputs.locate(case_file), progress, resume=resume)
    return run_json.encode(run)


def test_what_is_kept_comes_back_bit_for_bit(simulated: Path, tmp_path: Path) -> None:
    whole = ran(simulated, None)
    assert ran(simulated, Resume(tmp_path / "resume", SECRET)) == whole
    kept = sorted((tmp_path / "resume").iterdir())
    assert len(kept) >= 4
    lines: list[str] = []
    assert ran(simulated, Resume(tmp_path / "resume", SECRET), lambda stage, *_: lines.append(stage)) == whole
    assert "laying out the layers" not in lines


def test_damage_is_computed_again(simulated: Path, tmp_path: Path) -> None:
    resume = Resume(tmp_path / "resume", SECRET)
    whole = ran(simulated, resume)
    for number, path in enumerate(sorted(path for path in resume.folder.rglob("*") if path.is_file())):
        content = bytearray(path.read_bytes())
        if number % 3 == 0:
            path.unlink()
        else:
            content[len(content) // 2] ^= 1
            path.write_bytes(content if number % 3 == 1 else content[: len(content) // 2])
    assert ran(simulated, resume) == whole


def test_another_parameter_seed_or_file_is_another_key(simulated: Path) -> None:
    case_file = casefile.read(simulated / "case.toml")
    dataset = case_runner.load_all(case_inputs.locate(case_file))
    step = case_runner.plan(case_file).steps[0]

    def key(**changes: object) -> str:
        given = {"params": step.params, "case_file": case_file, "dataset": dataset, "answers": {}, "versions": {}}
        return key_of(step.detector, **(given | changes))  # type: ignore[arg-type]

    source = replace(dataset.sources[0], sha256="0" * 64)
    keys = {
        key(),
        key(params=replace(step.params, splits=3)),
        key(case_file=replace(case_file, seed=2)),
        key(dataset=replace(dataset, sources=(source, *dataset.sources[1:]))),
        key(answers={"reach": "0"}),
        key(versions={"polars": "0"}),
    }
    assert len(keys) == 6
    assert key() == key()


def test_what_would_not_come_back_is_not_kept(tmp_path: Path) -> None:
    resume = Resume(tmp_path, SECRET)
    whole_number = Finding("a-1", "who", "a", "x", (Score("hits", 5),), "low")  # a number that reads back as 5.0
    for findings, n_kept in (((), 1), ((whole_number,), 1)):
        detection = Detection("a", {}, findings)
        assert resume.detection(f"key-{len(findings)}", lambda: detection) is detection  # noqa: B023  called at once
        assert len(list(tmp_path.iterdir())) == n_kept


def test_what_somebody_else_kept_is_not_believed(tmp_path: Path) -> None:
    forged = Detection("coordination", {}, (Finding("coordination-1", "who", "an innocent", "x", (), "high"),))
    stranger, own = Resume(tmp_path, b"stranger" * 4), Resume(tmp_path, SECRET)
    stranger.detection("key", lambda: forged)
    shutil.copytree(tmp_path / "key", tmp_path / "unmarked")
    hashes, _, content = json.loads((tmp_path / "unmarked" / "detection.json").read_bytes())
    for mark in ("", hashlib.sha256(content.encode()).hexdigest()):
        (tmp_path / "unmarked" / "detection.json").write_text(json.dumps([hashes, mark, content]), encoding="utf-8")
        assert own.detection("unmarked", lambda: Detection("a", {})).detector == "a"
    assert own.detection("key", lambda: Detection("a", {})).detector == "a"
    assert own.used == []
    assert own.detection("key", lambda: Detection("b", {})).detector == "a"
    assert own.used == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_links_and_pipes_where_work_is_kept_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    resume = Resume(tmp_path / "resume", SECRET)
    resume.folder.symlink_to(tmp_path / "elsewhere")
    resume.detection("key", lambda: Detection("a", {}))
    assert list((tmp_path / "elsewhere").iterdir()) == []
    resume.folder.unlink()
    (resume.folder / "key").mkdir(parents=True)
    os.mkfifo(resume.folder / "key" / "detection.json")
    assert resume.detection("key", lambda: Detection("a", {})).detector == "a"


def test_what_was_kept_of_one_question_answers_no_other(tmp_path: Path) -> None:
    resume = Resume(tmp_path, SECRET)
    resume.detection("key", lambda: Detection("a", {}))
    (tmp_path / "key").rename(tmp_path / "other")
    assert resume.detection("other", lambda: Detection("b", {})).detector == "b"
    assert resume.used == []


def test_going_on_from_kept_work_is_printed_and_logged(
    simulated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_file, target = casefile.read(simulated / "case.toml"), tmp_path / "run"
    lines: list[str] = []
    monkeypatch.setattr("cases.run_folder.run_folder.fill", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        analyse(case_file, (), target, quiet, lines.append)
    monkeypatch.undo()
    assert lines == []
    analyse(case_file, (), target, quiet, lines.append)
    (entry,) = map(json.loads, (target / custody_log.LOG).read_text(encoding="utf-8").splitlines())
    assert "tempo" in entry["details"]["resumed"]
    assert lines == [f"An interrupted run had finished this, and it was used again: {entry['details']['resumed']}."]


def test_the_key_lies_with_the_user_and_no_home_only_means_to_start_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    machine_key.machine_key.cache_clear()
    key = machine_key.machine_key()
    (path,) = (path for path in (tmp_path / "state").rglob("*") if path.is_file())
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"
    machine_key.machine_key.cache_clear()
    assert machine_key.machine_key() == key
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    machine_key.machine_key.cache_clear()
    assert machine_key.machine_key() not in (key, b"")
    machine_key.machine_key.cache_clear()


def test_a_full_disk_loses_no_detection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    resume = Resume(tmp_path / "resume", SECRET)
    detection = Detection("a", {}, tables={"t": pl.DataFrame({"a": [1]})})
    for name in ("write_bytes", "write_text", "mkdir", "rename"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, name, full)
            assert resume.detection(f"key {name}", lambda: detection) is detection
    assert not list((tmp_path / "resume").glob("key*"))


def test_a_finished_run_leaves_nothing_beside_it(simulated: Path, tmp_path: Path) -> None:
    analyse(casefile.read(simulated / "case.toml"), (), tmp_path / "run", quiet, lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_run_leaves_no_half_report_and_goes_on(simulated: Path, tmp_path: Path) -> None:
    target = tmp_path / "run"
    words = [sys.executable, "-c", "from cases.cli import main; main()", "run", str(simulated), "--out", str(target)]
    begun = time.monotonic()
    subprocess.run([*words, "--quiet"], check=True, capture_output=True)  # noqa: S603  this program itself
    whole, took = (target / "run.json").read_bytes(), time.monotonic() - begun
    dice = random.Random(3)  # noqa: S311  nothing here is a secret
    for _ in range(2):
        with subprocess.Popen([*words, "--quiet"]) as process:  # noqa: S603
            time.sleep(took * dice.uniform(0.3, 0.95))
            os.kill(process.pid, signal.SIGKILL)
        assert (target / "run.json").read_bytes() == whole
    subprocess.run([*words, "--quiet"], check=True, capture_output=True)  # noqa: S603
    assert (target / "run.json").read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert not resumable(target).exists()
