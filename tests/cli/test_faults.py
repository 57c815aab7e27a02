"""Every write, renaming and sync of our own fails once, in turn: the last good run stays, and nothing torn.

A read that fails is reported with the name of the file.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases.atomic_files import durable_files, plain_files
from cases.atomic_files.staging import staged
from cases.custody import custody_log
from cases.run_folder import run_folder
from forensics.case import Case
from forensics.errors import InputFileError
from forensics.findings import Run
from forensics.loaders.reading import data_file
from reports.exports import EXPORTS

pytestmark = pytest.mark.usefixtures("few_words")

FAILING = Path("/proc/self/mem")
"""A plain file that opens, and whose first byte gives an error of input and output."""

NOTHING = Run(Case("town", "Town"), (), (), (), (), 1, {})  # a few files are enough to fail at


class Faults:
    """Lets the n-th of one kind of call fail; a write that fails leaves a file with nothing in it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.kind, self.left, self.has_failed = "", 0, False
        patch.setattr(os, "fsync", self._failing("sync", os.fsync))
        patch.setattr(os, "rename", self._failing("rename", os.rename))
        patch.setattr(durable_files, "exchange", self._failing("rename", durable_files.exchange))
        real = io.open

        def opened(file: Any, mode: str = "r", *words: Any, **more: Any) -> Any:  # noqa: ANN401  as io.open
            stream = real(file, mode, *words, **more)
            if {*"wax"} & {*mode} and self._is_now("write"):
                stream.close()
                raise OSError(28, "No space left on device")
            return stream

        patch.setattr(io, "open", opened)

    def _is_now(self, kind: str) -> bool:
        if kind != self.kind:
            return False
        self.left -= 1
        self.has_failed = self.has_failed or self.left == 0
        return self.left == 0

    def _failing(self, kind: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def acted(*words: Any, **more: Any) -> Any:  # noqa: ANN401  as the call it stands for
            if self._is_now(kind):
                raise OSError(5, "Input/output error")
            return act(*words, **more)

        return acted


def write(target: Path) -> None:
    with staged(target) as folder:
        run_folder.fill(folder, NOTHING, "[case]\n")
        run_folder.sign(folder, target, "run")


def contents(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


WORKS: dict[str, Callable[[Path], None]] = {
    "run": lambda place: write(place / "run"),
    "report": lambda place: run_folder.rewrite_documents(place / "run"),
    "archive": lambda place: run_folder.add_copies(place / "run", place / "copies.csv"),
    "export": lambda place: run_folder.export(place / "run", EXPORTS.get("csv"), place / "out"),
    "public": lambda place: run_folder.write_public(place / "run", place / "out"),
}


@pytest.mark.parametrize(
    ("kind", "can_exchange"), [("write", True), ("rename", True), ("rename", False), ("sync", True), ("sync", False)]
)
@pytest.mark.parametrize("work", WORKS)
def test_whatever_fails_the_last_good_run_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, kind: str, can_exchange: bool
) -> None:
    write(tmp_path / "run")
    if not can_exchange:
        monkeypatch.setattr(durable_files, "exchange", lambda *_: False)
    (tmp_path / "copies.csv").write_text("url,archive_url\n", encoding="utf-8")
    faults = Faults(monkeypatch)
    n_tried = 0
    while True:
        before = contents(tmp_path / "run")
        n_tried += 1
        faults.kind, faults.left, faults.has_failed = kind, n_tried, False
        try:
            WORKS[work](tmp_path)
        except OSError as error:
            assert faults.has_failed
            assert error.errno in {5, 28}  # noqa: PT017  most calls do not fail
            left = {path.name for path in tmp_path.iterdir()} - {"run", "copies.csv", "run.key"}
            # A sync after the renaming may fail: the new one is whole, and the earlier one goes with the next.
            assert left <= ({".run.previous", "out"} if kind == "sync" else set())
            assert custody_log.problems(tmp_path / "run") == ()
            if kind != "sync":
                assert contents(tmp_path / "run") == before
        finally:
            faults.kind = ""
        if not faults.has_failed:
            break
        for path in sorted((tmp_path / "out").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
    assert n_tried > 1
    print(f"{work}: {n_tried - 1} faults of the kind {kind}")  # noqa: T201  pytest -s shows the table
    assert custody_log.problems(tmp_path / "run") == ()


@pytest.mark.skipif(not FAILING.exists(), reason="a file that no read of succeeds is there on Linux alone")
@pytest.mark.parametrize(
    "read", [plain_files.hash_file, lambda path: plain_files.read_plain(path, 100), data_file.open_bytes]
)
def test_a_disk_that_fails_while_a_file_is_read_is_reported_with_the_files_name(read: Callable[[Path], object]) -> None:
    with pytest.raises((OSError, InputFileError), match=f"{FAILING.name}"):
        read(FAILING)


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=re.escape(str(tmp_path))):
        plain_files.read_plain(tmp_path, 100)
