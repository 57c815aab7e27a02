"""Detectors of what accounts have in common: registration dates, handles, jumps in followers."""
