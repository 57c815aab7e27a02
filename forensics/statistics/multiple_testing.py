"""Multiple testing: the tail of a count, and p-values corrected for all that was or could have been tested."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = ["are_discoveries", "false_discovery_rate", "poisson_tail", "surrogate_p_values"]

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


def false_discovery_rate(p_values: Floats, n_tests: int) -> Floats:
    """Return the q-values of the tests that were carried out, corrected for all that could have been.

    With as many tests as p-values, the same as ``scipy.stats.false_discovery_control``, to the last bit, without the
    half second that loading it takes.

    Args:
        p_values: shape (n,), in any order. The other ``n_tests - n`` tests count as p = 1.
        n_tests: how many tests there could have been, at least n.

    Returns:
        Shape (n,), in the order given.

    Source:
        Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    n = len(p_values)
    order = np.argsort(p_values, kind="stable")
    raised = p_values[order] * (n_tests / np.arange(1, n + 1))
    q_values = np.empty(n)
    q_values[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q_values


def are_discoveries(p_values: Floats, false_share: float) -> npt.NDArray[np.bool_]:
    """Return which tests may be taken as more than chance, if on average so large a share of these may be wrong.

    Args:
        p_values: shape (n,), in any order.
        false_share: of those taken, from 0 to 1; see ``false_discovery_rate``.

    Returns:
        Shape (n,), in the order given.
    """
    return np.asarray(false_discovery_rate(p_values, len(p_values)) <= false_share)


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
