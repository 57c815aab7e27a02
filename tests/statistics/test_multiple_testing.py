"""Tails and corrections against their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from forensics.statistics.multiple_testing import false_discovery_rate, poisson_tail


def test_poisson_tail_equals_its_sum() -> None:
    counts = np.array([0, 1, 2, 5, 9])
    means = np.array([0.3, 0.3, 1.7, 4.0, 2.0])
    by_sum = [
        1.0 - sum(math.exp(-m) * m**k / math.factorial(k) for k in range(c)) for c, m in zip(counts, means, strict=True)
    ]
    assert poisson_tail(counts, means) == pytest.approx(by_sum, rel=1e-9)


def test_q_values_count_the_tests_that_were_not_carried_out() -> None:
    rng = np.random.default_rng(5)
    p_values = rng.uniform(size=40) ** 3
    whole = np.concatenate([p_values, np.ones(160)])
    expected = stats.false_discovery_control(whole, method="bh")[:40]
    assert false_discovery_rate(p_values, 200) == pytest.approx(expected)


def test_no_tests_have_no_q_values() -> None:
    assert not len(false_discovery_rate(np.empty(0), 10))
