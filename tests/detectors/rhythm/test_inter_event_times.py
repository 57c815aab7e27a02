"""Burstiness and its kin take their published limiting values."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import gamma

from forensics.detectors.rhythm.inter_event_times import (
    finite_burstiness,
    gap_entropy,
    local_variation,
    memory,
    modal_gap_share,
)


def burstiness(gaps: NDArray[np.float64]) -> float:
    """Return Goh & Barabási's B = (σ − μ) / (σ + μ), which few gaps bias: the measure that the tool corrects."""
    return float((np.std(gaps) - np.mean(gaps)) / (np.std(gaps) + np.mean(gaps)))


@pytest.mark.parametrize("n", [2, 5, 100, 10_000])
def test_a_clock_has_burstiness_minus_one_whatever_its_length(n: int) -> None:
    gaps = np.full(n, 7.0)
    assert burstiness(gaps) == pytest.approx(-1.0)
    assert finite_burstiness(gaps) == pytest.approx(-1.0)


@pytest.mark.parametrize("n", [3, 10, 100])
def test_one_long_gap_among_none_is_the_burstiest_there_is(n: int) -> None:
    """σ/μ = √(n−1), so that B = (√(n−1) − 1)/(√(n−1) + 1), short of 1, and the corrected form is 1 (Kim & Jo 2016)."""
    gaps = np.zeros(n)
    gaps[0] = 1.0
    ratio = np.sqrt(n - 1)
    assert burstiness(gaps) == pytest.approx((ratio - 1) / (ratio + 1))
    assert finite_burstiness(gaps) == pytest.approx(1.0)


def test_the_finite_ceiling_of_burstiness_is_the_published_one() -> None:
    """Kim & Jo 2016: 100 gaps cannot be burstier than (√99 − 1)/(√99 + 1) = 0.817, in the limit 1 − 2/√n = 0.80."""
    gaps = np.zeros(100)
    gaps[0] = 1.0
    assert burstiness(gaps) == pytest.approx(0.817, abs=0.0005)
    assert 1 - 2 / np.sqrt(gaps.size) == pytest.approx(0.80)


@pytest.mark.parametrize("n", [5, 20, 300])
def test_the_corrected_form_is_equation_22_of_its_paper(n: int) -> None:
    """A = (√(n+1) r − √(n−1)) / ((√(n+1) − 2) r + √(n−1)), of the same gaps, kept apart from the code under test."""
    gaps = np.random.default_rng(n).lognormal(0, 1.5, size=n)
    r = np.sqrt(np.mean(gaps**2) - np.mean(gaps) ** 2) / np.mean(gaps)
    up, down = np.sqrt(n + 1), np.sqrt(n - 1)
    assert finite_burstiness(gaps) == pytest.approx((up * r - down) / ((up - 2) * r + down))


@pytest.mark.parametrize("shape", [0.5, 1.0, 3.0])
def test_burstiness_of_stretched_exponential_gaps_is_the_distributions_own(shape: float) -> None:
    """Weibull gaps have a closed form: 0 at shape 1, which is chance, towards 1 below it and towards −1 above it."""
    gaps = np.random.default_rng(4).weibull(shape, size=400_000)
    ratio = np.sqrt(gamma(1 + 2 / shape) / gamma(1 + 1 / shape) ** 2 - 1)
    assert burstiness(gaps) == pytest.approx((ratio - 1) / (ratio + 1), abs=0.01)
    assert np.sign(round(burstiness(gaps), 2)) == np.sign(1 - shape)


def test_long_chance_has_burstiness_zero() -> None:
    gaps = np.random.default_rng(1).exponential(size=400_000)
    assert burstiness(gaps) == pytest.approx(0.0, abs=0.01)
    assert local_variation(gaps) == pytest.approx(1.0, abs=0.02)
    assert memory(gaps) == pytest.approx(0.0, abs=0.01)


def test_short_chance_is_biased_unless_corrected() -> None:
    """n uniform spacings have (σ/μ)² = (n−1)/(n+1) on average: a ratio of exactly that value is corrected to 0."""
    n = 8
    target = np.sqrt((n - 1) / (n + 1))
    gaps = np.where(np.arange(n) % 2 == 0, 1 + target, 1 - target)
    assert np.std(gaps) / np.mean(gaps) == pytest.approx(target)
    assert finite_burstiness(gaps) == pytest.approx(0.0, abs=1e-12)
    assert burstiness(gaps) < -0.05


def test_the_correction_vanishes_with_length() -> None:
    gaps = np.random.default_rng(2).pareto(2.5, size=300_000)
    assert finite_burstiness(gaps) == pytest.approx(burstiness(gaps), abs=0.01)


def test_memory_is_plus_one_for_a_slow_trend_and_minus_one_for_alternation() -> None:
    assert memory(np.arange(1.0, 100.0)) == pytest.approx(1.0)
    assert memory(np.array([1.0, 3.0] * 50)) == pytest.approx(-1.0)
    assert memory(np.full(50, 0.1)) == 0.0


def test_local_variation_of_a_clock_is_zero_and_of_alternation_is_by_hand() -> None:
    assert local_variation(np.full(9, 3.0)) == 0.0
    assert local_variation(np.array([1.0, 3.0, 1.0])) == pytest.approx(3 * 0.25)


def test_entropy_counts_the_kinds_of_gaps() -> None:
    assert gap_entropy(np.full(20, 5.0)) == 0.0
    assert gap_entropy(np.array([1.0, 4.0, 16.0, 64.0])) == pytest.approx(2.0)


def test_the_modal_gap_is_found_within_its_tolerance() -> None:
    assert modal_gap_share(np.array([10.0, 10.2, 10.4, 30.0])) == 0.75
    assert modal_gap_share(np.empty(0)) == 0.0
