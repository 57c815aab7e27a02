"""Tails and corrections: the few formulas by which a count becomes a claim."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = ["false_discovery_rate", "gamma_poisson_tail", "poisson_tail", "surrogate_p_values"]

Floats = npt.NDArray[np.float64]


def poisson_tail(counts: npt.NDArray[np.int64], expected: Floats) -> Floats:
    """Return P(Poisson(expected) >= count), elementwise.

    Args:
        counts: shape (n,), 0 or more.
        expected: shape (n,), means.
    """
    # P(N >= k) is the lower regularised incomplete gamma function at (k, mean).
    tail = special.gammainc(np.maximum(counts, 1), expected)
    return np.asarray(np.where(counts <= 0, 1.0, tail), np.float64)


def gamma_poisson_tail(counts: npt.NDArray[np.int64], expected: Floats, dispersion: float) -> Floats:
    """Return P(N >= count) for a Poisson count whose mean itself varies (negative binomial), elementwise.

    Args:
        counts: shape (n,), 0 or more.
        expected: shape (n,), means.
        dispersion: the variance of the mean's factor, 0 or more; the count's variance is
            ``expected + dispersion * expected ** 2``. 0 is the Poisson tail.
    """
    if dispersion <= 0.0:
        return poisson_tail(counts, expected)
    size = 1.0 / dispersion
    tail = special.betainc(np.maximum(counts, 1), size, expected / (size + expected))
    return np.asarray(np.where(counts <= 0, 1.0, tail), np.float64)


def false_discovery_rate(p_values: Floats, n_tests: int, *, any_dependence: bool = False) -> Floats:
    """Return the q-values of the tests that were carried out, corrected for all that could have been.

    Args:
        p_values: shape (n,), in any order. The other ``n_tests - n`` tests count as p = 1.
        n_tests: how many tests there could have been, at least n.
        any_dependence: the correction that holds whatever the dependence (Benjamini-Yekutieli), larger by the
            harmonic number of ``n_tests``.

    Returns:
        Shape (n,), in the order given.

    Source:
        Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini & Yekutieli 2001,
        doi:10.1214/aos/1013699998.
    """
    n = len(p_values)
    order = np.argsort(p_values, kind="stable")
    factor = n_tests * (special.digamma(n_tests + 1) + np.euler_gamma if any_dependence else 1.0)
    raised = p_values[order] * factor / np.arange(1, n + 1)
    q_values = np.empty(n)
    q_values[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q_values


def surrogate_p_values(observed: Floats, by_chance: Floats) -> Floats:
    """Return how often chance alone did as well: (1 + surrogates at or above) / (1 + surrogates).

    Args:
        observed: shape (n,), larger is more surprising.
        by_chance: shape (surrogates,), the largest of each surrogate data set; the p-values are then family-wise.

    Returns:
        Shape (n,), never below 1 / (1 + surrogates).

    Source:
        Davison & Hinkley 1997, Bootstrap Methods and their Application, eq. 4.11; the largest of each as in Westfall &
        Young 1993, Resampling-Based Multiple Testing.
    """
    ordered = np.sort(by_chance)
    reached = len(ordered) - np.searchsorted(ordered, observed, side="left")
    return np.asarray((1.0 + reached) / (1.0 + len(ordered)), np.float64)
