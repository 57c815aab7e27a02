"""Every mechanism of the bazaar makes a world that is valid and of a realistic size, the same at each call."""

from __future__ import annotations

import polars as pl
import pytest
from worlds import bazaar
from worlds.base import ACTIONS, POSTS, Mechanism

COARSE = {"diary_days", "dated_days_farm", "minute_marks", "minute_farm"}


@pytest.mark.parametrize("mechanism", bazaar.MECHANISMS, ids=lambda one: one.name)
def test_a_world_is_valid(mechanism: Mechanism) -> None:
    world = mechanism.make(1)
    acts, posts = world.actions, world.posts
    assert acts.schema == ACTIONS
    assert posts.schema == POSTS
    assert posts["post_id"].is_unique().all()
    assert 12_000 < acts["source_event"].n_unique() < 45_000
    assert 1_500 < acts["account_id"].n_unique() < 4_000
    accounts = set(acts["account_id"].to_list())
    assert bool(world.farms) == (mechanism.kind == "farm")
    assert all(farm and farm <= accounts for farm in world.farms)
    published = posts.select(pl.col("post_id").alias("object_id"), "published_at")
    answers = acts.filter(pl.col("action") != "post").join(published, on="object_id")
    assert answers.filter(pl.col("acted_at") < pl.col("published_at")).is_empty() or mechanism.name in COARSE


@pytest.mark.parametrize("mechanism", bazaar.MECHANISMS[::8], ids=lambda one: one.name)
def test_a_world_is_the_same_twice(mechanism: Mechanism) -> None:
    world, again = mechanism.make(1), mechanism.make(1)
    assert world.actions.equals(again.actions)
    assert world.posts.equals(again.posts)
    assert world.farms == again.farms


@pytest.mark.parametrize("kind", ["organic", "farm"])
def test_no_two_have_a_name(kind: str) -> None:
    names = [one.name for one in bazaar.MECHANISMS if one.kind == kind]
    assert len(names) == len(dict.fromkeys(names)) > 20


def test_a_polled_list_holds_the_round_before() -> None:
    world = next(one for one in bazaar.MECHANISMS if one.name == "polled_farm").make(2)
    likes = world.actions.filter(pl.col("action") == "like")
    assert (likes["acted_after"] < likes["acted_at"]).all()
    assert likes["acted_at"].n_unique() < likes.height / 4
