"""What a JSON loader makes of one item: a post with its traces, facts of an account, counts of a post, a payment.

Times are microseconds since 1970 in UTC. A field that the source lacks is None, never 0 or the empty string.
"""

from __future__ import annotations

import msgspec


class Post(msgspec.Struct, kw_only=True, gc=False):
    """A post, or an act done without one; its fields are those of ``schema.ACTIONS``, and its traces."""

    account_id: str | None
    acted_at: int | None
    time_precision: str = "s"
    action: str = "post"
    post_id: str | None = None
    object_id: str | None = None
    object_kind: str | None = None
    text: str | None = None
    language: str | None = None
    client: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    permalink: str | None = None
    is_context: bool | None = None
    urls: list[str] = []
    hashtags: list[str] = []
    media: list[str] = []
    accounts: list[str] = []
    pages: list[str] = []
    places: list[str] = []


class AccountFacts(msgspec.Struct, kw_only=True, gc=False):
    """What an item says of an account; the fields of ``schema.ACCOUNTS``."""

    account_id: str
    platform: str | None
    handle: str | None = None
    name: str | None = None
    created_at: int | None = None
    captured_at: int | None = None
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    stated_place: str | None = None
    stated_country: str | None = None
    platform_country: str | None = None
    platform_country_kind: str | None = None
    utc_offset_s: int | None = None
    language: str | None = None
    is_automated: bool | None = None


class PostCounts(msgspec.Struct, kw_only=True, gc=False):
    """What an item counts of a post; the fields of ``schema.POSTS``."""

    post_id: str
    account_id: str
    platform: str | None
    published_at: int | None = None
    time_precision: str | None = None
    captured_at: int | None = None
    followers: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    views: int | None = None
    reach: int | None = None
    text: str | None = None
    language: str | None = None
    permalink: str | None = None


class Payment(msgspec.Struct, kw_only=True, gc=False):
    """A payment or a part of one; the fields of ``schema.MONEY``."""

    payment_id: str | None = None
    payer: str | None = None
    account_id: str | None = None
    started_at: int | None = None
    ended_at: int | None = None
    amount_low: float | None = None
    amount_high: float | None = None
    currency: str | None = None
    impressions_low: int | None = None
    impressions_high: int | None = None
    region: str | None = None
    share: float | None = None
