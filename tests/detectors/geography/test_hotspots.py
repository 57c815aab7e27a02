"""The scan's p-values are uniform under its null, and planted hotspots are found with their members."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import stats

from forensics.detectors.geography.hotspots import Params, scan
from forensics.errors import TooLittleDataError
from forensics.progress import quiet
from forensics.statistics.scan_statistics import distances_km, space_time_scan, spatial_scan
from tests.detectors.geography.geography_worlds import audiences  # type: ignore[import-not-found]


def grid(n: int) -> np.ndarray:
    across = np.linspace(0, 10, n)
    return distances_km(np.repeat(across, n), np.tile(across, n))


def test_distances_are_great_circles() -> None:
    berlin_paris = distances_km(np.array([52.52, 48.857]), np.array([13.405, 2.352]))
    assert berlin_paris[0, 1] == pytest.approx(878, abs=3)


def test_a_planted_circle_is_found_with_its_members() -> None:
    rng = np.random.default_rng(1)
    distance = grid(7)
    at_risk = rng.lognormal(8, 0.5, 49)
    inside = np.argsort(distance[24], kind="stable")[:5]
    risk = at_risk.copy()
    risk[inside] *= 3
    cases = rng.multinomial(800, risk / risk.sum())
    best = spatial_scan(cases, at_risk, distance, seed=1, replicas=199).hotspots[0]
    assert best.p_value == 1 / 200
    assert len(set(best.areas) & set(inside.tolist())) >= 4
    assert len(set(best.areas) - set(inside.tolist())) <= 1


def test_p_values_are_uniform_where_there_is_no_hotspot() -> None:
    rng = np.random.default_rng(2)
    distance, at_risk = grid(4), np.linspace(1, 3, 16)
    p_values = [
        spatial_scan(rng.multinomial(200, at_risk / at_risk.sum()), at_risk, distance, seed=run, replicas=99)
        .hotspots[0]
        .p_value
        for run in range(200)
    ]
    assert stats.kstest(p_values, "uniform").pvalue > 0.01
    assert np.mean(np.array(p_values) <= 0.05) <= 0.09


def test_audiences_that_differ_organically_are_no_hotspot_once_their_spread_is_known() -> None:
    rng = np.random.default_rng(3)
    distance, share = grid(4), np.full(16, 1 / 16)
    plain = known = 0
    for run in range(40):
        cases = rng.multinomial(1_000, rng.dirichlet(share * 99))
        plain += spatial_scan(cases, share, distance, seed=run, replicas=99).hotspots[0].p_value <= 0.05
        known += spatial_scan(cases, share, distance, seed=run, replicas=99, spread=0.01).hotspots[0].p_value <= 0.05
    assert plain >= 30
    assert known <= 6


def test_a_burst_of_one_place_in_a_few_days_is_found() -> None:
    rng = np.random.default_rng(4)
    areas = np.concatenate((rng.integers(0, 16, 400), np.full(60, 5)))
    steps = np.concatenate((rng.integers(0, 20, 400), rng.integers(8, 10, 60)))
    best = space_time_scan(areas, steps, grid(4), seed=1, replicas=99).hotspots[0]
    assert 5 in best.areas
    assert len(best.areas) <= 3
    assert (best.first, best.last) == (8, 9)
    assert best.p_value == 0.01


def test_a_place_that_is_always_common_is_no_burst() -> None:
    rng = np.random.default_rng(5)
    areas = rng.choice(16, 400, p=np.r_[0.5, np.full(15, 0.5 / 15)])
    p_value = space_time_scan(areas, rng.integers(0, 20, 400), grid(4), seed=1, replicas=99).hotspots[0].p_value
    assert p_value > 0.05


def test_the_detector_finds_bought_days_in_a_campaigns_audience() -> None:
    world = audiences(1, bought=1 / 3)
    params = Params(replicas=99, time_replicas=99)
    found = scan(world, params, 1, quiet)
    bursts = [finding for finding in found.findings if finding.statement == "hotspot_space_time_stated"]
    assert [finding.subject for finding in bursts] == ["red/PH"]
    row = found.tables["hotspots"].filter(finding_id=bursts[0].id).row(0, named=True)
    assert (row["first_day"], row["last_day"]) == (date(2024, 9, 12), date(2024, 9, 13))
    assert found.tables["hotspots"].equals(scan(world, params, 1, quiet).tables["hotspots"])


def test_one_place_alone_is_refused() -> None:
    with pytest.raises(TooLittleDataError):
        scan(audiences(1, n_pages=0, n_people=30), Params(), 1, quiet)


def test_the_clusters_of_kulldorffs_own_example_are_found() -> None:
    """Sudden infant deaths in North Carolina, 1974 to 1984: the example of Kulldorff 1997, with its two clusters.

    The counts (Cressie 1991) and county seats are those of the R package spData, CC0.
    """
    counties = pl.read_csv(Path(__file__).with_name("north_carolina_1974_1984.csv"))
    place = counties.select("east", "north").to_numpy().astype(np.float64)
    distance = np.hypot(*(place[:, None] - place).transpose(2, 0, 1))
    found = spatial_scan(counties["deaths"].to_numpy(), counties["births"].to_numpy() * 1.0, distance, seed=1).hotspots
    names = [sorted(counties["county"][area] for area in spot.areas) for spot in found[:2]]
    assert names == [["Bladen", "Columbus", "Hoke", "Robeson", "Scotland"], ["Halifax", "Hertford", "Northampton"]]
    assert [spot.p_value for spot in found[:2]] == [0.001, 0.001]
    assert (found[0].observed, found[0].ratio) == pytest.approx((139, 25.38), abs=0.01)
