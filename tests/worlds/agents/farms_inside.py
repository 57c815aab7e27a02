"""Farms inside strong organic groups: half of the workers come from the group, half from the town."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from worlds.agents.feed import crowd
from worlds.agents.ledger import Ints
from worlds.agents.organic_groups import hobby_cells, partisans
from worlds.agents.organic_media import call_in, hubs, newspaper
from worlds.agents.organic_records import platform_mix
from worlds.agents.town import Town
from worlds.agents.work import commission, deliver, entry, pick

__all__ = ["BOOK"]


def inside(town: Town, scene: Callable[[Town], list[Ints]]) -> list[Ints]:
    """Play an organic scene and let a farm serve a client in it."""
    rng = town.rng
    page, targets = commission(town)
    members_of = np.unique(np.concatenate(scene(town)))
    size = int(rng.integers(15, 61))
    native = pick(town, min(size // 2, len(members_of) // 3), among=members_of)
    strangers = pick(town, size - len(native), among=np.setdiff1d(np.arange(town.n), members_of))
    crowd(town, targets, float(rng.uniform(6, 35)), topic=town.theme[page])
    members = np.sort(np.concatenate([native, strangers]))
    return [deliver(town, members, targets, float(rng.choice([60, 600, 3600])))]


_STORY = "A farm serves a client in a town with {}; half of its workers are of them."
BOOK = tuple(
    entry(f"in_{name}", "farm", partial(inside, scene=scene), _STORY.format(words), spread=spread)
    for name, scene, words, spread in (
        ("newspaper", newspaper, "faithful subscribers of a newspaper", 1.0),
        ("radio_call_in", call_in, "listeners of a call-in", 1.0),
        ("hobby_cells", hobby_cells, "hobby cells", 1.0),
        ("partisans", partisans, "camps of partisans", 1.0),
        ("platform_mix", platform_mix, "pages and reposting users", 1.8),
        ("notified_hubs", hubs, "notified followers of hubs", 1.0),
    )
)
