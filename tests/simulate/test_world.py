"""A simulated world: as large as asked, the same for a seed, and its truth nowhere in its tables."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.errors import ParameterError
from forensics.schema import conform
from forensics.simulate import Election, Plant, World, simulate

SMALL = Election(n_accounts=800, n_acts=12_000, n_communities=4, n_fan_clubs=2, fan_club_size=10)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Election(plants=(Plant(),)), 1)


def digest(world: World) -> str:
    text = "".join(frame.write_csv() for frame in (world.dataset.actions, world.dataset.accounts, world.truth))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_tables_conform(world: World) -> None:
    assert conform(world.dataset.actions, schema.ACTIONS).equals(world.dataset.actions)
    assert conform(world.dataset.accounts, schema.ACCOUNTS).equals(world.dataset.accounts)


def test_the_number_of_acts_is_about_the_one_asked_for() -> None:
    assert simulate(Election(), 2).dataset.actions.height == pytest.approx(200_000, rel=0.15)


def test_one_seed_is_one_world_and_two_are_two() -> None:
    assert digest(simulate(SMALL, 5)) == digest(simulate(SMALL, 5))
    assert digest(simulate(SMALL, 5)) != digest(simulate(SMALL, 6))


FIRST_SIX = ("like_farm", "slow_drip", "comment_farm", "follow_farm", "rating_farm", "content_farm")


@pytest.mark.parametrize(
    ("practices", "expected"),
    [
        (FIRST_SIX, "940c7fafc77bd8a7218f91df88d29995ae759b13f47d6ebe556a8900df0c7b22"),
        (("repost_farm", "batch_farm"), "d97f1753c64d2b1e19456d4b637e9378b938ff59d3169592cb9ecbb3fcb7f36b"),
    ],
    ids=["first six", "later"],
)
def test_a_world_is_the_same_on_any_machine(practices: tuple[str, ...], expected: str) -> None:
    """The hash was taken once; a machine or a release of a library that gives another one breaks reproduction."""
    plants = tuple(Plant(practice, n_accounts=8, n_targets=5) for practice in practices)
    actions = simulate(replace(SMALL, plants=plants), 9).dataset.actions
    columns = ["account_id", "action", "object_id", "acted_at", "post_id", "text"]
    assert hashlib.sha256(actions.select(columns).write_csv().encode()).hexdigest() == expected


def test_a_tiny_world_with_empty_communities_holds_together() -> None:
    world = simulate(Election(n_accounts=30, n_acts=500, n_days=2, n_communities=10), 1)
    assert world.dataset.actions.height > 300


def test_minutes_are_kept_when_minutes_are_asked_for() -> None:
    actions = simulate(replace(SMALL, time_precision="min"), 3).dataset.actions
    assert actions["time_precision"].unique().to_list() == ["min"]
    assert actions["acted_at"].dt.second().max() == 0


def test_likes_and_reposts_happen_once_and_never_before_publication(world: World) -> None:
    actions = world.dataset.actions
    published = actions.filter(pl.col("action") == "post", pl.col("object_kind") == "post")
    assert published["object_id"].is_unique().all()
    upon = actions.filter(pl.col("action").is_in(["like", "repost"]))
    assert not upon.select("account_id", "action", "object_id").is_duplicated().any()
    joined = upon.join(published.select("object_id", born="acted_at", author="account_id"), "object_id", "left")
    assert joined["born"].null_count() == 0
    assert (joined["acted_at"] >= joined["born"]).all()
    assert (joined["account_id"] != joined["author"]).all()


def test_the_acts_of_one_post_are_one_accounts_and_at_one_time(world: World) -> None:
    posts = world.dataset.actions.filter(pl.col("post_id").is_not_null(), pl.col("action") == "post")
    posts = posts.group_by("post_id").agg(
        n=pl.len(), accounts=pl.col("account_id").n_unique(), times=pl.col("acted_at").n_unique()
    )
    assert posts["accounts"].max() == 1
    assert posts["times"].max() == 1
    assert posts["n"].max() == 5  # the post, a link and three hashtags


def test_everybody_who_acts_has_a_profile(world: World) -> None:
    actions, accounts = world.dataset.actions, world.dataset.accounts
    assert set(actions["account_id"]) <= set(accounts["account_id"])
    assert accounts["account_id"].is_unique().all()


def test_the_tables_do_not_tell_who_was_planted(world: World) -> None:
    accounts = world.dataset.accounts.with_columns(
        is_planted=pl.col("account_id").is_in(world.truth["account_id"].implode())
    )
    assert accounts["label"].null_count() == accounts.height
    rank = accounts.sort("account_id").with_row_index("rank").filter("is_planted")["rank"]
    assert abs(rank.mean() / accounts.height - 0.5) < 0.15  # type: ignore[operator]


def test_a_like_farm_does_what_its_dials_say() -> None:
    plant = Plant(n_accounts=30, n_targets=10, window_s=60.0, age_low_s=300.0, age_high_s=3_600.0, mimicry=0.0)
    world = simulate(replace(SMALL, plants=(plant,)), 4)
    actions = world.dataset.actions
    likes = actions.filter(pl.col("account_id").is_in(world.truth["account_id"].implode()))
    assert likes["action"].unique().to_list() == ["like"]
    published = actions.filter(pl.col("action") == "post").select("object_id", born="acted_at")
    targets = (
        likes.join(published, "object_id")
        .group_by("object_id", "born")
        .agg(n=pl.len(), first=pl.col("acted_at").min(), last=pl.col("acted_at").max())
    )
    assert targets["n"].to_list() == [30] * 10
    assert (targets["last"] - targets["first"]).dt.total_seconds().max() <= 60
    ages = (targets["first"] - targets["born"]).dt.total_seconds()
    assert ages.is_between(299, 3_661).all()


def test_mimicry_is_the_share_of_ordinary_acts(world: World) -> None:
    likes = world.dataset.actions.filter(pl.col("account_id").is_in(world.truth["account_id"].implode()))
    acts = likes.filter(pl.col("object_kind") != "post", pl.col("action") == "post").height
    assert acts > 100


def test_attendance_leaves_workers_out() -> None:
    world = simulate(replace(SMALL, plants=(Plant(n_accounts=40, n_targets=25, attendance=0.5, mimicry=0.0),)), 4)
    acts = world.dataset.actions.filter(pl.col("account_id").is_in(world.truth["account_id"].implode()))
    assert acts.height == pytest.approx(500, rel=0.15)


def test_farms_stay_apart_in_the_truth() -> None:
    plants = tuple(Plant(n_accounts=number, n_targets=20) for number in (40, 25, 15))
    truth = simulate(replace(SMALL, plants=plants), 1).truth
    assert truth.group_by("farm_id").len().sort("farm_id")["len"].to_list() == [40, 25, 15]
    assert truth["account_id"].is_unique().all()


def test_people_sleep_by_their_own_clocks() -> None:
    world = simulate(Election(), 1)
    acts = world.dataset.actions.join(
        world.dataset.accounts.select("account_id", "utc_offset_s", "stated_country"), "account_id"
    )
    hour = ((pl.col("acted_at").dt.epoch("s") + pl.col("utc_offset_s")) // 3600) % 24
    for country in ("FR", "CA", "RE"):
        hours = acts.filter(pl.col("stated_country") == country).select(hour)["acted_at"].to_numpy()
        by_hour = np.bincount(hours, minlength=24) / len(hours)
        assert by_hour[2:5].sum() < 0.4 * by_hour[18:21].sum()


def test_a_practice_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ParameterError, match="no practice called 'sorcery'"):
        simulate(replace(SMALL, plants=(Plant(practice="sorcery"),)), 1)
