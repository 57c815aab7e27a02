from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from forensics.detectors.coordination import members


def test_a_candidate_that_misses_half_of_its_group_is_not_ranked_among_the_other_half() -> None:
    """The farm's members outside the candidate resemble it in both halves; crowds do so in the first alone."""
    found = np.array([*np.linspace(9, 11, 20), *np.linspace(9.6, 11, 20), *np.linspace(0, 3, 160)])
    checked = np.array([*[8.0] * 40, *np.linspace(0, 2, 160)])
    group = np.arange(20)
    outside = np.ones(200, np.bool_)
    outside[group] = False
    check = cast(Any, SimpleNamespace(total=np.ones(200)))
    chance = members._ranked(found, checked, group, outside, check)
    assert (chance <= members.FALSE_SHARE).all()
