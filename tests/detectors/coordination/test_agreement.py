"""Agreement: one group out of several directions' views of it, and what keeps a crowd out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forensics.detectors.coordination.agreement import agreed
from forensics.detectors.coordination.audience_null import Distance
from forensics.detectors.coordination.measurement import LogRatio
from forensics.detectors.coordination.members import Edge
from forensics.detectors.coordination.verdict import FEATURES, GROUP_FEATURES, Judged, LogOdds, Weights
from tests.detectors.coordination.made_acts import IDS, made_acts


def first(n: int) -> LogOdds:
    """Weights by which the first feature is the score."""
    return LogOdds(np.eye(n)[0], np.zeros(n), np.ones(n), 0.0)


WEIGHTS = Weights(
    candidate=first(len(FEATURES)),
    alone=first(1),
    group=first(len(GROUP_FEATURES)),
    found_from=0.0,
    named_from=2.5,
    pattern_from=0.0,
    organic_scores=np.array([-np.inf, 0.5, 3.0]),
)


ACTS = made_acts({0: range(60), 1: range(60)})


def view(accounts: range, score: float, *, confirmed: range | None = None) -> Judged:
    members = np.array(accounts)
    is_confirmed = np.isin(members, np.array(accounts if confirmed is None else confirmed))
    features = np.zeros(len(FEATURES))
    features[0] = score
    return Judged(
        members,
        Edge(is_confirmed, 1.0, 1.0, 1.0),
        features,
        {"attendance": Distance(4.0, 0.0, 0.5, 30, 0, 1.0)},
        {"attendance": LogRatio(2.0, 0.1, 20.0, 2.0)},
    )


def test_a_crowd_that_shares_a_few_accounts_with_a_farm_is_no_part_of_it() -> None:
    farm, crowd = range(20), range(16, 50)
    (group, other) = agreed([[view(farm, 5.0), view(crowd, 1.0)]] * 4, ACTS, WEIGHTS)
    assert group.core == tuple(IDS[:20])
    assert (group.is_named, other.is_named) == (True, False)
    assert not set(group.core) & set(other.core)


def test_a_wider_view_of_the_same_group_brings_nobody_in() -> None:
    directions = [[view(range(20), 5.0), view(range(40), 4.9)], [view(range(40), 6.0), view(range(20), 4.0)]] * 2
    (group,) = agreed(directions, ACTS, WEIGHTS)
    assert len(group.core) in {20, 40}  # one view or the other, never a chain of both
    (farm,) = agreed([[view(range(20), 6.0), view(range(40), 4.0)]] * 4, ACTS, WEIGHTS)
    assert farm.core == tuple(IDS[:20])


def test_a_batch_in_one_sitting_is_seen_by_one_split_alone() -> None:
    directions = [[], [], [view(range(20), 6.0)], [view(range(18), 4.0, confirmed=range(0))]]
    (group,) = agreed(directions, ACTS, replace(WEIGHTS, organic_scores=np.zeros(60)))
    assert group.is_named  # no organic run of sixty gave such a score
    (common,) = agreed(directions, ACTS, WEIGHTS)
    assert not common.is_named  # half of the directions confirm it, and some organic runs gave such scores
    assert group.score == pytest.approx((5.0 + (0.0 + 5.0) / 2) / 2)  # the best split and the mean of both
    assert group.core == tuple(IDS[:18])
    assert (group.n_confirmed, group.n_directions) == (2, 4)


def test_who_no_direction_confirms_is_not_named() -> None:
    assert agreed([[view(range(20), 6.0, confirmed=range(0))]] * 4, ACTS, WEIGHTS) == []


def test_evenness_speaks_for_a_group_and_never_against_it() -> None:
    chosen = replace(WEIGHTS, group=LogOdds(np.array([1.0, -10.0, 0.0]), np.zeros(3), np.ones(3), 1.0))
    directions = [[view(range(20), 2.0)]] * 4
    (group,) = agreed(directions, ACTS, chosen)
    assert (group.is_named, group.even.pairs, group.score) == (True, 0.0, pytest.approx(3.0))
    (uneven,) = agreed(directions, made_acts({post: range(20 - post) for post in range(19)}), chosen)
    assert uneven.even.pairs > 0.4
    assert (uneven.is_named, uneven.score) == (False, pytest.approx(2.0))


def test_the_error_rate_is_the_share_of_organic_runs_with_such_a_score() -> None:
    assert WEIGHTS.error_rate(5.0) == pytest.approx(1 / 4)
    assert WEIGHTS.error_rate(3.0) == pytest.approx(2 / 4)
    assert WEIGHTS.error_rate(0.1) == pytest.approx(3 / 4)
