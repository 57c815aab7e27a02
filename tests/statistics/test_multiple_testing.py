"""Tails and corrections against their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from forensics.statistics.multiple_testing import are_discoveries, binomial_tail, false_discovery_rate, poisson_tail


def test_poisson_tail_equals_its_sum() -> None:
    counts = np.array([0, 1, 2, 5, 9])
    means = np.array([0.3, 0.3, 1.7, 4.0, 2.0])
    by_sum = [
        1.0 - sum(math.exp(-m) * m**k / math.factorial(k) for k in range(c)) for c, m in zip(counts, means, strict=True)
    ]
    assert poisson_tail(counts, means) == pytest.approx(by_sum, rel=1e-9)


def test_the_binomial_tail_is_that_of_scipy_to_the_last_bit() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(1, 3000, 5000)
    counts, chance = rng.integers(0, n + 1), rng.uniform(size=5000) ** rng.integers(0, 8, 5000)
    assert (binomial_tail(counts, n, chance) == stats.binom.sf(counts - 1, n, chance)).all()


def test_q_values_count_the_tests_that_were_not_carried_out() -> None:
    rng = np.random.default_rng(5)
    p_values = rng.uniform(size=40) ** 3
    whole = np.concatenate([p_values, np.ones(160)])
    expected = stats.false_discovery_control(whole, method="bh")[:40]
    assert false_discovery_rate(p_values, 200) == pytest.approx(expected)


def test_no_tests_have_no_q_values() -> None:
    assert not len(false_discovery_rate(np.empty(0), 10))


@pytest.mark.parametrize("seed", range(20))
def test_discoveries_are_those_of_the_q_values_to_the_last_bit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 300))
    # Ranks among a hundred give many that lie on the bound itself.
    p_values = np.minimum(rng.integers(1, rng.integers(2, 103), n) / 101.0, 1.0)
    for share in (0.05, p_values[0], stats.false_discovery_control(p_values)[n // 2]):
        expected = stats.false_discovery_control(p_values) <= share
        assert are_discoveries(p_values, share).tolist() == expected.tolist()
