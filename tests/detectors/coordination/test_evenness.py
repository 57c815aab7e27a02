"""Evenness: members who share the work alike, and answer as late."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from forensics.coaction.dense_acts import DenseActs
from forensics.detectors.coordination.evidence.evenness import evenness
from tests.detectors.coordination.made_acts import made_acts


def dated(delays: list[list[float]]) -> DenseActs:
    """Acts of as many accounts on as many posts as there are rows and columns, so many seconds after each post."""
    seconds = np.array(delays)
    acts = made_acts({post: range(len(seconds)) for post in range(seconds.shape[1])})
    return dataclasses.replace(acts, times=seconds.T.ravel(), steps=np.ones(seconds.size))


def test_the_example_of_the_docstring() -> None:
    members = np.arange(3)
    assert evenness(made_acts({0: range(3), 1: range(3)}), members).pairs == 0.0
    assert evenness(made_acts({0: range(3), 1: range(2)}), members).pairs == pytest.approx(0.177, abs=0.001)


def test_who_met_nobody_and_acts_without_times_say_nothing() -> None:
    alone = evenness(made_acts({0: range(1), 1: range(1, 2)}), np.arange(2))
    assert np.isnan([alone.pairs, alone.delays]).all()


def test_delays_are_compared_between_members_and_not_within_them() -> None:
    alike = evenness(dated([[10.0, 1000.0], [1000.0, 10.0], [10.0, 1000.0]]), np.arange(3))
    assert alike.delays == 0.0
    apart = evenness(dated([[10.0, 10.0], [100.0, 100.0], [1000.0, 1000.0]]), np.arange(3))
    assert apart.delays == pytest.approx(np.log(110 / 20))


def test_what_one_member_does_alone_is_no_work_of_the_group() -> None:
    acts = dated([[10.0, 10.0]] * 5)
    alone = dataclasses.replace(
        acts,
        object_ids=acts.object_ids.append(made_acts({0: range(1)}).object_ids.head(1)),
        accounts=np.append(acts.accounts, 0),
        objects=np.append(acts.objects, 2),
        times=np.append(acts.times, 1e6),
        steps=np.append(acts.steps, 1.0),
        appeared=np.zeros(3),
    )
    assert evenness(alone, np.arange(5)) == evenness(acts, np.arange(5))
