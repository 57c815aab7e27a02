"""Manipulation planted into real data: the crowd is as real as it gets, and the truth is still known.

Targets are objects that the data hold. Workers are new accounts whose profiles and ordinary acts are copied from
accounts of the data, each act moved by about an hour.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from forensics import schema
from forensics.coaction.layers import layer_acts, layer_names
from forensics.dataset import Dataset
from forensics.errors import TooLittleDataError
from forensics.events import with_events
from forensics.schema import IS_OBSERVED, conform
from forensics.simulate.election import Plant
from forensics.simulate.manipulation.practices import check_practices
from forensics.simulate.manipulation.worker_rota import draw_rota, last_birth_s
from forensics.simulate.population.waking_hours import DAY_S
from forensics.simulate.random_draws import Ints, lognormal, order, stream, whole

_SOURCE = "planted"
_PREFERRED = {
    "like_farm": "like:post",
    "repost_farm": "repost:post",
    "slow_drip": "like:post",
    "batch_farm": "follow:account",
    "comment_farm": "comment:post",
    "follow_farm": "follow:account",
    "rating_farm": "rate:place",
    "content_farm": "url",
}
_WEEK_S = 7 * DAY_S
_A_MONDAY_S = 4 * DAY_S  # 1970 began on a Thursday


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """Data with manipulation planted into them.

    Attributes:
        dataset: the data with the workers' acts and profiles added; their ``source_id`` is ``planted``.
        truth: one row per planted account and farm: ``account_id``, ``farm_id``, ``practice``.
    """

    dataset: Dataset
    truth: pl.DataFrame


def plant_into(dataset: Dataset, plants: tuple[Plant, ...], seed: int) -> Planted:
    """Plant manipulation into data.

    A practice works in its own layer where the data have it (likes for a like farm), else in the layer with the most
    acts. Of a plant's dials, ``country``, ``claims``, ``camp``, ``client``, ``registered_within_s``,
    ``numbered``, ``paraphrase`` and ``shared`` have no effect here; a shift is by UTC.

    Raises:
        ParameterError: a practice does not exist.
        TooLittleDataError: no layer has enough objects for a plant's targets.
    """
    check_practices(plants)
    parts = [Ground(dataset.actions, plant).work(number, seed) for number, plant in enumerate(plants)]
    truth = pl.concat(
        [pl.DataFrame(schema={"account_id": pl.String, "farm_id": pl.String, "practice": pl.String})]
        + [
            pl.DataFrame({"account_id": ids}).with_columns(
                farm_id=pl.lit(f"farm-{number}"), practice=pl.lit(plant.practice)
            )
            for number, (plant, (_, ids)) in enumerate(zip(plants, parts, strict=True), start=1)
        ]
    ).sort("farm_id", "account_id")
    return Planted(_added(dataset, [acts for acts, _ in parts], truth, seed), truth)


class Ground:
    """Data into which plants of one kind are set, one after the other.

    Args:
        actions: ``schema.ACTIONS``.
        plant: what to plant.

    Raises:
        TooLittleDataError: no layer has enough objects for the plant's targets.
    """

    def __init__(self, actions: pl.DataFrame, plant: Plant) -> None:
        self._actions, self._plant = actions, plant
        acts = _layer(actions, plant).drop_nulls("object_id")
        seconds = acts["acted_at"].dt.epoch("s").to_numpy()
        self._origin = int((seconds.min() - _A_MONDAY_S) // _WEEK_S * _WEEK_S + _A_MONDAY_S)
        self._last_birth_s = last_birth_s(float(seconds.max() - self._origin), plant)
        self._objects = (
            acts.with_columns(second=pl.Series(seconds - self._origin))
            .group_by("object_id")
            .agg(born=pl.col("second").min(), row=pl.col("row").min())
            .filter(pl.col("born") < self._last_birth_s)
            .sort("object_id")
        )
        if self._objects.height < plant.n_targets:
            raise TooLittleDataError(
                "The data have {n_objects} objects that could be targets; the plant wants "
                "{n_targets}. Plant fewer targets, or a shorter window.",
                n_objects=self._objects.height,
                n_targets=plant.n_targets,
            )
        is_publication = (pl.col("action") == "post") & (pl.col("object_kind") == "post")
        self._observed = actions.select(IS_OBSERVED & ~is_publication.fill_null(value=False)).to_series().arg_true()

    def work(self, number: int, seed: int) -> tuple[pl.DataFrame, list[str]]:
        """Return the acts of one plant's workers, as rows of the actions table, and the workers' ids."""
        plant, objects = self._plant, self._objects
        rng = stream(seed, "background", number)
        ids = [
            hashlib.blake2b(f"{seed} {number} {k}".encode(), digest_size=8).hexdigest() for k in range(plant.n_accounts)
        ]
        targets = objects[np.sort(order(rng, objects.height)[: plant.n_targets])]
        rota = draw_rota(rng, plant, targets["born"].cast(pl.Float64).to_numpy(), self._last_birth_s, 0.0)
        worked = self._actions[targets["row"].to_numpy()[rota.target]].with_columns(
            account_id=pl.Series(ids)[rota.account], acted_at=_times(rota.time_s.astype(np.int64) + self._origin)
        )
        return pl.concat([worked, self._ordinary(rng, ids)]), ids

    def _ordinary(self, rng: np.random.Generator, ids: list[str]) -> pl.DataFrame:
        """Return what the workers do as ordinary users: acts of the data, done again by them about an hour later."""
        plant = self._plant
        work = plant.n_accounts * plant.n_targets * plant.attendance
        n = round(work * plant.mimicry / (1.0 - plant.mimicry))
        rows = self._actions[self._observed[whole(rng, 0, len(self._observed), n)]]
        shift = lognormal(rng, 3_600.0, 1.0, n)
        times = rows["acted_at"].dt.epoch("s").to_numpy() + shift.astype(np.int64)
        return rows.with_columns(account_id=pl.Series(ids)[whole(rng, 0, len(ids), n)], acted_at=_times(times))


def _layer(actions: pl.DataFrame, plant: Plant) -> pl.DataFrame:
    """Return the acts, with their ``row``, among which a plant works."""
    names = layer_names(actions)
    if not names:
        raise TooLittleDataError("The data have no acts upon objects that several accounts could share.")
    sizes = {name: layer_acts(actions, name).height for name in names}
    preferred = _PREFERRED[plant.practice]
    layer = preferred if preferred in names else max(names, key=sizes.__getitem__)
    action, _, kind = layer.rpartition(":")
    in_layer = (pl.col("object_kind") == kind) & ((pl.col("action") == action) if action else True)
    return actions.with_row_index("row").filter(in_layer, IS_OBSERVED)


def _added(dataset: Dataset, parts: list[pl.DataFrame], truth: pl.DataFrame, seed: int) -> Dataset:
    """Return the data with the acts and with a profile, copied from anybody's, for every worker."""
    acts = as_rows(parts)
    ids = truth["account_id"].unique(maintain_order=True)
    profiles = schema.empty(schema.ACCOUNTS)
    if dataset.accounts.height:
        copied: Ints = whole(stream(seed, "profiles"), 0, dataset.accounts.height, len(ids))
        profiles = dataset.accounts[copied].with_columns(
            account_id=ids,
            handle=ids,
            label=pl.lit(None, pl.String),
            source_id=pl.lit(_SOURCE),
            source_row=pl.int_range(1, len(ids) + 1, dtype=pl.Int64),
        )
    return replace(
        dataset,
        actions=with_events(conform(pl.concat([dataset.actions, acts]), schema.ACTIONS)),
        accounts=conform(pl.concat([dataset.accounts, profiles]), schema.ACCOUNTS),
    )


def as_rows(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the acts of plants as rows of a source of their own, events left to ``events.with_events``."""
    makes_post = pl.col("post_id").is_not_null()
    return pl.concat([schema.empty(schema.ACTIONS), *parts]).with_columns(
        source_id=pl.lit(_SOURCE),
        source_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        post_id=pl.when(makes_post).then(pl.format("planted-{}", pl.int_range(1, pl.len() + 1))),
        acted_at=_as_fine(pl.col("acted_at"), pl.col("time_precision")),
        permalink=pl.lit(None, pl.String),
        source_event=pl.lit(None, pl.String),
    )


def _as_fine(time: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """Cut times to what the data keep."""
    return (
        pl.when(precision == "min")
        .then(time.dt.truncate("1m"))
        .when(precision == "day")
        .then(time.dt.truncate("1d"))
        .otherwise(time)
    )


def _times(seconds: Ints) -> pl.Series:
    return pl.Series(seconds * 1_000_000).cast(schema.TIME)
