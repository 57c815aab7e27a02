"""Ties of accounts to a group: by the objects they share with it, and by how close in time they acted."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.special import gammaincc

from forensics.coaction.kernels.attendance import attendance_totals
from forensics.coaction.kernels.group_closeness import group_moments, hit_surprises, missed_acts, near_group
from forensics.detectors.coordination.halves import N_DELAYS, Flags, Floats, Half, Ints

__all__ = ["Closeness", "attendance_ties"]

ONE_ACT_SURE = 9.0
"""Surprise of a single act that ties an account by itself; e^-9 is about one in 8,000."""


def attendance_ties(half: Half, group: Ints) -> Floats:
    """Return every account's tie to a group by shared objects, in standard deviations.

    The sum over an account's objects of the log of the group's presence (its other members') against what the outsiders
    on the object and the group's acts in the layer let expect, less what an outsider's acts give.

    Args:
        half: one half.
        group: accounts.

    Returns:
        Shape (accounts,).
    """
    own = half.activity[group].sum(axis=0)
    outsiders = half.layer_acts - own
    total, mean, square = attendance_totals(
        half.acts_of(group),
        half.objects,
        half.accounts,
        half.popularity,
        half.layer_of,
        own / np.maximum(outsiders, 1.0),
        outsiders,
        half.members(group),
    )
    ties: Floats = (total - half.activity @ mean) / np.sqrt(half.activity @ square + 0.25)
    return ties


class Closeness:
    """Ties to a group by closeness in time, in nats.

    A tie is Fisher's sum of the acts' surprises, or the best act corrected for the acts tried, whichever is larger. The
    acts tried without a hit only weaken a tie, and are most of the work: they are looked at where a tie is asked for.

    Args:
        half: one half.
        group: accounts.
        window_s: seconds.
        least_near: members that must be near an account, over all its acts; below, its tie is 0.
        asked: shape (accounts,): whose ties are wanted; those of others are 0. All, if not given.

    Attributes:
        most: shape (accounts,): what each tie is at most.
        is_enough: shape (accounts,): whether it rests on two acts, or one that is sure by itself.
    """

    def __init__(
        self, half: Half, group: Ints, window_s: float, least_near: int = 1, asked: Flags | None = None
    ) -> None:
        self._half, self._window_s = half, window_s
        self._is_member = half.members(group)
        self._moments = group_moments(half.acts_of(group), half.objects, half.times, half.steps, window_s)
        targets = self._moments[0]
        self._target_of = np.full(half.n_objects, -1, np.int32)
        self._target_of[targets] = np.arange(len(targets))
        near, hits, total, best = near_group(
            *self._moments,
            half.first,
            half.accounts,
            half.times,
            half.steps,
            half.appeared,
            half.delay_first,
            half.delays,
            self._is_member,
            np.ones(half.n_accounts, np.bool_) if asked is None else asked,
            _known(),
            N_DELAYS,
            window_s,
            least_near,
        )
        self._weighed = hits, total, best
        self._place = np.full(half.n_accounts, -1, np.int64)
        self._place[near] = np.arange(len(near))
        self.most, self.is_enough = np.zeros(half.n_accounts), np.zeros(half.n_accounts, np.bool_)
        self.most[near] = _ties(total, best, hits)
        self.is_enough[near] = (hits >= 2) | (best >= ONE_ACT_SURE)

    def ties(self, accounts: Ints) -> Floats:
        """Return the ties of some accounts."""
        ties = np.zeros(len(accounts))
        asked = np.flatnonzero(self._place[accounts] >= 0)
        half = self._half
        missed = missed_acts(
            accounts[asked],
            self._target_of,
            *self._moments[1:],
            half.account_first,
            half.by_account,
            half.objects,
            half.times,
            half.steps,
            half.appeared,
            half.delay_first,
            half.delays,
            self._is_member,
            self._window_s,
        )
        hits, total, best = (figure[self._place[accounts[asked]]] for figure in self._weighed)
        ties[asked] = _ties(total, best, hits + missed)
        return ties


@cache
def _known() -> Floats:
    """Return the surprises of the usual counts, which are most of them."""
    known: Floats = hit_surprises(64, 256, N_DELAYS)
    return known


def _ties(total: Floats, best: Floats, trials: Floats) -> Floats:
    """Return Fisher's tie, or the best act's corrected for the acts tried."""
    ties: Floats = np.maximum(-np.log(np.maximum(gammaincc(trials, total), 1e-300)), best - np.log(trials))
    return ties
