"""The combination of p-values: one for an object from its several tests, however these depend on each other.

The Cauchy combination of Liu & Xie 2020, J. Am. Stat. Assoc. 115, 393, doi:10.1080/01621459.2018.1554485: each p-value
becomes a Cauchy variate, and a weighted mean of Cauchy variates has a Cauchy tail whatever their dependence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]

LARGEST = 0.99
"""A p-value above this counts as this: counts are discrete, so p = 1 is common, and its variate would be minus infinity
and outweigh any other. The paper asks only for the tail, where this changes nothing that matters."""
NEAR_ZERO = 1e-8
"""Below this the cotangent is 1 / (pi p) to the last digit, and above 1e8 the arctangent of 1 / t is 1 / t."""


def combine_p_values(tests: pl.DataFrame, by: str) -> pl.DataFrame:
    """Give each object one p-value from those of its tests, such as one for each window, with equal weight.

    Every test that was made must be there, not only those that came out as significant: combining the best alone would
    count chance twice.

    Args:
        tests: the column ``by`` and ``p_value``, a row for each test.
        by: the column that names the object.

    Returns:
        ``by`` and ``p_value``, in the order of ``by``.

    Raises:
        ValueError: a p-value is missing or outside 0 to 1.

    Example:
        0.01 and 0.2 have the variates 31.8 and 1.38; their mean, 16.6, has the tail 0.019.
    """
    p: Floats = tests["p_value"].cast(pl.Float64).to_numpy()
    if not np.all((p >= 0.0) & (p <= 1.0)):
        raise ValueError("p-values to combine must each be from 0 to 1")
    means = (
        tests.with_columns(variate=pl.Series(_variate(p)))
        .sort(by, "variate")  # sums are the same whatever the order of the rows
        .group_by(by, maintain_order=True)
        .agg(mean=pl.col("variate").sum() / pl.len())
    )
    return means.select(by, p_value=pl.Series(_tail(means["mean"].to_numpy()), dtype=pl.Float64))


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
