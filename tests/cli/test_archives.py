"""Archived copies: the list of addresses, results of archivers read back, and a run folder that stays whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from rendering.fake_run import fake_run

import reports
from cases.case_file.case_file import parse
from cases.case_file.case_inputs import locate_archived
from cases.cli import forensics
from cases.custody import archived_copies, custody_log
from cases.run_folder import run_documents, run_folder, stored_run
from cases.run_folder.evidence_tables import write_evidence
from forensics.errors import InputFileError
from forensics.findings import Run
from reports.report_model import Table

pytestmark = pytest.mark.usefixtures("few_words")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finished") / "town-run"
    path.mkdir()
    stored_run.write_data(fake_run(), path)
    (path / "case.toml").write_text("[case]\n")
    write_evidence(stored_run.read(path), path / "evidence")
    custody_log.write_manifest(path, stored_run.read(path))
    run_folder.sign(path, path, "run")
    return path


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of a finished run folder, for a test to change."""
    return shutil.copytree(finished, tmp_path / "town-run")


def call(*words: object) -> Result:
    return CliRunner().invoke(forensics, ["archive", *map(str, words)])


def test_the_list_holds_every_web_address_once_and_nothing_else(folder: Path) -> None:
    lines = (folder / "evidence" / "addresses.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) > 20
    assert all(line.startswith("https://") for line in lines)
    assert f"{len(lines)} addresses" in call(folder).stdout


def test_a_result_is_noted_beside_the_evidence_and_the_folder_stays_whole(folder: Path, tmp_path: Path) -> None:
    url = archived_copies.addresses(fake_run())[0]
    first, second = tmp_path / "a.csv", tmp_path / "b.jsonl"
    first.write_text(f"Link,Archive location,Archive date\n{url},https://archive.example/1,2024-05-04\nx,y,z\n")
    second.write_text('{"url": "https://elsewhere.example", "archive_url": "https://archive.example/2"}\n')
    for result in (first, second):
        outcome = call(folder, "--result", result)
        assert outcome.exit_code == 0, outcome.output
        assert outcome.stdout.startswith("1 of ")
    assert custody_log.problems(folder) == ()
    acts = pl.read_csv(folder / "evidence" / "coordination-1-moments.csv", infer_schema_length=None)
    assert acts["object_id_archived"].count() >= 1
    assert "2024-05-04" in (folder / "evidence" / "archived.csv").read_text(encoding="utf-8")


def test_the_documents_link_to_the_copy_of_each_act(folder: Path, tmp_path: Path) -> None:
    copies = {
        url: f"https://archive.example/{place}" for place, url in enumerate(archived_copies.addresses(fake_run()))
    }
    result = tmp_path / "a.csv"
    result.write_text("url,archive_url\n" + "".join(f"{url},{copy}\n" for url, copy in copies.items()))
    assert call(folder, "--result", result).exit_code == 0
    kept = archived_copies.read_kept(folder / "evidence")
    with_copies = archived_copies.with_archived(stored_run.read(folder), kept)
    tables = [
        block
        for chapter in reports.render(with_copies).chapters
        for block in chapter.blocks
        if isinstance(block, Table) and block.anchor == "coordination-1-moments"
    ]
    rows = [[cell.link for cell in row if cell.link] for row in tables[0].rows]
    assert all(copies[link] in links for links in rows for link in links if link in copies)
    assert sum(link in copies.values() for links in rows for link in links) >= len(rows)


def test_a_run_takes_the_copies_that_its_case_names_into_its_evidence_and_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Run] = []

    def write(run: Run, *_: object, **_named: object) -> tuple[()]:
        shown.append(run)
        return ()

    monkeypatch.setattr(run_documents, "write", write)
    urls = archived_copies.addresses(fake_run())
    result = tmp_path / "copies.csv"
    result.write_text("url,archive_url\n" + "".join(f"{url},https://archive.example/{url}\n" for url in urls))
    text = '[case]\nname = "town"\ntitle = "Town"\n[archive]\nfiles = ["copies.csv"]\n[[data]]\npath = "a.csv"\n'
    (named,) = locate_archived(parse(text, tmp_path / "case.toml"))
    filled = tmp_path / "filled"
    filled.mkdir()
    assert run_folder.fill(filled, fake_run(), text, copies=archived_copies.read_result(named)) == ()
    assert set(archived_copies.read_kept(filled / "evidence")) == set(urls)
    (written,) = shown
    moments = written.detections[0].tables["moments"]
    assert moments["object_id_archived"].drop_nulls().str.starts_with("https://archive.example/").any()


def test_every_table_and_export_has_the_copy_beside_the_address(folder: Path, tmp_path: Path) -> None:
    copies = {
        url: f"https://archive.example/{place}" for place, url in enumerate(archived_copies.addresses(fake_run()))
    }
    result = tmp_path / "a.csv"
    result.write_text("url,archive_url\n" + "".join(f"{url},{copy}\n" for url, copy in copies.items()))
    assert call(folder, "--result", result).exit_code == 0
    kept = archived_copies.read_kept(folder / "evidence")
    with_copies = archived_copies.with_archived(stored_run.read(folder), kept)
    for table, column in (("acts", "left_permalink"), ("acts", "object_id"), ("moments", "object_id")):
        rows = with_copies.detections[0].tables[table].filter(finding_id="coordination-1")
        pairs = rows.filter(pl.col(column).str.starts_with("https://")).select(column, f"{column}_archived").rows()
        assert len(pairs) > 10
        assert all(copies[url] == copy for url, copy in pairs)
    outcome = CliRunner().invoke(forensics, ["export", str(folder), "--to", "sqlite", "--out", str(tmp_path / "town")])
    assert outcome.exit_code == 0, outcome.output
    with closing(sqlite3.connect(tmp_path / "town.sqlite")) as database:
        query = "SELECT object_id, object_id_archived FROM coordination_moments WHERE object_id LIKE 'https://%'"
        assert all(copies[url] == copy for url, copy in database.execute(query))
        columns = {name for _, name, *_ in database.execute("PRAGMA table_info(coordination_acts)")}
    assert {"object_id_archived", "left_permalink_archived"} <= columns
    assert "right_permalink_archived" not in columns  # none of these is a web address


def test_a_copy_that_is_no_web_address_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("url,archive_url\nhttps://a.example,javascript:alert(1)\n")
    assert archived_copies.read_result(path) == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "no column 'url'"),
        ("url\nhttps://a.example\n", "no column 'archive_url'"),
        ("{x\n", "JSON Lines"),
    ],
)
def test_a_file_that_is_no_result_says_what_is_missing(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(InputFileError, match=reason):
        archived_copies.read_result(path)
