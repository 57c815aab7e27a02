"""The finding of each group: its numbers, its confidence and what else could explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from forensics.coaction.clusters import place_members
from forensics.dataset import Dataset
from forensics.detectors.coordination.coordinated_group import Group
from forensics.detectors.coordination.evidence.confidence import clearest, confidence, leads
from forensics.detectors.coordination.verdict import weights
from forensics.findings import Finding, Score

ALTERNATIVES = ("shared_feed", "called_audience", "live_event", "declared_team", "newsroom_staff", "same_operator")
"""Benign explanations that no comparison with other audiences rules out."""
EXCLUDED = ("activity", "popularity", "other_audiences")
"""What the other audiences show as well, and so has explained already."""
NULL = "other_audiences"
MEASURES = {
    **dict.fromkeys(("finding_id", "measure"), pl.String()),
    **dict.fromkeys(("window_s", "observed", "expected", "ratio", "typical", "largest"), pl.Float64()),
    **dict.fromkeys(("n_audiences", "n_alike"), pl.Int64()),
    "z": pl.Float64(),
}


def measure_rows(named: Mapping[str, Group]) -> pl.DataFrame:
    """Return the measures of every group, in its order, as ``MEASURES``; see ``coordinated_group.Measure``.

    Args:
        named: the groups by their ``finding_id``.
    """
    rows = [
        (name, m.kind, m.window_s, m.observed, m.expected, m.ratio, m.typical, m.largest, m.n_audiences, m.n_alike, m.z)
        for name, group in named.items()
        for m in group.measures
    ]
    return pl.DataFrame(rows, schema=MEASURES, orient="row")


def describe_members(
    dataset: Dataset, members: pl.DataFrame, edges: pl.DataFrame, acts: pl.DataFrame, seed: int
) -> pl.DataFrame:
    """Return what is known of each group's accounts, and where the network figure draws them.

    Args:
        dataset: its accounts table; the latest capture of an account counts.
        members: ``finding_id, account_id, membership``, the groups in their order.
        edges: of ``ties.ties``.
        acts: of ``ties.group_acts``.

    Returns:
        ``finding_id, account_id, handle, membership, n_edges, n_acts, n_objects, x, y, created_at, stated_place``, in
        the groups' order, then by account; ``membership`` is ``core`` (confirmed) or ``edge`` (found with the core and
        not confirmed), which has no place and no ties.
    """
    keys = ["finding_id", "account_id"]
    placed = [
        place_members(rows["account_id"].sort(), edges.filter(pl.col("finding_id") == name), seed).with_columns(
            finding_id=pl.lit(name)
        )
        for (name,), rows in members.filter(pl.col("membership") == "core").group_by("finding_id", maintain_order=True)
    ] or [pl.DataFrame(schema={"account_id": pl.String, "x": pl.Float64, "y": pl.Float64, "finding_id": pl.String})]
    ends = pl.concat([edges.select("finding_id", account_id=side) for side in ("left", "right")])
    acted = acts.group_by(keys).agg(
        n_acts=pl.len().cast(pl.Int64), n_objects=pl.struct("layer", "object_id").n_unique().cast(pl.Int64)
    )
    known = dataset.latest_accounts()
    return (
        members.with_row_index("place")
        .with_columns(place=pl.col("place").min().over("finding_id"))
        .join(pl.concat(placed), keys, "left")
        .join(ends.group_by(keys).agg(n_edges=pl.len().cast(pl.Int64)), keys, "left")
        .join(acted, keys, "left")
        .join(known.select("account_id", "handle", "created_at", "stated_place"), "account_id", "left")
        .with_columns(pl.col("n_edges", "n_acts", "n_objects").fill_null(0))
        .sort("place", "account_id")
        .select(
            *("finding_id", "account_id", "handle", "membership", "n_edges", "n_acts", "n_objects", "x", "y"),
            *("created_at", "stated_place"),
        )
    )


def group_finding(
    name: str, group: Group, q_value: float, edges: pl.DataFrame, acts: pl.DataFrame, dots: pl.DataFrame
) -> Finding:
    """Return the finding of a group that is named.

    Args:
        name: its id.
        q_value: its error rate corrected for the groups of the run.
        edges: its rows of ``ties.ties``.
        acts: its rows of ``ties.group_acts``.
        dots: its rows of ``evidence_kinds.moments``.
    """
    n_pairs = len(group.core) * (len(group.core) - 1) / 2
    scores = (
        *_against_others(group),
        Score("accounts", float(len(group.core)), "accounts"),
        Score("accounts_edge", float(len(group.edge)), "accounts"),
        Score("edges", float(edges.height), "pairs"),
        Score("density", edges.height / n_pairs if n_pairs else None, "1"),
        Score("objects", float(acts.select(pl.struct("layer", "object_id").n_unique()).item()), "objects"),
        Score("directions_share", _share(group), "1", n=group.n_directions),
        Score("stability", group.stability, "1"),
        Score("confirmed_share", group.confirmed_share, "1"),
        *_evenness(group),
        Score(
            "organic_share",
            group.error_rate,
            "1",
            n=len(weights().organic_scores),
            p_value=group.error_rate,
            q_value=q_value,
        ),
        *_times(dots),
    )
    return Finding(
        id=name,
        question="who",
        subject=name,
        statement="coordinated_group" if leads(clearest(group)) else "coordinated_group_jointly",
        scores=scores,
        strength=confidence(group),
        alternatives=ALTERNATIVES,
        excluded=EXCLUDED,
        evidence=("accounts", "edges", "acts", "moments", "measures", "kinds"),
    )


def _against_others(group: Group) -> Sequence[Score]:
    """Return the clearest measure of a group beside the other audiences."""
    measure = clearest(group)
    return (
        Score("acted_ratio", measure.ratio, "1", null=NULL),
        Score("next_ratio", measure.largest, "1", null=NULL),
        Score("typical_ratio", measure.typical, "1", null=NULL),
        Score("audiences", float(measure.n_audiences), "audiences"),
        Score("audiences_alike", float(measure.n_alike), "audiences"),
        Score("acted", measure.observed, "1", null=NULL),
        Score("acted_expected", measure.expected, "1", null=NULL),
    )


def _evenness(group: Group) -> Sequence[Score]:
    """Return how alike the members share the work, and by which factor their delays usually differ, where known."""
    known = (("work_spread", group.even.pairs), ("delay_factor", float(np.exp(group.even.delays))))
    return [Score(name, value, "1") for name, value in known if np.isfinite(value)]


def _share(group: Group) -> float | None:
    return group.n_confirmed / group.n_directions if group.n_directions else None


def _times(dots: pl.DataFrame) -> Sequence[Score]:
    """Return when the first and the last common act were; nothing where no act has a usable time."""
    times = dots["acted_at"].drop_nulls()
    if times.is_empty():
        return ()
    seconds = times.dt.epoch("us").to_numpy() / 1e6
    return (Score("first_at", float(seconds.min()), "utc_s"), Score("last_at", float(seconds.max()), "utc_s"))
