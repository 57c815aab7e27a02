"""The methods: one file per detector; this page lists the detectors in the order they run.

The group detectors come after them: they are asked of the groups that those found.
"""

from __future__ import annotations

from forensics.core import (
    bursts,
    clocks,
    detectable,
    geo_clusters,
    geography,
    growth,
    handles,
    labour,
    lockstep,
    membership,
    money,
    rapid,
    ratios,
    reach,
    registrations,
    rhythm_groups,
    scan,
    synchrony,
    tempo,
)
from forensics.core.parts import Detector, GroupDetector
from forensics.registry import Registry

__all__ = ["DETECTORS", "GROUP_DETECTORS"]

DETECTORS: Registry[Detector] = Registry(
    "detector",
    synchrony.DETECTOR,
    membership.DETECTOR,
    lockstep.DETECTOR,
    detectable.DETECTOR,
    tempo.DETECTOR,
    registrations.DETECTOR,
    handles.DETECTOR,
    growth.DETECTOR,
    rapid.DETECTOR,
    bursts.DETECTOR,
    reach.DETECTOR,
    ratios.DETECTOR,
    money.DETECTOR,
    labour.DETECTOR,
    geography.DETECTOR,
    scan.DETECTOR,
    clocks.DETECTOR,
)

GROUP_DETECTORS: Registry[GroupDetector] = Registry(
    "group detector",
    rhythm_groups.GROUP_DETECTOR,
    registrations.GROUP_DETECTOR,
    handles.GROUP_DETECTOR,
    labour.GROUP_DETECTOR,
    geo_clusters.GROUP_DETECTOR,
)
