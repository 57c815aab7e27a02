"""What an export keeps of the times: none, days, minutes, the hours of a crawler, or two clocks; and an outage."""

from __future__ import annotations

import numpy as np
import polars as pl
from worlds.base import World
from worlds.wards.inhabitants import DAY, HOUR

__all__ = ["after_outage", "days_only", "polled", "to_minutes", "two_clocks", "without_times"]


def without_times(world: World, *, with_posts: bool = True) -> World:
    """Return lists of who did what; the posts' own times may be known."""
    acts = world.actions.with_columns(acted_at=pl.lit(None, pl.Float64))
    return World(acts, world.posts if with_posts else world.posts.clear(), world.farms)


def _floored(world: World, step: float, precision: str) -> World:
    acts = world.actions.with_columns(
        acted_at=(pl.col("acted_at") / step).floor() * step, time_precision=pl.lit(precision)
    )
    posts = world.posts.with_columns(published_at=(pl.col("published_at") / step).floor() * step)
    return World(acts, posts, world.farms)


def days_only(world: World) -> World:
    """Return an export that keeps the day of each act."""
    return _floored(world, DAY, "day")


def to_minutes(world: World) -> World:
    """Return an export that keeps the minute of each act."""
    return _floored(world, 60.0, "min")


def polled(world: World, rng: np.random.Generator, every: float = HOUR) -> World:
    """Return what a crawler saw that lists the likes of each post now and then: each like is new in one of its lists.

    The crawler starts at its own minute, is a little late each time and misses a few rounds.
    """
    last = float(world.actions["acted_at"].max() or 0.0)  # type: ignore[arg-type]
    rounds = np.arange(rng.uniform(0, every), last + 3 * every, every)
    rounds = rounds[(rng.random(len(rounds)) > 0.04) | (np.arange(len(rounds)) > len(rounds) - 3)]
    rounds = np.floor(rounds + rng.exponential(40, len(rounds)))
    times = world.actions["acted_at"].to_numpy()
    at = np.searchsorted(rounds, times)
    before = np.where(at > 0, rounds[np.maximum(at - 1, 0)], -every)
    is_like = pl.col("action") == "like"
    acts = world.actions.with_columns(seen=pl.Series(rounds[at]), before=pl.Series(before))
    acts = acts.with_columns(
        acted_at=pl.when(is_like).then("seen").otherwise("acted_at"),
        acted_after=pl.when(is_like).then("before").otherwise(None),
    )
    return World(acts.drop("seen", "before"), world.posts, world.farms)


def two_clocks(world: World, rng: np.random.Generator, hours: float = 2.0) -> World:
    """Return a table put together of two exports, of which one wrote local time: half the accounts are hours ahead."""
    accounts = world.actions["account_id"].unique().sort()
    ahead = accounts.filter(pl.Series(rng.random(len(accounts)) < 0.5)).to_list()
    shift = pl.when(pl.col("account_id").is_in(ahead)).then(hours * HOUR).otherwise(0.0)
    return World(
        world.actions.with_columns(acted_at=pl.col("acted_at") + shift),
        world.posts.with_columns(published_at=pl.col("published_at") + shift),
        world.farms,
    )


def after_outage(world: World, rng: np.random.Generator, start: float, end: float) -> World:
    """Return the world with a platform that was down: most people make up for it soon after, some do not."""
    posts = world.posts
    is_down = pl.col("published_at").is_between(start, end)
    back = pl.Series(np.floor(end + rng.exponential(400, posts.height)))
    posts = posts.with_columns(published_at=pl.when(is_down).then(back).otherwise("published_at"))
    acts = world.actions
    caught_up = pl.Series(np.floor(end + 60 + rng.lognormal(np.log(1500), 1.0, acts.height)))
    shy = pl.Series(rng.random(acts.height) < 0.3)
    lost = pl.col("acted_at").is_between(start, end)
    acts = acts.filter(~(lost & shy & (pl.col("action") != "post")))
    caught_up = caught_up.head(acts.height)
    acts = acts.with_columns(acted_at=pl.when(lost).then(caught_up).otherwise("acted_at"))
    published = posts.select(pl.col("post_id").alias("object_id"), pl.col("published_at").alias("out"))
    own = posts.select("post_id", pl.col("published_at").alias("own"))
    acts = acts.join(published, on="object_id", how="left", maintain_order="left")
    acts = acts.join(own, on="post_id", how="left", maintain_order="left")
    acts = acts.with_columns(
        acted_at=pl.when(pl.col("own").is_not_null())
        .then("own")
        .otherwise(pl.max_horizontal("acted_at", pl.col("out") + 4))
    )
    return World(acts.drop("out", "own"), posts, world.farms)
