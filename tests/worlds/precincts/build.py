"""From a recipe, scenes and an export to a world."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from worlds.base import World

from .ledger import Export
from .reach import live
from .recipe import Recipe
from .town import Town

__all__ = ["Hire", "Scene", "world"]

Scene = Callable[[Town], None]
Hire = Callable[[Town], Sequence[np.ndarray]]


def world(
    name: str, recipe: Recipe, *, scenes: Sequence[Scene] = (), hire: Hire | None = None, export: Export | None = None
) -> Callable[[int], World]:
    """Return the function that makes the worlds of a mechanism, each a little larger or smaller than the recipe."""

    def make(seed: int) -> World:
        rng = np.random.default_rng([zlib.crc32(name.encode()), seed])
        accounts, acts, posts = rng.lognormal(0.0, 0.08, 3)
        town = Town(
            rng,
            replace(
                recipe,
                accounts=int(np.clip(recipe.accounts * accounts, 1000, 6000)),
                acts=int(np.clip(recipe.acts * acts, 7000, 52_000)),
                posts=int(recipe.posts * posts),
            ),
        )
        town.fill_calendar()
        for scene in scenes:
            scene(town)
        farms = hire(town) if hire else ()
        live(town)
        return town.close(export, farms)

    return make
