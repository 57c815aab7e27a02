"""Discovery: groups sought in one half of the data, generously and without any claim.

Each account's best partners by closeness at each window and by shared objects seed groups; a seed grows to the accounts
that are tied to the group rather than to one of its members. What is found is a candidate: the other half decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from scipy.special import gammaincc

from forensics.coaction.kernels.act_places import group_places
from forensics.coaction.kernels.attendance import attendance_totals
from forensics.coaction.kernels.group_closeness import missed_acts, near_group
from forensics.detectors.coordination.seeds import ATTENDANCE, RANKED, SMALLEST, SURE, Bar, Seed
from forensics.detectors.coordination.split_halves import N_DELAYS, Flags, Floats, Half, Ints

LARGEST = 600
"""Accounts of the largest group."""
SAME = 0.7
"""Jaccard index from which two candidates are one."""
STRICT = 0.6
"""Share of the group's median tie that an account of the stricter variant reaches."""
LEAST_ATTENDANCE = 3.0
"""Standard deviations of a tie by shared objects."""
STRONG = 2 * SURE
"""A tie, in nats, that asks no more of the others: workers come to some targets and not to others."""
ONE_ACT_SURE = 9.0
"""Surprise of a single act that ties an account by itself; e^-9 is about one in 8,000."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A group that was found.

    Attributes:
        accounts: ascending.
        window_s: the window of its ties, or ``ATTENDANCE``.
        can_be_named: whether it may be confirmed: drawn references may not.
    """

    accounts: Ints
    window_s: float
    can_be_named: bool


def attendance_ties(half: Half, group: Ints) -> Floats:
    """Return every account's tie to a group by shared objects, in standard deviations.

    The sum over an account's objects of the log of the group's presence (its other members') against what the outsiders
    on the object and the group's acts in the layer let expect, less what an outsider's acts give.

    Args:
        group: accounts.

    Returns:
        Shape (accounts,); the half keeps the latest, as an edge asks for the ties from which its group is then grown.
    """
    key = group.tobytes()
    if key in half.latest_attendance:
        return half.latest_attendance[key]
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
    half.latest_attendance.clear()
    half.latest_attendance[key] = ties
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
    """

    def __init__(
        self, half: Half, group: Ints, window_s: float, least_near: int = 1, asked: Flags | None = None
    ) -> None:
        self._half = half
        self._facts = (
            *group_places(half.acts_of(group), half.objects, half.steps, half.first, window_s),
            half.first,
            half.accounts,
            half.times,
            half.steps,
            half.appeared,
            half.delay_first,
            half.delays,
            *half.near(window_s),
            half.members(group),
            window_s,
        )
        near, hits, total, best = near_group(
            *self._facts, np.ones(half.n_accounts, np.bool_) if asked is None else asked, _known(), least_near
        )
        self._near, self._weighed = near, (hits, total, best)
        self._place = np.full(half.n_accounts, -1, np.int64)
        self._place[near] = np.arange(len(near))

    @cached_property
    def most(self) -> Floats:
        """Return what each account's tie is at most, shape (accounts,)."""
        hits, total, best = self._weighed
        most = np.zeros(len(self._place))
        most[self._near] = _ties(total, best, hits)
        return most

    def perhaps_sure(self) -> Ints:
        """Return the accounts whose ties are perhaps sure and rest on two acts, or one that is sure by itself."""
        hits, total, best = self._weighed
        enough = (hits >= 2) | (best >= ONE_ACT_SURE)
        # Of so many surprises, a sum of two standard deviations above its mean is not rarer than one in fifty.
        high = (total > hits + 2 * np.sqrt(hits)) | (best - np.log(hits) > SURE)
        there = np.flatnonzero(enough & high)
        perhaps: Ints = self._near[there[_ties(total[there], best[there], hits[there]) > SURE]]
        return perhaps

    def ties(self, accounts: Ints) -> Floats:
        """Return the ties of some accounts."""
        ties = np.zeros(len(accounts))
        asked = np.flatnonzero(self._place[accounts] >= 0)
        missed = missed_acts(accounts[asked], self._half.acts_of(accounts[asked]), self._half.objects, *self._facts)
        hits, total, best = (figure[self._place[accounts[asked]]] for figure in self._weighed)
        ties[asked] = _ties(total, best, hits + missed)
        return ties


@cache
def _known() -> Floats:
    """Return room for the surprises of the usual counts, which are most of them; see ``near_group``."""
    return np.zeros((N_DELAYS + 1, 128, 1024))


def _ties(total: Floats, best: Floats, trials: Floats) -> Floats:
    """Return Fisher's tie, or the best act's corrected for the acts tried."""
    ties: Floats = np.maximum(-np.log(np.maximum(gammaincc(trials, total), 1e-300)), best - np.log(trials))
    return ties


def grow(
    half: Half, seed: Ints, window_s: float, strictness: float, rounds: int = 3, *, is_tight: bool = False
) -> Ints:
    """Grow a seed to the accounts that are tied to the group, again and again.

    Args:
        seed: accounts to begin with.
        window_s: of the ties, or ``ATTENDANCE``.
        strictness: share of the group's median tie that an account must reach.
        rounds: most often.
        is_tight: whether ``strictness`` is held against the median tie however strong that is: it parts workers from
            the people with whom they share a feed.

    Returns:
        Accounts, ascending; none where no three are tied.
    """
    group = np.unique(seed)
    for _ in range(rounds):
        accounts, ties, usual = _tied(half, group, window_s)
        if window_s != ATTENDANCE and not is_tight:
            usual = min(usual, STRONG)
        chosen = ties > strictness * usual
        tied, ties = accounts[chosen], ties[chosen]
        if len(tied) < 3:
            return tied[:0]
        if len(tied) > LARGEST:
            tied = np.sort(tied[np.argsort(-ties, kind="stable")[:LARGEST]])
        if np.array_equal(tied, group):
            break
        group = tied
    return group


def _tied(half: Half, group: Ints, window_s: float) -> tuple[Ints, Floats, float]:
    """Return the accounts that are surely tied to a group, their ties, and the members' median tie.

    Many seeds grow into one group, so what was computed before is kept with the half.
    """
    key = (window_s, group.tobytes())
    if key not in half.remembered:
        if window_s == ATTENDANCE:
            ties = attendance_ties(half, group)
            sure = np.flatnonzero(ties > LEAST_ATTENDANCE)
            half.remembered[key] = sure, ties[sure], float(np.median(ties[group]))
        else:
            # One member near once is never sure.
            closeness = Closeness(half, group, window_s, 2)
            perhaps = closeness.perhaps_sure()
            may_be = half.members(perhaps)
            asked = np.flatnonzero(may_be | half.members(group))
            ties = closeness.ties(asked)
            are_sure = may_be[asked] & (ties > SURE)
            usual = float(np.median(ties[np.searchsorted(asked, group)]))
            half.remembered[key] = asked[are_sure], ties[are_sure], usual
    return half.remembered[key]


class _Found:
    """Collects candidates, each once."""

    def __init__(self, half: Half) -> None:
        self._half = half
        self._sizes, self._accounts, self._owners = (np.zeros(0, np.int64) for _ in range(3))
        self.candidates: list[Candidate] = []

    def keep(self, group: Ints, window_s: float) -> None:
        """Keep a group that is large enough and unlike those before."""
        if len(group) < SMALLEST:
            return
        shared = self._owners[self._half.members(group)[self._accounts]]
        both = np.bincount(shared, minlength=len(self.candidates))
        if (both >= SAME * (len(group) + self._sizes - both)).any():
            return
        self._sizes = np.append(self._sizes, len(group))
        self._accounts = np.append(self._accounts, group)
        self._owners = np.append(self._owners, np.full(len(group), len(self.candidates)))
        self.candidates.append(Candidate(group, window_s, can_be_named=True))


def discover(
    half: Half,
    windows_s: tuple[float, ...],
    slow_s: tuple[float, ...],
    seeds_of: Callable[[float], list[Seed]],
    n_strongest: int,
    reach: Callable[[float], None],
) -> tuple[list[Candidate], dict[float, Bar]]:
    """Find candidates: groups grown from the strongest ties, the densest moments and from random accounts.

    Args:
        windows_s: of the ties, ``ATTENDANCE`` for those by shared objects.
        slow_s: further windows at which a group found by attendance is drawn again by closeness.
        seeds_of: gives the seeds of a window, the strongest first.
        n_strongest: groups grown for each kind of tie.
        reach: is called with the share of the seeds that are grown.

    Returns:
        The candidates; and what a seed needed to be grown, by window.
    """
    found = _Found(half)
    bars: dict[float, Bar] = {}
    for kind, window_s in enumerate(windows_s):
        covered = np.zeros(half.n_accounts, np.bool_)
        n_grown = 0
        weakest = 0.0
        every = seeds_of(window_s)
        for number, seed in enumerate(every):
            reach((kind + number / len(every)) / len(windows_s))
            if seed.is_ranked and (covered[seed.accounts[0]] or n_grown >= n_strongest):
                continue
            n_grown += seed.is_ranked
            weakest = seed.strength if seed.is_ranked else weakest
            for strictness in (0.0, STRICT):
                group = grow(half, seed.accounts, window_s, strictness)
                if not len(group):
                    break
                found.keep(group, window_s)
                covered[group] = True
            if len(group) and window_s != ATTENDANCE:
                found.keep(grow(half, group, window_s, STRICT, is_tight=True), window_s)
            elif len(group):
                for slow in slow_s:
                    found.keep(grow(half, group, slow, STRICT, rounds=1), slow)
        bars[window_s] = _bar(every, n_strongest, weakest if n_grown >= n_strongest else 0.0)
    return found.candidates, bars


def _bar(every: list[Seed], n_strongest: int, weakest: float) -> Bar:
    """Return the strength that a further seed would have needed, where the last of so many grown was so weak."""
    ranked = [seed.strength for seed in every if seed.is_ranked]
    dense = [seed.strength for seed in every if not seed.is_ranked and seed.strength > 0]
    looked_at = ranked[-1] if len(ranked) >= RANKED * n_strongest else 0.0
    return max(weakest, looked_at), dense[-1] if len(dense) >= n_strongest // 2 else 0.0
