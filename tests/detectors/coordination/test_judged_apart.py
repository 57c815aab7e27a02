"""Several teams that work alike: once each is likely a group, none is another's ordinary audience."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from forensics.detectors.coordination.judging import judged_apart
from forensics.detectors.coordination.members import Edge
from forensics.detectors.coordination.verdict import FEATURES, Judged, LogOdds

FIRST = LogOdds(np.eye(len(FEATURES))[0], np.zeros(len(FEATURES)), np.ones(len(FEATURES)), 0.0)
N_TEAMS, N_AUDIENCES = 6, 20


def scored(place: int, score: float) -> Judged:
    features = np.zeros(len(FEATURES))
    features[0] = score
    return Judged(np.array([place]), Edge(np.ones(1, np.bool_), 1.0, 1.0, 1.0), features, {}, {})


@pytest.mark.parametrize(("beside_others", "alone"), [(-0.7, 1.5), (-2.5, -2.5)])
def test_teams_that_are_alike_leave_the_audiences_and_crowds_stay(beside_others: float, alone: float) -> None:
    """A team scores low while other teams are among the audiences; a crowd scores low whatever it is held against."""

    def judged(ordinary: npt.NDArray[np.bool_]) -> dict[int, Judged]:
        others = int(ordinary[:N_TEAMS].sum())
        return {place: scored(place, beside_others if others else alone) for place in range(N_TEAMS)}

    found, ordinary = judged_apart(judged, np.eye(N_TEAMS + N_AUDIENCES), FIRST)
    assert ordinary[:N_TEAMS].any() == (beside_others == alone)
    assert ordinary[N_TEAMS:].all()
    assert [FIRST.score(one.features) for one in found] == [alone] * N_TEAMS
