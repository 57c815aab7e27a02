"""The data files that a case names: where they are looked for, and what is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from cli.stand_ins import Use, call, detector, run_json

from forensics.findings import Detection

pytestmark = pytest.mark.usefixtures("few_words", "use")


def test_another_file_than_the_case_names_is_reported_and_noted(case: Path, tmp_path: Path) -> None:
    text = (case / "case.toml").read_text(encoding="utf-8").replace("where", f'sha256 = "{"0" * 64}"\nwhere')
    (case / "case.toml").write_text(text, encoding="utf-8")
    result = call("run", case, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "Warning: This is not the file that the case was written for" in result.stderr
    assert "not the file that the case was written for" in json.dumps(run_json(tmp_path / "out")["sources"])


def test_a_missing_data_file_says_where_to_get_it(case: Path, tmp_path: Path) -> None:
    (case / "posts.csv").rename(tmp_path / "elsewhere.csv")
    result = call("run", case)
    assert result.exit_code == 2
    assert "needs the file 'posts.csv'" in result.stderr
    assert "ask the town hall" in result.stderr
    assert "--data FOLDER" in result.stderr


@pytest.mark.parametrize("place", ["kept/posts.csv", "kept", "."])
def test_data_are_found_where_the_user_says(case: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "kept").mkdir()
    (case / "posts.csv").rename(tmp_path / "kept" / "posts.csv")
    assert call("run", case, "--data", tmp_path / place, "--out", tmp_path / "out").exit_code == 0


def test_a_lone_file_may_have_any_name(case: Path, tmp_path: Path) -> None:
    (case / "posts.csv").rename(tmp_path / "download (1).csv")
    assert call("run", case, "--data", tmp_path / "download (1).csv", "--out", tmp_path / "out").exit_code == 0


def test_two_files_of_one_name_are_not_guessed_between(case: Path, tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / "kept" / name).mkdir(parents=True)
        (tmp_path / "kept" / name / "posts.csv").write_text(name, encoding="utf-8")
    result = call("run", case, "--data", tmp_path / "kept")
    assert result.exit_code == 2
    assert "holds 2 files named 'posts.csv'" in result.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\xff" * 500, gzip.compress(b"account_id,timestamp,url\n" * 900)[:60], b"no columns at all"],
    ids=["empty", "binary", "truncated", "no table"],
)
def test_a_file_that_is_no_data_is_named(case: Path, tmp_path: Path, content: bytes) -> None:
    (case / "posts.csv").write_bytes(content)
    result = call("run", case, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "posts.csv" in result.stderr.splitlines()[-1]
    assert not (tmp_path / "out").exists()
    inspected = call("inspect", case / "posts.csv")
    assert inspected.exit_code == 2
    assert "cannot be read" in inspected.stdout


def test_a_file_that_changes_while_it_is_read_stops_the_run(case: Path, tmp_path: Path, use: Use) -> None:
    def change(*_: object) -> Detection:
        with (case / "posts.csv").open("a", encoding="utf-8") as stream:
            stream.write("more")
        return Detection("finder", {})

    use(detector("finder", change))
    result = call("run", case, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "posts.csv was changed while it was read" in result.stderr
    assert not (tmp_path / "out").exists()
