"""A file of which every row is rejected is an error for everybody who reads it, with the commonest reason."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.reading import parquet_table

ROWS = "account,time,url\n,1720375205,x\n,1720375206,y\n ,1720375207,z\na,,z\n"


def test_the_commonest_reason_is_given(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(ROWS, encoding="utf-8")
    with pytest.raises(InputFileError, match=r"none of its 4 rows can be used.*\(3 rows\): no account"):
        load(path)


@pytest.mark.parametrize("command", ["inspect", "new", "run"])
def test_every_command_ends_in_the_error(tmp_path: Path, command: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(ROWS, encoding="utf-8")
    case = tmp_path / "case"
    case.mkdir()
    words = {"inspect": [str(path)], "new": [str(tmp_path / "made"), str(path), "--quiet"], "run": [str(case)]}[command]
    text = f'[case]\nname = "x"\ntitle = "X"\n[[data]]\npath = "{path.as_posix()}"\n'
    (case / "case.toml").write_text(text, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", "from cases.cli import main; main()", command, *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
    )
    assert ended.returncode == 2, ended.stderr
    assert "no account" in ended.stdout + ended.stderr
    assert "CF20" in ended.stdout + ended.stderr
    assert not (tmp_path / "made" / "case.toml").exists()


def table(path: Path) -> bytes:
    n = 3000
    frame = pl.DataFrame(
        {
            "account": [f"a{k % 50}" for k in range(n)],
            "time": [1_720_375_205 + k for k in range(n)],
            "urls": [["https://x.org", "https://y.org"]] * n,
        }
    )
    frame.write_parquet(path)
    return path.read_bytes()


def test_a_damaged_parquet_file_is_an_error_and_no_panic(tmp_path: Path) -> None:
    path = tmp_path / "acts.parquet"
    whole = table(path)
    start = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    n_damaged = 0
    for place in range(start, len(whole) - 8, (len(whole) - 8 - start) // 14):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            load(path, "generic")
        except InputFileError as error:
            n_damaged += "damaged Parquet" in str(error)
    assert n_damaged > 3
    path.write_bytes(whole[:-100])
    with pytest.raises(InputFileError, match="ends in the middle"):
        load(path)


def test_a_file_that_ends_its_reader_does_not_end_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = tmp_path / "trial.py"
    trial.write_text("import os\nos.abort()\n", encoding="utf-8")
    monkeypatch.setattr(parquet_table.parquet_trial, "__file__", str(trial))
    path = tmp_path / "acts.parquet"
    table(path)
    with pytest.raises(InputFileError, match="is a damaged Parquet file: reading it ends the program"):
        load(path)
