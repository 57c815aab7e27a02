"""Members: who of a group found in one half is confirmed in the other, and how sharp the group's edge is.

A member is ranked, in the half that played no part in finding the group, among the outsiders who resembled the group
most in the half where it was found. A crowd thins out gradually; a group of workers ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.detectors.coordination.discovery import STRICT, Closeness, attendance_ties, grow
from forensics.detectors.coordination.seeds import ATTENDANCE
from forensics.detectors.coordination.split_halves import Flags, Floats, Half, Ints
from forensics.statistics.multiple_testing import are_discoveries

N_NEAREST = 100
"""Outsiders that a member is ranked among."""
IN_WAITING = 0.25
"""Quantile of the members' ties, in the half where the group was found, from which an outsider is no outsider: a
candidate that misses a part of its group would be ranked among the group's own other members."""
FALSE_SHARE = 0.05
"""Share of wrong ones among the members confirmed (Benjamini & Hochberg 1995)."""
MIDDLE = 0.5
"""A p-value beyond which members are taken to be no members, to learn how many there are (Storey 2002)."""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """How a group ends.

    Attributes:
        confirmed: shape (members,), whether each is confirmed by either kind of tie.
        by_attendance: share of the members confirmed by shared objects.
        by_closeness: share confirmed by closeness in time, 0 where it cannot be asked.
        stability: the larger Jaccard index of the group with the groups that grow from it in the other half.
    """

    confirmed: npt.NDArray[np.bool_]
    by_attendance: float
    by_closeness: float
    stability: float


SHARPEST = Edge(np.ones(0, np.bool_), 1.0, 1.0, 1.0)
"""The edge that no group's can surpass."""


def edge(find: Half, check: Half, group: Ints, window_s: float) -> Edge:
    """Confirm a group's members and measure how sharply it ends.

    Args:
        find: the half in which the group was found.
        group: accounts.
        window_s: the window of closeness that is asked; ``ATTENDANCE`` for none.
    """
    outside = ~find.members(group)
    seen_again = outside & (check.total >= 1)
    there = attendance_ties(check, group)
    nearest = _nearest(attendance_ties(find, group), group, seen_again)
    chances = [_ranked(there[group], there[nearest])]
    grown = [grow(check, group, ATTENDANCE, STRICT)]
    if window_s != ATTENDANCE:
        nearest = _nearest_in_time(Closeness(find, group, window_s), group, seen_again)
        closeness = Closeness(check, group, window_s, asked=check.members(np.concatenate((group, nearest))))
        chances.append(_ranked(closeness.ties(group), closeness.ties(nearest)))
        grown += [grow(check, group, window_s, STRICT, is_tight=is_tight) for is_tight in (False, True)]
    passed = [are_discoveries(chance, FALSE_SHARE) for chance in chances]
    best = np.minimum(1.0, np.min(chances, axis=0) * len(chances))
    return Edge(
        confirmed=are_discoveries(best, min(1.0, FALSE_SHARE / _wrong_share(best))),
        by_attendance=float(passed[0].mean()),
        by_closeness=float(passed[1].mean()) if len(passed) > 1 else 0.0,
        stability=max(len(np.intersect1d(group, other)) / len(np.union1d(group, other)) for other in grown),
    )


def _nearest(ties: Floats, group: Ints, outside: Flags) -> Ints:
    """Return the outsiders tied most strongly to a group, but for those who may be its own."""
    others = np.flatnonzero(outside & (ties < np.quantile(ties[group], IN_WAITING)))
    if len(others) > N_NEAREST:  # only those that may be among them are sorted
        others = others[ties[others] >= np.partition(ties[others], -N_NEAREST)[-N_NEAREST]]
    return others[np.argsort(-ties[others], kind="stable")[:N_NEAREST]]


def _nearest_in_time(closeness: Closeness, group: Ints, outside: Flags) -> Ints:
    """Return the same by closeness; only ties that may be among the strongest are worked out."""
    ties = np.zeros(len(outside))
    ties[group] = closeness.ties(group)
    below = np.quantile(ties[group], IN_WAITING)
    others = np.flatnonzero(outside & (closeness.most > 0))
    others = others[np.argsort(-closeness.most[others], kind="stable")]
    start, stop = 0, 2 * N_NEAREST
    while below > 0 and start < len(others):
        ties[others[start:stop]] = closeness.ties(others[start:stop])
        known = ties[others[:stop]]
        known = np.sort(known[known < below])
        if len(known) >= N_NEAREST and known[-N_NEAREST] > closeness.most[others[stop : stop + 1]].max(initial=0.0):
            break
        start, stop = stop, 4 * stop
    return _nearest(ties, group, outside)


def _ranked(members: Floats, others: Floats) -> Floats:
    """Return each member's p-value, (1 + outsiders as strong) / (1 + outsiders)."""
    ties = np.sort(others)
    chance = (1 + len(ties) - np.searchsorted(ties, members, "left")) / (len(ties) + 1)
    return np.where(members > 0, chance, 1.0)


def _wrong_share(chance: Floats) -> float:
    """Return at most how many of a group's accounts are outsiders in the other half, learnt from their p-values.

    Where a candidate misses a tenth of its group, five of its nearest hundred outsiders are the group's own, and no
    member surpasses enough of them if all members might be wrong.

    Source:
        Storey 2002, doi:10.1111/1467-9868.00346; the one that is added, Storey, Taylor & Siegmund 2004,
        doi:10.1111/j.1467-9868.2004.00439.x.
    """
    return min(1.0, (1.0 + float((chance > MIDDLE).sum())) / (len(chance) * (1.0 - MIDDLE)))
