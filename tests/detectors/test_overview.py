"""What a data set holds: counted once, and every camp by the same measures."""

from __future__ import annotations

import datetime as dt

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.overview import overview

AT = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


def rows(table: schema.Table, **columns: list[object]) -> pl.DataFrame:
    """Return rows of a table, its other required columns filled."""
    height = len(next(iter(columns.values())))
    filled = {"source_id": ["s1"] * height, "source_row": list(range(height)), "time_precision": ["s"] * height}
    return schema.conform(pl.DataFrame(filled | columns, strict=False), table)


def test_every_camp_has_the_same_measures() -> None:
    actions = rows(
        schema.ACTIONS,
        account_id=["a", "a", "b", "c"],
        action=["like"] * 4,
        camp=["x:1", "x:1", "x:1", None],
        acted_at=[AT] * 4,
    )
    posts = rows(schema.POSTS, account_id=["p"], post_id=["1"], camp=["y"], likes=[5], shares=[2], published_at=[AT])
    counts = {score.name: score.value for score in overview(Dataset(actions, posts=posts)) if "camp:" in score.name}
    names = ("actions", "accounts", "posts", "interactions", "payments")
    assert [counts[f"camp:{name}:x:1"] for name in names] == [3, 2, 0, 0, 0]
    assert [counts[f"camp:{name}:y"] for name in names] == [0, 0, 1, 7, 0]
    assert len(counts) == 10
