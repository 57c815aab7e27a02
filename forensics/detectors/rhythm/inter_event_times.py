"""How evenly acts follow one another: burstiness, memory, local variation and entropy of the gaps between them.

Goh & Barabási 2008, doi:10.1209/0295-5075/81/48002; Kim & Jo 2016, doi:10.1103/PhysRevE.94.032311; Shinomoto, Shima &
Tanji 2003, doi:10.1162/089976603322518759.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def finite_burstiness(gaps: Numbers) -> float:
    """Return the burstiness freed of the number of gaps: exactly −1 for a clock, 1 for the burstiest of n gaps.

    With few gaps B cannot reach 1 and its expected value under chance is below 0; this form has the same end points and
    the same zero, whatever n.

    Args:
        gaps: shape (n,), n ≥ 2, any unit of time; at least one is above 0.

    Source:
        Kim & Jo 2016, A_n(r), r = σ/μ: zero at r = √((n−1)/(n+1)), the value of n uniform spacings.

    Example:
        Four gaps of one minute: -1. Three of none and one of four minutes: 1.
    """
    n = gaps.size
    r = float(np.std(gaps)) / float(np.mean(gaps))
    return float((np.sqrt(n + 1) * r - np.sqrt(n - 1)) / ((np.sqrt(n + 1) - 2) * r + np.sqrt(n - 1)))


def memory(gaps: Numbers) -> float:
    """Return the correlation of each gap with the next, −1 to 1; 0 where either never varies.

    Source:
        Goh & Barabási 2008, eq. 2.
    """
    before, after = gaps[:-1], gaps[1:]
    if before.size < 2:
        return 0.0
    scale = float(np.std(before)) * float(np.std(after))
    # A spread this small beside the mean is rounding, not variation.
    if scale <= 1e-18 * float(np.mean(gaps)) ** 2:
        return 0.0
    return float(np.mean((before - before.mean()) * (after - after.mean()))) / scale


def local_variation(gaps: Numbers) -> float:
    """Return how unlike neighbouring gaps are: 0 for a clock, 1 for chance, above 1 for bursts.

    It compares each gap with the next only, so that a slow change of pace, such as day and night, does not count.

    Args:
        gaps: shape (n,), n ≥ 2, above 0.

    Source:
        Shinomoto, Shima & Tanji 2003, L_V.

    Example:
        Gaps of 1 and 3 minutes: 3 (2/4)² = 0.75.
    """
    before, after = gaps[:-1], gaps[1:]
    return float(3.0 * np.mean(((before - after) / (before + after)) ** 2))


def gap_entropy(gaps: Numbers) -> float:
    """Return the entropy of the gaps in bins of half a doubling, bits; 0 where all fall in one bin.

    Args:
        gaps: shape (n,), above 0.

    Example:
        Gaps of 1, 4, 16 and 64 minutes lie in four bins: 2 bits.
    """
    bins = np.floor(np.log2(gaps) * 2).astype(np.int64)
    shares = np.bincount(bins - bins.min()) / bins.size
    shares = shares[shares > 0]
    return float(-np.sum(shares * np.log2(shares)))


def modal_gap_share(gaps: Numbers) -> float:
    """Return the largest share of gaps within 5 % of the shortest of them: near 1 for a timer.

    Args:
        gaps: shape (n,), above 0.
    """
    if not gaps.size:
        return 0.0
    ordered = np.sort(gaps)
    ends = np.searchsorted(ordered, ordered * 1.05, side="right")
    return float(np.max(ends - np.arange(ordered.size))) / ordered.size
