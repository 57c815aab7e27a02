"""Multiple testing: the tail of a count, and p-values corrected for all that was or could have been tested."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import special

Floats = npt.NDArray[np.float64]


def poisson_tail(counts: npt.NDArray[np.int64], expected: Floats) -> Floats:
    """Return P(Poisson(expected) >= count), elementwise.

    Args:
        counts: shape (n,), 0 or more.
        expected: shape (n,), means.

    Example:
        Where 1 is expected, 3 or more come by chance with 0.080.
    """
    # P(N >= k) is the lower regularised incomplete gamma function at (k, mean).
    tail = special.gammainc(np.maximum(counts, 1), expected)
    return np.asarray(np.where(counts <= 0, 1.0, tail), np.float64)


def binomial_tail(counts: npt.ArrayLike, n: npt.ArrayLike, chance: npt.ArrayLike) -> Floats:
    """Return P(Binomial(n, chance) >= count), elementwise; to the last bit what ``scipy.stats.binom`` gives.

    Args:
        counts: shape (n,), whole numbers from 0 to ``n``.
        n: shape (n,), trials.
        chance: shape (n,), of each trial to succeed, 0 to 1.

    Example:
        Of 10 trials that succeed half the time, 8 or more do with 0.055.
    """
    counts = np.asarray(counts)
    # P(N >= k) is the regularised incomplete beta function at (k, n - k + 1, chance); ``stats`` takes half a second.
    tail = special.betainc(np.maximum(counts, 1), np.asarray(n) - np.maximum(counts, 1) + 1, np.asarray(chance))
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

    Example:
        0.01, 0.04 and 0.3 of three tests have the q-values 0.03, 0.06 and 0.3; of ten tests, 0.1, 0.2 and 1.
    """
    n = len(p_values)
    order = np.argsort(p_values, kind="stable")
    raised = p_values[order] * (n_tests / np.arange(1, n + 1))
    q_values = np.empty(n)
    q_values[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q_values


def with_q_values(table: pl.DataFrame, of: str = "value", n_tests: int | None = None) -> pl.DataFrame:
    """Add the column ``q_value`` for ``p_value``; a p-value that is null was not tested and has none.

    Args:
        table: a row for each test.
        of: what follows ``p_`` and ``q_`` in the names of the columns.
        n_tests: how many tests there could have been; None for those in the table.
    """
    p_values = table[f"p_{of}"].drop_nulls()
    q_values = np.full(table.height, np.nan)
    tested = table[f"p_{of}"].is_not_null().to_numpy()
    q_values[tested] = false_discovery_rate(p_values.to_numpy(), len(p_values) if n_tests is None else n_tests)
    return table.with_columns(pl.Series(f"q_{of}", q_values, pl.Float64).fill_nan(None))


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

    Example:
        3 beside four surrogates of 1, 2, 3 and 4: two reach it, and the p-value is 3/5.
    """
    ordered = np.sort(by_chance)
    reached = len(ordered) - np.searchsorted(ordered, observed, side="left")
    return np.asarray((1.0 + reached) / (1.0 + len(ordered)), np.float64)
