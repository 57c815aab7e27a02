from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from forensics.detectors.coordination import members
from forensics.statistics.multiple_testing import are_discoveries


def test_a_candidate_that_misses_half_of_its_group_is_not_ranked_among_the_other_half() -> None:
    """The farm's members outside the candidate resemble it in both halves; crowds do so in the first alone."""
    found = np.array([*np.linspace(9, 11, 20), *np.linspace(9.6, 11, 20), *np.linspace(0, 3, 160)])
    checked = np.array([*[8.0] * 40, *np.linspace(0, 2, 160)])
    group = np.arange(20)
    outside = np.ones(200, np.bool_)
    outside[group] = False
    nearest = members._nearest(found, group, outside)
    chance = members._ranked(checked[group], checked[nearest])
    assert (chance <= members.FALSE_SHARE).all()


def test_the_nearest_in_time_are_those_of_all_ties_worked_out() -> None:
    """A tie that is large at most may be small; only as many are worked out as could be among the strongest."""
    rng = np.random.default_rng(3)
    ties = np.round(rng.gamma(1.0, 2.0, 3_000), 1)
    group, outside = np.arange(0, 3_000, 100), np.ones(3_000, np.bool_)
    outside[group] = False
    ties[group] += 12
    asked = []

    def worked_out(accounts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        asked.extend(accounts.tolist())
        return ties[accounts]

    closeness = cast(Any, SimpleNamespace(most=ties * rng.uniform(1, 1.2, 3_000) + 0.1 * (ties > 0), ties=worked_out))
    nearest = members._nearest_in_time(closeness, group, outside)
    np.testing.assert_array_equal(nearest, members._nearest(ties, group, outside))
    assert len(asked) < 1_500


def test_members_are_confirmed_though_their_group_has_others_among_the_outsiders() -> None:
    """Eight of a hundred outsiders are the group's own: no member surpasses them all, and none is like the others."""
    group, crowd = np.linspace(5, 9, 60), np.linspace(0, 3, 92)
    chance = members._ranked(group, np.concatenate((np.linspace(5.2, 9.2, 8), crowd)))
    assert not are_discoveries(chance, members.FALSE_SHARE).any()
    assert are_discoveries(chance, members.FALSE_SHARE / members._wrong_share(chance)).all()


def test_of_a_crowd_that_is_like_its_outsiders_nobody_is_confirmed() -> None:
    rng = np.random.default_rng(2)
    confirmed = 0
    for _ in range(200):
        chance = members._ranked(rng.gamma(2.0, 1.0, 40), rng.gamma(2.0, 1.0, 100))
        confirmed += are_discoveries(chance, members.FALSE_SHARE / members._wrong_share(chance)).any()
    assert confirmed <= 20
