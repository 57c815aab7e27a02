"""Lists that a program took down, one row after the other: its own times are none of the acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions

HEADER = "profileUrl,screenName,createdAt,query,timestamp"
POST = "https://twitter.com/min/status/178893993{}"


@pytest.fixture
def likers(tmp_path: Path) -> Path:
    rows = [
        f"https://twitter.com/u{k},u{k},Mon Apr 08 10:2{k % 10}:11 +0000 2024,{POST.format(k % 2)},"
        f"2024-05-12T19:04:{10 + k // 4}.{k % 4 * 25:02d}0Z"
        for k in range(24)
    ]
    path = tmp_path / "result.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def test_times_of_looking_are_asked_about(likers: Path) -> None:
    with pytest.raises(InputFileError, match="24 rows within 6 seconds"):
        load(likers)


def test_acts_that_were_looked_at_are_read_without_times(likers: Path) -> None:
    options = ReadOptions(
        columns={"account": "screenName", "captured": "timestamp", "object": "query"}, settings={"action": "like"}
    )
    acts = load(likers, None, options).actions
    assert acts.height == 24
    assert acts["acted_at"].null_count() == 24
    assert acts["object_id"].n_unique() == 2


def test_times_that_the_case_file_names_are_used(likers: Path) -> None:
    columns = {"account": "screenName", "time": "timestamp", "object": "query"}
    assert load(likers, None, ReadOptions(columns=columns)).actions["acted_at"].null_count() == 0


def test_acts_in_another_order_than_the_files_are_read(likers: Path) -> None:
    header, *rows = likers.read_text(encoding="utf-8").splitlines()
    likers.write_text("\n".join([header, *rows[::-1]]), encoding="utf-8")
    assert load(likers).actions["acted_at"].null_count() == 0
