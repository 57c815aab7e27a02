"""A power cut loses what was not synced; whenever it comes, the old run or the new one is whole."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from rendering.fake_run import fake_run

from cases.atomic_files import durable_files
from cases.atomic_files.staging import appearing, staged
from cases.custody import custody_log, machine_key
from cases.run_folder import run_folder
from forensics.findings import Run
from reports.exports import EXPORTS

pytestmark = [
    pytest.mark.usefixtures("few_words"),
    pytest.mark.skipif(os.name == "nt", reason="folders are not synced on Windows"),
]


class LossyDisk:
    """Remembers what was synced, and can show what a power cut would leave.

    A file keeps the bytes it had when it was last synced. For the names in a folder there are two cuts, of which a file
    system may show either: they are those of the last sync, or those of now, since a journal may be quicker than data.
    """

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, look: Callable[[Path], None]) -> None:
        self.root, self.look, self.n_looks = root, look, 0
        self.contents: dict[int, bytes] = {}
        self.names: dict[int, dict[str, int]] = {}
        self.kinds: dict[int, bool] = {}
        self._fsync = os.fsync
        for path in (root, *root.rglob("*")):
            self._note(path)
        patch.setattr(os, "fsync", self.fsync)
        for name in ("rename", "unlink", "rmdir", "replace"):
            patch.setattr(os, name, self._then_look(getattr(os, name)))
        patch.setattr(durable_files, "exchange", self._then_look(durable_files.exchange))

    def fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        self._note(Path(f"/proc/self/fd/{descriptor}").resolve())

    def _note(self, path: Path) -> None:
        number = path.stat().st_ino
        self.kinds[number] = path.is_dir()
        if path.is_dir():
            self.names[number] = {child.name: child.lstat().st_ino for child in path.iterdir()}
            self.kinds |= {child.lstat().st_ino: child.is_dir() for child in path.iterdir()}
        else:
            self.contents[number] = path.read_bytes()

    def _then_look(self, act: Callable[..., bool | None]) -> Callable[..., bool | None]:
        def acted(*words: object, **more: object) -> bool | None:
            done = act(*words, **more)
            if self.root in Path(str(words[0])).parents:
                self.cut()
            return done

        return acted

    def cut(self) -> None:
        """Look at what either power cut would leave now."""
        for is_quick in (False, True):
            left = self.root.with_name("left")
            shutil.copytree(self.root, left, symlinks=True) if is_quick else left.mkdir()
            if is_quick:
                for path, real in ((left / p.relative_to(self.root), p) for p in self.root.rglob("*") if p.is_file()):
                    path.write_bytes(self.contents.get(real.stat().st_ino, b""))
            else:
                self._restore(self.root.stat().st_ino, left)
            self.n_looks += 1
            self.look(left)
            shutil.rmtree(left)

    def _restore(self, number: int, place: Path) -> None:
        for name, child in self.names.get(number, {}).items():
            if self.kinds.get(child):
                (place / name).mkdir()
                self._restore(child, place / name)
            else:
                (place / name).write_bytes(self.contents.get(child, b""))


def write(run: Run, target: Path) -> None:
    with staged(target) as folder:
        run_folder.fill(folder, run, "[case]\n")
        run_folder.sign(folder, target, "run")


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture
def linux() -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("which file is synced is read from /proc")


def whole_run(left: Path) -> None:
    assert custody_log.problems(left / "run") == ()


def whole_run_somewhere(left: Path) -> None:
    """Hold that a run is whole in what is left, or where the next command looks for it."""
    kept = left / "run" if (left / "run").exists() else left / ".run.previous"
    assert custody_log.problems(kept) == ()


@pytest.mark.usefixtures("linux")
@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("work", ["run", "report", "archive"])
def test_a_power_cut_leaves_the_old_run_or_the_new(
    run: Run, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, can_exchange: bool
) -> None:
    write(run, disk / "run")
    (tmp_path / "copies.csv").write_text("url,archive_url\n", encoding="utf-8")
    if not can_exchange:
        monkeypatch.setattr(durable_files, "exchange", lambda *_: False)
    lossy = LossyDisk(disk, monkeypatch, whole_run if can_exchange else whole_run_somewhere)
    if work == "run":
        write(run, disk / "run")
    elif work == "report":
        run_folder.rewrite_documents(disk / "run")
    else:
        run_folder.add_copies(disk / "run", tmp_path / "copies.csv")
    lossy.cut()
    assert lossy.n_looks > 10


@pytest.mark.usefixtures("linux")
def test_a_first_run_is_there_when_the_command_says_so(run: Run, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lossy = LossyDisk(disk, monkeypatch, lambda _: None)
    write(run, disk / "deep" / "run")
    lossy.look = lambda left: whole_run(left / "deep")
    lossy.cut()


@pytest.mark.usefixtures("linux")
@pytest.mark.parametrize("kind", ["csv", "sqlite", "stix"])
def test_an_export_is_whole_or_not_there(
    tmp_path: Path, disk: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    write(fake_run(), tmp_path / "run")
    run_folder.export(tmp_path / "run", EXPORTS.get(kind), tmp_path / "out")
    wanted = contents(tmp_path / "out")

    def look(left: Path) -> None:
        assert not (left / "out").exists() or contents(left / "out") == wanted

    lossy = LossyDisk(disk, monkeypatch, look)
    run_folder.export(tmp_path / "run", EXPORTS.get(kind), disk / "out")
    lossy.look = lambda left: check(contents(left / "out") == wanted)
    lossy.cut()


def check(holds: bool) -> None:
    assert holds


def contents(place: Path) -> dict[str, bytes]:
    if place.is_file():
        return {"": place.read_bytes()}
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("linux")
def test_a_key_is_whole_or_not_there(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(left: Path) -> None:
        for path in left.glob("key"):
            assert [len(bytes.fromhex(line)) for line in path.read_text(encoding="ascii").split()] == [32, 32]

    lossy = LossyDisk(disk, monkeypatch, look)
    key = machine_key.own_key(disk / "key")
    lossy.cut()
    assert machine_key.own_key(disk / "key") == key
    assert [path.name for path in disk.iterdir()] == ["key"]
    assert stat.S_IMODE((disk / "key").stat().st_mode) == 0o600


def test_a_disk_that_does_not_sync_leaves_the_last_good_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    write(run, tmp_path / "run")
    before = contents(tmp_path / "run")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        write(run, tmp_path / "run")
    monkeypatch.setattr("cases.atomic_files.staging.sync_tree", lambda _: None)
    with pytest.raises(OSError, match="Input/output"), appearing(tmp_path / "out", "--out") as fresh:
        fresh.mkdir()
    assert contents(tmp_path / "run") == before
