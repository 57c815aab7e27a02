"""Every mechanism of the hustings makes a world that is valid and of a realistic size, the same at each call."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from worlds import hustings
from worlds.base import Mechanism
from worlds.validity import answers_too_early, assert_realistic_size, assert_the_same_twice, assert_valid


@pytest.mark.parametrize("mechanism", hustings.MECHANISMS, ids=lambda one: one.name)
def test_a_world_is_valid(mechanism: Mechanism) -> None:
    world = mechanism.make(1)
    assert_valid(mechanism, world)
    assert_realistic_size(world)
    assert answers_too_early(world).is_empty()


@pytest.mark.parametrize("mechanism", hustings.MECHANISMS[::8], ids=lambda one: one.name)
def test_a_world_is_the_same_twice(mechanism: Mechanism) -> None:
    assert_the_same_twice(mechanism)


@pytest.mark.parametrize("mechanism", hustings.MECHANISMS[::8], ids=lambda one: one.name)
def test_another_seed_is_another_world(mechanism: Mechanism) -> None:
    assert not mechanism.make(1).actions.equals(mechanism.make(2).actions)


@pytest.mark.parametrize("kind", ["organic", "farm"])
def test_no_two_have_a_name(kind: str) -> None:
    names = [one.name for one in hustings.MECHANISMS if one.kind == kind]
    assert len(names) == len(dict.fromkeys(names)) > 20


@pytest.mark.parametrize("mechanism", hustings.MECHANISMS, ids=lambda one: one.name)
def test_a_story_is_one_line(mechanism: Mechanism) -> None:
    assert mechanism.story.endswith(".")
    assert "\n" not in mechanism.story


@pytest.mark.parametrize("name", ["commuter_trains", "heavy_superusers", "meme_cascade", "small_villages"])
def test_activity_is_as_unequal_as_in_a_campaign(name: str) -> None:
    """In shares of links and tags during the German campaign of 2021, Gini's coefficient was from 0.42 to 0.62.

    Platforms with likes are more unequal than that.
    """
    acts = next(one for one in hustings.MECHANISMS if one.name == name).make(4).actions
    counts = np.sort(acts.group_by("account_id").agg(pl.col("source_event").n_unique())["source_event"].to_numpy())
    ranks = np.arange(1, len(counts) + 1)
    gini = float(((2 * ranks - len(counts) - 1) * counts).sum() / (len(counts) * counts.sum()))
    assert 0.42 < gini < 0.85
    assert 2 <= np.median(counts) <= 8


def test_an_act_is_of_one_person_at_one_time() -> None:
    acts = next(one for one in hustings.MECHANISMS if one.name == "heavy_superusers").make(3).actions
    events = acts.group_by("source_event").agg(pl.col("account_id", "acted_at", "action").n_unique())
    assert events.drop("source_event").to_numpy().max() == 1


def test_a_polled_list_holds_the_round_before() -> None:
    likes = next(one for one in hustings.MECHANISMS if one.name == "polled_orders").make(2).actions
    likes = likes.filter(pl.col("action") == "like")
    assert (likes["acted_after"] < likes["acted_at"]).all()
    assert likes["acted_at"].n_unique() < likes.height / 4


def test_a_list_without_times_holds_none() -> None:
    world = next(one for one in hustings.MECHANISMS if one.name == "timeless_pages").make(2)
    assert world.actions["acted_at"].is_null().all()
