"""Every mechanism of the wards makes a world that is valid, the same at each call, and large enough to be one."""

from __future__ import annotations

import polars as pl
import pytest
from worlds import wards
from worlds.base import Mechanism
from worlds.validity import assert_the_same_twice, assert_valid

SMALL = {"small_data"}


@pytest.mark.parametrize("mechanism", wards.MECHANISMS, ids=lambda one: one.name)
def test_a_world_is_valid_and_the_same_twice(mechanism: Mechanism) -> None:
    world = assert_the_same_twice(mechanism)
    assert_valid(mechanism, world)
    assert world.actions.height > (1_000 if mechanism.name in SMALL else 9_000)


@pytest.mark.parametrize("name", ["ordinary_talk", "hourly_poll", "outage", "camouflaged", "puppets_in_turns"])
def test_nobody_answers_a_post_before_it_is_out(name: str) -> None:
    world = next(one for one in wards.MECHANISMS if one.name == name).make(2)
    published = world.posts.select(pl.col("post_id").alias("object_id"), "published_at")
    answers = world.actions.join(published, on="object_id")
    assert answers.height > 1_000
    assert (answers["acted_at"] >= answers["published_at"]).all()
    polled = answers.filter(pl.col("acted_after").is_not_null())
    assert (polled["acted_after"] < polled["acted_at"]).all()
    assert polled.is_empty() == (name != "hourly_poll")
