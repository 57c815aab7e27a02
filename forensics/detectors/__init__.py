"""The methods: one file per detector; this page lists the detectors in the order they run.

The group detectors come after them: they are asked of the groups that those found.
"""

from __future__ import annotations

from forensics.detectors.accounts import follower_growth, handles, registrations
from forensics.detectors.base import Detector, GroupDetector
from forensics.detectors.coordination import lockstep, minimum_detectable, shared_objects, synchrony
from forensics.detectors.engagement import labour, ratios, reach, spending
from forensics.detectors.geography import clocks, electorate_regions, group_countries, hotspots
from forensics.detectors.rhythm import account_rhythm, group_rhythm
from forensics.detectors.timing import bursts, rapid_response
from forensics.registry import Registry

__all__ = ["DETECTORS", "GROUP_DETECTORS"]

DETECTORS: Registry[Detector] = Registry(
    "detector",
    synchrony.DETECTOR,
    shared_objects.DETECTOR,
    lockstep.DETECTOR,
    minimum_detectable.DETECTOR,
    account_rhythm.DETECTOR,
    registrations.DETECTOR,
    handles.DETECTOR,
    follower_growth.DETECTOR,
    rapid_response.DETECTOR,
    bursts.DETECTOR,
    reach.DETECTOR,
    ratios.DETECTOR,
    spending.DETECTOR,
    labour.DETECTOR,
    electorate_regions.DETECTOR,
    hotspots.DETECTOR,
    clocks.DETECTOR,
)

GROUP_DETECTORS: Registry[GroupDetector] = Registry(
    "group detector",
    group_rhythm.GROUP_DETECTOR,
    registrations.GROUP_DETECTOR,
    handles.GROUP_DETECTOR,
    labour.GROUP_DETECTOR,
    group_countries.GROUP_DETECTOR,
)
