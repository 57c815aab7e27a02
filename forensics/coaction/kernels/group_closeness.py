"""Closeness in time to a group, against the delays that accounts show elsewhere.

A delay is the time from an object's appearance to an act on it: an act may have come after any of its account's own
delays.
"""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled
from forensics.coaction.kernels.closeness import surprise_of

__all__ = ["group_closeness", "group_pairs", "near_counts"]


@compiled
def _bisect(times: np.ndarray, low: int, high: int, moment: float, after: bool) -> int:
    """Return where a moment goes among ascending times from ``low``: after its equals, or before them."""
    while low < high:
        middle = (low + high) // 2
        if times[middle] < moment or (after and times[middle] == moment):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def group_closeness(
    targets: np.ndarray,
    first: np.ndarray,
    accounts: np.ndarray,
    times: np.ndarray,
    step: np.ndarray,
    appeared: np.ndarray,
    delay_first: np.ndarray,
    delays: np.ndarray,
    is_member: np.ndarray,
    window: float,
    n_accounts: int,
    least_near: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weigh every account's closeness to a group on some objects.

    For each act: members within the window, against the mean over the account's own delays put in its place. Acts
    upon objects of which the group did nothing else take no part.

    Args:
        targets: the objects.
        first: shape (objects + 1,): where each object's acts begin.
        accounts: shape (acts,).
        times: shape (acts,), seconds, ascending within an object.
        step: shape (acts,): how finely each time is known, seconds.
        appeared: shape (objects,), seconds.
        delay_first: shape (accounts + 1,): where each account's delays begin.
        delays: each account's delays, seconds.
        is_member: shape (accounts,).
        window: seconds.
        n_accounts: how many accounts.
        least_near: members, over all its acts, that must be near an account for its acts to be weighed.

    Returns:
        Each shape (accounts,): the sum of the acts' surprises, acts weighed, acts with a hit, the largest surprise;
        all 0 but the hits for accounts that fewer members are near.
    """
    total = np.zeros(n_accounts)
    trials = np.zeros(n_accounts)
    hits = np.zeros(n_accounts)
    best = np.zeros(n_accounts)
    near = np.zeros(n_accounts)
    # Most accounts are never close to the group, and what their delays would give is not asked.
    for must_weigh in (False, True):
        for q in range(len(targets)):
            o = targets[q]
            start, stop = first[o], first[o + 1]
            members = np.empty(stop - start)
            m = 0
            for i in range(start, stop):
                if is_member[accounts[i]] and step[i] <= window:
                    members[m] = times[i]
                    m += 1
            if m == 0:
                continue
            left = 0
            right = 0
            for i in range(start, stop):
                if step[i] > window:
                    continue
                a = accounts[i]
                own = 1 if is_member[a] else 0
                while left < m and members[left] < times[i] - window:
                    left += 1
                while right < m and members[right] <= times[i] + window:
                    right += 1
                count = right - left - own
                if not must_weigh:
                    hits[a] += count > 0
                    near[a] += count
                    continue
                if near[a] < least_near or m - own <= 0:
                    continue
                expected = 0.0
                low = 0
                high = 0
                for d in range(delay_first[a], delay_first[a + 1]):
                    t = appeared[o] + delays[d]
                    low = _bisect(members, low, m, t - window, False)
                    high = _bisect(members, high, m, t + window, True)
                    expected += high - low
                    if own and abs(t - times[i]) <= window:
                        expected -= 1
                    if count == 0 and expected > 0:
                        break
                n = delay_first[a + 1] - delay_first[a]
                expected = expected / n if n else 0.0
                if expected > 0 or count > 0:
                    trials[a] += 1
                if count > 0:
                    surprise = min(surprise_of(count, max(expected, 0.05 / max(n, 1))), 20.0)
                    total[a] += min(surprise, 12.0)
                    best[a] = max(best[a], surprise)
    return total, trials, hits, best


@compiled
def near_counts(
    first: np.ndarray, times: np.ndarray, objects: np.ndarray, moments: np.ndarray, windows: np.ndarray
) -> np.ndarray:
    """Return how many acts lie within each window of each of some moments on an object.

    Args:
        first: shape (objects + 1,): where each object's acts begin.
        times: seconds, ascending within an object.
        objects: shape (moments,), ascending.
        moments: shape (moments,), seconds, ascending within an object.
        windows: seconds.

    Returns:
        Shape (windows, moments).
    """
    out = np.zeros((len(windows), len(moments)), np.int64)
    for k in range(len(windows)):
        window = windows[k]
        left = 0
        right = 0
        for i in range(len(moments)):
            start, stop = first[objects[i]], first[objects[i] + 1]
            left = max(left, start)
            right = max(right, start)
            while left < stop and times[left] < moments[i] - window:
                left += 1
            while right < stop and times[right] <= moments[i] + window:
                right += 1
            out[k, i] = right - left
    return out


@compiled
def group_pairs(
    first: np.ndarray, times: np.ndarray, drawn: np.ndarray, windows: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Count a group's pairs of acts within each window, as they are and with drawn times put in their place.

    Args:
        first: shape (objects + 1,): where the group's acts on each object begin.
        times: shape (acts,), seconds, ascending within an object.
        drawn: shape (draws, acts), seconds.
        windows: shape (windows,), seconds.

    Returns:
        Pairs within the window, shape (windows, objects); the same of drawn times, mean over the draws; and, shape
        (windows,), pairs of a drawn time with a real one on the same object, mean over the draws.
    """
    n_draws = len(drawn)
    observed = np.zeros((len(windows), len(first) - 1))
    expected = np.zeros((len(windows), len(first) - 1))
    crossed = np.zeros(len(windows))
    for o in range(len(first) - 1):
        real = times[first[o] : first[o + 1]]
        for k in range(len(windows)):
            observed[k, o] = _pairs(real, windows[k])
        for d in range(n_draws):
            moments = drawn[d, first[o] : first[o + 1]].copy()
            if len(moments) > 12:
                moments.sort()
            else:
                for i in range(1, len(moments)):
                    value = moments[i]
                    j = i
                    while j > 0 and moments[j - 1] > value:
                        moments[j] = moments[j - 1]
                        j -= 1
                    moments[j] = value
            for k in range(len(windows)):
                expected[k, o] += _pairs(moments, windows[k]) / n_draws
                left = 0
                right = 0
                for i in range(len(moments)):
                    while left < len(real) and real[left] < moments[i] - windows[k]:
                        left += 1
                    while right < len(real) and real[right] <= moments[i] + windows[k]:
                        right += 1
                    crossed[k] += (right - left) / n_draws
    return observed, expected, crossed


@compiled
def _pairs(times: np.ndarray, window: float) -> int:
    """Return the pairs of ascending times within a window."""
    pairs = 0
    left = 0
    for i in range(len(times)):
        while times[i] - times[left] > window:
            left += 1
        pairs += i - left
    return pairs
