"""A table with the columns of ``schema.ACTIONS`` is read as it stands: an empty cell means what it says there."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from forensics import schema
from forensics.coaction.dense_acts import dense_acts
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions

COLUMNS = "account_id,action,object_id,object_kind,acted_at,acted_after,time_precision,post_id,source_event,is_context"
ROWS = (
    "ann,like,p1,post,2024-05-06T10:00:00Z,,s,,,",
    "bob,like,p1,post,2024-05-06T10:30:00Z,2024-05-06T10:00:00Z,s,,,",
    "cid,like,p1,post,,,,,,",
    "dan,comment,p1,post,2024-05-06T10:00:00Z,,min,c1,,true",
    "eve,post,#Vote,hashtag,2024-05-06T10:00:00Z,,s,t1,both,",
    "eve,post,#Now,hashtag,2024-05-06T10:00:00Z,,s,t2,both,",
)


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
    return path


def test_every_row_is_kept_as_it_stands(tmp_path: Path) -> None:
    dataset = load(written(tmp_path / "actions.csv", *ROWS))
    acts = dataset.actions
    assert dataset.sources[0].rejected.is_empty()
    assert acts["account_id"].to_list() == ["ann", "bob", "cid", "dan", "eve", "eve"]
    assert acts["time_precision"].to_list() == ["s", "s", None, "min", "s", "s"]
    assert acts["acted_at"].is_null().to_list() == [False, False, True, False, False, False]
    assert acts["acted_after"].is_null().to_list() == [True, False, True, True, True, True]
    assert acts["source_event"].to_list()[-2:] == ["both", "both"]
    assert acts["is_context"].to_list()[3] is True


def test_a_table_without_a_single_time_is_read(tmp_path: Path) -> None:
    acts = load(written(tmp_path / "actions.csv", "ann,like,p1,post,,,,,,", "bob,like,p1,post,,,,,,")).actions
    assert acts["acted_at"].null_count() == acts["acted_after"].null_count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ann,like,p1,post,2024-05-06T10:00:00Z,,week,,,", "unknown precision in '{column}'"),
        ("ann,like,p1,post,2024-05-06T10:00:00Z,2024-05-06T11:00:00Z,s,,,", "the time in '{column}' is later"),
        ("ann,like,p1,post,2024-05-06T10:00:00Z,soon,s,,,", "unreadable time in '{column}'"),
    ],
)
def test_a_value_that_the_table_does_not_know_rejects_its_row(tmp_path: Path, row: str, reason: str) -> None:
    (source,) = load(written(tmp_path / "actions.csv", *ROWS, row)).sources
    (own,) = source.rejected["reason"].to_list()
    assert reason in own


def test_a_polled_table_under_other_names_still_needs_the_look_before(tmp_path: Path) -> None:
    path = tmp_path / "likes.csv"
    path.write_text(
        "account_id,target_id,seen,acted_after\n"
        "ann,p1,2024-05-06T10:00:00Z,\nbob,p1,2024-05-06T10:30:00Z,2024-05-06T10:00:00Z\n",
        encoding="utf-8",
    )
    options = ReadOptions(columns={"account": "account_id", "time": "seen", "acted_after": "acted_after"})
    assert load(path, "generic", options).sources[0].rejected.height == 1


def test_an_interval_is_as_long_as_it_is(tmp_path: Path) -> None:
    """Looks half an hour apart date an act to half an hour, though the precision of such a time is a day."""
    path = tmp_path / "polls.csv"
    polls = [f"2024-05-06T{hour:02}:{minute:02}:00Z" for hour in (10, 11) for minute in (0, 30)]
    names = ["", "ann", "ann,bob", "ann,bob,cid"]
    rows = [f"{at},{name},p1" for at, there in zip(polls, names, strict=True) for name in there.split(",")]
    path.write_text("\n".join(["polled_at,account_id,object_id", *rows]) + "\n", encoding="utf-8")
    actions = load(path).actions
    assert actions["time_precision"].cast(pl.String).unique().to_list() == ["day"]
    acts = dense_acts(actions, schema.empty(schema.POSTS))
    assert acts.steps.tolist() == [1800.0, 1800.0, 1800.0]
