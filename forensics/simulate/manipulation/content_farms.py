"""Content farms: many sites that look independent and post each other's articles as one network."""

from __future__ import annotations

import numpy as np

from forensics.simulate.election import Plant
from forensics.simulate.manipulation.worker_rota import last_birth_s, make_rota
from forensics.simulate.population.act_arrays import PUBLISH, Acts, done
from forensics.simulate.population.simulated_objects import URL, Items, new_items
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import moments
from forensics.simulate.random_draws import Ints, whole

__all__ = ["content_farm"]

_FIRST_SITE = 1_000_000  # above any publisher's number
_SITES_PER_ACCOUNT = 0.3


def content_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:
    """Draw a content farm: articles on its own sites, each linked by the network's accounts within the window."""
    rng = stage.stream("plant", number)
    n_sites = max(2, round(_SITES_PER_ACCOUNT * len(workers)))
    site = _FIRST_SITE * (number + 1) + whole(rng, 0, n_sites, plant.n_targets)
    born = moments(rng, stage.election.n_days, np.full(plant.n_targets, np.median(stage.people.clock_s[workers])))
    born = np.minimum(born, last_birth_s(stage.end_s, plant))
    rota = make_rota(rng, stage, plant, workers, born)
    return new_items(URL, site, born), done(PUBLISH, rota.account, first_item + rota.target, rota.time_s)
