"""How sure a group is: by how it was confirmed and against whom; its size plays no part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from detectors.coordination.made_search import CLOSE, GROUP

from forensics.detectors.coordination.evidence.confidence import clearest, confidence


def test_a_group_far_out_and_confirmed_every_way_is_sure_whatever_its_size() -> None:
    assert confidence(GROUP) == "high"
    assert confidence(replace(GROUP, core=GROUP.core[:3])) == "high"
    assert confidence(replace(GROUP, core=tuple(f"a{n}" for n in range(500)))) == "high"


@pytest.mark.parametrize(
    ("change", "n_confirmed", "error_rate", "strength"),
    [
        ({}, 5, 0.03, "high"),
        ({}, 5, 0.031, "moderate"),
        ({}, 4, 0.03, "moderate"),
        ({}, 4, 0.031, "low"),
        ({"n_audiences": 20}, 6, 0.03, "high"),
        ({"n_audiences": 19}, 6, 0.03, "moderate"),
        ({"largest": 20.0}, 6, 0.03, "high"),
        ({"largest": 20.1}, 6, 0.03, "moderate"),
        ({"n_alike": 1}, 6, 0.03, "moderate"),
        ({"typical": 2.3}, 6, 0.03, "moderate"),
    ],
)
def test_each_criterion_counts(change: dict[str, float], n_confirmed: int, error_rate: float, strength: str) -> None:
    group = replace(GROUP, n_confirmed=n_confirmed, error_rate=error_rate, measures=(replace(CLOSE, **change),))
    assert confidence(group) == strength


def test_the_measure_that_counts_is_the_first_that_no_other_audience_reaches() -> None:
    behind = replace(CLOSE, ratio=3.0)
    assert clearest(replace(GROUP, measures=(behind, CLOSE))) == CLOSE
    assert clearest(replace(GROUP, measures=(behind, behind))) == behind
