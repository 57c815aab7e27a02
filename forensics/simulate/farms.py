"""Like farms: workers who are given a list of posts and act upon each within a short window."""

from __future__ import annotations

import numpy as np

from forensics.simulate.acts import LIKE, Acts
from forensics.simulate.draw import Ints, order
from forensics.simulate.election import Plant
from forensics.simulate.stage import Stage
from forensics.simulate.things import POST

__all__ = ["client_posts", "like_farm"]


def like_farm(stage: Stage, plant: Plant, workers: Ints, number: int) -> Acts:
    """Draw a like farm's work.

    Each target is a post of the farm's client. The work on it begins when it has reached an age between the plant's
    two ages, and every worker who attends likes it at a time spread evenly over the window, so in no fixed order.

    Args:
        stage: the world.
        plant: the dials.
        workers: shape (workers,): the accounts.
        number: of the plant within the election, for its stream.
    """
    rng = stage.stream("plant", number)
    targets = client_posts(rng, stage, plant)
    # The work on a late target must end before the period does.
    oldest = np.minimum(plant.age_high_s, stage.end_s - plant.window_s - stage.things.born_s[targets])
    age = plant.age_low_s * (oldest / plant.age_low_s) ** rng.random(len(targets))
    begins = stage.things.born_s[targets] + age
    row, column = np.nonzero(rng.random((len(workers), len(targets))) < plant.attendance)
    time_s = begins[column] + plant.window_s * rng.random(len(row))
    n = len(row)
    return Acts(workers[row], np.full(n, LIKE), targets[column], time_s, np.full(n, -1))


def client_posts(rng: np.random.Generator, stage: Stage, plant: Plant) -> Ints:
    """Draw a plant's targets: posts of one page, and of further pages of its community where it has too few."""
    things = stage.things
    early = things.born_s < stage.end_s - plant.age_low_s - plant.window_s
    posts = np.flatnonzero((things.kind == POST) & (things.community >= 0) & early)
    pages, n_posts = np.unique(things.page[posts], return_counts=True)
    wide = pages[n_posts >= np.minimum(plant.n_targets, n_posts.max())]
    client = wide[order(rng, len(wide))[0]]
    community = stage.people.community[client]
    is_far = np.where(things.page[posts] == client, 0, np.where(things.community[posts] == community, 1, 2))
    shuffled = order(rng, len(posts))
    nearest = shuffled[np.argsort(is_far[shuffled], kind="stable")]
    return np.sort(posts[nearest][: plant.n_targets])
