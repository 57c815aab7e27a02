"""Judging: candidates of one half held against the audiences of the same data, by what the other half measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from forensics.detectors.coordination import measurement
from forensics.detectors.coordination.audience_null import Distance, distances
from forensics.detectors.coordination.discovery import Candidate
from forensics.detectors.coordination.measurement import LogRatio
from forensics.detectors.coordination.members import SHARPEST, Edge, edge
from forensics.detectors.coordination.reference_audiences import DISJOINT, overlaps
from forensics.detectors.coordination.split_halves import Flags, Floats, Half
from forensics.detectors.coordination.verdict import Judged, LogOdds, features, weights

WORTH_CHECKING = 1.0
"""Distance in standard deviations that a candidate needs before its edge is looked at."""
LIKELY = -1.0
"""Log odds from which a candidate leaves the audiences, three to one against a group: several teams that work
alike would else be each other's ordinary audience."""
ROUNDS = 4
"""Times at most that groups confirmed so far are taken out of the audiences."""


def judged_apart(
    judged: Callable[[Flags], dict[int, Judged]], overlap: Floats, chosen: LogOdds
) -> tuple[list[Judged], Flags]:
    """Judge candidates, and again without those that are likely groups, and what overlaps them, among the audiences.

    Args:
        judged: judges the candidates, by place, against the groups that serve as audiences.
        overlap: see ``reference_audiences.overlaps``.
        chosen: weights of a candidate.

    Returns:
        The candidates; which groups serve as audiences.
    """
    ordinary: Flags = np.ones(len(overlap), np.bool_)
    for _ in range(ROUNDS):
        found = judged(ordinary)
        taken = [place for place, one in found.items() if chosen.score(one.features) >= LIKELY]
        left: Flags = np.asarray(~(overlap[taken] >= DISJOINT).any(axis=0)) if taken else ordinary
        if np.array_equal(left, ordinary):
            break
        ordinary = left
    return list(found.values()), ordinary


class Bench:
    """Judges candidates against more or fewer audiences; an edge is measured once.

    Args:
        find: the half that was searched.
        check: the half that was measured on.
        checks_all: whether the edge is measured of candidates too that not even the sharpest would make a pattern.
        candidates: those that may be named first, then audiences.
        measured: the statistics of each.

    Attributes:
        overlap: of all of them, see ``reference_audiences.overlaps``.
        n_audiences: the most disjoint audiences that a candidate was held against.
    """

    def __init__(
        self,
        find: Half,
        check: Half,
        candidates: list[Candidate],
        measured: list[dict[str, LogRatio]],
        *,
        checks_all: bool,
    ) -> None:
        self._find, self._check, self._checks_all = find, check, checks_all
        self._candidates = [one for one in candidates if one.can_be_named]
        self._measured = measured
        self.overlap = overlaps([one.accounts for one in candidates], find.n_accounts)
        self._sizes = np.array([len(one.accounts) for one in candidates], np.float64)
        self._names = sorted({name for one in measured for name in one})
        self._edges: dict[tuple[int, float], Edge] = {}
        self.n_audiences = 0

    def judged(self, ordinary: Flags, reach: Callable[[float], None]) -> dict[int, Judged]:
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
        if not self._checks_all and weights().candidate.score(features(*away, SHARPEST)) < weights().found_from:
            return None
        window_s = float(close.split(":")[1]) if close else candidate.window_s
        key = (place, window_s)
        if key not in self._edges:
            self._edges[key] = edge(self._find, self._check, candidate.accounts, window_s)
        return Judged(
            candidate.accounts, self._edges[key], features(*away, self._edges[key]), known, self._measured[place]
        )
