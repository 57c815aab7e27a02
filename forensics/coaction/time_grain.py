"""How finely times are really known: polls and sending queues recognised from the data.

A crawler that dates likes by its visits puts many objects' acts on few distinct moments; a client that sends its queue
every few minutes puts an account's acts on a grid. Such a time says only that the act lies between it and the visit or
the sending before. Closeness within less than that is nobody's doing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import pdtrc

from forensics.coaction.dense_acts import DenseActs

CROWD = 4
"""Acts at one moment that can make it a visit of a crawler: fewer meet by chance in busy hours."""
CHANCE = 1e-6
"""Tail probability, given the hour around it, below which a moment is no coincidence."""
MOST_OF_A_LAYER = 0.5
"""Share of a layer's acts on such moments from which the layer was polled; a farm is a smaller part of its layer."""
PERIODS_S = np.arange(1, 61) * 60.0
"""Periods of sending queues that are tried: whole minutes up to an hour."""
FEWEST_SENT = 8
"""Acts of an account from which a grid can be seen."""
ON_GRID = 0.8
"""Length of the mean phase vector from which acts lie on a grid (1 is all at one phase)."""
MOST_SENT = 400
"""Acts of an account that are looked at for a grid."""


def with_grain(acts: DenseActs) -> DenseActs:
    """Return acts whose ``steps`` say how finely each time is known when polls and queues are taken into account."""
    timed = np.isfinite(acts.steps)
    steps = np.maximum(acts.steps, _polled(acts, timed))
    return replace(acts, steps=np.maximum(steps, _queued(acts, timed & (acts.steps <= PERIODS_S[0]))))


def _polled(acts: DenseActs, timed: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return for each act the time since the visit before, 0 where its layer was not polled."""
    steps = np.zeros(acts.n_acts)
    layers = acts.layer_of[acts.objects]
    for layer in range(len(acts.layers)):
        own = np.flatnonzero(timed & (layers == layer))
        if len(own) < 2 * CROWD:
            continue
        tick = max(float(np.median(acts.steps[own])), 1.0)
        if tick > PERIODS_S[0]:
            continue
        moments, place, counts = np.unique(np.floor(acts.times[own] / tick), return_inverse=True, return_counts=True)
        hour = 3600.0 / tick
        edges = np.concatenate(([0], np.cumsum(counts)))
        low, high = np.searchsorted(moments, moments - hour / 2), np.searchsorted(moments, moments + hour / 2)
        expected = (edges[high] - edges[low] - counts) / hour
        is_visit = (counts >= CROWD) & (pdtrc(counts - 1.0, np.maximum(expected, 1e-9)) < CHANCE)
        if counts[is_visit].sum() < MOST_OF_A_LAYER * len(own):
            continue
        visits = moments[is_visit]
        gaps = np.diff(visits, prepend=visits[0] - (np.median(np.diff(visits)) if len(visits) > 1 else hour))
        gap_of = np.zeros(len(moments))
        gap_of[is_visit] = gaps * tick
        steps[own] = gap_of[place]
    return steps


def _queued(acts: DenseActs, usable: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return for each act the period of its account's sending queue, 0 where there is none.

    The largest period at which the phases of an account's times agree (Rayleigh's test, n R^2 is about exponential),
    corrected for the accounts and periods tried.
    """
    steps = np.zeros(acts.n_acts)
    own = np.flatnonzero(usable)
    order = own[np.argsort(acts.accounts[own], kind="stable")]
    _, first, counts = np.unique(acts.accounts[order], return_index=True, return_counts=True)
    many = counts >= FEWEST_SENT
    limit = np.log(max(int(many.sum()), 1) * len(PERIODS_S) / 0.01)
    for start, count in zip(first[many], counts[many], strict=True):
        places = order[start : start + count]
        turns = 2j * np.pi * acts.times[places[:MOST_SENT]]
        length = np.abs(np.exp(turns[:, None] / PERIODS_S).mean(axis=0))
        on_grid = (length >= ON_GRID) & (len(turns) * length**2 > limit)
        if on_grid.any():
            steps[places] = PERIODS_S[np.flatnonzero(on_grid)[-1]]
    return steps
