"""Evenness: how alike the members of a group share its work and answer its posts.

In a crowd a few do most of what is done (van Mierlo 2014, doi:10.2196/jmir.2966, for four communities of one topic).
Accounts in one hand do about as much as each other, about as late; paid workers may, or may differ as a crowd's people
do. So evenness speaks for a group, and unevenness does not speak against one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.coaction.dense_acts import DenseActs
from forensics.detectors.coordination.split_halves import Floats, Ints

COMMON_SHARE, COMMON_LEAST = 0.2, 3
"""Delays are compared on objects that a fifth of the members have in common, three at least: what one member does alone
is no work of the group."""
FINEST_S, COARSEST_S = 10.0, 3600.0
"""Seconds: a delay is known to ten at best, and says nothing where its time is known to more than an hour. With a
minute in place of ten seconds recall fell by 0 to 2 points."""
FEWEST_MEMBERS = 3
"""Members with delays from which they can be compared."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """How alike the members of a group are.

    Attributes:
        pairs: coefficient of variation, over the members, of the meetings with other members on the same objects: 0
            where all met the others equally often.
        delays: median absolute deviation, over the members, of the mean natural log of the delay after the object
            appeared, nats; not a number where too few times are known.
    """

    pairs: float
    delays: float


EVEN = Evenness(0.0, 0.0)
"""No group is more even."""


def evenness(acts: DenseActs, group: Ints) -> Evenness:
    """Measure how alike a group's members are, over all acts.

    Args:
        acts: all acts.
        group: accounts, ascending.

    Example:
        Three members who all like the same two posts meet four others each: ``pairs`` is 0. If one of them likes one
        post only, the members met 3, 3 and 2 others: 0.18.
    """
    own = np.flatnonzero(np.isin(acts.accounts, group))
    member, objects = np.searchsorted(group, acts.accounts[own]), acts.objects[own]
    present = np.bincount(objects, minlength=len(acts.object_ids))[objects]
    meetings = np.bincount(member, present - 1.0, len(group))
    common = present >= max(COMMON_LEAST, COMMON_SHARE * len(group))
    dated = np.flatnonzero(common & (acts.steps[own] <= COARSEST_S))
    delays = np.maximum(acts.times[own[dated]] - acts.appeared[objects[dated]], 0.0)
    return Evenness(
        pairs=float(meetings.std() / meetings.mean()) if meetings.any() else float("nan"),
        delays=_spread(member[dated], np.log(delays + FINEST_S), len(group)),
    )


def _spread(member: Ints, logs: Floats, n_members: int) -> float:
    """Return the median absolute deviation of the members' means."""
    counts = np.bincount(member, minlength=n_members)
    known = counts > 0
    if known.sum() < FEWEST_MEMBERS:
        return float("nan")
    means = np.bincount(member, logs, n_members)[known] / counts[known]
    return float(np.median(np.abs(means - np.median(means))))
