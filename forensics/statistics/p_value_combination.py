"""Fusing p-values: one for a pair from its layers and windows, however these depend on each other.

The Cauchy combination of Liu & Xie 2020, J. Am. Stat. Assoc. 115, 393, doi:10.1080/01621459.2018.1554485: each p-value
becomes a Cauchy variate, and a weighted mean of Cauchy variates has a Cauchy tail whatever their dependence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

__all__ = ["fuse_layers"]

Floats = npt.NDArray[np.float64]

LARGEST = 0.99
"""A p-value above this counts as this: counts are discrete, so p = 1 is common, and its variate would be minus infinity
and outweigh any other. The paper asks only for the tail, where this changes nothing that matters."""
NEAR_ZERO = 1e-8
"""Below this the cotangent is 1 / (pi p) to the last digit, and above 1e8 the arctangent of 1 / t is 1 / t."""


def fuse_layers(tests: pl.DataFrame) -> pl.DataFrame:
    """Give each pair one p-value from those of its layers, or of its layers and windows.

    Every pair that was weighed must be there, not only those that came out as significant: combining the best alone
    would count chance twice.

    Args:
        tests: ``left``, ``right``, ``p_value``; several rows of one pair, such as one for each layer and window, are
            combined with equal weight. Where a column ``n_tests`` says how many tests a pair had, rows that are
            missing count as p = 1; without it the pair had those that are there.

    Returns:
        ``left``, ``right``, ``p_value``, in the order of the pairs.

    Raises:
        ValueError: a p-value is missing or outside 0 to 1, or a pair has more rows than its ``n_tests``.
    """
    p: Floats = tests["p_value"].cast(pl.Float64).to_numpy()
    if not np.all((p >= 0.0) & (p <= 1.0)):
        raise ValueError("p-values to combine must each be from 0 to 1")
    n_tests = pl.col("n_tests").first() if "n_tests" in tests.columns else pl.len()
    pairs = (
        tests.with_columns(variate=pl.Series(_variate(p)))
        .sort("left", "right", "variate")  # sums are the same whatever the order of the rows
        .group_by("left", "right", maintain_order=True)
        .agg(total=pl.col("variate").sum(), n=pl.len(), n_tests=n_tests)
    )
    if (pairs["n"] > pairs["n_tests"]).any():
        raise ValueError("a pair has more p-values than it had tests")
    n = pairs["n_tests"].to_numpy().astype(np.float64)
    total = pairs["total"].to_numpy() + (n - pairs["n"].to_numpy()) * _variate(np.ones(1))[0]
    return pairs.select("left", "right", p_value=pl.Series(_tail(total / n), dtype=pl.Float64))


def _variate(p: Floats) -> Floats:
    """Return the Cauchy variate of each p-value: tan((1/2 - p) pi), infinite at 0."""
    capped = np.minimum(p, LARGEST)
    with np.errstate(divide="ignore"):
        return np.asarray(
            np.where(capped < NEAR_ZERO, 1.0 / (np.pi * capped), 1.0 / np.tan(np.pi * np.maximum(capped, NEAR_ZERO)))
        )


def _tail(statistic: Floats) -> Floats:
    """Return P(Cauchy >= statistic), to full relative precision in the upper tail."""
    return np.asarray(np.arctan2(1.0, statistic) / np.pi)
