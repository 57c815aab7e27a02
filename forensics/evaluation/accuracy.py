"""Accuracy: what was found against what is known, account by account and group by group.

Nothing here is read by a detector. Labels come from a simulation's truth or from a file of known accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import gammaln


@dataclass(frozen=True, slots=True)
class AccountScore:
    """How well a set of accounts was found.

    Attributes:
        n_true: accounts that should have been.
        n_hit: accounts that were and should have been.
    """

    n_found: int
    n_true: int
    n_hit: int

    @property
    def false_discoveries(self) -> int:
        """Return how many accounts were found that should not have been."""
        return self.n_found - self.n_hit

    @property
    def precision(self) -> float | None:
        """Return the share of the found that should have been; None where nothing was found."""
        return self.n_hit / self.n_found if self.n_found else None

    @property
    def recall(self) -> float | None:
        """Return the share of the true that were found; None where there are none."""
        return self.n_hit / self.n_true if self.n_true else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall; None where there is nothing to find and nothing found."""
        both = self.n_found + self.n_true
        return 2.0 * self.n_hit / both if both else None


@dataclass(frozen=True, slots=True)
class GroupScore:
    """How well groups were separated, over the accounts that have both a group and a label.

    Attributes:
        homogeneity: 1 where every group holds one label only; 0 where groups say nothing of labels.
        adjusted_mutual_information: agreement of the two partitions beyond chance; 0 chance, 1 the same.
    """

    n: int
    homogeneity: float
    adjusted_mutual_information: float


def score_accounts(found: pl.Series, true: pl.Series) -> AccountScore:
    """Compare the accounts found with those that should be.

    Args:
        found: account ids, repeats counted once.
        true: account ids, repeats counted once.
    """
    found, true = found.unique(), true.unique()
    return AccountScore(len(found), len(true), int(found.is_in(true.implode()).sum()))


def score_groups(groups: pl.DataFrame, labels: pl.DataFrame) -> GroupScore | None:
    """Compare a partition of accounts with their labels.

    Args:
        groups: ``account_id`` and ``group``; an account in two groups counts in its first.
        labels: ``account_id`` and ``label``; likewise.

    Returns:
        None where no account has both.

    Source:
        Homogeneity: Rosenberg & Hirschberg 2007, V-measure, eq. 1. Adjusted mutual information: Vinh, Epps & Bailey
        2010, J. Mach. Learn. Res. 11, 2837, with the arithmetic mean of the entropies.
    """
    both = (
        groups.select("account_id", "group")
        .unique("account_id", keep="first", maintain_order=True)
        .join(
            labels.select("account_id", "label").unique("account_id", keep="first", maintain_order=True), "account_id"
        )
        .drop_nulls()
    )
    if not both.height:
        return None
    table = both.group_by("group", "label").len().pivot("label", index="group", values="len").drop("group")
    counts = table.fill_null(0).to_numpy().astype(np.float64)
    rows, columns, n = counts.sum(axis=1), counts.sum(axis=0), counts.sum()
    shared = _entropy(rows) + _entropy(columns) - _entropy(counts.ravel())
    by_chance = _expected_information(rows, columns, n)
    mean = (_entropy(rows) + _entropy(columns)) / 2.0
    return GroupScore(
        n=int(n),
        homogeneity=shared / _entropy(columns) if len(columns) > 1 else 1.0,
        adjusted_mutual_information=(shared - by_chance) / (mean - by_chance) if mean - by_chance > 1e-12 else 1.0,
    )


def _entropy(counts: npt.NDArray[np.float64]) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())


def _expected_information(rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64], n: float) -> float:
    """Return the mutual information that two random partitions of these sizes share on average."""
    total = 0.0
    for a in rows:
        for b in columns:
            k = np.arange(max(1.0, a + b - n), min(a, b) + 1.0)
            chance = np.exp(
                gammaln(a + 1) + gammaln(b + 1) + gammaln(n - a + 1) + gammaln(n - b + 1) - gammaln(n + 1)
                - gammaln(k + 1) - gammaln(a - k + 1) - gammaln(b - k + 1) - gammaln(n - a - b + k + 1),
            )  # fmt: skip
            total += float((k / n * np.log(n * k / (a * b)) * chance).sum())
    return total
