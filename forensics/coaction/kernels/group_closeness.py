"""Closeness in time to a group, against the delays that accounts show elsewhere.

A delay is the time from an object's appearance to an act on it: an act may have come after any of its account's own
delays.
"""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled
from forensics.coaction.kernels.pair_closeness import surprise_of

_FEW = 16
"""Times up to which comparing all is quicker than bisecting."""


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
def _first_near(moments: np.ndarray, low: int, high: int, time: float, window: float, beyond: bool) -> int:
    """Return the first of ascending moments from ``low`` whose window reaches up to a time, or begins beyond it."""
    while low < high:
        middle = (low + high) // 2
        if (moments[middle] - window <= time) if beyond else (moments[middle] + window < time):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _near(members: np.ndarray, moment: float, window: float) -> int:
    """Count the members' times within a window of a moment."""
    low = _bisect(members, 0, len(members), moment - window, False)
    return _bisect(members, low, len(members), moment + window, True) - low


@compiled
def _met(
    members: np.ndarray, delays: np.ndarray, born: float, time: float, window: float, own: bool, once: bool
) -> int:
    """Count the pairs of members' times and an account's delays that would lie within a window.

    Args:
        members: ascending times.
        delays: the account's, ascending.
        born: when the object appeared.
        time: of the account's act.
        window: seconds.
        own: whether the act is one of the members', with which its own delays are no pair.
        once: whether one pair is enough to know.
    """
    met = np.int64(0)
    if len(members) <= _FEW:  # the compiler counts four pairs at once
        for there in members:
            for d in range(len(delays)):
                moment = born + delays[d]
                met += np.int64(moment - window <= there) & np.int64(there <= moment + window)
            if once and met > 0:
                break
    else:
        low = 0
        for d in range(len(delays)):
            moment = born + delays[d]
            low = _bisect(members, low, len(members), moment - window, False)
            if low == len(members):
                break
            met += _bisect(members, low, len(members), moment + window, True) - low
            if once and met > 0:
                break
    if own:
        for d in range(len(delays)):
            met -= abs(born + delays[d] - time) <= window
    return met


@compiled
def _hit_surprise(count: int, met: int, n_delays: int) -> float:
    """Return the surprise of so many members near an act, where so many were near its account's delays; 20 at most."""
    expected = met / n_delays if n_delays else 0.0
    return min(surprise_of(count, max(expected, 0.05 / max(n_delays, 1))), 20.0)


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
def group_moments(
    own: np.ndarray, objects: np.ndarray, times: np.ndarray, step: np.ndarray, window: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gather the times of a group's acts that are dated finely enough for a window, object by object.

    Args:
        own: the group's acts, ascending.
        objects: shape (acts,), ascending.
        times: shape (acts,), seconds, ascending within an object.
        step: shape (acts,): how finely each time is known, seconds.
        window: seconds.

    Returns:
        The objects; shape (objects + 1,), where each one's times begin; the times.
    """
    targets = np.empty(len(own), np.int64)
    begins = np.empty(len(own) + 1, np.int64)
    members = np.empty(len(own))
    n_targets = 0
    n = 0
    for i in own:
        if step[i] <= window:
            if n_targets == 0 or targets[n_targets - 1] != objects[i]:
                targets[n_targets] = objects[i]
                begins[n_targets] = n
                n_targets += 1
            members[n] = times[i]
            n += 1
    begins[n_targets] = n
    return targets[:n_targets], begins[: n_targets + 1], members[:n]


@compiled
def near_group(
    targets: np.ndarray,
    begins: np.ndarray,
    members: np.ndarray,
    first: np.ndarray,
    accounts: np.ndarray,
    times: np.ndarray,
    step: np.ndarray,
    appeared: np.ndarray,
    delay_first: np.ndarray,
    delays: np.ndarray,
    is_member: np.ndarray,
    is_asked: np.ndarray,
    known: np.ndarray,
    window: float,
    least_near: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weigh the acts that are near a group's.

    For each act: other members within the window, against the mean over the account's own delays put in its place.

    Args:
        targets: see ``group_moments``.
        begins: see ``group_moments``.
        members: see ``group_moments``.
        first: shape (objects + 1,): where each object's acts begin.
        accounts: shape (acts,).
        times: shape (acts,), seconds, ascending within an object.
        step: shape (acts,): how finely each time is known, seconds.
        appeared: shape (objects,), seconds.
        delay_first: shape (accounts + 1,): where each account's delays begin.
        delays: each account's delays, seconds, ascending.
        is_member: shape (accounts,).
        is_asked: shape (accounts,): whose acts are weighed.
        known: shape (delays + 1, counts, met): surprises worked out before, by how many delays an account has, members
            near its act and members near its delays; 0 for those to come, which are filled in.
        window: seconds.
        least_near: members, over all its acts, that must be near an account for its acts to be weighed.

    Returns:
        The accounts that so many are near; for each its acts with a member near, the sum of their surprises, and the
        largest.
    """
    place = np.full(len(is_member), -1, np.int32)
    names = np.empty(len(is_member), np.int64)
    near = np.empty(len(is_member), np.int64)
    hits = np.empty(len(is_member))
    n = 0
    n_acts = 0
    acts = np.empty((first[targets + 1] - first[targets]).sum(), np.int64)
    counts, targeted = np.empty_like(acts), np.empty_like(acts)
    for q in range(len(targets)):
        there = members[begins[q] : begins[q + 1]]
        i = first[targets[q]]
        stop = first[targets[q] + 1]
        left = 0
        right = 0
        for time in there:
            i = _first_near(times, i, stop, time, window, False)
            while i < stop and times[i] - window <= time:
                a = accounts[i]
                if is_asked[a] and step[i] <= window:
                    while left < len(there) and there[left] < times[i] - window:
                        left += 1
                    while right < len(there) and there[right] <= times[i] + window:
                        right += 1
                    count = right - left - is_member[a]
                    if count > 0:
                        if place[a] < 0:
                            place[a] = n
                            names[n] = a
                            near[n] = 0
                            hits[n] = 0
                            n += 1
                        near[place[a]] += count
                        hits[place[a]] += 1
                        acts[n_acts] = i
                        counts[n_acts] = count
                        targeted[n_acts] = q
                        n_acts += 1
                i += 1
    # Most accounts are close to the group once, and what their delays would give is not asked.
    total = np.zeros(n)
    best = np.zeros(n)
    for x in range(n_acts):
        i, count, q = acts[x], counts[x], targeted[x]
        a = accounts[i]
        k = place[a]
        if near[k] < least_near:
            continue
        there = members[begins[q] : begins[q + 1]]
        own_delays = delays[delay_first[a] : delay_first[a + 1]]
        met = _met(there, own_delays, appeared[targets[q]], times[i], window, is_member[a], False)
        n_delays = len(own_delays)
        if count < known.shape[1] and 0 <= met < known.shape[2]:
            surprise = known[n_delays, count, met]
            if surprise == 0:
                surprise = known[n_delays, count, met] = _hit_surprise(count, met, n_delays)
        else:
            surprise = _hit_surprise(count, met, n_delays)
        total[k] += min(surprise, 12.0)
        best[k] = max(best[k], surprise)
    kept = np.flatnonzero(near[:n] >= least_near)
    return names[kept], hits[kept], total[kept], best[kept]


@compiled
def missed_acts(
    asked: np.ndarray,
    place: np.ndarray,
    begins: np.ndarray,
    members: np.ndarray,
    account_first: np.ndarray,
    by_account: np.ndarray,
    objects: np.ndarray,
    times: np.ndarray,
    step: np.ndarray,
    appeared: np.ndarray,
    delay_first: np.ndarray,
    delays: np.ndarray,
    is_member: np.ndarray,
    window: float,
) -> np.ndarray:
    """Count the acts that are not near a group's, though one of the account's own delays would have been.

    Args:
        asked: accounts.
        place: shape (objects,): each one's place among the targets of ``group_moments``, -1 for none.
        begins: see ``group_moments``.
        members: see ``group_moments``.
        account_first: shape (accounts + 1,): where each account's acts begin in ``by_account``.
        by_account: shape (acts,): acts by account.
        objects: shape (acts,), ascending.
        times: see ``near_group``.
        step: see ``near_group``.
        appeared: see ``near_group``.
        delay_first: see ``near_group``.
        delays: see ``near_group``.
        is_member: see ``near_group``.
        window: seconds.

    Returns:
        Shape (asked,).
    """
    missed = np.zeros(len(asked))
    for k in range(len(asked)):
        a = asked[k]
        own_delays = delays[delay_first[a] : delay_first[a + 1]]
        for x in range(account_first[a], account_first[a + 1]):
            i = by_account[x]
            q = place[objects[i]]
            if q < 0 or step[i] > window:
                continue
            there = members[begins[q] : begins[q + 1]]
            if len(there) - is_member[a] <= 0 or _near(there, times[i], window) - is_member[a] > 0:
                continue
            born = appeared[objects[i]]
            missed[k] += _met(there, own_delays, born, times[i], window, is_member[a], not is_member[a]) > 0
    return missed
