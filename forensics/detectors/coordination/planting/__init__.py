"""Planting: work of known size set into a copy of the data, and whether the search would have found it."""
