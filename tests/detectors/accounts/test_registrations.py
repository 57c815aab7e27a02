"""Registration bursts: the scan equals exact values, finds planted bursts and leaves chance and growth alone."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.accounts.registrations import DETECTOR, Params, registrations_of_groups, scan
from forensics.errors import TooLittleDataError
from forensics.progress import quiet

QUICK = Params(replicas=199)


def accounts(days: np.ndarray) -> Dataset:
    frame = pl.DataFrame(
        {
            "account_id": [f"a{i:04d}" for i in range(days.size)],
            "created_at": pl.Series((days * 86_400e6).astype(np.int64)).cast(pl.Datetime("us", "UTC")),
            "source_id": ["s1"] * days.size,
            "source_row": range(1, days.size + 1),
        }
    )
    return Dataset(accounts=schema.conform(frame, schema.ACCOUNTS))


@pytest.mark.parametrize(("n", "width"), [(2, 0.2), (3, 0.3), (4, 0.5), (6, 0.7)])
def test_the_chance_that_all_points_fall_in_one_window_is_the_published_one(n: int, width: float) -> None:
    """P(all n points within w of the unit interval) = n wⁿ⁻¹ − (n−1) wⁿ (Naus 1965); the scan must see all n."""
    rng = np.random.default_rng(4)
    draws = 5_000
    hits = 0
    for _ in range(draws):
        points = np.sort(rng.uniform(size=n))
        hits += scan(points, np.full(n, 0.0), (width,)).observed == n
    assert hits / draws == pytest.approx(n * width ** (n - 1) - (n - 1) * width**n, abs=0.025)


def test_the_likelihood_ratio_is_kulldorffs() -> None:
    days = np.array([0.0, 1.0, 1.1, 1.2, 9.0])
    burst = scan(days, np.array([0.5, 1.0, 1.5, 2.0, 4.5]), (0.3,))
    assert (burst.observed, burst.from_day, burst.to_day) == (3, 1.0, 1.2)
    assert burst.expected == pytest.approx(1.0)
    assert burst.log_ratio == pytest.approx(3 * np.log(3 / 1) + 2 * np.log(2 / 4))


def test_a_planted_burst_is_found_with_its_days() -> None:
    rng = np.random.default_rng(1)
    days = np.concatenate([14_000 + 3_000 * np.sqrt(rng.uniform(size=400)), rng.uniform(16_500, 16_503, size=25)])
    result = DETECTOR.run(accounts(days), QUICK, 0, quiet)
    (finding,) = result.findings
    scores = {score.name: score.value for score in finding.scores}
    assert 25 <= scores["accounts_in_burst"] <= 32
    assert 16_499 <= scores["burst_from"] / 86_400 <= 16_501
    assert result.tables["registrations"].height == scores["accounts_in_burst"]


def test_growth_and_chance_give_no_burst() -> None:
    found = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        days = 14_000 + 3_000 * np.sqrt(rng.uniform(size=150))
        found += len(DETECTOR.run(accounts(np.floor(days)), Params(replicas=99), 0, quiet).findings)
    assert found <= 2


def test_a_group_registered_in_one_week_is_found_among_others() -> None:
    rng = np.random.default_rng(3)
    days = np.concatenate([rng.uniform(14_000, 17_000, size=300), rng.uniform(16_000, 16_004, size=8)])
    members = pl.DataFrame(
        {
            "finding_id": ["farm"] * 8 + ["club"] * 8,
            "account_id": [f"a{i:04d}" for i in [*range(300, 308), *range(0, 80, 10)]],
        }
    )
    result = registrations_of_groups(accounts(days), members, QUICK, 0, quiet)
    assert [finding.subject for finding in result.findings] == ["farm"]
    assert result.tables["registration_groups"].height == 2


def test_row_order_changes_nothing_and_too_few_are_refused() -> None:
    data = accounts(np.random.default_rng(1).uniform(14_000, 17_000, size=60))
    turned = Dataset(accounts=data.accounts.sample(fraction=1.0, shuffle=True, seed=3))
    first, second = (DETECTOR.run(each, QUICK, 0, quiet) for each in (data, turned))
    assert first.scores == second.scores
    with pytest.raises(TooLittleDataError, match="No account has a registration date"):
        DETECTOR.run(Dataset(), QUICK, 0, quiet)
