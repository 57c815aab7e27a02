"""What the synchrony detector says of each cluster: its numbers, its strength and what else could explain it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from forensics.coaction.clusters import place_members
from forensics.dataset import Dataset
from forensics.detectors.coordination.confidence import capped, graded, misfit_score, with_membership
from forensics.findings import Finding, Score, Strength

__all__ = ["cluster_scores", "describe_members", "findings", "notes"]

ALTERNATIVES = ("shared_feed", "live_event", "called_audience", "declared_team", "same_operator")
"""Benign explanations of precise synchrony that no statistic on times can rule out."""
EXCLUDED = ("activity", "popularity", "shared_interest", "news_timing")
"""What the interval-jitter null keeps as it was, and so has explained already."""
NULL = "interval_jitter"
STRESSED = 1.25
"""An observed-to-expected ratio over all pairs of acts above this shows a null that fits the data less well."""


def findings(tables: Mapping[str, pl.DataFrame], calibration_ratio: float | None) -> tuple[Finding, ...]:
    """Return one finding per cluster, in the clusters' order.

    Args:
        tables: ``accounts``, ``edges``, ``acts``, ``moments``, ``windows`` and ``clusters`` of the detection.
        calibration_ratio: all pairs of acts observed within the window over those expected; above ``STRESSED`` every
            strength is one step lower.
    """
    is_stressed = calibration_ratio is not None and calibration_ratio > STRESSED
    names = tables["accounts"]["finding_id"].unique(maintain_order=True)
    return tuple(_finding(str(name), _of(tables, str(name)), is_stressed=is_stressed) for name in names)


def describe_members(
    dataset: Dataset, members: pl.DataFrame, edges: pl.DataFrame, dots: pl.DataFrame, seed: int
) -> pl.DataFrame:
    """Return what is known of each cluster's accounts, and where the network figure draws them.

    Args:
        dataset: its accounts table; the latest capture of an account counts.
        members: ``cluster``, ``finding_id``, ``account_id``.
        edges: the detection's edges.
        dots: the detection's moments.
        seed: of the layout.

    Returns:
        ``finding_id, account_id, handle, membership, n_edges, n_acts, n_objects, x, y, created_at, stated_place``,
        ordered by cluster and account; ``membership`` is ``core`` or ``edge``, see ``confidence.with_membership``.
    """
    placed = [
        place_members(rows["account_id"].sort(), edges.filter(pl.col("finding_id") == finding_id), seed)
        for (finding_id,), rows in members.group_by("finding_id", maintain_order=True)
    ] or [pl.DataFrame(schema={"account_id": pl.String, "x": pl.Float64, "y": pl.Float64})]
    inside = edges.drop_nulls("finding_id")
    degrees = pl.concat([inside["left"], inside["right"]]).value_counts(name="n_edges").rename({"left": "account_id"})
    acted = dots.group_by("account_id").agg(n_acts=pl.len(), n_objects=pl.struct("layer", "object_id").n_unique())
    known = dataset.accounts.sort("captured_at", "source_id", "source_row").unique(
        "account_id", keep="last", maintain_order=True
    )
    return (
        with_membership(members, inside)
        .join(pl.concat(placed), "account_id")
        .join(degrees, "account_id", "left")
        .join(acted, "account_id", "left")
        .join(known.select("account_id", "handle", "created_at", "stated_place"), "account_id", "left")
        .sort("cluster", "account_id")
        .select(
            *("finding_id", "account_id", "handle", "membership", "n_edges", "n_acts", "n_objects", "x", "y"),
            *("created_at", "stated_place"),
        )
    )


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
    return {
        key: tables[key].filter(pl.col("finding_id") == name)
        for key in ("accounts", "edges", "acts", "moments", "windows", "clusters")
    }


def _finding(name: str, own: dict[str, pl.DataFrame], *, is_stressed: bool) -> Finding:
    accounts, edges, acts, dots = own["accounts"], own["edges"], own["acts"], own["moments"]
    hits, expected = float(edges["n_objects"].sum()), float(edges["expected"].sum())
    possible = accounts.height * (accounts.height - 1) / 2
    q_values = edges["q_value"]
    misfit = misfit_score(own["windows"], NULL)
    scores = (
        Score("hits", hits, "1", n=int(edges["n_trials"].sum()), null=NULL),
        Score("hits_expected", expected, "1", null=NULL),
        Score("hits_ratio", hits / expected, "1", null=NULL),
        misfit,
        Score("accounts", float(accounts.height), "accounts"),
        Score("accounts_core", float((accounts["membership"] == "core").sum()), "accounts"),
        Score("edges", float(edges.height), "pairs"),
        Score("density", edges.height / possible, "1"),
        Score("objects", float(dots.select(pl.struct("layer", "object_id").n_unique()).item()), "objects"),
        Score("median_gap_s", _number(acts["gap_s"].median()), "s"),
        Score("largest_q", _number(q_values.max()), "1", q_value=_number(q_values.max()), null=NULL),
        *cluster_scores(own["clusters"]),
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
        strength=capped(_strength(accounts, edges, is_stressed=is_stressed), misfit.value),
        alternatives=ALTERNATIVES,
        excluded=EXCLUDED,
        evidence=("accounts", "edges", "acts", "moments", "windows"),
    )


def cluster_scores(facts: pl.DataFrame) -> tuple[Score, ...]:
    """Return the scores of one cluster's row of the ``clusters`` table."""
    evidence, p_value, seeds, windows = facts.select(
        "evidence", "family_wise_p", "seed_stability", "window_stability"
    ).row(0)
    return (
        Score("family_wise_p", p_value, "1", p_value=p_value, null="surrogates"),
        Score("evidence", evidence, "-log10 p"),
        Score("seed_stability", seeds, "1"),
        Score("window_stability", windows, "1"),
    )


def _strength(accounts: pl.DataFrame, edges: pl.DataFrame, *, is_stressed: bool) -> Strength:
    """Grade the confidence, see ``graded``; one step lower where the null fits the data as a whole less well."""
    steps: tuple[Strength, ...] = ("low", "moderate", "high")
    return steps[max(0, steps.index(graded(accounts, edges)) - is_stressed)]


def _number(value: object) -> float:
    """Return an aggregate of a column that is never empty here as a float."""
    if not isinstance(value, (int, float)):
        raise TypeError(f"a cluster's column gave {value!r}")
    return float(value)


def _epoch(dots: pl.DataFrame, *, first: bool) -> float:
    micros = dots["acted_at"].to_physical()
    return _number(micros.min() if first else micros.max()) / 1e6
