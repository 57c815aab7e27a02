"""Re-dealing the data: nothing where there is nothing to hold against it, and no part of it twice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from forensics.checkpoint import kept_by
from forensics.coaction.cluster_tests import ClusterRule
from forensics.coaction.layers import index_acts, numbered_events
from forensics.coaction.pair_tests import prepare_layer
from forensics.detectors.coordination.surrogates import largest_by_chance, re_dealt
from forensics.loaders.shaping.acts import TRACES
from forensics.progress import quiet
from tests.detectors.coordination.occasion_worlds import dataset  # type: ignore[import-not-found]

RULE = ClusterRule(3, 0.05, 1)
TRIANGLE = pl.DataFrame({"left": ["a", "a", "b"], "right": ["b", "c", "c"], "p_value": [1e-4, 1e-3, 1e-2]})


def by_number(number: int) -> pl.DataFrame:
    return TRIANGLE if number % 2 else TRIANGLE.head(number // 2)


def test_the_largest_cluster_of_each_re_deal_is_measured_and_none_is_0() -> None:
    assert largest_by_chance(TRIANGLE, by_number, RULE, 4, quiet) == pytest.approx([0.0, 9.0, 0.0, 9.0])


def test_data_without_a_group_are_not_re_dealt() -> None:
    def never(number: int) -> pl.DataFrame:
        raise AssertionError(number)

    assert largest_by_chance(TRIANGLE.head(1), never, RULE, 4, quiet).shape == (0,)


def test_an_interrupted_run_goes_on_from_the_re_deals_that_it_kept() -> None:
    kept: dict[str, bytes] = {}
    done = []

    def keep(name: str, work: Callable[[], bytes]) -> bytes:
        return kept.setdefault(name, b"") or kept.__setitem__(name, work()) or kept[name]

    def counted(number: int) -> pl.DataFrame:
        done.append(number)
        return by_number(number)

    with kept_by(keep):
        first = largest_by_chance(TRIANGLE, counted, RULE, 3, quiet)
        again = largest_by_chance(TRIANGLE, counted, RULE, 5, quiet)
    assert np.array_equal(first, again[:3])
    assert sorted(done) == [0, 1, 2, 3, 4]


def test_the_traces_of_a_post_are_dealt_to_the_same_moment() -> None:
    n = 40
    tags = [["vote"] for _ in range(n)]
    links = [["https://example.org/hall"] for _ in range(n)]
    data = dataset(range(n), range(n), **{TRACES["hashtag"]: tags, TRACES["url"]: links})
    acts = numbered_events([index_acts(data.actions, layer) for layer in ("hashtag", "url")])
    layers = [prepare_layer(each, (10.0,), 600.0, 300) for each in acts]
    for number in range(3):
        one, other = (dict(zip(each.acts.events, each.acts.ticks, strict=True)) for each in re_dealt(layers, 1, number))
        assert one == other
        assert one != dict(zip(acts[0].events, acts[0].ticks, strict=True))
