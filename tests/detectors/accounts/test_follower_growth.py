"""Jumps in followers are marked on their day; steady and heavy-tailed growth are not."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.accounts.follower_growth import DETECTOR, Params, follower_series
from forensics.errors import TooLittleDataError
from forensics.progress import quiet

FIRST = dt.datetime(2022, 1, 1, 12, tzinfo=dt.UTC)


def captures(series: dict[str, np.ndarray]) -> Dataset:
    rows = [
        {"account_id": name, "captured_at": FIRST + dt.timedelta(days=i), "followers": int(value), "source_id": "s1"}
        for name, values in series.items()
        for i, value in enumerate(values)
    ]
    frame = pl.DataFrame(rows).with_columns(
        pl.col("captured_at").cast(schema.TIME), source_row=pl.int_range(1, len(rows) + 1)
    )
    return Dataset(accounts=schema.conform(frame, schema.ACCOUNTS))


def steady(seed: int, n_days: int = 60) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.round(10_000 * np.exp(np.cumsum(0.001 + 0.0006 * rng.standard_t(4, size=n_days))))


def test_a_bought_jump_is_marked_on_its_day() -> None:
    bought = steady(1)
    bought[30:] += 3_000
    result = DETECTOR.run(
        captures({"bought": bought, **{f"p{i}": steady(10 + i) for i in range(20)}}), Params(), 0, quiet
    )
    (finding,) = result.findings
    assert finding.subject == "bought"
    scores = {score.name: score.value for score in finding.scores}
    assert scores["jump_at"] == (FIRST + dt.timedelta(days=30)).timestamp() // 86_400 * 86_400
    assert scores["followers_gained"] == pytest.approx(3_000, abs=60)


def test_a_count_that_is_gone_the_next_day_is_no_growth() -> None:
    slip = np.full(20, 182.0)
    slip[[7, 12]] = 60_000
    kept = np.where(np.arange(20) >= 12, 60_000.0, 182.0)
    found = DETECTOR.run(captures({"slip": slip, "kept": kept}), Params(), 0, quiet).findings
    assert [finding.subject for finding in found] == ["kept"]


def test_a_count_that_comes_back_is_no_growth() -> None:
    """One post that shows another page's count is followed by the account's own count of before."""
    back = np.full(20, 3_045.0)
    back[7] = 95
    assert not DETECTOR.run(captures({"back": back}), Params(), 0, quiet).findings


def test_organic_growth_is_not_marked() -> None:
    result = DETECTOR.run(captures({f"p{i:03d}": steady(i) for i in range(100)}), Params(), 0, quiet)
    assert not result.findings


def test_followers_of_posts_count_too_and_the_last_of_a_day_stands() -> None:
    frame = pl.DataFrame(
        {
            "post_id": ["1", "2"],
            "account_id": ["a", "a"],
            "published_at": [FIRST, FIRST + dt.timedelta(hours=1)],
            "followers": [5, 7],
            "source_id": ["s1", "s1"],
            "source_row": [1, 2],
        }
    ).with_columns(pl.col("published_at").cast(schema.TIME))
    series = follower_series(Dataset(posts=schema.conform(frame, schema.POSTS)))
    assert series["followers"].to_list() == [7]


def test_too_few_days_are_refused() -> None:
    with pytest.raises(TooLittleDataError, match="10 days"):
        DETECTOR.run(captures({"a": steady(1, 5)}), Params(), 0, quiet)
