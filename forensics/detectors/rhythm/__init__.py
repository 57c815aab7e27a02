"""Detectors of the question how accounts were worked: the rhythm of accounts and of groups."""
