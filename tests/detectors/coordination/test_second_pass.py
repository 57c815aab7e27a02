"""A second look at those who are tied to a group that stands."""

from __future__ import annotations

import polars as pl
from coaction.liking import likes

from forensics.coaction.layers import index_acts
from forensics.coaction.multilayer import named, population, significant_pairs
from forensics.coaction.pair_tests import PreparedLayer, Weighed
from forensics.detectors.coordination.second_pass import with_adherents

GROUP = ("a000", "a001", "a002")
ACTS = index_acts(likes([(f"a{k:03}", f"p{post}") for k in range(200) for post in range(4)]), "like:post")
EVERYONE = population([ACTS], 4)
LAYERS = (PreparedLayer(ACTS, (60.0,), (), 1),)


def look_again(others: dict[tuple[str, str], float]) -> tuple[set[tuple[str, str]], dict[str, str]]:
    """Weigh the group's own pairs, which are certain, and others; return the edges and the members."""
    pairs = {(GROUP[0], GROUP[1]): 1e-12, (GROUP[0], GROUP[2]): 1e-12, (GROUP[1], GROUP[2]): 1e-12} | others
    tests = pl.DataFrame(
        [(int(left[1:]), int(right[1:]), p) for (left, right), p in sorted(pairs.items())],
        schema={"left": pl.UInt32, "right": pl.UInt32, "p_value": pl.Float64},
        orient="row",
    ).with_columns(layer=pl.lit(0, pl.Int64))
    edges = named(significant_pairs(tests, EVERYONE, [1], 0.05), EVERYONE, [ACTS])
    members = pl.DataFrame({"cluster": 0, "account_id": GROUP, "finding_id": "synchrony-1"})
    found, everybody = with_adherents(Weighed(edges, tests, (), 0.0, 0.0), LAYERS, EVERYONE, members, 0.05)
    assert found.columns == edges.columns
    return set(found.select("left", "right").iter_rows()), dict(
        everybody.select("account_id", "finding_id").iter_rows()
    )


def test_a_tie_that_is_lost_among_all_pairs_counts_among_those_of_a_group() -> None:
    # Of 19,900 pairs, three of which are certain, one at 5e-5 is not remarkable; of the group's 591 with others it is.
    assert EVERYONE.n_testable == 19_900
    edges, members = look_again({("a001", "a077"): 5e-5})
    assert ("a001", "a077") in edges
    assert members == dict.fromkeys((*GROUP, "a077"), "synchrony-1")


def test_a_weak_tie_adds_nobody() -> None:
    edges, members = look_again({("a001", "a077"): 5e-4})
    assert len(edges) == 3
    assert set(members) == set(GROUP)


def test_a_pair_without_a_member_is_not_looked_at_again() -> None:
    edges, members = look_again({("a050", "a077"): 5e-5})
    assert len(edges) == 3
    assert set(members) == set(GROUP)


def test_where_no_group_stands_nothing_changes() -> None:
    nothing = pl.DataFrame(schema={"left": pl.UInt32, "right": pl.UInt32, "p_value": pl.Float64, "layer": pl.Int64})
    edges = named(significant_pairs(nothing, EVERYONE, [1], 0.05), EVERYONE, [ACTS])
    members = pl.DataFrame(schema={"cluster": pl.UInt32, "account_id": pl.String, "finding_id": pl.String})
    found, nobody = with_adherents(Weighed(edges, nothing, (), 0.0, 0.0), LAYERS, EVERYONE, members, 0.05)
    assert found.height == nobody.height == 0
