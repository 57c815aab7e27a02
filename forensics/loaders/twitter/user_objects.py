"""Accounts as Twitter's API gives them without their tweets: look-ups, followers and friends, of v1.1 and of v2.

They come one a line, as JSON lists, or as pages of v2 with the accounts under ``data``. The tweet that an account has
pinned, or wrote last, comes along in them; it was not asked for and is not read.

Source: https://developer.x.com/en/docs/twitter-api/v1/data-dictionary/object-model/user (2022),
https://developer.x.com/en/docs/twitter-api/data-dictionary/object-model/user (2023).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import REPAIRED, decoded, each, read_json
from forensics.loaders.reading.json.json_keys import first_keys
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts
from forensics.loaders.times.single_times import iso_us, twitter_us

__all__ = ["LOADER", "holds_users"]

_TWEET = {"text", "full_text", "author_id", "user", "edit_history_tweet_ids"}
_OF_OTHERS = {"can_dm", "followed_by", "acct", "followersCount"}
"""Keys of accounts of other programs and platforms: Twitter Web Exporter's, Mastodon's, Instagram's from Apify."""

_ACCOUNT = {"public_metrics", "followers_count", "protected", "verified", "friends_count", "statuses_count"}


class Metrics(msgspec.Struct, gc=False):
    followers_count: int | None = None
    following_count: int | None = None
    tweet_count: int | None = None


class User(msgspec.Struct):
    id: str | int | None = None
    id_str: str | None = None
    username: str | None = None
    screen_name: str | None = None
    name: str | None = None
    location: str | None = None
    created_at: str | None = None
    public_metrics: Metrics = msgspec.field(default_factory=Metrics)
    followers_count: int | None = None
    friends_count: int | None = None
    statuses_count: int | None = None
    utc_offset: int | None = None
    lang: str | None = None


class Retrieval(msgspec.Struct):
    retrieved_at: str | None = None


class Page(msgspec.Struct):
    data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    users: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    twarc: Retrieval | None = msgspec.field(default=None, name="__twarc")


_raw = msgspec.json.Decoder(msgspec.Raw)
_page = msgspec.json.Decoder(Page)
_raws = msgspec.json.Decoder(list[msgspec.Raw])
_user = msgspec.json.Decoder(User, strict=False)


def holds_users(head: Head) -> bool:
    """Return whether the first object of a file, or of its first page, is an account and no tweet."""
    keys = set(head.keys)
    for holder in (b'"data"', b'"users"'):
        if holder[1:-1].decode() in keys and holder in head.start:
            keys = set(first_keys(head.start[head.start.index(holder) + len(holder) :]))
            break
    is_named = bool({"id", "id_str"} & keys) and bool({"username", "screen_name"} & keys)
    return is_named and bool(keys & _ACCOUNT) and not keys & (_TWEET | _OF_OTHERS)


def sniff(head: Head) -> Confidence | None:
    """Accept accounts with a name and counts, which no tweet has."""
    if holds_users(head):
        return by_fields(0.9, "username")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read accounts of Twitter's API.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take)


def _take(raw: msgspec.Raw, into: Collector) -> None:
    page, is_repaired = decoded(bytes(raw), _page)
    into.count(REPAIRED, int(is_repaired))
    held = page.users if page.data is msgspec.UNSET else page.data
    held = raw if held is msgspec.UNSET else held
    users = _raws.decode(held) if bytes(held)[:1] == b"[" else [held]
    retrieved = iso_us(page.twarc.retrieved_at) if page.twarc else None
    for user in each(users, _user, into):
        account_id = user.id_str or user.id
        if not account_id or not (user.username or user.screen_name):
            into.reject("no account: it has no id or no name")
            continue
        counts = user.public_metrics
        into.facts(
            AccountFacts(
                account_id=str(account_id),
                platform="twitter",
                handle=user.username or user.screen_name,
                name=user.name,
                created_at=iso_us(user.created_at) or twitter_us(user.created_at),
                captured_at=retrieved,
                followers=counts.followers_count if user.followers_count is None else user.followers_count,
                following=counts.following_count if user.friends_count is None else user.friends_count,
                posts=counts.tweet_count if user.statuses_count is None else user.statuses_count,
                stated_place=user.location or None,
                utc_offset_s=user.utc_offset,
                language=user.lang,
            )
        )


LOADER = Loader(
    name="twitter-users",
    title="Twitter API, accounts",
    text="Accounts without tweets, as look-ups and lists of followers give them (API v1.1 and v2).",
    sniff=sniff,
    read=read,
)
