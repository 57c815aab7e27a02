"""Each practice leaves in the tables what its dials say."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from forensics.errors import ParameterError
from forensics.simulate import PRACTICES, Election, Plant, World, simulate

SMALL = Election(n_accounts=800, n_acts=12_000, n_communities=4, n_fan_clubs=2, fan_club_size=10)
WORKERS = Plant(n_accounts=20, n_targets=10, window_s=300.0, mimicry=0.0)


def planted(world: World, farm: str = "farm-1") -> pl.DataFrame:
    """Return the acts of a farm's workers."""
    workers = world.truth.filter(pl.col("farm_id") == farm)["account_id"]
    return world.dataset.actions.filter(pl.col("account_id").is_in(workers.implode()))


@pytest.mark.parametrize("practice", PRACTICES)
def test_every_practice_works_its_targets_within_its_window(practice: str) -> None:
    world = simulate(replace(SMALL, plants=(replace(WORKERS, practice=practice),)), 3)
    acts = planted(world).filter(~((pl.col("action") == "post") & (pl.col("object_kind") == "post")))
    acts = acts.filter(pl.col("object_kind") != "text")
    targets = acts.group_by("object_id").agg(
        n=pl.col("account_id").n_unique(), first=pl.col("acted_at").min(), last=pl.col("acted_at").max()
    )
    assert targets["n"].to_list() == [20] * 10
    assert (targets["last"] - targets["first"]).dt.total_seconds().max() <= 300
    assert world.truth["practice"].unique().to_list() == [practice]


@pytest.mark.parametrize(
    ("practice", "action", "kind"),
    [
        ("like_farm", "like", "post"),
        ("comment_farm", "comment", "post"),
        ("follow_farm", "follow", "account"),
        ("rating_farm", "rate", "place"),
        ("content_farm", "post", "url"),
    ],
)
def test_every_practice_has_its_own_layer_and_organic_company_in_it(practice: str, action: str, kind: str) -> None:
    world = simulate(replace(SMALL, plants=(replace(WORKERS, practice=practice),)), 3)
    layer = world.dataset.actions.filter(pl.col("action") == action, pl.col("object_kind") == kind)
    assert planted(world).filter(pl.col("action") == action, pl.col("object_kind") == kind).height >= 200
    assert layer["account_id"].n_unique() > 100


def test_a_comment_farm_says_the_same_or_rewords_it() -> None:
    def texts(paraphrase: float) -> list[int]:
        plant = replace(WORKERS, practice="comment_farm", paraphrase=paraphrase)
        acts = planted(simulate(replace(SMALL, plants=(plant,)), 3)).filter(pl.col("object_kind") == "post")
        return acts.group_by("object_id").agg(pl.col("text").n_unique())["text"].to_list()

    assert texts(0.0) == [1] * 10
    assert min(texts(1.0)) > 10


def test_comments_carry_their_words_and_share_them_as_an_object() -> None:
    comments = simulate(SMALL, 3).dataset.actions.filter(pl.col("action") == "comment")
    assert comments["text"].null_count() == 0
    kinds = comments.group_by("post_id").agg(pl.col("object_kind").cast(pl.String).sort())
    assert {tuple(kind) for kind in kinds["object_kind"]} == {("post",), ("post", "text")}
    stock = comments.filter(pl.col("object_kind") == "text").group_by("object_id").len()
    assert stock["len"].max() > 5  # type: ignore[operator]


def test_shift_workers_work_their_hours_and_rest_on_sunday() -> None:
    plant = replace(WORKERS, n_targets=60, shift_h=(8.0, 17.0), country="PH", claims="FR")
    world = simulate(replace(SMALL, n_acts=60_000, plants=(plant,)), 3)
    acts = planted(world)
    offset = world.dataset.accounts.filter(pl.col("account_id").is_in(acts["account_id"].implode()))
    assert offset["utc_offset_s"].unique().to_list() == [28_800]
    assert offset["stated_country"].unique().to_list() == ["FR"]
    local = acts["acted_at"].dt.offset_by("8h")
    # A shift follows the workers' usual clock, which may lie an hour or so beside the country's.
    assert local.dt.hour().is_between(6, 19).all()
    assert local.dt.weekday().unique().len() <= 6


def test_farms_share_workers() -> None:
    plants = (WORKERS, replace(WORKERS, shared=0.5))
    truth = simulate(replace(SMALL, plants=plants), 3).truth
    assert truth.height == 40
    assert truth["account_id"].n_unique() == 30


def test_bought_accounts_were_registered_together_and_look_alike() -> None:
    plant = replace(WORKERS, registered_within_s=3_600.0, numbered=True)
    world = simulate(replace(SMALL, plants=(plant,)), 3)
    accounts = world.dataset.accounts.filter(pl.col("account_id").is_in(world.truth["account_id"].implode()))
    created = accounts["created_at"]
    assert (created.max() - created.min()).total_seconds() <= 3_600  # type: ignore[operator, union-attr]
    assert accounts["handle"].str.contains(r"^[a-z]{4}\d{8}$").all()
    everybody = world.dataset.accounts["created_at"]
    assert (everybody.max() - everybody.min()).days > 3_000  # type: ignore[operator, union-attr]


def test_a_slow_drip_mostly_sleeps_at_night() -> None:
    plant = Plant(practice="slow_drip", n_accounts=60, n_targets=30, window_s=172_800.0, mimicry=0.0, country="FR")
    acts = planted(simulate(replace(SMALL, plants=(plant,)), 3))
    local = acts["acted_at"].dt.offset_by("2h").dt.hour()
    assert local.is_between(2, 4).mean() < 0.05  # type: ignore[operator]


def test_unknown_countries_and_full_mimicry_are_refused() -> None:
    with pytest.raises(ParameterError, match="no country 'XX'"):
        simulate(replace(SMALL, plants=(replace(WORKERS, country="XX"),)), 1)
    with pytest.raises(ParameterError, match="mimicry"):
        simulate(replace(SMALL, plants=(replace(WORKERS, mimicry=1.0),)), 1)
