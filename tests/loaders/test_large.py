"""A file too large for memory gives exactly the tables of a small one: here every limit is set to a few rows."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import polars as pl
import pytest

from forensics import schema, spool
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load, merge
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising import account_rows as accounts
from forensics.loaders.normalising import item_collector, table_assembly
from forensics.loaders.normalising import repeated_rows as repeats
from forensics.loaders.reading import parquet_table, table_file
from forensics.loaders.reading.json import json_documents, json_stream

SAMPLES = sorted((Path(__file__).resolve().parent / "samples").iterdir())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let every table go to disk, in parts of one row or two."""
    monkeypatch.setattr(spool, "FROM_BYTES", 1)
    monkeypatch.setattr(spool, "_PART_BYTES", 1)
    for module, name in (
        (item_collector, "_BATCH"),
        (accounts, "_TOGETHER"),
        (table_assembly, "_SLICE"),
        (parquet_table, "_ROWS"),
        (repeats, "_BUCKET"),
        (repeats, "_SUSPECTS"),
    ):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(table_file, "_BLOCK", 600)
    return monkeypatch


AGREED = ReadOptions(settings={"consent": "true"})
"""As one whom the people of a private chat have agreed with."""


def content(dataset: Dataset) -> list[object]:
    found: list[object] = [getattr(dataset, table.name).rows() for table in schema.TABLES]
    return [*found, *((s.source_id, s.rows_read, s.rows_kept, s.rejected.rows(), s.notes) for s in dataset.sources)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_in_pieces_gives_the_same_tables(path: Path, few: pytest.MonkeyPatch) -> None:
    in_pieces = load(path, None, AGREED)
    assert isinstance(in_pieces.stored("actions"), spool.Spooled) or not in_pieces.height("actions")
    first = content(in_pieces)
    few.undo()
    assert first == content(load(path, None, AGREED))


def test_files_in_pieces_are_merged_alike(few: pytest.MonkeyPatch) -> None:
    twice = [*SAMPLES[::5], *SAMPLES[::10]]

    def merged() -> list[object]:
        return content(merge([load(path, None, replace(AGREED, source_id=f"s{n}")) for n, path in enumerate(twice)]))

    first = merged()
    few.undo()
    assert first == merged()


def test_a_parquet_file_in_pieces_gives_the_same_tables(few: pytest.MonkeyPatch, tmp_path: Path) -> None:
    numbers = [number * 17 % 31 for number in range(31)]
    frame = pl.DataFrame(
        {
            "account": [f"a{number % 7}" for number in numbers],
            "time": [1_720_000_000 + 60 * (number // 2) for number in numbers],
            "post": [float(number // 2) for number in numbers],
            "urls": [[f"https://a.org/{number % 3}", "https://b.org"] for number in numbers],
            "followers": numbers,
        }
    )
    path = tmp_path / "acts.parquet"
    frame.write_parquet(path)
    options = ReadOptions(
        columns={"account": "account", "time": "time", "post": "post", "followers": "followers"},
        objects={"url": "urls"},
    )
    first = content(load(path, None, options))
    few.undo()
    whole = load(path, None, options)
    assert first == content(whole)
    assert whole.accounts.height == 7


def test_what_is_to_be_done_with_a_table_in_memory_is_done_once(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("account,time\na,2024-05-06\n,2024-05-06\n", encoding="utf-8")
    table = table_file.read_table(path, ReadOptions(), lambda columns: columns)
    done: list[int] = []

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        done.append(rows.height)
        return rows

    table.then(step)
    table.reject(pl.col("account").is_null(), "no account", pl.lit(None, pl.String))
    assert [part.len() for part in table.pieces("account")()] == [1]
    assert table.whole()["account"].to_list() == ["a"]
    assert done == [2]
    assert table.rejects.frame()["row"].to_list() == [2]


def test_the_folder_of_a_large_table_goes_with_it(few: pytest.MonkeyPatch, tmp_path: Path) -> None:
    few.setattr("tempfile.tempdir", str(tmp_path))
    dataset = load(SAMPLES[0])
    assert list(tmp_path.iterdir())
    rows = dataset.actions.height
    assert rows == sum(part.height for part in dataset.slices("actions"))
    assert rows == dataset.lazy("actions").select(pl.len()).collect().item()
    del dataset
    assert not list(tmp_path.iterdir())


def test_the_folder_of_a_killed_process_goes_with_the_next_and_no_other_does(
    few: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    few.setattr("tempfile.tempdir", str(tmp_path))
    child = (
        "import sys, tempfile, time; from pathlib import Path\n"
        "from forensics import spool; from forensics.loaders import load\n"
        "tempfile.tempdir, spool.FROM_BYTES = sys.argv[1], 1\n"
        "kept = load(Path(sys.argv[2])); print('ready', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", child, str(tmp_path), str(SAMPLES[0])]
    running = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603  this very program
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    theirs = sorted(tmp_path.iterdir())
    assert theirs
    few.setattr(spool, "_YOUNG_S", -1.0)
    load(SAMPLES[0])
    assert sorted(tmp_path.iterdir()) == theirs
    running.kill()
    running.communicate()
    load(SAMPLES[0])
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_reported_in_words(few: pytest.MonkeyPatch, tmp_path: Path) -> None:
    few.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(InputFileError, match="TMPDIR"):
        load(SAMPLES[0])


def test_a_page_of_tweets_too_long_for_memory_is_read_like_one_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (Path(__file__).resolve().parent / "samples" / "twitter-v2.jsonl").read_text(encoding="utf-8").splitlines()
    page = tmp_path / "page.json"
    page.write_text(json.dumps(json.loads(lines[0]), indent=1), encoding="utf-8")
    whole = load(page)
    assert whole.actions["is_context"].any() or whole.actions.height > 2
    monkeypatch.setattr(json_documents, "_LONG", 256)
    monkeypatch.setattr(json_documents, "_BLOCK", 64)
    monkeypatch.setattr(json_stream, "_PIECE", 100)
    assert json_documents.starts_long(page, ReadOptions())
    in_pieces = load(page)
    assert [getattr(in_pieces, table.name).rows() for table in schema.TABLES] == [
        getattr(whole, table.name).rows() for table in schema.TABLES
    ]
    assert in_pieces.sources[0].rejected.rows() == whole.sources[0].rejected.rows()


def test_a_file_of_one_row_costs_few_queries(tmp_path: Path) -> None:
    """A case may have thousands of such files, and each query costs the same however few the rows."""
    path = tmp_path / "one.csv"
    path.write_text("account,time,post,text,urls\nann,2024-06-21T20:00:00Z,p1,We vote,https://example.org/1\n")
    n_queries = 0

    def count(_: FrameType, event: str, called: object) -> None:
        nonlocal n_queries
        n_queries += event == "c_call" and getattr(called, "__name__", "") == "collect"

    sys.setprofile(count)
    try:
        dataset = load(path)
    finally:
        sys.setprofile(None)
    assert dataset.height("actions") == 2
    assert 0 < n_queries < 200
