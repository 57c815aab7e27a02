"""Seeds: where in one half of the data groups are grown from.

An account with its best partners, by closeness at a window or by shared objects; the accounts of a dense moment; a
random account with its partners.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.coaction.kernels.pair_closeness import best_partners, surprises
from forensics.detectors.coordination.split_halves import Flags, Floats, Half, Ints

ATTENDANCE = 0.0
"""The window that stands for no window: ties by shared objects alone."""
PARTNERS = 8
"""Best partners kept of an account."""
MOST_ACTS = 300
"""Acts of one object looked at for one act; more are sampled evenly, which costs ties on the most viral objects."""
SMALLEST = 4
"""Accounts of the smallest candidate."""
RANKED = 6
"""Accounts looked at, the most strongly tied first, for each group that is to be grown: most lie in one already."""
SURE = float(np.log(1e3))
"""Surprise, in nats, of a tie by closeness: one in a thousand."""


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """Best partners of every account, for each window and then for attendance.

    Attributes:
        accounts: shape (windows + 1, accounts, ``PARTNERS``), -1 for none.
        scores: the same shape.
    """

    windows_s: tuple[float, ...]
    accounts: Ints
    scores: Floats

    def place(self, window_s: float) -> int:
        """Return the row of a window."""
        return len(self.windows_s) if window_s == ATTENDANCE else self.windows_s.index(window_s)


@dataclass(frozen=True, slots=True, eq=False)
class Seed:
    """Accounts from which a group is grown.

    Attributes:
        accounts: the first is the one to which the others are tied.
        strength: of its ties, or of its moment; 0 for a random account.
        is_ranked: whether it was chosen for its ties, of which so many groups are grown at most.
    """

    accounts: Ints
    strength: float
    is_ranked: bool


Bar = tuple[float, float]
"""The strength that a ranked seed, and that a dense moment, needed to be grown; 0 where there was room for any."""


def partners(half: Half, windows_s: tuple[float, ...], among: Flags | None = None) -> Partners:
    """Find every account's best partners, layer by layer: what is rare in one layer is not drowned by another.

    Args:
        windows_s: windows of closeness, seconds, ascending.
        among: shape (accounts,): whose partners are sought; all, if not given.
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
        if among is not None:
            by_account = by_account[among[accounts[by_account]]]
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


def seeds(
    half: Half, ties: Partners, rng: np.random.Generator, n_strongest: int, n_random: int, window_s: float
) -> list[Seed]:
    """Return the seeds of one kind of tie: strong ones, the strongest first, dense moments, random accounts.

    Args:
        ties: its accounts' partners.
        n_strongest: groups grown for each kind of tie.
        n_random: groups grown round random accounts for each kind of tie.
        window_s: of the ties, or ``ATTENDANCE``.
    """
    names = ties.accounts[ties.place(window_s)]
    live, strength = _live(half, ties, window_s)
    order = np.argsort(-strength, kind="stable")[: RANKED * n_strongest]
    chosen = [Seed(_with_partners(names, live[place]), float(strength[place]), is_ranked=True) for place in order]
    if window_s != ATTENDANCE:
        chosen += _dense_moments(half, window_s, n_strongest // 2)
    random = rng.permutation(live)[:n_random]
    return chosen + [Seed(_with_partners(names, account), 0.0, is_ranked=False) for account in random]


def seeds_among(half: Half, ties: Partners, among: Flags, bars: dict[float, Bar], window_s: float) -> list[Seed]:
    """Return the seeds of one kind of tie that hold several of some accounts and are strong beside what the data hold.

    Args:
        ties: the partners of those accounts.
        among: shape (accounts,): the accounts.
        bars: what ``discover`` gave for the data without these accounts.
        window_s: of the ties, or ``ATTENDANCE``.
    """
    names = ties.accounts[ties.place(window_s)]
    live, strength = _live(half, ties, window_s)
    ranked, dense = bars[window_s]
    chosen = [
        Seed(_with_partners(names, live[place]), float(strength[place]), is_ranked=True)
        for place in np.argsort(-strength, kind="stable")
        if strength[place] >= ranked
    ]
    if window_s != ATTENDANCE:
        together = np.bincount(half.objects[among[half.accounts]], minlength=half.n_objects) >= SMALLEST - 1
        chosen += _dense_moments(half, window_s, int(together.sum()), together, dense)
    return [seed for seed in chosen if among[seed.accounts].sum() >= 2]


def _live(half: Half, ties: Partners, window_s: float) -> tuple[Ints, Floats]:
    """Return the accounts with partners, and how strong their five best are together."""
    scores = ties.scores[ties.place(window_s)]
    live = np.flatnonzero((half.total >= 2) & (scores[:, 0] > 0))
    return live, scores[live, :5].sum(axis=1)


def _with_partners(names: Ints, account: int) -> Ints:
    near = names[account, :4]
    return np.concatenate(([account], near[near >= 0]))


def _dense_moments(
    half: Half, window_s: float, n_moments: int, on: Flags | None = None, least: float = 0.0
) -> list[Seed]:
    """Return the accounts of the densest moments, one of an object: a candidate may come from a single object."""
    surprise = surprises(*half.neighbours(window_s))
    if on is not None:
        surprise = np.where(on[half.objects] & (surprise >= least), surprise, 0.0)
    moments: dict[int, Seed] = {}
    for act in np.argsort(-surprise, kind="stable")[:4000]:
        if len(moments) >= n_moments or surprise[act] <= SURE:
            break
        place = int(half.objects[act])
        if place in moments:
            continue
        own = np.arange(half.first[place], half.first[place + 1])
        near = own[(np.abs(half.times[own] - half.times[act]) <= window_s) & (half.steps[own] <= window_s)]
        moments[place] = Seed(np.unique(half.accounts[near]), float(surprise[act]), is_ranked=False)
    return [seed for seed in moments.values() if len(seed.accounts) >= SMALLEST]
