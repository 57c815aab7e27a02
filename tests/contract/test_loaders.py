"""Every registered loader through one suite: it knows its own sample, declines junk and reads the same twice."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import LOADERS, load, recognise
from forensics.loaders.file_inspection import inspect
from forensics.loaders.format_recognition import head_of
from forensics.loaders.loader import Head, Loader, ReadOptions

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "loaders" / "samples").iterdir())
"""Made-up files, named after their loader; a second sample of one format has a word between dots."""

AGREED = ReadOptions(settings={"consent": "true"})
"""What private chats need to be read."""

JUNK = (
    Head("", b""),
    Head("x.json", b"{", keys=()),
    Head("x.json", b'{"a": 1}', keys=("a",)),
    Head("x.bin", bytes(range(256)) * 4),
    Head("x.csv", b"colour,shape\nred,round\n", columns=("colour", "shape")),
    Head("x.txt", "Votez ! Голосуйте 投票".encode("utf-16")),
)


def name_of(path: Path) -> str:
    return path.name.partition(".")[0]


@cache
def load_sample(path: Path) -> Dataset:
    """Load a sample once for all tests; those in a private chat agreed, being made up."""
    return load(path, options=AGREED)


def tables(dataset: Dataset) -> list[pl.DataFrame]:
    return [getattr(dataset, table.name) for table in schema.TABLES]


def test_every_loader_has_a_sample() -> None:
    assert {name_of(path) for path in SAMPLES} == set(LOADERS.names())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_recognised_as_its_own_format(path: Path) -> None:
    found = recognise(path)
    assert found.loader == name_of(path)
    assert found.reason


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_fills_tables_that_fit_the_schema(path: Path) -> None:
    dataset = load_sample(path)
    assert sum(frame.height for frame in tables(dataset)) > 0
    for table, frame in zip(schema.TABLES, tables(dataset), strict=True):
        assert frame.schema == table.schema
        assert schema.conform(frame, table).equals(frame)
    (source,) = dataset.sources
    assert source.rows_read == source.rows_kept + source.rejected.height
    assert source.rejected["reason"].null_count() == 0
    assert source.name == path.name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_kept_and_rejected_rows_are_the_rows_there_are(path: Path) -> None:
    dataset = load_sample(path)
    (source,) = dataset.sources
    kept = {row for frame in tables(dataset) for row in frame["source_row"].to_list()}
    rejected = set(source.rejected["row"].to_list())
    assert (
        not {row for frame in (dataset.actions, dataset.posts, dataset.money) for row in frame["source_row"]} & rejected
    )
    assert kept | rejected <= set(range(1, source.rows_read + 1))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_text_is_empty_and_no_time_lacks_its_precision(path: Path) -> None:
    dataset = load_sample(path)
    for frame in tables(dataset):
        strings = frame.select(pl.col(pl.String) == "")
        assert not any(column.any() for column in strings.get_columns())
    assert dataset.actions["time_precision"].is_null().equals(dataset.actions["acted_at"].is_null())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_read_the_same_twice(path: Path) -> None:
    one, other = load_sample(path), load(path, options=AGREED)
    assert all(a.equals(b) for a, b in zip(tables(one), tables(other), strict=True))
    assert one.sources[0].rejected.equals(other.sources[0].rejected)
    assert one.sources[0].notes == other.sources[0].notes


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_fields_that_no_table_has_room_for_are_counted(path: Path) -> None:
    (source,) = load_sample(path).sources
    assert source.n_looked
    assert all(0 < number <= source.n_looked for number in source.unmapped.values())
    if path.suffix == ".csv" and name_of(path) not in ("generic", "coortweet", "coordination-toolkit"):
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw[:2] == b"\xff\xfe" else "utf-8-sig")
        header = "\n".join(text.splitlines()[:8])
        assert all(name in header or re.fullmatch(r"column_\d+", name) for name in source.unmapped)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_an_inspection_counts_what_was_loaded(path: Path) -> None:
    found = inspect(path, options=AGREED)
    assert found.rows_read == found.rows_kept + sum(number for _, number in found.reasons)
    assert found.tables
    assert all(0 <= share <= 1 for columns in found.completeness.values() for share in columns.values())


def sureness(loader: Loader, head: Head) -> float:
    answer = loader.sniff(head)
    return 0.0 if answer is None else answer.value


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.name)
def test_junk_is_declined_without_raising(loader: Loader) -> None:
    for head in JUNK:
        assert sureness(loader, head) <= 0.1


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.name)
def test_a_loader_says_what_it_reads(loader: Loader) -> None:
    assert loader.title
    assert loader.text.endswith(".")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_two_formats_claim_one_sample(path: Path) -> None:
    head = head_of(path, ReadOptions())
    sure = [loader.name for loader in LOADERS if sureness(loader, head) >= 0.5]
    assert sure == ([] if name_of(path) == "generic" else [name_of(path)])


def test_a_file_that_two_formats_claim_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    columns = ("object_id,account_id,content_id,timestamp_share", "tweetid,userid,tweet_time,tweet_text")
    path.write_text(",".join(columns) + "\n1,2,3,1719000000,4,5,2024-06-21 20:00,Yes\n", encoding="utf-8")
    with pytest.raises(InputFileError, match=r'could be .* or .* loader = "[\w-]+" or "[\w-]+"'):
        recognise(path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_head_of_a_sample_is_enough_when_the_rest_is_cut_away(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    cut = tmp_path / path.name
    cut.write_bytes(whole[: len(whole) * 9 // 10])
    assert recognise(cut).loader == name_of(path)
