"""Discovery: groups sought in one half of the data, generously and without any claim.

Each account's best partners by closeness at each window and by shared objects seed groups; a seed grows to the accounts
that are tied to the group rather than to one of its members. What is found is a candidate: the other half decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincc

from forensics.coaction.kernels.attendance import attendance_totals
from forensics.coaction.kernels.closeness import best_partners, surprises
from forensics.coaction.kernels.group_closeness import group_moments, missed_acts, near_group
from forensics.detectors.coordination.halves import N_DELAYS, Flags, Floats, Half, Ints

__all__ = ["ATTENDANCE", "Candidate", "Closeness", "Partners", "attendance_ties", "discover", "grow", "partners"]

ATTENDANCE = 0.0
"""The window that stands for no window: ties by shared objects alone."""
PARTNERS = 8
"""Best partners kept of an account."""
MOST_ACTS = 300
"""Acts of one object looked at for one act; more are sampled evenly, which costs ties on the most viral objects."""
LARGEST = 600
"""Accounts of the largest group."""
SMALLEST = 4
"""Accounts of the smallest candidate."""
SAME = 0.7
"""Jaccard index from which two candidates are one."""
STRICT = 0.6
"""Share of the group's median tie that an account of the stricter variant reaches."""
SURE = float(np.log(1e3))
"""Surprise, in nats, of a tie by closeness: one in a thousand."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """Best partners of every account, for each window and then for attendance.

    Attributes:
        windows_s: the windows.
        accounts: shape (windows + 1, accounts, ``PARTNERS``), -1 for none.
        scores: the same shape.
    """

    windows_s: tuple[float, ...]
    accounts: Ints
    scores: Floats

    def place(self, window_s: float) -> int:
        """Return the row of a window."""
        return len(self.windows_s) if window_s == ATTENDANCE else self.windows_s.index(window_s)


def partners(half: Half, windows_s: tuple[float, ...]) -> Partners:
    """Find every account's best partners, layer by layer: what is rare in one layer is not drowned by another.

    Args:
        half: to search.
        windows_s: windows of closeness, seconds, ascending.
    """
    shape = (len(windows_s) + 1, half.n_accounts, 0)
    names, scores = np.zeros(shape, np.int64), np.zeros(shape)
    low, width = half.stretches
    for layer in range(half.n_layers):
        objects = np.flatnonzero(half.layer_of == layer)
        acts = np.flatnonzero(half.layer_of[half.objects] == layer)
        if len(acts) < 2 * SMALLEST:
            continue
        counts = half.popularity[objects]
        n_here = max(int((half.activity[:, layer] > 0).sum()), 2)
        rarity = np.maximum(np.log(n_here / counts), 0.1)
        accounts = half.accounts[acts]
        # One act drawn of each account: a group that fills a layer by its diligence does not make itself the usual.
        places = np.searchsorted(objects, half.objects[acts])
        share = np.bincount(places, 1.0 / half.activity[accounts, layer], len(objects)) / n_here
        by_account = np.argsort(accounts, kind="stable")
        found = best_partners(
            np.searchsorted(accounts[by_account], np.arange(half.n_accounts + 1)),
            by_account,
            np.concatenate(([0], np.cumsum(counts.astype(np.int64)))),
            places,
            accounts,
            half.times[acts],
            low[acts],
            width[acts],
            half.steps[acts],
            np.array(windows_s),
            rarity,
            half.activity[:, layer].copy(),
            float((rarity * share**2).sum()),
            float((rarity**2 * share**2).sum()),
            PARTNERS,
            MOST_ACTS,
        )
        names, scores = _best_of(np.concatenate((names, found[0]), 2), np.concatenate((scores, found[1]), 2))
    if not names.shape[2]:
        names, scores = np.full((*shape[:2], PARTNERS), -1, np.int64), np.zeros((*shape[:2], PARTNERS))
    return Partners(windows_s, names, scores)


def _best_of(names: Ints, scores: Floats) -> tuple[Ints, Floats]:
    """Keep the best ``PARTNERS`` of each account, each partner once."""
    scores = np.where(names >= 0, scores, -1.0)
    order = np.argsort(-scores, axis=2, kind="stable")
    names, scores = np.take_along_axis(names, order, 2), np.take_along_axis(scores, order, 2)
    again = np.zeros(names.shape, np.bool_)
    for place in range(1, names.shape[2]):
        again[:, :, place] = (names[:, :, :place] == names[:, :, place : place + 1]).any(axis=2)
    names, scores = np.where(again, -1, names), np.where(again, -1.0, scores)
    order = np.argsort(-scores, axis=2, kind="stable")[:, :, :PARTNERS]
    return np.take_along_axis(names, order, 2), np.maximum(np.take_along_axis(scores, order, 2), 0.0)


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
        self._dated = half.times, half.steps, half.appeared, half.delay_first, half.delays, half.members(group)
        self._moments = group_moments(half.acts_of(group), half.objects, half.times, half.steps, window_s)
        self._target_of = np.full(half.n_objects, -1, np.int32)
        self._target_of[self._moments[0]] = np.arange(len(self._moments[0]))
        near, hits, total, best = near_group(
            *self._moments,
            half.first,
            half.accounts,
            *self._dated,
            np.ones(half.n_accounts, np.bool_) if asked is None else asked,
            _known(),
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
            *self._dated,
            self._window_s,
        )
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
        half: one half.
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
            asked = np.flatnonzero((closeness.is_enough & (closeness.most > SURE)) | half.members(group))
            ties = closeness.ties(asked)
            are_sure = closeness.is_enough[asked] & (ties > SURE)
            usual = float(np.median(ties[np.searchsorted(asked, group)]))
            half.remembered[key] = asked[are_sure], ties[are_sure], usual
    return half.remembered[key]


class _Found:
    """Collects candidates, each once."""

    def __init__(self, half: Half) -> None:
        self._half = half
        self._masks: list[npt.NDArray[np.bool_]] = []
        self.candidates: list[Candidate] = []

    def keep(self, group: Ints, window_s: float) -> None:
        """Keep a group that is large enough and unlike those before."""
        if len(group) < SMALLEST:
            return
        for other, mask in zip(self.candidates, self._masks, strict=True):
            both = int(mask[group].sum())
            if both >= SAME * (len(group) + len(other.accounts) - both):
                return
        self.candidates.append(Candidate(group, window_s, can_be_named=True))
        self._masks.append(self._half.members(group))


def discover(
    half: Half,
    ties: Partners,
    slow_s: tuple[float, ...],
    rng: np.random.Generator,
    n_strongest: int,
    n_random: int,
    reach: Callable[[float], None],
) -> list[Candidate]:
    """Find candidates: groups grown from the strongest ties, the densest moments and from random accounts.

    Args:
        half: to search.
        ties: its accounts' partners.
        slow_s: further windows at which a group found by attendance is drawn again by closeness.
        rng: chooses the random accounts.
        n_strongest: groups grown for each kind of tie.
        n_random: groups grown round random accounts for each kind of tie.
        reach: is called with the share of the seeds that are grown.
    """
    found = _Found(half)
    kinds = (*ties.windows_s, ATTENDANCE)
    for kind, window_s in enumerate(kinds):
        covered = np.zeros(half.n_accounts, np.bool_)
        n_grown = 0
        seeds = _seeds(half, ties, window_s, rng, n_strongest, n_random)
        for number, (is_strong, seed) in enumerate(seeds):
            reach((kind + number / len(seeds)) / len(kinds))
            if is_strong and (covered[seed[0]] or n_grown >= n_strongest):
                continue
            n_grown += is_strong
            for strictness in (0.0, STRICT):
                group = grow(half, seed, window_s, strictness)
                if not len(group):
                    break
                found.keep(group, window_s)
                covered[group] = True
            if len(group) and window_s != ATTENDANCE:
                found.keep(grow(half, group, window_s, STRICT, is_tight=True), window_s)
            elif len(group):
                for slow in slow_s:
                    found.keep(grow(half, group, slow, STRICT, rounds=1), slow)
    return found.candidates


def _seeds(
    half: Half, ties: Partners, window_s: float, rng: np.random.Generator, n_strongest: int, n_random: int
) -> list[tuple[bool, Ints]]:
    """Return seeds of one kind of tie, the strongest first, and whether each was chosen for its strength."""
    names, scores = ties.accounts[ties.place(window_s)], ties.scores[ties.place(window_s)]
    live = np.flatnonzero((half.total >= 2) & (scores[:, 0] > 0))
    strongest = live[np.argsort(-scores[live, :5].sum(axis=1), kind="stable")]
    seeds = [(True, _with_partners(names, account)) for account in strongest[: 6 * n_strongest]]
    if window_s != ATTENDANCE:
        seeds += [(False, moment) for moment in _dense_moments(half, window_s, n_strongest // 2)]
    return seeds + [(False, _with_partners(names, account)) for account in rng.permutation(live)[:n_random]]


def _with_partners(names: Ints, account: int) -> Ints:
    near = names[account, :4]
    return np.concatenate(([account], near[near >= 0]))


def _dense_moments(half: Half, window_s: float, n_moments: int) -> list[Ints]:
    """Return the accounts of the densest moments, one of an object: a candidate may come from a single object."""
    surprise = surprises(*half.neighbours(window_s))
    moments: dict[int, Ints] = {}
    for act in np.argsort(-surprise, kind="stable")[:4000]:
        if len(moments) >= n_moments or surprise[act] <= SURE:
            break
        place = int(half.objects[act])
        if place in moments:
            continue
        own = np.arange(half.first[place], half.first[place + 1])
        near = own[(np.abs(half.times[own] - half.times[act]) <= window_s) & (half.steps[own] <= window_s)]
        moments[place] = np.unique(half.accounts[near])
    return [group for group in moments.values() if len(group) >= SMALLEST]
