"""From significant edges to the clusters that are reported: grouped, held against the re-deals, tried for stability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.clusters import best_match, cluster_evidence, find_clusters
from forensics.statistics.multiple_testing import surrogate_p_values

__all__ = ["ClusterRule", "one_row_per_pair", "strongest_layer", "surviving_clusters", "within_clusters"]

_SEEDS = 20
"""Seeds over which a cluster's stability is measured."""


@dataclass(frozen=True, slots=True)
class ClusterRule:
    """How edges become clusters; the same for the data and for every re-deal.

    Attributes:
        min_accounts: accounts a cluster needs.
        resolution: see ``graph.communities``.
        seed: of the search for groups.
    """

    min_accounts: int
    resolution: float
    seed: int

    def clusters(self, edges: pl.DataFrame, seed_step: int = 0) -> pl.DataFrame:
        """Return ``find_clusters`` under this rule."""
        return find_clusters(edges, self.min_accounts, self.resolution, self.seed + seed_step)


def surviving_clusters(
    edges: pl.DataFrame,
    rule: ClusterRule,
    by_chance: npt.NDArray[np.float64],
    family_alpha: float,
    prefix: str,
    variants: Sequence[pl.DataFrame] = (),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the clusters that re-dealing the data does not give.

    Args:
        edges: ``left``, ``right``, ``p_value``, one row per pair and layer, the p-value the pair's.
        rule: how edges become clusters.
        by_chance: shape (re-deals,), the evidence of the largest cluster of each; empty where none were made, and then
            every cluster is kept with a p-value of 1.
        family_alpha: the largest family-wise p-value that is reported.
        prefix: of the clusters' ids.
        variants: other sets of edges, such as each window's own, over which stability is measured.

    Returns:
        ``cluster, account_id, finding_id``; and ``finding_id, evidence, family_wise_p, seed_stability,
        window_stability``: the cluster's mean best Jaccard index over 20 seeds and over the variants.
    """
    everyone = rule.clusters(edges)
    facts = cluster_evidence(everyone, edges)
    p_values = surrogate_p_values(facts["evidence"].to_numpy(), by_chance)
    kept = facts.with_columns(family_wise_p=pl.Series(p_values, dtype=pl.Float64)).filter(
        (pl.col("family_wise_p") <= family_alpha) | (len(by_chance) == 0)
    )
    named = kept.with_columns(finding_id=f"{prefix}-" + pl.int_range(1, pl.len() + 1).cast(pl.String))
    members = everyone.join(named.select("cluster", "finding_id"), "cluster").sort("cluster", "account_id")
    seeds = [rule.clusters(edges, step) for step in range(1, _SEEDS + 1)] if members.height else []
    clusters = named.select("finding_id", "evidence", "family_wise_p").with_columns(
        seed_stability=_stability(members, seeds),
        window_stability=_stability(members, [rule.clusters(variant) for variant in variants]),
    )
    return members, clusters


def _stability(members: pl.DataFrame, others: list[pl.DataFrame]) -> pl.Series:
    """Return each cluster's mean best Jaccard index over other ways of finding clusters, null where there are none."""
    groups = [_groups(other) for other in others]
    means = [
        float(np.mean([best_match(own, other) for other in groups])) if groups else None for own in _groups(members)
    ]
    return pl.Series(means, dtype=pl.Float64)


def _groups(members: pl.DataFrame) -> list[set[str]]:
    return [set(rows["account_id"]) for _, rows in members.group_by("cluster", maintain_order=True)]


def within_clusters(significant: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Give each significant row its cluster's ``finding_id``, null where its two accounts share none.

    Args:
        significant: ``left``, ``right``, ``layer`` and anything else.
        members: ``account_id``, ``finding_id``.
    """
    found = members.select("account_id", "finding_id")
    return (
        significant.join(found.rename({"account_id": "left"}), "left", "left")
        .join(found.rename({"account_id": "right", "finding_id": "other"}), "right", "left")
        .with_columns(finding_id=pl.when(pl.col("finding_id") == pl.col("other")).then("finding_id"))
        .drop("other")
        .sort("left", "right", "layer")
    )


def strongest_layer(by_layer: pl.DataFrame) -> pl.DataFrame:
    """Return of each pair the row of the layer in which it is least likely; see ``within_clusters``."""
    ordered = by_layer.sort("left", "right", "layer_p_value", "layer")
    return ordered.unique(["left", "right"], keep="first", maintain_order=True)


def one_row_per_pair(by_layer: pl.DataFrame) -> pl.DataFrame:
    """Return one row per pair: its layers, its p-value, and the counts of the layer in which it is least likely.

    Args:
        by_layer: see ``within_clusters``; rows of one pair in several layers.

    Returns:
        ``finding_id, left, right, layers, window_s, n_objects, n_occasions, n_trials, expected, ratio, p_value,
        q_value, q_value_by``, the pairs outside any cluster last.
    """
    return (
        by_layer.sort("left", "right", "layer_p_value", "layer")
        .group_by("left", "right", maintain_order=True)
        .agg(pl.col("layer").sort().str.join(",").alias("layers"), pl.exclude("layer").first())
        .with_columns(ratio=pl.col("n_objects") / pl.col("expected"))
        .select(
            *("finding_id", "left", "right", "layers", "window_s", "n_objects", "n_occasions", "n_trials"),
            *("expected", "ratio", "p_value", "q_value", "q_value_by"),
        )
        .sort("finding_id", "p_value", "left", "right", nulls_last=True)
    )
