"""From a rhythm to probabilities: people on shifts, software, or ordinary use.

A multinomial logistic regression on the features of ``rhythm_features``, fitted to simulated accounts of known kind by
``tests/worlds/fit_rhythm.py``. Its weights depend on the number of acts, so that few acts give wide probabilities,
and are as sure as they may be on shapes they were not fitted to; ``tests/benchmarks/work.md`` says how they do on
others. It is fitted to equal numbers of each kind. What most accounts of the data at hand share, such as the breaks of
one school or the minute at which a crawler came by, is a habit of these data and is taken off everybody's odds; then
the mix of the data is estimated and put in place of the equal one (Saerens, Latinne & Decaestecker 2002,
doi:10.1162/089976602753284446).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from forensics.detectors.rhythm.rhythm_features import FEATURES

KINDS = ("shift", "software", "ordinary")

CLIP = 3.0
MIDDLE_ACTS = 200.0
USUAL_LOG_ODDS = -3.0
"""Log odds of either kind of work against ordinary use of the median ordinary account with 30 acts, the doubtful ones,
on shapes that were not fitted (-3.0 for shifts, -3.4 for software; -3.6 and -3.5 with 100 acts)."""
PRIOR_ACCOUNTS = 3.0
"""Accounts of each kind that are added before the mix is estimated."""
USUAL_ACCOUNTS = 3
"""Accounts at these odds that are added, so that a handful of accounts makes no habit."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The fitted regression.

    Attributes:
        mean: of each feature, shape (features,).
        scale: standard deviation of each feature, shape (features,).
        coefficients: shape (columns of the design, kinds).
    """

    mean: Numbers
    scale: Numbers
    coefficients: Numbers


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    shipped = json.loads(resources.files("forensics.detectors.rhythm").joinpath("rhythm_weights.json").read_bytes())
    if tuple(shipped["features"]) != FEATURES or tuple(shipped["kinds"]) != KINDS:
        raise AssertionError("the rhythm weights were fitted to other features; run tests/worlds/fit_rhythm.py")
    return Weights(np.array(shipped["mean"]), np.array(shipped["scale"]), np.array(shipped["coefficients"]))


def design(features: Numbers, n_acts: Numbers, mean: Numbers, scale: Numbers) -> Numbers:
    """Return the regression's columns: 1, ln n, each feature, each product of two, and each feature times ln n.

    Args:
        features: shape (accounts, features).
        n_acts: shape (accounts,).
        mean: shape (features,).
        scale: shape (features,).
    """
    z = np.clip((features - mean) / scale, -CLIP, CLIP)
    log_n = np.log(np.clip(n_acts, 30, 3_000) / MIDDLE_ACTS)[:, None]
    left, right = np.triu_indices(z.shape[1])
    return np.concatenate([np.ones_like(log_n), log_n, z, z[:, left] * z[:, right], z * log_n], axis=1)


def balanced_probabilities(features: Numbers, n_acts: Numbers, fitted: Weights | None = None) -> Numbers:
    """Return the probability of each kind where all three are equally common, shape (accounts, kinds)."""
    fitted = fitted or weights()
    logits = design(features, n_acts, fitted.mean, fitted.scale) @ fitted.coefficients
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def without_habit(balanced: Numbers) -> Numbers:
    """Take off the odds of work what more than half of the accounts show of it.

    It assumes that at least half of the accounts are ordinary. In 126 worlds by strangers, whose people break the
    fitted shapes in ways of their own, 40 of 21,898 ordinary accounts are called worked with it, 681 without (114 at
    usual log odds of -2, 10 at -4; ``tests/worlds/measure_rhythm.py``). On shapes that were not fitted it costs
    nothing up to a fifth of each kind with 100 acts; of a third on shifts it leaves half in doubt.

    Args:
        balanced: shape (accounts, kinds).

    Returns:
        The same shape.
    """
    known = np.maximum(balanced, 1e-12)
    ordinary = KINDS.index("ordinary")
    odds = np.log(known / known[:, [ordinary]])
    usual = np.concatenate([odds, np.full((USUAL_ACCOUNTS, len(KINDS)), USUAL_LOG_ODDS)])
    habit = np.maximum(np.median(usual, axis=0) - USUAL_LOG_ODDS, 0.0)
    habit[ordinary] = 0.0
    raised = np.exp(odds - habit)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def estimate_mix(balanced: Numbers) -> Numbers:
    """Return the share of each kind among accounts, by expectation and maximisation, ordinary never the rarest.

    Data in which few accounts look ordinary would otherwise make every doubtful account look worked: where another kind
    is more common, ordinary is given the same share, so that the mix never raises the odds of a kind against ordinary.
    Three accounts of each kind are added, so that no share is ever exactly 0 and few accounts decide nothing.

    Args:
        balanced: shape (accounts, kinds); as if all kinds were equally common.

    Returns:
        Shape (kinds,); sums to 1.
    """
    mix = np.full(len(KINDS), 1.0 / len(KINDS))
    for _ in range(200):
        expected = with_mix(balanced, mix).sum(axis=0) + PRIOR_ACCOUNTS
        following = expected / expected.sum()
        if np.abs(following - mix).max() < 1e-9:
            break
        mix = following
    mix[KINDS.index("ordinary")] = mix.max()
    return np.asarray(mix / mix.sum())


def with_mix(balanced: Numbers, mix: Numbers) -> Numbers:
    """Return the probabilities under a mix of kinds other than the equal one."""
    weighted = balanced * mix
    return np.asarray(weighted / weighted.sum(axis=1, keepdims=True))
