"""A search whose answer is made by hand: what the detector does with groups, whatever finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.dense_acts import dense_acts
from forensics.dataset import Dataset
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.coordinated_group import Group, Measure, Search
from forensics.detectors.coordination.evidence.evenness import Evenness
from forensics.detectors.coordination.search import SearchSettings, WholeSearch

MEMBERS = tuple(f"w{i:02}" for i in range(8))
LOOSE = ("x01",)

CLOSE = Measure("closeness", 60.0, 90.0, 3.0, 30.0, 1.2, 4.0, 31, 0, 9.0)
ATTENDANCE = Measure("attendance", None, 80.0, 20.0, 4.0, 1.0, 5.0, 31, 1, 3.0)
GROUP = Group(MEMBERS, LOOSE, True, 12.0, 0.02, Evenness(0.1, 0.2), 6, 6, 0.95, 1.0, (CLOSE, ATTENDANCE))
PATTERN = replace(GROUP, core=("u001", "u002", "u003"), edge=(), is_named=False, score=1.0, error_rate=0.5)
SEARCH = Search((GROUP, PATTERN), 31, 3_400, 210, "objects", 0.0)


def answers(monkeypatch: pytest.MonkeyPatch, result: Search) -> list[object]:
    """Let the detector's search answer so; return the list that its settings are put into."""
    asked: list[object] = []

    def search(actions: pl.DataFrame, _posts: pl.DataFrame, settings: SearchSettings, *_rest: object) -> WholeSearch:
        asked.extend((settings, actions))
        return WholeSearch(dense_acts(actions, schema.empty(schema.POSTS)), settings, 1, [], 0.0)

    monkeypatch.setattr(coordination, "search_whole", search)
    monkeypatch.setattr(coordination, "result_of", lambda _: result)
    monkeypatch.setattr(coordination, "_last", [])
    return asked


def world(seed: int, *, members: Sequence[str] = MEMBERS, precision: str = "s") -> Dataset:
    """Two hundred accounts like forty posts at leisure; some meet on the first twelve of them within half a minute."""
    rng = np.random.default_rng(seed)
    rows = []
    for post in range(40):
        born = post * 20_000
        fans = np.flatnonzero(rng.uniform(size=200) < 0.4)
        ages = 60 * 10 ** rng.uniform(0, 2.5, len(fans))
        rows += [(f"u{fan:03}", f"p{post:02}", born + int(age)) for fan, age in zip(fans, ages, strict=True)]
        if post < 12:
            at = born + int(rng.integers(3_000, 12_000))
            rows += [(name, f"p{post:02}", at + int(rng.integers(0, 30))) for name in members]
            rows += [(name, f"p{post:02}", at + 5_000) for name in LOOSE]
    step = {"s": 1, "min": 60, "day": 86_400, "estimated": 1}[precision]
    actions = pl.DataFrame(rows, schema=["account_id", "object_id", "second"], orient="row").select(
        "account_id",
        "object_id",
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second") // step * step).cast(schema.TIME),
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        time_precision=pl.lit(precision),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    return Dataset(actions=schema.conform(actions, schema.ACTIONS))
