"""Drawings: charts, maps and networks, each from plain numbers to one clean SVG.

Called by ``reports.sections``. Never reads a run and never computes what it shows.
"""
