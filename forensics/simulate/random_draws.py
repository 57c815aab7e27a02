"""Random draws that give the same values for a seed on any machine and with any release of numpy.

Everything rests on one stream, the uniform doubles of PCG64, and on inverse distribution functions. numpy promises no
stable stream for its other distributions, so none is used.
"""

from __future__ import annotations

from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, pdtr, pdtrik

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Return the generator of one part of the world, so that adding a part leaves the others as they were.

    Args:
        *names: the part, such as ``"crowd"`` or ``"plant", 2``.
    """
    return np.random.Generator(np.random.PCG64([seed, crc32(repr(names).encode())]))


def exponential(rng: np.random.Generator, mean: float | Floats, n: int) -> Floats:
    """Draw waiting times of a given mean."""
    return np.asarray(-mean * np.log1p(-rng.random(n)), np.float64)


def lognormal(rng: np.random.Generator, median: float | Floats, sigma: float, n: int) -> Floats:
    """Draw from the lognormal of a median and of a standard deviation of the logarithm."""
    uniform = np.maximum(rng.random(n), 1e-300)
    return np.asarray(median * np.exp(sigma * ndtri(uniform)), np.float64)


def pareto(rng: np.random.Generator, alpha: float, n: int, cap: float = np.inf) -> Floats:
    """Draw from the Pareto distribution that begins at 1, cut at ``cap``."""
    return np.asarray(np.minimum((1.0 - rng.random(n)) ** (-1.0 / alpha), cap), np.float64)


def poisson(rng: np.random.Generator, mean: Floats) -> Ints:
    """Draw one count of each mean."""
    share = np.maximum(rng.random(len(mean)), 1e-300)
    count = np.ceil(pdtrik(share, mean))
    # The inverse is of a continuous function, and can be one too high by its rounding.
    below = np.maximum(count - 1.0, 0.0)
    return np.asarray(np.where(pdtr(below, mean) >= share, below, count), np.int64)


def whole(rng: np.random.Generator, low: int | Ints, high: int | Ints, n: int) -> Ints:
    """Draw whole numbers from ``low`` to below ``high``."""
    return np.asarray(low + np.floor(rng.random(n) * (np.asarray(high) - low)), np.int64)


def pick(rng: np.random.Generator, weights: npt.NDArray[Any], n: int) -> Ints:
    """Draw positions in proportion to weights, with replacement."""
    cumulative = np.concatenate(([0.0], np.cumsum(weights)))
    return pick_between(rng, cumulative, np.zeros(n, np.int64), np.full(n, len(weights)))


def pick_between(rng: np.random.Generator, cumulative: Floats, low: Ints, high: Ints) -> Ints:
    """Draw one position in each range ``[low, high)`` in proportion to weights.

    Args:
        cumulative: shape (weights + 1,): 0 and the running sums.
        low: shape (draws,).
        high: shape (draws,), above ``low``.
    """
    target = cumulative[low] + rng.random(len(low)) * (cumulative[high] - cumulative[low])
    return np.clip(np.searchsorted(cumulative, target, side="right") - 1, low, high - 1)


def order(rng: np.random.Generator, n: int) -> Ints:
    """Draw a random order of ``n`` objects."""
    return np.argsort(rng.random(n), kind="stable")
