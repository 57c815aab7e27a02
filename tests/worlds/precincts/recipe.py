"""The measures of a town, and what its publishers put into the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Publication", "Recipe"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The measures of a town.

    Attributes:
        accounts: people and pages.
        acts: about how many acts ordinary life makes.
        days: the span of the data.
        publishers: accounts whose posts have an audience.
        posts: publications of ordinary life.
        channels: by which ways posts reach people, as shares.
        deeds: what people do with a post, as shares.
        regions: language, hours ahead of UTC and share of the people.
        camps: political camps; people of no camp come on top.
        tail: the spread of activity (sigma of a lognormal).
        tv_nights: evenings with a political programme on television.
        offset: hours by which the country is ahead of UTC.
    """

    accounts: int = 3000
    acts: int = 25_000
    days: int = 14
    publishers: int = 220
    posts: int = 1400
    channels: Mapping[str, float] = field(
        default_factory=lambda: {
            "ranking": 0.36, "subscription": 0.25, "chat": 0.12, "trend": 0.07, "newsletter": 0.05, "push": 0.06,
            "embed": 0.04, "tv": 0.05,
        },
    )  # fmt: skip
    deeds: Mapping[str, float] = field(
        default_factory=lambda: {
            "like": 0.68,
            "repost": 0.11,
            "comment": 0.11,
            "share": 0.04,
            "quote": 0.02,
            "follow": 0.04,
        }
    )
    regions: Sequence[tuple[str, float, float]] = (("en", 2.0, 0.9), ("de", 2.0, 0.06), ("es", -4.0, 0.04))
    camps: int = 3
    tail: float = 1.25
    tv_nights: int = 2

    @property
    def offset(self) -> float:
        """Hours by which the main region is ahead of UTC."""
        return self.regions[0][1]


@dataclass(slots=True)
class Publication:
    """A post that others can react to."""

    post_id: str
    author: int
    at: float
    quality: float
    url: str | None
    domain: str | None
    tags: tuple[str, ...]
    media: str | None
