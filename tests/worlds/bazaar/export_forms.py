"""How an export keeps what happened: polled lists, stamps of a crawler, days, no times, two clocks, lists cut short."""

from __future__ import annotations

import numpy as np
import polars as pl
from worlds.base import World
from worlds.bazaar.daily_hours import DAY, HOUR, Floats

__all__ = ["after_outage", "capped", "days_only", "minutes_only", "polled", "stamped", "two_clocks", "without_times"]

LISTED = ("like", "follow", "join", "rate")  # acts that platforms show in lists without times
_IS_LISTED = pl.col("action").is_in(LISTED)


def _replaced(world: World, **columns: pl.Expr | pl.Series) -> World:
    return World(world.actions.with_columns(**columns), world.posts, world.farms)


def days_only(world: World) -> World:
    """Keep the day of each act and post, as archives of pages do."""
    return _rounded(world, DAY, "day")


def minutes_only(world: World) -> World:
    """Keep the minute of each act and post, as most exports of comments do."""
    return _rounded(world, 60.0, "min")


def _rounded(world: World, unit_s: float, precision: str) -> World:
    acts = _replaced(world, acted_at=pl.col("acted_at") // unit_s * unit_s, time_precision=pl.lit(precision)).actions
    return World(acts, world.posts.with_columns(pl.col("published_at") // unit_s * unit_s), world.farms)


def without_times(world: World) -> World:
    """Keep what was published with its time, and the lists beneath it without."""
    is_own = pl.col("action") == "post"
    return _replaced(
        world, acted_at=pl.when(is_own).then("acted_at"), time_precision=pl.when(is_own).then("time_precision")
    )


def _rounds(world: World, rng: np.random.Generator, every_s: float) -> tuple[Floats, Floats]:
    """Return the round of a crawler that found each act, and the round before it."""
    end = float(np.nan_to_num(world.actions["acted_at"].to_numpy()).max()) + 2 * every_s
    rounds = np.cumsum(rng.normal(every_s, every_s * 0.02, int(end / every_s) + 3)) - every_s  # queues are not clocks
    rounds = np.sort(np.delete(rounds, rng.choice(len(rounds), len(rounds) // 40, replace=False)))  # some rounds fail
    place = np.searchsorted(rounds, world.actions["acted_at"].to_numpy(), side="left")
    place = np.minimum(place, len(rounds) - 1)
    return np.round(rounds[place]), np.round(rounds[np.maximum(place - 1, 0)])


def polled(world: World, rng: np.random.Generator, every_s: float = HOUR) -> World:
    """Date what stands in lists to the round of a crawler, with the round before it."""
    found, before = _rounds(world, rng, every_s)
    first = pl.Series(np.where(before < found, before, found - every_s))
    return _replaced(
        world,
        acted_at=pl.when(_IS_LISTED).then(pl.Series(found)).otherwise("acted_at"),
        acted_after=pl.when(_IS_LISTED).then(first),
    )


def stamped(world: World, rng: np.random.Generator, every_s: float = 6 * HOUR) -> World:
    """Date what stands in lists to the second at which a crawler wrote it down; the export does not say so."""
    found, _ = _rounds(world, rng, every_s)
    written = found + np.floor(rng.uniform(0, 240, len(found)))  # a round takes some minutes
    return _replaced(world, acted_at=pl.when(_IS_LISTED).then(pl.Series(written)).otherwise("acted_at"))


def two_clocks(world: World, ahead_s: float) -> World:
    """Join two sources, of which the one of comments and replies runs ahead."""
    is_late = pl.col("action").is_in(["comment", "reply"])
    return _replaced(world, acted_at=pl.col("acted_at") + pl.when(is_late).then(ahead_s).otherwise(0.0))


def capped(world: World, most: int) -> World:
    """Keep the newest so many likes of each post, as lists that are scrolled to the end of patience."""
    newest = pl.col("acted_at").rank("ordinal", descending=True).over("object_id", "action")
    return World(world.actions.filter((pl.col("action") != "like") | (newest <= most)), world.posts, world.farms)


def after_outage(world: World, rng: np.random.Generator, start: float, end: float) -> World:
    """Move what fell into an outage to the hours after it; half of it is never made up for."""
    acts, posts = world.actions, world.posts
    out = posts.filter((pl.col("published_at") >= start) & (pl.col("published_at") < end))["post_id"].to_list()
    late = pl.Series(np.floor(end + rng.exponential(50 * 60, acts.height)))
    fell = (pl.col("acted_at") >= start) & (pl.col("acted_at") < end)
    lost = pl.col("object_id").is_in(out) | pl.col("post_id").is_in(out).fill_null(value=False)
    lost |= fell & pl.Series(rng.random(acts.height) < 0.5)
    acts = acts.with_columns(acted_at=pl.when(fell).then(late).otherwise("acted_at"), _lost=lost)
    return World(acts.filter(~pl.col("_lost")).drop("_lost"), posts.filter(~pl.col("post_id").is_in(out)), world.farms)
