"""Tables of acts: what survives, what is guessed, what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.errors import ForensicsError, InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import readable

PLAIN = "account,time,url\n007,2024-07-07 18:00:05,https://a.org/x\n1e5,2024-07-07 18:00:06,https://a.org/x\n"


def read(tmp_path: Path, content: str | bytes, name: str = "table.csv", **options: dict[str, str]) -> Dataset:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(path, None, ReadOptions(**options))


def rejected(dataset: Dataset) -> list[tuple[int, str]]:
    return list(readable(dataset.sources[0].rejected).select("row", "reason").iter_rows())


def test_ids_that_look_like_numbers_stay_as_they_are(tmp_path: Path) -> None:
    acts = read(tmp_path, PLAIN).actions
    assert acts["account_id"].unique(maintain_order=True).to_list() == ["007", "1e5"]
    assert acts.filter(pl.col("object_kind") == "url")["object_id"].to_list() == ["https://a.org/x"] * 2


def test_a_post_with_two_links_and_a_hashtag_is_four_acts(tmp_path: Path) -> None:
    rows = "author,time,id,urls,hashtags\nann,1720375205,p1,https://a.org https://b.org,#Vote\n"
    acts = read(tmp_path, rows).actions
    assert list(acts.select("object_kind", "object_id").iter_rows()) == [
        ("post", "p1"),
        ("url", "https://a.org"),
        ("url", "https://b.org"),
        ("hashtag", "vote"),
    ]
    assert acts["post_id"].unique().to_list() == ["p1"]


@pytest.mark.parametrize("cell", ['"[""https://a.org"", ""https://b.org""]"', "\"['https://a.org', 'https://b.org']\""])
def test_lists_in_a_cell_are_taken_apart(tmp_path: Path, cell: str) -> None:
    acts = read(tmp_path, f"author,time,urls\nann,1720375205,{cell}\n").actions
    assert acts.filter(pl.col("object_kind") == "url")["object_id"].to_list() == ["https://a.org", "https://b.org"]


def test_missing_objects_are_never_shared(tmp_path: Path) -> None:
    acts = read(tmp_path, "account,time,url\na,1720375205,\nb,1720375206,\n").actions
    assert acts["object_kind"].to_list() == ["post", "post"]
    assert acts["object_id"].n_unique() == 2


def test_a_likes_table_has_one_act_a_row(tmp_path: Path) -> None:
    options = {"columns": {"account": "who", "time": "at", "object": "liked"}, "settings": {"action": "like"}}
    acts = read(tmp_path, "who,at,liked\na,1720375205,p1\nb,1720375206,p1\n", **options).actions
    assert list(acts.select("action", "object_kind", "object_id").iter_rows()) == [("like", "post", "p1")] * 2
    assert acts["post_id"].null_count() == 2


def test_a_table_of_single_acts_comes_back_act_by_act(tmp_path: Path) -> None:
    rows = (
        "account,time,action,post,object,object_kind,text\n"
        "a,1720375205,post,p1,p1,post,Meet us at the town hall today\n"
        "a,1720375205,post,p1,https://a.org,url,Meet us at the town hall today\n"
        "b,1720375206,repost,p2,p1,post,Meet us at the town hall today\n"
    )
    acts = read(tmp_path, rows).actions
    assert list(acts.select("action", "object_kind", "object_id").iter_rows()) == [
        ("post", "post", "p1"),
        ("post", "url", "https://a.org"),
        ("repost", "post", "p1"),
    ]


def test_rows_get_the_same_made_post_id_in_any_order(tmp_path: Path) -> None:
    header, *rows = PLAIN.splitlines()
    one = read(tmp_path, PLAIN).actions
    other = read(tmp_path, "\n".join([header, *reversed(rows)]) + "\n").actions
    key = ["account_id", "object_kind", "object_id", "post_id"]
    assert one.select(key).sort(key).equals(other.select(key).sort(key))


def test_a_duplicate_row_is_rejected_with_the_row_it_repeats(tmp_path: Path) -> None:
    dataset = read(tmp_path, PLAIN + PLAIN.splitlines()[1] + "\n")
    assert rejected(dataset) == [(3, "duplicate of row 1")]


def test_guesses_are_noted(tmp_path: Path) -> None:
    notes = " ".join(map(str, read(tmp_path, PLAIN).sources[0].notes))
    assert "account = 'account'" in notes
    assert "year-month-day" in notes
    assert "no time zone" in notes


def test_a_missing_mapped_column_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(
        InputFileError, match=r'account = "nobody": there is no such column. There are: account, time, url'
    ):
        read(tmp_path, PLAIN, columns={"account": "nobody"})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a,soon,x\n", [(2, "unreadable time in 'time'")]),
        (",1720375205,x\n", [(2, "no account")]),
        ("a,,x\n", [(2, "no time")]),
        ("a,1720375206\n", [(2, "2 fields, fewer than the header's 3")]),
        ("a,1720375206,x,y\n", [(2, "4 fields, more than the header's 3")]),
        ("account,time,url\n", [(2, "the header repeated")]),
        ('a,1720375206,"torn', [(2, "a quote opened in this line is never closed")]),
        ('a,1720375206,"open\nb,1720375207,z\n', [(2, "a quote opened in this line is never closed")]),
        ("\n\na,1720375206,y\n", []),
    ],
)
def test_bad_rows_are_rejected_one_by_one(tmp_path: Path, rows: str, expected: list[tuple[int, str]]) -> None:
    dataset = read(tmp_path, "account,time,url\nann,1720375205,https://a.org\n" + rows)
    assert rejected(dataset) == expected
    assert dataset.sources[0].rows_kept >= 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (bytes(range(256)) * 40, "binary"),
        (gzip.compress(PLAIN.encode() * 5000)[:300], "cannot be unpacked beyond byte"),
        ("account,time\nZoéé,1\n".encode() + b"Jos\xe9,1720375205\n", r'byte 25 is 0xe9.*encoding = "cp1252"'),
        (b"just a sentence\n", "none of the formats"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"account,time,url\na,12/11/2024 10:00,x\n", "Settle it"),
        (b"account,time,url\na,never,x\n", "time_format"),
        (b"colour,shape\nred,round\n", "No column is sure to say who acted"),
    ],
)
def test_unreadable_files_say_why_and_what_to_do(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ForensicsError, match=message):
        read(tmp_path, content)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ForensicsError, match="There is no file"):
        load(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.encode("utf-16"),
        b"sep=,\n" + PLAIN.encode(),
        PLAIN.rstrip("\n").encode(),
        gzip.compress(PLAIN.encode()),
    ],
    ids=["bom", "semicolons", "tabs", "crlf", "cr", "utf-16", "excel-hint", "no-last-newline", "gzip"],
)
def test_one_table_written_in_many_ways_is_one_table(tmp_path: Path, content: bytes) -> None:
    plain = read(tmp_path, PLAIN, "plain.csv")
    other = read(tmp_path, content, "other.csv")
    assert other.actions.equals(plain.actions)


def test_cp1252_is_read_when_the_case_file_says_so(tmp_path: Path) -> None:
    rows = "account,time\nJosé,1720375205\n".encode("cp1252")
    assert read(tmp_path, rows, settings={"encoding": "cp1252"}).actions["account_id"].to_list() == ["José"]
    marked = read(tmp_path, rows, settings={"encoding": "utf-8-replace"})
    assert marked.actions["account_id"].to_list() == ["Jos\ufffd"]


def test_parquet_numbers_keep_their_digits_and_rounded_ids_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    frame = pl.DataFrame(
        {"account": [1810010914804465665], "time": [1720375205], "post_id": [None]},
        {"post_id": pl.Int64, "account": pl.Int64, "time": pl.Int64},
    )
    frame.write_parquet(path)
    assert load(path).actions["account_id"].to_list() == ["1810010914804465665"]
    frame.with_columns(pl.col("account").cast(pl.Float64)).write_parquet(path)
    with pytest.raises(InputFileError, match="floating-point"):
        load(path)


def test_ndjson_rows_are_read_and_torn_lines_rejected(tmp_path: Path) -> None:
    lines = (
        '{"account": 12345678901234567890, "time": "2024-07-07T18:00:05Z", "urls": ["https://a.org"]}\n{"account": "b"'
    )
    dataset = read(tmp_path, lines, "rows.ndjson")
    assert dataset.actions["account_id"].unique().to_list() == ["12345678901234567890"]
    assert dataset.actions["object_kind"].to_list() == ["post", "url"]
    assert dataset.sources[0].rejected["row"].to_list() == [2]


def test_accounts_that_declare_software_keep_that_word(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        "account_id,acted_at,object_id,automated\na,2024-01-01T10:00:00Z,x,TRUE\nb,2024-01-01T10:00:01Z,x,no\n"
        "c,2024-01-01T10:00:02Z,x,\n",
        encoding="utf-8",
    )
    columns = {"account": "account_id", "time": "acted_at", "object": "object_id", "automated": "automated"}
    accounts = load(path, "generic", ReadOptions(columns=columns)).accounts
    assert dict(accounts.select("account_id", "is_automated").iter_rows()) == {"a": True, "b": False}
