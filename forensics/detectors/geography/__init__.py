"""Detectors of the question where the accounts were."""
