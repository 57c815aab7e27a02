"""The practices that can be planted among pages, and what two of them do to posts.

What the other two do, they do to the declared advertising; see ``forensics.simulate.pages.page_ads``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from forensics.errors import ParameterError
from forensics.simulate.pages.page_dials import PageElection, PagePlant
from forensics.simulate.population.waking_hours import DAY_S
from forensics.simulate.random_draws import Ints, lognormal, order, poisson, stream

_Posts = Callable[[pl.DataFrame, PagePlant, Ints, np.random.Generator], tuple[pl.DataFrame, Ints]]
"""``practice(posts, plant, pages, rng)``: the posts as they are then, and the rows of those that were bought for."""


@dataclass(frozen=True, slots=True, eq=False)
class Planting:
    """The posts after everything was planted, and where.

    Attributes:
        posts: as from ``organic_posts``, with what was bought.
        pages: for each plant the pages it serves.
        rows: for each plant the rows of the posts whose engagement was bought.
    """

    posts: pl.DataFrame
    pages: tuple[Ints, ...]
    rows: tuple[Ints, ...]


def _bought_reactions(
    posts: pl.DataFrame, plant: PagePlant, pages: Ints, rng: np.random.Generator
) -> tuple[pl.DataFrame, Ints]:
    """Buy reactions for some posts; nobody comments on them or shares them more for it."""
    own = [np.flatnonzero(posts["page"].to_numpy() == page) for page in pages]
    rows = np.concatenate([np.sort(rows[order(rng, len(rows))[: plant.n_posts]]) for rows in own])
    usual = posts["usual"].to_numpy()[rows]
    reactions = posts["reactions"].to_numpy().copy()
    reactions[rows] += poisson(rng, plant.size * usual * lognormal(rng, 1.0, 0.2, len(rows)))
    return posts.with_columns(reactions=pl.Series(reactions)), rows


def _bought_followers(
    posts: pl.DataFrame, plant: PagePlant, pages: Ints, rng: np.random.Generator
) -> tuple[pl.DataFrame, Ints]:
    """Buy followers, delivered in the middle of the period between one day and the next; they do nothing further."""
    middle = float(posts["time_s"].to_numpy().max()) * (0.4 + 0.2 * rng.random())
    delivered = np.ceil(middle / DAY_S) * DAY_S
    bought = pl.col("page").is_in(pages.tolist()) & (pl.col("time_s") >= delivered)
    more = (pl.col("followers") * (1.0 + plant.size)).cast(pl.Int64)
    return posts.with_columns(followers=pl.when(bought).then(more).otherwise("followers")), np.zeros(0, np.int64)


def _nothing(
    posts: pl.DataFrame, plant: PagePlant, pages: Ints, rng: np.random.Generator
) -> tuple[pl.DataFrame, Ints]:  # the practice leaves its trace in the advertising
    del plant, pages, rng
    return posts, np.zeros(0, np.int64)


PAGE_PRACTICES: dict[str, _Posts] = {
    "bought_reactions": _bought_reactions,
    "bought_followers": _bought_followers,
    "silent_money": _nothing,
    "shown_abroad": _nothing,
}
OF_THE_CAMP = ("silent_money", "shown_abroad")
"""Practices that concern all pages of a camp."""


def check_page_practices(election: PageElection) -> None:
    """Check that every plant's practice and camp exist.

    Raises:
        ParameterError: one does not.
    """
    for plant in election.plants:
        if plant.practice not in PAGE_PRACTICES:
            known = ", ".join(PAGE_PRACTICES)
            raise ParameterError(
                "There is no practice called '{practice}'. There are: {known}.", practice=plant.practice, known=known
            )
        if plant.camp not in election.camps:
            raise ParameterError(
                "There is no camp '{camp}'. There are: {camps}.", camp=plant.camp, camps=", ".join(election.camps)
            )


def plant_pages(election: PageElection, seed: int, posts: pl.DataFrame) -> Planting:
    """Plant an election's practices into its posts; no page serves two plants where the camp has enough of them."""
    pages: list[Ints] = []
    rows: list[Ints] = []
    taken: set[int] = set()
    for number, plant in enumerate(election.plants):
        rng = stream(seed, "page plant", number)
        first = election.camps.index(plant.camp) * election.n_pages
        own = first + order(rng, election.n_pages)
        if plant.practice not in OF_THE_CAMP:
            own = np.array(sorted(own, key=lambda page: page in taken)[: plant.n_pages], np.int64)
            taken |= set(own.tolist())
        posts, bought = PAGE_PRACTICES[plant.practice](posts, plant, np.sort(own), rng)
        pages.append(np.sort(own))
        rows.append(bought)
    return Planting(posts, tuple(pages), tuple(rows))
