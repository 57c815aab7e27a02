"""Simulated pages: organic ones of several heavy-tailed shapes, and ones whose reactions were bought.

None of them is made by the detector's own model: popularity is log-normal, Pareto or a branching spread, and the parts
of engagement follow it with elasticities and noise of their own.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics import schema
from forensics.dataset import Dataset

Numbers = NDArray[np.float64]

FIRST = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
FIRST_DAY = int(FIRST.timestamp()) // 86_400
SHAPES = ("lognormal", "pareto", "spread", "steady")


def organic(rng: np.random.Generator, n_posts: int, shape: str) -> dict[str, NDArray[np.int64]]:
    """Return the counts of one organic page's posts.

    Args:
        rng: the generator.
        n_posts: how many.
        shape: ``lognormal`` popularity of spread 0.5 to 1.2, ``pareto`` with an exponent of 1.3 to 2.5, ``spread``: a
            cascade of shares that brings reactions, ``steady``: little more than counting noise.
    """
    followers = np.round(np.exp(rng.uniform(9.5, 13.5)) * np.exp(np.cumsum(np.abs(rng.normal(0, 0.002, size=n_posts)))))
    base = followers * 0.1 * np.exp(rng.uniform(-5, -2.5))
    spread = {"lognormal": rng.uniform(0.5, 1.2), "pareto": 0.3, "spread": 0.5, "steady": 0.12}[shape]
    level = np.exp(rng.normal(0, spread, size=n_posts))
    if shape == "pareto":
        level *= 1 + rng.pareto(rng.uniform(1.3, 2.5), size=n_posts)
    share_rate, comment_rate = np.exp(rng.uniform(-3.5, -1.2, size=2))
    noise = rng.uniform(0.1, 0.45)
    shares = base * share_rate * level ** rng.uniform(0.9, 1.3) * np.exp(rng.normal(0, noise, size=n_posts))
    if shape == "spread":
        viral = rng.random(n_posts) < 0.05
        shares = shares * np.where(viral, 1 + 5 * rng.pareto(1.2, size=n_posts), 1.0)
        level = level * (1 + 0.6 * (shares / (base * share_rate * level) - 1).clip(0))
    reactions = base * level * np.exp(rng.normal(0, noise / 2, size=n_posts))
    comments = base * comment_rate * level ** rng.uniform(0.8, 1.15) * np.exp(rng.normal(0, noise, size=n_posts))
    return {
        "followers": followers.astype(np.int64),
        **{
            name: rng.poisson(np.minimum(mean, 1e9))
            for name, mean in (("likes", reactions), ("comments", comments), ("shares", shares))
        },
    }


def dataset(pages: dict[str, dict[str, NDArray[np.int64]]]) -> Dataset:
    """Return pages as posts."""
    frames = []
    for name, counts in pages.items():
        n = counts["likes"].size
        frames.append(
            pl.DataFrame(
                {
                    "post_id": [f"{name}-{i:04d}" for i in range(n)],
                    "account_id": [name] * n,
                    "published_at": [FIRST + dt.timedelta(hours=7 * i) for i in range(n)],
                    **counts,
                }
            )
        )
    whole = pl.concat(frames).with_columns(
        pl.col("published_at").cast(schema.TIME), source_id=pl.lit("s1"), source_row=pl.int_range(1, pl.len() + 1)
    )
    return Dataset(posts=schema.conform(whole, schema.POSTS))


def steady_growth(rng: np.random.Generator, n_days: int) -> NDArray[np.int64]:
    """Return followers by day that grow at a steady pace with heavy-tailed days, shape (days,)."""
    pace, spread = np.exp(rng.uniform(-8, -5.5)), rng.uniform(0.3, 1.2)
    steps = pace * (1 + spread * rng.standard_t(4, size=n_days))
    return np.round(np.exp(rng.uniform(7, 13)) * np.exp(np.cumsum(steps))).astype(np.int64)


def captures(followers: NDArray[np.int64]) -> Dataset:
    """Return one account seen once a day."""
    frame = pl.DataFrame(
        {
            "account_id": ["a"] * followers.size,
            "captured_at": [FIRST + dt.timedelta(days=i, hours=12) for i in range(followers.size)],
            "followers": followers,
        }
    ).with_columns(
        pl.col("captured_at").cast(schema.TIME), source_id=pl.lit("s1"), source_row=pl.int_range(1, pl.len() + 1)
    )
    return Dataset(accounts=schema.conform(frame, schema.ACCOUNTS))
