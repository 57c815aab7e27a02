"""Every mechanism of the bazaar makes a world that is valid and of a realistic size, the same at each call."""

from __future__ import annotations

import polars as pl
import pytest
from worlds import bazaar
from worlds.base import Mechanism
from worlds.validity import answers_too_early, assert_realistic_size, assert_the_same_twice, assert_valid

COARSE = {"diary_days", "dated_days_farm", "minute_marks", "minute_farm"}


@pytest.mark.parametrize("mechanism", bazaar.MECHANISMS, ids=lambda one: one.name)
def test_a_world_is_valid(mechanism: Mechanism) -> None:
    world = mechanism.make(1)
    assert_valid(mechanism, world)
    assert_realistic_size(world)
    assert answers_too_early(world).is_empty() or mechanism.name in COARSE


@pytest.mark.parametrize("mechanism", bazaar.MECHANISMS[::8], ids=lambda one: one.name)
def test_a_world_is_the_same_twice(mechanism: Mechanism) -> None:
    assert_the_same_twice(mechanism)


@pytest.mark.parametrize("kind", ["organic", "farm"])
def test_no_two_have_a_name(kind: str) -> None:
    names = [one.name for one in bazaar.MECHANISMS if one.kind == kind]
    assert len(names) == len(dict.fromkeys(names)) > 20


def test_a_polled_list_holds_the_round_before() -> None:
    world = next(one for one in bazaar.MECHANISMS if one.name == "polled_farm").make(2)
    likes = world.actions.filter(pl.col("action") == "like")
    assert (likes["acted_after"] < likes["acted_at"]).all()
    assert likes["acted_at"].n_unique() < likes.height / 4
