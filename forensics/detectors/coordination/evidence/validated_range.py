"""Misfit: how far the model misses ordinary audiences, and whether that is within what was validated.

A group is held against other audiences, so that a model which everybody breaks accuses nobody. The error rates were
measured in worlds where ordinary audiences break it so much and no more; beyond, nothing is known of them. Data that
were collected because their accounts acted together, and such of many page networks, lie there.
"""

from __future__ import annotations

from forensics.detectors.coordination.coordinated_group import Measure

MOST_VALIDATED = {"attendance": 5.4, "repetition": 28.2, "choice": 1.4}
"""The largest ``typical`` of ``Measure`` in development worlds, by ``tests/worlds/measure_validated_range.py``."""
MOST_VALIDATED_WITHIN = ((10.0, 3.0), (60.0, 2.2), (600.0, 1.9), (3_600.0, 1.5), (21_600.0, 1.2))
"""The same of closeness, by window in seconds."""


def is_validated(measure: Measure) -> bool:
    """Return whether ordinary audiences break the model no more than those on which the error rates were measured.

    Closeness within a window that was not measured is judged by the next longer one, whose misfit is smaller.
    """
    if measure.window_s is None:
        return measure.typical <= MOST_VALIDATED[measure.kind]
    longer = (most for window_s, most in MOST_VALIDATED_WITHIN if window_s >= measure.window_s)
    return measure.typical <= next(longer, MOST_VALIDATED_WITHIN[-1][1])
