"""Scores against hand-computed and published values."""

from __future__ import annotations

import polars as pl
import pytest

from forensics.evaluation.accuracy import score_accounts, score_groups


def groups(group: list[str], label: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    ids = [f"a{i}" for i in range(len(group))]
    return pl.DataFrame({"account_id": ids, "group": group}), pl.DataFrame({"account_id": ids, "label": label})


def test_precision_and_recall_by_hand() -> None:
    score = score_accounts(pl.Series(["a", "b", "c", "c"]), pl.Series(["b", "c", "d", "e"]))
    assert (score.n_found, score.n_true, score.n_hit, score.false_discoveries) == (3, 4, 2, 1)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(0.5)
    assert score.f1 == pytest.approx(4 / 7)


def test_nothing_found_has_no_precision() -> None:
    score = score_accounts(pl.Series([], dtype=pl.String), pl.Series(["a"]))
    assert score.precision is None
    assert score.recall == 0.0
    assert score.f1 == 0.0


def test_the_same_partition_under_other_names_agrees_wholly() -> None:
    score = score_groups(*groups(["x", "x", "y", "y", "z"], ["1", "1", "2", "2", "3"]))
    assert score is not None
    assert score.homogeneity == pytest.approx(1.0)
    assert score.adjusted_mutual_information == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("group", "label", "agreement", "homogeneity"),
    [
        ("111222", "112233", 0.2987924581708903, 0.420619835714305),
        ("1212", "aabb", -0.5, 0.0),
        ("11112222333", "11122222331", 0.4988282061129049, 0.6351276551908299),
    ],
)
def test_groups_score_as_in_scikit_learn(group: str, label: str, agreement: float, homogeneity: float) -> None:
    """The values are those of scikit-learn 1.9.1."""
    score = score_groups(*groups(list(group), list(label)))
    assert score is not None
    assert score.adjusted_mutual_information == pytest.approx(agreement)
    assert score.homogeneity == pytest.approx(homogeneity)


def test_accounts_without_both_are_left_out() -> None:
    assert (
        score_groups(
            pl.DataFrame({"account_id": ["a"], "group": ["x"]}), pl.DataFrame({"account_id": ["b"], "label": ["y"]})
        )
        is None
    )
