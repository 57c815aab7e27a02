"""Measurement: what a group did together in the half of the data that played no part in finding it.

Each statistic is a log ratio of observed to expected pairs of acts with its variance; the unit is nats. Attendance:
pairs of members on one object. Repetition: the same pairs again. Closeness: pairs within a window on one object.
Choice: attendance among each publisher's own posts, which says whether an audience of it chooses for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.coaction.kernels.attendance import chosen_posts, distinct, member_profiles, repeated_pairs
from forensics.coaction.kernels.expected_attendance import group_attendance
from forensics.coaction.kernels.pairs_in_time import group_pairs, near_counts
from forensics.detectors.coordination.split_halves import Flags, Floats, Half, Ints

ATTENDANCE, REPETITION, CHOICE = "attendance", "repetition", "choice"
PRIOR_ACTS = 2.0
"""Acts at the base rate that stand beside those seen, for an object's or an account's shares of communities."""
BASE_ACTS = 1.0
"""Acts added to each community's at the base rate: a community that is the group itself has no others."""
EXTRA_SHARE, EXTRA_LEAST = 0.25, 0.5
"""Outsiders added to those seen on each object: a quarter of the layer's mean, half of one at least."""
N_DRAWS = 8
"""Draws of delays; their mean enters, so it only has to be small beside the hits' own error."""
RARE_SHARE, RARE_LEAST = 0.01, 50.0
"""Repetition counts objects with at most so large a share of the accounts, or so many, beside the group, and those
on which the group is the majority: what everybody does repeats by itself."""
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


def _log_ratio(observed: Floats, expected: Floats, elsewhere: tuple[float, float] = (0.0, 0.0)) -> LogRatio:
    """Return the log ratio of sums over objects, with the sandwich variance of a ratio.

    Args:
        observed: of each object.
        expected: of each object.
        elsewhere: expected on further objects where nothing was observed, and the sum of their squares.
    """
    total, chance = float(observed.sum()), float(expected.sum()) + elsewhere[0]
    ratio = (total + 0.5) / (chance + 0.5)
    if total <= 0:
        return LogRatio(float(np.log(ratio)), _UNKNOWN, total, chance)
    independent = float((observed**2).sum()) / total**2
    squares = float(((observed - ratio * expected) ** 2).sum()) + ratio**2 * elsewhere[1]
    spread = squares / (total + 0.5) ** 2
    return LogRatio(float(np.log(ratio)), max(spread, independent) + 1.0 / (total + 1.0), total, chance)


class Gauge:
    """Measures groups on one half against profiles learnt in the other.

    Args:
        half: the half to measure on.
        other: the half that groups were found in.
        community: shape (accounts,), the communities of ``other``, -1 for none.
        windows_s: of closeness, seconds.
        seed: of the draws of delays.
        among: accounts of the groups that will be measured; all, if not given.
    """

    def __init__(
        self,
        half: Half,
        other: Half,
        community: Ints,
        windows_s: tuple[float, ...],
        seed: int,
        among: Ints | None = None,
    ) -> None:
        self._half, self._other = half, other
        self._community = community
        self._n = int(community.max(initial=-1)) + 1
        self._seen = _shares(half, community, self._n)
        self._learnt = _shares(other, community, self._n)
        self._totals = self._seen.sum(axis=0), self._learnt.sum(axis=0)
        self._pulls = _Pulls(half, self._seen)
        self._draws = _Draws(half, windows_s, seed, among)
        self._windows_s = windows_s
        known = np.flatnonzero(half.publisher_of >= 0)
        self._by_publisher = known[np.argsort(half.publisher_of[known], kind="stable")]
        self._published = half.publisher_of[self._by_publisher]

    def measure(self, group: Ints) -> dict[str, LogRatio]:
        """Return a group's statistics by name; those that the data cannot give are not among them."""
        acts = self._half.acts_of(group)
        measured = dict(zip((ATTENDANCE, REPETITION), self._attendance(group, acts), strict=True))
        measured[CHOICE] = self._choice(acts)
        return measured | self._closeness(acts)

    def _attendance(self, group: Ints, acts: Ints) -> tuple[LogRatio, LogRatio]:
        """Measure attendance and repetition.

        Expected of account a on object o: a's acts in the layer, shared out by the objects' popularity times how a's
        objects in the other half and o agree in the communities of *other* accounts that act on them. The group itself
        never enters, neither into the popularity nor into the communities: else it would expect itself.
        """
        half, other, own = self._half, self._other, self._community
        elsewhere = other.acts_of(group)
        touched, first = distinct(half.objects[acts])
        visited, visits = distinct(other.objects[elsewhere])
        present = np.diff(first)
        places, rows = np.repeat(np.arange(len(touched)), present), np.repeat(np.arange(len(visited)), np.diff(visits))
        ours, theirs = own[half.accounts[acts]], own[other.accounts[elsewhere]]
        here = _without(self._seen, touched, places, ours)
        there = _without(self._learnt, visited, rows, theirs)
        base = self._totals[0] - _counted(ours, self._n)
        base += self._totals[1] - _counted(theirs, self._n) + BASE_ACTS
        base /= base.sum()
        members = np.searchsorted(group, other.accounts[elsewhere])
        profile = member_profiles(members, rows, there, base, PRIOR_ACTS, len(group))
        mean, square, absent, absent_squares, repeated = self._pulls.share_out(
            touched, present, here, base, profile, half.activity[group]
        )
        weight = 1.0 / (1.0 + mean)
        attended = _log_ratio(
            weight * present * (present - 1) / 2,
            weight * np.maximum(mean**2 - square, 0.0) / 2,
            elsewhere=(absent, absent_squares),
        )
        rare = acts[self._pulls.are_rare(touched, present)[places]]
        return attended, self._repetition(group, rare, repeated / 2)

    def _repetition(self, group: Ints, acts: Ints, expected: float) -> LogRatio:
        """Count, over pairs of members, the pairs of objects that both acted on."""
        half = self._half
        _, first = distinct(half.objects[acts])
        observed = repeated_pairs(first, np.searchsorted(group, half.accounts[acts]), len(group)) / 2
        total = float(observed.sum())
        value = float(np.log((total + 0.5) / (expected + 0.5)))
        if total <= 0:
            return LogRatio(value, _UNKNOWN, total, expected)
        return LogRatio(value, float((observed**2).sum()) / total**2 + 1.0 / (total + 1.0), total, expected)

    def _choice(self, acts: Ints) -> LogRatio:
        """Measure attendance among each publisher's posts: each member's acts there, dealt by outsiders' choice."""
        half = self._half
        if not len(self._published):
            return LogRatio(0.0, _UNKNOWN, 0.0, 0.0)
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

    def _closeness(self, acts: Ints) -> dict[str, LogRatio]:
        """Count pairs within each window against members' own delays put in place of the real ones.

        What outsiders show at the same objects beyond the same comparison is taken off: a break, an outage or a
        broadcast brings everybody close.
        """
        half = self._half
        measured: dict[str, LogRatio] = {}
        fine = {window_s: acts[half.steps[acts] <= window_s] for window_s in self._windows_s}
        for count in sorted({len(own) for own in fine.values() if len(own)}):
            windows_s = [window_s for window_s, own in fine.items() if len(own) == count]
            measured |= self._close_within(fine[windows_s[0]], windows_s)
        return measured

    def _close_within(self, acts: Ints, windows_s: list[float]) -> dict[str, LogRatio]:
        """Measure closeness within windows for which all the acts are dated finely enough."""
        half, draws = self._half, self._draws
        places = np.array([self._windows_s.index(window_s) for window_s in windows_s])
        observed, expected, outside = group_pairs(
            acts, half.objects, half.times, draws.times, draws.near, draws.drawn_near, np.array(windows_s), places
        )
        if not observed.shape[1]:
            return {closeness_name(window_s): LogRatio(0.0, _UNKNOWN, 0.0, 0.0) for window_s in windows_s}
        measured = {}
        for number, window_s in enumerate(windows_s):
            seen, by_chance = outside[number] + OUTSIDE_PRIOR
            ratio = _log_ratio(observed[number], expected[number] * max(seen / by_chance, 1.0))
            measured[closeness_name(window_s)] = LogRatio(
                ratio.value, ratio.variance + 1.0 / seen, ratio.observed, ratio.expected
            )
        return measured


class _Draws:
    """Times drawn from accounts' own delays, put in place of all acts of a half, and what is near them.

    Attributes:
        times: shape (acts, draws), seconds.
        near: shape (acts, windows): acts on the same object within each window, the act itself among them.
        drawn_near: shape (acts, windows): the same of the drawn times, all draws summed.
    """

    def __init__(self, half: Half, windows_s: tuple[float, ...], seed: int, among: Ints | None) -> None:
        rng = np.random.default_rng(seed)
        start, n_delays = half.delay_first[half.accounts], np.diff(half.delay_first)[half.accounts]
        born, windows = half.appeared[half.objects], np.array(windows_s)
        n = len(half.accounts)
        self.times = np.zeros((n, N_DRAWS))
        self.near, self.drawn_near = (np.zeros((n, len(windows)), np.int32) for _ in range(2))
        asked = np.arange(n)
        if among is not None:
            touched = np.zeros(half.n_objects, np.bool_)
            touched[half.objects[half.acts_of(among)]] = True
            asked = np.flatnonzero(touched[half.objects])
        near_counts(half.first, half.times, half.objects, half.times, windows, asked, self.near)
        for number in range(N_DRAWS) if len(half.delays) else ():
            place = start + (rng.random(n) * n_delays).astype(np.int64)
            own = born + half.delays[np.minimum(place, len(half.delays) - 1)]
            order = asked[np.lexsort((own[asked], half.objects[asked]))]
            near_counts(half.first, half.times, half.objects, own, windows, order, self.drawn_near)
            self.times[:, number] = own


class _Pulls:
    """How strongly each object of a half draws each community: its popularity times its share over the base rate.

    A group takes no part in the popularity of its own objects: what is there for it to choose is what others chose.
    """

    def __init__(self, half: Half, seen: Floats) -> None:
        total = seen.sum(axis=1) + PRIOR_ACTS
        n_objects = np.bincount(half.layer_of, minlength=half.n_layers)
        extra = np.maximum(EXTRA_LEAST, EXTRA_SHARE * half.layer_acts / np.maximum(n_objects, 1))
        self._popularity = half.popularity + extra[half.layer_of]
        weights = seen * (self._popularity / total)[:, None]
        rows, communities = np.nonzero(weights)
        even = self._popularity * PRIOR_ACTS / total
        self._most = max(RARE_LEAST, RARE_SHARE * half.n_accounts)
        was_rare = half.popularity <= self._most
        layers = [np.flatnonzero(half.layer_of == layer) for layer in range(half.n_layers)]
        parts = np.column_stack([weights, even])
        scarce = [parts[own[was_rare[own]]] for own in layers]
        self._half = half
        self._facts = (
            was_rare,
            np.searchsorted(rows, np.arange(half.n_objects + 1)),
            communities,
            weights[rows, communities],
            even,
            np.array([weights[own].sum(axis=0) for own in layers]),
            np.array([even[own].sum() for own in layers]),
            np.array([rare.T @ rare for rare in scarce]),
        )

    def are_rare(self, touched: Ints, present: Ints) -> Flags:
        """Return whether a group's objects count for repetition: whether few others acted on each, or fewer than it."""
        others = self._half.popularity[touched] - present
        few: Flags = (others <= self._most) | (others < present)
        return few

    def share_out(
        self, touched: Ints, present: Ints, here: Floats, base: Floats, profile: Floats, activity: Floats
    ) -> tuple[Floats, Floats, float, float, float]:
        """Share members' acts out over the objects, see ``expected_attendance.group_attendance``."""
        pulls = (here + PRIOR_ACTS * base) / (here.sum(axis=1, keepdims=True) + PRIOR_ACTS) / base
        pulls *= (self._popularity[touched] - present)[:, None]
        shared: tuple[Floats, Floats, float, float, float] = group_attendance(
            touched, pulls, profile, activity, base, self._half.layer_of, self.are_rare(touched, present), *self._facts
        )
        return shared


def _shares(half: Half, community: Ints, n: int) -> Floats:
    """Return the acts of each community on each object, shape (objects, communities)."""
    own = community[half.accounts]
    known = own >= 0
    flat = half.objects[known] * n + own[known]
    return np.bincount(flat, minlength=half.n_objects * n).reshape(half.n_objects, n).astype(np.float64)


def _counted(communities: Ints, n: int) -> Floats:
    """Return how many of some acts are each community's."""
    return np.bincount(communities[communities >= 0], minlength=n).astype(np.float64)


def _without(counts: Floats, objects: Ints, rows: Ints, communities: Ints) -> Floats:
    """Return the communities' counts of some objects, less some acts, each in its object's row."""
    n = counts.shape[1]
    known = communities >= 0
    flat = rows[known] * n + communities[known]
    return counts[objects] - np.bincount(flat, minlength=len(objects) * n).reshape(len(objects), n)
