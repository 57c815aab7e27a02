"""Farms: workers who are given a list of targets, or sites of their own, and act upon each within a window."""

from __future__ import annotations

import numpy as np

from forensics.simulate.election import Plant
from forensics.simulate.manipulation.worker_rota import awake_rota, last_birth_s, make_rota
from forensics.simulate.ordinary_activity.crowd_acts import written
from forensics.simulate.population.act_arrays import FOLLOW, LIKE, PUBLISH, RATE, REPOST, Acts, done
from forensics.simulate.population.made_up_texts import N_MEANINGS, N_STOCK, N_VARIANTS
from forensics.simulate.population.simulated_objects import ACCOUNT, PLACE, POST, TEXT, URL, Items, new_items
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import moments
from forensics.simulate.random_draws import Ints, order, whole

_NOTHING = new_items(TEXT, np.zeros(0, np.int64))


def like_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:  # noqa: ARG001
    """Draw a like farm: posts of its client, liked at an age at which nobody else comes in such numbers."""
    rng = stage.stream("plant", number)
    targets = _client_posts(rng, stage, plant)
    rota = make_rota(rng, stage, plant, workers, stage.items.born_s[targets])
    return _NOTHING, done(LIKE, rota.account, targets[rota.target], rota.time_s)


def repost_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:  # noqa: ARG001
    """Draw a repost farm: as a like farm, with the posts passed on instead."""
    rng = stage.stream("plant", number)
    targets = _client_posts(rng, stage, plant)
    rota = make_rota(rng, stage, plant, workers, stage.items.born_s[targets])
    return _NOTHING, done(REPOST, rota.account, targets[rota.target], rota.time_s)


def slow_drip(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:  # noqa: ARG001
    """Draw a slow drip: a like farm whose window is of days, each worker acting at an hour when people are awake."""
    rng = stage.stream("plant", number)
    targets = _client_posts(rng, stage, plant)
    rota = make_rota(rng, stage, plant, workers, stage.items.born_s[targets])
    rota = awake_rota(rng, stage, plant, rota)
    return _NOTHING, done(LIKE, rota.account, targets[rota.target], rota.time_s)


def batch_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:  # noqa: ARG001
    """Draw a batch farm: once, within the window, every worker follows all accounts on a list, in an own order."""
    rng = stage.stream("plant", number)
    targets = _lasting(rng, stage, plant, ACCOUNT)
    placed = np.full(len(targets), rng.random() * max(0.0, last_birth_s(stage.end_s, plant)))
    rota = make_rota(rng, stage, plant, workers, placed)
    begins = placed[rota.target] + plant.age_low_s
    return _NOTHING, done(FOLLOW, rota.account, targets[rota.target], begins + plant.window_s * rng.random(len(begins)))


def comment_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:
    """Draw a comment farm: one text for each target, word for word or, for a share of the comments, reworded."""
    rng = stage.stream("plant", number)
    targets = _client_posts(rng, stage, plant)
    rota = make_rota(rng, stage, plant, workers, stage.items.born_s[targets])
    meaning = whole(rng, 0, N_MEANINGS, len(targets))[rota.target]
    wording = whole(rng, 0, N_VARIANTS, len(targets))[rota.target]
    reworded = rng.random(len(rota.account)) < plant.paraphrase
    wording = np.where(reworded, whole(rng, 0, N_VARIANTS, len(rota.account)), wording)
    phrase = N_STOCK + meaning * N_VARIANTS + wording
    return written(first_item, rota.account, targets[rota.target], rota.time_s, phrase)


def follow_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:  # noqa: ARG001
    """Draw a follower farm: workers follow the clients' accounts, one order after the other."""
    return _NOTHING, _upon_lasting(stage, plant, workers, number, ACCOUNT, FOLLOW)


def rating_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:  # noqa: ARG001
    """Draw a rating farm: workers rate the places they are sent to, one order after the other."""
    return _NOTHING, _upon_lasting(stage, plant, workers, number, PLACE, RATE)


def _upon_lasting(stage: Stage, plant: Plant, workers: Ints, number: int, kind: int, action: int) -> Acts:
    rng = stage.stream("plant", number)
    targets = _lasting(rng, stage, plant, kind)
    # An order is placed at any time of the period, and works like a post that appears then.
    placed = rng.random(len(targets)) * max(0.0, last_birth_s(stage.end_s, plant))
    rota = make_rota(rng, stage, plant, workers, placed)
    return done(action, rota.account, targets[rota.target], rota.time_s)


def _lasting(rng: np.random.Generator, stage: Stage, plant: Plant, kind: int) -> Ints:
    """Draw a plant's targets among the accounts or places."""
    targets = np.flatnonzero(stage.items.kind == kind)
    return targets[order(rng, len(targets))][: plant.n_targets]


def _client_posts(rng: np.random.Generator, stage: Stage, plant: Plant) -> Ints:
    """Draw a plant's targets: posts of one page, and of further pages of its community where it has too few."""
    items = stage.items
    early = items.born_s < last_birth_s(stage.end_s, plant)
    posts = np.flatnonzero((items.kind == POST) & (items.community >= 0) & early)
    if plant.camp:
        camps = np.array(stage.election.camps)
        posts = posts[camps[items.community[posts] % len(camps)] == plant.camp]
    pages, n_posts = np.unique(items.origin[posts], return_counts=True)
    wide = pages[n_posts >= np.minimum(plant.n_targets, n_posts.max())]
    client = wide[order(rng, len(wide))[0]]
    community = stage.people.community[client]
    is_far = np.where(items.origin[posts] == client, 0, np.where(items.community[posts] == community, 1, 2))
    shuffled = order(rng, len(posts))
    nearest = shuffled[np.argsort(is_far[shuffled], kind="stable")]
    return np.sort(posts[nearest][: plant.n_targets])


_FIRST_SITE = 1_000_000  # above any publisher's number
_SITES_PER_ACCOUNT = 0.3


def content_farm(stage: Stage, plant: Plant, workers: Ints, number: int, first_item: int) -> tuple[Items, Acts]:
    """Draw a content farm: articles on sites that look independent, each linked by all of its accounts in time."""
    rng = stage.stream("plant", number)
    n_sites = max(2, round(_SITES_PER_ACCOUNT * len(workers)))
    site = _FIRST_SITE * (number + 1) + whole(rng, 0, n_sites, plant.n_targets)
    born = moments(rng, stage.election.n_days, np.full(plant.n_targets, np.median(stage.people.clock_s[workers])))
    born = np.minimum(born, last_birth_s(stage.end_s, plant))
    rota = make_rota(rng, stage, plant, workers, born)
    return new_items(URL, site, born), done(PUBLISH, rota.account, first_item + rota.target, rota.time_s)
