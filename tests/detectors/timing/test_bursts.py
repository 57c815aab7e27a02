"""Bursts: windows counted exactly, p-values honest among like objects, and bought moments found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.layers import index_acts
from forensics.dataset import Dataset
from forensics.detectors.timing import bursts
from forensics.detectors.timing.bursts import DETECTOR, Params, largest_shares, p_values_among_like
from forensics.errors import PrecisionError, TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet
from forensics.statistics.multiple_testing import binomial_tail, false_discovery_rate

BOUGHT = [f"p{i:03}" for i in range(8)]


def world(seed: int, *, bought: bool = False, precision: str = "s") -> Dataset:
    """Three hundred posts liked over a day each; eight of them also by forty accounts within a minute."""
    rng = np.random.default_rng(seed)
    rows = []
    for post in range(300):
        born = int(rng.integers(0, 20 * 86_400))
        lags = rng.lognormal(8.5, 1.5, int(rng.integers(20, 80))).astype(int)
        rows += [(f"u{rng.integers(0, 10**9)}", f"p{post:03}", born + int(lag)) for lag in lags]
        if bought and f"p{post:03}" in BOUGHT:
            rows += [(f"w{k}", f"p{post:03}", born + 30_000 + int(rng.integers(0, 60))) for k in range(40)]
    frame = pl.DataFrame(rows, schema=["account_id", "object_id", "second"], orient="row").select(
        "account_id",
        "object_id",
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
        time_precision=pl.lit(precision),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    return Dataset(actions=schema.conform(frame, schema.ACTIONS))


def run(dataset: Dataset) -> Detection:
    return DETECTOR.run(dataset, Params(), 1, quiet)


def test_the_largest_share_is_that_of_trying_every_window() -> None:
    acts = index_acts(world(1).actions, "like:post")
    shares = largest_shares(acts, 600, 1)
    for row in shares.sample(20, seed=1).iter_rows(named=True):
        ticks = acts.ticks[acts.objects == row["object"]]
        counts = [int(((ticks >= t) & (ticks <= t + 600)).sum()) for t in ticks]
        assert (row["n"], row["n_most"]) == (len(ticks), max(counts))
        assert row["tick"] == ticks[int(np.argmax(counts))]


def test_p_values_among_like_objects_are_honest_and_sharp_beyond_ranks() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(30, 200, 4_000)
    most = rng.binomial(n, rng.beta(4, 12, n.size))
    tail, rank = p_values_among_like(n, most, 200)
    for level in (0.05, 0.01, 0.001):
        assert np.mean(tail <= level) <= 1.5 * level + 0.0005
    assert np.mean(rank <= 0.05) == pytest.approx(0.05, abs=0.015)
    tail, rank = p_values_among_like(np.append(n, 100), np.append(most, 98), 200)
    assert rank[-1] == pytest.approx(1 / 201)
    assert tail[-1] < 1e-5


def test_an_object_is_set_against_its_neighbours_in_popularity_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    n = rng.integers(30, 60, 90)
    most = rng.binomial(n, rng.beta(2, 6, n.size))
    whole = p_values_among_like(n, most, 40)
    monkeypatch.setattr(bursts, "_TOGETHER", 100)  # two objects at a time
    assert all((one == other).all() for one, other in zip(p_values_among_like(n, most, 40), whole, strict=True))
    order = np.lexsort((most, n))
    odds = np.log((most[order] + 0.5) / (n[order] - most[order] + 0.5))
    for place, start in ((0, 0), (45, 25), (89, 49)):
        like = np.delete(odds[start : start + 41], place - start)
        assert whole[1][order[place]] == (1 + (like >= odds[place]).sum()) / 41
        body = np.quantile(like, 0.75)
        by_tail = 0.25 * np.exp(-(odds[place] - body) * np.log(2) / np.median(like[like > body] - body))
        by_counting = binomial_tail(most[order[place]], n[order[place]], 1 / (1 + np.exp(-body)))
        expected = max(by_tail, by_counting) if odds[place] > body else whole[1][order[place]]
        assert whole[0][order[place]] == pytest.approx(expected)


def test_two_of_few_at_random_times_are_no_burst() -> None:
    rng = np.random.default_rng(3)
    named = 0
    for _ in range(200):
        n = rng.integers(20, 60, 38)
        times = [np.sort(rng.uniform(0, 7 * 86_400, int(size))) for size in n]
        most = np.array([np.max(np.searchsorted(t, t + 600, side="right") - np.arange(len(t))) for t in times])
        named += int((false_discovery_rate(p_values_among_like(n, most, 200)[0], 38) <= 0.05).any())
    assert named == 0


def test_bought_moments_are_found_as_one_finding() -> None:
    detection = run(world(1, bought=True))
    (finding,) = detection.findings
    found = detection.tables["bursts"].filter(pl.col("finding_id") == finding.id)
    assert sorted(found["object_id"]) == BOUGHT
    assert found["burst_window_s"].to_list() == [60.0] * len(BOUGHT)
    assert {"breaking_news", "live_event"} <= set(finding.alternatives)
    assert finding.strength == "low"


def test_a_text_that_is_known_by_its_fingerprint_says_what_it_says() -> None:
    bought = world(1, bought=True)
    texts = bought.actions.with_columns(
        action=pl.lit("post").cast(bought.actions.schema["action"]),
        object_kind=pl.lit("text").cast(bought.actions.schema["object_kind"]),
        text="Text of " + pl.col("object_id"),
    )
    table = run(replace(bought, actions=texts)).tables["bursts"]
    found = table.drop_nulls("finding_id")
    assert found["object_id"].sort().to_list() == BOUGHT
    assert found["text"].to_list() == [f"Text of {name}" for name in found["object_id"]]
    assert table.filter(pl.col("finding_id").is_null())["text"].null_count() == table.height - found.height


def test_posts_that_are_liked_as_posts_are_liked_do_not_stand_out() -> None:
    named = [run(world(seed)).tables["bursts"] for seed in range(8)]
    assert sum(table.drop_nulls("finding_id").height for table in named) <= 2


def test_the_order_of_rows_changes_nothing() -> None:
    dataset = world(2, bought=True)
    shuffled = replace(dataset, actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=4))
    first, second = run(dataset), run(shuffled)
    assert first.findings == second.findings
    assert first.tables["bursts"].equals(second.tables["bursts"])


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(TooLittleDataError, match="burst_acts"):
        run(Dataset(actions=world(1).actions.head(50)))
    with pytest.raises(PrecisionError, match="day"):
        run(world(1, precision="day"))
