"""Clusters: groups of accounts that many significant edges hold together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.graph import communities, components, layout

MIN_MODULARITY = 0.1
"""A component is split only where the split's modularity reaches this; below it the split says nothing."""


def find_clusters(edges: pl.DataFrame, min_accounts: int, resolution: float, seed: int) -> pl.DataFrame:
    """Group the accounts of significant edges.

    Connected components, each split where the constant Potts model finds denser groups joined by few bridges and the
    split's modularity supports it: a handful of chance edges must not weld two groups into one.

    Args:
        edges: columns ``left``, ``right`` (account ids, ``left < right``), rows in any order.
        min_accounts: a smaller group is no cluster.
        resolution: see ``graph.communities``.

    Returns:
        ``cluster`` (from 0, most edges first, ties by first account) and ``account_id``, in that order.
    """
    ordered = edges.select("left", "right").unique().sort("left", "right")
    names = pl.concat([ordered["left"], ordered["right"]]).unique().sort()
    pairs = _positions(ordered, names)
    group = components(len(names), pairs)
    labels = np.zeros(len(names), np.int64)
    for number in np.unique(group):
        nodes = np.flatnonzero(group == number)
        labels[nodes] = labels.max(initial=0) + 1 + _split(nodes, pairs, resolution, seed)
    members = pl.DataFrame({"account_id": names, "label": labels})
    sizes = (
        ordered.join(members.rename({"account_id": "left"}), "left")
        .join(members.rename({"account_id": "right", "label": "other"}), "right")
        .filter(pl.col("label") == pl.col("other"))
        .group_by("label")
        .agg(n_edges=pl.len())
    )
    return (
        members.join(sizes, "label")
        .filter(pl.len().over("label") >= min_accounts)
        .with_columns(first=pl.col("account_id").min().over("label"))
        .sort(["n_edges", "first", "account_id"], descending=[True, False, False])
        .with_columns(cluster=pl.col("first").rle_id())
        .select("cluster", "account_id")
    )


def place_members(members: pl.Series, edges: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return a position for each of a cluster's accounts.

    Args:
        members: account ids, ascending.
        edges: columns ``left`` and ``right``, all among the members.

    Returns:
        ``account_id``, ``x``, ``y``, both within -1 and 1.
    """
    placed = layout(len(members), _positions(edges.select("left", "right").sort("left", "right"), members), seed)
    return pl.DataFrame({"account_id": members, "x": placed[:, 0], "y": placed[:, 1]})


def _positions(edges: pl.DataFrame, names: pl.Series) -> npt.NDArray[np.int64]:
    return edges.select(
        names.search_sorted(edges[side]).cast(pl.Int64).alias(side) for side in edges.columns
    ).to_numpy()


def _split(
    nodes: npt.NDArray[np.intp], pairs: npt.NDArray[np.int64], resolution: float, seed: int
) -> npt.NDArray[np.int64]:
    """Return the community of each of a component's nodes, all 0 where no split is supported."""
    inside = np.searchsorted(nodes, pairs[np.isin(pairs[:, 0], nodes)])
    membership, modularity = communities(len(nodes), inside, resolution, seed)
    return membership if modularity >= MIN_MODULARITY else np.zeros(len(nodes), np.int64)
