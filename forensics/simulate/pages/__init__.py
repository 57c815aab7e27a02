"""A campaign seen through its pages: counts of posts and declared advertisements, with planted, known manipulation.

Where single acts cannot be had, a fact-checker is left with what a platform counts: an export of posts with their
reactions, comments and shares, and an archive of advertisements with ranges of what they cost. This makes both, in the
shapes of the real exports, and keeps the truth apart.

    dials ──► posts ──► plants ──┬──► PageWorld ──► exports
      └─────► ads ───────────────┘
"""

from __future__ import annotations

from forensics.simulate.pages.page_dials import PageElection, PagePlant, page_campaign, small_campaign
from forensics.simulate.pages.page_exports import DataEntry, write_exports
from forensics.simulate.pages.page_plants import PAGE_PRACTICES
from forensics.simulate.pages.page_world import PageWorld, simulate_pages

__all__ = [
    "PAGE_PRACTICES",
    "DataEntry",
    "PageElection",
    "PagePlant",
    "PageWorld",
    "page_campaign",
    "simulate_pages",
    "small_campaign",
    "write_exports",
]
