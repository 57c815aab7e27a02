"""Agreement: the groups that several directions found, and the accounts on which they agree.

A direction seeks groups in one half of a split and confirms them in the other. The same group is found by several
directions as candidates that differ at their edges, so its accounts are those that directions agree on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from forensics.coaction.dense_acts import DenseActs
from forensics.detectors.coordination.coordinated_group import Group, Measure
from forensics.detectors.coordination.evidence.confidence import confidence
from forensics.detectors.coordination.evidence.evenness import EVEN, evenness
from forensics.detectors.coordination.split_halves import Ints
from forensics.detectors.coordination.verdict import Judged, Weights, group_features

SAME_GROUP = 0.5
"""Share of the smaller of two candidates from which they are one group."""
QUORUM = 0.5
"""Share of the directions in which an account must be found in one half and confirmed in the other."""
AS_LIKE = 0.75
"""A direction's view of a group is the best of the candidates whose likeness is at least this share of the likest's."""
SMALLEST = 3
"""Accounts of the smallest group."""
SMALLEST_NAMED = 5
"""Accounts of the smallest group that can be named: of those of four in 284 development runs, seven stood far out and
none was hired."""


def agreed(directions: list[list[Judged]], acts: DenseActs, chosen: Weights) -> list[Group]:
    """Return the groups that directions agree on and that are patterns at least, named ones first, each tier by score.

    The furthest candidate comes first; each direction answers with the candidate most like it. Whatever shares half of
    itself with one of these is another view of the same group and takes no further part.

    Args:
        directions: the candidates of each direction, both ways of a split one after the other.
        acts: all acts, on which the members' evenness is measured.
        chosen: weights of the verdict.
    """
    pool = [
        (score, number, one)
        for number, direction in enumerate(directions)
        for one in direction
        if (score := chosen.candidate.score(one.features)) >= chosen.found_from
    ]
    pool.sort(key=lambda entry: (-entry[0], entry[1], entry[2].accounts.tolist()))
    taken: npt.NDArray[np.bool_] = np.zeros(len(acts.account_ids), np.bool_)
    groups = []
    while pool and chosen.score(group_features(np.full(2, pool[0][0]), EVEN)) >= chosen.pattern_from:
        views = _views(pool)
        shared = [any(_likeness(one, view) > 0 for view in views.values()) for _, _, one in pool]
        pool = [entry for entry, is_shared in zip(pool, shared, strict=True) if not is_shared]
        core = _core(views, len(directions), len(acts.account_ids))
        core = core[~taken[core]]
        if len(core) >= SMALLEST:
            taken[core] = True
            groups.append(_group(core, views, len(directions), acts, chosen))
    groups = [group for group in groups if group.score >= chosen.pattern_from]
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


def _group(core: Ints, views: dict[int, Judged], n_directions: int, acts: DenseActs, chosen: Weights) -> Group:
    """Describe a group; one of a few accounts, or of low confidence, is at most a pattern."""
    scores = np.full(n_directions, chosen.found_from)
    for number, view in views.items():
        scores[number] = chosen.candidate.score(view.features)
    even = evenness(acts, core)
    score = chosen.score(group_features(scores, even))
    if len(core) < SMALLEST_NAMED:
        score = min(score, chosen.pattern_from)
    seen = list(views.values())
    split = 2 * int(np.argmax(scores[0::2] + scores[1::2]))
    both = [number for number in (split, split + 1) if number in views]
    lower = views[min(both or views, key=lambda number: scores[number])]
    fringe = np.setdiff1d(np.unique(np.concatenate([one.accounts for one in seen])), core)
    group = Group(
        core=tuple(acts.account_ids[core.tolist()].to_list()),
        edge=tuple(acts.account_ids[fringe.tolist()].to_list()),
        is_named=False,
        error_rate=chosen.error_rate(score),
        score=score,
        even=even,
        n_confirmed=len(seen),
        n_directions=n_directions,
        stability=float(np.median([one.edge.stability for one in seen])),
        confirmed_share=float(np.median([one.edge.confirmed.mean() for one in seen])),
        measures=tuple(_measures(lower)),
    )
    return replace(group, is_named=score >= chosen.named_from and confidence(group) != "low")


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
