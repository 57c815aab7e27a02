"""The methods: one file per detector; this page lists the detectors in the order they run.

A detector that reads what others answered comes after them; those of groups come last.
"""

from __future__ import annotations

from forensics.detectors.accounts import follower_growth, handles, registrations
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.planting import minimum_detectable
from forensics.detectors.detector import AnyDetector
from forensics.detectors.engagement import (
    labour,
    reach_ceiling,
    reaction_ratios,
    remaining_engagement,
    spending,
    whom_served,
)
from forensics.detectors.geography import clocks, electorate_regions, group_countries, hotspots
from forensics.detectors.rhythm import account_rhythm, group_rhythm
from forensics.detectors.timing import bursts, most_repeated, rapid_response
from forensics.registry import Registry

__all__ = ["DETECTORS"]

DETECTORS: Registry[AnyDetector] = Registry(
    "detector",
    coordination.DETECTOR,
    minimum_detectable.DETECTOR,
    account_rhythm.DETECTOR,
    registrations.DETECTOR,
    handles.DETECTOR,
    follower_growth.DETECTOR,
    rapid_response.DETECTOR,
    bursts.DETECTOR,
    reach_ceiling.DETECTOR,
    reaction_ratios.DETECTOR,
    spending.DETECTOR,
    labour.DETECTOR,
    electorate_regions.DETECTOR,
    hotspots.DETECTOR,
    clocks.DETECTOR,
    group_rhythm.DETECTOR,
    registrations.OF_GROUPS,
    handles.OF_GROUPS,
    labour.OF_GROUPS,
    group_countries.DETECTOR,
    whom_served.DETECTOR,
    remaining_engagement.DETECTOR,
    most_repeated.DETECTOR,
)
