"""Accounts as Twitter's API gives them without their tweets: look-ups, followers and friends, of v1.1 and of v2.

They come one a line, as JSON lists, or as pages of v2 with the accounts under ``data``. The tweet that an account has
pinned, or wrote last, comes along in them; it was not asked for and is not read.

Source: https://developer.x.com/en/docs/twitter-api/v1/data-dictionary/object-model/user (2022),
https://developer.x.com/en/docs/twitter-api/data-dictionary/object-model/user (2023).
"""

from __future__ import annotations

from dataclasses import replace

from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import Item, first_of, time_at
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.loader import Confidence, Head, by_fields
from forensics.loaders.reading.json.json_keys import first_keys
from forensics.loaders.times.single_times import iso_us, twitter_us

_TWEET = {"text", "full_text", "author_id", "user", "edit_history_tweet_ids"}
_OF_OTHERS = {"can_dm", "followed_by", "acct", "followersCount"}
"""Keys of accounts of other programs and platforms: Twitter Web Exporter's, Mastodon's, Instagram's from Apify."""

_ACCOUNT = {"public_metrics", "followers_count", "protected", "friends_count", "statuses_count"}
_NAME = ("username", "screen_name")


def holds_users(head: Head) -> bool:
    """Return whether the first object of a file, or of its first page, is an account and no tweet."""
    keys = set(head.keys)
    for holder in (b'"data"', b'"users"'):
        if holder[1:-1].decode() in keys and holder in head.start:
            keys = set(first_keys(head.start[head.start.index(holder) + len(holder) :]))
            break
    is_named = bool({"id", "id_str"} & keys) and bool({"username", "screen_name"} & keys)
    return is_named and bool(keys & _ACCOUNT) and not keys & (_TWEET | _OF_OTHERS)


def _sniff(head: Head) -> Confidence | None:
    """Accept accounts with a name and counts, which no tweet has."""
    return by_fields(0.9, "username") if holds_users(head) else None


def _is_none(item: Item) -> bool:
    return first_of(item, ("id_str", "id")) is None or first_of(item, _NAME) is None


_USER = ItemFormat(
    platform="twitter",
    account=("id_str", "id"),
    facts={
        "handle": _NAME,
        "name": "name",
        "created_at": time_at("created_at", lambda stated: iso_us(stated) or twitter_us(stated)),
        "followers": ("followers_count", "public_metrics.followers_count"),
        "following": ("friends_count", "public_metrics.following_count"),
        "posts": ("statuses_count", "public_metrics.tweet_count"),
        "stated_place": "location",
        "utc_offset_s": "utc_offset",
        "language": "lang",
    },
    rejected=((_is_none, "no account: it has no id or no name"),),
    items=Items(lists=("data", "users")),
    captured=lambda page: iso_us(first_of(page, "__twarc.retrieved_at", str)),
)

LOADER = replace(
    item_loader(
        "twitter-users",
        "Twitter API, accounts",
        "Accounts without tweets, as look-ups and lists of followers give them (API v1.1 and v2).",
        _USER,
    ),
    sniff=_sniff,
)
