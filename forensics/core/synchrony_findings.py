"""What the synchrony detector says of each cluster: its numbers, its strength and what else could explain it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from forensics.model import Finding, Score, Strength

__all__ = ["findings", "notes"]

ALTERNATIVES = ("shared_feed", "live_event", "declared_team", "same_operator")
"""Benign explanations of precise synchrony that no statistic on times can rule out."""
EXCLUDED = ("activity", "popularity", "shared_interest", "news_timing")
"""What the interval-jitter null keeps as it was, and so has explained already."""
NULL = "interval_jitter"
STRESSED = 1.25
"""An observed-to-expected ratio over all pairs of acts above this shows a null that fits the data less well."""


def findings(tables: Mapping[str, pl.DataFrame], calibration_ratio: float | None) -> tuple[Finding, ...]:
    """Return one finding per cluster, in the clusters' order.

    Args:
        tables: ``accounts``, ``edges``, ``acts`` and ``moments`` of the detection.
        calibration_ratio: all pairs of acts observed within the window over those expected; above ``STRESSED`` every
            strength is one step lower.
    """
    is_stressed = calibration_ratio is not None and calibration_ratio > STRESSED
    names = tables["accounts"]["finding_id"].unique(maintain_order=True)
    return tuple(_finding(str(name), _of(tables, str(name)), is_stressed=is_stressed) for name in names)


def notes(tables: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """Return the keys of the limits that the report prints beside the detection."""
    layers = tables["layers"]
    said = ["blind_early"]
    if not tables["accounts"].height:
        said.append("quiet_result")
    if layers["n_crowded_acts"].sum():
        said.append("crowded_cells")
    if not layers["precision"].is_in(["ms", "s"]).all():
        said.append("coarse_times")
    return tuple(said)


def _of(tables: Mapping[str, pl.DataFrame], name: str) -> dict[str, pl.DataFrame]:
    return {key: tables[key].filter(pl.col("finding_id") == name) for key in ("accounts", "edges", "acts", "moments")}


def _finding(name: str, own: dict[str, pl.DataFrame], *, is_stressed: bool) -> Finding:
    accounts, edges, acts, dots = own["accounts"], own["edges"], own["acts"], own["moments"]
    hits, expected = float(edges["n_objects"].sum()), float(edges["expected"].sum())
    possible = accounts.height * (accounts.height - 1) / 2
    q_values = edges["q_value"]
    scores = (
        Score("hits", hits, "1", n=int(edges["n_trials"].sum()), null=NULL),
        Score("hits_expected", expected, "1", null=NULL),
        Score("hits_ratio", hits / expected, "1", null=NULL),
        Score("accounts", float(accounts.height), "accounts"),
        Score("edges", float(edges.height), "pairs"),
        Score("density", edges.height / possible, "1"),
        Score("objects", float(dots.select(pl.struct("layer", "object_id").n_unique()).item()), "objects"),
        Score("median_gap_s", _number(acts["gap_s"].median()), "s"),
        Score("largest_q", _number(q_values.max()), "1", q_value=_number(q_values.max()), null=NULL),
        Score("smallest_p", _number(edges["p_value"].min()), "1", p_value=_number(edges["p_value"].min()), null=NULL),
        Score("first_at", _epoch(dots, first=True), "utc_s"),
        Score("last_at", _epoch(dots, first=False), "utc_s"),
    )
    return Finding(
        id=name,
        question="who",
        subject=name,
        statement="synchrony_cluster",
        scores=scores,
        strength=_strength(accounts, edges, is_stressed=is_stressed),
        alternatives=ALTERNATIVES,
        excluded=EXCLUDED,
        evidence=("accounts", "edges", "acts", "moments"),
    )


def _strength(accounts: pl.DataFrame, edges: pl.DataFrame, *, is_stressed: bool) -> Strength:
    """Grade the confidence.

    High: five accounts or more, each tied to two others or more, and every edge also passes the correction that holds
    under any dependence. Moderate: at least half of the edges do. Low: fewer. One step lower where the null fits the
    data as a whole less well.
    """
    steps: tuple[Strength, ...] = ("low", "moderate", "high")
    passing = float((edges["q_value_by"] <= 0.05).sum()) / edges.height
    is_knit = accounts.height >= 5 and _number(accounts["n_edges"].min()) >= 2
    level = 2 if passing == 1.0 and is_knit else 1 if passing >= 0.5 else 0
    return steps[max(0, level - is_stressed)]


def _number(value: object) -> float:
    """Return an aggregate of a column that is never empty here as a float."""
    if not isinstance(value, (int, float)):
        raise TypeError(f"a cluster's column gave {value!r}")
    return float(value)


def _epoch(dots: pl.DataFrame, *, first: bool) -> float:
    micros = dots["acted_at"].to_physical()
    return _number(micros.min() if first else micros.max()) / 1e6
