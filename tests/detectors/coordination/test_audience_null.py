from __future__ import annotations

import numpy as np

from forensics.detectors.coordination.audience_null import distances
from forensics.detectors.coordination.measurement import LogRatio


def test_a_group_is_held_against_audiences_of_its_size() -> None:
    rng = np.random.default_rng(1)
    values = [1.0, 1.0, *rng.normal(0.0, 1.5, 60), *rng.normal(0.0, 0.1, 60)]
    sizes = np.array([5.0, 60.0, *[5.0] * 60, *[60.0] * 60])
    measured = [LogRatio(value, 0.01, 20.0, 10.0) for value in values]
    small, large = distances(measured, sizes, np.eye(len(values)), 2, np.ones(len(values), np.bool_))
    assert small is not None
    assert large is not None
    assert small.z < 1.5  # small circles vary by far more than a factor of two
    assert large.z > 4.0


def test_where_few_audiences_are_as_large_all_serve() -> None:
    rng = np.random.default_rng(1)
    measured = [LogRatio(value, 0.01, 20.0, 10.0) for value in (1.0, *rng.normal(0.0, 0.3, 60))]
    (far,) = distances(measured, np.array([300.0] + [5.0] * 60), np.eye(61), 1, np.ones(61, np.bool_))
    assert far is not None
    assert far.n_audiences == 60


def test_a_group_leads_by_no_more_than_it_stands_out() -> None:
    """At a window where one audience alone is ever close, and that far less than by chance."""
    measured = [LogRatio(1.6, 0.25, 5.0, 1.0), LogRatio(-3.0, 0.9, 1.0, 20.0)]
    (far,) = distances(measured, np.array([40.0, 40.0]), np.eye(2), 1, np.ones(2, np.bool_))
    assert far is not None
    assert far.n_audiences == 1
    assert far.z < 2.0
    assert far.lead == far.z
