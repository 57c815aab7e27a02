"""Lockstep: peeling finds what the definition says, batches are found, and busy people are left alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.kernels.greedy_peeling import peel
from forensics.coaction.layers import index_acts
from forensics.dataset import Dataset
from forensics.detectors.coordination.dense_blocks import lay_out, re_deal_sittings
from forensics.detectors.coordination.lockstep import DETECTOR, Params
from forensics.errors import PrecisionError, TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet

BATCH = [f"z{i:02}" for i in range(30)]
HOUR = 3_600


def world(seed: int, *, batch: bool = False, precision: str = "s") -> Dataset:
    """Six hundred people follow what is popular in sittings of one to eight; thirty more work down one list."""
    rng = np.random.default_rng(seed)
    popularity = rng.pareto(1.5, 300) + 0.2
    rows = []
    for account in range(600):
        for _ in range(int(rng.integers(1, 6))):
            start = int(rng.integers(0, 14 * 24)) * HOUR
            things = rng.choice(300, int(rng.integers(1, 9)), replace=False, p=popularity / popularity.sum())
            rows += [(f"u{account:03}", f"o{o:03}", start + int(rng.integers(0, 1_200))) for o in things]
    if batch:
        targets = rng.choice(300, 12, replace=False)
        for name in BATCH:
            rows += [(name, f"o{o:03}", 100 * HOUR + int(rng.integers(0, HOUR))) for o in targets if rng.random() < 0.8]
    frame = pl.DataFrame(rows, schema=["account_id", "object_id", "second"], orient="row").select(
        "account_id",
        "object_id",
        action=pl.lit("follow"),
        object_kind=pl.lit("account"),
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
        time_precision=pl.lit(precision),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    return Dataset(actions=schema.conform(frame, schema.ACTIONS))


def run(dataset: Dataset, **params: object) -> Detection:
    return DETECTOR.run(dataset, Params(**{"surrogates": 19, **params}), 1, quiet)


def graph(seed: int, n_left: int, n_right: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a random two-sided graph as the kernel takes it."""
    rng = np.random.default_rng(seed)
    left, right = np.nonzero(rng.random((n_left, n_right)) < 0.5)
    weight = rng.random(n_right)[right] + 0.1
    ends, others = np.concatenate([left, right + n_left]), np.concatenate([right + n_left, left])
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], np.arange(n_left + n_right + 1))
    return first.astype(np.int64), others[order].astype(np.int64), np.tile(weight, 2)[order]


def density(first: np.ndarray, others: np.ndarray, weights: np.ndarray, nodes: tuple[int, ...]) -> float:
    held = set(nodes)
    return sum(weights[k] for n in nodes for k in range(first[n], first[n + 1]) if others[k] in held) / 2 / len(nodes)


def greedy(first: np.ndarray, others: np.ndarray, weights: np.ndarray, n_left: int, least: int) -> float:
    """Return the best density by the definition, every load computed afresh."""
    left, best = list(range(len(first) - 1)), 0.0
    while left:
        if sum(n < n_left for n in left) >= least and sum(n >= n_left for n in left) >= least:
            best = max(best, density(first, others, weights, tuple(left)))
        held = set(left)
        load = {n: sum(weights[k] for k in range(first[n], first[n + 1]) if others[k] in held) for n in left}
        left.remove(min(left, key=lambda n: (round(load[n], 12), n)))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_peeling_is_greedy_and_at_least_half_as_dense_as_the_densest_block(seed: int) -> None:
    layout = graph(seed, 5, 6)
    inside, score = peel(*layout, 5, 0, 0)
    assert score == pytest.approx(greedy(*layout, 5, 0))
    assert score == pytest.approx(density(*layout, tuple(np.flatnonzero(inside))))
    subsets = (s for size in range(1, 12) for s in combinations(range(11), size))
    assert score >= max(density(*layout, s) for s in subsets) / 2


@pytest.mark.parametrize("seed", range(8))
def test_a_block_is_as_large_as_asked(seed: int) -> None:
    layout = graph(seed, 12, 9)
    inside, score = peel(*layout, 12, 4, 4)
    assert score == pytest.approx(greedy(*layout, 12, 4))
    assert inside[:12].sum() >= 4
    assert inside[12:].sum() >= 4
    assert peel(*layout, 12, 13, 1)[1] == 0.0


def test_a_batch_is_found_whole_and_alone() -> None:
    detection = run(world(1, batch=True))
    assert sorted(detection.tables["accounts"]["account_id"]) == BATCH
    (finding,) = detection.findings
    scores = {score.name: score.value for score in finding.scores}
    assert scores["objects"] == 12
    assert scores["batch_p"] == pytest.approx(0.05)
    assert scores["batch_acts"] == detection.tables["acts"].height
    assert 0.7 < scores["batch_share"] < 0.9
    assert finding.strength == "moderate"


@pytest.mark.parametrize("seed", range(5))
def test_people_who_follow_what_is_popular_make_no_batch(seed: int) -> None:
    detection = run(world(seed))
    assert not detection.findings
    assert "quiet_result" in detection.notes


def test_where_thin_blocks_are_allowed_chance_gives_them_as_well() -> None:
    """Ten worlds without a batch, asked so loosely that blocks exist: at a level of 0.1 about one may show any."""
    loose = {"batch_accounts": 3, "batch_objects": 3, "family_alpha": 0.1}
    detections = [run(world(seed), **loose) for seed in range(10)]
    assert max(float(each.tables["surrogates"]["largest_density"].max()) for each in detections) > 0
    assert sum(bool(each.findings) for each in detections) <= 3


def test_re_dealing_keeps_what_everybody_does_and_what_everything_gets() -> None:
    acts = index_acts(world(2).actions, "follow:account")
    layer = lay_out(acts, HOUR, 5, 5, 1)
    dealt = re_deal_sittings(layer, np.random.default_rng(3))
    assert np.array_equal(np.bincount(dealt), np.bincount(layer.acts.accounts))
    assert np.mean(dealt == layer.acts.accounts) < 0.1


def test_the_order_of_rows_changes_nothing() -> None:
    dataset = world(1, batch=True)
    shuffled = replace(dataset, actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=4))
    first, second = run(dataset), run(shuffled)
    assert first.findings == second.findings
    for name, table in first.tables.items():
        assert table.equals(second.tables[name]), name


def test_what_cannot_be_answered_is_refused_with_what_to_do() -> None:
    with pytest.raises(TooLittleDataError, match="batch_accounts"):
        run(Dataset(actions=world(1).actions.head(3)))
    with pytest.raises(PrecisionError, match="day"):
        run(world(1, precision="day"))


def test_a_batch_in_two_traces_of_the_same_posts_is_one_finding() -> None:
    data = world(1, batch=True)
    posts = data.actions.with_columns(
        action=pl.lit("post", schema.ACTION),
        object_kind=pl.lit("url", schema.OBJECT_KIND),
        post_id=pl.format("p{}", "source_row"),
    )
    tags = posts.with_columns(
        object_kind=pl.lit("hashtag", schema.OBJECT_KIND), object_id=pl.lit("tag-") + pl.col("object_id")
    )
    twice = run(Dataset(actions=pl.concat([posts, tags])))
    assert len(twice.findings) == 1
    assert set(twice.tables["accounts"]["account_id"]) >= set(BATCH)
