"""Detectors of crowded moments: bursts of acts and rapid responses."""
