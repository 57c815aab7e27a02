"""Closeness in time of pairs of accounts, against interval jitter.

Each of a pair's acts on one object may lie anywhere in its own stretch of the object's life (Amarasingham et al. 2012,
doi:10.1152/jn.00633.2011).
"""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

_CERTAIN = 0.9
"""A pair that is as close by jitter nine times in ten says nothing."""


@compiled
def _overlap(a: float, a_width: float, b: float, b_width: float, window: float) -> float:
    """Return P(|x - y| <= window) for x uniform on [a, a + a_width] and y uniform on [b, b + b_width]."""
    total = 0.0
    for sign in (1.0, -1.0):
        z = sign * window
        part = 0.0
        for corner, weight in (
            (a - b - b_width, 1.0),
            (a - b, -1.0),
            (a + a_width - b - b_width, -1.0),
            (a + a_width - b, 1.0),
        ):
            rest = z - corner
            if rest > 0:
                part += weight * rest * rest
        total += sign * part
    return min(1.0, max(0.0, total / (2 * a_width * b_width)))


@compiled
def surprise_of(count: int, expected: float) -> float:
    """Return -ln P(Poisson(expected) >= count), 0 where the count is no more than expected."""
    expected = max(expected, 1e-12)
    if count <= expected:
        return 0.0
    term = -expected
    for k in range(1, count + 1):
        term += np.log(expected / k)
    total = 1.0
    ratio = 1.0
    for k in range(count + 1, count + 200):
        ratio *= expected / k
        total += ratio
        if ratio < 1e-9 * total:
            break
    return max(0.0, -(term + np.log(total)))


@compiled
def surprises(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return -ln P(Poisson(expected) >= count) of each count."""
    out = np.zeros(len(counts))
    for i in range(len(counts)):
        out[i] = surprise_of(int(counts[i]), expected[i])
    return out


@compiled
def neighbour_counts(
    first: np.ndarray, times: np.ndarray, low: np.ndarray, width: np.ndarray, window: float
) -> tuple[np.ndarray, np.ndarray]:
    """Count for each act the other acts on its object within the window, and how many jitter expects.

    Args:
        first: shape (objects + 1,): where each object's acts begin.
        times: shape (acts,), seconds, ascending within an object.
        low: shape (acts,): beginning of the stretch in which the act may lie.
        width: shape (acts,): its length.
        window: seconds.
    """
    n = len(times)
    counts = np.zeros(n)
    expected = np.zeros(n)
    for o in range(len(first) - 1):
        start, stop = first[o], first[o + 1]
        runs = np.empty(stop - start, np.int64)
        sizes = np.zeros(stop - start)
        n_runs = 0
        for i in range(start, stop):
            if n_runs == 0 or low[runs[n_runs - 1]] != low[i]:
                runs[n_runs] = i
                n_runs += 1
            sizes[n_runs - 1] += 1
        left = start
        right = start
        for i in range(start, stop):
            while times[left] < times[i] - window:
                left += 1
            while right < stop and times[right] <= times[i] + window:
                right += 1
            counts[i] = right - left - 1
            total = 0.0
            for r in range(n_runs):
                j = runs[r]
                if low[j] > low[i] + width[i] + window:
                    break
                if low[j] + width[j] < low[i] - window:
                    continue
                own = 1 if low[j] == low[i] else 0
                total += (sizes[r] - own) * _overlap(low[i], width[i], low[j], width[j], window)
            expected[i] = total
    return counts, expected


@compiled
def best_partners(
    account_first: np.ndarray,
    account_acts: np.ndarray,
    first: np.ndarray,
    objects: np.ndarray,
    accounts: np.ndarray,
    times: np.ndarray,
    low: np.ndarray,
    width: np.ndarray,
    step: np.ndarray,
    windows: np.ndarray,
    rarity: np.ndarray,
    activity: np.ndarray,
    mean_share: float,
    mean_square: float,
    n_best: int,
    most_acts: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Give each account its best partners: by closeness at each window, then by shared objects.

    The tie of closeness is the surprise of the hits against jitter; the tie of shared objects the distance of the
    rarity-weighted number shared from what both accounts' activity gives, in standard deviations.

    Args:
        account_first: shape (accounts + 1,): where each account's acts begin in ``account_acts``.
        account_acts: shape (acts,): acts by account.
        first: shape (objects + 1,): where each object's acts begin.
        objects: shape (acts,), ascending.
        accounts: shape (acts,).
        times: shape (acts,), seconds, ascending within an object.
        low: see ``neighbour_counts``.
        width: see ``neighbour_counts``.
        step: shape (acts,): how finely each time is known, seconds; a window finer than that says nothing.
        windows: shape (windows,), seconds, ascending.
        rarity: shape (objects,): weight of sharing the object.
        activity: shape (accounts,): acts.
        mean_share: expected weight shared for one act of each.
        mean_square: expected squared weight shared for one act of each.
        n_best: partners kept.
        most_acts: acts of an object looked at for one act; of more, every n-th.

    Returns:
        Partners, shape (windows + 1, accounts, n_best), -1 where there are fewer; and their scores.
    """
    n_accounts = len(account_first) - 1
    n_windows = len(windows)
    partners = np.full((n_windows + 1, n_accounts, n_best), -1, np.int64)
    scores = np.zeros((n_windows + 1, n_accounts, n_best))
    hits = np.zeros((n_windows, n_accounts))
    chance = np.zeros((n_windows, n_accounts))
    shared = np.zeros(n_accounts)
    n_shared = np.zeros(n_accounts)
    seen = np.zeros(n_accounts, np.bool_)
    touched = np.zeros(n_accounts, np.int64)
    for a in range(n_accounts):
        n_touched = 0
        for x in range(account_first[a], account_first[a + 1]):
            i = account_acts[x]
            o = objects[i]
            start, stop = first[o], first[o + 1]
            stride = max(1, (stop - start) // most_acts)
            for j in range(start + (i % stride), stop, stride):
                b = accounts[j]
                if b == a:
                    continue
                if not seen[b]:
                    seen[b] = True
                    touched[n_touched] = b
                    n_touched += 1
                shared[b] += rarity[o]
                n_shared[b] += 1
                if n_windows == 0 or abs(low[i] - low[j]) > windows[-1] + max(width[i], width[j]):
                    continue
                for k in range(n_windows):
                    if max(step[i], step[j]) > windows[k]:
                        continue
                    p = _overlap(low[i], width[i], low[j], width[j], windows[k])
                    if p < _CERTAIN:
                        chance[k, b] += p
                        if abs(times[i] - times[j]) <= windows[k]:
                            hits[k, b] += 1
        for y in range(n_touched):
            b = touched[y]
            for k in range(n_windows + 1):
                if k < n_windows:
                    score = surprise_of(int(hits[k, b]), chance[k, b])
                elif n_shared[b] >= 2:
                    both = activity[a] * activity[b]
                    score = (shared[b] - both * mean_share) / np.sqrt(both * mean_square + 1.0)
                else:
                    score = 0.0
                if score > scores[k, a, n_best - 1]:
                    place = n_best - 1
                    while place > 0 and scores[k, a, place - 1] < score:
                        scores[k, a, place] = scores[k, a, place - 1]
                        partners[k, a, place] = partners[k, a, place - 1]
                        place -= 1
                    scores[k, a, place] = score
                    partners[k, a, place] = b
            shared[b] = 0
            n_shared[b] = 0
            seen[b] = False
            for k in range(n_windows):
                hits[k, b] = 0
                chance[k, b] = 0
    return partners, scores
