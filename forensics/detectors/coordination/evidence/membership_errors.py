"""How wrong a named group can be: as wrong as the groups named in the worlds held out.

Each row of ``membership_errors.csv`` is a group that the search named in a world that strangers wrote. A report says
how many of each confidence were mostly innocents. An interval is made by giving every group of a run the errors of one
of them, drawn at random, again and again. ``tests/worlds/measure_membership.py`` measures them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.findings import Strength

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """The errors of the groups measured.

    Attributes:
        wrong: shape (groups,), the share of a group's named accounts that nobody hired.
        missed: shape (groups,), the hired accounts of its farm that no group named, for each hired one that it named;
            0 where it named none.
    """

    wrong: Floats
    missed: Floats


MOSTLY = 0.5
"""Share of innocents among its accounts above which a group is wrong."""


@cache
def _measured() -> pl.DataFrame:
    path = resources.files("forensics.detectors.coordination.evidence").joinpath("membership_errors.csv")
    return pl.read_csv(path.read_bytes())


@cache
def measured_errors(strength: Strength) -> Errors:
    """Return the shipped errors of groups of a confidence."""
    return errors_of(_measured(), strength)


def error_rates() -> pl.DataFrame:
    """Return how many of the groups measured were mostly innocents.

    Returns:
        ``confidence, n_measured, n_wrong``, a row for each confidence that was measured.
    """
    is_wrong = pl.col("n_wrong") > MOSTLY * pl.col("n_named")
    counted = _measured().group_by("confidence").agg(n_measured=pl.len().cast(pl.Int64), n_wrong=is_wrong.sum())
    return counted.with_columns(pl.col("n_wrong").cast(pl.Int64)).sort("confidence")


def errors_of(groups: pl.DataFrame, strength: Strength) -> Errors:
    """Return the errors of those groups measured that are of a confidence; of all where none is.

    Args:
        groups: ``confidence, n_named, n_wrong, n_missed``, the latter in accounts.
        strength: of the group asked about.
    """
    alike = groups.filter(confidence=strength)
    groups = groups if alike.is_empty() else alike
    named, wrong, missed = (groups[name].to_numpy().astype(np.float64) for name in ("n_named", "n_wrong", "n_missed"))
    return Errors(wrong / named, np.where(wrong < named, missed / np.maximum(named - wrong, 1.0), 0.0))


def member_draws(acts: Floats, errors: Errors, n_draws: int, rng: np.random.Generator) -> Floats:
    """Draw what the true members of a group did, as the errors measured leave it open.

    In each draw the group has the errors of one measured group: that share of wrong accounts, taken at random, is left
    out, and that share of missed accounts is added, each doing what the members did on average.

    Args:
        acts: shape (accounts, cells), the acts of each named account in each cell.

    Returns:
        Shape (draws, cells).
    """
    n_accounts = len(acts)
    chosen = rng.integers(0, len(errors.wrong), n_draws)
    n_wrong = np.rint(errors.wrong[chosen] * n_accounts)
    drawn = np.empty((n_draws, acts.shape[1]))
    step = max(1, 4_000_000 // n_accounts)
    for start in range(0, n_draws, step):
        part = slice(start, min(start + step, n_draws))
        order = rng.random((part.stop - part.start, n_accounts)).argsort(axis=1).argsort(axis=1)
        drawn[part] = (order >= n_wrong[part, None]).astype(np.float64) @ acts
    return drawn * (1.0 + errors.missed[chosen, None])
