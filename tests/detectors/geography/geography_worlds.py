"""Small worlds with known audiences, for the tests of geography, scan and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from forensics import schema
from forensics.dataset import Dataset

START = datetime(2024, 9, 2, tzinfo=UTC)
PLACES = {
    "DE": ["Berlin", "Hamburg, Deutschland", "München", "Köln, NRW", "Leipzig", "Stuttgart", "Hessen"],
    "BR": ["São Paulo, Brasil", "Rio de Janeiro"],
    "PH": ["Manila, Philippines", "Quezon City"],
    "US": ["Chicago, IL", "Texas"],
}


def audiences(
    seed: int,
    *,
    n_pages: int = 24,
    n_people: int = 300,
    abroad: float = 0.05,
    unlike: float = 60.0,
    camp_abroad: float | None = None,
    bought: float = 0.0,
    bought_in: Sequence[str] = PLACES["PH"],
    days: int = 20,
) -> Dataset:
    """Return likes of one camp's posts and of reference pages, by accounts that state German or other places.

    Args:
        abroad: mean share abroad of a page's audience; pages differ by a beta distribution of ``unlike``.
        camp_abroad: the camp's own organic share abroad; drawn like a page's by default.
        bought: share of the camp's audience bought abroad, within two days.
        bought_in: the places that these accounts state, in turn.
    """
    rng = np.random.default_rng(seed)
    acts, accounts = [], []
    for page in range(n_pages + 1):
        share = float(rng.beta(abroad * unlike, (1 - abroad) * unlike))
        share = camp_abroad if page == 0 and camp_abroad is not None else share
        towns = rng.dirichlet(np.full(len(PLACES["DE"]), 8.0))
        for person in range(n_people):
            account = f"p{page:02d}-{person:04d}"
            is_bought = page == 0 and person < bought * n_people
            is_abroad = not is_bought and rng.random() < share
            country = "PH" if is_bought else ("BR", "US", "PH")[rng.integers(3)] if is_abroad else "DE"
            town = int(rng.choice(len(towns), p=towns)) if country == "DE" else int(rng.integers(2))
            hours = float(rng.uniform(10 * 24, 12 * 24) if is_bought else rng.uniform(0, days * 24))
            accounts.append((account, bought_in[person % len(bought_in)] if is_bought else PLACES[country][town]))
            acts.append((account, f"post{page}-{rng.integers(30)}", START + timedelta(hours=hours), page))
    frame = pl.DataFrame(acts, ["account_id", "object_id", "acted_at", "page"], orient="row")
    likes = frame.select(
        "account_id",
        "object_id",
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        acted_at=pl.col("acted_at").cast(schema.TIME),
        time_precision=pl.lit("s"),
        camp=pl.when(pl.col("page") == 0).then(pl.lit("red")),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    posts = frame.select(post_id="object_id", account_id=pl.lit("page") + pl.col("page").cast(pl.String)).unique()
    posts = posts.sort("post_id").with_columns(source_id=pl.lit("s2"), source_row=pl.int_range(1, pl.len() + 1))
    people = pl.DataFrame(accounts, ["account_id", "stated_place"], orient="row").with_columns(
        source_id=pl.lit("s3"), source_row=pl.int_range(1, pl.len() + 1)
    )
    return Dataset(
        actions=schema.conform(likes, schema.ACTIONS),
        accounts=schema.conform(people, schema.ACCOUNTS),
        posts=schema.conform(posts, schema.POSTS),
    )


def day_acts(
    rng: np.random.Generator,
    shares: np.ndarray,
    n_accounts: int,
    n_acts: int,
    offset_s: int,
    concentration: float = 40.0,
    habit_h: float = 1.0,
) -> np.ndarray:
    """Return acts by UTC half hour of people who keep a reference day at an offset, shape (accounts, 48)."""
    counts = np.zeros((n_accounts, 48), np.int64)
    for row in range(n_accounts):
        own = rng.dirichlet(shares * concentration)
        early = rng.normal(0, habit_h) * 2
        local = rng.choice(48, n_acts, p=own) + rng.random(n_acts)
        slots = np.floor((local - offset_s / 1800 - early) % 48).astype(np.int64) % 48
        counts[row] = np.bincount(slots, minlength=48)
    return counts


def acts_at(counts: np.ndarray, place: str, prefix: str) -> Dataset:
    """Return posts at the given half hours, a day each, of accounts that state a place."""
    rows = [
        (f"{prefix}{row:04d}", START + timedelta(days=number, minutes=30 * int(slot) + 7))
        for row, slots in enumerate(counts)
        for number, slot in enumerate(np.repeat(np.arange(48), slots))
    ]
    frame = pl.DataFrame(rows, ["account_id", "acted_at"], orient="row")
    acts = frame.with_columns(
        action=pl.lit("post"),
        acted_at=pl.col("acted_at").cast(schema.TIME),
        time_precision=pl.lit("min"),
        source_id=pl.lit(prefix),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    people = frame.select("account_id").unique().sort("account_id")
    people = people.with_columns(
        stated_place=pl.lit(place), source_id=pl.lit(prefix), source_row=pl.int_range(1, pl.len() + 1)
    )
    return Dataset(actions=schema.conform(acts, schema.ACTIONS), accounts=schema.conform(people, schema.ACCOUNTS))


def together(*parts: Dataset) -> Dataset:
    """Return data sets as one."""
    return Dataset(
        actions=pl.concat([part.actions for part in parts]), accounts=pl.concat([part.accounts for part in parts])
    )
