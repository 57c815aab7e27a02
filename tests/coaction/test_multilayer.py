"""One p-value a pair: who can be tested where, how tests are fused, and which layers an edge remembers."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.layers import index_acts
from forensics.coaction.multilayer import Population, population, significant_pairs
from forensics.statistics.p_value_combination import cauchy_combination

LIKES = {"a": 4, "b": 4, "c": 4, "d": 1}
LINKS = {"c": 4, "d": 4, "e": 4}


def everyone() -> Population:
    """Accounts a, b, c like four posts each, c, d, e link four pages each; d likes one post."""
    rows = [
        {"account_id": account, "object_id": f"{kind}{k}", "object_kind": kind, "action": action}
        for counts, kind, action in ((LIKES, "post", "like"), (LINKS, "url", "post"))
        for account, n in counts.items()
        for k in range(n)
    ]
    actions = schema.conform(
        pl.DataFrame(rows).with_columns(
            acted_at=pl.from_epoch(pl.lit(1_700_000_000)).cast(schema.TIME),
            time_precision=pl.lit("s"),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )
    return population([index_acts(actions, layer) for layer in ("like:post", "url")], 4)


def test_a_pair_is_testable_where_both_are_active_and_counts_once_over_the_layers() -> None:
    found = everyone()
    assert found.account_ids.to_list() == ["a", "b", "c", "d", "e"]
    assert found.n_in_layer == (3, 3)
    assert found.n_testable == 6
    left, right = np.triu_indices(5, 1)
    tests = found.n_tests(pl.Series(left), pl.Series(right), [3, 1])
    assert dict(zip(zip(left.tolist(), right.tolist(), strict=True), tests, strict=True)) == {
        **dict.fromkeys([(0, 1), (0, 2), (1, 2)], 3),
        **dict.fromkeys([(2, 3), (2, 4), (3, 4)], 1),
        **dict.fromkeys([(0, 3), (0, 4), (1, 3), (1, 4)], 0),
    }


def test_an_edge_has_one_p_value_and_remembers_the_layers_that_carry_it() -> None:
    both = Population(pl.Series(["a", "b"]), (np.arange(2, dtype=np.uint32),) * 2, np.ones((2, 2), bool), 1, (1, 1))
    rows = pl.DataFrame(
        {
            "left": [0, 0, 0],
            "right": [1, 1, 1],
            "layer": [0, 0, 1],
            "window_s": [60.0, 10.0, 60.0],
            "p_value": [1e-6, 1e-3, 0.4],
        }
    )
    edges = significant_pairs(rows, both, [2, 2], 0.05)
    assert edges.select("layer", "window_s").rows() == [(0, 60.0)]
    fused = cauchy_combination([1e-6, 1e-3, 0.4, 1.0])
    assert edges.select("layer_p_value", "p_value", "q_value").row(0) == pytest.approx((2e-6, fused, fused))
    also = significant_pairs(rows.with_columns(p_value=pl.Series([1e-6, 1e-3, 0.02])), both, [2, 2], 0.05)
    assert also["layer"].to_list() == [0, 1]
    assert also["p_value"].n_unique() == 1
    assert significant_pairs(rows[::-1], both, [2, 2], 0.05).equals(edges)


def test_pairs_are_corrected_for_all_that_could_have_been_tested() -> None:
    two = Population(pl.Series(["a", "b"]), (np.arange(2, dtype=np.uint32),), np.ones((1, 2), bool), 1000, (1000,))
    row = pl.DataFrame({"left": [0], "right": [1], "layer": [0], "p_value": [1e-4]})
    assert significant_pairs(row, two, [1], 0.2)["q_value"].to_list() == pytest.approx([0.1])
    assert significant_pairs(row, two, [1], 0.05).is_empty()


def test_the_testable_pairs_between_a_set_and_the_rest_are_counted() -> None:
    # c is testable with a and b by likes, with d and e by links.
    assert everyone().n_testable_between(np.array([False, False, True, False, False])) == 4
    assert everyone().n_testable_between(np.array([True, True, False, False, False])) == 2
