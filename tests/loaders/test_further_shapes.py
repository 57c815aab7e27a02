"""Shapes in which newsrooms hold tables beside CSV with an account and a time: rows without keys, addresses alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from forensics.errors import InputFileError, OpenChoiceError
from forensics.loaders import load
from forensics.loaders.generic_tables.column_proposals import UnmappedError

STAMP = "2026-06-01T10:00:05Z"
COLUMNS = ["user", "posted", "text", "url"]
ROWS = [[f"user{k % 3}", f"2026-05-{k + 1:02d} 18:00:05", f"Vote {k}", f"https://a.org/{k % 4}"] for k in range(12)]


@pytest.mark.parametrize(
    "written",
    [
        {"columns": COLUMNS, "index": list(range(12)), "data": ROWS},
        {"columns": COLUMNS, "rows": ROWS, "truncated": False},
        [COLUMNS, *ROWS],
        {"range": "Sheet1!A1:D13", "majorDimension": "ROWS", "values": [COLUMNS, *ROWS]},
    ],
    ids=["pandas", "datasette", "lists", "sheets"],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_rows_without_keys_are_read(tmp_path: Path, written: object, indent: int | None) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps(written, indent=indent), encoding="utf-8")
    dataset = load(path)
    assert dataset.sources[0].rows_kept == dataset.sources[0].rows_read == 12
    assert sorted(set(dataset.actions["account_id"])) == ["user0", "user1", "user2"]
    assert set(dataset.actions["text"]) == {row[2] for row in ROWS}


def test_of_rows_without_keys_a_short_one_lacks_cells_and_a_long_one_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps([COLUMNS, *ROWS, ["eva", "2026-06-01 10:00:05"], [*ROWS[0], "more"]]), encoding="utf-8")
    (source,) = load(path).sources
    assert (source.rows_read, source.rows_kept) == (14, 13)
    assert source.rejected["row"].to_list() == [14]


def table(folder: Path, header: str, row: Callable[[int], str], n: int = 12) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join([header, *map(row, range(n))]), encoding="utf-8")
    return path


def test_where_nothing_names_accounts_the_posts_addresses_do(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Tweet id,Tweet permalink,Tweet text,time",
        lambda k: (
            f"18{k + 10**16},https://x.com/user{k % 3}/status/18{k + 10**16},Vote {k % 4},2026-05-{k + 1:02d} 18:00"
        ),
    )
    dataset = load(path)
    assert set(dataset.actions["account_id"]) == {"user0", "user1", "user2"}
    assert dataset.actions["permalink"].null_count() == 0
    assert any("addresses in" in str(note) for note in dataset.sources[0].notes)


def test_a_title_or_a_text_is_never_who_acted(tmp_path: Path) -> None:
    path = table(tmp_path, "Content,Video title,Publish time", lambda k: f"v{k},Vote {k % 4},2026-05-{k + 1:02d} 18:00")
    with pytest.raises(UnmappedError) as caught:
        load(path)
    assert "account" not in caught.value.proposals


@pytest.mark.parametrize(
    ("written", "calendar"), [("1405/02/{:02d} 18:00", "Persian"), ("{:02d}/05/2569 18:00", "Buddhist")]
)
def test_dates_of_another_calendar_are_refused_by_its_name(tmp_path: Path, written: str, calendar: str) -> None:
    path = table(tmp_path, "user,date,text", lambda k: f"user{k % 3},{written.format(k + 1)},Vote {k}")
    with pytest.raises(InputFileError, match=f"of the {calendar} calendar"):
        load(path)


def test_dates_in_two_orders_must_be_settled(tmp_path: Path) -> None:
    dates = ["05/14/2026", "05/15/2026", "05/16/2026", "16/05/2026", "03/05/2026", "04/05/2026"]
    path = table(tmp_path, "user,date,text", lambda k: f"user{k % 3},{dates[k % 6]} 18:0{k % 10},Vote {k}")
    with pytest.raises(OpenChoiceError, match="two orders: of 12, 6 can only be month/day/year and 2 only"):
        load(path)


def test_one_moment_for_all_rows_is_when_they_were_collected_and_not_when_anybody_acted(tmp_path: Path) -> None:
    path = table(tmp_path, "user,text,url,timestamp", lambda k: f"user{k % 3},Vote {k},https://a.org/{k % 3},{STAMP}")
    dataset = load(path)
    assert dataset.actions["acted_at"].null_count() == dataset.actions.height > 0


def test_a_column_that_may_be_names_comes_before_the_addresses(tmp_path: Path) -> None:
    row = "voice{0},2026-05-{1:02d} 18:00:05,We all vote {1} now,https://t.me/chan/{1}"
    path = table(tmp_path, "Stimme,posted,text,link", lambda k: row.format(k % 3, k + 1))
    with pytest.raises(UnmappedError) as caught:
        load(path)
    assert caught.value.proposals["account"][0].column == "Stimme"
