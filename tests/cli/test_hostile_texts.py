"""Case files, settings and names from strangers: more text than fits, codecs that are none, links that go round."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from cases.atomic_files.staging import staged
from cases.case_file import case_file
from cases.case_file.strict_table import Place
from cases.cli import forensics
from cases.custody import custody_log
from cases.run_folder import stored_run
from forensics.errors import CaseFileError, ForensicsError, InputFileError
from forensics.evaluation.truth_comparison import read_known
from forensics.findings import Run
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising import row_ledger

ROWS = b"account_id,object_id,timestamp\n" + b"a,o,1714000000\n"
REPLY = '[[case.right_of_reply]]\nasked = "a"\non = 2024-01-01\nquestion = "q"\n'
LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def typed(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(forensics, list(map(str, words)))
    return result.exit_code, result.output


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A whole run folder without its documents."""
    place = tmp_path / "run"
    place.mkdir()
    stored_run.write_data(run, place)
    custody_log.write_manifest(place, run)
    custody_log.log(place, "run")
    return place


@pytest.mark.parametrize(
    ("most", "over"),
    [
        (f'title = "{"t" * 1_000}"\n', f'title = "{"t" * 1_001}"\n'),
        ('title = "T"\nclaim = "c"\n', f'title = "T"\nclaim = "{"c" * 100_000}"\n'),
        ('title = "T"\n' + REPLY * 1_000, 'title = "T"\n' + REPLY * 1_001),
    ],
    ids=["title", "claim", "replies"],
)
def test_a_case_of_more_text_than_a_report_can_show_is_refused(tmp_path: Path, most: str, over: str) -> None:
    head, data = '[case]\nname = "a"\n', '[[data]]\npath = "a.csv"\n'
    assert case_file.parse(head + most + data, tmp_path / "case.toml").case.title
    with pytest.raises(CaseFileError, match=r"at most|of 1 to 1000"):
        case_file.parse(head + over + data, tmp_path / "case.toml")


def test_very_many_entries_cost_no_more_than_their_number(tmp_path: Path) -> None:
    content = tomllib.loads("".join(f'[[data]]\npath = "{number}"\n' for number in range(20_000)))
    entries = tuple(case_file._DataFile(**entry) for entry in content["data"])
    begun = time.process_time()
    assert len(case_file._data(entries, Place(tmp_path, CaseFileError))) == 20_000
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("encoding", ["zip", "hex", "undefined", "idna", "a\0b", "x" * 9_000])
def test_an_encoding_that_is_none_of_texts_is_refused(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(ROWS + b"a,.." + b"b" * 99 + b"\xff,1\n")
    with pytest.raises(InputFileError, match=r"There is no encoding|is not idna"):
        load(tmp_path / "a.csv", "generic", ReadOptions(settings={"encoding": encoding}))


@pytest.mark.parametrize("delimiter", ["ab", '"', "\n"])
def test_a_delimiter_that_is_no_single_character_is_refused(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "a.csv").write_bytes(ROWS)
    for loader in (None, "generic"):
        with pytest.raises(InputFileError, match="give the one character"):
            load(tmp_path / "a.csv", loader, ReadOptions(settings={"delimiter": delimiter}))


def test_very_many_columns_cost_no_more_than_their_number(tmp_path: Path) -> None:
    columns = [f"c{number}" for number in range(20_000)]
    rows = b"account_id,object_id,timestamp," + ",".join(columns).encode() + b"\na,o,1714000000" + b"," * 20_000 + b"\n"
    (tmp_path / "a.csv").write_bytes(rows)
    begun = time.process_time()
    assert load(tmp_path / "a.csv").actions.height == 1
    assert time.process_time() - begun < 15


@pytest.mark.parametrize("loader", [None, "generic"])
def test_a_million_columns_are_refused_at_once(tmp_path: Path, loader: str | None) -> None:
    (tmp_path / "a.csv").write_bytes(b"," * 1_000_000)
    begun = time.process_time()
    with pytest.raises(InputFileError, match="columns, more than any table"):
        load(tmp_path / "a.csv", loader)
    assert time.process_time() - begun < 5


def test_a_header_in_a_row_beyond_all_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(ROWS)
    with pytest.raises(InputFileError):
        load(tmp_path / "a.csv", "generic", ReadOptions(settings={"header_row": "9" * 30}))


def test_a_file_most_of_whose_rows_are_none_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_ledger, "_HELD", 10)
    monkeypatch.setattr(row_ledger, "_HOPELESS", 100)
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS + b'"a' + b"b\n" * 500)
    with pytest.raises(InputFileError, match="110 of the first 111 rows cannot be used"):
        load(path, "generic")


def test_rows_rejected_one_by_one_are_kept_whole_in_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_ledger, "_HELD", 10)
    rejects, rows = row_ledger.Rejects(), range(2, 2_000, 3)
    for row in rows:
        rejects.add(row, "no", str(row))
        rejects.add(row - 3, "again", "y") if row > 5 else None
    assert len(rejects) == len(rows)
    assert rejects.frame().select("row", "reason", "excerpt").rows() == [(row, "no", str(row)) for row in rows]


@LINKS
def test_links_that_go_round_are_refused_in_words(case: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for words in (("verify", loop), ("report", loop), ("inspect", loop), ("run", loop), ("run", case, "--out", loop)):
        status, output = typed(*words)
        assert status == 2, output
        assert "CF70" not in output
    assert loop.is_symlink()


@pytest.mark.parametrize("out", ["/", ".", "", ".."])
def test_no_command_writes_over_the_folder_it_stands_in(
    case: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    for words in (("run", case), ("export", folder, "--to", "csv"), ("export", folder, "--to", "sqlite")):
        status, output = typed(*words, "--out", out)
        assert (status, "left alone" in output) == (2, True), output
    assert sorted(tmp_path.iterdir()) == before


@LINKS
def test_a_link_in_the_place_of_an_earlier_run_costs_no_run_elsewhere(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "mine")
    (tmp_path / ".mine.previous").symlink_to(folder)
    with pytest.raises(ForensicsError, match="holds what no run wrote"), staged(tmp_path / "mine"):
        pytest.fail("the block must not begin")
    (tmp_path / ".other.previous").symlink_to(folder)
    assert typed("verify", tmp_path / "other")[0] == 2
    assert custody_log.problems(folder) == ()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names that are no UTF-8")
def test_names_of_files_can_neither_forge_a_line_nor_break_a_command(folder: Path, tmp_path: Path) -> None:
    (folder / "tables" / "a\nAll is as it was made.\n").touch()
    data = tmp_path / os.fsdecode(b"\xff\x1b[2J.csv")
    data.write_bytes(ROWS)
    status, output = typed("verify", folder)
    assert status == 3
    assert "All is as it was made." not in [line.strip() for line in output.splitlines()]
    assert typed("inspect", data)[0] == 0
    status, output = typed("new", tmp_path / "new", data, "--no-ask")
    assert status == 2
    assert "is not UTF-8" in output
    assert not (tmp_path / "new" / "case.toml").exists()


def test_more_than_fits_into_memory_ends_in_words(tmp_path: Path) -> None:
    (tmp_path / "dials.toml").write_text("n_accounts = 99_999_999_999_999\n", encoding="utf-8")
    status, output = typed("simulate", "--dials", tmp_path / "dials.toml", "--out", tmp_path / "case")
    assert status == 2
    assert output.endswith("[CF42]\n")
    assert [path.name for path in tmp_path.iterdir()] == ["dials.toml"]


def test_a_value_without_end_does_not_fill_the_screen(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_bytes(b"\0" * 100_000)
    status, output = typed("score", folder, "--truth", tmp_path / "truth.csv")
    assert status == 2
    assert len(output) < 5_000


@pytest.mark.skipif(sys.platform == "win32", reason="such names are none on Windows")
@pytest.mark.parametrize("name", ["acts [1]", "acts*", "ac?s", "[a]cts"])
def test_a_name_is_never_a_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    rows = {"account_id": ["ann", "ben"], "url": ["https://example.org/1"] * 2, "timestamp": ["2024-01-01 10:00"] * 2}
    place = tmp_path / f"folder {name}"
    place.mkdir()
    tempdir = place / "temporary"
    tempdir.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tempdir))
    pl.DataFrame(rows).write_parquet(place / f"{name}.parquet")
    pl.DataFrame({"account_id": ["other"], "url": ["b"], "timestamp": ["2024-01-01"]}).write_parquet(
        place / "acts.parquet"  # which a pattern would take in
    )
    pl.DataFrame(rows).write_csv(place / f"{name}.csv")
    for ending in ("parquet", "csv"):
        assert load(place / f"{name}.{ending}", "generic").actions["account_id"].unique().sort().to_list() == [
            "ann",
            "ben",
        ]
    assert read_known([place / f"{name}.csv"])["name"].to_list() == ["ann", "ben"]
    pl.DataFrame(rows).select("account_id", object_id="url", acted_at=pl.lit(0).cast(pl.Datetime("us"))).write_parquet(
        place / f"{name}.parquet"
    )
    words = ["coactions", str(place / f"{name}.parquet"), "--out", str(place / f"{name} out"), "--at-least", "1"]
    result = CliRunner().invoke(forensics, words)
    assert "1 pairs share" in result.output, result.output


@pytest.mark.parametrize(
    "words",
    [
        ["coactions", "{here}", "--out", "{here}/out", "--alpha", "nan"],
        ["coactions", "{here}", "--out", "{here}/out", "--window", "nan"],
        ["score", "{here}", "--at-least", "nan"],
        ["new", "{here}/case", "--data", "{here}", "--abroad", "nan"],
        ["simulate", "--out", "{here}/case", "--window", "nan"],
    ],
)
def test_what_is_no_number_is_refused(tmp_path: Path, words: list[str]) -> None:
    result = CliRunner().invoke(forensics, [word.format(here=tmp_path) for word in words])
    assert (result.exit_code, "'nan' is no number" in result.output) == (2, True), result.output
    assert not list(tmp_path.iterdir())
