"""The worked examples that docstrings give hold."""

from __future__ import annotations

import numpy as np
import pytest

from forensics.detectors.geography import region_statistics as regions
from forensics.detectors.rhythm import inter_event_times as gaps
from forensics.statistics import multiple_testing as tests


def test_of_p_values() -> None:
    p_values = np.array([0.01, 0.04, 0.3])
    assert tests.poisson_tail(np.array([3]), np.array([1.0])) == pytest.approx([0.080], abs=5e-4)
    assert tests.binomial_tail(np.array([8]), 10, 0.5) == pytest.approx([0.055], abs=5e-4)
    assert tests.false_discovery_rate(p_values, 3) == pytest.approx([0.03, 0.06, 0.3])
    assert tests.false_discovery_rate(p_values, 10) == pytest.approx([0.1, 0.2, 1.0])
    assert tests.surrogate_p_values(np.array([3.0]), np.arange(1.0, 5.0)) == pytest.approx([3 / 5])
    assert regions.conformal_p(9.0, np.array([1.0, 2.0, 4.0, 9.0])) == pytest.approx(2 / 5)


def test_of_groups_of_people() -> None:
    fives = np.full(4, 5)
    assert regions.design_effect(np.array([5, 0, 1, 0]), fives) == pytest.approx(5.4, abs=0.05)
    assert regions.design_effect(np.array([2, 2, 1, 1]), fives) == 1.0
    assert regions.effective_groups(np.array([8, 1, 1])) == pytest.approx(1.5, abs=0.05)
    assert regions.share_interval(3, 10) == pytest.approx((0.07, 0.65), abs=5e-3)
    assert regions.share_interval(3, 10, 2.0) == pytest.approx((0.02, 0.79), abs=5e-3)


def test_of_regions() -> None:
    halves = np.array([0.5, 0.5])
    assert regions.g_statistic(np.array([6, 4]), halves) == pytest.approx(0.40, abs=5e-3)
    assert regions.spread_between(np.array([[30, 10], [10, 30], [20, 20]]), halves) == pytest.approx(0.145, abs=5e-4)
    found = regions.location_quotients(np.array([30, 10, 10]), np.full(3, 1 / 3))
    assert found.quotient == pytest.approx([1.71, 0.64, 0.64], abs=5e-3)
    assert (found.low[0], found.high[0]) == pytest.approx((1.16, 2.39), abs=5e-3)


def test_of_gaps() -> None:
    assert gaps.finite_burstiness(np.ones(4)) == pytest.approx(-1.0)
    assert gaps.finite_burstiness(np.array([0.0, 0.0, 0.0, 4.0])) == pytest.approx(1.0)
    assert gaps.local_variation(np.array([1.0, 3.0])) == pytest.approx(0.75)
    assert gaps.gap_entropy(np.array([1.0, 4.0, 16.0, 64.0])) == pytest.approx(2.0)
