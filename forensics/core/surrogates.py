"""Surrogate data sets: the times dealt again within their bins, and the whole pipeline run again.

A cluster is only as surprising as the best cluster that chance alone would have given *somewhere* in this data set. So
the data are re-dealt many times, every step is repeated, and the largest cluster of each re-deal is kept. The share of
re-deals that reach a cluster's evidence is its family-wise p-value: an error rate for the accusation as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forensics.core.clusters import cluster_evidence, find_clusters
from forensics.core.coaction import n_threads
from forensics.core.jitter import Jitter
from forensics.core.pair_tests import PreparedLayer, weigh_layers
from forensics.model import Progress

__all__ = ["ClusterRule", "largest_by_chance", "re_deal"]


@dataclass(frozen=True, slots=True)
class ClusterRule:
    """How edges become clusters; the same for the data and for every re-deal.

    Attributes:
        min_objects: occasions a pair needs.
        alpha: expected share of false edges.
        min_accounts: accounts a cluster needs.
        resolution: see ``graph.communities``.
        seed: of the search for groups.
    """

    min_objects: int
    alpha: float
    min_accounts: int
    resolution: float
    seed: int


def re_deal(layer: PreparedLayer, generator: np.random.Generator) -> PreparedLayer:
    """Return a layer with every act's time dealt again.

    An act falls anywhere in its own age bin; in a crowded bin the acts swap their times, so that the crowd keeps its
    own rhythm. Accounts, objects, bins and with them all margins stay as they were.

    Args:
        layer: as prepared.
        generator: the source of chance.
    """
    acts, null = layer.acts, layer.nulls[0]
    back = np.argsort(null.by_account, kind="stable")
    cells, start, length = null.cells[back], null.bin_start[back], null.bin_length[back]
    offsets = (generator.random(acts.n_acts) * length).astype(np.int64)
    ticks = start + np.minimum(offsets, length - 1)
    ticks = _swap_crowded(ticks, null, cells, back, generator)
    order = np.argsort(cells * (int(length.max(initial=0)) + 1) + (ticks - start), kind="stable")
    dealt = replace(
        acts, accounts=acts.accounts[order], posts=acts.posts[order], rows=acts.rows[order], ticks=ticks[order]
    )
    by_account = ticks[null.by_account]
    return replace(layer, acts=dealt, nulls=tuple(replace(each, ticks=by_account) for each in layer.nulls))


def _swap_crowded(
    ticks: npt.NDArray[np.int64],
    null: Jitter,
    cells: npt.NDArray[np.int64],
    back: npt.NDArray[np.intp],
    generator: np.random.Generator,
) -> npt.NDArray[np.int64]:
    crowded = np.flatnonzero(null.is_crowded[cells])
    if len(crowded):
        # Both orders run cell by cell, so each act takes the time of another act of its own cell.
        mixed = crowded[np.lexsort((generator.random(len(crowded)), cells[crowded]))]
        ticks[crowded] = null.ticks[back][mixed]
    return ticks


def largest_by_chance(
    layers: Sequence[PreparedLayer], rule: ClusterRule, n_surrogates: int, seed: int, progress: Progress
) -> npt.NDArray[np.float64]:
    """Return the evidence of the largest cluster in each of many re-deals, 0 where there is none.

    Args:
        layers: the data, as prepared.
        rule: how edges become clusters.
        n_surrogates: how many re-deals.
        seed: of them all; each has a stream of its own, so threads change nothing.
        progress: told of re-deals done.

    Returns:
        Shape (n_surrogates,).
    """

    def one(number: int) -> float:
        dealt = [re_deal(layer, np.random.default_rng([seed, number, place])) for place, layer in enumerate(layers)]
        edges = weigh_layers(dealt, rule.min_objects, rule.alpha, threads=1).edges
        members = find_clusters(edges, rule.min_accounts, rule.resolution, rule.seed)
        return float(cluster_evidence(members, edges)["evidence"].to_numpy().max(initial=0.0))

    found = np.zeros(n_surrogates)
    with ThreadPoolExecutor(n_threads()) as pool:
        for number, evidence in enumerate(pool.map(one, range(n_surrogates))):
            found[number] = evidence
            progress("re-dealing the times", number + 1, n_surrogates)
    return found
