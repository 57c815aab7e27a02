"""Excel workbooks: read like any table, and what Excel has rounded is noticed."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders import load, recognise
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading import excel_workbook as workbook_loader

SAMPLES = Path(__file__).resolve().parent / "samples"
HEADER = ["account", "time", "post", "text"]


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    as_time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(at, column, value.replace(tzinfo=None), as_time)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
    book.close()
    return path


def test_a_sheet_is_read_with_its_ids_as_text_and_its_times_as_times(tmp_path: Path) -> None:
    at = datetime(2024, 7, 7, 18, 0, 5, tzinfo=UTC)
    rows: list[list[object]] = [HEADER, ["007", at, "1804243566431133697", "=cmd()"], [12, at, 7, None], [None] * 4]
    path = workbook(tmp_path / "acts.xlsx", {"acts": rows, "empty": []})
    assert recognise(path).loader == "generic"
    dataset = load(path)
    assert dataset.sources[0].rows_read == dataset.sources[0].rows_kept == 2
    posts = dataset.actions.filter(dataset.actions["object_kind"] == "post")
    assert posts["account_id"].to_list() == ["007", "12"]
    assert posts["post_id"].to_list() == ["1804243566431133697", "7"]
    assert posts["acted_at"].unique().to_list() == [at]


def test_ids_that_excel_rounded_are_noted_and_not_used(tmp_path: Path) -> None:
    at = datetime(2024, 7, 7, 18, 0, 5, tzinfo=UTC)
    rows: list[list[object]] = [HEADER, ["ann", at, 1804243566431133697, "a"], ["bo", at, 1804243566431133698, "b"]]
    dataset = load(workbook(tmp_path / "posts.xlsx", {"acts": rows}))
    assert any("rounded by a spreadsheet" in str(note) for note in dataset.sources[0].notes)
    assert all(post.startswith("made-") for post in dataset.actions["post_id"])
    rows = [HEADER, [906000000000000001, at, "1", "a"], [906000000000000002, at, "2", "b"]]
    with pytest.raises(InputFileError, match="rounded by a spreadsheet"):
        load(workbook(tmp_path / "accounts.xlsx", {"acts": rows}))


@pytest.mark.parametrize("name", ["4cat.csv", "twitter-operations.csv", "crowdtangle.csv", "google-ads.csv"])
def test_a_table_saved_as_a_workbook_gives_the_same_tables(tmp_path: Path, name: str) -> None:
    rows = list(csv.reader((SAMPLES / name).read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    path = workbook(tmp_path / "saved.xlsx", {"Sheet1": [list(row) for row in rows]})
    found, meant = load(path), load(SAMPLES / name)
    assert recognise(path).loader == meant.sources[0].loader
    for table in schema.TABLES:
        assert getattr(found, table.name).equals(getattr(meant, table.name))


def test_one_of_several_sheets_must_be_named(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADER, ["ann", "2024-07-07 18:00:05", "1", "a"]]
    others = [["user", *HEADER[1:]], *rows[1:], ["bo", "2024-07-07 18:00:06", "2", "b", "c"]]
    path = workbook(tmp_path / "two.xlsx", {"one": rows, "two": others})
    with pytest.raises(InputFileError, match=r'^two\.xlsx has 2 sheets: one, two\. .*member = "one"'):
        load(path)
    dataset = load(path, None, ReadOptions(settings={"member": "two"}))
    assert (dataset.sources[0].rows_read, dataset.sources[0].rows_kept) == (2, 1)
    with pytest.raises(InputFileError, match=r"^two\.xlsx has no sheet 'three'"):
        load(path, None, ReadOptions(settings={"member": "three"}))


def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path) -> None:
    path = workbook(tmp_path / "acts.xlsx", {"acts": [HEADER, ["ann", "2024-07-07 18:00:05", "1", "a"]]})
    whole = path.read_bytes()
    for size in (len(whole) // 3, len(whole) - 30):
        path.write_bytes(whole[:size])
        with pytest.raises(InputFileError):
            load(path)
    path.write_bytes(whole.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml"))
    with pytest.raises(InputFileError, match="workbook"):
        load(path)


def test_a_workbook_made_to_fill_a_machine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_loader, "_FREE_BYTES", 1000)
    monkeypatch.setattr(workbook_loader, "_MOST_TIMES", 1)
    path = workbook(tmp_path / "acts.xlsx", {"acts": [HEADER, *([["ann", "2024-07-07 18:00:05", "1", "a"]] * 200)]})
    with pytest.raises(InputFileError, match="as no real sheet does"):
        load(path)


DAY = [["Akun", "Jam", "Aksi", "Tautan"]]
DAY += [[f"@a{k % 3}", f"0{k}.15", ("share", "komentar")[k % 2], f"https://a.org/{k % 2}"] for k in range(1, 8)]
DATED: list[list[object]] = [["Tanggal", *DAY[0]], *([f"{k}.02.2024", *DAY[k]] for k in range(1, 8))]


def test_sheets_under_one_header_are_one_table(tmp_path: Path) -> None:
    later: list[list[object]] = [[str(cell).replace(".02.", ".03.") for cell in row] for row in DATED]
    sheets = {"Februari": DATED, "Maret": later, "REKAP": [["Akun", "Jumlah"], ["@a1", 3]]}
    dataset = load(workbook(tmp_path / "days.xlsx", sheets))
    assert (dataset.sources[0].rows_read, dataset.sources[0].rows_kept) == (14, 14)
    assert dataset.actions["acted_at"].dt.month().unique().sort().to_list() == [2, 3]
    assert dataset.sources[0].unmapped == {"sheet": 14}


def test_hours_whose_day_stands_in_a_sheets_name_are_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "days.xlsx", {"Sen 12 Feb": list(DAY), "Sel 13 Feb": list(DAY)})
    with pytest.raises(InputFileError, match="belong to no day"):
        load(path)


def test_a_pivot_table_is_refused_in_words(tmp_path: Path) -> None:
    rows = [["Anzahl von Posts", "Uhrzeit"], ["Konto", *range(16, 22), "Gesamt"]]
    rows += [[f"@a{k}", *range(6), 15] for k in range(8)]
    with pytest.raises(InputFileError, match="counts acts by hour or day"):
        load(workbook(tmp_path / "pivot.xlsx", {"Pivot": rows}))


def test_the_edges_are_found_among_a_workbooks_sheets_below_their_band(tmp_path: Path) -> None:
    names = ["Vertex 1", "Vertex 2", "Color", "Width", "Label", "Relationship", "Relationship Date (UTC)"]
    kinds = ("Tweet", "Retweet", "Mentions", "Replies to")
    at = datetime(2022, 10, 2, 12, 8, tzinfo=UTC)
    edges: list[list[object]] = [[None, None, "Visual", None, "Labels", None, "Other"], names]
    edges += [[f"a{k % 3}", f"a{k % 2}", None, None, None, kinds[k % 4], at.replace(minute=k)] for k in range(8)]
    vertices: list[list[object]] = [["Vertex", "Color", "Joined Twitter Date (UTC)"]]
    vertices += [[f"a{k}", "red", at] for k in range(3)]
    acts = load(workbook(tmp_path / "graph.xlsx", {"Edges": edges, "Vertices": vertices})).actions
    known = acts.filter(acts["object_kind"] == "account").sort("source_row")
    assert known["account_id"].to_list() == [f"a{k % 3}" for k in range(8)]
    assert known["action"].cast(pl.String).to_list() == ["post", "repost", "post", "reply"] * 2
