"""One pair of accounts at a time against the interval-jitter null: its trials, its hits, its exact tail."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

POISSON = -1.0
"""Stands in place of a p-value where the trials are too many for the exact tail; the caller takes the Poisson one."""


@compiled
def _ramp(n: int, length: int) -> float:
    """Sum min(length, max(0, u)) over whole u up to n."""
    total = 0.0
    if n > 0:
        total += n * (n + 1.0) / 2.0
    if n > length:
        total -= (n - length) * (n - length + 1.0) / 2.0
    return total


@compiled
def _at_least_apart(gap: int, length_1: int, length_2: int) -> float:
    """Count the (i, j) of [0, length_1) x [0, length_2) with i - j >= gap."""
    return _ramp(length_1 - gap, length_2) - _ramp(-gap, length_2)


@compiled
def chance_within(start_1: int, length_1: int, start_2: int, length_2: int, window: int) -> float:
    """Return P(|X - Y| <= window) for X and Y uniform on the whole ticks of two bins, in closed form.

    Args:
        start_1: first tick of X's bin.
        length_1: its length, ticks, 1 or more.
        start_2: first tick of Y's bin.
        length_2: its length.
        window: ticks.
    """
    shift = start_1 - start_2
    if shift - window >= length_2 or -shift - window >= length_1:
        return 0.0
    inside = _at_least_apart(-window - shift, length_1, length_2) - _at_least_apart(
        window - shift + 1, length_1, length_2
    )
    return inside / (float(length_1) * float(length_2))


@compiled
def poisson_binomial_tail(chances: np.ndarray, n: int, k: int, scratch: np.ndarray) -> float:
    """Return P(at least k of n independent trials hit), exact, by dynamic programming.

    The state k absorbs, so the tail is a sum of positive terms and keeps its relative precision however small.

    Args:
        chances: shape (≥ n,), the trials' chances.
        n: how many of them count.
        k: hits, 0 or more.
        scratch: shape (≥ k + 1,).
    """
    if k <= 0:
        return 1.0
    scratch[: k + 1] = 0.0
    scratch[0] = 1.0
    for t in range(n):
        p = chances[t]
        scratch[k] += scratch[k - 1] * p
        for s in range(min(t + 1, k - 1), 0, -1):
            scratch[s] = scratch[s] * (1.0 - p) + scratch[s - 1] * p
        scratch[0] *= 1.0 - p
    return scratch[k]


@compiled
def _occasions(hit_ticks: np.ndarray, n: int, apart: int) -> int:
    """Count hits at least ``apart`` ticks from the last one counted."""
    ordered = np.sort(hit_ticks[:n])
    counted = 0
    last = 0
    for k in range(n):
        if counted == 0 or ordered[k] - last >= apart:
            counted += 1
            last = ordered[k]
    return counted


@compiled
def _trial(
    i0: int,
    i1: int,
    j0: int,
    j1: int,
    ticks: np.ndarray,
    bin_start: np.ndarray,
    bin_length: np.ndarray,
    cells: np.ndarray,
    crowd: np.ndarray,
    window: int,
    by_clock: float,
    ceiling: float,
) -> tuple[float, int]:
    """Return one shared object's chance of a hit, at most the sum over its pairs of acts, and its first hit's tick."""
    chance = 0.0
    hit = np.int64(-1)
    for i in range(i0, i1):
        for j in range(j0, j1):
            here = chance_within(bin_start[i], bin_length[i], bin_start[j], bin_length[j], window)
            if cells[i] == cells[j]:
                here = max(here, crowd[cells[i]])
            if here > 0.0 and by_clock > 0.0:
                here = max(here, min(1.0, by_clock / min(bin_length[i], bin_length[j])))
            chance += here
            if chance >= ceiling:
                return chance, hit
            if abs(ticks[i] - ticks[j]) <= window:
                later = max(ticks[i], ticks[j])
                if hit < 0 or later < hit:
                    hit = later
    return chance, hit


@compiled
def weigh_pairs(
    left: np.ndarray,
    right: np.ndarray,
    first: np.ndarray,
    objects: np.ndarray,
    ticks: np.ndarray,
    bin_start: np.ndarray,
    bin_length: np.ndarray,
    cells: np.ndarray,
    crowd: np.ndarray,
    clock_row: np.ndarray,
    clock_share: np.ndarray,
    clock_near: np.ndarray,
    hour: int,
    window: int,
    apart: int,
    ceiling: float,
    max_exact: int,
    out: np.ndarray,
) -> None:
    """Weigh each pair's shared objects against the null.

    A shared object is one trial; where an account acted on it more than once, the trial's chance is the sum over the
    pairs of acts, which is never below the true chance. Hits closer in time than ``apart`` count once, because two
    people who scroll the same page at the same hour meet on several objects by one coincidence; a post's several
    traces are one coincidence too. The count is then below what the null counts, so the tail errs to the safe side.

    Args:
        left: shape (pairs,), accounts.
        right: shape (pairs,).
        first: shape (accounts + 1,): where each account's acts begin in the next five arrays.
        objects: shape (acts,), ascending within an account.
        ticks: shape (acts,), not below 0.
        bin_start: shape (acts,), first tick of the act's age bin.
        bin_length: shape (acts,), ticks.
        cells: shape (acts,), the (object, bin) it lies in.
        crowd: shape (cells,): the share of a crowded cell's pairs of acts that lie within the window; else 0.
        clock_row: shape (accounts,): row in the next two, -1 for an account that is not bound to the clock.
        clock_share: shape (bound, 60): its moments' share in each minute of the hour.
        clock_near: shape (bound, 60): the same, summed over the minutes within the window.
        hour: ticks.
        window: ticks.
        apart: ticks.
        ceiling: a trial this likely carries no information and is dropped.
        max_exact: trials up to which the tail is exact.
        out: shape (pairs, 5), filled: trials, hits, occasions, expected hits, p-value or ``POISSON``.
    """
    longest = 0
    for a in range(first.shape[0] - 1):
        longest = max(longest, first[a + 1] - first[a])
    chances = np.empty(longest, np.float64)
    hit_ticks = np.empty(longest, np.int64)
    scratch = np.empty(longest + 2, np.float64)
    for pair in range(left.shape[0]):
        i, i_end = first[left[pair]], first[left[pair] + 1]
        j, j_end = first[right[pair]], first[right[pair] + 1]
        by_clock = 0.0
        if clock_row[left[pair]] >= 0 and clock_row[right[pair]] >= 0:
            by_clock = hour * np.dot(clock_share[clock_row[left[pair]]], clock_near[clock_row[right[pair]]])
        n = 0
        hits = 0
        expected = 0.0
        while i < i_end and j < j_end:
            if objects[i] < objects[j]:
                i += 1
                continue
            if objects[i] > objects[j]:
                j += 1
                continue
            i1, j1 = i + 1, j + 1
            while i1 < i_end and objects[i1] == objects[i]:
                i1 += 1
            while j1 < j_end and objects[j1] == objects[j]:
                j1 += 1
            chance, hit = _trial(i, i1, j, j1, ticks, bin_start, bin_length, cells, crowd, window, by_clock, ceiling)
            i, j = i1, j1
            if chance <= 0.0 or chance >= ceiling:
                continue
            chances[n] = chance
            n += 1
            expected += chance
            if hit >= 0:
                hit_ticks[hits] = hit
                hits += 1
        occasions = _occasions(hit_ticks, hits, apart)
        out[pair, 0] = n
        out[pair, 1] = hits
        out[pair, 2] = occasions
        out[pair, 3] = expected
        out[pair, 4] = poisson_binomial_tail(chances, n, occasions, scratch) if n <= max_exact else POISSON


@compiled
def _pairs_near(ticks: np.ndarray, a0: int, a1: int, b0: int, b1: int, window: int) -> int:
    """Count the pairs of two runs of ascending ticks that lie within the window."""
    total = 0
    low = b0
    high = b0
    for i in range(a0, a1):
        while low < b1 and ticks[low] < ticks[i] - window:
            low += 1
        high = max(high, low)
        while high < b1 and ticks[high] <= ticks[i] + window:
            high += 1
        total += high - low
    return total


@compiled
def pairs_by_chance(
    cell_first: np.ndarray,
    cell_object: np.ndarray,
    ticks: np.ndarray,
    cell_start: np.ndarray,
    cell_length: np.ndarray,
    window: int,
    crowd_from: int,
    ceiling: float,
) -> tuple[np.ndarray, float, float]:
    """Compare all pairs of acts with the null, cell by cell, and measure the crowded cells.

    Args:
        cell_first: shape (cells + 1,): where each cell's acts begin in ``ticks``.
        cell_object: shape (cells,), ascending.
        ticks: shape (acts,), ascending within an object.
        cell_start: shape (cells,), first tick of the cell's bin.
        cell_length: shape (cells,), ticks.
        window: ticks.
        crowd_from: a cell with at least so many acts, 2 or more, is crowded.
        ceiling: pairs of bins this likely to hit carry no information and are left out of the two sums.

    Returns:
        The share of each crowded cell's pairs within the window (0 elsewhere), shape (cells,); the pairs of acts
        observed within the window; the pairs expected.
    """
    n_cells = cell_object.shape[0]
    crowd = np.zeros(n_cells, np.float64)
    observed = 0.0
    expected = 0.0
    for c in range(n_cells):
        a0, a1 = cell_first[c], cell_first[c + 1]
        size = a1 - a0
        inside = (_pairs_near(ticks, a0, a1, a0, a1, window) - size) / 2.0
        possible = size * (size - 1.0) / 2.0
        chance = chance_within(cell_start[c], cell_length[c], cell_start[c], cell_length[c], window)
        if size >= crowd_from:
            crowd[c] = inside / possible
        if chance < ceiling and size < crowd_from:
            observed += inside
            expected += possible * chance
        d = c + 1
        while (
            d < n_cells and cell_object[d] == cell_object[c] and cell_start[d] - window < cell_start[c] + cell_length[c]
        ):
            b0, b1 = cell_first[d], cell_first[d + 1]
            chance = chance_within(cell_start[c], cell_length[c], cell_start[d], cell_length[d], window)
            if 0.0 < chance < ceiling and size < crowd_from and b1 - b0 < crowd_from:
                observed += _pairs_near(ticks, a0, a1, b0, b1, window)
                expected += float(size) * float(b1 - b0) * chance
            d += 1
    return crowd, observed, expected
