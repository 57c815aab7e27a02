"""What is read does not depend on how it is read, and no row is ever lost, whatever the file is like."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forensics.dataset import Dataset
from forensics.errors import ForensicsError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading import csv_table
from forensics.loaders.reading.csv_dialect import Dialect, sniff_dialect

HEADER = "account,time,url\n"
CELL = st.one_of(
    st.text(alphabet='ab,;"\n\r\té\x00', max_size=6),
    st.sampled_from(["", "007", "1720375205", "2024-07-07 18:00", '"a,b"', '"x""y"', '"torn', 'in"ner', '""']),
)
LINE = st.one_of(
    st.lists(CELL, min_size=1, max_size=5).map(",".join),
    st.sampled_from(
        ["a,1720375205,https://a.org", "account,time,url", "", '"q\nr",1720375205,u', "a;b;c", "\ufeffaccount,time,url"]
    ),
)
MANGLED = st.tuples(st.lists(LINE, max_size=12), st.sampled_from(["\n", "\r\n", "\r"])).map(
    lambda it: it[1].join(it[0])
)


def blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def table(data: bytes, dialect: Dialect, size: int) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    rejects = Rejects()
    kept = dialect.header
    frame, n_rows = csv_table.read_blocks("t.csv", blocks(data, size), dialect, kept, rejects, FieldCount())
    return frame, n_rows, rejects.frame()


def outcome(path: Path) -> Dataset | str:
    """Load a file; of one that is refused, return the sentence."""
    try:
        return load(path, "generic")
    except ForensicsError as error:
        return str(error)


@settings(max_examples=300, deadline=None)
@given(body=MANGLED, size=st.integers(1, 60))
def test_the_quick_and_the_exact_reader_give_the_same_rows(body: str, size: int) -> None:
    data = (HEADER + body).encode()
    dialect = sniff_dialect(data.decode(), ",")
    assert dialect is not None
    quick = table(data, dialect, 1 << 20)
    in_pieces = table(data, dialect, size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_table, "_regular_cells", lambda _block, _dialect: None)
        exact = table(data, dialect, 1 << 20)
    for other in (quick, in_pieces):
        assert other[0].equals(exact[0])
        assert other[1] == exact[1]
        assert other[2].equals(exact[2])


@settings(max_examples=100, deadline=None)
@given(body=MANGLED)
def test_the_columns_that_are_not_read_are_counted_exactly(body: str) -> None:
    data = (HEADER + body).encode()
    dialect = sniff_dialect(data.decode(), ",")
    assert dialect is not None
    counted = FieldCount()
    csv_table.read_blocks("t.csv", iter((data,)), dialect, ("account",), Rejects(), counted)
    whole = table(data, dialect, 1 << 20)[0]
    assert counted.fields == {name: whole[name].count() for name in ("time", "url")}


@settings(max_examples=300, deadline=None)
@given(body=MANGLED)
def test_every_row_is_kept_or_rejected(body: str) -> None:
    dialect = sniff_dialect(HEADER, ",")
    assert dialect is not None
    frame, n_rows, rejected = table((HEADER + body).encode(), dialect, 1 << 20)
    assert n_rows == frame.height + rejected.height
    assert sorted([*frame["_row"].to_list(), *rejected["row"].to_list()]) == list(range(1, n_rows + 1))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=MANGLED)
def test_a_mangled_table_is_loaded_with_its_ledger_or_refused_with_a_sentence(body: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes((HEADER + "a,1720375205,u\n" + body).encode())
        dataset = outcome(path)
    assert dataset
    if isinstance(dataset, str):
        return
    (source,) = dataset.sources
    assert source.rows_read == source.rows_kept + source.rejected.height
    assert set(dataset.actions["source_row"].to_list()).isdisjoint(source.rejected["row"].to_list())


VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)
ROW = st.fixed_dictionaries({"account": VALUE, "time": st.one_of(VALUE, st.just(1720375205)), "url": VALUE})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROW, max_size=8), cut=st.integers(0, 200), junk=st.binary(max_size=12))
def test_mangled_ndjson_is_loaded_with_its_ledger_or_refused_with_a_sentence(
    rows: list[dict[str, object]], cut: int, junk: bytes
) -> None:
    first = {"account": "a", "time": 1720375205, "url": "https://a.org"}
    data = "\n".join(json.dumps(row) for row in [first, *rows]).encode()
    whole = data[: max(60, len(data) - cut)] + b"\n" + junk
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.ndjson"
        path.write_bytes(whole)
        dataset = outcome(path)
    assert dataset
    if isinstance(dataset, str):
        return
    (source,) = dataset.sources
    assert source.rows_read == source.rows_kept + source.rejected.height


def test_a_line_of_fifty_megabytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text('account,time,text\na,1720375205,"' + "word, " * 8_500_000 + '"\nb,1720375206,short\n')
    dataset = load(path, None, ReadOptions(columns={"account": "account", "time": "time"}))
    assert dataset.sources[0].rows_kept == 2
