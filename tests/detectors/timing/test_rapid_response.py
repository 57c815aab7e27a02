"""Rapid response: tails equal the library's, quick accounts are found, and people who differ are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy import stats

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.timing.rapid_response import DETECTOR, Params, rapid_tail, spread
from forensics.errors import TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet
from forensics.statistics.multiple_testing import false_discovery_rate

QUICK = [f"q{i}" for i in range(6)]


def world(seed: int, *, quick: bool = False, unequal: bool = False) -> Dataset:
    """Three hundred people like posts of forty pages hours later; six answer two pages' posts within seconds."""
    rng = np.random.default_rng(seed)
    n_posts = 800
    born = np.sort(rng.integers(0, 20 * 86_400, n_posts))
    page = np.arange(n_posts) % 40
    rows = []
    for account in range(300):
        eager = rng.beta(0.3, 9.0) if unequal else 0.03
        for post in rng.choice(n_posts, 40, replace=False):
            lag = rng.integers(5, 40) if rng.random() < eager else 60 + int(rng.lognormal(8.5, 1.2))
            rows.append((f"u{account:03}", f"p{post:04}", int(born[post] + lag), "like"))
    if quick:
        for number, name in enumerate(QUICK):
            own = np.flatnonzero(page == (7 if number < 4 else 8))
            rows += [(name, f"p{p:04}", int(born[p] + rng.integers(1, 10)), "like") for p in rng.choice(own, 15, False)]
    rows += [(f"page{page[p]:02}", f"p{p:04}", int(born[p]), "post") for p in range(n_posts)]
    frame = pl.DataFrame(rows, schema=["account_id", "object_id", "second", "action"], orient="row").select(
        "account_id",
        "object_id",
        "action",
        object_kind=pl.lit("post"),
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
        time_precision=pl.lit("s"),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    return Dataset(actions=schema.conform(frame, schema.ACTIONS))


def run(dataset: Dataset) -> Detection:
    return DETECTOR.run(dataset, Params(), 1, quiet)


def test_the_tails_are_the_binomial_and_the_beta_binomial_ones() -> None:
    k, n, rate = np.array([0.0, 1.0, 4.0]), np.array([10.0, 10.0, 30.0]), np.array([0.02, 0.02, 0.05])
    exact = [1 - sum(stats.binom.pmf(i, m, r) for i in range(int(c))) for c, m, r in zip(k, n, rate, strict=True)]
    assert rapid_tail(k, n, rate, 0.0) == pytest.approx(exact)
    assert rapid_tail(k, n, rate, 1e-7) == pytest.approx(exact, rel=1e-3)
    assert rapid_tail(k, n, rate, 0.2)[2] > 2 * exact[2]


def test_the_spread_of_accounts_is_measured() -> None:
    rng = np.random.default_rng(2)
    n = rng.integers(50, 150, 4_000).astype(np.float64)
    same = rng.binomial(n.astype(int), 0.05).astype(np.float64)
    unlike = rng.binomial(n.astype(int), rng.beta(0.05 * 49, 0.95 * 49, n.size)).astype(np.float64)
    assert spread(same, n, 0.05) < 0.002
    assert spread(unlike, n, 0.05) == pytest.approx(0.02, abs=0.007)


def test_quick_accounts_are_found_with_whom_they_share_a_publisher() -> None:
    detection = run(world(1, quick=True))
    table = detection.tables["rapid"].filter(pl.col("q_value") <= 0.05)
    assert sorted(table["account_id"]) == QUICK
    (group,) = detection.findings
    assert sorted(table.filter(pl.col("finding_id") == group.id)["account_id"]) == QUICK[:4]
    assert {score.name: score.value for score in group.scores}["rapid_acts"] == 60
    assert detection.tables["rapid_acts"]["publisher"].unique().to_list() == ["page07"]


def test_an_account_that_is_quick_by_itself_is_listed_and_not_reported() -> None:
    detection = run(world(1, quick=True))
    table = detection.tables["rapid"].filter(pl.col("account_id").is_in(QUICK[4:]))
    assert table["q_value"].max() <= 0.05  # type: ignore[operator]
    assert table["finding_id"].null_count() == 2


def test_people_who_are_now_and_then_quick_are_not_named() -> None:
    assert not any(run(world(seed)).findings for seed in range(6))


def test_where_people_differ_much_the_binomial_would_name_many_and_the_spread_spares_them() -> None:
    detections = [run(world(seed, unequal=True)) for seed in range(6)]
    tables = [detection.tables["rapid"] for detection in detections]
    by_binomial = 0
    for table in tables:
        n, k, expected = (table[name].to_numpy().astype(np.float64) for name in ("n_acts", "n_rapid", "n_expected"))
        by_binomial += int((false_discovery_rate(rapid_tail(k, n, expected / n, 0.0), len(n)) <= 0.05).sum())
    named = sum(table.filter(pl.col("q_value") <= 0.05).height for table in tables)
    assert by_binomial >= 30
    assert named <= by_binomial / 3
    assert named <= 0.01 * 6 * 300


def test_the_order_of_rows_changes_nothing() -> None:
    dataset = world(2, quick=True)
    shuffled = replace(dataset, actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=4))
    first, second = run(dataset), run(shuffled)
    assert first.findings == second.findings
    for name, table in first.tables.items():
        assert table.equals(second.tables[name]), name


def test_data_without_publications_are_refused() -> None:
    dataset = world(1)
    with pytest.raises(TooLittleDataError, match="publication"):
        run(replace(dataset, actions=dataset.actions.filter(pl.col("action") == "like")))
