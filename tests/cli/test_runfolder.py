"""The run folder: what is in it, and that it can be read and written again."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cases.custody import custody_log
from cases.run_folder import run_documents, run_folder, stored_run
from forensics.errors import CheckFailedError, InputFileError
from forensics.findings import Run

pytestmark = pytest.mark.usefixtures("few_words")


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A finished run folder."""
    path = tmp_path / "run"
    path.mkdir()
    run_folder.fill(path, run, "[case]\n")
    run_folder.sign(path, path, "run")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != custody_log.LOG
    }


def test_everything_a_run_leaves_is_there(folder: Path) -> None:
    assert list(content(folder)) == [
        "case.toml",
        "evidence/README.txt",
        "evidence/coordination-1-moments.csv",
        "manifest.json",
        "network.gexf",
        "network.graphml",
        "rejected/s1.csv",
        "report.html",
        "report.pdf",
        "run.json",
        "tables/coordination.moments.parquet",
        "tables/rejected.parquet",
    ]


def test_a_run_that_is_read_and_written_again_is_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    run_folder.fill(again, stored_run.read(folder), "[case]\n")
    assert content(again) == content(folder)


def test_no_path_of_the_machine_and_no_clock_enters(folder: Path, tmp_path: Path) -> None:
    for name, data in content(folder).items():
        assert str(tmp_path).encode() not in data, name


def test_the_evidence_disarms_ids_and_text_and_says_how(folder: Path) -> None:
    with (folder / "evidence/coordination-1-moments.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["left"] for row in rows] == ["'=a", "'=a"]
    assert "take that one apostrophe away" in (folder / "evidence/README.txt").read_text(encoding="utf-8")
    assert rows[0]["text"].startswith("'=HYPERLINK")
    assert rows[0]["gap_s"] == "0.3333333333"


def test_rejected_rows_are_listed_with_line_and_reason(folder: Path) -> None:
    with (folder / "rejected/s1.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["row"], row["reason"]) == ("3", "the time is not a time")
    assert row["excerpt"].startswith("'=HYPERLINK")


def test_the_documents_are_written_again_without_touching_the_rest(folder: Path) -> None:
    before = content(folder)
    run_folder.rewrite_documents(folder, "fr")
    after = content(folder)
    assert after["report.html"].endswith(b" fr")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"report.html", "report.pdf", "manifest.json"}
    assert custody_log.problems(folder) == ()
    assert [
        entry["event"] for entry in map(json.loads, (folder / custody_log.LOG).read_text("utf-8").splitlines())
    ] == ["run", "report"]


def test_documents_that_cannot_be_written_leave_the_old_ones(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = content(folder)
    monkeypatch.setattr(run_documents, "write", fail)
    with pytest.raises(OSError, match="No space"):
        run_folder.rewrite_documents(folder)
    assert content(folder) == before


def test_a_changed_folder_gets_no_new_report_that_would_hide_it(folder: Path) -> None:
    (folder / "evidence/coordination-1-moments.csv").write_text("nothing", encoding="utf-8")
    before = content(folder)
    with pytest.raises(CheckFailedError, match="not as it was made"):
        run_folder.rewrite_documents(folder)
    assert content(folder) == before


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="not a run folder"):
        stored_run.read(tmp_path)


@pytest.mark.parametrize("name", ["tables/rejected.parquet", "tables/coordination.moments.parquet"])
def test_a_missing_or_damaged_table_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"PAR1 not at all")
    with pytest.raises(InputFileError, match=name):
        stored_run.read(folder)
    (folder / name).unlink()
    with pytest.raises(InputFileError, match=name):
        stored_run.read(folder)
