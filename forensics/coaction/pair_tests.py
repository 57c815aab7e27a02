"""Every pair of every layer weighed against the null, at every window.

This is the part of the synchrony pipeline that is run again on re-dealt data, so it works on indexed acts alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.counting import CoActions, count_coactions
from forensics.coaction.jitter_null import WIDEST_LASTING_S, WIDEST_S, Jitter, PairTests, jitter, weigh
from forensics.coaction.layers import IndexedActs
from forensics.coaction.multilayer import Population, named, significant_pairs
from forensics.coaction.schedules import schedules
from forensics.errors import PrecisionError

__all__ = ["PreparedLayer", "Weighed", "edges_by_window", "prepare_layer", "weigh_layers"]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedLayer:
    """A layer laid out for weighing at each window.

    Attributes:
        acts: the indexed acts.
        windows_s: the windows, seconds, ascending.
        nulls: the null model for each window.
        apart: ticks between two hits for both to count.
    """

    acts: IndexedActs
    windows_s: tuple[float, ...]
    nulls: tuple[Jitter, ...]
    apart: int


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The pairs that remain, over all layers.

    Attributes:
        edges: ``left, right, layer, window_s, tick_s, n_objects, n_occasions, n_trials, expected, layer_p_value,
            p_value, q_value, q_value_by``; one row per pair and layer, its best window's numbers, in (left, right,
            layer) order; see ``multilayer.significant_pairs``.
        tests: every test that was made, as ``multilayer.significant_pairs`` takes them, with the counts.
        n_candidates: pairs weighed, by (layer, window), in the order of the layers and their windows.
        hits: of the edges' pairs in all layers and windows.
        expected: the same under the null.
    """

    edges: pl.DataFrame
    tests: pl.DataFrame
    n_candidates: tuple[int, ...]
    hits: float
    expected: float


def prepare_layer(acts: IndexedActs, windows_s: Sequence[float], occasion_s: float, crowd: int) -> PreparedLayer:
    """Lay a layer out for every window that its times allow.

    Args:
        acts: the layer.
        windows_s: seconds; those finer than the layer's times are left out, and so are those longer than half an hour
            where things do not last: the null's bins are an hour wide there.
        occasion_s: seconds between two hits for both to count.
        crowd: acts from which an (object, bin) cell is judged against its own crowd.

    Raises:
        PrecisionError: no window fits the layer's times and the null's bins.
    """
    longest_s = (WIDEST_LASTING_S if acts.is_lasting else WIDEST_S) / 2.0
    fitting = tuple(sorted({w for w in windows_s if acts.tick_s <= w <= longest_s}))
    if not fitting:
        acts.window_ticks(max(windows_s))
        raise PrecisionError(f"No window fits the layer '{acts.layer}': set one of {acts.tick_s:g} to {longest_s:g} s.")
    clocks = schedules(acts)
    return PreparedLayer(
        acts,
        fitting,
        tuple(jitter(acts, clocks, acts.window_ticks(window_s), crowd) for window_s in fitting),
        max(1, int(occasion_s // acts.tick_s)),
    )


def weigh_layers(
    layers: Sequence[PreparedLayer], everyone: Population, min_objects: int, alpha: float, threads: int | None = None
) -> Weighed:
    """Weigh all pairs of all layers at all windows, fuse each pair's tests and keep the significant pairs.

    Args:
        layers: see ``prepare_layer``.
        everyone: the population of these layers, or of those that they were re-dealt from.
        min_objects: occasions a pair needs.
        alpha: the expected share of false edges.
        threads: see ``count_coactions``.
    """
    counted: list[int] = []
    frames = []
    for number, layer in enumerate(layers):
        for window_s, null in zip(layer.windows_s, layer.nulls, strict=True):
            pairs = count_coactions(layer.acts, null.window, at_least=min_objects, threads=threads)
            counted.append(len(pairs.left))
            tests = weigh(null, pairs, layer.apart, threads)
            frames.append(
                _tested(everyone.places[number], pairs, tests, min_objects).with_columns(
                    layer=pl.lit(number, pl.Int64),
                    window_s=pl.lit(window_s, pl.Float64),
                    tick_s=pl.lit(layer.acts.tick_s, pl.Float64),
                )
            )
    rows = pl.concat(frames)
    edges = significant_pairs(rows, everyone, [len(layer.windows_s) for layer in layers], alpha)
    own = rows.join(edges.select("left", "right").unique(), ["left", "right"], "semi").sort("n_objects", "expected")
    return Weighed(
        named(edges, everyone, [layer.acts for layer in layers]),
        rows,
        tuple(counted),
        float(own["n_objects"].sum()),
        float(own["expected"].sum()),
    )


def edges_by_window(
    weighed: Weighed, layers: Sequence[PreparedLayer], everyone: Population, alpha: float
) -> list[pl.DataFrame]:
    """Return the pairs, ``left`` and ``right``, that are significant at each window alone, for each that has any.

    Args:
        weighed: what ``weigh_layers`` gave.
        layers: those that were weighed.
        everyone: their population.
        alpha: the expected share of false edges.
    """
    acts = [layer.acts for layer in layers]
    found = [
        significant_pairs(group, everyone, [int(window_s in layer.windows_s) for layer in layers], alpha)
        for (window_s,), group in weighed.tests.sort("window_s").group_by("window_s", maintain_order=True)
    ]
    return [
        named(edges, everyone, acts).select("left", "right").unique(maintain_order=True)
        for edges in found
        if edges.height
    ]


def _tested(places: npt.NDArray[np.uint32], pairs: CoActions, tests: PairTests, min_objects: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "left": places[pairs.left],
            "right": places[pairs.right],
            "n_objects": tests.hits,
            "n_occasions": tests.occasions,
            "n_trials": tests.n_trials,
            "expected": tests.expected,
            "p_value": np.where(tests.occasions >= min_objects, tests.p_value, 1.0),
        }
    )
