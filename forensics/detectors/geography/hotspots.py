"""Scan: where on the map, and when, a camp's audience is denser than everybody else's.

Each camp's audience (the cases) is set against the other audiences of the same data (the people at risk), and the
moments at which accounts of one place arrived against the moments at which all others did.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.geography.account_places import account_places
from forensics.detectors.geography.camp_audiences import audience_members, region_counts
from forensics.detectors.geography.geography_vocabulary import SCAN
from forensics.detectors.geography.region_statistics import spread_between
from forensics.detectors.geography.region_tests import FEWEST_FOR_SPREAD
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score, numbered
from forensics.params import param
from forensics.places.coordinates import area_positions
from forensics.progress import Progress
from forensics.statistics.multiple_testing import with_q_values
from forensics.statistics.scan_statistics import (
    Counts,
    Floats,
    Hotspot,
    Scan,
    distances_km,
    space_time_scan,
    spatial_scan,
)

_SCANNED = ("stated", "platform", "geotag")
_MOST_AREAS = 60
_MOST_HOTSPOTS = 5
_FEWEST_CASES = 20
_ALTERNATIVES = ("diaspora", "local_event", "local_media", "false_statement_of_place")


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    replicas: int = param(999, "draws", "Data sets drawn under the null of the spatial scan.", 99, 99_999)
    time_replicas: int = param(199, "draws", "Data sets drawn under the null of the scan in space and time.", 99, 9_999)
    largest_share: float = param(0.5, "1", "Largest share of the people that a circle may hold.", 0.01, 0.5)
    longest_days: int = param(7, "d", "Longest stretch of days that is scanned.", 1, 60)
    min_accounts: int = param(50, "accounts", "Audiences with fewer located accounts are not scanned.", 20, 10**9)
    alpha: float = param(0.05, "1", "Expected share of false ones among the findings.", 1e-9, 0.5)


def scan(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Scan the audiences of camps in space, and in space and time.

    Args:
        dataset: its accounts and actions.

    Returns:
        A finding per hotspot that chance does not give, and the tables ``hotspots`` and ``areas``.

    Raises:
        TooLittleDataError: no audience has enough accounts of known place in two places or more.
    """
    located = audience_members(dataset).join(account_places(dataset), "account_id")
    located = located.filter(pl.col("source").is_in(_SCANNED)).with_columns(area=pl.coalesce("region", "country"))
    sizes = located.filter("is_camp" if located["is_camp"].any() else pl.lit(value=True)).group_by("source", "audience")
    wanted = sizes.agg(n=pl.len(), k=pl.col("area").n_unique()).filter(
        (pl.col("n") >= params.min_accounts) & (pl.col("k") > 1)
    )
    if not wanted.height:
        raise TooLittleDataError(
            "No audience has {min_accounts} accounts or more whose places are known and differ, so there is nothing "
            "to scan.",
            min_accounts=params.min_accounts,
        )
    hotspots, members = [], []
    for done, (source, audience) in enumerate(wanted.select("source", "audience").sort(pl.all()).iter_rows(), start=1):
        rows, inside = _scan_audience(located.filter(pl.col("source") == source), audience, params, seed)
        hotspots += [{"source": source, "audience": audience, **row} for row in rows]
        members += [{"source": source, "audience": audience, **row} for row in inside]
        progress("scanning the map", done, wanted.height)
    return _detection(pl.DataFrame(hotspots, _HOTSPOT), pl.DataFrame(members, _AREA), params)


_HOTSPOT = {
    **dict.fromkeys(("source", "audience", "kind", "centre", "hotspot"), pl.String),
    "n_areas": pl.Int64,
    "radius_km": pl.Float64,
    **dict.fromkeys(("first_day", "last_day"), pl.Date),
    **dict.fromkeys(("observed", "expected", "ratio", "p_value"), pl.Float64),
}
_AREA = dict.fromkeys(("source", "audience", "hotspot", "area"), pl.String)


def _scan_audience(
    people: pl.DataFrame, audience: str, params: Params, seed: int
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the hotspots of one audience of one source, and the areas inside each."""
    cases = people.filter(pl.col("audience") == audience)
    others = people.filter(pl.col("audience") != audience)
    commonest = people["area"].value_counts().sort(["count", "area"], descending=[True, False])["area"]
    areas = area_positions(commonest.head(_MOST_AREAS).sort().to_list())
    names = areas["area"].to_list()
    distance = distances_km(areas["latitude"].to_numpy(), areas["longitude"].to_numpy())
    found: list[tuple[str, Scan]] = []
    pages = region_counts(others.filter(~pl.col("is_camp")), names, "area").drop("audience").to_numpy()
    everyone = region_counts(others.with_columns(audience=pl.lit("")), names, "area").drop("audience").to_numpy()
    counts = region_counts(cases, names, "area").drop("audience").to_numpy()[0]
    if everyone.sum() >= params.min_accounts and len(pages) >= FEWEST_FOR_SPREAD:
        at_risk = everyone[0] + 0.5
        spread = spread_between(pages, at_risk / at_risk.sum())
        limit = params.largest_share
        result = spatial_scan(
            counts, at_risk, distance, seed=seed, replicas=params.replicas, largest_share=limit, spread=spread
        )
        found.append(("space", result))
    timed = cases.filter(pl.col("area").is_in(names)).select("area", day=pl.col("arrived_at").dt.date())
    start = timed["day"].min()
    steps = (timed["day"] - start).dt.total_days().to_numpy()
    if steps.max() > 0:
        at = timed.join(areas.with_row_index("at"), "area", maintain_order="left")["at"].to_numpy().astype(np.int64)
        found.append(("space_time", _bursts(at, steps, distance, params, seed)))
    return _rows(found, names, start)


def _bursts(at: Counts, steps: Counts, distance: Floats, params: Params, seed: int) -> Scan:
    """Scan again without the cases of each burst found, because a burst makes all other days look thin.

    Source:
        Zhang, Assunção & Kulldorff 2010, doi:10.1155/2010/642379.
    """
    share, longest, n = params.largest_share, params.longest_days, params.time_replicas
    spots: list[Hotspot] = []
    by_chance = np.empty(0)
    kept = np.ones(len(at), bool)
    while len(spots) < _MOST_HOTSPOTS and kept.sum() >= _FEWEST_CASES:
        result = space_time_scan(
            at[kept], steps[kept], distance, seed=seed, replicas=n, largest_share=share, longest=longest
        )
        if not result.hotspots:
            break
        best, by_chance = result.hotspots[0], result.largest_by_chance
        spots.append(best)
        if best.p_value > params.alpha:
            break
        kept &= ~(np.isin(at, best.areas) & (steps >= best.first) & (steps <= best.last))
    return Scan(tuple(spots), by_chance)


def _rows(
    found: list[tuple[str, Scan]], names: list[str], start: object
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    rows: list[dict[str, object]] = []
    inside: list[dict[str, object]] = []
    day = pl.Series([start], dtype=pl.Date)
    for kind, result in found:
        for number, spot in enumerate(result.hotspots[:_MOST_HOTSPOTS], start=1):
            key = f"{kind}-{number}"
            rows.append(
                {
                    "kind": kind,
                    "centre": names[spot.areas[0]],
                    "hotspot": key,
                    "n_areas": len(spot.areas),
                    "radius_km": spot.radius_km,
                    **(_days(day, spot) if kind == "space_time" else {"first_day": None, "last_day": None}),
                    "observed": spot.observed,
                    "expected": spot.expected,
                    "ratio": spot.ratio,
                    "p_value": spot.p_value,
                }
            )
            inside += [{"hotspot": key, "area": names[area]} for area in spot.areas]
    return rows, inside


def _days(start: pl.Series, spot: Hotspot) -> dict[str, object]:
    first, last = (start.dt.offset_by(f"{step}d")[0] for step in (spot.first, spot.last))
    return {"first_day": first, "last_day": last}


def _detection(hotspots: pl.DataFrame, areas: pl.DataFrame, params: Params) -> Detection:
    """Correct over the audiences' most likely hotspots and make findings of those that remain."""
    table = with_q_values(hotspots).sort("source", "audience", "kind", "hotspot")
    table = table.with_columns(finding_id=numbered("scan", pl.col("q_value") <= params.alpha))
    joined = areas.join(table.select("source", "audience", "hotspot", "finding_id"), ["source", "audience", "hotspot"])
    found = [_finding(row) for row in table.drop_nulls("finding_id").iter_rows(named=True)]
    found.sort(key=lambda finding: (finding.scores[0].q_value or 0.0, -(finding.scores[0].value or 0.0), finding.id))
    tables = {"hotspots": table, "areas": joined.sort("source", "audience", "hotspot", "area")}
    n_scans = table.select("source", "audience", "kind").unique().height
    notes = ("places_are_region_centres", "circles_only") + (
        () if (table["kind"] == "space").any() else ("too_few_reference_audiences",)
    )
    scores = (Score("scans", float(n_scans), "scans"), Score("replicas", float(params.replicas), "draws"))
    return Detection(DETECTOR.name, asdict(params), tuple(found), scores, tables, notes)


def _finding(row: dict[str, Any]) -> Finding:
    ratio, p_and_q = row["observed"] / row["expected"], (row["p_value"], row["q_value"])
    null = "reference_audiences" if row["kind"] == "space" else "times_redealt"
    return Finding(
        id=row["finding_id"],
        question="where",
        subject=f"{row['audience']}/{row['centre']}",
        statement=f"hotspot_{row['kind']}_{row['source']}",
        scores=(
            Score("hotspot_ratio", ratio, "1", int(row["observed"]), None, *p_and_q, null),
            Score("hotspot_expected", row["expected"], "accounts"),
            Score("hotspot_areas", float(row["n_areas"]), "areas"),
        ),
        strength="low" if row["source"] == "stated" else "moderate",
        alternatives=_ALTERNATIVES,
        excluded=("searching_everywhere", "populous_places"),
        evidence=("hotspots", "areas"),
    )


DETECTOR = Detector(
    name="scan",
    title="Hotspots on the map, and in time",
    question="where",
    needs=("accounts", "actions"),
    params=Params,
    run=scan,
    vocabulary=SCAN,
    cites=(
        "Kulldorff 1997, doi:10.1080/03610929708831995",
        "Kulldorff 2001, doi:10.1111/1467-985X.00186",
        "Kulldorff et al. 2005, doi:10.1371/journal.pmed.0020059",
        "Zhang, Assunção & Kulldorff 2010, doi:10.1155/2010/642379",
    ),
    text=(
        "Lays circles of every size around every place, and stretches of days within them, and reports those that hold "
        "more of a camp's audience than the other audiences, or the other days, lead one to expect. The p-value is a "
        "rank among redrawn data sets that are searched in the same way."
    ),
)
