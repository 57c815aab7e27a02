"""Times at which a program took down the rows of a list, which are none of the acts."""

from __future__ import annotations

import math

import polars as pl

FEWEST_ROWS = 10
"""Times in the order of the file from which that is no chance."""

QUICK_US, SLOW_US = 500_000, 2_000_000
"""The slowest middle step of a program that goes down a list at once, and of one that waits a second at each row."""

_EVEN = math.log2(3) / 2
"""Half of what the middle half of the steps spreads over, in middle steps, where acts fall at random moments."""


def are_of_looking(times: pl.Series, slowest_us: int) -> bool:
    """Return whether times follow the order of the file at the quick and even pace of a program.

    People who act as quickly do so at uneven steps: of random moments the quartiles of the steps lie log2(3), about
    1.6, middle steps apart.

    Args:
        times: of the rows, in the order of the file.
        slowest_us: microseconds of the longest middle step that counts as quick.

    Example: rows every second are a program's; steps of 0.1, 0.4 and 1.2 seconds are of a crowd.
    """
    known = times.drop_nulls()
    if known.len() < FEWEST_ROWS or not known.is_sorted():
        return False
    steps = known.diff().drop_nulls().dt.total_microseconds()
    low, middle, high = (float(steps.quantile(share) or 0.0) for share in (0.25, 0.5, 0.75))
    return 0 < middle <= slowest_us and high - low < _EVEN * middle
