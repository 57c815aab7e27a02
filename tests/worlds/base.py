"""What an independent world is: acts of a simulated platform with a known truth, written without sight of any detector.

A world is made by a mechanism (a function of a seed) and comes in two kinds: organic (nobody is paid; whoever is named
is an innocent) and farm (the members of ``farms`` were hired). Six generators by six authors hold them:
``session_feed`` (people open sessions and act on what a feed shows), ``agents`` (agents with schedules, follows,
notifications and a recommender), ``precincts`` (posts whose reach spreads over channels, in communities of a place),
``wards`` (people with tastes and hours meet at pages and occasions; its author saw the format only), ``bazaar`` (a
town where attention is given, called for and sold; by a fifth author, who saw the format only) and ``hustings`` (small
places and large networks in an election season, and the trade that serves it; by a sixth author, who saw the format
only).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import polars as pl

__all__ = ["EPOCH", "Mechanism", "World", "frames"]

EPOCH = datetime(2024, 5, 6, tzinfo=UTC)
"""Second 0 of every world: a Monday."""

ACTIONS = pl.Schema(
    {
        "account_id": pl.String,
        "action": pl.String,  # post, repost, quote, reply, like, follow, rate, comment, view, join
        "object_id": pl.String,
        "object_kind": pl.String,  # post, url, domain, hashtag, text, media, account, page, place
        "acted_at": pl.Float64,  # seconds since EPOCH; null where the export holds no time
        "acted_after": pl.Float64,  # where set, the act lies in (acted_after, acted_at]; else null
        "time_precision": pl.String,  # s, min, day
        "post_id": pl.String,  # the post that carried the trace, or null
        "source_event": pl.String,  # the one act of a person; all traces of one post share it
        "text": pl.String,
        "client": pl.String,
    }
)
POSTS = pl.Schema({"post_id": pl.String, "account_id": pl.String, "published_at": pl.Float64, "followers": pl.Int64})


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A data set with its truth.

    Attributes:
        actions: columns of ``ACTIONS``; rows in any order.
        posts: columns of ``POSTS``: the publications that the export holds (may be empty).
        farms: the hired accounts, one set for each farm; empty for an organic world.
    """

    actions: pl.DataFrame
    posts: pl.DataFrame
    farms: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A recipe for worlds.

    Attributes:
        name: unique within its generator, snake_case.
        kind: organic or farm.
        story: in one sentence, what people do and why, as a person who knows platforms would tell it.
        make: a pure function of the seed.
        is_contested: whether honest people may disagree that the accounts are innocent (fans called in a chat,
            undeclared feeds, party staff); listed apart.
    """

    name: str
    kind: Literal["organic", "farm"]
    story: str
    make: Callable[[int], World]
    is_contested: bool = False


def frames(
    actions: Iterable[tuple[object, ...]], posts: Iterable[tuple[object, ...]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows in the order of ``ACTIONS`` and ``POSTS`` as frames."""
    return (
        pl.DataFrame(list(actions), schema=ACTIONS, orient="row"),
        pl.DataFrame(list(posts), schema=POSTS, orient="row"),
    )
