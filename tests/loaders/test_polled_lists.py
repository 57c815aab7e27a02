"""Likes and follows that were polled: each lies between the look before and the first one that shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions

SAMPLES = Path(__file__).parent / "samples"


def at(hour: int, minute: int = 0, second: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC)


def test_a_name_came_between_two_polls() -> None:
    dataset = load(SAMPLES / "polled-lists.csv")
    acts = dataset.actions.sort("account_id").select(
        "account_id", "action", "object_kind", "acted_after", "acted_at", "time_precision"
    )
    assert acts.rows() == [
        ("102", "like", "post", at(10), at(10, 30), "day"),
        ("103", "like", "post", at(10, 30), at(10, 30, 40), "min"),
        ("104", "follow", "account", at(10), at(10, day=21), "day"),
    ]


def test_names_of_the_first_look_have_no_time() -> None:
    (source,) = load(SAMPLES / "polled-lists.csv").sources
    assert source.rejected["row"].to_list() == [1, 7]
    assert source.rows_kept == source.rows_read - 2
    (source,) = load(SAMPLES / "polled-lists.intervals.csv").sources
    assert source.rejected["row"].to_list() == [2]


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    header, *rows = (SAMPLES / "polled-lists.csv").read_text(encoding="utf-8").splitlines()
    turned = tmp_path / "polled-lists.csv"
    turned.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    columns = ["account_id", "acted_after", "acted_at"]
    one, other = (load(path).actions.sort("account_id").select(columns) for path in (SAMPLES / turned.name, turned))
    assert one.equals(other)


def test_polls_without_their_times_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "looks.csv"
    path.write_text("polled_at,account_id,object_id\nnever,1,p\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="holds no times"):
        load(path)


def test_both_ends_of_an_interval_are_of_one_time_zone(tmp_path: Path) -> None:
    path = tmp_path / "intervals.csv"
    path.write_text(
        "not_yet_seen_at,first_seen_at,account_id,object_id\n2026-07-20 12:00:00,2026-07-20 12:30:00,1,p\n",
        encoding="utf-8",
    )
    acts = load(path, None, ReadOptions(settings={"time_zone": "Europe/Paris"})).actions
    assert acts.select("acted_after", "acted_at").rows() == [
        (datetime(2026, 7, 20, 10, tzinfo=UTC), datetime(2026, 7, 20, 10, 30, tzinfo=UTC))
    ]


def test_the_case_file_maps_the_last_look_before_an_act_of_any_table(tmp_path: Path) -> None:
    path = tmp_path / "followers.csv"
    path.write_text(
        "absent on,there on,follower,page\n"
        "2026-03-20 10:00,2026-03-20 10:30,1,p\n"
        ",2026-03-20 10:30,2,p\n"
        "2026-03-20 11:00,2026-03-20 10:30,3,p\n",
        encoding="utf-8",
    )
    columns = {"account": "follower", "time": "there on", "acted_after": "absent on", "object": "page"}
    options = ReadOptions(columns=columns, settings={"action": "follow", "object_kind": "account"})
    dataset = load(path, "generic", options)
    assert dataset.actions.select("account_id", "acted_after", "acted_at", "time_precision").rows() == [
        ("1", at(10), at(10, 30), "day")
    ]
    assert dataset.sources[0].rejected["reason"].to_list() == [
        "there at the first look already, so since an unknown time",
        "the time in '{column}' is later than the act",
    ]
