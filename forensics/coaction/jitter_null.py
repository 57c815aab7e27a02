"""The interval-jitter null: each act may have happened anywhere in its own age bin.

The bins widen with an object's age because attention decays, so the null keeps who is active when, what is popular,
what each account is interested in and how news spreads; only closeness in time is left to explain. From the analysis
of spike trains: Amarasingham, Harrison, Hatsopoulos & Geman 2012, J. Neurophysiol. 107, 517, doi:10.1152/jn.00633.2011.
Differs: on the whole ticks of the data's own time precision, because a window of one minute covers three minutes of
data kept to the minute; a crowded bin is judged against its own crowd; and accounts that act by the clock are judged
against the clock (``schedules``).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.coaction.counting import CoActions, n_threads
from forensics.coaction.kernels.jitter_trials import POISSON, pairs_by_chance, weigh_pairs
from forensics.coaction.layers import IndexedActs
from forensics.coaction.schedules import Schedules
from forensics.statistics.multiple_testing import poisson_tail

GROWTH = 0.5
"""A bin is this share of its age wide ..."""
NARROWEST_S = 60.0
"""... but at least so wide, seconds ..."""
WIDEST_S = 3600.0
"""... and at most so wide, seconds: slower changes of attention stay in the null."""
WIDEST_LASTING_S = 86_400.0
"""The same where objects last (``IndexedActs.is_lasting``): whom to follow does not change from hour to hour."""
CEILING = 0.9
"""A trial with a chance from here on carries no information."""
MAX_EXACT = 400
"""Trials up to which the Poisson-binomial tail is exact."""
_PART = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Jitter:
    """A layer's acts by account, each with its bin; ready to weigh any pair.

    Attributes:
        first: shape (accounts + 1,): where each account's acts begin below.
        objects: shape (acts,), ascending within an account.
        ticks: shape (acts,), from 0.
        origin: the tick from which they are counted.
        bin_start: shape (acts,), ticks.
        bin_length: shape (acts,), ticks.
        cells: shape (acts,), the (object, bin).
        crowd: shape (cells,), see ``jitter_trials.pairs_by_chance``.
        clocks: the accounts that act by the clock.
        window: ticks.
        tick_s: length of a tick, seconds.
        n_crowded: acts in crowded cells.
        by_account: shape (acts,): for each act above, its place in ``IndexedActs``.
        observed: pairs of accounts' first acts on an object within the window.
        expected: the same under the null.
    """

    first: npt.NDArray[np.int64]
    objects: npt.NDArray[np.uint32]
    ticks: npt.NDArray[np.int64]
    origin: int
    bin_start: npt.NDArray[np.int64]
    bin_length: npt.NDArray[np.int64]
    cells: npt.NDArray[np.int64]
    crowd: npt.NDArray[np.float64]
    clocks: Schedules
    window: int
    tick_s: float
    n_crowded: int
    by_account: npt.NDArray[np.intp]
    observed: float
    expected: float


@dataclass(frozen=True, slots=True, eq=False)
class PairTests:
    """The pairs' results, in the order they were given.

    Attributes:
        n_trials: shape (pairs,): shared objects that carry information.
        hits: shape (pairs,): those acted on within the window.
        occasions: shape (pairs,): hits that lie apart in time; what is tested.
        expected: shape (pairs,): hits expected under the null.
        p_value: shape (pairs,): chance of so many occasions or more.
    """

    n_trials: npt.NDArray[np.int64]
    hits: npt.NDArray[np.int64]
    occasions: npt.NDArray[np.int64]
    expected: npt.NDArray[np.float64]
    p_value: npt.NDArray[np.float64]


def age_bins(longest_s: float, tick_s: float, widest_s: float = WIDEST_S) -> npt.NDArray[np.int64]:
    """Return the bins' edges in ticks of age, from 0 to past the longest age.

    Args:
        longest_s: the greatest age to cover, seconds.
        tick_s: length of a tick, seconds.
        widest_s: no bin is wider, seconds.

    Returns:
        ``e_0 = 0``, ``e_{k+1} = e_k + min(max(GROWTH e_k, NARROWEST_S), widest_s)``, in whole ticks, each bin at
        least one tick wide.
    """
    edges = [0]
    while edges[-1] * tick_s <= longest_s:
        width_s = min(max(GROWTH * edges[-1] * tick_s, NARROWEST_S), widest_s)
        edges.append(edges[-1] + max(1, int(width_s // tick_s)))
    return np.asarray(edges, np.int64)


def jitter(acts: IndexedActs, clocks: Schedules, window: int, crowd_from: int) -> Jitter:
    """Lay a layer out for weighing pairs.

    Args:
        acts: the layer.
        clocks: its accounts that act by the clock.
        window: ticks.
        crowd_from: acts from which a (object, bin) cell is judged against its own crowd.
    """
    origin = acts.ticks.min() if acts.n_acts else 0
    ages = acts.ticks - acts.appeared[acts.objects]
    widest_s = WIDEST_LASTING_S if acts.is_lasting else WIDEST_S
    edges = age_bins(float(ages.max(initial=0)) * acts.tick_s, acts.tick_s, widest_s)
    bins = np.searchsorted(edges, ages, side="right") - 1
    bin_start = acts.appeared[acts.objects] - origin + edges[bins]
    bin_length = edges[bins + 1] - edges[bins]
    ticks = acts.ticks - origin
    # Cells are runs, because the acts stand in (object, time) order.
    is_new = np.ones(acts.n_acts, bool)
    is_new[1:] = (acts.objects[1:] != acts.objects[:-1]) | (bins[1:] != bins[:-1])
    starts = np.flatnonzero(is_new)
    cells = np.cumsum(is_new) - 1
    # An account meets itself on an object it repeats; its first act alone stands for it.
    is_first = np.zeros(acts.n_acts, bool)
    is_first[np.unique(acts.objects.astype(np.int64) << 32 | acts.accounts, return_index=True)[1]] = True
    cell_first = np.concatenate(([0], np.cumsum(is_first)))[np.append(starts, acts.n_acts)]
    crowd, observed, expected = pairs_by_chance(
        cell_first,
        acts.objects[starts],
        ticks[is_first],
        bin_start[starts],
        bin_length[starts],
        window,
        crowd_from,
        CEILING,
    )
    by_account = np.argsort(acts.accounts, kind="stable")
    counts = np.bincount(acts.accounts, minlength=len(acts.account_ids))
    return Jitter(
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        objects=acts.objects[by_account],
        ticks=ticks[by_account],
        origin=int(origin),
        bin_start=bin_start[by_account],
        bin_length=bin_length[by_account],
        cells=cells[by_account],
        crowd=crowd,
        clocks=clocks,
        window=window,
        tick_s=acts.tick_s,
        n_crowded=int((np.diff(cell_first)[cells] >= crowd_from).sum()),
        by_account=by_account,
        observed=observed,
        expected=expected,
    )


def weigh(null: Jitter, pairs: CoActions, apart: int, threads: int | None = None) -> PairTests:
    """Weigh pairs of accounts: how likely are so many occasions by chance?

    Args:
        apart: ticks between two hits for both to count.
        threads: how many; all processors by default. The result does not depend on it.

    Returns:
        One result a pair. The tail is the exact Poisson-binomial one to ``MAX_EXACT`` trials and Poisson's beyond,
        which is the larger of the two above the mean (Hoeffding 1956, doi:10.1214/aoms/1177728178).
    """
    out = np.empty((len(pairs.left), 5), np.float64)
    near = null.clocks.near(null.window * null.tick_s)
    layout = (null.first, null.objects, null.ticks, null.bin_start, null.bin_length, null.cells, null.crowd)
    clocks = (null.clocks.row, null.clocks.share, near, max(1, round(3600.0 / null.tick_s)))
    rules = (null.window, apart, CEILING, MAX_EXACT)

    def weigh_part(part: slice) -> None:
        weigh_pairs(pairs.left[part], pairs.right[part], *layout, *clocks, *rules, out[part])

    parts = [slice(k, k + _PART) for k in range(0, len(out), _PART)]
    with ThreadPoolExecutor(min(threads or n_threads(), len(parts)) or 1) as pool:
        list(pool.map(weigh_part, parts))
    n_trials, hits, occasions = (out[:, k].astype(np.int64) for k in range(3))
    p_value = np.where(out[:, 4] == POISSON, poisson_tail(occasions, out[:, 3]), out[:, 4])
    return PairTests(n_trials, hits, occasions, out[:, 3], np.clip(p_value, 0.0, 1.0))
