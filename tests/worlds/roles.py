"""Which mechanisms a method may be fitted to, and which are held out.

In each generator and kind, by alphabet, every other mechanism is for development, beginning with the first; the rest is
looked at once a release, when everything is fixed.
"""

from __future__ import annotations

from typing import Literal

from worlds import agents, bazaar, hustings, precincts, session_feed, wards
from worlds.base import Mechanism

__all__ = ["GENERATORS", "mechanisms"]

GENERATORS: dict[str, tuple[Mechanism, ...]] = {
    "session_feed": session_feed.MECHANISMS,
    "agents": agents.MECHANISMS,
    "precincts": precincts.MECHANISMS,
    "wards": wards.MECHANISMS,
    "bazaar": bazaar.MECHANISMS,
    "hustings": hustings.MECHANISMS,
}


def mechanisms(role: Literal["development", "held out"]) -> list[tuple[str, Mechanism]]:
    """Return the mechanisms of a role, each with its generator's name."""
    start = 0 if role == "development" else 1
    return [
        (generator, mechanism)
        for generator, made in GENERATORS.items()
        for kind in ("organic", "farm")
        for mechanism in sorted((one for one in made if one.kind == kind), key=lambda one: one.name)[start::2]
    ]
