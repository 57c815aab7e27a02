"""The methods: one file per detector; this page lists the detectors in the order they run."""

from __future__ import annotations

from forensics.core import (
    clocks,
    geography,
    growth,
    handles,
    labour,
    lockstep,
    membership,
    money,
    ratios,
    reach,
    registrations,
    scan,
    synchrony,
    tempo,
)
from forensics.core.parts import Detector
from forensics.registry import Registry

__all__ = ["DETECTORS"]

DETECTORS: Registry[Detector] = Registry(
    "detector",
    synchrony.DETECTOR,
    membership.DETECTOR,
    lockstep.DETECTOR,
    tempo.DETECTOR,
    registrations.DETECTOR,
    handles.DETECTOR,
    growth.DETECTOR,
    reach.DETECTOR,
    ratios.DETECTOR,
    money.DETECTOR,
    labour.DETECTOR,
    geography.DETECTOR,
    scan.DETECTOR,
    clocks.DETECTOR,
)
