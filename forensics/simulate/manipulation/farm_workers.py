"""The workers that an election's plants need, and who they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.errors import ParameterError
from forensics.simulate.election import Election, Plant
from forensics.simulate.random_draws import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """The planted workers.

    Attributes:
        of_plant: the workers of each plant: their numbers among the people, after the organic ones.
        home: shape (workers,): the plant that hired each first.
        ordinary_acts: shape (workers,): how many acts of an ordinary user each is expected to do.
        country: shape (workers,): position in ``Election.countries``; -1 for anywhere.
    """

    plants: tuple[Plant, ...]
    of_plant: tuple[Ints, ...]
    home: Ints
    ordinary_acts: Floats
    country: Ints


def hire(election: Election) -> Staff:
    """Return the workers of an election's plants.

    Raises:
        ParameterError: a plant's country or camp is none of the election's, or its mimicry leaves no time for work.
    """
    codes = [country.code for country in election.countries]
    of_plant: list[Ints] = []
    home: list[int] = []
    for number, plant in enumerate(election.plants):
        for code in (plant.country, plant.claims):
            if code and code not in codes:
                raise ParameterError(
                    "There is no country '{code}' in the election. There are: {codes}.",
                    code=code,
                    codes=", ".join(codes),
                )
        if plant.camp and plant.camp not in election.camps[: election.n_communities]:
            camps = ", ".join(filter(None, election.camps))
            raise ParameterError(
                "There is no camp '{camp}' in the election. There are: {camps}.", camp=plant.camp, camps=camps
            )
        if not 0.0 <= plant.mimicry < 1.0:
            raise ParameterError("mimicry must be from 0 to below 1; it is {mimicry}.", mimicry=plant.mimicry)
        before = of_plant[-1] if of_plant else np.zeros(0, np.int64)
        borrowed = before[: round(plant.shared * plant.n_accounts)]
        hired = election.n_accounts + len(home) + np.arange(plant.n_accounts - len(borrowed))
        home += [number] * len(hired)
        of_plant.append(np.concatenate((borrowed, hired)))
    plants = election.plants
    by_home = np.array(home, np.int64)
    ordinary = [plant.n_targets * plant.attendance * plant.mimicry / (1.0 - plant.mimicry) for plant in plants]
    country = [codes.index(plant.country) if plant.country else -1 for plant in plants]
    return Staff(
        plants=plants,
        of_plant=tuple(of_plant),
        home=by_home,
        ordinary_acts=np.array(ordinary, np.float64)[by_home],
        country=np.array(country, np.int64)[by_home],
    )
