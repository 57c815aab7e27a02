"""A campaign of pages: read back by the loaders of the real exports, found where planted, quiet where not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.errors import ParameterError
from forensics.findings import Detection
from forensics.loaders import load, merge
from forensics.loaders.loader import ReadOptions
from forensics.progress import quiet
from forensics.simulate.pages import (
    PAGE_PRACTICES,
    PageElection,
    PagePlant,
    PageWorld,
    page_campaign,
    simulate_pages,
    write_exports,
)
from forensics.simulate.random_draws import poisson, stream


def read(world: PageWorld, folder: Path) -> Dataset:
    parts = []
    for number, entry in enumerate(write_exports(world, folder), start=1):
        options = ReadOptions(f"s{number}", settings={"camp": entry.camp})
        parts.append(load(folder / entry.path, None, options))
        assert parts[-1].sources[0].loader == entry.loader
        assert parts[-1].sources[0].rejected.is_empty()
    return merge(parts)


def ask(name: str, dataset: Dataset, **params: object) -> Detection:
    detector = DETECTORS.get(name)
    return detector.run(dataset, detector.params(**params), 1, quiet)


def subjects(detection: Detection, statement: str) -> set[str]:
    return {finding.subject for finding in detection.findings if finding.statement == statement}


@pytest.fixture(scope="module")
def world() -> PageWorld:
    return simulate_pages(page_campaign(), 1)


@pytest.fixture(scope="module")
def dataset(world: PageWorld, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read(world, tmp_path_factory.mktemp("pages"))


def planted(world: PageWorld, practice: str) -> set[str]:
    return set(world.truth.filter(pl.col("practice") == practice)["account_id"])


def test_the_exports_are_read_back_as_they_were_made(world: PageWorld, dataset: Dataset) -> None:
    counts = ("likes", "love", "wow", "haha", "sad", "angry", "care")
    made = world.posts.sort("post_id")
    back = dataset.posts.sort("post_id").with_columns(reactions=pl.sum_horizontal(*counts))
    for name in ("post_id", "camp", "followers", "reactions", "comments", "shares"):
        assert back[name].equals(made[name], check_names=False), name
    assert (back["published_at"].dt.epoch("s") - made["time_s"].cast(pl.Int64)).n_unique() == 1
    assert dataset.money["payment_id"].n_unique() == world.ads.height


def test_what_is_planted_is_found_where_it_is_planted(world: PageWorld, dataset: Dataset) -> None:
    assert subjects(ask("reach", dataset), "reach_beyond") == planted(world, "bought_reactions")
    assert subjects(ask("ratios", dataset), "ratio_odd") == planted(world, "bought_reactions")
    assert subjects(ask("growth", dataset), "growth_jump") == planted(world, "bought_followers")
    assert subjects(ask("money", dataset), "money_apart") == {"violet"}
    assert subjects(ask("geography", dataset, home=("FR",)), "ads_outside") == {"amber"}


def test_where_nothing_is_planted_no_page_is_named(tmp_path: Path) -> None:
    dataset = read(simulate_pages(PageElection(), 1), tmp_path)
    for name in ("reach", "ratios", "growth"):
        assert not ask(name, dataset).findings, name
    assert not ask("geography", dataset, home=("FR",)).findings


def test_the_truth_names_pages_posts_and_camps(world: PageWorld) -> None:
    assert {*world.truth["practice"], *world.items["practice"]} == set(PAGE_PRACTICES)
    camps = world.items.filter(pl.col("target").is_in(["amber", "teal", "violet"]))
    assert camps["practice"].to_list() == ["silent_money", "shown_abroad"]
    bought = world.items.filter(pl.col("practice") == "bought_reactions")["target"]
    pages = world.posts.filter(pl.col("post_id").is_in(bought.implode())).join(world.pages, "page")["page_id"]
    assert len(bought) == 16
    assert set(pages) == planted(world, "bought_reactions")


def test_one_seed_is_one_campaign_and_two_are_two(world: PageWorld) -> None:
    assert simulate_pages(page_campaign(), 1).posts.equals(world.posts)
    assert not simulate_pages(page_campaign(), 2).posts.equals(world.posts)


@pytest.mark.parametrize(("practice", "camp"), [("magic", "teal"), ("bought_reactions", "mauve")])
def test_what_does_not_exist_is_refused(practice: str, camp: str) -> None:
    with pytest.raises(ParameterError, match="There is no"):
        simulate_pages(PageElection(plants=(PagePlant(practice, camp),)), 1)


def test_counts_have_the_mean_and_spread_of_their_law() -> None:
    for mean in (0.3, 4.0, 2_000.0):
        counts = poisson(stream(1, "counts"), np.full(40_000, mean))
        assert counts.min() >= 0
        assert counts.mean() == pytest.approx(mean, rel=0.03)
        assert counts.var() == pytest.approx(mean, rel=0.05)
