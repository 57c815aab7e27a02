"""Closeness in time to a group, against the delays that accounts show elsewhere.

A delay is the time from an object's appearance to an act on it: an act may have come after any of its account's own
delays. Which acts on the object are near an act, or would have been near it after another delay, does not hang on the
group. They are ranges of the object's acts, worked out once for a window; a group's acts in each range are counted.
"""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled
from forensics.coaction.kernels.pair_closeness import surprise_of

_MOST_SURPRISE = 20.0
"""Surprise of one act at most, nats."""


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
def _lay_out(
    i: int,
    start: int,
    stop: int,
    times: np.ndarray,
    born: float,
    delays: np.ndarray,
    window: float,
    by_delay: np.ndarray,
    n_own: np.ndarray,
) -> None:
    """Fill in the ranges of one act, see ``near_group``.

    Args:
        i: the act.
        start: where its object's acts begin.
        stop: where they end.
        times: shape (acts,), seconds, ascending within an object.
        born: when the object appeared, seconds.
        delays: its account's, seconds, ascending.
        window: seconds.
        by_delay: filled in, row ``i``.
        n_own: filled in, item ``i``.
    """
    n_delays = by_delay.shape[1] // 2
    own = 1
    low = start
    high = start
    for d in range(len(delays)):
        moment = born + delays[d]
        own += abs(moment - times[i]) <= window
        if low < stop:
            low = _bisect(times, low, stop, moment - window, False)
            high = _bisect(times, max(low, high), stop, moment + window, True)
            by_delay[i, d] = low - start
            by_delay[i, n_delays + d] = high - start
    n_own[i] = own


@compiled
def _met(
    i: int, begin: int, end: int, places: np.ndarray, offset: int, before: np.ndarray, by_delay: np.ndarray
) -> int:
    """Count the pairs of members' acts and an account's delays that would lie within a window."""
    n_delays = by_delay.shape[1] // 2
    met = np.int64(0)
    if offset < 0:
        for x in range(begin, end):  # the compiler compares several delays at once
            place = places[x]
            for d in range(n_delays):
                met += np.int64(by_delay[i, d] <= place) & np.int64(place < by_delay[i, n_delays + d])
    else:
        for d in range(n_delays):
            met += before[offset + by_delay[i, n_delays + d]] - before[offset + by_delay[i, d]]
    return met


@compiled
def _near(low: int, high: int, begin: int, end: int, places: np.ndarray, offset: int, before: np.ndarray) -> int:
    """Count the members' acts in a range."""
    if offset >= 0:
        return np.int64(before[offset + high] - before[offset + low])
    count = np.int64(0)
    for x in range(begin, end):
        count += np.int64(low <= places[x]) & np.int64(places[x] < high)
    return count


@compiled
def _first_near(near_high: np.ndarray, low: int, high: int, place: int) -> int:
    """Return the first act from ``low`` whose range does not end before a place."""
    while low < high:
        middle = (low + high) // 2
        if near_high[middle] <= place:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _hit_surprise(count: int, met: int, n_delays: int) -> float:
    """Return the surprise of so many members near an act, where so many were near its account's delays; 20 at most."""
    expected = max(met / n_delays if n_delays else 0.0, 0.05 / max(n_delays, 1))
    # Chernoff's bound spares the sum where it is far beyond the most.
    if count > expected and count * np.log(count / expected) - count + expected > _MOST_SURPRISE + 0.001:
        return _MOST_SURPRISE
    return min(surprise_of(count, expected), _MOST_SURPRISE)


@compiled
def near_group(
    targets: np.ndarray,
    begins: np.ndarray,
    places: np.ndarray,
    offsets: np.ndarray,
    before: np.ndarray,
    first: np.ndarray,
    accounts: np.ndarray,
    times: np.ndarray,
    step: np.ndarray,
    appeared: np.ndarray,
    delay_first: np.ndarray,
    delays: np.ndarray,
    near_low: np.ndarray,
    near_high: np.ndarray,
    by_delay: np.ndarray,
    n_own: np.ndarray,
    is_member: np.ndarray,
    window: float,
    is_asked: np.ndarray,
    known: np.ndarray,
    least_near: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weigh the acts that are near a group's.

    For each act: other members within the window, against the mean over the account's own delays put in its place.

    Args:
        targets: see ``act_places.group_places``.
        begins: see ``act_places.group_places``.
        places: see ``act_places.group_places``.
        offsets: see ``act_places.group_places``.
        before: see ``act_places.group_places``.
        first: shape (objects + 1,): where each object's acts begin.
        accounts: shape (acts,).
        times: shape (acts,), seconds, ascending within an object.
        step: shape (acts,): how finely each time is known, seconds.
        appeared: shape (objects,), seconds.
        delay_first: shape (accounts + 1,): where each account's delays begin.
        delays: each account's delays, seconds, ascending.
        near_low: see ``act_places.near_ranges``.
        near_high: see ``act_places.near_ranges``.
        by_delay: shape (acts, 2 * delays): the first act on the object that the act would have been near after each
            delay of its account, then, of each, the first after it that it would not; filled in when first needed.
        n_own: shape (acts,): of how many of these delays the act itself is near, and one more; 0 for those to come.
        is_member: shape (accounts,).
        window: seconds.
        is_asked: shape (accounts,): whose acts are weighed.
        known: shape (delays + 1, counts, met): surprises worked out before, by how many delays an account has, members
            near its act and members near its delays; 0 for those to come, which are filled in.
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
    counts, targeted = np.empty(len(acts), np.int32), np.empty(len(acts), np.int32)
    for q in range(len(targets)):
        i, stop = first[targets[q]], first[targets[q] + 1]
        begin, end, offset = begins[q], begins[q + 1], offsets[q]
        x = begin
        while i < stop:
            if offset < 0:
                while x < end and places[x] < near_low[i]:
                    x += 1
                if x == end:
                    break
                if near_high[i] <= places[x]:
                    i = _first_near(near_high, i + 1, stop, places[x])
                    continue
            count = _near(near_low[i], near_high[i], begin, end, places, offset, before)
            a = accounts[i]
            count -= is_member[a]
            if count > 0 and is_asked[a] and step[i] <= window:
                k = place[a]
                if k < 0:
                    place[a] = k = n
                    names[k] = a
                    near[k] = 0
                    hits[k] = 0
                    n += 1
                near[k] += count
                hits[k] += 1
                acts[n_acts] = i
                counts[n_acts] = count
                targeted[n_acts] = q
                n_acts += 1
            i += 1
    # Most accounts are close to the group once, and what their delays would give is not asked.
    total = np.zeros(n)
    best = np.zeros(n)
    for y in range(n_acts):
        i, count, q = acts[y], counts[y], targeted[y]
        a = accounts[i]
        k = place[a]
        if near[k] < least_near:
            continue
        n_delays = delay_first[a + 1] - delay_first[a]
        if n_own[i] == 0:
            own_delays = delays[delay_first[a] : delay_first[a + 1]]
            o = targets[q]
            _lay_out(i, first[o], first[o + 1], times, appeared[o], own_delays, window, by_delay, n_own)
        met = _met(i, begins[q], begins[q + 1], places, offsets[q], before, by_delay)
        if is_member[a]:
            met -= n_own[i] - 1
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
    acts: np.ndarray,
    objects: np.ndarray,
    targets: np.ndarray,
    begins: np.ndarray,
    places: np.ndarray,
    offsets: np.ndarray,
    before: np.ndarray,
    first: np.ndarray,
    accounts: np.ndarray,
    times: np.ndarray,
    step: np.ndarray,
    appeared: np.ndarray,
    delay_first: np.ndarray,
    delays: np.ndarray,
    near_low: np.ndarray,
    near_high: np.ndarray,
    by_delay: np.ndarray,
    n_own: np.ndarray,
    is_member: np.ndarray,
    window: float,
) -> np.ndarray:
    """Count the acts that are not near a group's, though one of the account's own delays would have been.

    Args:
        asked: accounts, each once.
        acts: theirs.
        objects: shape (acts,).
        targets: see ``act_places.group_places``.
        begins: see ``act_places.group_places``.
        places: see ``act_places.group_places``.
        offsets: see ``act_places.group_places``.
        before: see ``act_places.group_places``.
        first: see ``near_group``.
        accounts: see ``near_group``.
        times: see ``near_group``.
        step: see ``near_group``.
        appeared: see ``near_group``.
        delay_first: see ``near_group``.
        delays: see ``near_group``.
        near_low: see ``act_places.near_ranges``.
        near_high: see ``act_places.near_ranges``.
        by_delay: see ``near_group``.
        n_own: see ``near_group``.
        is_member: see ``near_group``.
        window: seconds.

    Returns:
        Shape (asked,).
    """
    missed = np.zeros(len(asked))
    place = np.full(len(is_member), -1, np.int32)
    for k in range(len(asked)):
        place[asked[k]] = k
    targeted = np.full(len(first) - 1, -1, np.int32)
    for q in range(len(targets)):
        targeted[targets[q]] = q
    for i in acts:
        o = objects[i]
        q = targeted[o]
        a = accounts[i]
        if q < 0 or step[i] > window:
            continue
        begin, end, offset = begins[q], begins[q + 1], offsets[q]
        if end - begin - is_member[a] <= 0:
            continue
        if _near(near_low[i], near_high[i], begin, end, places, offset, before) - is_member[a] > 0:
            continue
        if n_own[i] == 0:
            own_delays = delays[delay_first[a] : delay_first[a + 1]]
            _lay_out(i, first[o], first[o + 1], times, appeared[o], own_delays, window, by_delay, n_own)
        met = _met(i, begin, end, places, offset, before, by_delay)
        if is_member[a]:
            met -= n_own[i] - 1
        missed[place[a]] += met > 0
    return missed
