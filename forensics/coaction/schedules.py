"""Accounts that act by the clock: software that posts at :00, :15 or :30, or an hourly job at :07.

Two strangers who schedule their posts for the full hour meet on the hour, again and again. The interval-jitter null
spreads an act evenly over its bin and would call that closeness, so for two accounts that are both bound to the clock
the chance of a hit is at least the chance that their usual minutes of the hour agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.coaction.layers import IndexedActs

MINUTES = 60
MIN_MOMENTS = 8
"""Distinct minutes an account must have acted in to be judged."""
MIN_CONCENTRATION = 2.0
"""Times as many meetings of one's own acts in the same minute of the hour as evenly spread acts would give ..."""
MIN_Z = 5.0
"""... and so many standard deviations beyond it."""


@dataclass(frozen=True, slots=True, eq=False)
class Schedules:
    """The usual minutes of the accounts that are bound to the clock.

    Attributes:
        row: shape (accounts,) int64: the account's row below, -1 for accounts that are not bound to the clock.
        share: shape (bound, 60): share of the account's moments in each minute of the hour; each row sums to 1.
    """

    row: npt.NDArray[np.int64]
    share: npt.NDArray[np.float64]

    def near(self, window_s: float) -> npt.NDArray[np.float64]:
        """Return each share summed over the minutes within a window on either side, shape (bound, 60)."""
        reach = min(int(np.ceil(window_s / 60.0)) if window_s > 60.0 else 0, MINUTES // 2 - 1)
        return np.asarray(sum(np.roll(self.share, step, axis=1) for step in range(-reach, reach + 1)), np.float64)


def schedules(acts: IndexedActs) -> Schedules:
    """Find the accounts of a layer that act by the clock.

    Acts in one minute count once, so that a session is no schedule. The number of meetings of an account's moments in
    the same minute of the hour is compared with what evenly spread moments would give (a Poisson count): n (n - 1) / 2
    pairs meet with chance 1/60 each.

    Args:
        acts: the layer.
    """
    n_accounts = len(acts.account_ids)
    if acts.tick_s > 60.0:
        return Schedules(np.full(n_accounts, -1, np.int64), np.zeros((0, MINUTES)))
    minute = acts.ticks // round(60.0 / acts.tick_s)
    moments = np.unique(np.column_stack([acts.accounts.astype(np.int64), minute]), axis=0)
    counts = np.zeros((n_accounts, MINUTES), np.int32)
    np.add.at(counts, (moments[:, 0], moments[:, 1] % MINUTES), 1)
    n = counts.sum(axis=1, dtype=np.int64)
    met = (counts * (counts - 1.0)).sum(axis=1) / 2.0
    expected = n * (n - 1.0) / 2.0 / MINUTES
    bound = (n >= MIN_MOMENTS) & (met >= MIN_CONCENTRATION * expected) & (met >= expected + MIN_Z * np.sqrt(expected))
    row = np.where(bound, np.cumsum(bound) - 1, -1).astype(np.int64)
    return Schedules(row, counts[bound] / np.maximum(n[bound], 1)[:, None])
