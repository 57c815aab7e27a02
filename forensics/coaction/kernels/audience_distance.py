"""How far groups stand from the other audiences: medians, spreads and disjoint audiences, group by group."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled


@compiled
def audience_distances(
    value: np.ndarray,
    variance: np.ndarray,
    usable: np.ndarray,
    is_audience: np.ndarray,
    overlap: np.ndarray,
    by_value: np.ndarray,
    by_variance: np.ndarray,
    judged: int,
    size: np.ndarray,
    as_large: float,
    apart: float,
    disjoint: float,
    fewest: int,
    usual_spread: float,
    least_spread: float,
    halfway: float,
    stands_out: float,
) -> np.ndarray:
    """Return the distances of the first groups from the audiences that do not overlap each.

    Args:
        value: shape (groups,): the statistic, nats.
        variance: shape (groups,): of it.
        usable: shape (groups,): whose statistic says anything.
        is_audience: shape (groups,): which serve as audiences.
        overlap: shape (groups, groups): share of the smaller that both hold.
        by_value: the groups, the largest usable value first.
        by_variance: the groups, the smallest variance first.
        judged: how many groups are judged.
        size: shape (groups,): natural log of the accounts of each.
        as_large: difference of sizes up to which a group is held against an audience, where there are enough.
        apart: overlap below which an audience does not overlap a group.
        disjoint: overlap from which two audiences are one family.
        fewest: audiences from which their own spread is used.
        usual_spread: the spread, nats, where there are fewer.
        least_spread: the smallest spread, nats.
        halfway: share of a group's distance from which an audience stands out alike.
        stands_out: standard deviations from which an audience stands out.

    Returns:
        Shape (judged, 5): distance in standard deviations, centre, largest value of an audience, disjoint audiences,
        disjoint audiences that stand out alike. Not a number where the statistic says nothing.
    """
    n = len(value)
    out = np.full((judged, 5), np.nan)
    values = np.empty(n)
    errors = np.empty(n)
    far = np.empty(n)
    for place in range(judged):
        if not usable[place]:
            continue
        other_than = is_audience & (overlap[place] < apart)
        matched = other_than & (np.abs(size - size[place]) <= as_large)
        if matched.sum() >= 2 * fewest:
            other_than = matched
        m = 0
        for x in range(n):
            other = by_value[n - 1 - x]
            if other_than[other]:
                values[m] = value[other]
                m += 1
        typical = 0.0
        spread = usual_spread * usual_spread
        if m >= fewest:
            e = 0
            for x in range(n):
                other = by_variance[x]
                if other_than[other]:
                    errors[e] = variance[other]
                    e += 1
            # The larger of two robust spreads, of which the upper tail's counts: audiences are skewed.
            typical = _quantile(values, m, 0.5)
            error = _quantile(errors, m, 0.5)
            upper = (_quantile(values, m, 0.9) - typical) / 1.2816
            low = 0
            high = m - 1
            for x in range(m - 1, -1, -1):
                below, above = typical - values[low], values[high] - typical
                if below > above:
                    far[x] = below
                    low += 1
                else:
                    far[x] = above
                    high -= 1
            middle = 1.4826 * _quantile(far, m, 0.5)
            spread = max(upper * upper - error, middle * middle - error, least_spread * least_spread)
        elif m > 0:
            typical = max(0.0, values[:m].mean())
        z = (value[place] - typical) / np.sqrt(spread + variance[place])
        out[place, 0] = z
        out[place, 1] = typical
        out[place, 2] = values[m - 1] if m else 0.0
        out[place, 3] = 0
        out[place, 4] = 0
        for count_alike in (False, True):
            if count_alike and z <= 2.0:
                continue
            gone = np.zeros(n, np.bool_)
            for other in range(n):
                gone[other] = not other_than[other]
                if count_alike and not gone[other]:
                    beyond = value[other] - np.sqrt(variance[other]) >= typical + halfway * (value[place] - typical)
                    sure = value[other] - typical >= stands_out * np.sqrt(spread + variance[other])
                    gone[other] = not (beyond and sure)
            for x in range(n):
                other = by_value[x]
                if not gone[other]:
                    out[place, 4 if count_alike else 3] += 1
                    for another in range(n):
                        gone[another] |= overlap[other, another] >= disjoint
    return out


@compiled
def _quantile(ascending: np.ndarray, n: int, share: float) -> float:
    """Return a quantile of the first ``n`` ascending values, linear between them."""
    place = share * (n - 1)
    below = int(place)
    if below + 1 >= n:
        return ascending[n - 1]
    return ascending[below] + (place - below) * (ascending[below + 1] - ascending[below])
