"""What the tests of geography promise, measured: error rates, cover of intervals, recovery of offsets, speed.

Run ``python tests/benchmarks/bench_geography.py`` from the repository. Each part is measured in minutes on one
processor, kept in ``bench/geography`` and not measured again; ``--only`` names one. At the end the parts are put
together in ``geography.md`` beside this file. With the real data at hand (``FORENSICS_SHARED_DATA``) it reads their
clocks too.
"""

# ruff: noqa: E501  the tables' heads are one line each

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np
import polars as pl
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forensics.detectors.geography.account_places import account_places
from forensics.detectors.geography.clock_profiles import (
    DEFAULT_PROFILE,
    SLOTS,
    best_shifts,
    group_posterior,
    offset_likelihoods,
    posterior,
    slot_of,
)
from forensics.detectors.geography.clocks import Params as ClockParams
from forensics.detectors.geography.clocks import clocks, group_clocks
from forensics.detectors.geography.electorate_regions import Params, geography
from forensics.detectors.geography.region_statistics import (
    design_effect,
    dispersion,
    effective_groups,
    g_statistic,
    location_quotients,
    share_above,
    share_interval,
    spread_between,
)
from forensics.detectors.geography.region_tests import region_distance
from forensics.loaders import load
from forensics.places import offsets_kept, resolve_places
from forensics.places.gazetteer import cities
from forensics.progress import quiet
from forensics.statistics.scan_statistics import distances_km, space_time_scan, spatial_scan
from tests.detectors.geography.geography_worlds import audiences, day_acts

ROOT = Path(__file__).resolve().parents[2]
OFFSETS_S = offsets_kept([datetime(2024, month, 1, tzinfo=UTC) for month in (1, 7)])
KEPT = np.isin(np.arange(SLOTS), [slot_of(offset) for offset in OFFSETS_S])
FIRST_READINGS = {
    "stated": "written beside the code | – ",
    "fit_earlier": "0.886 and 0.953 in two parts | – ",
    "fit_once_held_out": "0.962 | 0.922",
    "fit_fresh": "0.951 | 0.814",
    "fit_unseen": "0.956 | 0.818",
    "fit_mixed": "0.963 | 0.708",
    "fit_trapped": "0.951 | 0.720",
    "held_out_unread": "0.971 | 0.788",
}
"""Of each set of places, as ``tests/places/test_stated_places.py`` tells."""


def places(n_runs: int) -> Iterator[str]:
    """Measure precision, coverage and speed of stated places."""
    yield "A first reading is that of a set before anything was changed for it. Nothing was changed for the last set, `held_out_unread`:"
    yield "its precision is the one to expect (seed 1).\n"
    yield "| set | entries | first reading: precision | coverage | now: resolved | precision | 95 % | coverage |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, first in FIRST_READINGS.items():
        rows = _judged_places(name)
        n_found, n_right = rows["found"].count(), (rows["found"] == rows["country"]).sum()
        low, high = stats.binomtest(n_right, n_found).proportion_ci(method="exact")
        within = f"{low:.3f} to {high:.3f}"
        now = f"{n_found} | {n_right / n_found:.3f} | {within} | {n_right / rows['country'].count():.3f}"
        yield f"| {name} | {rows.height} | {first} | {now} |"
    rows = pl.concat([_judged_places(name).select("language", "country", "found") for name in FIRST_READINGS])
    yield "\n| language, all sets | entries | precision | coverage |\n|---|---|---|---|"
    for language in ("en", "fr", "de", "es", "pt"):
        own = rows.filter(pl.col("language") == language)
        n_right = (own["found"] == own["country"]).sum()
        precision, coverage = n_right / own["found"].count(), n_right / own["country"].count()
        yield f"| {language} | {own.height} | {precision:.3f} | {coverage:.3f} |"
    rng = np.random.default_rng(1)
    tails = np.array(
        ["", ", USA", ", Texas", " Germany", ", FR", "/Paris", " area", " & friends", " 🇺🇸", ", TX", " - SP"]
    )
    names = cities()["name"].to_numpy()
    texts: set[str] = set()
    while len(texts) < 1_000 * n_runs:
        pairs = zip(rng.choice(names, 100_000), rng.choice(tails, 100_000), rng.integers(0, 40, 100_000), strict=True)
        texts.update(f"{name}{tail} {number}" for name, tail, number in pairs)
    began, at = time.process_time(), time.perf_counter()
    resolve_places(texts)
    yield (
        f"\n{len(texts):,} distinct strings: {time.process_time() - began:.0f} s of one processor, "
        f"{time.perf_counter() - at:.0f} s on the clock, the gazetteer's reading included."
    )


def _judged_places(name: str) -> pl.DataFrame:
    written = pl.read_csv(ROOT / "tests" / "worlds" / "places" / f"{name}.csv", infer_schema=False)
    found = resolve_places(written["stated_place"]).select("stated_place", found="country")
    return written.join(found, "stated_place", "left")


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
    yield "Seed 2, 99 replicas, each scanned as the data are.\n"
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
    """Measure false alarms of the tests on audiences that differ organically, as the detector runs them."""
    rng = np.random.default_rng(4)
    yield "Seed 4. Audiences of about 1,100 people in 16 regions, each with regions of its own (Dirichlet, 80)."
    yield "Below 39 pages the distance is held against the spread between them; from there on its rank among them counts.\n"
    yield "| reference pages | plain G | electorate stated | pages stand in for it | 95 % of runs at 0.05 |"
    yield "|---|---|---|---|---|"
    low, high = stats.binom.interval(0.95, n_runs, 0.05)
    for n_pages in (5, 8, 19, 30, 60):
        alarms = np.zeros(3)
        for _ in range(n_runs):
            shares = rng.dirichlet(np.full(16, 3.0))
            sizes = np.maximum(rng.lognormal(7, 0.8, n_pages + 1).astype(int), 50)
            counts = np.array([rng.multinomial(n, rng.dirichlet(shares * 80)) for n in sizes])
            alarms[0] += stats.chi2.sf(g_statistic(counts[0], shares), 15) <= 0.05
            for at, expected in ((1, shares), (2, counts[1:].sum(axis=0) / counts[1:].sum())):
                y, pages = counts[0].astype(np.float64), counts[1:]
                found, _ = region_distance(y, pages, expected, is_electorate=at == 1)
                alarms[at] += found["p_electorate"] <= 0.05
        yield (
            f"| {n_pages} | "
            + " | ".join(f"{part:.3f}" for part in alarms / n_runs)
            + (f" | {low / n_runs:.3f} to {high / n_runs:.3f} |")
        )
    yield "\n| reference pages | mean foreign share | false alarms | a third bought: found |\n|---|---|---|---|"
    for n_pages in (5, 8, 18, 24):
        for mean in (0.02, 0.05, 0.2):
            alarms = np.zeros(2)
            for _ in range(n_runs):
                shares = rng.beta(mean * 60, (1 - mean) * 60, n_pages + 1)
                sizes = np.maximum(rng.lognormal(6, 0.6, n_pages + 1).astype(int), 50)
                hits = rng.binomial(sizes, shares)
                more = rng.binomial(sizes[0], 1 / 3 + shares[0] * 2 / 3)
                for at, own in enumerate((hits[0], more)):
                    alarms[at] += share_above(own, sizes[0], 1.0, hits[1:], sizes[1:]) <= 0.05
            yield f"| {n_pages} | {mean} | {alarms[0] / n_runs:.3f} | {alarms[1] / n_runs:.3f} |"


def intervals(n_runs: int) -> Iterator[str]:
    """Measure the cover of nominal 95 % intervals under overdispersion."""
    rng = np.random.default_rng(5)
    yield "Seed 5. People come in groups of geometric size whose shares differ (beta).\n"
    yield "| foreign share | correlation within groups | 30 groups of 20 | 100 of 10 | 300 of 5 |\n|---|---|---|---|---|"
    for share in (0.05, 0.2, 0.5):
        for within in (0.01, 0.05, 0.1):
            cover = [
                _share_cover(rng, share, within, groups, size, n_runs)
                for groups, size in ((30, 20), (100, 10), (300, 5))
            ]
            yield f"| {share} | {within} | " + " | ".join(f"{part:.3f}" for part in cover) + " |"
    n_worlds = max(20, n_runs // 8)
    yield f"\nLocation quotients, {n_worlds} worlds a cell; φ is 1 + (people - 1) ρ, measured on 30 other audiences.\n"
    yield "| regions | people | φ | quotients spread 0.58 | 0.32 |\n|---|---|---|---|---|"
    for n_regions in (16, 51):
        for people in (500, 5000):
            for phi in (1.0, 2.0, 5.0):
                cover = [_quotient_cover(rng, n_regions, people, phi, shape, n_worlds) for shape in (3.0, 10.0)]
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
    alike = (people - 1) / (phi - 1) - 1 if phi > 1 else 1e9
    for _ in range(n_runs):
        shares, true = rng.dirichlet(np.full(n, 2.0)) * 0.98 + 0.02 / n, rng.gamma(shape, 1 / shape, n)
        true /= np.sum(shares * true)
        sizes = np.maximum(rng.lognormal(np.log(people), 0.5, 30).astype(int), 50)
        pages = np.array([rng.multinomial(size, rng.dirichlet(shares * alike)) for size in sizes])
        counts = rng.multinomial(people, rng.dirichlet(shares * true * alike))
        measured = dispersion(people, spread_between(pages, shares))
        found = location_quotients(counts.astype(np.float64), shares, measured)
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
            bool(geography(audiences(10_000 + seed), home, 0, quiet).findings) for seed in range(3 * n_runs)
        ],
        "diaspora of the stated 15 %": [
            bool(
                geography(audiences(2_000 + s, n_pages=0, n_people=1_000, camp_abroad=0.15), stated, 0, quiet).findings
            )
            for s in range(n_runs)
        ],
    }
    yield "Seeds from 0, from 10,000 and from 2,000.\n\n| world | runs | named |\n|---|---|---|"
    for name, named in outcomes.items():
        yield f"| {name} | {len(named)} | {np.mean(named):.3f} |"


def clock_offsets(n_runs: int) -> Iterator[str]:
    """Measure the recovery of every offset that clocks keep, and how honest the posteriors are."""
    rng = np.random.default_rng(6)
    n_groups, n_accounts = max(2, n_runs // 100), max(10, n_runs // 16)
    yield f"Seed 6. {len(OFFSETS_S)} offsets; {n_accounts} accounts of 200 acts and {n_groups} groups of 50 x 20 at each."
    yield "The likeness is that of people's days (Dirichlet), the habit how early or late they are. The estimator takes"
    yield "1.0 h and 40 for granted, the published middle; German Facebook pages had 1.0 h and 80, Twitter accounts 1.5 h"
    yield "and 80. Places are denied at 0.05. The rule that knows all is Bayes' rule given the very day, habit and likeness that"
    yield "made the accounts: no rule gets more from these acts. With acts without end there remain the habits.\n"
    yield "| habit (sd, h) | likeness | accounts within 1 h | a rule that knows all | most that habits allow | their 80 % sets | denied | groups within 1 h | their 80 % sets | denied |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    middle: list[tuple[bool, bool, bool, float]] = []
    grouped_middle: list[tuple[bool, bool, bool, float]] = []
    for habit_h, likeness in (
        (0.7, 40.0),
        (1.0, 20.0),
        (1.0, 40.0),
        (1.0, 80.0),
        (1.3, 40.0),
        (1.5, 40.0),
        (1.5, 80.0),
    ):
        single, grouped, informed = [], [], []
        truth = replace(DEFAULT_PROFILE, habit_h=habit_h, concentration=likeness)
        for offset_s in OFFSETS_S:
            alone = day_acts(rng, DEFAULT_PROFILE.shares, n_accounts, 200, offset_s, likeness, habit_h)
            found = posterior(offset_likelihoods(alone, DEFAULT_PROFILE), KEPT)
            single += [_judged(row, offset_s) for row in found]
            informed += [_judged(row, offset_s)[0] for row in posterior(offset_likelihoods(alone, truth), KEPT)]
            for _ in range(n_groups):
                counts = day_acts(rng, DEFAULT_PROFILE.shares, 50, 20, offset_s, likeness, habit_h)
                shared = group_posterior(offset_likelihoods(counts, DEFAULT_PROFILE), KEPT)
                grouped.append(_judged(shared, offset_s))
        if (habit_h, likeness) == (1.0, 40.0):
            middle, grouped_middle = single, grouped
        cells = [f"{part:.3f}" for rows in (single, grouped) for part in np.mean(rows, axis=0)[:3]]
        # The nearest whole hour is within an hour of the truth only if the habit is below an hour and a half.
        cells[1:1] = [f"{np.mean(informed):.3f}", f"{1 - 2 * stats.norm.sf(1.5 / habit_h):.3f}"]
        yield f"| {habit_h:g} | {likeness:g} | " + " | ".join(cells) + " |"
    yield "\nReliability at 1.0 h and 40: what the posterior gives the hour around its best offset, and how often it is right.\n"
    yield "| given | accounts | mean given | right | groups | mean given | right |\n|---|---|---|---|---|---|---|"
    for low, high in ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        cells = []
        for rows in (middle, grouped_middle):
            own = np.array([(row[3], row[0]) for row in rows if low <= row[3] < high])
            cells += [str(len(own)), *(f"{part:.3f}" for part in own.mean(axis=0))] if len(own) else ["0", "–", "–"]
        yield f"| {low:.2f} to {min(high, 1):.2f} | " + " | ".join(cells) + " |"


def _judged(found: np.ndarray, offset_s: int) -> tuple[bool, bool, bool, float]:
    """Return whether the best offset is within an hour, the truth in the 80 % set, the true place denied, and its mass."""
    true, best = slot_of(offset_s), int(best_shifts(found, KEPT))
    miss = abs((best - true + SLOTS // 2) % SLOTS - SLOTS // 2)
    order = np.argsort(-found, kind="stable")
    before = float(found[order][: int(np.flatnonzero(order == true)[0])].sum())
    near, given = (float(found[(at + np.arange(-2, 3)) % SLOTS].sum()) for at in (true, best))
    return miss <= 2, before < 0.8, bool(near < 0.05), min(given, 1.0)


def real_clocks(n_runs: int) -> Iterator[str]:  # noqa: ARG001  as every part
    """Read the clocks of the Internet Research Agency's accounts against the regions the collector gave them."""
    path = Path(os.environ.get("FORENSICS_SHARED_DATA", ROOT.parent / "shared" / "data")) / "ira-2016-autumn"
    files = sorted(path.glob("*.csv.zst"))
    if not files:
        yield "The data of autumn 2016 are not on this machine."
        return
    data = load(files[0])
    groups = clocks(data, ClockParams(), 0, quiet).tables["groups"]
    places = account_places(data)
    guessed = places.filter((pl.col("source") == "collector") & (pl.col("country") == "US"))
    kinds = data.accounts.join(guessed, "account_id").select(
        group="label", source="source", country="country", account_id="account_id"
    )
    kinds = kinds.drop_nulls().unique().sort("group", "account_id")
    by_kind = group_clocks(data, kinds, places, ClockParams(), quiet)["groups"]
    yield "The countries are those that the collecting software assigned; the reference day is that of"
    yield "accounts of known place outside the group, or the published one. Groups with a label are those of the hand-coded categories that were assigned the United States.\n"
    yield "| group | accounts | half hours | best offset | 95 % | posterior of the given country |\n|---|---|---|---|---|---|"
    for row in pl.concat([groups.drop("finding_id"), by_kind]).iter_rows(named=True):
        arc = f"{row['low_h']:+g} to {row['high_h']:+g}"
        yield (
            f"| {row['group']} | {row['n_accounts']} | {row['n_slots']:,} | {row['offset_h']:+g} | {arc} "
            f"| {row['mass_stated']:.2g} |"
        )


PARTS: dict[str, tuple[str, Callable[[int], Iterator[str]]]] = {
    "places": ("Stated places", places),
    "scan-null": ("Scan: p-values under the null", scan_null),
    "scan-planted": ("Scan: a planted hotspot", scan_planted),
    "regions": ("Regions and foreign shares: false alarms at 0.05", regions),
    "intervals": ("Intervals: cover of nominal 95 %", intervals),
    "audiences": ("Audiences: the whole detector", audience_worlds),
    "clocks": ("Clocks: offsets", clock_offsets),
    "clocks-2016": ("Clocks: autumn 2016", real_clocks),
}


@click.command()
@click.option("--runs", default=1_000, show_default=True, help="Runs of the quick simulations.")
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Measure this part alone; may be repeated.")
@click.option("--again", is_flag=True, help="Measure parts anew that were measured before.")
def main(runs: int, only: tuple[str, ...], *, again: bool) -> None:
    """Measure what is not measured yet and write the tables."""
    kept = ROOT / "bench" / "geography"
    kept.mkdir(parents=True, exist_ok=True)
    for name in only or PARTS:
        path = kept / f"{name}-{runs}.md"
        if again or not path.exists():
            began = time.process_time()
            text = "\n".join(PARTS[name][1](runs))
            path.write_text(text + "\n", encoding="utf-8")
            click.echo(f"{name}: {time.process_time() - began:.0f} s of one processor", err=True)
    texts = {name: kept / f"{name}-{runs}.md" for name in PARTS}
    if missing := [name for name, path in texts.items() if not path.exists()]:
        click.echo(f"Still to be measured: {', '.join(missing)}.", err=True)
        return
    head = f"# How the answers to where do\n\nMade by `python tests/benchmarks/bench_geography.py --runs {runs}`.\n"
    bodies = [f"\n## {PARTS[name][0]}\n\n{path.read_text(encoding='utf-8')}" for name, path in texts.items()]
    Path(__file__).with_name("geography.md").write_text(head + "".join(bodies), encoding="utf-8")


if __name__ == "__main__":
    main()
