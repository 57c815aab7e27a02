"""The null model against enumeration, and its p-values under itself."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.counting import CoActions
from forensics.coaction.jitter_null import Jitter, age_bins, jitter, weigh
from forensics.coaction.kernels.jitter_trials import chance_within, poisson_binomial_tail
from forensics.coaction.layers import index_acts
from forensics.coaction.schedules import schedules


@pytest.mark.parametrize(
    ("start_1", "length_1", "start_2", "length_2", "window"),
    [
        (0, 5, 0, 5, 0),
        (0, 5, 0, 5, 2),
        (0, 7, 3, 4, 2),
        (0, 7, 7, 9, 3),
        (10, 4, 0, 6, 5),
        (0, 3, 20, 3, 4),
        (0, 1, 0, 1, 0),
    ],
)
def test_the_chance_of_a_hit_equals_enumeration(
    start_1: int, length_1: int, start_2: int, length_2: int, window: int
) -> None:
    ticks = itertools.product(range(start_1, start_1 + length_1), range(start_2, start_2 + length_2))
    near = sum(abs(x - y) <= window for x, y in ticks)
    assert chance_within(start_1, length_1, start_2, length_2, window) == pytest.approx(near / (length_1 * length_2))


@pytest.mark.parametrize("k", range(7))
def test_the_tail_equals_enumeration(k: int) -> None:
    chances = np.array([0.1, 0.5, 0.03, 0.7, 0.25, 0.4])
    by_hand = sum(
        np.prod([p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True)])
        for outcome in itertools.product([0, 1], repeat=6)
        if sum(outcome) >= k
    )
    assert poisson_binomial_tail(chances, 6, k, np.empty(9)) == pytest.approx(by_hand, rel=1e-12)


def test_the_tail_keeps_its_precision_far_out() -> None:
    assert poisson_binomial_tail(np.full(40, 0.01), 40, 40, np.empty(42)) == pytest.approx(1e-80, rel=1e-9)


def test_bins_widen_with_age_and_stop_at_an_hour() -> None:
    edges = age_bins(100_000, 1.0)
    assert edges[:5].tolist() == [0, 60, 120, 180, 270]
    widths = np.diff(edges)
    assert (np.diff(widths) >= 0).all()
    assert widths.max() == 3600


def test_bins_of_coarse_times_are_whole_ticks() -> None:
    edges = age_bins(10_000, 60.0)
    assert edges[:4].tolist() == [0, 1, 2, 3]
    assert np.diff(edges).max() == 60


def actions_of(rows: list[tuple[str, str, int]], precision: str = "s") -> pl.DataFrame:
    """Return actions from (account, object, second), each act its own post."""
    step = 60 if precision == "min" else 1
    return schema.conform(
        pl.DataFrame(rows, schema=["account_id", "object_id", "second"], orient="row").select(
            "account_id",
            "object_id",
            post_id=pl.col("account_id") + pl.col("object_id"),
            acted_at=pl.from_epoch(pl.col("second") // step * step).cast(schema.TIME),
            action=pl.lit("post"),
            object_kind=pl.lit("url"),
            time_precision=pl.lit(precision),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )


def world(seed: int, n_objects: int, precision: str = "s") -> pl.DataFrame:
    """Two accounts act on the same objects, each at random within hours; a third has published them long before."""
    rng = np.random.default_rng(seed)
    base = np.arange(n_objects) * 1_000_000
    times = {"z": base, **{name: base + 40_000 + rng.integers(0, 30_000, n_objects) for name in "ab"}}
    return actions_of([(name, f"o{o}", int(t)) for name in times for o, t in enumerate(times[name])], precision)


def null_of(actions: pl.DataFrame, window: int, crowd_from: int = 300) -> Jitter:
    acts = index_acts(actions, "url")
    return jitter(acts, schedules(acts), window, crowd_from)


AB = CoActions(*(np.array([value], np.uint32) for value in (0, 1, 0, 0)))


@pytest.mark.parametrize(("precision", "window"), [("s", 600), ("min", 10)])
def test_p_values_under_the_null_are_conservative(precision: str, window: int) -> None:
    p_values = [weigh(null_of(world(seed, 60, precision), window), AB, 1).p_value[0] for seed in range(400)]
    for level in (0.01, 0.05, 0.2):
        share = np.mean(np.asarray(p_values) <= level)
        assert share <= level + 3 * np.sqrt(level * (1 - level) / 400)


def test_hits_of_one_session_count_once() -> None:
    rows = [("z", f"o{o}", 0) for o in range(6)]
    rows += [(name, f"o{o}", 50_000 + o) for o in range(6) for name in "ab"]
    null = null_of(actions_of(rows), 60)
    alone, together = weigh(null, AB, 1), weigh(null, AB, 600)
    assert alone.hits[0] == together.hits[0] == 6
    assert alone.occasions[0] == 6
    assert together.occasions[0] == 1
    assert together.p_value[0] > 0.05 > alone.p_value[0]


def test_a_crowded_hour_is_judged_against_its_own_crowd() -> None:
    rng = np.random.default_rng(1)
    # Live moments: everyone who acts on an object in that hour does so within the same two minutes.
    moments = [o * 1_000_000 + 50_000 for o in range(8)]
    rows = [("z", f"o{o}", t - 50_000) for o, t in enumerate(moments)]
    rows += [(f"c{i}", f"o{o}", t + int(rng.integers(0, 120))) for o, t in enumerate(moments) for i in range(400)]
    rows += [(name, f"o{o}", t + 60) for o, t in enumerate(moments) for name in "ab"]
    crowded, ignored = (weigh(null_of(actions_of(rows), 60, crowd), AB, 600) for crowd in (300, 10_000))
    assert ignored.p_value[0] < 1e-6
    assert crowded.p_value[0] > 0.05


def test_strangers_who_post_on_the_quarter_are_not_accused() -> None:
    rng = np.random.default_rng(2)
    born = np.arange(40) * 1_000_000 // 900 * 900
    rows = [("z", f"o{o}", int(t)) for o, t in enumerate(born)]
    for name in "ab":
        quarters = born + 36_000 + 900 * rng.integers(0, 4, 40)
        rows += [(name, f"o{o}", int(t + rng.integers(0, 5))) for o, t in enumerate(quarters)]
    null = null_of(actions_of(rows), 60)
    assert null.clocks.row[:2].tolist() == [0, 1]
    by_clock = weigh(null, AB, 600)
    assert by_clock.hits[0] > 4
    assert by_clock.p_value[0] > 0.05


def test_people_at_leisure_keep_no_schedule() -> None:
    acts = index_acts(world(5, 200), "url")
    assert schedules(acts).row[:2].tolist() == [-1, -1]
