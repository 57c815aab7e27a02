"""Answers in a list within the comment that they answer: rows of their own, however deep; originals are no answers."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from forensics.loaders import load


def comment(number: int, owner: str, at: int, **more: object) -> dict[str, object]:
    return {"id": str(number), "text": f"Well put, number {number}", "created_at": at, "owner": {"id": owner}, **more}


def write(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "comments.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def test_answers_are_rows_upon_what_they_answer(tmp_path: Path) -> None:
    deepest = comment(5, "eva", 1728151800)
    answers = [comment(3, "bob", 1728151500, answers=[]), comment(4, "ann", 1728151600, answers=[deepest])]
    path = write(
        tmp_path, comment(1, "ann", 1728151400, answers=answers), comment(2, "bob", 1728151450, answers=[]),
    )  # fmt: skip
    dataset = load(path)
    own = dataset.actions.filter(pl.col("object_kind") == "post").sort("post_id")
    assert own["post_id"].to_list() == ["1", "2", "3", "4", "5"]
    assert own["object_id"].to_list() == ["1", "2", "1", "1", "4"]
    assert own["action"].cast(pl.String).to_list() == ["post", "post", "reply", "reply", "reply"]
    assert (dataset.sources[0].rows_read, dataset.sources[0].rows_kept) == (5, 5)
    assert "3 rows stand within others, under 'answers'" in " ".join(map(str, dataset.sources[0].notes))


def test_what_is_earlier_than_the_row_around_it_is_no_answer(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        comment(1, "ann", 1728151400, copy_history=[comment(9, "zed", 1728100000)]),
        comment(2, "bob", 1728151450, copy_history=[comment(9, "zed", 1728100000)]),
    )
    dataset = load(path)
    assert sorted(dataset.actions["account_id"].unique()) == ["ann", "bob"]
    assert dataset.sources[0].unmapped["copy_history.owner.id"] == 2
