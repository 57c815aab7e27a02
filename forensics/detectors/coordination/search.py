"""The search for coordinated groups: found in one half of the data, confirmed in the other, against other audiences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import polars as pl

from forensics.coaction.dense_acts import DenseActs, dense_acts
from forensics.coaction.time_grain import with_grain
from forensics.detectors.coordination.agreement import agreed
from forensics.detectors.coordination.coordinated_group import Search
from forensics.detectors.coordination.discovery import Candidate, discover
from forensics.detectors.coordination.judging import Bench, judged_apart
from forensics.detectors.coordination.measurement import Gauge, LogRatio
from forensics.detectors.coordination.reference_audiences import communities, profiles, references
from forensics.detectors.coordination.seeds import ATTENDANCE, SMALLEST, Bar, partners, seeds
from forensics.detectors.coordination.split_halves import Flags, Half, Ints, halves, is_split_by_time
from forensics.detectors.coordination.verdict import Judged, weights
from forensics.progress import Progress, quiet

JITTER_WINDOWS_S = (10.0, 60.0, 600.0)
"""Windows at which ties are sought by closeness; beyond, an object's life itself brings people together."""
FEWEST_FAMILIES = 10
"""Disjoint audiences from which a group can be judged at all."""
DISCOVERED, MEASURED = 0.36, 0.61
"""Share of a direction's work that is done when candidates are found, and when all are measured: 778,000 likes."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How to search.

    Attributes:
        windows_s: of closeness, seconds, ascending.
        layers: the layers searched; ``("all",)`` for all.
        splits: how often the data are split, by time and by objects in turn; each split is used both ways.
        n_strongest: groups grown for each kind of tie.
        n_references: audiences drawn for each kind of tie.
        checks_all: whether the edge is measured of candidates too that not even the sharpest would make a pattern.
    """

    windows_s: tuple[float, ...] = (10.0, 60.0, 600.0, 3600.0, 21_600.0)
    layers: tuple[str, ...] = ("all",)
    splits: int = 2
    n_strongest: int = 40
    n_references: int = 25
    checks_all: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """One way of a split, judged.

    Attributes:
        find: the half that was searched.
        check: the half that was measured on.
        fine_s: windows at which ties were sought.
        slow_s: further windows.
        bars: what a seed needed to be grown, by window, see ``discovery.discover``.
        community: shape (accounts,): the communities of ``find`` by which groups are measured.
        candidates: those that may be named first, then audiences.
        measured: the statistics of each.
        ordinary: shape (candidates,): which serve as audiences.
        judged: the candidates that stand out by any statistic, in the order they were found.
        n_audiences: the most disjoint audiences that a candidate was held against.
    """

    find: Half
    check: Half
    seed: int
    fine_s: tuple[float, ...]
    slow_s: tuple[float, ...]
    bars: dict[float, Bar]
    community: Ints
    candidates: list[Candidate]
    measured: list[dict[str, LogRatio]]
    ordinary: Flags
    judged: list[Judged]
    n_audiences: int


@dataclass(frozen=True, slots=True, eq=False)
class WholeSearch:
    """All directions of a search, with what they learnt of the data.

    Attributes:
        acts: all acts, with ``steps`` that say how finely each time is known.
        seed: of the splits and of the draws.
        directions: both ways of each split, one after the other.
        interval_share: share of the acts whose times are known less finely than the data state.
    """

    acts: DenseActs
    settings: SearchSettings
    seed: int
    directions: list[Direction]
    interval_share: float

    @property
    def n_audiences(self) -> int:
        """Return the disjoint audiences, median over the directions."""
        return int(np.median([one.n_audiences for one in self.directions])) if self.directions else 0

    @property
    def is_enough(self) -> bool:
        """Return whether there are audiences enough to judge a group by."""
        counts = [one.n_audiences for one in self.directions]
        return bool(counts) and float(np.median(counts)) >= FEWEST_FAMILIES


def search_whole(
    actions: pl.DataFrame, posts: pl.DataFrame, settings: SearchSettings, seed: int, progress: Progress = quiet
) -> WholeSearch:
    """Search for groups of accounts that acted together beyond what other audiences of the same data show.

    Args:
        actions: ``schema.ACTIONS``.
        posts: ``schema.POSTS``.

    Returns:
        All directions, judged; the same whatever the order of the rows.
    """
    plain = dense_acts(actions, posts, settings.layers)
    acts = with_grain(plain)
    share = float((acts.steps > plain.steps).mean()) if acts.n_acts else 0.0
    return WholeSearch(acts, settings, seed, judged_directions(acts, settings, seed, progress), share)


def search(
    actions: pl.DataFrame, posts: pl.DataFrame, settings: SearchSettings, seed: int, progress: Progress = quiet
) -> Search:
    """Return the named groups and patterns that ``search_whole`` finds."""
    return result_of(search_whole(actions, posts, settings, seed, progress))


def result_of(whole: WholeSearch) -> Search:
    """Return the groups that the directions of a search agree on: named groups and patterns."""
    acts = whole.acts
    return Search(
        groups=tuple(agreed([one.judged for one in whole.directions], acts, weights())) if whole.is_enough else (),
        n_audiences=whole.n_audiences,
        n_acts=acts.n_acts,
        n_accounts=len(acts.account_ids),
        split="time" if is_split_by_time(acts) else "objects",
        interval_share=whole.interval_share,
        abstained="" if whole.is_enough else "too_few_audiences",
    )


def judged_directions(
    acts: DenseActs, settings: SearchSettings, seed: int, progress: Progress = quiet
) -> list[Direction]:
    """Return every direction, judged.

    Args:
        acts: with ``steps`` that say how finely each time is known.
        progress: reports how far the search is, in hundredths.
    """
    furthest = 0

    def reach(share: float) -> None:
        nonlocal furthest  # the rounds of a judgement begin anew, and find most done
        furthest = max(furthest, int(100 * (len(directions) + share) / (2 * settings.splits)))
        progress("seeking groups in one half, confirming them in the other", furthest, 100)

    directions: list[Direction] = []
    for find, check in split_both_ways(acts, settings, seed):
        reach(0.0)
        directions.append(judge(find, check, settings, seed + len(directions), reach))
        if len(directions) % 2 == 0:  # both ways are judged
            find.forget()
            check.forget()
    return directions


def split_both_ways(acts: DenseActs, settings: SearchSettings, seed: int) -> Iterator[tuple[Half, Half]]:
    """Yield each split both ways: by time and by objects in turn, where the data are long enough for time.

    A split by time keeps one event from confirming itself; a batch that was done in one session lies in one stretch
    and is confirmed by a split of its objects alone.
    """
    if acts.n_acts < 2 * SMALLEST:
        return
    is_long = is_split_by_time(acts)
    for number in range(settings.splits):
        one, other = halves(acts, 1000 * seed + number, by_time=is_long and number % 2 == 0)
        yield one, other
        yield other, one


def judge(
    find: Half, check: Half, settings: SearchSettings, seed: int, reach: Callable[[float], None] = lambda _: None
) -> Direction:
    """Find candidates in one half and judge them in the other, against audiences of the first.

    Args:
        reach: is called with the share of the work that is done.
    """
    rng = np.random.default_rng(seed)
    fine = tuple(window for window in JITTER_WINDOWS_S if window in settings.windows_s and _is_timed(find, window))
    slow = tuple(window for window in settings.windows_s if window not in fine and _is_timed(find, window))
    ties = partners(find, fine)
    candidates, bars = discover(
        find,
        (*fine, ATTENDANCE),
        slow,
        partial(seeds, find, ties, rng, settings.n_strongest, settings.n_references),
        settings.n_strongest,
        lambda share: reach(DISCOVERED * share),
    )
    partition = communities(find)
    candidates += references(find, partition, ties, rng, settings.n_references)
    community = profiles(partition[0])
    nobody = Direction(find, check, seed, fine, slow, bars, community, [], [], np.zeros(0, np.bool_), [], 0)
    if not candidates:
        return nobody
    groups = [candidate.accounts for candidate in candidates]
    gauge = Gauge(check, find, community, settings.windows_s, seed)
    measured = []
    for number, group in enumerate(groups):
        reach(DISCOVERED + (MEASURED - DISCOVERED) * number / len(groups))
        measured.append(gauge.measure(group))
    bench = Bench(find, check, candidates, measured, checks_all=settings.checks_all)

    def judged(ordinary: Flags) -> dict[int, Judged]:
        return bench.judged(ordinary, lambda share: reach(MEASURED + (1 - MEASURED) * share))

    found, ordinary = judged_apart(judged, bench.overlap, weights().candidate)
    return replace(
        nobody, candidates=candidates, measured=measured, ordinary=ordinary, judged=found, n_audiences=bench.n_audiences
    )


def judged_beside(
    direction: Direction, find: Half, check: Half, settings: SearchSettings, candidates: list[Candidate]
) -> list[Judged]:
    """Judge further candidates, in data to which accounts were added, against the audiences of the data themselves.

    Args:
        direction: a direction of the data themselves.
        find: its half that was searched, with the accounts that were added after the others.
        check: its half that was measured on, likewise.
        candidates: they are no audiences of each other.
    """
    if not candidates:
        return []
    added = np.full(find.n_accounts - len(direction.community), -1)
    community = np.concatenate((direction.community, added))
    among = np.unique(np.concatenate([candidate.accounts for candidate in candidates]))
    gauge = Gauge(check, find, community, settings.windows_s, direction.seed, among)
    measured = [gauge.measure(candidate.accounts) for candidate in candidates]
    audiences = [replace(candidate, can_be_named=False) for candidate in direction.candidates]
    bench = Bench(
        find, check, [*candidates, *audiences], [*measured, *direction.measured], checks_all=settings.checks_all
    )
    ordinary = np.concatenate((np.zeros(len(candidates), np.bool_), direction.ordinary))
    return list(bench.judged(ordinary, lambda _: None).values())


def _is_timed(half: Half, window_s: float) -> bool:
    """Return whether a tenth of the acts or more are dated finely enough for a window."""
    return bool((half.steps <= window_s).mean() >= 0.1) if len(half.steps) else False
