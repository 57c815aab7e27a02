"""Detectors of the question who acted together."""
