"""Where a table begins: below banners, on one of several sheets, in a list within a document."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.csv_dialect import sniff_dialect

ROWS = [["account", "time", "url", "text"]]
ROWS += [[f"a{k}", f"2024-07-0{k} 18:00:05", f"https://a.org/{k}", f"Text number {k} of them"] for k in range(1, 8)]
BANNERS = {
    "none": [],
    "a title": [["Posts on the vote of Sunday"], []],
    "six": [["Report:", "Bulk"], ["Brand:", "x"], ["From:", "2024-07-01"], ["To:", "2024-07-08"], ["Label:", "BW"], []],
    "padded": [["Posts on the vote", "", "", ""], ["", "", "", ""]],
}


def accounts(dataset: Dataset) -> list[str]:
    return sorted(dataset.actions["account_id"].unique())


EVERYBODY = [f"a{k}" for k in range(1, 8)]


@pytest.mark.parametrize("banner", BANNERS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_below_a_banner_is_found(tmp_path: Path, banner: str, delimiter: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("\n".join(delimiter.join(row) for row in BANNERS[banner] + ROWS), encoding="utf-8")
    dataset = load(path)
    assert accounts(dataset) == EVERYBODY
    assert dataset.sources[0].rows_read == 7
    assert dataset.sources[0].rejected.is_empty()


@pytest.mark.parametrize("banner", BANNERS)
def test_a_header_below_a_banner_of_a_sheet_is_found(tmp_path: Path, banner: str) -> None:
    book = openpyxl.Workbook()
    for row in BANNERS[banner] + ROWS:
        book.active.append(row)
    book.save(tmp_path / "posts.xlsx")
    assert accounts(load(tmp_path / "posts.xlsx")) == EVERYBODY


@pytest.mark.parametrize("name", ["posts.csv", "posts.xlsx"])
def test_the_case_file_can_say_which_row_is_the_header(tmp_path: Path, name: str) -> None:
    rows = [["one", "two", "three", "four"], [], ["five", "six", "seven", "eight"], *ROWS]
    path = tmp_path / name
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    assert accounts(load(path, None, ReadOptions(settings={"header_row": "4"}))) == EVERYBODY
    with pytest.raises(InputFileError, match="header_row = first"):
        load(path, "generic", ReadOptions(settings={"header_row": "first"}))
    with pytest.raises(InputFileError):
        load(path, "generic", ReadOptions(settings={"header_row": "400"}))


def test_notes_beside_the_table_are_no_second_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["Collected by hand in July"])
    sheet = book.create_sheet("Posts")
    for row in ROWS:
        sheet.append(row)
    book.save(tmp_path / "posts.xlsx")
    assert accounts(load(tmp_path / "posts.xlsx")) == EVERYBODY


ITEMS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
DOCUMENTS = {
    "lines": "\n".join(map(json.dumps, ITEMS)),
    "list": json.dumps(ITEMS),
    "list over lines": json.dumps(ITEMS, indent=2),
    "document": json.dumps({"meta": {"count": 7}, "posts": ITEMS}),
    "deep": json.dumps({"result": {"page": 1, "data": ITEMS}, "includes": [{"id": 1}]}, indent=1),
    "by id": json.dumps({f"post{k}": item for k, item in enumerate(ITEMS)}, indent=1),
    "by number": json.dumps(dict(enumerate(ITEMS))),
    "by column": json.dumps({name: {k: item[name] for k, item in enumerate(ITEMS)} for name in ROWS[0]}),
    "a list a line": json.dumps(ITEMS).replace("}, {", "},\n{"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_json_items_are_found_wherever_their_list_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / "posts.json"
    path.write_text(DOCUMENTS[name], encoding="utf-8")
    dataset = load(path)
    assert accounts(dataset) == EVERYBODY
    assert dataset.sources[0].rows_read == 7


def test_items_are_known_by_the_keys_under_which_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    posts = {str(1_800_000_000_000_000_000 + k): item | {"author": item["account"]} for k, item in enumerate(ITEMS)}
    path.write_text(json.dumps(posts), encoding="utf-8")
    assert set(load(path).actions["post_id"]) == {*posts}
    parts = {"user": {"name": "ann", "lang": "en"}, "tweet": {"text": "Vote", "created_at": "2026-05-03T10:00:00Z"}}
    path.write_text(json.dumps(parts), encoding="utf-8")
    assert load(path).actions.select("account_id", "text").unique().rows() == [("ann", "Vote")]


def test_the_case_file_can_say_which_list_holds_the_items(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    others = [{"account": f"b{k}", "time": "2024-07-01", "url": "x"} for k in range(20)]
    path.write_text(json.dumps({"others": others, "data": {"posts": ITEMS}}), encoding="utf-8")
    assert len(accounts(load(path))) == 20
    assert accounts(load(path, None, ReadOptions(settings={"items": "data.posts"}))) == EVERYBODY


def test_a_list_that_ends_in_the_middle_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text(DOCUMENTS["document"][:-60], encoding="utf-8")
    dataset = load(path)
    assert accounts(dataset) == EVERYBODY[:-1]
    assert any("ends in the middle" in str(note) for note in dataset.sources[0].notes)


def test_a_record_of_three_names_is_no_banner_of_a_table_of_six_columns() -> None:
    dialect = sniff_dialect("account,time,url\n\n,,,,,\n,,;,;,;,;", ",")
    assert dialect is not None
    assert dialect.header == ("account", "time", "url")


@pytest.mark.parametrize("has_header", [True, False])
def test_lines_that_stand_in_quotes_as_a_whole_are_tables(tmp_path: Path, has_header: bool) -> None:
    rows = [*ROWS[:-1], (*ROWS[-1][:-1], 'https://example.org/"a,b"')]
    inner = io.StringIO()
    csv.writer(inner, lineterminator="\n").writerows(rows)
    names, *lines = inner.getvalue().splitlines()
    quoted = [f'"{line.replace(chr(34), chr(34) * 2)}"' for line in lines]
    path = tmp_path / "posts.csv"
    head = f'"{names}"' if has_header else names
    path.write_text("\r\n".join([head, *quoted]) + "\r\n", encoding="utf-8", newline="")
    dataset = load(path)
    assert accounts(dataset) == EVERYBODY
    assert dataset.sources[0].rows_kept == dataset.sources[0].rows_read == len(ROWS) - 1
