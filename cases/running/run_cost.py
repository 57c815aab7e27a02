"""What a run of a case will cost on this machine, measured on parts of its own data before it starts."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import polars as pl

from cases.running.machine_measurement import peak_bytes, warm_up
from forensics.coaction.counting import counted_pairs
from forensics.coaction.layers import index_acts, layer_names
from forensics.dataset import Dataset
from forensics.detectors.coordination.planting.minimum_detectable import Params as DetectableParams
from forensics.errors import PrecisionError
from forensics.progress import Progress
from forensics.run import Plan, carry_out

WINDOW_S = 600.0
"""The longest of the usual windows for acts that do not last."""
PART_ACTS = 20_000
"""Acts of the larger part that is analysed; data of fewer are analysed whole."""
LEAST_POWER, MOST_POWER = 0.5, 1.5
"""Between these powers of the number of acts a stage's time is taken to grow, whatever two short measurements say."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run will take.

    Attributes:
        n_acts: rows of the actions table.
        n_accounts: accounts that acted.
        n_pairs: pairs of acts on one object within ten minutes, over all layers.
        seconds: of all detectors, wall clock.
        peak_bytes: of memory: what the program held before, and the larger part's own in proportion to the acts; None
            where the system does not tell.
        n_measured: acts of the larger part.
        measured_seconds: that its detectors took.
    """

    n_acts: int
    n_accounts: int
    n_pairs: int
    seconds: float
    peak_bytes: int | None
    n_measured: int
    measured_seconds: float


def cost(dataset: Dataset, steps: Plan, progress: Progress) -> Cost:
    """Count what there is to do, and measure a half and the whole of a part of it.

    A part holds all the acts on some of the objects, so that as many accounts meet on each as in the whole.

    Args:
        steps: the detectors that the case asks.
    """
    actions = dataset.actions
    n_pairs = 0
    for layer in layer_names(actions):
        progress("counting pairs of acts", 0, 0)
        acts = index_acts(actions, layer)
        try:
            n_pairs += counted_pairs(acts, acts.window_ticks(WINDOW_S))
        except PrecisionError:
            continue  # times too coarse for the window: no pair will be counted there
    warm_up(progress)
    steps = _as_of_the_whole(steps, actions.height)
    share = min(1.0, PART_ACTS / max(1, actions.height))
    half, part = part_of(dataset, share / 2), part_of(dataset, share)
    warm = peak_bytes()
    before, seconds = (_stage_seconds(data, steps, progress) for data in (half, part))
    most = peak_bytes()
    n_half, n_part = half.actions.height, part.actions.height
    held = None if most is None or warm is None else int(warm + (most - warm) * actions.height / max(1, n_part))
    return Cost(
        n_acts=actions.height,
        n_accounts=actions["account_id"].n_unique(),
        n_pairs=n_pairs,
        seconds=sum(
            extrapolated(before.get(name, 0.0), took, n_half, n_part, actions.height) for name, took in seconds.items()
        ),
        peak_bytes=held,
        n_measured=n_part,
        measured_seconds=sum(seconds.values()),
    )


def part_of(dataset: Dataset, share: float) -> Dataset:
    """Return all the acts on about a share of the objects, and the other tables of whoever is in them."""
    if share >= 1.0:
        return dataset
    identity = pl.coalesce("object_id", "post_id", "account_id")
    actions = dataset.actions.filter(identity.hash(1) % 1_000_000 < share * 1_000_000)
    accounts, posts = actions["account_id"].unique().implode(), actions["object_id"].unique().implode()
    return replace(
        dataset,
        actions=actions,
        accounts=dataset.accounts.filter(pl.col("account_id").is_in(accounts)),
        posts=dataset.posts.filter(pl.col("post_id").is_in(posts)) if actions.height else dataset.posts,
    )


def extrapolated(first: float, second: float, n_first: int, n_second: int, n_whole: int) -> float:
    """Return the seconds that the whole takes, by the power of the number of acts with which two parts' times grew.

    >>> extrapolated(1.0, 2.0, 100, 200, 800)
    8.0
    """
    if n_whole <= n_second or not second:
        return second
    power = math.log(second / first) / math.log(n_second / n_first) if first and n_second > n_first > 0 else 1.0
    return float(second * (n_whole / max(1, n_second)) ** min(MOST_POWER, max(LEAST_POWER, power)))


def _as_of_the_whole(steps: Plan, n_acts: int) -> Plan:
    """Return the plan without the plants that data of so many acts do not get."""
    return tuple(
        replace(step, params=replace(step.params, spike_in=False))
        if isinstance(step.params, DetectableParams) and n_acts > step.params.spike_most_acts
        else step
        for step in steps
    )


def _stage_seconds(dataset: Dataset, steps: Plan, progress: Progress) -> dict[str, float]:
    """Return what each detector takes, by its title; any other stage is within one."""
    titles = {step.detector.title for step in steps}
    seconds: dict[str, float] = {}
    stage, began = "", time.perf_counter()

    def timed(name: str, done: int, total: int) -> None:
        nonlocal stage, began
        progress(name, done, total)
        if name in titles and name != stage:
            seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - began
            stage, began = name, time.perf_counter()

    carry_out(dataset, steps, progress=timed)
    seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - began
    return seconds
