"""The Cauchy combination: equal to its formula, safe at its ends, and honest under dependence."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy import stats

from forensics.statistics.p_value_combination import combine_p_values


def combined(*p_values: float) -> float:
    """Return the one p-value of an object with these."""
    tests = pl.DataFrame({"object": 0, "p_value": p_values}, schema_overrides={"p_value": float})
    return float(combine_p_values(tests, "object")["p_value"].item())


def test_the_combination_equals_the_published_formula() -> None:
    p = np.array([0.01, 0.2, 0.7, 0.04])
    statistic = float(np.mean(np.tan((0.5 - p) * np.pi)))
    assert combined(*p) == pytest.approx(0.5 - np.arctan(statistic) / np.pi, rel=1e-12)


@pytest.mark.parametrize("p", [1e-300, 1e-20, 9.99e-9, 1.01e-8, 1e-3, 0.5, 0.9])
def test_one_p_value_or_equal_ones_come_back_as_they_were(p: float) -> None:
    assert combined(p) == pytest.approx(p, rel=1e-7)
    assert combined(p, p, p) == pytest.approx(p, rel=1e-7)


def test_the_ends_are_safe() -> None:
    assert combined(0.0, 1.0) == 0.0
    assert combined(1e-12, 1.0) == pytest.approx(2e-12, rel=1e-6)
    assert combined(1.0, 1.0) == pytest.approx(0.99)


@pytest.mark.parametrize("p", [np.nan, 1.5, -0.1])
def test_no_number_outside_0_to_1_is_combined(p: float) -> None:
    with pytest.raises(ValueError, match="must each be"):
        combined(0.5, p)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6, 0.9, 0.99])
def test_chance_alone_passes_as_rarely_as_it_should_under_any_dependence(correlation: float) -> None:
    rng = np.random.default_rng(5)
    shared, own = rng.normal(size=(100_000, 1)), rng.normal(size=(100_000, 6))
    p = stats.norm.sf(np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own)
    coarse = np.minimum(np.ceil(p * 400) / 400, 1.0)  # as counts make them, with ones among them
    for each in (p, coarse):
        rows = pl.DataFrame({"object": np.repeat(np.arange(len(p)), 6), "p_value": each.ravel()})
        fused = combine_p_values(rows, "object")["p_value"].to_numpy()
        assert np.mean(fused <= 0.001) <= 0.0014
        assert np.mean(fused <= 0.01) <= 0.013
        assert np.mean(fused <= 0.05) <= 0.065  # the approximation is for the tail


def test_objects_come_in_order_whatever_the_order_of_rows() -> None:
    tests = pl.DataFrame({"object": ["b", "a", "a", "c"], "p_value": [1.0, 1e-6, 0.3, 0.0]})
    found = combine_p_values(tests, "object")
    assert found["object"].to_list() == ["a", "b", "c"]
    assert found["p_value"].to_list() == pytest.approx([combined(1e-6, 0.3), 0.99, 0.0])
    assert combine_p_values(tests[::-1], "object").equals(found)
    assert combined(0.01, 0.2) == pytest.approx(0.0192, abs=5e-5)  # as the docstring says
