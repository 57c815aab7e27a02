"""How sure a group is: the core carries the confidence, and nothing is sure where the comparison misfits."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from detectors.coordination.test_synchrony import run, world

from forensics.detectors.coordination.confidence import MISFIT_LIMIT, capped, graded, windows_of, with_membership


def group(size: int, loose: int = 0, *, q: float = 0.001, misfit: float = 1.0) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return so many accounts, all tied to each other, and so many more that are tied to a single one of them."""
    core = [f"a{number:02}" for number in range(size)]
    edge = [f"z{number:02}" for number in range(loose)]
    ties = [*combinations(core, 2), *((core[0], account) for account in edge)]
    edges = pl.DataFrame(
        [("g-1", left, right, q, misfit) for left, right in ties],
        ["finding_id", "left", "right", "q_value_by", "misfit"],
        orient="row",
    )
    accounts = pl.DataFrame({"finding_id": "g-1", "account_id": [*core, *edge]})
    return with_membership(accounts, edges), edges


def test_two_loosely_tied_accounts_do_not_cost_the_others_their_confidence() -> None:
    accounts, edges = group(25, loose=2)
    assert accounts.filter(pl.col("membership") == "edge")["account_id"].to_list() == ["z00", "z01"]
    assert graded(accounts, edges) == graded(*group(25)) == "high"


@pytest.mark.parametrize(("size", "loose", "strength"), [(4, 0, "moderate"), (5, 0, "high"), (5, 6, "moderate")])
def test_a_small_core_or_one_that_is_less_than_half_is_not_enough(size: int, loose: int, strength: str) -> None:
    assert graded(*group(size, loose)) == strength


def test_a_chain_has_no_core() -> None:
    edges = pl.DataFrame({"finding_id": "g-1", "left": ["a", "b", "c"], "right": ["b", "c", "d"], "q_value_by": 0.01})
    accounts = with_membership(pl.DataFrame({"finding_id": "g-1", "account_id": list("abcd")}), edges)
    assert accounts["membership"].to_list() == ["edge"] * 4


def test_pairs_of_a_window_that_misfits_are_no_firm_ties() -> None:
    assert graded(*group(25, misfit=MISFIT_LIMIT)) == "high"
    assert graded(*group(25, misfit=MISFIT_LIMIT + 0.01)) == "low"
    assert graded(*group(25, q=0.06)) == "low"


def test_no_group_is_sure_where_the_comparison_misfits_everybody_else() -> None:
    assert [capped("high", misfit) for misfit in (None, 1.0, 1.5, 1.51)] == ["high", "high", "high", "low"]


def test_the_windows_of_a_group_come_with_their_misfit_the_commonest_first() -> None:
    edges = pl.DataFrame({"finding_id": ["g-1"] * 3 + [None], "layer": "url", "window_s": [10.0, 60.0, 60.0, 60.0]})
    layers = pl.DataFrame({"layer": "url", "window_s": [10.0, 60.0], "misfit": [1.0, 1.7]})
    assert windows_of(edges, layers).rows() == [("g-1", "url", 60.0, 2, 1.7), ("g-1", "url", 10.0, 1, 1.0)]


def test_the_misfit_is_that_of_everybody_but_the_group() -> None:
    detection = run(world(1, planted=True), windows_s=(60.0, 600.0))
    (finding,) = detection.findings
    misfit = next(score for score in finding.scores if score.name == "misfit")
    assert 0.7 < misfit.value < 1.3
    rows = detection.tables["windows"].filter(finding_id=finding.id)
    assert rows.row(0, named=True)["misfit"] == misfit.value
    assert rows["n_pairs"].sum() == detection.tables["edges"].drop_nulls("finding_id").height
    facts = detection.tables["layers"].filter(window_s=60.0).row(0, named=True)
    assert facts["observed"] / facts["expected"] > facts["misfit"]
