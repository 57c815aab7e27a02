"""Clocks: offsets are recovered, posteriors are calibrated, places are denied at the stated rate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

from forensics.detectors.geography.clock_profiles import (
    DEFAULT_PROFILE,
    SLOTS,
    best_shifts,
    fit_profile,
    group_posterior,
    offset_likelihoods,
    posterior,
    slot_counts,
    slot_of,
)
from forensics.detectors.geography.clocks import Params, clocks
from forensics.errors import TooLittleDataError
from forensics.places import offsets_kept
from forensics.progress import quiet
from tests.detectors.geography.geography_worlds import acts_at, day_acts, together  # type: ignore[import-not-found]

OFFSETS = offsets_kept([datetime(2024, month, 1, tzinfo=UTC) for month in (1, 7)])
KEPT = np.isin(np.arange(SLOTS), [slot_of(offset) for offset in OFFSETS])


def misses(found: np.ndarray, offset_s: int) -> np.ndarray:
    return np.abs((found - slot_of(offset_s) + SLOTS // 2) % SLOTS - SLOTS // 2)


def test_a_group_shows_its_offset_within_an_hour_at_every_offset() -> None:
    rng = np.random.default_rng(1)
    for offset_s in OFFSETS:
        counts = day_acts(rng, DEFAULT_PROFILE.shares, 50, 20, offset_s)
        best = best_shifts(group_posterior(offset_likelihoods(counts, DEFAULT_PROFILE), KEPT), KEPT)
        assert misses(best, offset_s) <= 2, offset_s


def test_single_accounts_show_theirs_in_seven_of_ten_cases_and_their_posterior_says_so() -> None:
    rng = np.random.default_rng(2)
    near, mass = [], []
    for offset_s in OFFSETS[::3]:
        counts = day_acts(rng, DEFAULT_PROFILE.shares, 60, 200, offset_s)
        found = posterior(offset_likelihoods(counts, DEFAULT_PROFILE), KEPT)
        best = best_shifts(found, KEPT)
        near += list(misses(best, offset_s) <= 2)
        window = (best[:, None] + np.arange(-2, 3)) % SLOTS
        mass += list(np.take_along_axis(found, window, axis=1).sum(axis=1))
    assert np.mean(near) >= 0.7
    assert np.mean(mass) == pytest.approx(np.mean(near), abs=0.06)


def test_no_offset_is_named_that_no_clock_keeps() -> None:
    counts = day_acts(np.random.default_rng(4), DEFAULT_PROFILE.shares, 50, 20, 8 * 3600 + 1800)
    likelihoods = offset_likelihoods(counts, DEFAULT_PROFILE)
    for found in (posterior(likelihoods, KEPT), group_posterior(likelihoods, KEPT)):
        assert (found[..., ~KEPT] == 0).all()
        assert found.sum(axis=-1) == pytest.approx(1)
        assert KEPT[best_shifts(found, KEPT)].all()


def test_a_profile_is_recovered_from_accounts_of_known_offset() -> None:
    rng = np.random.default_rng(3)
    shares = np.roll(DEFAULT_PROFILE.shares, 3)
    offsets = rng.choice([0, 3600, -18000], 120)
    counts = np.vstack([day_acts(rng, shares, 1, 100, int(offset)) for offset in offsets])
    fitted = fit_profile(counts, np.array([slot_of(int(offset)) for offset in offsets]))
    assert fitted.n_accounts == 120
    assert np.abs(fitted.shares - shares).max() < 0.01
    assert fit_profile(counts[:5], np.zeros(5, np.int64)) is DEFAULT_PROFILE


def world(offset_s: int, place: str, seed: int = 1) -> tuple[object, ...]:
    rng = np.random.default_rng(seed)
    home = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 60, 60, 7200), "Berlin", "home")
    group = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 50, 30, offset_s), place, "group")
    return home, group


def test_a_group_whose_hours_deny_its_place_is_found() -> None:
    found = clocks(together(*world(8 * 3600, "Chicago, IL")), Params(), 0, quiet)
    assert [finding.subject for finding in found.findings] == ["stated-US"]
    low, high = found.findings[0].scores[1].interval
    assert low <= 8 <= high


def test_a_farm_that_sets_the_reference_day_turns_nobody_at_home_into_liars() -> None:
    rng = np.random.default_rng(5)
    home = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 120, 40, 7200), "Berlin", "home")
    farm = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 40, 90, -8 * 3600), "Manila", "farm")
    found = clocks(together(home, farm), Params(), 0, quiet)
    home_group = found.tables["groups"].filter(pl.col("group") == "stated-DE")
    own = home_group.select("offset_h", "low_h", "high_h", "mass_stated").row(0)
    assert own == (None,) * 4  # its clocks are read by the farm's day, so none of them is its own
    assert {score.name: score.value for score in found.scores}["groups_judged"] == 1
    assert [finding.subject for finding in found.findings] == ["stated-PH"]
    assert "largest_group_is_the_yardstick" in found.notes


def test_a_denied_guess_of_the_collecting_software_carries_little_and_says_so() -> None:
    data = together(*world(3 * 3600, "somewhere"))
    is_group = pl.col("account_id").str.starts_with("group")
    guessed = data.accounts.with_columns(
        platform_country=pl.when(is_group).then(pl.lit("US")),
        platform_country_kind=pl.when(is_group).then(pl.lit("collector")),
    )
    found = clocks(replace(data, accounts=guessed), Params(), 0, quiet)
    assert [(f.subject, f.strength) for f in found.findings] == [("collector-US", "low")]
    assert "collectors_guess_places" in found.notes


@pytest.mark.parametrize("offset_h", [-4, -5, -6, -7])
def test_a_group_that_keeps_its_places_hours_is_left_alone(offset_h: int) -> None:
    assert clocks(together(*world(offset_h * 3600, "USA")), Params(), 0, quiet).findings == ()


def test_several_acts_in_one_half_hour_count_once() -> None:
    data = acts_at(np.eye(1, SLOTS, 20, dtype=np.int64) * 5, "Berlin", "a")
    again = replace(data, actions=data.actions.with_columns(acted_at=pl.col("acted_at") + pl.duration(minutes=5)))
    ids, counts = slot_counts(together(data, again))
    assert ids == ["a0000"]
    assert counts.sum() == 5


def test_day_precision_says_nothing_of_hours() -> None:
    data = acts_at(np.full((20, SLOTS), 2), "Berlin", "a")
    coarse = replace(
        data,
        actions=data.actions.with_columns(time_precision=pl.lit("day").cast(data.actions.schema["time_precision"])),
    )
    with pytest.raises(TooLittleDataError):
        clocks(coarse, Params(), 0, quiet)
