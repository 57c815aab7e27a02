"""Exact in-window co-action counting by a row-wise sparse accumulator.

For each account, walk its acts; within each act's object the acts inside the window are one contiguous slice of the
acts sorted by (object, time); add each into a counter per other account. No pair of accounts is stored below the
threshold, so memory is the acts, the counters and what is given out. It is the row-by-row sparse matrix product of
Gustavson (1978, doi:10.1145/355791.355796) with a last-object stamp, which makes "distinct objects" free.
"""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

_FIELD = np.uint64(20)
_STAMP_SHIFT = np.uint64(40)
_LOW_40 = np.uint64((1 << 40) - 1)
_LOW_20 = np.uint64((1 << 20) - 1)
_ONE = np.uint64(1)
_OBJECT_ONE = np.uint64(1 << 20)
_ZERO = np.uint64(0)


@compiled
def window_bounds(objects: np.ndarray, ticks: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Give each act the slice of acts on the same object within the window, itself included.

    Args:
        objects: shape (acts,), ascending.
        ticks: shape (acts,), whole numbers, ascending within an object.
        window: in ticks, inclusive on both sides.

    Returns:
        ``low`` and ``high``, each shape (acts,) uint32: the slice ``[low, high)`` of each act.
    """
    n = objects.shape[0]
    low = np.empty(n, np.uint32)
    high = np.empty(n, np.uint32)
    left = 0
    right = 0
    for i in range(n):
        while objects[left] != objects[i] or ticks[i] - ticks[left] > window:
            left += 1
        right = max(right, i + 1)
        while right < n and objects[right] == objects[i] and ticks[right] - ticks[i] <= window:
            right += 1
        low[i] = left
        high[i] = right
    return low, high


@compiled
def _packed_row(
    a: int,
    first: int,
    last: int,
    objects: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    accounts: np.ndarray,
    counters: np.ndarray,
    touched: np.ndarray,
) -> int:
    """Add one account's row into counters of (stamp 24 | objects 20 | pairs 20) bits; return how many it touched."""
    n_touched = 0
    stamp = _ZERO
    previous = np.int64(-1)
    for k in range(first, last):
        if objects[k] != previous:
            previous = objects[k]
            stamp += _ONE
        shifted = stamp << _STAMP_SHIFT
        for j in range(low[k], high[k]):
            b = accounts[j]
            if b < a:
                value = counters[b]
                if value == _ZERO:
                    touched[n_touched] = b
                    n_touched += 1
                fresh = _OBJECT_ONE if (value >> _STAMP_SHIFT) != stamp else _ZERO
                counters[b] = ((value & _LOW_40) + _ONE + fresh) | shifted
    return n_touched


@compiled
def _wide_row(
    a: int,
    first: int,
    last: int,
    objects: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    accounts: np.ndarray,
    wide: np.ndarray,
    touched: np.ndarray,
) -> int:
    """Add one account's row into counters of three whole words, for rows whose packed fields could carry."""
    n_touched = 0
    stamp = _ZERO
    previous = np.int64(-1)
    for k in range(first, last):
        if objects[k] != previous:
            previous = objects[k]
            stamp += _ONE
        for j in range(low[k], high[k]):
            b = accounts[j]
            if b < a:
                if wide[b, 0] == _ZERO:
                    touched[n_touched] = b
                    n_touched += 1
                if wide[b, 0] != stamp:
                    wide[b, 0] = stamp
                    wide[b, 1] += _ONE
                wide[b, 2] += _ONE
    return n_touched


@compiled
def count_rows(
    start: int,
    stop: int,
    row_first: np.ndarray,
    objects: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    accounts: np.ndarray,
    at_least: int,
    counters: np.ndarray,
    wide: np.ndarray,
    touched: np.ndarray,
    out: np.ndarray,
) -> tuple[int, int]:
    """Count the rows of the accounts ``start`` to ``stop`` until done or until the next row might not fit.

    Args:
        start: first account of the block.
        stop: one past its last account.
        row_first: shape (accounts + 1,): where each account's acts begin in the next three arrays.
        objects: shape (acts,): what is counted once; equal ones stand together in a row.
        low: shape (acts,) uint32, see ``window_bounds``.
        high: shape (acts,) uint32.
        accounts: shape (acts,) uint32: who acted, in (object, time) order; ``low`` and ``high`` point into it.
        at_least: distinct objects from which a pair is given out.
        counters: shape (accounts,) uint64 zeros; left as zeros.
        wide: shape (accounts or 1, 3) uint64 zeros; left as zeros. Needed where a row has 2^20 pairs of acts or more.
        touched: shape (accounts,) uint32, scratch.
        out: shape (capacity ≥ accounts, 4) uint32: account, an account before it, distinct objects, pairs of acts.

    Returns:
        The account to go on with (``stop`` when done) and how many rows of ``out`` are filled.
    """
    filled = 0
    for a in range(start, stop):
        first, last = row_first[a], row_first[a + 1]
        cost = 0
        for k in range(first, last):
            cost += np.int64(high[k]) - np.int64(low[k])
        is_packed = cost < (1 << 20)
        if is_packed:
            n_touched = _packed_row(a, first, last, objects, low, high, accounts, counters, touched)
        else:
            n_touched = _wide_row(a, first, last, objects, low, high, accounts, wide, touched)
        if filled + n_touched > out.shape[0]:
            # No room for this row at worst: forget it and let the caller empty the buffer first.
            for t in range(n_touched):
                counters[touched[t]] = _ZERO
                if not is_packed:
                    wide[touched[t], :] = _ZERO
            return a, filled
        for t in range(n_touched):
            b = touched[t]
            if is_packed:
                n_objects = np.int64((counters[b] >> _FIELD) & _LOW_20)
                n_pairs = np.int64(counters[b] & _LOW_20)
                counters[b] = _ZERO
            else:
                n_objects = np.int64(wide[b, 1])
                n_pairs = np.int64(wide[b, 2])
                wide[b, :] = _ZERO
            if n_objects >= at_least:
                out[filled, 0] = a
                out[filled, 1] = b
                out[filled, 2] = n_objects
                out[filled, 3] = n_pairs
                filled += 1
    return stop, filled
