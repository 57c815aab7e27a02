"""Surrogate data sets: the times dealt again within their bins, and the whole pipeline run again.

A cluster is only as surprising as the best cluster that chance alone would have given *somewhere* in this data set. So
the data are re-dealt many times, every step is repeated, and the largest cluster of each re-deal is kept. The share of
re-deals that reach a cluster's evidence is its family-wise p-value: an error rate for the accusation as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.checkpoint import checkpoint
from forensics.coaction.cluster_tests import ClusterRule
from forensics.coaction.clusters import cluster_evidence
from forensics.coaction.counting import n_threads
from forensics.coaction.jitter_null import Jitter
from forensics.coaction.layers import IndexedActs
from forensics.coaction.pair_tests import PreparedLayer
from forensics.progress import Progress

__all__ = ["largest_by_chance", "re_dealt"]


def re_dealt(layers: Sequence[PreparedLayer], seed: int, number: int) -> list[PreparedLayer]:
    """Return layers with every event's time dealt again: the traces of one post stay together.

    Args:
        layers: as prepared, their events numbered by ``layers.numbered_events``.
        seed: of all re-deals.
        number: of this one.
    """
    n_events = 1 + max((int(layer.acts.events.max(initial=0)) for layer in layers), default=0)
    turn = np.random.default_rng([seed, number]).random(n_events)
    return [_re_deal(layer, turn, np.random.default_rng([seed, number, place])) for place, layer in enumerate(layers)]


def _re_deal(layer: PreparedLayer, turn: npt.NDArray[np.float64], generator: np.random.Generator) -> PreparedLayer:
    """Return a layer with every event's time dealt again.

    An act falls anywhere in its own age bin. An account that acts by the clock keeps to its own minutes of the hour; in
    a crowded bin the acts swap their times, so that the crowd keeps its own rhythm. Accounts, objects, bins and with
    them all margins stay as they were.

    Args:
        layer: as prepared.
        turn: shape (events,), numbers from 0 to 1: how far into its bin each event falls, in every layer alike.
        generator: the source of the other chance.
    """
    acts, null = layer.acts, layer.nulls[0]
    turns = turn[acts.events]
    back = np.empty(acts.n_acts, np.intp)
    back[null.by_account] = np.arange(acts.n_acts)
    cells, start, length = null.cells[back], null.bin_start[back], null.bin_length[back]
    ticks = start + np.minimum((turns * length).astype(np.int64), length - 1)
    bound = np.flatnonzero(null.clocks.row[acts.accounts] >= 0)
    ticks[bound] = _by_the_clock(acts, null, bound, ticks[bound], back, generator)
    crowded = np.flatnonzero(null.is_crowded[cells])
    # Both orders run cell by cell, so each act takes the time of another act of its own cell.
    mixed = crowded[np.lexsort((turns[crowded], cells[crowded]))]
    ticks[crowded] = null.ticks[back][mixed]
    order = np.argsort(cells * (int(length.max(initial=0)) + 1) + (ticks - start), kind="stable")
    dealt = replace(
        acts,
        accounts=acts.accounts[order],
        posts=acts.posts[order],
        events=acts.events[order],
        rows=acts.rows[order],
        ticks=ticks[order],
    )
    by_account = ticks[null.by_account]
    return replace(layer, acts=dealt, nulls=tuple(replace(each, ticks=by_account) for each in layer.nulls))


def _by_the_clock(
    acts: IndexedActs,
    null: Jitter,
    bound: npt.NDArray[np.intp],
    ticks: npt.NDArray[np.int64],
    back: npt.NDArray[np.intp],
    generator: np.random.Generator,
) -> npt.NDArray[np.int64]:
    """Give each act the time past the hour of a random act of its own account, where its bin has such a time."""
    owners = acts.accounts[bound]
    by_owner = np.argsort(owners, kind="stable")
    first, last = (np.searchsorted(owners[by_owner], owners, side=side) for side in ("left", "right"))
    drawn = by_owner[first + (generator.random(len(bound)) * (last - first)).astype(np.int64)]
    start, length = null.bin_start[back][bound], null.bin_length[back][bound]
    offset = (acts.ticks[bound][drawn] - null.origin - start) % max(1, round(3600.0 / null.tick_s))
    return np.where(offset < length, start + offset, ticks)


def largest_by_chance(
    observed: pl.DataFrame,
    edges_of: Callable[[int], pl.DataFrame],
    rule: ClusterRule,
    n_surrogates: int,
    progress: Progress,
) -> npt.NDArray[np.float64]:
    """Return the evidence of the largest cluster in each of many re-deals, 0 where there is none.

    Args:
        observed: the significant edges of the data; where they hold no cluster there is nothing to hold against chance,
            and nothing is re-dealt.
        edges_of: the significant edges of the re-deal of a number; each has a stream of chance of its own, so that
            threads change nothing.
        rule: how edges become clusters.
        n_surrogates: how many re-deals.
        progress: told of re-deals done; each is kept for an interrupted run to go on from (``forensics.checkpoint``).

    Returns:
        Shape (n_surrogates,), or (0,) where nothing was re-dealt.
    """
    if not rule.clusters(observed).height:
        return np.zeros(0)

    keep = checkpoint()

    def one(number: int) -> bytes:
        edges = edges_of(number)
        evidence = cluster_evidence(rule.clusters(edges), edges)["evidence"].to_numpy() if edges.height else np.zeros(0)
        return np.float64(evidence.max(initial=0.0)).tobytes()

    def kept(number: int) -> float:
        return float(np.frombuffer(keep(f"re-deal {number}", lambda: one(number)))[0])

    found = np.zeros(n_surrogates)
    with ThreadPoolExecutor(n_threads()) as pool:
        for number, evidence in enumerate(pool.map(kept, range(n_surrogates))):
            found[number] = evidence
            progress("re-dealing the data", number + 1, n_surrogates)
    return found
