"""The objects of Twitter's API v2, as far as they are read, and what a page includes beside its tweets.

Source: https://developer.x.com/en/docs/twitter-api/data-dictionary (2023).
"""

from __future__ import annotations

import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import msgspec

from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.spool import TemporaryFolder, no_room


class Url(msgspec.Struct, gc=False):
    url: str | None = None
    expanded_url: str | None = None
    unwound_url: str | None = None


class Tag(msgspec.Struct, gc=False):
    tag: str | None = None


class Mention(msgspec.Struct, gc=False):
    id: str | None = None


class Entities(msgspec.Struct):
    """The links, hashtags and mentions in a text."""

    urls: list[Url] = []
    hashtags: list[Tag] = []
    mentions: list[Mention] = []


class UserMetrics(msgspec.Struct, gc=False):
    """An account's counts."""

    followers_count: int | None = None
    following_count: int | None = None
    tweet_count: int | None = None


class User(msgspec.Struct):
    """An account."""

    id: str | None = None
    username: str | None = None
    name: str | None = None
    created_at: str | None = None
    location: str | None = None
    public_metrics: UserMetrics | None = None


class Metrics(msgspec.Struct, gc=False):
    retweet_count: int | None = None
    reply_count: int | None = None
    like_count: int | None = None
    quote_count: int | None = None
    impression_count: int | None = None


class Point(msgspec.Struct):
    coordinates: list[float] | None = None


class Area(msgspec.Struct):
    bbox: list[float] = []


class Place(msgspec.Struct):
    """A place that can be tagged."""

    id: str | None = None
    country_code: str | None = None
    place_type: str | None = None
    geo: Area | None = None


class Geo(Place):
    """Where a tweet is from; flattened ones have the place's own fields here."""

    place_id: str | None = None
    coordinates: Point | None = None


class Media(msgspec.Struct, gc=False):
    """A picture or video."""

    media_key: str | None = None


class Attachments(msgspec.Struct):
    media_keys: list[str | Media] = []


class Note(msgspec.Struct):
    """The whole of a long tweet."""

    text: str | None = None
    entities: Entities | None = None


class Tweet(msgspec.Struct):
    """A tweet, in a page or flattened."""

    id: str | None = None
    author_id: str | None = None
    created_at: str | None = None
    text: str | None = None
    lang: str | None = None
    source: str | None = None
    type: str | None = None
    author: User | None = None
    author_user: User | None = None
    in_reply_to_user_id: str | None = None
    entities: Entities | None = None
    public_metrics: Metrics | None = None
    referenced_tweets: list[Tweet] = []
    attachments: Attachments | None = None
    geo: Geo | None = None
    note: Note | None = msgspec.field(default=None, name="note_tweet")


class Includes(msgspec.Struct):
    users: list[User] = []
    tweets: list[Tweet] = []
    places: list[Place] = []


class Retrieval(msgspec.Struct):
    """When and how twarc fetched a page."""

    retrieved_at: str | None = None


class Page(msgspec.Struct):
    """A response of the API."""

    data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    includes: Includes | None = None
    twarc: Retrieval | None = msgspec.field(default=None, name="__twarc")
    errors: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    meta: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class Included(ABC):
    """The accounts, tweets and places that a page's tweets refer to; what is not there, or cannot be read, is None."""

    @abstractmethod
    def _find(self, kind: str, item_id: str | None) -> Any:  # noqa: ANN401  one of three kinds
        """Return the item of a kind (a key of ``includes``)."""

    def user(self, user_id: str | None) -> User | None:
        """Return an account."""
        found: User | None = self._find("users", user_id)
        return found

    def tweet(self, tweet_id: str | None) -> Tweet | None:
        """Return a tweet."""
        found: Tweet | None = self._find("tweets", tweet_id)
        return found

    def place(self, place_id: str | None) -> Place | None:
        """Return a place."""
        found: Place | None = self._find("places", place_id)
        return found


class IncludedInPage(Included):
    """What one page includes, in memory."""

    def __init__(self, includes: Includes | None) -> None:
        found = includes or Includes()
        self._items = {kind: {item.id: item for item in getattr(found, kind)} for kind in _DECODERS}

    def _find(self, kind: str, item_id: str | None) -> Any:  # noqa: ANN401
        return self._items[kind].get(item_id)


class _Named(msgspec.Struct):
    id: str | None = None


_named = msgspec.json.Decoder(_Named, strict=False)
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(type_, strict=False)
    for kind, type_ in (("users", User), ("tweets", Tweet), ("places", Place))
}


class IncludedOnDisk(Included):
    """What a document too long for memory includes, in a database in a temporary folder."""

    def __init__(self) -> None:
        self._folder = TemporaryFolder()
        self._database = sqlite3.connect(self._folder.path / "included.sqlite", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(
            "CREATE TABLE included (kind TEXT, id TEXT, item BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID"
        )

    def add(self, includes: msgspec.Struct) -> None:
        """Keep what a piece includes; an item that cannot be read is left out, as if it were not there."""
        try:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR REPLACE INTO included VALUES (?, ?, ?)", _rows(includes))
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise no_room(error) from error

    def _find(self, kind: str, item_id: str | None) -> Any:  # noqa: ANN401
        sought = "SELECT item FROM included WHERE kind = ? AND id = ?"
        found = self._database.execute(sought, (kind, item_id)).fetchone()
        with contextlib.suppress(*JSON_ERRORS):
            return _DECODERS[kind].decode(found[0]) if found else None
        return None

    def close(self) -> None:
        """Give up the database; its folder goes with this value."""
        self._database.close()


def _rows(includes: msgspec.Struct) -> Iterator[tuple[str, str | None, bytes]]:
    for kind in _DECODERS:
        for item in getattr(includes, kind):
            with contextlib.suppress(*JSON_ERRORS):
                yield kind, _named.decode(item).id, bytes(item)
