"""How sure a group is: by how it was confirmed, against whom, and how rarely an ordinary world gives one so far out.

The report prints these criteria, and none asks how large the group is. They were chosen on the worlds of four authors.
In those of a fifth, which nobody had seen, 0 of 25 groups that met both were mostly innocents, 4 of 11 that met one,
and 3 of 4 that met neither: such a group is a pattern and names nobody.
"""

from __future__ import annotations

from forensics.detectors.coordination.coordinated_group import Group, Measure
from forensics.detectors.coordination.evidence.validated_range import is_validated
from forensics.findings import Strength

QUORUM = 0.8
"""Share of the directions (a split, one way) that confirm a group which stands apart."""
FEWEST_AUDIENCES = 20
"""Other audiences that it was held against: of 21 alike, one is the furthest out."""
LEAD = 1.5
"""How many times as far out as the next strongest audience it is."""
RAREST = 0.03
"""Share of organic worlds that give a group so far out, from which downwards a group is rare."""


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
    """Return the confidence in a group: ``high`` where it stands apart and is rare, ``moderate`` where one holds.

    By its clearest measure a group stands apart where at least ``QUORUM`` of the directions confirm it, at least
    ``FEWEST_AUDIENCES`` audiences were held against it, it is at least ``LEAD`` times as far out as the next strongest,
    no other stands out half as far, and ordinary audiences break the model no more than was validated, see ``misfit``.

    Args:
        group: named, with at least one measure.
    """
    measure = clearest(group)
    stands_apart = (
        group.n_confirmed >= QUORUM * group.n_directions > 0
        and measure.n_audiences >= FEWEST_AUDIENCES
        and measure.ratio >= LEAD * measure.largest
        and not measure.n_alike
        and is_validated(measure)
    )
    words: tuple[Strength, Strength, Strength] = ("low", "moderate", "high")
    return words[stands_apart + (group.error_rate <= RAREST)]
