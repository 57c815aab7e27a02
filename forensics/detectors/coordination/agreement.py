"""Agreement: the groups that several directions found, and the accounts on which they agree.

A direction seeks groups in one half of a split and confirms them in the other. The same group is found by several
directions as candidates that differ at their edges, so its accounts are those that directions agree on.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.detectors.coordination.coordinated_group import Group, Measure
from forensics.detectors.coordination.halves import Ints
from forensics.detectors.coordination.verdict import Judged, Weights

__all__ = ["agreed"]

SAME_GROUP = 0.5
"""Share of the smaller of two candidates from which they are one group."""
QUORUM = 0.5
"""Share of the directions in which an account must be found in one half and confirmed in the other."""
AS_LIKE = 0.75
"""A direction's view of a group is the best of the candidates whose likeness is at least this share of the likest's."""
FAR = 2.0
"""Standard deviations by which a group must stand out by some measure, in the mean of both ways."""
SMALLEST = 3
"""Accounts of the smallest group."""
SMALLEST_NAMED = 5
"""Accounts of the smallest group that can be named: of those of four in 284 development runs, seven stood far out and
none was hired."""


def agreed(directions: list[list[Judged]], account_ids: pl.Series, chosen: Weights) -> list[Group]:
    """Return the groups that directions agree on, named ones first, each tier by score.

    The furthest candidate comes first; each direction answers with the candidate most like it. Whatever shares half of
    itself with one of these is another view of the same group and takes no further part.

    Args:
        directions: the candidates of each direction, both ways of a split one after the other.
        account_ids: the accounts' ids, by number.
        chosen: weights of the verdict.
    """
    pool = [
        (score, number, one)
        for number, direction in enumerate(directions)
        for one in direction
        if (score := chosen.score(one.features)) >= chosen.pattern_from
    ]
    pool.sort(key=lambda entry: (-entry[0], entry[1], entry[2].accounts.tolist()))
    taken: npt.NDArray[np.bool_] = np.zeros(len(account_ids), np.bool_)
    groups = []
    while pool:
        views = _views(pool)
        shared = [any(_likeness(one, view) > 0 for view in views.values()) for _, _, one in pool]
        pool = [entry for entry, is_shared in zip(pool, shared, strict=True) if not is_shared]
        core = _core(views, len(directions), len(account_ids))
        core = core[~taken[core]]
        if len(core) >= SMALLEST:
            taken[core] = True
            groups.append(_group(core, views, len(directions), account_ids, chosen))
    return sorted(groups, key=lambda group: (not group.is_named, -group.score, group.core))


def _views(pool: list[tuple[float, int, Judged]]) -> dict[int, Judged]:
    """Return the first candidate and each other direction's own of it: of those most like it, the furthest out."""
    _, own, first = pool[0]
    likeness = [_likeness(one, first) if number != own else 0.0 for _, number, one in pool]
    views = {own: first}
    for number in sorted({number for _, number, _ in pool} - {own}):
        here = [place for place, entry in enumerate(pool) if entry[1] == number]
        most = max(likeness[place] for place in here)
        if most > 0:
            views[number] = next(pool[place][2] for place in here if likeness[place] >= AS_LIKE * most)
    return views


def _likeness(one: Judged, other: Judged) -> float:
    """Return the Jaccard index of two candidates, 0 where they share less than half of the smaller."""
    shared = len(np.intersect1d(one.accounts, other.accounts))
    if shared < SAME_GROUP * min(len(one.accounts), len(other.accounts)):
        return 0.0
    return shared / (len(one.accounts) + len(other.accounts) - shared)


def _core(views: dict[int, Judged], n_directions: int, n_accounts: int) -> Ints:
    """Return the accounts that enough directions confirm, or that both halves of a split give and one confirms."""
    confirmed, found = np.zeros(n_accounts, np.int64), np.zeros((n_directions, n_accounts), np.bool_)
    for number, view in views.items():
        confirmed[view.confirmed] += 1
        found[number, view.accounts] = True
    by_both = (found[0::2] & found[1::2]).any(axis=0)
    return np.flatnonzero((confirmed >= QUORUM * n_directions) | (by_both & (confirmed > 0)))


def _group(core: Ints, seen: dict[int, Judged], n_directions: int, account_ids: pl.Series, chosen: Weights) -> Group:
    """Describe a group; its score is the mean of the split that gives the most and of all, each in both ways.

    What was done in one session lies in one stretch of time and is confirmed by a split of the objects alone. However
    sharp its edge, a group that does not stand out from the other audiences by any measure, in the mean of both ways,
    is at most a bare pattern; so is one of a few accounts.
    """
    scores = np.full(n_directions, chosen.pattern_from)
    for number, view in seen.items():
        scores[number] = chosen.score(view.features)
    by_split = (scores[0::2] + scores[1::2]) / 2
    split = int(np.argmax(by_split))
    both = [seen[number] for number in (2 * split, 2 * split + 1) if number in seen]
    is_far = bool(both) and float(np.mean([view.farthest for view in both])) >= FAR
    score = float(by_split[split] + by_split.mean()) / 2
    if not is_far or len(core) < SMALLEST_NAMED:
        score = min(score, chosen.pattern_from)
    views = list(seen.values())
    lower = min(both or views, key=lambda view: chosen.score(view.features))
    fringe = np.setdiff1d(np.unique(np.concatenate([one.accounts for one in views])), core)
    return Group(
        core=tuple(account_ids[core.tolist()].to_list()),
        edge=tuple(account_ids[fringe.tolist()].to_list()),
        is_named=score >= chosen.named_from,
        error_rate=chosen.error_rate(score),
        score=score,
        n_confirmed=len(views),
        n_directions=n_directions,
        stability=float(np.median([one.edge.stability for one in views])),
        confirmed_share=float(np.median([one.edge.confirmed.mean() for one in views])),
        measures=tuple(_measures(lower)),
    )


def _measures(one: Judged) -> list[Measure]:
    measures = []
    for name, far in one.distances.items():
        kind, _, window = name.partition(":")
        ratio = one.measured[name]
        measures.append(
            Measure(
                kind=kind,
                window_s=float(window) if window else None,
                observed=ratio.observed,
                expected=ratio.expected,
                ratio=float(np.exp(ratio.value)),
                typical=float(np.exp(far.typical)),
                largest=float(np.exp(far.largest)),
                n_audiences=far.n_audiences,
                n_alike=far.n_alike,
                z=far.z,
            )
        )
    return sorted(measures, key=lambda measure: (-measure.z, measure.kind, measure.window_s or 0.0))
