"""The longest quiet arc of many days at once, for the sleep gap of accounts and its resamples."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled


@compiled
def quiet_lengths(counts: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return the longest arc of each row that holds no more than is allowed, in bins, less than the whole row.

    Args:
        counts: shape (rows, bins), whole numbers; the first bin follows the last.
        allowed: shape (rows,).
    """
    n_rows, n_bins = counts.shape
    longest = np.zeros(n_rows, np.int64)
    for row in range(n_rows):
        held, stop = 0.0, 0
        for start in range(n_bins):
            if stop < start:
                held, stop = 0.0, start
            while stop - start < n_bins - 1 and held + counts[row, stop % n_bins] <= allowed[row]:
                held += counts[row, stop % n_bins]
                stop += 1
            longest[row] = max(longest[row], stop - start)
            if stop > start:
                held -= counts[row, start]
    return longest
