"""Custody: any byte that was changed after the run shows."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cases.custody import custody_log, verification
from cases.run_folder import run_folder, stored_run
from forensics.errors import InputFileError
from forensics.findings import Run

pytestmark = pytest.mark.usefixtures("few_words")


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A finished run folder with two entries in its log."""
    path = tmp_path / "run"
    path.mkdir()
    run_folder.fill(path, run, "[case]\n")
    run_folder.sign(path, path, "run")
    run_folder.rewrite_documents(path)
    return path


def test_a_run_as_it_was_made_has_no_problems(folder: Path) -> None:
    assert verification.outputs(folder) == ()
    assert verification.outputs(folder, custody_log.seal(folder)) == ()


def test_every_changed_byte_shows(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert {custody_log.MANIFEST, custody_log.LOG, "report.pdf", "tables/rejected.parquet"} < set(names)
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
    assert custody_log.problems(folder) == (
        "case.toml is missing.",
        "other.toml was added; the manifest does not name it.",
    )


def test_a_manifest_made_to_fit_a_changed_file_shows(folder: Path) -> None:
    (folder / "case.toml").write_text("other", encoding="utf-8")
    custody_log.write_manifest(folder, stored_run.read(folder))
    assert custody_log.problems(folder) == (
        f"{custody_log.MANIFEST} is not the one that the last entry of {custody_log.LOG} names.",
    )


def test_a_log_that_was_cut_reordered_or_edited_shows(folder: Path) -> None:
    log = folder / custody_log.LOG
    first, second = log.read_text(encoding="utf-8").splitlines()
    edited = json.dumps(json.loads(first) | {"at": "2001-01-01T00:00:00+00:00"})
    for lines in ([second], [second, first], [edited, second], ["", second], ["7", second], []):
        log.write_text("\n".join(lines), encoding="utf-8")
        assert any(custody_log.LOG in problem for problem in custody_log.problems(folder)), lines


def test_a_log_written_wholly_anew_shows_against_the_seal_that_was_noted(folder: Path) -> None:
    noted = custody_log.seal(folder)
    (folder / custody_log.LOG).unlink()
    custody_log.log(folder, "run")
    assert verification.outputs(folder) == ()
    assert "not the one that was noted" in verification.outputs(folder, noted)[0]


def test_a_run_that_replaces_another_continues_its_log(folder: Path, run: Run, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    run_folder.fill(fresh, run, "[case]\n")
    run_folder.sign(fresh, folder, "run")
    assert len((fresh / custody_log.LOG).read_text(encoding="utf-8").splitlines()) == 3
    assert custody_log.problems(fresh) == ()


def test_a_folder_without_a_manifest_is_refused(folder: Path) -> None:
    (folder / custody_log.MANIFEST).unlink()
    with pytest.raises(InputFileError, match="no readable"):
        verification.outputs(folder)


def test_a_log_that_is_not_written_in_the_one_way_shows(folder: Path) -> None:
    log = folder / custody_log.LOG
    text = log.read_text(encoding="utf-8")
    first, second = text.splitlines()
    event = '"event": "run"'
    doubled = first.replace(event, f'"event": "archive", {event}')
    for changed in (
        text + "\n",
        text.rstrip("\n"),
        text.replace("\n", "\r\n"),
        f" {text}",
        f"{first}\n\n{second}\n",
        f"{doubled}\n{second}\n",
        text.replace('": "', '":"'),
        text + " ",
        text.replace("run", "r\\u0075n", 1),
    ):
        assert changed != text
        log.write_bytes(changed.encode())
        assert any(custody_log.LOG in problem for problem in custody_log.problems(folder)), changed
    log.write_bytes(text.encode())
    assert custody_log.problems(folder) == ()


def test_a_manifest_with_a_key_twice_is_none(folder: Path) -> None:
    path = folder / custody_log.MANIFEST
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"outputs": {', '"outputs": {"case.toml": "00",', 1), encoding="utf-8")
    with pytest.raises(InputFileError, match="no readable"):
        custody_log.problems(folder)


def test_added_folders_pipes_and_links_show(folder: Path) -> None:
    (folder / "empty" / "below").mkdir(parents=True)
    assert custody_log.problems(folder) == ("empty/below was added; the manifest does not name it.",)
    (folder / "empty" / "below").rmdir()
    (folder / "empty").rmdir()
    if os.name != "nt":
        os.mkfifo(folder / "pipe")
        (folder / "link").symlink_to("/")
        assert custody_log.problems(folder) == (
            "link was added; the manifest does not name it.",
            "pipe was added; the manifest does not name it.",
        )


def test_data_that_the_manifest_does_not_name_were_not_hashed(folder: Path, case: Path) -> None:
    named = json.loads((folder / custody_log.MANIFEST).read_bytes())
    for changed in ([], named["inputs"][:1]):
        text = json.dumps(named | {"inputs": changed}, indent=1, sort_keys=True) + "\n"
        (folder / custody_log.MANIFEST).write_text(text, encoding="utf-8")
        (folder / custody_log.LOG).unlink()
        custody_log.log(folder, "run")
        assert verification.outputs(folder) == ("manifest.json and run.json name different data files.",)
    (folder / custody_log.MANIFEST).write_text('{"inputs": [], "outputs": {}}', encoding="utf-8")
    assert verification.inputs(folder, (case,)) == ("manifest.json names no data file, so none could be compared.",)


def test_each_entry_of_a_long_log_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(30):
        custody_log.log(folder, "report")
    read: list[bytes] = []
    entry = custody_log._entry
    monkeypatch.setattr(custody_log, "_entry", lambda line: read.append(line) or entry(line))
    assert custody_log.problems(folder) == ()
    n_entries = len(read)
    assert n_entries == len((folder / custody_log.LOG).read_bytes().splitlines())
    assert custody_log.seal(folder) in read[-1].decode()
    assert len(read) == n_entries + 1
