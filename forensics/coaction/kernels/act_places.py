"""Where a group's acts lie among all on their objects, and which of these are near each other in time."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

_FEW = 6
"""Members on an object up to which comparing all with a range is quicker than counting along the object's acts."""


@compiled
def near_ranges(
    first: np.ndarray, times: np.ndarray, window: float, near_low: np.ndarray, near_high: np.ndarray
) -> None:
    """Fill in which acts on its object are within a window of each act, numbered from the object's first.

    Args:
        first: shape (objects + 1,): where each object's acts begin.
        times: shape (acts,), seconds, ascending within an object.
        window: seconds.
        near_low: shape (acts,), filled in: the first act that is near.
        near_high: shape (acts,), filled in: the first after it that is not.
    """
    for o in range(len(first) - 1):
        start, stop = first[o], first[o + 1]
        left = start
        right = start
        for i in range(start, stop):
            while times[left] < times[i] - window:
                left += 1
            while right < stop and times[right] <= times[i] + window:
                right += 1
            near_low[i] = left - start
            near_high[i] = right - start


@compiled
def acts_by_accounts(group: np.ndarray, first: np.ndarray, by_account: np.ndarray) -> np.ndarray:
    """Return the acts of some accounts, one account's after another's.

    Args:
        group: accounts.
        first: shape (accounts + 1,): where each account's acts begin in ``by_account``.
        by_account: shape (acts,): acts by account.
    """
    n = 0
    for account in group:
        n += first[account + 1] - first[account]
    acts = np.empty(n, np.int64)
    n = 0
    for account in group:
        for x in range(first[account], first[account + 1]):
            acts[n] = by_account[x]
            n += 1
    return acts


@compiled
def group_places(
    own: np.ndarray, objects: np.ndarray, step: np.ndarray, first: np.ndarray, window: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gather a group's acts that are dated finely enough for a window, object by object.

    Args:
        own: the group's acts, ascending.
        objects: shape (acts,), ascending.
        step: shape (acts,): how finely each time is known, seconds.
        first: shape (objects + 1,): where each object's acts begin.
        window: seconds.

    Returns:
        The objects. Shape (objects + 1,): where each one's places begin. The places: of the group's acts, numbered from
        the object's first. Shape (objects,): where each one's counts begin, -1 where the group's acts are few. The
        counts: how many of the group's acts lie before each of the object's, and how many there are.
    """
    targets = np.empty(len(own), np.int64)
    begins = np.empty(len(own) + 1, np.int64)
    places = np.empty(len(own), np.uint32)
    n_targets = 0
    n = 0
    for i in own:
        if step[i] <= window:
            o = objects[i]
            if n_targets == 0 or targets[n_targets - 1] != o:
                targets[n_targets] = o
                begins[n_targets] = n
                n_targets += 1
            places[n] = i - first[o]
            n += 1
    begins[n_targets] = n
    offsets = np.full(n_targets, -1)
    size = 0
    for q in range(n_targets):
        if begins[q + 1] - begins[q] > _FEW:
            offsets[q] = size
            size += first[targets[q] + 1] - first[targets[q]] + 1
    before = np.empty(size, np.int32)
    at = 0
    for q in range(n_targets):
        if offsets[q] >= 0:
            count = 0
            for x in range(begins[q], begins[q + 1]):
                while at <= offsets[q] + places[x]:
                    before[at] = count
                    at += 1
                count += 1
            while at <= offsets[q] + first[targets[q] + 1] - first[targets[q]]:
                before[at] = count
                at += 1
    return targets[:n_targets], begins[: n_targets + 1], places[:n], offsets, before
