"""The methods: one file per detector; this page lists the detectors in the order they run."""

from __future__ import annotations

from forensics.core import growth, handles, labour, money, ratios, reach, registrations, synchrony, tempo
from forensics.core.parts import Detector
from forensics.registry import Registry

__all__ = ["DETECTORS"]

DETECTORS: Registry[Detector] = Registry(
    "detector",
    synchrony.DETECTOR,
    tempo.DETECTOR,
    registrations.DETECTOR,
    handles.DETECTOR,
    growth.DETECTOR,
    reach.DETECTOR,
    ratios.DETECTOR,
    money.DETECTOR,
    labour.DETECTOR,
)
