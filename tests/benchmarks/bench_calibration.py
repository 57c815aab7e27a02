"""Whether the pairs' p-values mean what they say where nothing was planted: a table and a quantile plot.

A part of ``make bench-quality``; alone it is ``bench_quality.py --only nothing``, which takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from forensics.coaction.counting import CoActions, count_coactions
from forensics.coaction.jitter_null import weigh
from forensics.coaction.layers import index_acts, layer_names, set_aside, without_early
from forensics.coaction.pair_tests import prepare_layer
from forensics.detectors.coordination.synchrony import Params
from forensics.simulate import Election, hard_worlds, organic, plain, simulate

LEVELS = (0.05, 0.01, 0.001, 0.0001)
WINDOW_S = 60.0
MAX_PAIRS = 200_000

Values = npt.NDArray[np.float64]


def null_p_values(election: Election, seed: int) -> Values:
    """Return the p-values of pairs of a world without manipulation that share four objects or more, at any pace.

    The pairs are chosen by what they share and never by how close in time, so that nothing is selected that is then
    tested. A pair without a single trial that could go either way is left out: its p-value is 1 by construction.
    """
    world, params = simulate(election, seed), Params()
    declared = world.dataset.accounts.filter("is_automated")["account_id"]
    actions = set_aside(world.dataset.actions, declared)
    found = []
    for layer in layer_names(actions):
        acts = without_early(index_acts(actions, layer), params.early_s)
        if acts.tick_s > WINDOW_S or not acts.n_acts:
            continue
        prepared = prepare_layer(acts, (WINDOW_S,), params.occasion_s, params.crowd)
        forever = int(acts.ticks.max() - acts.ticks.min()) + 1
        pairs = count_coactions(acts, forever, at_least=params.min_objects)
        # Every k-th pair, in the order of the accounts' ids, which say nothing.
        step = max(1, len(pairs.left) // MAX_PAIRS)
        some = CoActions(pairs.left[::step], pairs.right[::step], pairs.groups[::step], pairs.pairs[::step])
        tests = weigh(prepared.nulls[0], some, prepared.apart)
        found.append(tests.p_value[tests.n_trials > 0])
    return np.concatenate(found)


def table(p_values: dict[str, Values]) -> Iterator[str]:
    """Give the table line by line."""
    yield f"| world | pairs | {' | '.join(f'P(p ≤ {level:g})' for level in LEVELS)} | smallest p × pairs |"
    yield "|---|---|" + "---|" * (len(LEVELS) + 1)
    for name, values in p_values.items():
        shares = " | ".join(f"{(values <= level).mean():.5f}" for level in LEVELS)
        yield f"| {name} | {len(values):,} | {shares} | {values.min() * len(values):.3g} |"


def draw(p_values: dict[str, Values], path: Path) -> None:
    """Draw the smallest p-values against those that a perfect test would give."""
    mpl.use("Agg")
    figure = Figure(figsize=(7, 6), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 6], [0, 6], color="black", linewidth=1, label="perfect")
    for number, (name, values) in enumerate(p_values.items()):
        ordered = np.sort(values)
        rank = np.unique(np.geomspace(1, len(ordered), 400).astype(np.int64))
        axes.plot(
            -np.log10(rank / (len(ordered) + 1.0)),
            -np.log10(np.maximum(ordered[rank - 1], 1e-12)),
            linestyle="solid" if number < 8 else "dashed",
            color=f"C{number % 8}",
            label=name,
        )
    axes.set_xlabel("-log10 p expected")
    axes.set_ylabel("-log10 p observed")
    axes.legend(fontsize=7)
    figure.savefig(path, dpi=120)


def section(worlds: int, picture: Path) -> list[str]:
    """Measure the calibration of the pairs' p-values and return it in Markdown.

    Args:
        worlds: how many of each kind; seeds count from 1.
        picture: where to draw the quantile plot.
    """
    kinds = {"plain": plain(), "organic": organic(), **hard_worlds()}
    p_values = {}
    for name, election in kinds.items():
        p_values[name] = np.concatenate([null_p_values(election, seed) for seed in range(1, worlds + 1)])
        click.echo(f"p-values: {name}", err=True)
    draw(p_values, picture)
    head = f"Window {WINDOW_S:g} s, pairs that share four objects or more; seeds 1 to {worlds}. Drawn: {picture.name}."
    return ["## p-values of pairs where nothing was planted", "", head, "", *table(p_values)]
