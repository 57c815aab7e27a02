"""What the tests of geography promise, measured: error rates, cover of intervals, recovery of offsets, speed.

Run ``python tests/benchmarks/bench_geography.py`` from the repository; it takes some minutes on one processor and
prints tables in Markdown. With the real data at hand (``FORENSICS_SHARED_DATA``) it reads their clocks too.
"""

# ruff: noqa: E501  the tables' heads are one line each

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import polars as pl
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forensics.core.clock_profiles import (
    DEFAULT_PROFILE,
    SLOTS,
    group_posterior,
    offset_likelihoods,
    posterior,
    slot_of,
)
from forensics.core.clocks import Params as ClockParams
from forensics.core.clocks import clocks, group_clocks
from forensics.core.geo_sources import account_places
from forensics.core.geo_statistics import (
    conformal_p,
    design_effect,
    effective_groups,
    g_statistic,
    location_quotients,
    share_interval,
    spread_between,
)
from forensics.core.geography import Params, geography
from forensics.core.scan_statistics import distances_km, space_time_scan, spatial_scan
from forensics.loaders import load
from forensics.model import quiet
from forensics.places import resolve_places
from forensics.places.gazetteer import cities
from tests.core.geography_worlds import audiences, day_acts

ROOT = Path(__file__).resolve().parents[2]
OFFSETS_S = [int(hours * 3600) for hours in np.arange(-12, 12, 0.5)]
REGIONS_BY_NAME = {"United States": "US", "Azerbaijan": "AZ", "Russian Federation": "RU", "United Arab Emirates": "AE"}


def places() -> Iterator[str]:
    """Measure precision, coverage and speed of stated places."""
    held_out = pl.read_csv(ROOT / "tests" / "places" / "held_out_places.csv", infer_schema=False)
    judged = held_out.join(
        resolve_places(held_out["stated_place"]).rename({"country": "found"}), "stated_place", "left"
    )
    n_right, n_found = (judged["found"] == judged["country"]).sum(), judged["found"].count()
    yield f"Held-out set, {judged.height} entries: {n_right} of {n_found} resolved are right ({n_right / n_found:.3f}), "
    yield f"coverage {n_right / judged['country'].count():.3f}. The set that was used while fixing:\n"
    written = pl.read_csv(ROOT / "tests" / "places" / "stated_places.csv", infer_schema=False)
    found = resolve_places(written["stated_place"]).rename({"country": "found", "region": "found_region"})
    rows = written.join(found, "stated_place", "left")
    yield "| language | entries | precision | coverage | precision of regions |\n|---|---|---|---|---|"
    for language in ("en", "fr", "de", "es", "pt"):
        own = rows.filter(pl.col("language") == language)
        resolved = own.filter(pl.col("found").is_not_null())
        meant = own.filter(pl.col("country").is_not_null())
        both = own.filter(pl.col("region").is_not_null() & pl.col("found_region").is_not_null())
        yield (
            f"| {language} | {own.height} | {(resolved['found'] == resolved['country']).sum() / resolved.height:.3f} "
            f"| {(meant['found'] == meant['country']).sum() / meant.height:.3f} "
            f"| {(both['region'] == both['found_region']).sum() / both.height:.3f} |"
        )
    rng = np.random.default_rng(1)
    tails = np.array(
        ["", ", USA", ", Texas", " Germany", ", FR", "/Paris", " area", " & friends", " 🇺🇸", ", TX", " - SP"]
    )
    names = cities()["name"].to_numpy()
    texts: set[str] = set()
    while len(texts) < 300_000:
        pairs = zip(rng.choice(names, 100_000), rng.choice(tails, 100_000), rng.integers(0, 40, 100_000), strict=True)
        texts.update(f"{name}{tail} {number}" for name, tail, number in pairs)
    began = time.process_time()
    resolve_places(texts)
    seconds = (time.process_time() - began) / len(texts) * 1e6
    yield f"\nOne million distinct strings: {seconds:.0f} s of one processor (measured on {len(texts):,})."


def scan_null(n_runs: int) -> Iterator[str]:
    """Measure the scans' p-values where there is nothing."""
    rng = np.random.default_rng(2)
    north, east = rng.uniform(30, 50, 25), rng.uniform(-120, -70, 25)
    distance, at_risk = distances_km(north, east), rng.lognormal(12, 1, 25)
    space, both = [], []
    for run in range(n_runs):
        cases = rng.multinomial(300, at_risk / at_risk.sum())
        space.append(spatial_scan(cases, at_risk, distance, seed=run, replicas=99).hotspots[0].p_value)
    for run in range(n_runs):
        areas, steps = rng.choice(12, 200, p=rng.dirichlet(np.ones(12))), rng.integers(0, 14, 200)
        both.append(space_time_scan(areas, steps, distance[:12, :12], seed=run, replicas=99).hotspots[0].p_value)
    yield "| scan | runs | P(p ≤ 0.01) | P(p ≤ 0.05) | P(p ≤ 0.5) | Kolmogorov-Smirnov p |\n|---|---|---|---|---|---|"
    for name, found in (("space", space), ("space and time", both)):
        p = np.array(found)
        shares = " | ".join(f"{np.mean(p <= level):.3f}" for level in (0.01, 0.05, 0.5))
        yield f"| {name} | {len(p)} | {shares} | {stats.kstest(p, 'uniform').pvalue:.3f} |"


def scan_planted(n_runs: int) -> Iterator[str]:
    """Measure how well a planted circle of five areas at three times the risk is found."""
    rng = np.random.default_rng(3)
    across = np.linspace(0, 10, 7)
    distance = distances_km(np.repeat(across, 7), np.tile(across, 7))
    inside = np.argsort(distance[24], kind="stable")[:5]
    power, precision, recall = [], [], []
    for run in range(n_runs):
        at_risk = rng.lognormal(8, 0.5, 49)
        risk = at_risk.copy()
        risk[inside] *= 3
        best = spatial_scan(rng.multinomial(500, risk / risk.sum()), at_risk, distance, seed=run, replicas=99).hotspots[
            0
        ]
        right = len(set(best.areas) & set(inside.tolist()))
        power.append(best.p_value <= 0.05)
        precision.append(right / len(best.areas))
        recall.append(right / 5)
    yield f"Planted circle, {n_runs} runs: found {np.mean(power):.3f}, precision of its areas {np.mean(precision):.3f}, "
    yield f"recall {np.mean(recall):.3f}."


def regions(n_runs: int) -> Iterator[str]:
    """Measure false alarms of the region test on audiences that differ organically."""
    rng = np.random.default_rng(4)
    yield "| reference pages | plain G | conformal or scaled G |\n|---|---|---|"
    for n_pages in (8, 19, 30, 60):
        plain = ours = 0
        for _ in range(n_runs):
            shares = rng.dirichlet(np.full(16, 3.0))
            sizes = np.maximum(rng.lognormal(7, 0.8, n_pages + 1).astype(int), 50)
            counts = np.array([rng.multinomial(n, rng.dirichlet(shares * 80)) for n in sizes])
            spread = spread_between(counts, shares)
            g = np.array([g_statistic(row, shares) for row in counts])
            plain += bool(stats.chi2.sf(g[0], 15) <= 0.05)
            scaled = g / (1 + (sizes - 1) * spread)
            if n_pages >= 19:
                ours += conformal_p(float(scaled[0]), scaled[1:]) <= 0.05
            else:
                ours += bool(stats.f.sf(scaled[0] / 15, 15, 15 * (n_pages - 1)) <= 0.05)
        yield f"| {n_pages} | {plain / n_runs:.3f} | {ours / n_runs:.3f} |"


def intervals(n_runs: int) -> Iterator[str]:
    """Measure the cover of nominal 95 % intervals under overdispersion."""
    rng = np.random.default_rng(5)
    yield "| foreign share | correlation within groups | 30 groups of 20 | 100 of 10 | 300 of 5 |\n|---|---|---|---|---|"
    for share in (0.05, 0.2, 0.5):
        for within in (0.01, 0.05, 0.1):
            cover = [
                _share_cover(rng, share, within, groups, size, n_runs)
                for groups, size in ((30, 20), (100, 10), (300, 5))
            ]
            yield f"| {share} | {within} | " + " | ".join(f"{part:.3f}" for part in cover) + " |"
    yield "\n| regions | people | φ | quotients spread 0.58 | 0.32 |\n|---|---|---|---|---|"
    for n_regions in (16, 51):
        for people in (500, 5000):
            for phi in (1.0, 2.0, 5.0):
                cover = [
                    _quotient_cover(rng, n_regions, people, phi, shape, max(20, n_runs // 8)) for shape in (3.0, 10.0)
                ]
                yield f"| {n_regions} | {people} | {phi:g} | " + " | ".join(f"{part:.3f}" for part in cover) + " |"


def _share_cover(rng: np.random.Generator, share: float, within: float, groups: int, size: int, n_runs: int) -> float:
    inside = 0
    weight = (1 - within) / within
    for _ in range(n_runs):
        sizes = rng.geometric(1 / size, groups)
        hits = rng.binomial(sizes, rng.beta(share * weight, (1 - share) * weight, groups))
        low, high = share_interval(hits.sum(), sizes.sum(), design_effect(hits, sizes), effective_groups(sizes))
        inside += low <= share <= high
    return inside / n_runs


def _quotient_cover(rng: np.random.Generator, n: int, people: int, phi: float, shape: float, n_runs: int) -> float:
    inside = 0
    for _ in range(n_runs):
        shares, true = rng.dirichlet(np.full(n, 2.0)), rng.gamma(shape, 1 / shape, n)
        mean = np.maximum(people * shares * true, 1e-9)
        counts = rng.negative_binomial(mean / (phi - 1), 1 / phi) if phi > 1 else rng.poisson(mean)
        found = location_quotients(counts.astype(float), shares, phi)
        true /= np.sum(shares * true)
        inside += int(((found.low <= true) & (true <= found.high)).sum())
    return inside / (n_runs * n)


def audience_worlds(n_runs: int) -> Iterator[str]:
    """Measure the whole detector: bought thirds, organic audiences, diasporas."""
    home = Params(home=("DE",))
    stated = replace(home, diaspora_share=0.15)
    outcomes = {
        "a third bought abroad, 24 reference pages": [
            any(f.subject == "red" for f in geography(audiences(seed, bought=1 / 3), home, 0, quiet).findings)
            for seed in range(n_runs)
        ],
        "organic audiences that differ, 24 pages": [
            bool(geography(audiences(1_000 + seed), home, 0, quiet).findings) for seed in range(n_runs)
        ],
        "diaspora of the stated 15 %": [
            bool(
                geography(audiences(2_000 + s, n_pages=0, n_people=1_000, camp_abroad=0.15), stated, 0, quiet).findings
            )
            for s in range(n_runs)
        ],
    }
    yield "| world | runs | named |\n|---|---|---|"
    for name, named in outcomes.items():
        yield f"| {name} | {n_runs} | {np.mean(named):.3f} |"


def clock_offsets(n_groups: int) -> Iterator[str]:
    """Measure the recovery of offsets at every half hour, and how honest the posteriors are."""
    rng = np.random.default_rng(6)
    yield "| people's habit (sd, h) | likeness | accounts within 1 h | most that habits allow | their 80 % sets | denied | groups within 1 h | their 80 % sets | denied |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for habit_h, likeness in ((0.7, 40.0), (1.0, 20.0), (1.0, 40.0), (1.0, 100.0), (1.5, 40.0)):
        single, grouped = [], []
        for offset_s in OFFSETS_S:
            alone = day_acts(rng, DEFAULT_PROFILE.shares, 30, 200, offset_s, likeness, habit_h)
            single += [_judged(row, offset_s) for row in posterior(offset_likelihoods(alone, DEFAULT_PROFILE))]
            for _ in range(n_groups):
                counts = day_acts(rng, DEFAULT_PROFILE.shares, 50, 20, offset_s, likeness, habit_h)
                grouped.append(_judged(group_posterior(offset_likelihoods(counts, DEFAULT_PROFILE)), offset_s))
        cells = [f"{part:.3f}" for rows in (single, grouped) for part in np.mean(rows, axis=0)]
        # The nearest half hour is within an hour of the truth only if the habit is below an hour and a quarter.
        cells.insert(1, f"{1 - 2 * stats.norm.sf(1.25 / habit_h):.3f}")
        yield f"| {habit_h:g} | {likeness:g} | " + " | ".join(cells) + " |"


def _judged(found: np.ndarray, offset_s: int) -> tuple[bool, bool, bool]:
    """Return whether the best offset is within an hour, the truth in the 80 % set, and the true place denied."""
    true = slot_of(offset_s)
    miss = abs((int(found.argmax()) - true + SLOTS // 2) % SLOTS - SLOTS // 2)
    order = np.argsort(-found, kind="stable")
    before = float(found[order][: int(np.flatnonzero(order == true)[0])].sum())
    near = found[(true + np.arange(-2, 3)) % SLOTS].sum()
    return miss <= 2, before < 0.8, bool(near < 0.05)


def real_clocks() -> Iterator[str]:
    """Read the clocks of the Internet Research Agency's accounts against the regions the collector gave them."""
    path = Path(os.environ.get("FORENSICS_SHARED_DATA", ROOT.parent / "shared" / "data")) / "ira-2016-autumn"
    files = sorted(path.glob("*.csv.zst"))
    if not files:
        yield "The data of autumn 2016 are not on this machine."
        return
    data = load(files[0])
    named = pl.read_csv(files[0], infer_schema=False, columns=["author", "region"])
    usual = named.group_by("author").agg(pl.col("region").mode().sort().first())
    code = pl.col("region").replace_strict(REGIONS_BY_NAME, default=None, return_dtype=pl.String)
    accounts = data.accounts.join(usual, left_on="handle", right_on="author", how="left").with_columns(
        stated_country=code
    )
    data = replace(data, accounts=accounts.drop("region"))
    groups = clocks(data, ClockParams(), 0, quiet).tables["groups"]
    kinds = data.accounts.filter(pl.col("stated_country") == "US").select(
        group="label", source=pl.lit("stated"), country="stated_country", account_id="account_id"
    )
    kinds = kinds.drop_nulls().sort("group", "account_id")
    by_kind = group_clocks(data, kinds, account_places(data), ClockParams(), quiet)["groups"]
    yield "| group | accounts | half hours | best offset | 95 % | posterior of the given country |\n|---|---|---|---|---|---|"
    for row in pl.concat([groups.drop("finding_id"), by_kind]).iter_rows(named=True):
        arc = f"{row['low_h']:+g} to {row['high_h']:+g}"
        yield (
            f"| {row['group']} | {row['n_accounts']} | {row['n_slots']:,} | {row['offset_h']:+g} | {arc} "
            f"| {row['mass_stated']:.2g} |"
        )


@click.command()
@click.option("--runs", default=1_000, show_default=True, help="Runs of the quick simulations.")
def main(runs: int) -> None:
    """Print every table."""
    parts = {
        "Stated places": places(),
        "Scan: p-values under the null": scan_null(runs),
        "Scan: a planted hotspot": scan_planted(max(20, runs // 5)),
        "Regions: false alarms": regions(runs),
        "Intervals: cover of nominal 95 %": intervals(runs),
        "Audiences: the whole detector": audience_worlds(max(10, runs // 25)),
        "Clocks: offsets": clock_offsets(max(2, runs // 250)),
        "Clocks: autumn 2016": real_clocks(),
    }
    for title, lines in parts.items():
        click.echo(f"\n## {title}\n")
        for line in lines:
            click.echo(line)


if __name__ == "__main__":
    main()
