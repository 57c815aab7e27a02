"""The statistics of geography hold what they promise in simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from forensics.detectors.geography.region_statistics import (
    conformal_p,
    design_effect,
    dispersion,
    g_statistic,
    location_quotients,
    share_above,
    share_interval,
    share_tail,
    spread_between,
)
from forensics.detectors.geography.region_tests import region_distance


def test_without_groups_the_interval_is_clopper_and_pearsons() -> None:
    low, high = share_interval(7, 50)
    exact = stats.binomtest(7, 50).proportion_ci(method="exact")
    assert (low, high) == pytest.approx((exact.low, exact.high))
    assert share_interval(0, 20)[0] == 0
    assert share_interval(20, 20)[1] == 1
    assert share_tail(7, 50, 0.1) == pytest.approx(stats.binom.sf(6, 50, 0.1))


def test_people_who_come_in_groups_widen_the_interval_to_its_nominal_cover() -> None:
    rng = np.random.default_rng(1)
    inside = 0
    for _ in range(400):
        sizes = rng.geometric(1 / 10, 100)
        hits = rng.binomial(sizes, rng.beta(0.2 * 19, 0.8 * 19, 100))
        low, high = share_interval(hits.sum(), sizes.sum(), design_effect(hits, sizes), 100)
        inside += low <= 0.2 <= high
    assert 0.92 <= inside / 400 <= 0.98


def test_location_quotients_cover_the_truth_under_overdispersion() -> None:
    rng = np.random.default_rng(2)
    inside = n = 0
    for _ in range(30):
        shares = rng.dirichlet(np.full(16, 2.0))
        true = rng.gamma(3.0, 1 / 3.0, 16)
        counts = rng.negative_binomial(np.maximum(2_000 * shares * true, 1e-9), 0.5).astype(float)
        found = location_quotients(counts, shares, 2.0)
        true /= np.sum(shares * true)
        inside += int(((found.low <= true) & (true <= found.high)).sum())
        n += 16
    assert 0.92 <= inside / n <= 0.98


def test_a_small_region_is_drawn_to_one() -> None:
    counts, shares = np.array([500.0, 490.0, 2.0]), np.array([0.5, 0.4995, 0.0005])
    found = location_quotients(counts, shares)
    assert found.quotient[2] < 2 / 992 / 0.0005
    assert found.low[2] < 1 < found.high[2]


def test_audiences_that_differ_organically_break_the_plain_test_and_not_the_conformal_one() -> None:
    rng = np.random.default_rng(3)
    shares = rng.dirichlet(np.full(16, 3.0))
    plain = conformal = 0
    for _ in range(200):
        sizes = np.maximum(rng.lognormal(7, 0.8, 31).astype(int), 50)
        counts = np.array([rng.multinomial(n, rng.dirichlet(shares * 80)) for n in sizes])
        spread = spread_between(counts, shares)
        g = np.array([g_statistic(row, shares) for row in counts])
        plain += bool(stats.chi2.sf(g[0], 15) <= 0.05)
        scaled = g / (1 + (sizes - 1) * spread)
        conformal += conformal_p(float(scaled[0]), scaled[1:]) <= 0.05
    assert plain / 200 >= 0.9
    assert conformal / 200 <= 0.08


@pytest.mark.parametrize("n_pages", [5, 19, 38])
def test_an_audience_far_from_the_electorate_is_below_any_rank_that_few_pages_allow(n_pages: int) -> None:
    rng = np.random.default_rng(7)
    shares = rng.dirichlet(np.full(16, 3.0))
    pages = np.array([rng.multinomial(1_000, rng.dirichlet(shares * 80)) for _ in range(n_pages)])
    far = rng.multinomial(1_000, rng.dirichlet(shares * 80)).astype(np.float64)
    far[0] += 1_000
    found, _ = region_distance(far, pages, shares, is_electorate=True)
    assert (found["method"], found["n_references"]) == ("scaled_g", n_pages)
    assert found["p_electorate"] < 0.01


def test_the_spread_is_recovered_and_is_zero_for_chance_alone() -> None:
    rng = np.random.default_rng(4)
    shares = np.full(10, 0.1)
    alike = rng.multinomial(500, shares, size=200)
    unlike = np.array([rng.multinomial(500, rng.dirichlet(shares * 99)) for _ in range(200)])
    assert spread_between(alike, shares) < 0.001
    assert spread_between(unlike, shares) == pytest.approx(0.01, rel=0.2)


@pytest.mark.parametrize("n_references", [5, 18])
def test_one_more_audience_like_a_few_others_is_rarely_above_them_and_a_third_bought_always_is(
    n_references: int,
) -> None:
    rng = np.random.default_rng(5)
    alike = bought = 0
    for _ in range(400):
        shares = rng.beta(3, 57, n_references + 1)
        sizes = np.maximum(rng.lognormal(6, 0.6, n_references + 1).astype(int), 50)
        hits = rng.binomial(sizes, shares)
        more = rng.binomial(sizes[0], 1 / 3 + shares[0] * 2 / 3)
        alike += share_above(hits[0], sizes[0], 1.0, hits[1:], sizes[1:]) <= 0.05
        bought += share_above(more, sizes[0], 1.0, hits[1:], sizes[1:]) <= 0.05
    assert alike / 400 <= 0.08
    assert bought / 400 >= 0.95


def test_quotients_cover_the_truth_where_the_spread_is_that_of_other_audiences() -> None:
    rng = np.random.default_rng(6)
    inside = n = 0
    for _ in range(40):
        shares = rng.dirichlet(np.full(16, 2.0)) * 0.99 + 0.01 / 16
        true = rng.gamma(3.0, 1 / 3.0, 16)
        true /= np.sum(shares * true)
        pages = np.array([rng.multinomial(2_000, rng.dirichlet(shares * 500)) for _ in range(30)])
        counts = rng.multinomial(2_000, rng.dirichlet(shares * true * 500))
        found = location_quotients(counts, shares, dispersion(2_000, spread_between(pages, shares)))
        inside += int(((found.low <= true) & (true <= found.high)).sum())
        n += 16
    assert 0.92 <= inside / n <= 0.98
