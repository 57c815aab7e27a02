"""Co-actions: which pairs of accounts acted on the same objects within a time window, and how often.

The counting is exact. A pair's weight is the number of distinct objects, which no repetition inflates; its pairs of
acts (CooRTweet's weight) are counted too.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.coaction.kernels.pair_counting import count_rows, window_bounds
from forensics.coaction.layers import IndexedActs

_BLOCKS_PER_THREAD = 16
_BUFFER_ROWS = 1 << 19
_WIDE_FROM = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class CoActions:
    """Pairs of accounts at or above the threshold, in (left, right) order.

    Attributes:
        left: shape (pairs,) uint32, positions in ``IndexedActs.account_ids``; ``left < right``.
        right: shape (pairs,) uint32.
        objects: shape (pairs,) uint32: distinct shared objects.
        pairs: shape (pairs,) uint32: pairs of acts within the window.
    """

    left: npt.NDArray[np.uint32]
    right: npt.NDArray[np.uint32]
    objects: npt.NDArray[np.uint32]
    pairs: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The acts laid out by account for the kernel, accounts renamed so that the busiest come first."""

    row_first: npt.NDArray[np.int64]
    objects: npt.NDArray[np.uint32]
    low: npt.NDArray[np.uint32]
    high: npt.NDArray[np.uint32]
    accounts: npt.NDArray[np.uint32]
    costs: npt.NDArray[np.int64]
    original: npt.NDArray[np.uint32]
    first: int
    """The first account whose row is counted."""


def n_threads() -> int:
    """Return how many threads to count with: the processors this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def counted_pairs(acts: IndexedActs, window: int) -> int:
    """Return exactly how many pairs of acts on one object lie within the window, at the cost of one pass.

    Args:
        acts: a layer.
        window: in ticks.
    """
    low, high = window_bounds(acts.objects, acts.ticks, window)
    return (int((high.astype(np.int64) - low).sum()) - acts.n_acts) // 2


def count_coactions(
    acts: IndexedActs,
    window: int,
    *,
    at_least: int = 1,
    threads: int | None = None,
    own: npt.NDArray[np.bool_] | None = None,
) -> CoActions:
    """Count the co-actions of every pair of accounts, exactly, and keep the pairs at or above a threshold.

    Args:
        acts: a layer.
        window: in ticks, inclusive, symmetric: two acts co-act when ``|t1 - t2| <= window``.
        at_least: the threshold: distinct objects, 1 or more.
        threads: how many; all processors by default. The result does not depend on it.
        own: shape (accounts,): whose pairs are counted, with each other and with the rest; None for everybody's.

    Returns:
        The pairs; memory is that of the acts, the counters (accounts x threads) and the pairs kept.
    """
    rows = _lay_out(acts, with_neighbour(acts, window, at_least), window, own)
    threads = threads or n_threads()
    blocks = _blocks(rows.costs, rows.first, threads * _BLOCKS_PER_THREAD)
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(lambda block: _count_block(rows, block, at_least), blocks))
    return _gather(parts, rows.original)


def with_neighbour(acts: IndexedActs, window: int, at_least: int = 1) -> npt.NDArray[np.intp]:
    """Return the acts that can matter to a count, ascending.

    Args:
        acts: a layer.
        window: in ticks.
        at_least: acts that their account must have among those with another account's act in the window.
    """
    low, high = window_bounds(acts.objects, acts.ticks, window)
    # In (object, time) order a window holds another account exactly where its run of one account is shorter than it.
    changes = np.concatenate(([0], np.cumsum(acts.accounts[1:] != acts.accounts[:-1]))) if acts.n_acts else low
    has_neighbour = changes[low] != changes[high - 1] if acts.n_acts else np.zeros(0, bool)
    if at_least > 1:
        n_left = np.bincount(acts.accounts[has_neighbour], minlength=len(acts.account_ids))
        has_neighbour &= n_left[acts.accounts] >= at_least
    return np.flatnonzero(has_neighbour)


def _lay_out(acts: IndexedActs, kept: npt.NDArray[np.intp], window: int, own: npt.NDArray[np.bool_] | None) -> _Rows:
    objects, ticks = acts.objects[kept], acts.ticks[kept]
    low, high = window_bounds(objects, ticks, window)
    activity = np.bincount(acts.accounts[kept], minlength=len(acts.account_ids))
    original = np.argsort(-activity, kind="stable").astype(np.uint32)[: int((activity > 0).sum())]
    first = 0
    if own is not None:  # each row looks back at those before it, so the rows that are wanted come last
        original = np.concatenate((original[~own[original]], original[own[original]]))
        first = int((~own[original]).sum())
    renamed = np.zeros(len(acts.account_ids), np.uint32)
    renamed[original] = np.arange(len(original), dtype=np.uint32)
    accounts = renamed[acts.accounts[kept]]
    by_account = np.argsort(accounts, kind="stable")
    row_first = np.concatenate(([0], np.cumsum(np.bincount(accounts, minlength=len(original))))).astype(np.int64)
    low, high = low[by_account], high[by_account]
    spans = np.concatenate(([0], np.cumsum(high.astype(np.int64) - low)))
    return _Rows(row_first, objects[by_account], low, high, accounts, np.diff(spans[row_first]), original, first)


def _blocks(costs: npt.NDArray[np.int64], first: int, n_blocks: int) -> list[tuple[int, int]]:
    """Cut the accounts from the first on into runs of about equal cost."""
    if len(costs) == first:
        return []
    ends = np.cumsum(costs[first:])
    cuts = np.searchsorted(ends, ends[-1] * np.arange(1, n_blocks) / n_blocks) + 1
    edges = first + np.unique(np.concatenate(([0], np.minimum(cuts, len(ends)), [len(ends)])))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _count_block(rows: _Rows, block: tuple[int, int], at_least: int) -> npt.NDArray[np.uint32]:
    """Run the kernel over a block of accounts, emptying its buffer each time it is full."""
    n_accounts = len(rows.original)
    counters = np.zeros(n_accounts, np.uint64)
    wide = np.zeros((n_accounts if rows.costs[slice(*block)].max() >= _WIDE_FROM else 1, 3), np.uint64)
    touched = np.empty(n_accounts, np.uint32)
    out = np.empty((max(_BUFFER_ROWS, n_accounts), 4), np.uint32)
    layout = (rows.row_first, rows.objects, rows.low, rows.high, rows.accounts)
    parts = []
    start, stop = block
    while start < stop:
        start, filled = count_rows(start, stop, *layout, at_least, counters, wide, touched, out)
        parts.append(out[:filled].copy())
    return np.concatenate(parts)


def _gather(parts: list[npt.NDArray[np.uint32]], original: npt.NDArray[np.uint32]) -> CoActions:
    """Give the accounts their own numbers back and put the pairs in order."""
    found = np.concatenate(parts) if parts else np.empty((0, 4), np.uint32)
    ends = np.sort(original[found[:, :2]], axis=1)
    left, right = ends[:, 0], ends[:, 1]
    order = np.lexsort((right, left))
    return CoActions(left[order], right[order], found[order, 2], found[order, 3])
