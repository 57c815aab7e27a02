"""The two halves of a split: one to find groups in, the other to confirm them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.coaction.dense_acts import DenseActs
from forensics.coaction.kernels.act_places import acts_by_accounts, near_ranges
from forensics.coaction.kernels.pair_closeness import neighbour_counts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

N_BLOCKS = 14
"""Stretches into which the period is cut: two weeks give days."""
SHORTEST_S = 7 * 86_400.0
"""Period from which halves are stretches of time: below a week one event fills a half."""
N_DELAYS = 16
"""Delays kept of an account: its quantiles."""

_FIRST_BIN_S, _LAST_BIN_S = 60.0, 3600.0
"""Bins of an object's age grow by a half of it from a minute to an hour: within one, interest is about even."""


@cache
def _bins() -> Floats:
    """Return the edges of the bins."""
    edges = [0.0, _FIRST_BIN_S]
    while edges[-1] < 400 * 86_400.0:
        edges.append(edges[-1] + min(max(0.5 * edges[-1], _FIRST_BIN_S), _LAST_BIN_S))
    return np.array(edges)


@dataclass(frozen=True, eq=False)
class Half:
    """One half's acts in (object, time) order, objects numbered anew.

    Attributes:
        n_accounts: accounts of the whole data.
        n_layers: layers of the whole data.
        accounts: shape (acts,).
        objects: shape (acts,), ascending.
        times: shape (acts,), seconds.
        steps: shape (acts,), seconds: how finely each time is known.
        ids: shape (objects,): each object's number in the whole data.
        appeared: shape (objects,), seconds.
        layer_of: shape (objects,).
        publisher_of: shape (objects,): of layer and publisher together; -1 where it is not known.
        delay_first: shape (accounts + 1,): where each account's delays begin.
        delays: seconds from an object's appearance to the account's act, quantiles over both halves.
    """

    n_accounts: int
    n_layers: int
    accounts: Ints
    objects: Ints
    times: Floats
    steps: Floats
    ids: Ints
    appeared: Floats
    layer_of: Ints
    publisher_of: Ints
    delay_first: Ints
    delays: Floats

    @property
    def n_objects(self) -> int:
        """Return the number of objects."""
        return len(self.ids)

    @cached_property
    def first(self) -> Ints:
        """Return where each object's acts begin, shape (objects + 1,)."""
        return np.searchsorted(self.objects, np.arange(self.n_objects + 1))

    @cached_property
    def popularity(self) -> Floats:
        """Return the accounts that acted on each object."""
        return np.diff(self.first).astype(np.float64)

    @cached_property
    def by_account(self) -> Ints:
        """Return the acts by account."""
        return np.argsort(self.accounts, kind="stable")

    @cached_property
    def account_first(self) -> Ints:
        """Return where each account's acts begin in ``by_account``, shape (accounts + 1,)."""
        return np.searchsorted(self.accounts[self.by_account], np.arange(self.n_accounts + 1))

    @cached_property
    def activity(self) -> Floats:
        """Return the acts of each account, shape (accounts, layers)."""
        counts = np.zeros((self.n_accounts, self.n_layers))
        np.add.at(counts, (self.accounts, self.layer_of[self.objects]), 1.0)
        return counts

    @cached_property
    def total(self) -> Floats:
        """Return the acts of each account."""
        total: Floats = self.activity.sum(axis=1)
        return total

    @cached_property
    def layer_acts(self) -> Floats:
        """Return the acts of each layer."""
        total: Floats = self.activity.sum(axis=0)
        return total

    @cached_property
    def stretches(self) -> tuple[Floats, Floats]:
        """Return the stretch of its object's life in which each act lies: beginning and length, seconds."""
        born = self.appeared[self.objects]
        bins = _bins()
        place = np.minimum(np.searchsorted(bins, np.maximum(self.times - born, 0.0), "right") - 1, len(bins) - 2)
        return born + bins[place], np.diff(bins)[place]

    def neighbours(self, window_s: float) -> tuple[Floats, Floats]:
        """Return for each act the others on its object within a window, and what jitter expects."""
        low, width = self.stretches
        counts, expected = neighbour_counts(self.first, self.times, low, width, window_s)
        fine = self.steps <= window_s
        return np.where(fine, counts, 0.0), np.where(fine, expected, 0.0)

    def acts_of(self, group: Ints) -> Ints:
        """Return the acts of some accounts, in (object, time) order."""
        return np.sort(acts_by_accounts(group, self.account_first, self.by_account))

    def near(self, window_s: float) -> tuple[npt.NDArray[Any], ...]:
        """Return what is near each act, and room for what is near its account's delays: ``kernels.group_closeness``.

        Some 70 bytes an act and window, kept until ``forget``.
        """
        if window_s not in self._near:
            n, number = len(self.accounts), np.uint16 if self.popularity.max(initial=0) < 2**16 else np.uint32
            low, high = np.empty(n, number), np.empty(n, number)
            near_ranges(self.first, self.times, window_s, low, high)
            self._near[window_s] = low, high, np.zeros((n, 2 * N_DELAYS), number), np.zeros(n, np.uint8)
        return self._near[window_s]

    @cached_property
    def _near(self) -> dict[float, tuple[npt.NDArray[Any], ...]]:
        return {}

    def forget(self) -> None:
        """Give back the room for what can be worked out again."""
        self.remembered.clear()
        self.latest_attendance.clear()
        self._near.clear()

    @cached_property
    def remembered(self) -> dict[tuple[float, bytes], tuple[Ints, Floats, float]]:
        """Return the room for ties that were computed before, see ``discovery.grow``."""
        return {}

    @cached_property
    def latest_attendance(self) -> dict[bytes, Floats]:
        """Return the room for one group's ties by shared objects, see ``discovery.attendance_ties``."""
        return {}

    def members(self, group: Ints) -> Flags:
        """Return whether each account is in a group."""
        flags = np.zeros(self.n_accounts, np.bool_)
        flags[group] = True
        return flags


def is_split_by_time(acts: DenseActs) -> bool:
    """Return whether halves of these acts are stretches of time; else they are objects."""
    timed = np.isfinite(acts.steps)
    return bool(timed.all()) and acts.n_acts > 0 and float(np.ptp(acts.appeared)) >= SHORTEST_S


def halves(acts: DenseActs, seed: int, *, by_time: bool) -> tuple[Half, Half]:
    """Split the objects, with all acts on each, at random into two halves.

    By stretches of time, where the data span a week or more: what happens within hours of each other stays together, so
    that one event cannot find a group and confirm it. Else by objects, alike in popularity and day.

    Args:
        acts: all acts.
        by_time: whether the halves are stretches of time, see ``is_split_by_time``.
    """
    rng = np.random.default_rng(seed)
    if by_time:
        start, span = acts.appeared.min(), np.ptp(acts.appeared)
        block = np.floor((acts.appeared - start) / (span * (1 + 1e-6)) * N_BLOCKS).astype(np.int64)
        chosen = np.zeros(N_BLOCKS, np.bool_)
        chosen[rng.permutation(N_BLOCKS)[: N_BLOCKS // 2]] = True
        side = chosen[block]
    else:
        counts = np.bincount(acts.objects, minlength=len(acts.object_ids))
        kind = np.minimum(np.log2(counts + 1).astype(np.int64), 12)
        order = np.lexsort((rng.random(len(counts)), np.floor(acts.appeared / 86_400.0), kind, acts.layer_of))
        flip = rng.integers(0, 2, (len(counts) + 1) // 2).astype(np.bool_)
        side = np.zeros(len(counts), np.bool_)
        side[order[0::2]] = flip[: len(order[0::2])]
        side[order[1::2]] = ~flip[: len(order[1::2])]
    delay_first, delays = _delays(acts)
    return _half(acts, side, delay_first, delays), _half(acts, ~side, delay_first, delays)


def _delays(acts: DenseActs) -> tuple[Ints, Floats]:
    """Return where each account's delays begin, and the quantiles of its delays in order."""
    timed = np.flatnonzero(np.isfinite(acts.steps))
    delay = np.maximum(acts.times[timed] - acts.appeared[acts.objects[timed]], 0.0)
    order = np.lexsort((delay, acts.accounts[timed]))
    counts = np.bincount(acts.accounts[timed], minlength=len(acts.account_ids))
    kept = np.minimum(counts, N_DELAYS)
    first = np.concatenate(([0], np.cumsum(kept)))
    start = np.repeat(np.cumsum(counts) - counts, kept)
    number = np.arange(first[-1]) - np.repeat(first[:-1], kept)
    place = start + ((number + 0.5) * np.repeat(counts / np.maximum(kept, 1), kept)).astype(np.int64)
    return first, delay[order][place]


def _half(acts: DenseActs, side: Flags, delay_first: Ints, delays: Floats) -> Half:
    own = np.flatnonzero(side[acts.objects])
    ids, objects = np.unique(acts.objects[own], return_inverse=True)
    n_layers = len(acts.layers)
    publisher = acts.publisher_of[ids]
    return Half(
        n_accounts=len(acts.account_ids),
        n_layers=n_layers,
        accounts=acts.accounts[own],
        objects=objects.astype(np.int64),
        times=acts.times[own],
        steps=acts.steps[own],
        ids=ids,
        appeared=acts.appeared[ids],
        layer_of=acts.layer_of[ids],
        publisher_of=np.where(publisher >= 0, publisher * n_layers + acts.layer_of[ids], -1),
        delay_first=delay_first,
        delays=delays,
    )
