"""Lockstep: many accounts that act on many of the same things within one sitting.

Tests of pairs ask for the same two accounts on separate occasions, so a job done in one batch escapes them. Here one
sitting is enough, where so many accounts share so many things in it that dealing the sittings again never gives as
dense a block. Blind where the batch makes up most of its layer: then it is its own yardstick.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.counting import n_threads
from forensics.coaction.layers import index_acts, layer_names, one_object_per_event, set_aside
from forensics.dataset import Dataset
from forensics.detectors.base import Detector
from forensics.detectors.coordination.coordination_vocabulary import LOCKSTEP
from forensics.detectors.coordination.dense_blocks import (
    SAME,
    BatchLayer,
    Block,
    dense_blocks,
    densest,
    lay_out,
    re_deal_sittings,
    united,
)
from forensics.errors import ParameterError, PrecisionError, TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.schema import TIME
from forensics.statistics.multiple_testing import surrogate_p_values

__all__ = ["DETECTOR", "Params", "lockstep"]

ALTERNATIVES = ("open_call", "live_event", "declared_team", "shared_feed")
EXCLUDED = ("activity", "popularity", "news_timing")
NULL = "sittings_dealt_again"


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    batch_s: float = param(3600.0, "s", "A batch is sought among acts up to twice this apart.", 60.0, 86_400.0)
    layers: tuple[str, ...] = param(("all",), "layers", "Which kinds of acts to analyse, such as url or repost:post.")
    batch_accounts: int = param(
        10, "accounts", "Every thing in a batch has so many of its accounts or more.", 3, 10_000
    )
    batch_objects: int = param(
        5, "objects", "Every account in a batch acts on so many of its things or more.", 3, 10_000
    )
    surrogates: int = param(99, "data sets", "How often the sittings are re-dealt to measure chance.", 19, 99_999)
    family_alpha: float = param(0.05, "1", "Chance that any batch at all is reported of data without one.", 1e-9, 0.5)


def lockstep(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find blocks of accounts and things with more acts between them in one sitting than chance gives anywhere.

    Args:
        dataset: its actions.
        params: see ``Params``.
        seed: of the circles of interest and the re-deals.
        progress: told of the re-deals.

    Returns:
        One finding per block; tables ``batches``, ``accounts``, ``objects``, ``acts`` and ``surrogates``.

    Raises:
        ParameterError: a layer that the data do not have.
        PrecisionError: every layer's times are coarser than the batch.
        TooLittleDataError: no layer has enough accounts and things.
    """
    actions = set_aside(dataset.actions, dataset.accounts.filter("is_automated")["account_id"].unique())
    layers = _layers(actions, params, seed)
    by_chance = _by_chance(layers, params.surrogates, seed, progress)
    kept = [
        (layer, block, _p_value(block, by_chance))
        for layer in layers
        for block in united([each for each in dense_blocks(layer) if _p_value(each, by_chance) <= params.family_alpha])
    ]
    kept.sort(key=lambda each: (-each[1].score, each[0].acts.layer, each[1].first, each[1].accounts.tolist()))
    kept = _apart(kept)
    acts = _acts(actions, [(layer, block) for layer, block, _ in kept])
    tables = _tables(acts, kept)
    tables["surrogates"] = pl.DataFrame(
        {"surrogate": np.arange(1, params.surrogates + 1), "largest_density": by_chance}
    )
    n_acts = sum(layer.acts.n_acts for layer in layers)
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=tuple(_finding(row) for row in tables["batches"].iter_rows(named=True)),
        scores=(
            Score("acts_examined", float(n_acts), "acts"),
            Score("batches", float(len(kept)), "batches"),
            Score("surrogates", float(params.surrogates), "data sets", null=NULL),
        ),
        tables=tables,
        notes=("batch_is_its_own_yardstick",) if kept else ("batch_is_its_own_yardstick", "quiet_result"),
    )


def _layers(actions: pl.DataFrame, params: Params, seed: int) -> list[BatchLayer]:
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else tuple(sorted(set(params.layers)))
    absent = [layer for layer in wanted if layer not in there]
    if absent:
        raise ParameterError(f"The data have no layer '{absent[0]}'. They have: {', '.join(there) or 'none'}.")
    layers: list[BatchLayer] = []
    refusals: list[PrecisionError] = []
    for name in wanted:
        acts = one_object_per_event(index_acts(actions, name), params.batch_accounts)
        if len(acts.account_ids) < params.batch_accounts or len(acts.object_ids) < params.batch_objects:
            continue
        try:
            window = acts.window_ticks(params.batch_s)
        except PrecisionError as error:
            refusals.append(error)
            continue
        layers.append(lay_out(acts, window, params.batch_accounts, params.batch_objects, seed))
    if refusals and not layers:
        raise refusals[0]
    if not layers:
        raise TooLittleDataError(
            f"No layer has {params.batch_accounts} accounts and {params.batch_objects} things with usable times, so "
            "there can be no batch. Lower batch_accounts or batch_objects, or add data."
        )
    return layers


def _by_chance(
    layers: Sequence[BatchLayer], n_surrogates: int, seed: int, progress: Progress
) -> npt.NDArray[np.float64]:
    """Return the densest block over all layers of each re-deal."""

    def one(number: int) -> float:
        return max(
            densest(layer, re_deal_sittings(layer, np.random.default_rng([seed, number, place, 4])))
            for place, layer in enumerate(layers)
        )

    found = np.zeros(n_surrogates)
    with ThreadPoolExecutor(n_threads()) as pool:
        for number, score in enumerate(pool.map(one, range(n_surrogates))):
            found[number] = score
            progress("re-dealing the sittings", number + 1, n_surrogates)
    return found


def _p_value(block: Block, by_chance: npt.NDArray[np.float64]) -> float:
    return float(surrogate_p_values(np.array([block.score]), by_chance)[0])


def _inside(layer: BatchLayer, block: Block) -> npt.NDArray[np.bool_]:
    """Return which acts of a layer are a block's, shape (acts,)."""
    acts = layer.acts
    inside = (layer.stretch >= block.first) & (layer.stretch <= block.last)
    return inside & np.isin(acts.accounts, block.accounts) & np.isin(acts.objects, block.objects)


def _apart(found: Sequence[tuple[BatchLayer, Block, float]]) -> list[tuple[BatchLayer, Block, float]]:
    """Leave out the blocks of which most events are in a denser one: other traces of the same posts."""
    kept: list[tuple[BatchLayer, Block, float]] = []
    taken: list[npt.NDArray[np.uint64]] = []
    for layer, block, p_value in found:
        events = np.unique(layer.acts.events[_inside(layer, block)])
        if all(np.isin(events, others).mean() < SAME for others in taken):
            kept.append((layer, block, p_value))
            taken.append(events)
    return kept


_ACTS = {
    **dict.fromkeys(("finding_id", "account_id", "layer", "object_id"), pl.String()),
    "acted_at": TIME,
    **dict.fromkeys(("post_id", "permalink"), pl.String()),
}


def _acts(actions: pl.DataFrame, found: Sequence[tuple[BatchLayer, Block]]) -> pl.DataFrame:
    """Return the acts of every block, in the blocks' order, then by time."""
    parts = [pl.DataFrame(schema=_ACTS)]
    for number, (layer, block) in enumerate(found, start=1):
        acts = layer.acts
        rows = actions[acts.rows[_inside(layer, block)]].with_columns(
            finding_id=pl.lit(f"lockstep-{number}"), layer=pl.lit(acts.layer)
        )
        parts.append(rows.select(list(_ACTS)).sort("acted_at", "account_id", "object_id", "post_id", "permalink"))
    return pl.concat(parts)


def _tables(acts: pl.DataFrame, kept: Sequence[tuple[BatchLayer, Block, float]]) -> dict[str, pl.DataFrame]:
    batches = (
        acts.group_by("finding_id", "layer", maintain_order=True)
        .agg(
            n_accounts=pl.col("account_id").n_unique(),
            n_objects=pl.col("object_id").n_unique(),
            n_acts=pl.struct("account_id", "object_id").n_unique(),
            from_at=pl.col("acted_at").min(),
            to_at=pl.col("acted_at").max(),
        )
        .with_columns(
            batch_share=pl.col("n_acts") / (pl.col("n_accounts") * pl.col("n_objects")),
            weighted_density=pl.Series([block.score for _, block, _ in kept], dtype=pl.Float64),
            batch_p=pl.Series([p for _, _, p in kept], dtype=pl.Float64),
        )
    )
    by_account, by_object = (
        acts.group_by("finding_id", *names, maintain_order=True)
        .agg(n_acts=pl.struct("account_id", "object_id").n_unique(), first_at=pl.col("acted_at").min())
        .sort(pl.col("finding_id").str.slice(9).cast(pl.Int64), -pl.col("n_acts").cast(pl.Int64), *names)
        for names in (("account_id",), ("layer", "object_id"))
    )
    return {"batches": batches, "accounts": by_account, "objects": by_object, "acts": acts}


def _finding(row: dict[str, object]) -> Finding:
    n_accounts, share = float(str(row["n_accounts"])), float(str(row["batch_share"]))
    p_value = float(str(row["batch_p"]))
    span = row["to_at"] - row["from_at"]  # type: ignore[operator]  # both are times
    return Finding(
        id=str(row["finding_id"]),
        question="who",
        subject=str(row["finding_id"]),
        statement="lockstep_batch",
        scores=(
            Score("batch_acts", float(str(row["n_acts"])), "acts", null=NULL),
            Score("accounts", n_accounts, "accounts"),
            Score("objects", float(str(row["n_objects"])), "objects"),
            Score("batch_s", span.total_seconds(), "s"),
            Score("batch_share", share, "1"),
            Score("weighted_density", float(str(row["weighted_density"])), "1", null=NULL),
            Score("batch_p", p_value, "1", p_value=p_value, null=NULL),
            Score("first_at", row["from_at"].timestamp(), "utc_s"),  # type: ignore[attr-defined]  # a time
            Score("last_at", row["to_at"].timestamp(), "utc_s"),  # type: ignore[attr-defined]  # a time
        ),
        # One sitting is one coincidence, however large: never more than moderate.
        strength="moderate" if share >= 0.5 and n_accounts >= 20 else "low",
        alternatives=ALTERNATIVES,
        excluded=EXCLUDED,
        evidence=("batches", "accounts", "objects", "acts"),
    )


DETECTOR = Detector(
    name="lockstep",
    title="Many accounts on many things in one sitting",
    question="who",
    needs=("actions",),
    params=Params,
    run=lockstep,
    vocabulary=LOCKSTEP,
    cites=(
        "Hooi, Song, Beutel, Shah, Shin & Faloutsos 2016, doi:10.1145/2939672.2939747",
        "Beutel, Xu, Guruswami, Palow & Faloutsos 2013, doi:10.1145/2488388.2488400",
    ),
    text=(
        "Seeks blocks of many accounts that act on many of the same things within an hour or two, by peeling away what "
        "is thin until the densest part is left. Everybody's sittings are then dealt again over what was acted on, "
        "many times; only blocks denser than any of these gives are reported."
    ),
)
