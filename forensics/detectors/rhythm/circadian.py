"""The day of an account as a circle: its longest quiet arc, its busiest arc, its week and its midday dip.

Time of day lies in ten-minute bins of UTC. Every measure here is the same in every time zone, since an arc may begin
anywhere on the circle.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forensics.coaction.kernels.quiet_arcs import quiet_lengths

BIN_MINUTES = 10
BINS = 1440 // BIN_MINUTES

Minutes = NDArray[np.int64]
Counts = NDArray[np.float64]


def day_bins(minutes: Minutes) -> Counts:
    """Return the number of acts in each ten minutes of the UTC day, shape (144,).

    Args:
        minutes: shape (n,); minutes since 1970.
    """
    return np.bincount(minutes % 1440 // BIN_MINUTES, minlength=BINS).astype(np.float64)


def _arc_sums(counts: Counts, length: int) -> Counts:
    """Return the sum of every arc of a length in bins, by its first bin; shape as ``counts``."""
    total = np.concatenate(
        [np.zeros((*counts.shape[:-1], 1)), np.cumsum(np.concatenate([counts, counts], axis=-1), axis=-1)], axis=-1
    )
    return np.asarray(total[..., length : length + BINS] - total[..., :BINS])


def busiest_arc(counts: Counts, hours: float) -> tuple[float, float]:
    """Return the largest share of acts within an arc of so many hours, and the hour of UTC at which it begins."""
    sums = _arc_sums(counts, round(hours * 60 / BIN_MINUTES))
    first = int(np.argmax(sums))
    return float(sums[first] / counts.sum()), first * BIN_MINUTES / 60


def quiet_arc(counts: Counts, allowed_share: float) -> tuple[float, float]:
    """Return the length in hours of the longest arc with almost no acts, and the hour of UTC at which it begins.

    Args:
        counts: shape (144,).
        allowed_share: the share of all acts that may lie in it, so that one sleepless night does not end it.
    """
    length = int(_quiet_lengths(counts[None, :], allowed_share)[0])
    if length == 0:
        return 0.0, 0.0
    return length * BIN_MINUTES / 60, int(np.argmin(_arc_sums(counts, length))) * BIN_MINUTES / 60


def edge_density(counts: Counts, quiet_hours: float, quiet_from: float) -> float:
    """Return the acts per hour in the first and last waking hour against all waking hours; 1 for a day of sharp ends.

    Args:
        counts: shape (144,).
        quiet_hours: length of the quiet arc, as ``quiet_arc`` gives it.
        quiet_from: hour of UTC at which it begins.
    """
    hour = 60 // BIN_MINUTES
    waking = BINS - round(quiet_hours * hour)
    if waking < 2 * hour:
        return 1.0
    first = round((quiet_from + quiet_hours) * hour)
    arc = np.take(counts, np.arange(first, first + waking), mode="wrap")
    return float((arc[:hour].sum() + arc[-hour:].sum()) / (2 * hour) / arc.mean())


def _quiet_lengths(counts: Counts, allowed_share: float) -> Minutes:
    """Return the longest quiet arc of each row, in bins."""
    lengths: Minutes = quiet_lengths(counts, allowed_share * counts.sum(axis=1) + 1e-9)
    return lengths


def quiet_arc_interval(
    minutes: Minutes, allowed_share: float, n_resamples: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the quiet arc, hours; whole days are drawn, since a day hangs together.

    Args:
        minutes: shape (n,); minutes since 1970, in order.
        allowed_share: as for ``quiet_arc``.
        n_resamples: draws of the days.
    """
    days, rows = np.unique(minutes // 1440, return_inverse=True)
    bins = np.bincount(rows * BINS + minutes % 1440 // BIN_MINUTES, minlength=days.size * BINS)
    by_day = bins.reshape(days.size, BINS).astype(np.float64)
    weights = rng.multinomial(days.size, np.full(days.size, 1.0 / days.size), size=n_resamples).astype(np.float64)
    hours = _quiet_lengths(weights @ by_day, allowed_share) * BIN_MINUTES / 60
    low, high = np.quantile(hours, [0.025, 0.975], method="nearest")
    return float(low), float(high)


def own_days(minutes: Minutes, quiet_hours: float, quiet_from: float) -> tuple[Minutes, Minutes]:
    """Number each act by the account's own day, which begins in the middle of its quiet arc.

    Returns:
        The day of each act, and its minute of that day; both shape (n,).
    """
    shift = round((quiet_from + quiet_hours / 2) * 60)
    return (minutes - shift) // 1440, (minutes - shift) % 1440


def weekly_low(days: Minutes) -> float:
    """Return the share of acts on the two quietest days of the week together; 2/7 where all days are alike.

    Args:
        days: shape (n,); day of each act, days since 1970.
    """
    counts = np.sort(np.bincount(days % 7, minlength=7))
    return float(counts[:2].sum()) / days.size


def midday_dip(counts: Counts, hours: float) -> float:
    """Return how deep the quietest hour in the middle of the busiest arc lies below the arc's mean, at most 1.

    Source:
        The idea of a lunch break as a mark of office work; measured from the second to the second-last quarter.
    """
    width = round(hours * 60 / BIN_MINUTES)
    first = int(np.argmax(_arc_sums(counts, width)))
    arc = np.take(counts, np.arange(first, first + width), mode="wrap")
    hour = 60 // BIN_MINUTES
    hourly = np.convolve(arc, np.ones(hour), mode="valid")
    middle = hourly[width // 4 : width - width // 4 - hour + 1]
    return 1.0 - float(middle.min()) / (float(arc.mean()) * hour)
