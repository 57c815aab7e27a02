"""Custody: any byte that was changed after the run shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases import custody, runfolder, verification
from forensics.errors import InputFileError
from forensics.findings import Run

pytestmark = pytest.mark.usefixtures("few_words")


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A finished run folder with two entries in its log."""
    path = tmp_path / "run"
    path.mkdir()
    runfolder.fill(path, run, "[case]\n")
    runfolder.sign(path, path, "run")
    runfolder.rewrite_documents(path)
    return path


def test_a_run_as_it_was_made_has_no_problems(folder: Path) -> None:
    assert verification.outputs(folder) == ()
    assert verification.outputs(folder, custody.seal(folder)) == ()


def test_every_changed_byte_shows(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert {custody.MANIFEST, custody.LOG, "report.pdf", "tables/rejected.parquet"} < set(names)
    for name in names:
        path = folder / name
        before = path.read_bytes()
        path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]) if before else b"x")
        try:
            assert any(name in problem for problem in verification.outputs(folder)), name
        except InputFileError as error:  # a manifest that is no JSON any more
            assert name in str(error)  # noqa: PT017
        path.write_bytes(before)
    assert verification.outputs(folder) == ()


def test_a_missing_and_an_added_file_show(folder: Path) -> None:
    (folder / "case.toml").rename(folder / "other.toml")
    assert custody.problems(folder) == (
        "case.toml is missing.",
        "other.toml was added; the manifest does not name it.",
    )


def test_a_manifest_made_to_fit_a_changed_file_shows(folder: Path) -> None:
    (folder / "case.toml").write_text("other", encoding="utf-8")
    custody.write_manifest(folder, runfolder.read(folder))
    assert custody.problems(folder) == (
        f"{custody.MANIFEST} is not the one that the last entry of {custody.LOG} names.",
    )


def test_a_log_that_was_cut_reordered_or_edited_shows(folder: Path) -> None:
    log = folder / custody.LOG
    first, second = log.read_text(encoding="utf-8").splitlines()
    edited = json.dumps(json.loads(first) | {"at": "2001-01-01T00:00:00+00:00"})
    for lines in ([second], [second, first], [edited, second], ["", second], ["7", second], []):
        log.write_text("\n".join(lines), encoding="utf-8")
        assert any(custody.LOG in problem for problem in custody.problems(folder)), lines


def test_a_log_written_wholly_anew_shows_against_the_seal_that_was_noted(folder: Path) -> None:
    noted = custody.seal(folder)
    (folder / custody.LOG).unlink()
    custody.log(folder, "run")
    assert verification.outputs(folder) == ()
    assert "not the one that was noted" in verification.outputs(folder, noted)[0]


def test_a_run_that_replaces_another_continues_its_log(folder: Path, run: Run, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    runfolder.fill(fresh, run, "[case]\n")
    runfolder.sign(fresh, folder, "run")
    assert len((fresh / custody.LOG).read_text(encoding="utf-8").splitlines()) == 3
    assert custody.problems(fresh) == ()


def test_a_folder_without_a_manifest_is_told_so(folder: Path) -> None:
    (folder / custody.MANIFEST).unlink()
    with pytest.raises(InputFileError, match="no readable"):
        verification.outputs(folder)
