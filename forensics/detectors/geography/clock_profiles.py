"""When in the day people act, and what that says of the offset of their clocks from UTC.

An account's acts are counted in the 48 half hours of the UTC day and compared with a reference profile of the local
day at each of the 48 shifts. People differ: each has a habit of being early or late and a day of its own, so that the
acts of one account say little. The likelihood carries both, and the posterior is as wide as they make it. Only offsets
that clocks somewhere keep are possible: mostly whole hours, which separates people's habits from their place.

No method gets beyond the habits: an account that is early or late by more than an hour and a half looks like one of
another zone. How alike people are differs: the profiles fitted to the German election data of 2021 have a standard
deviation of 1.0 h among Facebook pages and 1.5 h among Twitter accounts, and mid-sleep on free days has about 1.3 h
(Roenneberg et al. 2007, doi:10.1016/j.smrv.2007.07.005). ``tests/benchmarks/geography.md`` shows what each allows,
and that a rule which knew the spread of the habits exactly would find no more accounts than this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import special

from forensics.dataset import Dataset
from forensics.detectors.rhythm.act_times import distinct_acts

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[Any]

SLOTS = 48
"""Half hours of a day; a shift by one is half an hour of offset."""

_SLOT_S = 1800
_BY_HOUR = (
    *(0.35, 0.18, 0.09, 0.05, 0.05, 0.10, 0.30, 0.60, 0.75, 0.75, 0.75, 0.80),  # from midnight
    *(0.90, 0.85, 0.75, 0.75, 0.80, 0.85, 0.95, 1.00, 1.00, 1.00, 0.90, 0.60),  # from noon
)
"""Activity by local hour: the shape of published rhythms (Golder & Macy 2011, doi:10.1126/science.1202775), rounded."""
_CONCENTRATIONS = (10.0, 20.0, 40.0, 80.0, 160.0, 640.0)
_HABITS_H = (0.5, 1.0, 1.5, 2.0, 2.5)
_GROUP_HABIT_H = 0.4
"""Standard deviation of a whole group's habit: no group keeps exactly the reference's hours."""
_NOISE = 1e-15
"""Below it a posterior is rounding."""
_ALIGNMENTS = 3
_FEWEST_ACCOUNTS, _FEWEST_ACTS = 30, 3_000
"""Least a profile is fitted to; below, the published shape is used."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A reference day.

    Attributes:
        shares: shape (48,), share of acts in each half hour of the local day, summing to 1.
        concentration: how alike people's days are (Dirichlet); larger is more alike.
        habit_h: standard deviation of people's earliness, hours.
        n_accounts: accounts it was fitted to; 0 for the published shape.
    """

    shares: Floats
    concentration: float
    habit_h: float
    n_accounts: int


def _published() -> Profile:
    middle = (np.arange(SLOTS) + 0.5) / 2
    curve = np.interp(middle, np.arange(25), (*_BY_HOUR, _BY_HOUR[0]))
    return Profile(curve / curve.sum(), 40.0, 1.0, 0)


DEFAULT_PROFILE = _published()


def slot_of(offset_s: int) -> int:
    """Return the shift of an offset from UTC, 0 to 47, to the nearest half hour."""
    return round(offset_s / _SLOT_S) % SLOTS


def slot_counts(dataset: Dataset) -> tuple[list[str], Counts]:
    """Count each account's acts in the half hours of the UTC day.

    Several acts in one half hour of one day count once: a session is one sign of being awake, however busy.

    Returns:
        The account ids, ascending, and their counts, shape (accounts, 48). Acts whose time is kept to the day only, or
        was estimated, are left out.
    """
    timed = distinct_acts(dataset).filter(~pl.col("time_precision").cast(pl.String).is_in(["day", "estimated"]))
    half_hour = pl.col("acted_at").to_physical() // (_SLOT_S * 1_000_000)
    slots = timed.select("account_id", half_hour=half_hour).unique()
    counted = slots.group_by("account_id", slot=pl.col("half_hour") % SLOTS).len()
    ids = counted["account_id"].unique().sort()
    counts = np.zeros((len(ids), SLOTS), np.int64)
    at = ids.search_sorted(counted["account_id"]).to_numpy()
    counts[at, counted["slot"].to_numpy()] = counted["len"].to_numpy()
    return ids.to_list(), counts


def offset_likelihoods(counts: Counts, profile: Profile) -> Floats:
    """Return the log likelihood of each account's acts at each shift, up to a constant of the account.

    Args:
        counts: shape (accounts, 48), by half hour of the UTC day.
        profile: the reference day.

    Returns:
        Shape (accounts, 48): shift s means a clock s half hours ahead of UTC.
    """
    plain = _plain_likelihoods(counts, profile.shares * profile.concentration)
    habit = _circular_normal(profile.habit_h)
    padded = np.stack([np.roll(plain, -move, axis=1) for move in range(SLOTS)], axis=2)
    return np.asarray(special.logsumexp(padded, b=habit[None, None, :], axis=2), np.float64)


def _plain_likelihoods(counts: Counts, weights: Floats) -> Floats:
    """Return Dirichlet-multinomial log likelihoods without habits, shape (accounts, 48)."""
    most = int(counts.max(initial=0))
    table = special.gammaln(weights[None, :] + np.arange(most + 1)[:, None]) - special.gammaln(weights)
    slots = np.arange(SLOTS)
    return np.stack([table[counts, (slots + shift) % SLOTS].sum(axis=1) for shift in range(SLOTS)], axis=1)


def _circular_normal(spread_h: float) -> Floats:
    """Return the weights of shifts 0 to 47 of a normal distribution wrapped around the day."""
    away = (np.arange(SLOTS) + SLOTS // 2) % SLOTS - SLOTS // 2
    weight = np.exp(-0.5 * (away / (2 * max(spread_h, 0.05))) ** 2)
    return np.asarray(weight / weight.sum(), np.float64)


def posterior(likelihood: Floats, kept: Counts) -> Floats:
    """Return the posterior over shifts, every shift that clocks keep alike beforehand; the last axis sums to 1.

    Args:
        likelihood: shape (..., 48), from ``offset_likelihoods``.
        kept: shape (48,), whether clocks somewhere stand at the shift.
    """
    return np.asarray(special.softmax(np.where(kept, likelihood, -np.inf), axis=-1), np.float64)


def group_posterior(likelihoods: Floats, kept: Counts) -> Floats:
    """Return the posterior of accounts that are taken to share one clock.

    Args:
        likelihoods: shape (accounts, 48), from ``offset_likelihoods``.
        kept: as in ``posterior``.

    Returns:
        Shape (48,). It is widened by the habit a whole group can have.
    """
    sharp = special.softmax(likelihoods.sum(axis=0))
    spread = np.fft.irfft(np.fft.rfft(sharp) * np.fft.rfft(_circular_normal(_GROUP_HABIT_H)), SLOTS)
    possible = np.where(kept, np.clip(spread, _NOISE, None), 0.0)
    return np.asarray(possible / possible.sum(), np.float64)


def best_shifts(found: Floats, kept: Counts) -> Counts:
    """Return the shift within an hour of which most of a posterior lies; where several tie, the likeliest itself.

    Args:
        found: shape (..., 48), posteriors.
        kept: as in ``posterior``.
    """
    within = sum((np.roll(found, move, axis=-1) for move in range(-2, 3)), np.zeros_like(found))
    return np.asarray(np.where(kept, within + 1e-3 * found, -1.0).argmax(axis=-1), np.int64)


def fit_profile(counts: Counts, shifts: Counts) -> Profile:
    """Fit the reference day to accounts whose offset is known.

    Args:
        counts: shape (accounts, 48), by half hour of the UTC day.
        shifts: shape (accounts,), each one's known shift.

    Returns:
        The fitted profile, or ``DEFAULT_PROFILE`` where there are too few acts or accounts.
    """
    if len(counts) < _FEWEST_ACCOUNTS or counts.sum() < _FEWEST_ACTS:
        return DEFAULT_PROFILE
    slots = np.arange(SLOTS)
    local = np.take_along_axis(counts, (slots[None, :] - shifts[:, None]) % SLOTS, axis=1)
    # Each account counts alike up to 100 acts, so that one busy account is not everybody's day.
    weighed = local * np.minimum(1.0, 100.0 / np.maximum(local.sum(axis=1), 1))[:, None]
    chosen, late = _best_fit(local, _smoothed(weighed.sum(axis=0)))
    for _ in range(_ALIGNMENTS):
        # A mean over early and late people is flatter than anybody's day: set each by its habit, and take it again.
        aligned = sum((np.roll(weighed, move, axis=1) * late[:, [move]]).sum(axis=0) for move in range(SLOTS))
        chosen, late = _best_fit(local, _smoothed(np.asarray(aligned)))
    return chosen


def _smoothed(mean: Floats) -> Floats:
    padded = mean + 0.5
    smooth = 0.25 * np.roll(padded, -1) + 0.5 * padded + 0.25 * np.roll(padded, 1)
    return np.asarray(smooth / smooth.sum(), np.float64)


def _best_fit(local: Counts, shares: Floats) -> tuple[Profile, Floats]:
    """Return the likeliest concentration and habit of a day, and each account's habits, shape (accounts, 48)."""
    size = local.sum(axis=1)
    best, chosen, late = -np.inf, DEFAULT_PROFILE, np.zeros((len(local), SLOTS))
    for concentration in _CONCENTRATIONS:
        shared = special.gammaln(concentration) - special.gammaln(concentration + size)
        plain = _plain_likelihoods(local, shares * concentration)
        for habit_h in _HABITS_H:
            weighed = plain + np.log(_circular_normal(habit_h) + 1e-300)
            each = special.logsumexp(weighed, axis=1)
            fit = float((each + shared).sum())
            if fit > best:
                best, chosen = fit, Profile(shares, concentration, habit_h, len(local))
                late = np.exp(weighed - each[:, None])
    return chosen, np.asarray(late, np.float64)
