"""How sure a group is: by how it was confirmed and against whom, never by how large it is.

The report prints these criteria. They are choices, not measurements, printed so that a reader can choose otherwise.
"""

from __future__ import annotations

from forensics.detectors.coordination.coordinated_group import Group, Measure
from forensics.detectors.coordination.evidence.misfit import is_validated
from forensics.findings import Strength

__all__ = ["FEWEST_AUDIENCES", "HIGH_LEAD", "HIGH_SHARE", "MODERATE_SHARE", "clearest", "confidence", "leads"]

HIGH_SHARE = 0.8
"""Share of the directions (a split, one way) that confirm a group of high confidence."""
MODERATE_SHARE = 0.5
"""The same for moderate confidence."""
FEWEST_AUDIENCES = 20
"""Other audiences a group of more than low confidence was held against: of 21 alike, one is the furthest out."""
HIGH_LEAD = 2.0
"""How many times as far out as the next strongest audience a group of high confidence is."""


def leads(measure: Measure) -> bool:
    """Return whether a group is further out than the strongest other audience by a measure."""
    return measure.ratio > measure.largest


def clearest(group: Group) -> Measure:
    """Return the first measure by which a group is further out than any other audience; without one, the first.

    Args:
        group: with at least one measure, the clearest first.
    """
    return next(filter(leads, group.measures), group.measures[0])


def confidence(group: Group) -> Strength:
    """Return the confidence in a group, by its clearest measure.

    Args:
        group: named, with at least one measure.

    Returns:
        ``high``: confirmed in at least ``HIGH_SHARE`` of the directions, held against at least ``FEWEST_AUDIENCES``
        audiences, at least ``HIGH_LEAD`` times as far out as the next strongest, and no other audience stands out half
        as far; and by a measure that ordinary audiences break no more than was validated, see ``misfit``. ``moderate``:
        confirmed in ``MODERATE_SHARE``, held against as many audiences, further out than each of them. ``low``: less.
    """
    share = group.n_confirmed / group.n_directions if group.n_directions else 0.0
    measure = clearest(group)
    if measure.n_audiences < FEWEST_AUDIENCES or not leads(measure) or share < MODERATE_SHARE:
        return "low"
    is_far = measure.ratio >= HIGH_LEAD * measure.largest and not measure.n_alike
    return "high" if share >= HIGH_SHARE and is_far and is_validated(measure) else "moderate"
