"""A disk that is really full: a small one in memory, where this machine lets a test mount one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = [sys.executable, "-c", "from cases.cli import main; main()", "run"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 160 KB."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)]
    try:
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here; that takes Linux and root")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607


def test_a_full_disk_leaves_no_half_report_and_the_run_goes_on(case: Path, disk: Path) -> None:
    words = [*RUN, str(case), "--quiet", "--out", str(disk / "run")]
    full = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    assert full.returncode == 2, full.stderr
    assert "space" in full.stderr
    assert "Traceback" not in full.stderr
    assert {path.name for path in disk.iterdir()} <= {".run.resume"}
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)  # noqa: S603, S607
    again = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    assert again.returncode == 0, again.stderr
    assert (disk / "run" / "report.pdf").stat().st_size
    assert [path.name for path in disk.iterdir()] == ["run"]
