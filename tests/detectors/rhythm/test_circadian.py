"""Arcs of the day are found wherever they begin, and their intervals follow the data."""

from __future__ import annotations

import numpy as np
import pytest

from forensics.detectors.rhythm.circadian import (
    busiest_arc,
    day_bins,
    edge_density,
    midday_dip,
    quiet_arc,
    quiet_arc_interval,
    weekly_low,
)


def office(first_hour: float, n_days: int = 20) -> np.ndarray:
    """Return acts every ten minutes for eight hours a day but one amid them."""
    day = np.arange(0, 480, 10)
    day = day[(day < 210) | (day >= 270)]
    return (np.arange(n_days)[:, None] * 1440 + round(first_hour * 60) + day[None, :]).ravel()


@pytest.mark.parametrize("first_hour", [0, 3, 9, 14, 19.5, 23])
def test_a_working_day_is_the_same_in_every_time_zone(first_hour: float) -> None:
    counts = day_bins(office(first_hour))
    share, begins = busiest_arc(counts, 8.0)
    assert (share, begins) == (1.0, first_hour)
    length, from_hour = quiet_arc(counts, 0.0)
    assert length == pytest.approx(16.0)
    assert from_hour == pytest.approx((first_hour + 8) % 24)
    assert midday_dip(counts, 8.0) == pytest.approx(1.0)
    assert edge_density(counts, length, from_hour) == pytest.approx(8 / 7)


def test_one_sleepless_night_does_not_end_the_sleep_gap() -> None:
    minutes = np.append(office(9.0, 40), 3 * 60 + 5)
    assert quiet_arc(day_bins(minutes), 0.0)[0] < 11
    assert quiet_arc(day_bins(minutes), 0.02)[0] >= 16


def test_an_even_day_has_no_sleep_gap() -> None:
    counts = np.ones(144)
    assert quiet_arc(counts, 0.0) == (0.0, 0.0)
    assert busiest_arc(counts, 9.0)[0] == pytest.approx(9 / 24)
    assert midday_dip(counts, 9.0) == pytest.approx(0.0)


def test_everything_in_one_ten_minutes_leaves_the_rest_quiet() -> None:
    counts = np.zeros(144)
    counts[40] = 50
    assert quiet_arc(counts, 0.0)[0] == pytest.approx(24 - 1 / 6)
    assert edge_density(counts, *quiet_arc(counts, 0.0)) == 1.0


def test_the_interval_holds_the_gap_and_narrows_with_days() -> None:
    rng = np.random.default_rng(3)

    def acts(n_days: int) -> np.ndarray:
        return np.sort(
            (np.arange(n_days)[:, None] * 1440 + rng.uniform(420, 1380, size=(n_days, 6))).astype(np.int64).ravel()
        )

    few = quiet_arc_interval(acts(8), 0.02, 199, np.random.default_rng(1))
    many = quiet_arc_interval(acts(150), 0.02, 199, np.random.default_rng(1))
    assert many[1] - many[0] < few[1] - few[0]
    assert many[0] <= 8.5 <= many[1] + 0.6


def test_days_off_show_in_the_week() -> None:
    days = np.array([d for d in range(70) if d % 7 < 5])
    assert weekly_low(days) == 0.0
    assert weekly_low(np.arange(70)) == pytest.approx(2 / 7)


@pytest.mark.parametrize("allowed_share", [0.0, 0.02, 0.3, 1.0])
def test_the_quiet_arc_is_the_longest_of_all_that_there_are(allowed_share: float) -> None:
    rng = np.random.default_rng(1)
    for density in (0.02, 0.3, 3.0):
        counts = rng.poisson(density * rng.random(144)).astype(float)
        counts[rng.integers(144)] += 1
        twice = np.concatenate([counts, counts])
        fitting = [
            length
            for length in range(144)
            for first in range(144)
            if twice[first : first + length].sum() <= allowed_share * counts.sum() + 1e-9
        ]
        assert quiet_arc(counts, allowed_share)[0] == max(fitting) / 6
