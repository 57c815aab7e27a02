"""The search for coordinated groups: found in one half of the data, confirmed in the other, against other audiences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.dense_acts import DenseActs, dense_acts
from forensics.coaction.time_grain import with_grain
from forensics.detectors.coordination import measurement
from forensics.detectors.coordination.agreement import agreed
from forensics.detectors.coordination.audience_null import Distance, distances
from forensics.detectors.coordination.coordinated_group import Search
from forensics.detectors.coordination.discovery import SMALLEST, Candidate, discover, partners
from forensics.detectors.coordination.halves import Floats, Half, halves, is_split_by_time
from forensics.detectors.coordination.measurement import Gauge, LogRatio
from forensics.detectors.coordination.members import SHARPEST, Edge, edge
from forensics.detectors.coordination.reference_audiences import DISJOINT, communities, overlaps, profiles, references
from forensics.detectors.coordination.verdict import Judged, LogOdds, features, weights
from forensics.progress import Progress, quiet

__all__ = ["FEWEST_FAMILIES", "SearchSettings", "judge", "judged_apart", "judged_directions", "search"]

JITTER_WINDOWS_S = (10.0, 60.0, 600.0)
"""Windows at which ties are sought by closeness; beyond, an object's life itself brings people together."""
WORTH_CHECKING = 1.0
"""Distance in standard deviations that a candidate needs before its edge is looked at."""
FEWEST_FAMILIES = 10
"""Disjoint audiences from which a group can be judged at all."""
LIKELY = -1.0
"""Log odds from which a candidate leaves the audiences, three to one against a group: several teams that work
alike would else be each other's ordinary audience."""
DISCOVERED, MEASURED = 0.36, 0.61
"""Share of a direction's work that is done when candidates are found, and when all are measured: 778,000 likes."""
ROUNDS = 4
"""Times at most that groups confirmed so far are taken out of the audiences."""


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


def search(
    actions: pl.DataFrame, posts: pl.DataFrame, settings: SearchSettings, seed: int, progress: Progress = quiet
) -> Search:
    """Find groups of accounts that acted together beyond what other audiences of the same data show.

    Args:
        actions: ``schema.ACTIONS``.
        posts: ``schema.POSTS``.
        settings: how to search.
        seed: of the splits and of the audiences that are drawn.
        progress: reports each direction.

    Returns:
        Named groups and patterns; the same whatever the order of the rows.
    """
    plain = dense_acts(actions, posts, settings.layers)
    acts = with_grain(plain)
    directions, n_audiences = judged_directions(acts, settings, seed, progress)
    enough = bool(n_audiences) and float(np.median(n_audiences)) >= FEWEST_FAMILIES
    coarser = acts.steps > plain.steps
    return Search(
        groups=tuple(agreed(directions, acts, weights())) if enough else (),
        n_audiences=int(np.median(n_audiences)) if n_audiences else 0,
        n_acts=acts.n_acts,
        n_accounts=len(acts.account_ids),
        split="time" if is_split_by_time(acts) else "objects",
        interval_share=float(coarser.mean()) if acts.n_acts else 0.0,
        abstained="" if enough else "too_few_audiences",
    )


def judged_directions(
    acts: DenseActs, settings: SearchSettings, seed: int, progress: Progress = quiet
) -> tuple[list[list[Judged]], list[int]]:
    """Return the candidates of every direction, and how many disjoint audiences each had at most.

    Args:
        acts: with ``steps`` that say how finely each time is known.
        settings: how to search.
        seed: of the splits and of the audiences that are drawn.
        progress: reports how far the search is, in hundredths.
    """
    furthest = 0

    def reach(share: float) -> None:
        nonlocal furthest  # the rounds of a judgement begin anew, and find most done
        furthest = max(furthest, int(100 * (len(directions) + share) / (2 * settings.splits)))
        progress("seeking groups in one half, confirming them in the other", furthest, 100)

    directions: list[list[Judged]] = []
    n_audiences: list[int] = []
    for find, check in _directions(acts, settings, seed):
        reach(0.0)
        judged, beside = judge(find, check, settings, seed + len(directions), reach)
        directions.append(judged)
        n_audiences.append(beside)
    return directions, n_audiences


def _directions(acts: DenseActs, settings: SearchSettings, seed: int) -> Iterator[tuple[Half, Half]]:
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
) -> tuple[list[Judged], int]:
    """Find candidates in one half and judge them in the other, against audiences of the first.

    Args:
        find: the half to search.
        check: the half to measure on.
        settings: how to search.
        seed: of the draws.
        reach: is called with the share of the work that is done.

    Returns:
        The candidates that stand out by any statistic, in the order they were found, and how many disjoint audiences
        they were held against at most.
    """
    rng = np.random.default_rng(seed)
    fine = tuple(window for window in JITTER_WINDOWS_S if window in settings.windows_s and _is_timed(find, window))
    slow = tuple(window for window in settings.windows_s if window not in fine and _is_timed(find, window))
    ties = partners(find, fine)
    candidates = discover(
        find,
        ties,
        slow,
        rng,
        settings.n_strongest,
        settings.n_references,
        lambda share: reach(DISCOVERED * share),
    )
    partition = communities(find)
    candidates += references(find, partition, ties, rng, settings.n_references)
    if not candidates:
        return [], 0
    groups = [candidate.accounts for candidate in candidates]
    gauge = Gauge(check, find, profiles(partition[0]), settings.windows_s, seed)
    measured = []
    for number, group in enumerate(groups):
        reach(DISCOVERED + (MEASURED - DISCOVERED) * number / len(groups))
        measured.append(gauge.measure(group))
    bench = _Bench(find, check, settings, candidates, measured, overlaps(groups, find.n_accounts))

    def judged(ordinary: npt.NDArray[np.bool_]) -> dict[int, Judged]:
        return bench.judged(ordinary, lambda share: reach(MEASURED + (1 - MEASURED) * share))

    return judged_apart(judged, bench.overlap, weights().candidate), bench.n_audiences


def judged_apart(
    judged: Callable[[npt.NDArray[np.bool_]], dict[int, Judged]], overlap: Floats, chosen: LogOdds
) -> list[Judged]:
    """Judge candidates, and again without those that are likely groups, and what overlaps them, among the audiences.

    Args:
        judged: judges the candidates, by place, against the groups that serve as audiences.
        overlap: see ``reference_audiences.overlaps``.
        chosen: weights of a candidate.
    """
    ordinary: npt.NDArray[np.bool_] = np.ones(len(overlap), np.bool_)
    for _ in range(ROUNDS):
        found = judged(ordinary)
        taken = [place for place, one in found.items() if chosen.score(one.features) >= LIKELY]
        left: npt.NDArray[np.bool_] = np.asarray(~(overlap[taken] >= DISJOINT).any(axis=0)) if taken else ordinary
        if np.array_equal(left, ordinary):
            break
        ordinary = left
    return list(found.values())


class _Bench:
    """Judges candidates against more or fewer audiences; an edge is measured once.

    Args:
        find: the half that was searched.
        check: the half that was measured on.
        settings: how to search.
        candidates: those that may be named first, then audiences.
        measured: the statistics of each.
        overlap: see ``reference_audiences.overlaps``.

    Attributes:
        n_audiences: the most disjoint audiences that a candidate was held against.
    """

    def __init__(
        self,
        find: Half,
        check: Half,
        settings: SearchSettings,
        candidates: list[Candidate],
        measured: list[dict[str, LogRatio]],
        overlap: Floats,
    ) -> None:
        self._find, self._check, self._settings = find, check, settings
        self._candidates = [one for one in candidates if one.can_be_named]
        self._measured = measured
        self.overlap = overlap
        self._sizes = np.array([len(one.accounts) for one in candidates], np.float64)
        self._names = sorted({name for one in measured for name in one})
        self._edges: dict[tuple[int, float], Edge] = {}
        self.n_audiences = 0

    def judged(self, ordinary: npt.NDArray[np.bool_], reach: Callable[[float], None]) -> dict[int, Judged]:
        """Return the candidates that stand out from some audiences, by place."""
        n = len(self._candidates)
        away = {
            name: distances([one.get(name) for one in self._measured], self._sizes, self.overlap, n, ordinary)
            for name in self._names
        }
        found: dict[int, Judged] = {}
        for place in range(n):
            reach(place / n)
            known = {name: far for name, all_far in away.items() if (far := all_far[place]) is not None}
            self.n_audiences = max([self.n_audiences, *(far.n_audiences for far in known.values())])
            one = self._judge(place, known)
            if one is not None:
                found[place] = one
        return found

    def _judge(self, place: int, known: dict[str, Distance]) -> Judged | None:
        """Judge one candidate; None where it does not stand out, or no edge could make a pattern of it."""
        candidate = self._candidates[place]
        judged = {name: far for name, far in known.items() if name != measurement.CHOICE}
        if max((far.z for far in judged.values()), default=-np.inf) < WORTH_CHECKING:
            return None
        close = max((name for name in judged if name.startswith("closeness")), key=lambda n: judged[n].z, default=None)
        away = (
            known.get(measurement.ATTENDANCE),
            known.get(measurement.REPETITION),
            known.get(close) if close else None,
            self._measured[place][measurement.CHOICE],
        )
        if (
            not self._settings.checks_all
            and weights().candidate.score(features(*away, SHARPEST)) < weights().found_from
        ):
            return None
        window_s = float(close.split(":")[1]) if close else candidate.window_s
        key = (place, window_s)
        if key not in self._edges:
            self._edges[key] = edge(self._find, self._check, candidate.accounts, window_s)
        return Judged(
            candidate.accounts,
            self._edges[key],
            features(*away, self._edges[key]),
            known,
            self._measured[place],
        )


def _is_timed(half: Half, window_s: float) -> bool:
    """Return whether a tenth of the acts or more are dated finely enough for a window."""
    return bool((half.steps <= window_s).mean() >= 0.1) if len(half.steps) else False
