"""The export command: every format from a finished run, nothing overwritten, and the networks in the run folder."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from cli.stand_ins import write_few_words
from click.testing import CliRunner, Result
from rendering.fake_run import fake_run

from cases.cli import forensics
from cases.custody import custody_log
from cases.run_folder import run_documents, run_folder, stored_run
from forensics.findings import Run
from reports.exports import EXPORTS
from reports.run_queries import groups, rows_of

pytestmark = pytest.mark.usefixtures("few_words")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder with groups, and so with a network; its documents are blank."""
    path = tmp_path_factory.mktemp("finished") / "town-run"
    path.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_documents, "write", write_few_words)
        assert run_folder.fill(path, fake_run(), "[case]\n") == ()
    run_folder.sign(path, path, "run")
    return path


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, for a test to change."""
    return shutil.copytree(finished, tmp_path / "town-run")


def call(*words: object) -> Result:
    return CliRunner().invoke(forensics, ["export", *map(str, words)])


def bytes_of(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("name", EXPORTS.names())
def test_every_format_is_written_and_written_the_same_again(folder: Path, tmp_path: Path, name: str) -> None:
    outs = [tmp_path / str(number) / "town" for number in (1, 2)]
    named = "town" + EXPORTS.get(name).ending
    for out in outs:
        result = call(folder, "--to", name, "--out", out)
        assert result.exit_code == 0, result.output
        assert str(out.with_name(named)) in result.stdout
        assert [path.name for path in out.parent.iterdir()] == [named]
    assert bytes_of(outs[0].with_name(named)) == bytes_of(outs[1].with_name(named))
    assert custody_log.problems(folder) == ()


@pytest.mark.parametrize("name", EXPORTS.names())
def test_the_help_explains_every_format(name: str) -> None:
    assert f"\n    {name} " in call("--help").stdout


def test_without_a_name_an_export_is_called_after_its_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("sqlite", "csv"):
        assert call(folder, "--to", name).exit_code == 0
    with sqlite3.connect(tmp_path / "town-run.sqlite") as database:
        (n_findings,) = database.execute("SELECT count(*) FROM findings").fetchone()
    database.close()
    lines = (tmp_path / "town-run-csv" / "findings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert n_findings == len(lines) - 1 > 0


def test_nothing_that_is_there_is_overwritten(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    out.write_text("mine", encoding="utf-8")
    result = call(folder, "--to", "xlsx", "--out", out)
    assert result.exit_code == 2
    assert "left alone" in result.stderr
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_run_folder_takes_no_export_in(folder: Path) -> None:
    result = call(folder, "--to", "csv", "--out", folder / "csv")
    assert result.exit_code == 2
    assert "may not change" in result.stderr
    assert custody_log.problems(folder) == ()


def test_a_changed_run_is_not_exported(folder: Path, tmp_path: Path) -> None:
    (folder / "network.gexf").write_text("<gexf/>", encoding="utf-8")
    result = call(folder, "--to", "csv", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    result = call(tmp_path, "--to", "csv", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "not a run folder" in result.stderr


def test_an_export_that_breaks_leaves_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, **_: object) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite3, "connect", half)
    result = call(folder, "--to", "sqlite", "--out", tmp_path / "out" / "town.sqlite")
    assert result.exit_code == 2
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("name", run_documents.NETWORKS)
def test_the_networks_lie_in_the_run_folder_with_every_account(folder: Path, name: str) -> None:
    assert name in custody_log.read_manifest(folder).outputs
    root = ET.parse(folder / name).getroot()  # noqa: S314  written by this test
    found = groups(stored_run.read(folder))
    for tag, table in (("node", "members"), ("edge", "ties")):
        n_elements = sum(element.tag.endswith(f"}}{tag}") for element in root.iter())
        assert n_elements == sum(rows_of(group, table).height for group in found) > 0


def test_a_network_that_breaks_does_not_lose_the_rest(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_documents, "NETWORKS", {"network.gexf": "gexf"})
    monkeypatch.setattr("reports.exports.gexf.graph_of", lambda _run: 1 / 0)
    folder = tmp_path / "run"
    folder.mkdir()
    (failure,) = run_folder.fill(folder, run, "[case]\n")
    assert (failure.detector, failure.is_refusal) == ("network.gexf", False)
    assert "forensics export RUN --to gexf" in str(failure.message)
    assert (folder / "report.html").is_file()
    Path(str(failure.message).rpartition("bug report: ")[2]).unlink()
