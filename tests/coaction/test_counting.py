"""The counting is exact: every pair and count equals a plain double loop's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.counting import CoActions, count_coactions, counted_pairs
from forensics.coaction.layers import index_acts

Rows = list[tuple[str, str, int, str]]


def actions_of(rows: Rows, kind: str = "url", precision: str = "s") -> pl.DataFrame:
    """Return actions from (account, object, second, post)."""
    return schema.conform(
        pl.DataFrame(rows, schema=["account_id", "object_id", "second", "post_id"], orient="row").select(
            "account_id",
            "object_id",
            "post_id",
            acted_at=pl.from_epoch("second").cast(schema.TIME),
            action=pl.lit("post"),
            object_kind=pl.lit(kind),
            time_precision=pl.lit(precision),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )


def random_rows(seed: int, n: int = 300) -> Rows:
    """Return acts of a few accounts on a few objects, with repeats and posts of several traces."""
    rng = np.random.default_rng(seed)
    accounts, objects, seconds = rng.integers(0, 12, n), rng.integers(0, 20, n), rng.integers(0, 400, n)
    posts = [f"{a}-{t // 3}" for a, t in zip(accounts, seconds, strict=True)]
    return [
        (f"a{a:02}", f"o{o:02}", 1_000_000 + int(t), p)
        for a, o, t, p in zip(accounts, objects, seconds, posts, strict=True)
    ]


def by_hand(rows: Rows, window: int) -> tuple[dict[tuple[str, str], set[str]], dict[tuple[str, str], int]]:
    """Return distinct objects and pairs of acts per pair of accounts, by a plain double loop."""
    objects: dict[tuple[str, str], set[str]] = defaultdict(set)
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    distinct = sorted(set(rows))
    for a1, o1, t1, _ in distinct:
        for a2, o2, t2, _ in distinct:
            if o1 == o2 and a1 < a2 and abs(t1 - t2) <= window:
                objects[a1, a2].add(o1)
                pairs[a1, a2] += 1
    return objects, pairs


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("window", [0, 1, 20, 1000])
@pytest.mark.parametrize("at_least", [1, 3])
def test_counts_equal_a_double_loop(seed: int, window: int, at_least: int) -> None:
    rows = random_rows(seed)
    acts = index_acts(actions_of(rows), "url")
    objects, pairs = by_hand(rows, window)
    ids = acts.account_ids.to_list()

    found = count_coactions(acts, window, at_least=at_least)
    assert {(ids[a], ids[b]): (int(g), int(p)) for a, b, g, p in _columns(found)} == {
        key: (len(value), pairs[key]) for key, value in objects.items() if len(value) >= at_least
    }


def _columns(found: CoActions) -> Iterator[tuple[int, int, int, int]]:
    return zip(found.left, found.right, found.objects, found.pairs, strict=True)


def test_the_number_of_pairs_is_known_beforehand() -> None:
    rows = random_rows(1)
    acts = index_acts(actions_of(rows), "url")
    distinct = sorted(set(rows))
    near = sum(
        o1 == o2 and abs(t1 - t2) <= 20 for i, (_, o1, t1, _) in enumerate(distinct) for _, o2, t2, _ in distinct[:i]
    )
    assert counted_pairs(acts, 20) == near


def test_counts_beyond_the_packed_fields_are_exact() -> None:
    n = 1100
    rows = [(account, "o", 1_000_000 + i, f"{account}{i}") for i in range(n) for account in ("a", "b")]
    rows += [("c", "p", 1, "c1"), ("b", "p", 1, "b-1")]
    acts = index_acts(actions_of(rows), "url")
    found = count_coactions(acts, 10_000)
    assert found.pairs.tolist() == [n * n, 1]
    assert found.objects.tolist() == [1, 1]


def test_threads_and_the_order_of_rows_change_nothing() -> None:
    rows = random_rows(3, 2000)
    reference = count_coactions(index_acts(actions_of(rows), "url"), 30, threads=1)
    shuffled = [rows[i] for i in np.random.default_rng(0).permutation(len(rows))]
    other = count_coactions(index_acts(actions_of(shuffled), "url"), 30, threads=3)
    for name in ("left", "right", "objects", "pairs"):
        assert getattr(reference, name).tolist() == getattr(other, name).tolist()


def test_null_objects_are_never_shared() -> None:
    rows = [("a", None, 1, "p"), ("b", None, 1, "q"), ("a", "o", 5, "r"), ("b", "o", 5, "s")]
    acts = index_acts(actions_of(rows), "url")
    assert acts.n_acts == 2


def test_no_acts_give_no_pairs() -> None:
    acts = index_acts(actions_of([("a", "o", 1, "p")]).clear(), "url")
    assert not len(count_coactions(acts, 60).left)
