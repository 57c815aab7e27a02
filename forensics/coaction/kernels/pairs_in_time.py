"""Pairs of a group's acts that are close in time, as they are and with drawn times put in their place."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

_FEW = 48
"""Acts up to which comparing all pairs is quicker than sorting them: the compiler compares several at once."""


@compiled
def near_counts(
    first: np.ndarray,
    times: np.ndarray,
    objects: np.ndarray,
    moments: np.ndarray,
    windows: np.ndarray,
    order: np.ndarray,
    out: np.ndarray,
) -> None:
    """Add how many acts lie within each window of each of some moments on an object.

    Args:
        first: shape (objects + 1,): where each object's acts begin.
        times: seconds, ascending within an object.
        objects: shape (moments,), ascending.
        moments: shape (moments,), seconds.
        windows: seconds.
        order: shape (moments,): the moments, ascending within an object.
        out: shape (moments, windows), added to.
    """
    for k in range(len(windows)):
        window = windows[k]
        left = 0
        right = 0
        for x in range(len(order)):
            i = order[x]
            start, stop = first[objects[i]], first[objects[i] + 1]
            left = max(left, start)
            right = max(right, start)
            while left < stop and times[left] < moments[i] - window:
                left += 1
            while right < stop and times[right] <= moments[i] + window:
                right += 1
            out[i, k] += right - left


@compiled
def group_pairs(
    acts: np.ndarray,
    objects: np.ndarray,
    times: np.ndarray,
    drawn: np.ndarray,
    near: np.ndarray,
    drawn_near: np.ndarray,
    windows: np.ndarray,
    places: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Count a group's pairs of acts within each window on the objects on which two of its acts or more lie.

    Args:
        acts: the group's, ascending.
        objects: shape (all acts,), ascending.
        times: shape (all acts,), seconds, ascending within an object.
        drawn: shape (all acts, draws), seconds: times put in the place of the real ones.
        near: shape (all acts, all windows): acts on the object near each act, itself among them.
        drawn_near: the same near its drawn times, all draws summed.
        windows: shape (windows,), seconds.
        places: shape (windows,): each one's column of ``near``.

    Returns:
        Pairs within the window, shape (windows, objects); the same of drawn times, mean over the draws; and, shape
        (windows, 2), how many outsiders are near the acts, and near their drawn times, mean over the draws.
    """
    n_acts, n_draws, n_windows = len(acts), drawn.shape[1], len(windows)
    begins = np.empty(n_acts // 2 + 1, np.int64)
    ends = np.empty(n_acts // 2 + 1, np.int64)
    n_objects = 0
    most = 0
    x = 0
    while x < n_acts:
        start = x
        while x < n_acts and objects[acts[x]] == objects[acts[start]]:
            x += 1
        if x - start >= 2:
            begins[n_objects], ends[n_objects] = start, x
            most = max(most, x - start)
            n_objects += 1
    observed = np.zeros((n_windows, n_objects))
    expected = np.zeros((n_windows, n_objects))
    outside = np.zeros((n_windows, 2), np.int64)
    room, rooms = np.empty(most), np.empty((n_draws, most))
    for o in range(n_objects):
        n = ends[o] - begins[o]
        real = room[:n]
        for i in range(n):
            act = acts[begins[o] + i]
            real[i] = times[act]
            for d in range(n_draws):
                rooms[d, i] = drawn[act, d]
            for k in range(n_windows):
                outside[k, 0] += near[act, places[k]] - 1
                outside[k, 1] += drawn_near[act, places[k]]
        if n > _FEW:
            for d in range(n_draws):
                rooms[d, :n].sort()
        for k in range(n_windows):
            pairs = _pairs(real, windows[k])
            observed[k, o] = pairs
            outside[k, 0] -= 2 * pairs
            pairs = np.int64(0)
            for d in range(n_draws):
                moments = rooms[d, :n]
                pairs += _pairs(moments, windows[k])
                outside[k, 1] -= _crossed(real, moments, windows[k])
            expected[k, o] = pairs / n_draws
    beside = outside.astype(np.float64)
    beside[:, 1] /= n_draws
    return observed, expected, beside


@compiled
def _pairs(times: np.ndarray, window: float) -> int:
    """Return the pairs of times within a window; more than ``_FEW`` are ascending."""
    pairs = np.int64(0)
    if len(times) <= _FEW:
        for i in range(1, len(times)):
            time = times[i]
            for j in range(i):
                pairs += np.int64(abs(time - times[j]) <= window)
        return pairs
    left = 0
    for i in range(len(times)):
        while times[i] - times[left] > window:
            left += 1
        pairs += i - left
    return pairs


@compiled
def _crossed(real: np.ndarray, moments: np.ndarray, window: float) -> int:
    """Return the pairs of a real time and a moment within a window; more than ``_FEW`` are ascending."""
    pairs = np.int64(0)
    if len(real) <= _FEW:
        for moment in moments:
            low, high = moment - window, moment + window
            for time in real:
                pairs += np.int64(time >= low) & np.int64(time <= high)
        return pairs
    left = 0
    right = 0
    for moment in moments:
        while left < len(real) and real[left] < moment - window:
            left += 1
        while right < len(real) and real[right] <= moment + window:
            right += 1
        pairs += right - left
    return pairs
