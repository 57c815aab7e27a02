"""Every pair of every layer weighed against the null, and corrected for all that could have been tested.

This is the part of the synchrony pipeline that is run again on re-dealt data, so it works on indexed acts alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.core.coaction import CoActions, count_coactions
from forensics.core.jitter import Jitter, PairTests, jitter, weigh
from forensics.core.layers import IndexedActs
from forensics.core.schedules import schedules
from forensics.core.significance import false_discovery_rate
from forensics.errors import PrecisionError

__all__ = ["PreparedLayer", "Weighed", "prepare_layer", "weigh_layers"]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedLayer:
    """A layer laid out for weighing at each window.

    Attributes:
        acts: the indexed acts.
        windows_s: the windows, seconds, ascending.
        nulls: the null model for each window.
        n_testable: pairs of accounts that both acted on enough objects.
        apart: ticks between two hits for both to count.
    """

    acts: IndexedActs
    windows_s: tuple[float, ...]
    nulls: tuple[Jitter, ...]
    n_testable: int
    apart: int


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The pairs that remain, over all layers.

    Attributes:
        edges: ``left, right, layer, window_s, tick_s, n_objects, n_occasions, n_trials, expected, p_value, q_value,
            q_value_by``; one row per pair and layer, its best window's numbers, in (left, right, layer) order.
        by_window: the rows significant at one window alone: ``window_s, left, right``.
        n_candidates: pairs weighed, by (layer, window), in the order of the layers and their windows.
        in_edges: ``layer, window_s, hits, expected``: the pairs of the edges at every window, summed.
    """

    edges: pl.DataFrame
    by_window: pl.DataFrame
    n_candidates: tuple[int, ...]
    in_edges: pl.DataFrame


def prepare_layer(
    acts: IndexedActs, windows_s: Sequence[float], min_objects: int, occasion_s: float, crowd: int
) -> PreparedLayer:
    """Lay a layer out for every window that its times allow.

    Args:
        acts: the layer.
        windows_s: seconds; those finer than the layer's times are left out.
        min_objects: distinct objects an account needs for its pairs to be testable.
        occasion_s: seconds between two hits for both to count.
        crowd: acts from which an (object, bin) cell is judged against its own crowd.

    Raises:
        PrecisionError: every window is finer than the layer's times.
    """
    fitting = tuple(sorted({w for w in windows_s if w >= acts.tick_s}))
    if not fitting:
        acts.window_ticks(max(windows_s))
        raise PrecisionError(f"No window fits the layer '{acts.layer}'.")
    n_objects = max(len(acts.object_ids), 1)
    distinct = np.unique(acts.accounts.astype(np.int64) * n_objects + acts.objects)
    n_active = int((np.bincount(distinct // n_objects) >= min_objects).sum()) if len(distinct) else 0
    clocks = schedules(acts)
    return PreparedLayer(
        acts,
        fitting,
        tuple(jitter(acts, clocks, acts.window_ticks(window_s), crowd) for window_s in fitting),
        n_active * (n_active - 1) // 2,
        max(1, int(occasion_s // acts.tick_s)),
    )


def weigh_layers(
    layers: Sequence[PreparedLayer], min_objects: int, alpha: float, threads: int | None = None
) -> Weighed:
    """Weigh all pairs of all layers and keep those that the false-discovery correction keeps.

    A pair's p-value in a layer is its best window's, times the number of windows. The correction counts every pair of
    every layer that could have been tested, not only the pairs that were seen together.

    Args:
        layers: see ``prepare_layer``.
        min_objects: occasions a pair needs.
        alpha: the expected share of false edges.
        threads: see ``count_coactions``.
    """
    counted: list[int] = []
    frames = []
    for number, layer in enumerate(layers):
        parts = []
        for window_s, null in zip(layer.windows_s, layer.nulls, strict=True):
            pairs = count_coactions(layer.acts, null.window, at_least=min_objects, threads=threads)
            counted.append(len(pairs.left))
            parts.append(_tested(number, window_s, pairs, weigh(null, pairs, layer.apart, threads), min_objects))
        frames.append(pl.concat(parts))
    n_testable = sum(layer.n_testable for layer in layers)
    rows = pl.concat(frames).sort("layer", "left", "right", "p_value", "window_s")
    by_window = [
        _named(_significant(group, n_testable, alpha), layers).select("window_s", "left", "right")
        for group in rows.partition_by("window_s") or [rows]
    ]
    n_windows = {number: float(len(layer.windows_s)) for number, layer in enumerate(layers)}
    best = rows.unique(["layer", "left", "right"], keep="first", maintain_order=True).with_columns(
        p_value=(pl.col("p_value") * pl.col("layer").replace_strict(n_windows)).clip(upper_bound=1.0)
    )
    edges = _significant(best, n_testable, alpha)
    in_edges = (
        rows.join(edges.select("layer", "left", "right"), ["layer", "left", "right"], "semi")
        .group_by("layer", "window_s")
        .agg(hits=pl.col("n_objects").sum(), expected=pl.col("expected").sum())
        .with_columns(layer=pl.col("layer").replace_strict({k: each.acts.layer for k, each in enumerate(layers)}))
    )
    return Weighed(_named(edges, layers).sort("left", "right", "layer"), pl.concat(by_window), tuple(counted), in_edges)


def _tested(number: int, window_s: float, pairs: CoActions, tests: PairTests, min_objects: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "left": pairs.left,
            "right": pairs.right,
            "n_objects": tests.hits,
            "n_occasions": tests.occasions,
            "n_trials": tests.n_trials,
            "expected": tests.expected,
            "p_value": np.where(tests.occasions >= min_objects, tests.p_value, 1.0),
        }
    ).with_columns(layer=pl.lit(number, pl.Int64), window_s=pl.lit(window_s, pl.Float64))


def _significant(rows: pl.DataFrame, n_testable: int, alpha: float) -> pl.DataFrame:
    p_values: npt.NDArray[np.float64] = rows["p_value"].to_numpy()
    n_tests = max(n_testable, len(p_values))
    return rows.with_columns(
        q_value=pl.Series(false_discovery_rate(p_values, n_tests), dtype=pl.Float64),
        q_value_by=pl.Series(false_discovery_rate(p_values, n_tests, any_dependence=True), dtype=pl.Float64),
    ).filter(pl.col("q_value") <= alpha)


def _named(rows: pl.DataFrame, layers: Sequence[PreparedLayer]) -> pl.DataFrame:
    """Give the few rows that remain their account ids and layer names."""
    parts = []
    for number, layer in enumerate(layers):
        own = rows.filter(pl.col("layer") == number)
        names = {side: layer.acts.account_ids.gather(own[side]) for side in ("left", "right")}
        parts.append(own.with_columns(**names, layer=pl.lit(layer.acts.layer), tick_s=pl.lit(layer.acts.tick_s)))
    return pl.concat(parts)
