"""Tweets as Twitter's API v2 gives them: twarc 2's pages, one a line, or flattened tweets, or JSON lists of either.

4CAT's NDJSON holds flattened tweets too, with the account under ``author_user`` and media in full.

A page holds tweets under ``data`` and, under ``includes``, the accounts and the tweets they refer to. What was included
came along outside the query: it is context, not an observation. A page too long for memory is walked through twice. A
retweet's own links stop at 140 characters, so text and links are those of the tweet it repeats. The API writes
milliseconds as 000, so times come from the ids. What a tweet names is looked up in its page, so no declaration of its
own fields says how it is read.

Source: https://developer.x.com/en/docs/twitter-api/data-dictionary (2023); twarc 2, https://twarc-project.readthedocs.io.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts, Post, PostCounts
from forensics.loaders.reading.json.json_documents import REPAIRED, decoded, each, read_json, starts_long
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.reading.json.json_stream import json_values
from forensics.loaders.times.single_times import iso_us
from forensics.loaders.twitter.api_v1 import SMALL_PLACES, box_centre, tweet_time
from forensics.loaders.twitter.api_v2_objects import (
    Entities,
    Geo,
    Included,
    IncludedInPage,
    IncludedOnDisk,
    Media,
    Page,
    Place,
    Retrieval,
    Tweet,
    User,
    UserMetrics,
)
from forensics.loaders.twitter.user_objects import holds_users

_LONG_LISTS = (("data", "users", "tweets", "places"), ("includes",))
_TIMES = (
    "Times are those in the tweets' ids, to the millisecond, or where an id has none the stated ones (created_at), to "
    "the second."
)


class RawIncludes(msgspec.Struct):
    users: list[msgspec.Raw] = []
    tweets: list[msgspec.Raw] = []
    places: list[msgspec.Raw] = []


class Piece(msgspec.Struct):
    """Some of a document that is too long for memory."""

    data: list[msgspec.Raw] = []
    includes: RawIncludes = msgspec.field(default_factory=RawIncludes)
    twarc: Retrieval | None = msgspec.field(default=None, name="__twarc")


_page = msgspec.json.Decoder(Page, strict=False)
_piece = msgspec.json.Decoder(Piece)
_raw = msgspec.json.Decoder(msgspec.Raw)
_raws = msgspec.json.Decoder(list[msgspec.Raw])
_tweet = msgspec.json.Decoder(Tweet, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept pages with ``data`` and tweets' fields, and flattened tweets."""
    keys = set(head.keys)
    if holds_users(head):
        return None
    marks = (b'"author_id"', b'"edit_history_tweet_ids"', b'"conversation_id"')
    if {"id", "author_id", "text"} <= keys:
        return by_fields(0.95, "id", "author_id", "text")
    if "data" in keys and keys & {"includes", "meta", "__twarc"} and any(mark in head.start for mark in marks):
        return by_fields(0.95, "data", "includes", "author_id")
    if set(keys) == {"data"} and sum(mark in head.start for mark in marks) >= 2:
        return by_fields(0.9, "data", "author_id", "conversation_id")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read pages or flattened tweets of API v2.

    Raises:
        InputFileError: the file cannot be read.
    """
    if starts_long(path, options):
        return _read_long(path, options)
    return read_json(path, options, LOADER.name, _raw, _take, times=_TIMES)


def _read_long(path: Path, options: ReadOptions) -> Dataset:
    """Read a page too long for memory in two walks, of which the first gathers what the page includes."""
    included, retrieved = IncludedOnDisk(), None
    for piece in json_values(path, options, *_LONG_LISTS):
        with suppress(*JSON_ERRORS):
            found, _ = decoded(piece.joined(), _piece)
            included.add(found.includes)
            retrieved = (iso_us(found.twarc.retrieved_at) if found.twarc else None) or retrieved

    def take(found: Piece, into: Collector) -> None:
        for tweet in each(found.data, _tweet, into):
            _add(tweet, included, retrieved, into)

    try:
        return read_json(path, options, LOADER.name, _piece, take, within=_LONG_LISTS, times=_TIMES)
    finally:
        included.close()


def _take(raw: msgspec.Raw, into: Collector) -> None:
    page, is_repaired = decoded(bytes(raw), _page)
    into.count(REPAIRED, int(is_repaired))
    if page.data is msgspec.UNSET:
        if page.errors is msgspec.UNSET and page.meta is msgspec.UNSET:
            for tweet in each([raw], _tweet, into):
                _add(tweet, IncludedInPage(None), None, into)
        else:
            into.count("Pages without tweets")
        return
    included = IncludedInPage(page.includes)
    retrieved = iso_us(page.twarc.retrieved_at) if page.twarc else None
    items = _raws.decode(page.data) if bytes(page.data)[:1] == b"[" else [page.data]
    for tweet in each(items, _tweet, into):
        _add(tweet, included, retrieved, into)
    if items:
        into.look(bytes(raw), _page, "page")


def _add(tweet: Tweet, included: Included, retrieved: int | None, into: Collector) -> None:
    """Add a tweet, its account, its counts and the tweets it refers to."""
    related = [(ref.type, included.tweet(ref.id) or ref) for ref in tweet.referenced_tweets]
    author = tweet.author or tweet.author_user or included.user(tweet.author_id)
    if tweet.author_id is None and author is not None:
        tweet.author_id = author.id
    at, precision = tweet_time(tweet.id, iso_us(tweet.created_at), into)
    if not into.post(_post(tweet, author, related, at, precision, included), tweet.created_at):
        return
    if author is not None and author.id:
        into.facts(_facts(author, retrieved or at))
    counts = _counts(tweet, author, related, at, precision)
    if counts is not None:
        counts.captured_at = retrieved
        into.counts(counts)
    for _, other in related:
        writer = other.author or other.author_user or included.user(other.author_id)
        other.author_id = other.author_id or (writer.id if writer else None)
        then, how = tweet_time(other.id, iso_us(other.created_at), into)
        context = _post(other, writer, [(ref.type, ref) for ref in other.referenced_tweets], then, how, included)
        context.is_context = True
        if other.text is not None:
            into.post(context)
        if writer is not None and writer.id:
            into.facts(_facts(writer, retrieved or at))


def _post(
    tweet: Tweet,
    author: User | None,
    related: list[tuple[str | None, Tweet]],
    at: int | None,
    precision: str,
    included: Included,
) -> Post:
    """Return a tweet with its traces, those of the repeated tweet for a retweet."""
    by_type = dict(related)
    quoted, action, target = tweet, "post", None
    for kind, name in (("retweeted", "repost"), ("replied_to", "reply"), ("quoted", "quote")):
        if kind in by_type:
            action, target = name, by_type[kind].id
            quoted = by_type[kind] if kind == "retweeted" and by_type[kind].text else tweet
            break
    entities = (quoted.note.entities if quoted.note else None) or quoted.entities or Entities()
    geo = tweet.geo or Geo()
    place = included.place(geo.place_id) if geo.place_id else None
    latitude, longitude = _where(geo, place)
    mentioned = [mention.id for mention in entities.mentions if mention.id]
    if tweet.in_reply_to_user_id not in (None, *mentioned):
        mentioned.append(tweet.in_reply_to_user_id or "")
    return Post(
        account_id=tweet.author_id,
        acted_at=at,
        time_precision=precision,
        action=action,
        post_id=tweet.id,
        object_id=target,
        text=(quoted.note.text if quoted.note else None) or quoted.text,
        language=tweet.lang,
        client=tweet.source,
        country=geo.country_code or (place.country_code if place else None),
        latitude=latitude,
        longitude=longitude,
        permalink=_permalink(author, tweet.id),
        urls=[url.unwound_url or url.expanded_url or url.url or "" for url in entities.urls],
        hashtags=[tag.tag or "" for tag in entities.hashtags],
        media=[key for key in map(_media_key, quoted.attachments.media_keys if quoted.attachments else []) if key],
        accounts=mentioned,
        places=[geo.place_id] if geo.place_id else [],
    )


def _where(geo: Geo, place: Place | None) -> tuple[float | None, float | None]:
    """Return the latitude and longitude of a tweet: its own, or the middle of a small place that it was tagged with."""
    point = geo.coordinates.coordinates if geo.coordinates else None
    if point is not None and len(point) == 2:
        return point[1], point[0]
    tagged = place or geo
    box = tagged.geo.bbox if tagged.geo else []
    if tagged.place_type not in SMALL_PLACES or len(box) != 4:
        return None, None
    return box_centre([box[:2], box[2:]])


def _counts(
    tweet: Tweet, author: User | None, related: list[tuple[str | None, Tweet]], at: int | None, precision: str
) -> PostCounts | None:
    """Return a tweet's counts; those shown for a retweet are the original's."""
    metrics = tweet.public_metrics
    if metrics is None or not tweet.id or not tweet.author_id or any(kind == "retweeted" for kind, _ in related):
        return None
    followers = author.public_metrics.followers_count if author and author.public_metrics else None
    return PostCounts(
        post_id=tweet.id,
        account_id=tweet.author_id,
        platform="twitter",
        published_at=at,
        time_precision=precision,
        likes=metrics.like_count,
        comments=metrics.reply_count,
        shares=metrics.retweet_count,
        views=metrics.impression_count,
        followers=followers,
        text=tweet.text,
        language=tweet.lang,
        permalink=_permalink(author, tweet.id),
    )


def _permalink(author: User | None, tweet_id: str | None) -> str | None:
    return f"https://twitter.com/{author.username}/status/{tweet_id}" if author and author.username else None


def _media_key(media: str | Media) -> str | None:
    return media if isinstance(media, str) else media.media_key


def _facts(user: User, at: int | None) -> AccountFacts:
    metrics = user.public_metrics or UserMetrics()
    return AccountFacts(
        account_id=user.id or "",
        platform="twitter",
        handle=user.username,
        name=user.name,
        created_at=iso_us(user.created_at),
        captured_at=at,
        followers=metrics.followers_count,
        following=metrics.following_count,
        posts=metrics.tweet_count,
        stated_place=user.location or None,
    )


LOADER = Loader(
    name="twitter-v2",
    title="Twitter API v2",
    text="Pages or flattened tweets as twarc 2 writes them, one a line, or lists of either.",
    sniff=sniff,
    read=read,
)
