"""The command as its own process: the same bytes each time, and what the system can do to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cases.case_file.simulated_cases import make
from cases.custody import custody_log
from cases.running.interruptible_work import wait_for
from forensics.simulate import Election, Plant

SMALL = Election(n_accounts=300, n_acts=4_000, n_communities=3, plants=(Plant(n_accounts=10, n_targets=12),))

SLOW = """
import sys, time
from cases.running import case_runner as runner
from cases.cli import main
from forensics import run
from forensics.detectors.detector import Detector
from forensics.registry import Registry
from concurrent.futures import ThreadPoolExecutor
from dataclasses import make_dataclass

def slow(*_):
    with ThreadPoolExecutor(1) as pool:
        works = [pool.submit(time.sleep, 60) for _ in range(9)]
        print("begun", flush=True)

slow = Detector("slow", "Slow", "who", (), make_dataclass("P", []), slow, (), "")
run.DETECTORS = runner.DETECTORS = Registry("detector", slow)
main()
"""


ONE_PROCESSOR = """
import os
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
"""


def forensics(*words: object, first: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"{first}\nfrom cases.cli import main; main()", *map(str, words)]
    return subprocess.run(  # noqa: S603  this program itself
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@pytest.fixture
def quick(case: Path) -> Path:
    """The small case, asked one quick question: what the system does to a command is the same for all."""
    with (case / "case.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[run]\ndetectors = ["reach"]\n')
    return case


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated case."""
    folder = tmp_path_factory.mktemp("simulated")
    make(SMALL, 5, folder)
    with (folder / "case.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n[detect.detectable]\nspike_plants = 1\n")
    return folder


def test_two_runs_are_the_same_bytes_whatever_the_hash_seed_and_the_threads(simulated: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("first", "second")]
    settings = (
        {"PYTHONHASHSEED": "1", "OPENBLAS_NUM_THREADS": "2"},
        {"PYTHONHASHSEED": "2", "POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "first": ONE_PROCESSOR},
    )
    for out, setting in zip(outs, settings, strict=True):
        result = forensics("run", simulated, "--out", out, **setting)
        assert result.returncode == 0, result.stderr
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} for out in outs
    )
    assert len([name for name in first if name.suffix == ".parquet"]) > 5
    assert {name for name in first if first[name] != second[name]} == {Path("custody.jsonl")}
    assert first.keys() == second.keys()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_is_heard_while_a_computation_hears_nothing(case: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-c", SLOW, "run", str(case), "--out", str(tmp_path / "out")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, output = process.communicate(timeout=60)
    assert process.returncode == 130
    assert output.splitlines()[-1].startswith("Stopped.")
    assert "Traceback" not in output
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit a file's size")
def test_a_full_disk_is_reported_and_leaves_no_half_run(case: Path, tmp_path: Path) -> None:
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); from cases.cli import main; main()"
    )
    words = [sys.executable, "-c", limited, "run", str(case), "--out", str(tmp_path / "out"), "--quiet"]
    result = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 2
    assert "too large" in result.stderr
    # What was finished waits for the next run; nothing looks like a run.
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.resume", "town"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_reader_that_goes_away_is_no_error() -> None:
    words = [sys.executable, "-c", "from cases.cli import main; main()", "detectors"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


SHELL = pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipes and closed streams")
COMMAND = f"{sys.executable} -c 'from cases.cli import main; main()'"


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  this program itself
        ["/bin/bash", "-c", line], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@SHELL
@pytest.mark.parametrize("words", ["--help", "run --help"])
def test_a_terminal_of_few_characters_gets_the_nearest(words: str) -> None:
    recoded = shell(
        f"set -o pipefail; {COMMAND} {words} 2>&1 | iconv -f latin1 -t utf8", LC_ALL="fr_FR", PYTHONIOENCODING="latin-1"
    )
    assert "CF70" not in recoded.stdout
    assert recoded.returncode == 0
    assert "’" not in recoded.stdout
    assert "l'" in recoded.stdout


@SHELL
@pytest.mark.parametrize("words", ["formats", "--help", "formats --help", "detectors"])
def test_a_reader_that_goes_ends_the_command_in_silence(words: str) -> None:
    ended = shell(f"{COMMAND} {words} | true; echo ${{PIPESTATUS[0]}}")
    assert ended.stdout.strip() in {"0", "141"}
    assert ended.stderr == ""


@SHELL
def test_a_run_of_whose_progress_nobody_reads_on_is_whole(quick: Path, tmp_path: Path) -> None:
    ended = shell(f"{COMMAND} run {quick} --out {tmp_path / 'run'} 2> >(true); echo $?")
    assert ended.stdout.strip().endswith("0"), ended
    assert (tmp_path / "run" / "report.pdf").is_file()
    assert custody_log.problems(tmp_path / "run") == ()


@SHELL
@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-", "2>/dev/full"])
def test_closed_streams_change_no_status(quick: Path, tmp_path: Path, closed: str) -> None:
    assert shell(f"{COMMAND} run nothing {closed}").returncode == 2
    assert shell(f"{COMMAND} verify {tmp_path} {closed}").returncode == 2
    assert shell(f"{COMMAND} new {tmp_path / 'new'} {closed} < /dev/null").returncode in {2, 130}
    assert shell(f"{COMMAND} run {quick} --out {tmp_path / 'run'} {closed}").returncode == 0
    assert custody_log.problems(tmp_path / "run") == ()


@SHELL
def test_a_closed_stdin_is_an_empty_one(tmp_path: Path) -> None:
    ended = shell(f"{COMMAND} new {tmp_path / 'new'} <&-")
    assert ended.returncode in {2, 130}
    assert "CF70" not in ended.stderr


@SHELL
def test_a_narrow_terminal_gets_all_names() -> None:
    shown = [shell(f"{COMMAND} formats", COLUMNS=width) for width in ("100", "1", "20")]
    assert [each.returncode for each in shown] == [0, 0, 0]
    wide, *narrow = ([line.split()[0] for line in each.stdout.splitlines() if line[0] != " "] for each in shown)
    assert wide
    assert narrow == [wide, wide]


NO_CACHE = """
from numba.core import caching
caching.CacheImpl._locator_classes = []
"""
FULL_CACHE = """
import errno
from numba.core import caching
def full(*_): raise OSError(errno.ENOSPC, "No space left on device")
caching.IndexDataCacheFile.save = full
caching.IndexDataCacheFile.load = full
"""
KERNEL = """
from forensics.coaction.kernels import compiled

@compiled
def doubled(number):
    return number * 2

print(doubled(21))
"""


@pytest.mark.parametrize("state", [NO_CACHE, FULL_CACHE], ids=["nowhere to keep", "full"])
def test_a_machine_that_keeps_no_compiled_code_computes_all_the_same(tmp_path: Path, state: str) -> None:
    (tmp_path / "kernel.py").write_text(state + KERNEL, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603  this program itself
        [sys.executable, str(tmp_path / "kernel.py")], capture_output=True, text=True, check=False
    )
    assert (ended.stdout, ended.stderr) == ("42\n", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_killed_commands_on_a_finished_run_leave_the_old_or_the_new() -> None:
    script = Path(__file__).parents[1] / "benchmarks" / "bench_kills_finished.py"
    ended = subprocess.run(  # noqa: S603  this program itself
        [sys.executable, str(script), "10", "archive", "export"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, len(re.findall("let through: [1-9]", ended.stdout))) == (0, 2), ended


@pytest.mark.skipif(sys.platform == "win32", reason="zones, homes and folders as Unix has them")
def test_an_odd_machine_is_none_of_the_users_business(quick: Path, tmp_path: Path) -> None:
    odd = {
        "TZ": ":/etc/passwd",
        "HOME": os.devnull,
        "XDG_STATE_HOME": "",
        "MPLCONFIGDIR": "",
        "MPLBACKEND": "none of them",
        "NUMBA_DISABLE_JIT": "1",
        "NUMBA_NUM_THREADS": "-1",
        "POLARS_MAX_THREADS": "0",
    }
    result = forensics("run", quick, "--out", tmp_path / "out", "--quiet", **odd)
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "out" / "report.pdf").is_file()


def test_a_system_without_room_for_a_thread_is_short_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(MemoryError):
        wait_for(lambda: None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder that a program stands in")
def test_a_folder_that_is_gone_is_named_as_what_is_wrong() -> None:
    gone = "import os, tempfile; place = tempfile.mkdtemp(); os.chdir(place); os.rmdir(place)"
    result = forensics("verify", os.pardir, first=gone)
    assert (result.returncode, "The folder that you are in is gone" in result.stderr) == (2, True), result.stderr
