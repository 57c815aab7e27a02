"""Which mechanisms a method may be fitted to, and which are held out.

In each generator and kind, by alphabet, every other mechanism is for development, beginning with the first; the rest is
looked at once a release, when everything is fixed. A generator of ``NEVER_FITTED`` is held out as a whole.
"""

from __future__ import annotations

from typing import Literal

from worlds import agents, precincts, session_feed, wards
from worlds.base import Mechanism

__all__ = ["GENERATORS", "NEVER_FITTED", "mechanisms"]

GENERATORS: dict[str, tuple[Mechanism, ...]] = {
    "session_feed": session_feed.MECHANISMS,
    "agents": agents.MECHANISMS,
    "precincts": precincts.MECHANISMS,
    "wards": wards.MECHANISMS,
}

NEVER_FITTED = frozenset({"wards"})
"""Generators of which no mechanism is for development."""


def mechanisms(role: Literal["development", "held out"]) -> list[tuple[str, Mechanism]]:
    """Return the mechanisms of a role, each with its generator's name."""
    return [
        (generator, mechanism)
        for generator, made in GENERATORS.items()
        for kind in ("organic", "farm")
        for number, mechanism in enumerate(sorted((one for one in made if one.kind == kind), key=lambda one: one.name))
        if role == ("held out" if generator in NEVER_FITTED or number % 2 else "development")
    ]
