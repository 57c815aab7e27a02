"""The practices that can be planted."""

from __future__ import annotations

from collections.abc import Callable

from forensics.errors import ParameterError
from forensics.simulate.election import Plant
from forensics.simulate.manipulation.farms import (
    batch_farm,
    comment_farm,
    content_farm,
    follow_farm,
    like_farm,
    rating_farm,
    repost_farm,
    slow_drip,
)
from forensics.simulate.population.act_arrays import Acts
from forensics.simulate.population.simulated_objects import Items
from forensics.simulate.population.stage import Stage
from forensics.simulate.random_draws import Ints

Practice = Callable[[Stage, Plant, Ints, int, int], tuple[Items, Acts]]
"""``practice(stage, plant, workers, number, first_item)``: the new objects, and what is done.

``number`` is the plant's position, for its stream; the objects that a plant adds are numbered from ``first_item``.
"""

PRACTICES: dict[str, Practice] = {
    "like_farm": like_farm,
    "repost_farm": repost_farm,
    "slow_drip": slow_drip,
    "batch_farm": batch_farm,
    "comment_farm": comment_farm,
    "follow_farm": follow_farm,
    "rating_farm": rating_farm,
    "content_farm": content_farm,
}


def check_practices(plants: tuple[Plant, ...]) -> None:
    """Check that every plant's practice exists.

    Raises:
        ParameterError: one does not.
    """
    for plant in plants:
        if plant.practice not in PRACTICES:
            raise ParameterError(
                "There is no practice called '{practice}'. There are: {names}.",
                practice=plant.practice,
                names=", ".join(PRACTICES),
            )
