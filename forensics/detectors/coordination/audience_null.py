"""The null: how much other audiences of the same data differ among themselves.

For a group and a statistic, the audiences that do not overlap the group give a centre and a spread between audiences;
the group's distance is in standard deviations, that spread and the measure's own error together. Neither a model of
time nor one of choice is taken for the truth: both are only yardsticks that are laid on everybody alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.coaction.kernels.audience_distance import audience_distances
from forensics.detectors.coordination.measurement import LogRatio
from forensics.detectors.coordination.reference_audiences import DISJOINT
from forensics.detectors.coordination.split_halves import Floats

FEWEST_AUDIENCES = 15
"""Audiences from which their own spread is used; with fewer, ``USUAL_SPREAD``."""
USUAL_SPREAD = 0.7
"""Spread between audiences, in nats, where a statistic has too few: a factor of two either way."""
APART = 0.1
"""Share of the smaller of two groups up to which they do not overlap."""
MOST_VARIANCE = 1.05
"""Variance from which a measure says nothing: less than one object's worth of hits."""
HALFWAY = 0.5
"""Share of a group's distance from which another audience stands out alike."""
STANDS_OUT = 3.0
"""Standard deviations from which an audience stands out."""
AS_LARGE = float(np.log(2.0))
"""Natural log of the factor in accounts up to which an audience is as large as a group: small circles vary more. Where
fewer than twice ``FEWEST_AUDIENCES`` are, all serve."""
LEAST_SPREAD = 0.1
"""Smallest spread between audiences, in nats."""


@dataclass(frozen=True, slots=True)
class Distance:
    """A group's distance from the other audiences by one statistic.

    Attributes:
        z: in standard deviations.
        typical: the audiences' centre, nats.
        largest: the largest value of another audience that is measured as surely, nats.
        n_audiences: disjoint audiences compared.
        n_alike: disjoint audiences that stand out at least half as far.
        lead: distance beyond the largest other audience, in standard deviations of the group's own measure; at most
            ``z``, since the one audience that is left at a window where nobody is close may lie far below all centres.
    """

    z: float
    typical: float
    largest: float
    n_audiences: int
    n_alike: int
    lead: float


def distances(
    measured: list[LogRatio | None], sizes: Floats, overlap: Floats, judged: int, ordinary: npt.NDArray[np.bool_]
) -> list[Distance | None]:
    """Return the distance of each of the first groups from the audiences that do not overlap it.

    Args:
        measured: one statistic of every group and audience; None where the data cannot give it.
        sizes: shape (groups,): accounts of each.
        overlap: see ``reference_audiences.overlaps``.
        judged: how many groups, from the first, are judged.
        ordinary: shape (groups,): which serve as audiences; groups that were confirmed, and what overlaps them, do not,
            since farms would widen the spread that they are compared with.
    """
    value = np.array([np.nan if one is None else one.value for one in measured])
    variance = np.array([np.inf if one is None else one.variance for one in measured])
    usable = variance < MOST_VARIANCE
    found = audience_distances(
        value,
        variance,
        usable,
        usable & ordinary,
        overlap,
        np.argsort(-np.where(usable, value, -np.inf), kind="stable"),
        np.argsort(variance, kind="stable"),
        judged,
        np.log(sizes),
        AS_LARGE,
        APART,
        DISJOINT,
        FEWEST_AUDIENCES,
        USUAL_SPREAD,
        LEAST_SPREAD,
        HALFWAY,
        STANDS_OUT,
    )
    lead = (value[:judged] - found[:, 2]) / np.sqrt(variance[:judged])
    return [
        Distance(z, typical, largest, int(n_audiences), int(n_alike), min(ahead, z)) if z == z else None  # noqa: PLR0124  NaN
        for (z, typical, largest, n_audiences, n_alike), ahead in zip(found.tolist(), lead.tolist(), strict=True)
    ]
