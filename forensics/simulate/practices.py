"""The practices that can be planted, and the staff that works them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from forensics.errors import ParameterError
from forensics.simulate.acts import Acts
from forensics.simulate.draw import Floats, Ints
from forensics.simulate.election import Election, Plant
from forensics.simulate.farms import like_farm
from forensics.simulate.stage import Stage

__all__ = ["PRACTICES", "Practice", "Staff", "plant_acts", "staff"]

Practice = Callable[[Stage, Plant, Ints, int], Acts]
"""``practice(stage, plant, workers, number)``: what one plant's workers do."""

PRACTICES: dict[str, Practice] = {
    "like_farm": like_farm,
}


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """The planted workers.

    Attributes:
        accounts: shape (workers,): their numbers among the people, after the organic ones.
        farm: shape (workers,): the position of their plant.
        ordinary_acts: shape (workers,): how many acts of an ordinary user each is expected to do.
    """

    accounts: Ints
    farm: Ints
    ordinary_acts: Floats


def staff(election: Election) -> Staff:
    """Return the workers that an election's plants need.

    Raises:
        ParameterError: a plant names a practice that does not exist.
    """
    for plant in election.plants:
        if plant.practice not in PRACTICES:
            raise ParameterError(f"There is no practice called '{plant.practice}'. There are: {', '.join(PRACTICES)}.")
    sizes = [plant.n_accounts for plant in election.plants]
    farm = np.repeat(np.arange(len(sizes)), sizes)
    ordinary = [plant.n_targets * plant.attendance * plant.mimicry / (1.0 - plant.mimicry) for plant in election.plants]
    return Staff(
        accounts=election.n_accounts + np.arange(len(farm)),
        farm=farm,
        ordinary_acts=np.array(ordinary, np.float64)[farm],
    )


def plant_acts(stage: Stage, workers: Staff) -> list[Acts]:
    """Return what each plant's workers do."""
    return [
        PRACTICES[plant.practice](stage, plant, workers.accounts[workers.farm == number], number)
        for number, plant in enumerate(stage.election.plants)
    ]
