"""What a run of a case will cost on this machine, worked out before it starts."""

from __future__ import annotations

from dataclasses import dataclass

from cases.running.machine_measurement import Trial, trial
from forensics.coaction.counting import counted_pairs
from forensics.coaction.layers import index_acts, layer_names
from forensics.dataset import Dataset
from forensics.errors import PrecisionError
from forensics.progress import Progress

__all__ = ["Cost", "cost"]

WINDOW_S = 600.0
"""The longest of the usual windows for acts that do not last."""
TRIAL_ACTS = 20_000
"""Simulated acts that are analysed to learn how fast this machine is; smaller data are tried at their own size."""
LEAST_ACTS = 1_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run will take.

    Attributes:
        n_acts: rows of the actions table.
        n_accounts: accounts that acted.
        n_pairs: pairs of acts on one thing within ten minutes, over all layers.
        seconds: of all detectors, wall clock: the trial's, in proportion to the acts.
        peak_bytes: of memory: what loading took, and the trial's own in proportion to the acts; None where the system
            does not tell.
        measured: the trial.
    """

    n_acts: int
    n_accounts: int
    n_pairs: int
    seconds: float
    peak_bytes: int | None
    measured: Trial


def cost(dataset: Dataset, progress: Progress) -> Cost:
    """Count what there is to do and measure how fast this machine does its like.

    Args:
        dataset: the case's data.
        progress: told of each step.
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
    measured = trial(min(TRIAL_ACTS, max(LEAST_ACTS, actions.height)), progress)
    share = actions.height / measured.n_acts
    most, warm = measured.peak_bytes, measured.warm_bytes
    return Cost(
        actions.height,
        actions["account_id"].n_unique(),
        n_pairs,
        measured.seconds * share,
        None if most is None or warm is None else int(warm + (most - warm) * share),
        measured,
    )
