"""A campaign of pages: posts and advertisements put together, with the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from forensics.simulate.pages.page_ads import declared_ads
from forensics.simulate.pages.page_dials import PageElection
from forensics.simulate.pages.page_plants import OF_THE_CAMP, Planting, check_page_practices, plant_pages
from forensics.simulate.pages.page_posts import organic_posts
from forensics.simulate.population.made_up_texts import words
from forensics.simulate.random_draws import Ints

_FIRST_PAGE = 100_080_000_000_000
_FIRST_POST = 700_000_000_000_000


@dataclass(frozen=True, slots=True, eq=False)
class PageWorld:
    """A simulated campaign of pages and what is true of it.

    Attributes:
        election: the dials it was made with.
        seed: what it was made from.
        pages: one row for each page: ``page`` (number), ``page_id``, ``name``, ``camp``.
        posts: as from ``organic_posts``, with what was bought, and ``post_id``.
        ads: as from ``declared_ads``.
        truth: one row for each page and plant that serves it alone: ``account_id``, ``farm_id``, ``practice``.
        items: what else was planted upon: ``target`` (a post's id, or a camp), ``farm_id``, ``practice``.
    """

    election: PageElection
    seed: int
    pages: pl.DataFrame
    posts: pl.DataFrame
    ads: pl.DataFrame
    truth: pl.DataFrame
    items: pl.DataFrame


def page_ids(numbers: Ints) -> pl.Series:
    """Return the ids of pages; like a platform's, they say nothing."""
    return pl.Series(_FIRST_PAGE + (numbers * 7_919 + 13) % 99_991).cast(pl.String)


def post_ids(numbers: Ints) -> pl.Series:
    """Return the ids of posts, in the order in which they were written."""
    return pl.Series(_FIRST_POST + numbers).cast(pl.String)


def simulate_pages(election: PageElection, seed: int) -> PageWorld:
    """Make a campaign of pages.

    Args:
        seed: of every random choice, from 0; the same seed gives the same campaign on any machine.

    Raises:
        ParameterError: a plant's practice or camp does not exist.
    """
    check_page_practices(election)
    planting = plant_pages(election, seed, organic_posts(election, seed))
    numbered = planting.posts["time_s"].arg_sort().arg_sort().cast(pl.Int64).to_numpy()
    posts = planting.posts.drop("usual").with_columns(post_id=post_ids(numbered))
    numbers = pl.int_range(len(election.camps) * election.n_pages, eager=True).to_numpy()
    pages = pl.DataFrame(
        {
            "page": numbers,
            "page_id": page_ids(numbers),
            "name": words(numbers + 1_000 * seed, 3).str.to_titlecase(),
            "camp": [camp for camp in election.camps for _ in range(election.n_pages)],
        }
    )
    return PageWorld(
        election=election,
        seed=seed,
        pages=pages,
        posts=posts,
        ads=declared_ads(election, seed),
        truth=_truth(election, planting),
        items=_items(election, planting, posts["post_id"]),
    )


def _farms(election: PageElection) -> list[tuple[str, str]]:
    return [(f"page-farm-{number}", plant.practice) for number, plant in enumerate(election.plants, start=1)]


def _truth(election: PageElection, planting: Planting) -> pl.DataFrame:
    parts = [pl.DataFrame(schema={"account_id": pl.String, "farm_id": pl.String, "practice": pl.String})]
    for (farm, practice), pages in zip(_farms(election), planting.pages, strict=True):
        if practice in OF_THE_CAMP:
            continue
        ids = page_ids(pages).alias("account_id").to_frame()
        parts.append(ids.with_columns(farm_id=pl.lit(farm), practice=pl.lit(practice)))
    return pl.concat(parts).sort("farm_id", "account_id")


def _items(election: PageElection, planting: Planting, posts: pl.Series) -> pl.DataFrame:
    parts = [pl.DataFrame(schema={"target": pl.String, "farm_id": pl.String, "practice": pl.String})]
    for (farm, practice), plant, rows in zip(_farms(election), election.plants, planting.rows, strict=True):
        named = [*posts[rows].to_list(), *([plant.camp] if practice in OF_THE_CAMP else [])]
        items = pl.DataFrame({"target": named}, schema={"target": pl.String})
        parts.append(items.with_columns(farm_id=pl.lit(farm), practice=pl.lit(practice)))
    return pl.concat(parts).sort("farm_id", "target")
