"""Measurement: what a group did together in the half of the data that played no part in finding it.

Each statistic is a log ratio of observed to expected pairs of acts with its variance; the unit is nats. Attendance:
pairs of members on one object. Repetition: the same pairs again. Closeness: pairs within a window on one object.
Choice: attendance among each publisher's own posts, which says whether an audience of it chooses for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.coaction.kernels.attendance import chosen_posts, repeated_pairs
from forensics.coaction.kernels.closeness import near_counts, pairs_within
from forensics.detectors.coordination.halves import Floats, Half, Ints

__all__ = ["ATTENDANCE", "CHOICE", "REPETITION", "Gauge", "LogRatio", "closeness_name"]

ATTENDANCE, REPETITION, CHOICE = "attendance", "repetition", "choice"
PRIOR_ACTS = 2.0
"""Acts at the base rate that stand beside those seen, for an object's or an account's shares of communities."""
N_DRAWS = 8
"""Draws of delays; their mean enters, so it only has to be small beside the hits' own error."""
RARE_SHARE, RARE_LEAST = 0.01, 50.0
"""Repetition counts objects with at most so large a share of the accounts: what everybody does repeats by itself."""
OUTSIDE_PRIOR = 5.0
"""Pairs with outsiders added to observed and expected: few outsiders say little."""


def closeness_name(window_s: float) -> str:
    """Return the name of closeness within a window."""
    return f"closeness:{window_s:g}"


@dataclass(frozen=True, slots=True)
class LogRatio:
    """A statistic of one group.

    Attributes:
        value: ln(observed / expected), with half a pair added to each.
        variance: of the value: from the spread over objects, at least that of as many independent objects as carry it.
        observed: pairs.
        expected: pairs.
    """

    value: float
    variance: float
    observed: float
    expected: float


_UNKNOWN = 9.0
"""The variance of a ratio without a hit."""


def _log_ratio(observed: Floats, expected: Floats, at_least: float = 0.0) -> LogRatio:
    """Return the log ratio of sums over objects, with the sandwich variance of a ratio."""
    total, chance = float(observed.sum()), float(expected.sum()) + at_least
    ratio = (total + 0.5) / (chance + 0.5)
    if total <= 0:
        return LogRatio(float(np.log(ratio)), _UNKNOWN, total, chance)
    independent = float((observed**2).sum()) / total**2
    spread = float(((observed - ratio * expected) ** 2).sum()) / (total + 0.5) ** 2
    return LogRatio(float(np.log(ratio)), max(spread, independent) + 1.0 / (total + 1.0), total, chance)


class Gauge:
    """Measures groups on one half against profiles learnt in the other.

    Args:
        half: the half to measure on.
        other: the half that groups were found in.
        community: shape (accounts,), the communities of ``other``, -1 for none.
        windows_s: of closeness, seconds.
        seed: of the draws of delays.
    """

    def __init__(self, half: Half, other: Half, community: Ints, windows_s: tuple[float, ...], seed: int) -> None:
        self._half, self._other = half, other
        self._community = community
        self._n = int(community.max(initial=-1)) + 1
        self._seen = _shares(half, community, self._n)
        self._learnt = _shares(other, community, self._n)
        self._windows_s = windows_s
        self._seed = seed
        known = np.flatnonzero(half.publisher_of >= 0)
        self._by_publisher = known[np.argsort(half.publisher_of[known], kind="stable")]
        self._published = half.publisher_of[self._by_publisher]

    def measure(self, group: Ints) -> dict[str, LogRatio]:
        """Return a group's statistics by name; those that the data cannot give are not among them."""
        half = self._half
        acts = half.acts_of(group)
        measured = dict(zip((ATTENDANCE, REPETITION), self._attendance(group, acts), strict=True))
        measured[CHOICE] = self._choice(acts)
        for window_s in self._windows_s:
            own = acts[half.steps[acts] <= window_s]
            if len(own):
                measured[closeness_name(window_s)] = self._closeness(own, window_s)
        return measured

    def _attendance(self, group: Ints, acts: Ints) -> tuple[LogRatio, LogRatio]:
        """Measure attendance and repetition.

        Expected of account a on object o: a's acts in the layer, shared out by the objects' popularity times how a's
        objects in the other half and o agree in the communities of *other* accounts that act on them. The group itself
        never enters, so it cannot become its own community.
        """
        half, own = self._half, self._community
        here = _without(self._seen, half, acts, own)
        there = _without(self._learnt, self._other, self._other.acts_of(group), own)
        base = here.sum(axis=0) + there.sum(axis=0) + 1e-9
        base /= base.sum()
        object_share = _mixed(here, base) / base
        profile = self._profiles(group, _mixed(there, base), base)
        layer_shares = [
            (half.layer_of == layer, half.activity[group, layer])
            for layer in np.flatnonzero(half.activity[group].any(0))
        ]
        mean, square = np.zeros(half.n_objects), np.zeros(half.n_objects)
        rare = half.popularity <= max(RARE_LEAST, RARE_SHARE * half.n_accounts)
        repeated = np.zeros((len(group), len(group)))
        for in_layer, activity in layer_shares:
            pull = object_share[in_layer] * half.popularity[in_layer, None]
            rate = profile * (activity / np.maximum(profile @ pull.sum(axis=0), 1e-12))[:, None]
            mean[in_layer] = pull @ rate.sum(axis=0)
            square[in_layer] = ((pull @ (rate.T @ rate)) * pull).sum(axis=1)
            scarce = pull[rare[in_layer]]
            repeated += rate @ (scarce.T @ scarce) @ rate.T
        present = np.bincount(half.objects[acts], minlength=half.n_objects).astype(np.float64)
        weight = 1.0 / (1.0 + mean)
        pairs = _log_ratio(weight * present * (present - 1) / 2, weight * np.maximum(mean**2 - square, 0.0) / 2)
        np.fill_diagonal(repeated, 0.0)
        return pairs, self._repetition(group, acts[rare[half.objects[acts]]], float((repeated**2).sum()) / 4)

    def _profiles(self, group: Ints, shares: Floats, base: Floats) -> Floats:
        """Return each member's pull to communities, 1 for none: the mean of its objects' shares in the other half."""
        other = self._other
        place = np.full(other.n_accounts, -1, np.int64)
        place[group] = np.arange(len(group))
        acts = other.acts_of(group)
        total = np.tile((PRIOR_ACTS + 1.0) * base, (len(group), 1))
        np.add.at(total, place[other.accounts[acts]], shares[other.objects[acts]])
        pull: Floats = total / total.sum(axis=1, keepdims=True) / base
        return pull

    def _repetition(self, group: Ints, acts: Ints, expected: float) -> LogRatio:
        """Count, over pairs of members, the pairs of objects that both acted on."""
        half = self._half
        targets, place = np.unique(half.objects[acts], return_inverse=True)
        first = np.searchsorted(place, np.arange(len(targets) + 1))
        observed = repeated_pairs(first, np.searchsorted(group, half.accounts[acts]), len(group)) / 2
        total = float(observed.sum())
        value = float(np.log((total + 0.5) / (expected + 0.5)))
        if total <= 0:
            return LogRatio(value, _UNKNOWN, total, expected)
        return LogRatio(value, float((observed**2).sum()) / total**2 + 1.0 / (total + 1.0), total, expected)

    def _choice(self, acts: Ints) -> LogRatio:
        """Measure attendance among each publisher's posts: each member's acts there, dealt by outsiders' choice."""
        half = self._half
        acts = acts[half.publisher_of[half.objects[acts]] >= 0]
        key = half.publisher_of[half.objects[acts]] * half.n_accounts + half.accounts[acts]
        pairs, activity = np.unique(key, return_counts=True)
        publisher = pairs // half.n_accounts
        order = np.lexsort((activity, publisher))
        names, n_actors = np.unique(publisher, return_counts=True)
        several = names[n_actors >= 2]
        if not len(several):
            return LogRatio(0.0, _UNKNOWN, 0.0, 0.0)
        low = np.searchsorted(self._published, several)
        n_posts = np.searchsorted(self._published, several, "right") - low
        post_first = np.concatenate(([0], np.cumsum(n_posts)))
        place = np.repeat(low - post_first[:-1], n_posts) + np.arange(post_first[-1])
        posts = self._by_publisher[place]
        member_first = np.concatenate(([0], np.cumsum(n_actors[n_actors >= 2])))
        present = np.bincount(half.objects[acts], minlength=half.n_objects)[posts].astype(np.float64)
        mean, square = np.zeros(len(posts)), np.zeros(len(posts))
        own = activity[order][np.isin(publisher[order], several)].astype(np.float64)
        chosen_posts(post_first, half.popularity[posts], present, member_first, own, mean, square)
        weight = 1.0 / (1.0 + mean)
        return _log_ratio(weight * present * (present - 1) / 2, weight * np.maximum(mean**2 - square, 0.0) / 2)

    def _closeness(self, acts: Ints, window_s: float) -> LogRatio:
        """Count pairs within a window against members' own delays put in place of the real ones.

        What outsiders show at the same objects beyond the same comparison is taken off: a break, an outage or a
        broadcast brings everybody close.
        """
        half = self._half
        objects = half.objects[acts]
        counts = np.bincount(objects, minlength=half.n_objects)
        acts = acts[counts[objects] >= 2]
        if not len(acts):
            return LogRatio(0.0, _UNKNOWN, 0.0, 0.0)
        objects, place = np.unique(half.objects[acts], return_inverse=True)
        first = np.searchsorted(place, np.arange(len(objects) + 1))
        times, accounts = half.times[acts], half.accounts[acts]
        observed = pairs_within(first, times, window_s)
        n_near = near_counts(half.first, half.times, half.objects[acts], times, window_s).sum()
        outside = n_near - 2 * observed.sum() - len(acts)
        start, n_delays = half.delay_first[accounts], np.diff(half.delay_first)[accounts]
        rng = np.random.default_rng(self._seed)
        expected, expected_outside = np.zeros(len(objects)), 0.0
        for _ in range(N_DRAWS):
            drawn = (
                half.appeared[half.objects[acts]] + half.delays[start + (rng.random(len(acts)) * n_delays).astype(int)]
            )
            order = np.lexsort((drawn, place))
            expected += pairs_within(first, drawn[order], window_s)
            near = near_counts(half.first, half.times, half.objects[acts], drawn, window_s)
            expected_outside += near.sum() - near_counts(first, times, place, drawn, window_s).sum()
        expected, expected_outside = expected / N_DRAWS, expected_outside / N_DRAWS
        common = (outside + OUTSIDE_PRIOR) / (expected_outside + OUTSIDE_PRIOR)
        ratio = _log_ratio(observed, expected * max(common, 1.0))
        return LogRatio(ratio.value, ratio.variance + 1.0 / (outside + OUTSIDE_PRIOR), ratio.observed, ratio.expected)


def _shares(half: Half, community: Ints, n: int) -> Floats:
    """Return the acts of each community on each object, shape (objects, communities)."""
    counts = np.zeros((half.n_objects, n))
    own = community[half.accounts]
    known = own >= 0
    np.add.at(counts, (half.objects[known], own[known]), 1.0)
    return counts


def _without(counts: Floats, half: Half, acts: Ints, community: Ints) -> Floats:
    """Take some acts out of the communities' counts."""
    left = counts.copy()
    own = community[half.accounts[acts]]
    known = own >= 0
    np.subtract.at(left, (half.objects[acts[known]], own[known]), 1.0)
    return left


def _mixed(counts: Floats, base: Floats) -> Floats:
    """Return shares of counts with ``PRIOR_ACTS`` at the base rate."""
    shares: Floats = (counts + PRIOR_ACTS * base) / (counts.sum(axis=1, keepdims=True) + PRIOR_ACTS)
    return shares
