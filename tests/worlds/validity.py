"""What holds of every world, whoever wrote it; asserted by the tests of each generator."""

from __future__ import annotations

import polars as pl
from worlds.base import ACTIONS, POSTS, Mechanism, World


def assert_valid(mechanism: Mechanism, world: World) -> None:
    """Assert that a world has the columns of its kind, and hired accounts that act where its mechanism hires any."""
    acts, posts = world.actions, world.posts
    assert acts.schema == ACTIONS
    assert posts.schema == POSTS
    assert posts["post_id"].is_unique().all()
    accounts = set(acts["account_id"].to_list())
    assert bool(world.farms) == (mechanism.kind == "farm")
    assert all(farm and farm <= accounts for farm in world.farms)


def assert_realistic_size(world: World) -> None:
    """Assert that a world has about as many acts and accounts as a newsroom's export of an election."""
    assert 12_000 < world.actions["source_event"].n_unique() < 45_000
    assert 1_500 < world.actions["account_id"].n_unique() < 4_000


def assert_the_same_twice(mechanism: Mechanism) -> World:
    """Assert that a mechanism makes one world of one seed, and return it."""
    world, again = mechanism.make(1), mechanism.make(1)
    assert world.actions.equals(again.actions)
    assert world.posts.equals(again.posts)
    assert world.farms == again.farms
    return world


def answers_too_early(world: World) -> pl.DataFrame:
    """Return the answers to a post that come before it is published."""
    published = world.posts.select(pl.col("post_id").alias("object_id"), "published_at")
    answers = world.actions.filter(pl.col("action") != "post").join(published, on="object_id")
    return answers.filter(pl.col("acted_at") < pl.col("published_at"))
