"""The stage on which every part of a simulation acts: the dials, the seed, the people and the objects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.simulate.election import Election
from forensics.simulate.population.simulated_objects import Items
from forensics.simulate.population.simulated_people import People
from forensics.simulate.population.waking_hours import DAY_S
from forensics.simulate.random_draws import stream


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What stands before anybody acts.

    Attributes:
        items: what they act upon.
    """

    election: Election
    seed: int
    people: People
    items: Items

    @property
    def end_s(self) -> float:
        """Return the length of the period, seconds."""
        return float(self.election.n_days * DAY_S)

    def stream(self, *names: str | int) -> np.random.Generator:
        """Return the generator of one part."""
        return stream(self.seed, *names)
