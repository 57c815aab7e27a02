"""An election with planted, known manipulation.

What is known can be scored: a detector is only trusted as far as it finds what was planted here and leaves everybody
else alone. The organic part is made as hard as real life makes it: days and nights in several time zones, communities
that see one timeline, viral posts, fan clubs, scheduled posts, news feeds and televised debates.

    election ──► people ──► objects ──► crowd, sessions, comments, follows, habits, live events ─┐
                    └────► staff ──► practices (the plants) ─────────────────────────────────────┴──► tables ──► World
"""

from __future__ import annotations

from forensics.simulate.election import Country, Election, Plant
from forensics.simulate.election_presets import full_demo
from forensics.simulate.election_world import World, simulate
from forensics.simulate.manipulation.practices import PRACTICES
from forensics.simulate.planted_background import Planted, plant_into
from forensics.simulate.simulated_folder import (
    HABITS_FILE,
    PAGES_TRUTH_FILE,
    TRUTH_FILE,
    write_case,
    write_copies,
    write_page_case,
    write_planted_case,
)

__all__ = [
    "HABITS_FILE",
    "PAGES_TRUTH_FILE",
    "PRACTICES",
    "TRUTH_FILE",
    "Country",
    "Election",
    "Plant",
    "Planted",
    "World",
    "full_demo",
    "plant_into",
    "simulate",
    "write_case",
    "write_copies",
    "write_page_case",
    "write_planted_case",
]
