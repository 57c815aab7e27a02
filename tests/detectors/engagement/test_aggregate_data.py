"""Posts and money without single acts: what can be asked of them is answered, the rest is refused with its reason."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.accounts import follower_growth as growth
from forensics.detectors.coordination import coordination
from forensics.detectors.detector import Answer
from forensics.detectors.engagement import labour, reach_ceiling
from forensics.detectors.engagement import spending as money
from forensics.errors import TooLittleDataError
from forensics.progress import quiet

FIRST = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
N = 120


def pages() -> Dataset:
    """Two pages of two camps; one had likes bought for ten posts and a jump in followers; money is known by page."""
    rng = np.random.default_rng(1)
    rows = []
    for name, camp in (("1001", "red"), ("2001", "blue")):
        level = rng.lognormal(0, 0.5, N)
        bought = np.where((np.arange(N) % 12 == 5) & (camp == "red"), 3_000, 0)
        rows.append(
            pl.DataFrame(
                {
                    "post_id": [f"{name}-{i:03d}" for i in range(N)],
                    "account_id": name,
                    "camp": camp,
                    "published_at": [FIRST + dt.timedelta(hours=13 * i) for i in range(N)],
                    "followers": 20_000 + 20 * np.arange(N) + np.where((np.arange(N) > 60) & (camp == "red"), 4_000, 0),
                    "likes": rng.poisson(150 * level) + bought,
                    "comments": rng.poisson(20 * level),
                    "shares": rng.poisson(25 * level),
                }
            )
        )
    posts = pl.concat(rows).with_columns(
        pl.col("published_at").cast(schema.TIME), source_id=pl.lit("s1"), source_row=pl.int_range(1, pl.len() + 1)
    )
    paid = pl.DataFrame(
        {
            "payment_id": ["1", "2", "3"],
            "account_id": ["1001", "1001", "2001"],
            "amount_low": [0.0, 100.0, 1_000.0],
            "amount_high": [100.0, 499.0, 1_499.0],
            "currency": ["EUR"] * 3,
            "source_id": ["s2"] * 3,
            "source_row": [1, 2, 3],
        }
    )
    return Dataset(posts=schema.conform(posts, schema.POSTS), money=schema.conform(paid, schema.MONEY))


def test_reach_growth_money_and_labour_need_no_single_act() -> None:
    data = pages()
    found = reach_ceiling.DETECTOR.run(data, reach_ceiling.Params(), 0, quiet)
    assert [finding.subject for finding in found.findings] == ["1001"]
    assert [finding.subject for finding in growth.DETECTOR.run(data, growth.Params(), 0, quiet).findings] == ["1001"]
    priced = labour.labour(data, labour.Params(), 0, quiet, {"reach": Answer(reach_ceiling.Params(), found)})
    assert [finding.subject for finding in priced.findings] == ["1001"]
    spent = money.DETECTOR.run(data, money.Params(resamples=99), 0, quiet).tables["spending"]
    assert spent.select("camp", "amount_low", "amount_high").rows() == [
        ("blue", 1_000.0, 1_499.0),
        ("red", 100.0, 599.0),
    ]


def test_what_needs_single_acts_says_that_it_cannot_judge() -> None:
    with pytest.raises(TooLittleDataError, match="are needed to judge"):
        coordination.DETECTOR.run(pages(), coordination.Params(), 0, quiet)
