"""Tweets as Twitter's API v1.1 gave them, one a line: twarc 1, the streaming API, the Internet Archive's grabs.

Ids are read from the ``*_str`` fields, because the numbers were damaged by many programs. The text is the longest
there is (``full_text``, ``extended_tweet``, ``text``). A retweet's own text and links are cut off, so those of the
tweet it repeats are taken; that tweet itself, and a quoted one, came along as context. Times come from the id, to the
millisecond, where the two agree. A tweet that was tagged with a town or a smaller place is put in its middle. Until May
2018 an account carried its own clock (``utc_offset``), which is kept.
Stream files also hold notices (``delete``, ``limit``, ...): they are counted and rejected. Tweets are decoded into
structs and not by a declaration, which takes twice the time: archives of the stream hold hundreds of millions.

Source: https://developer.x.com/en/docs/twitter-api/v1/data-dictionary (2022).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts, Post, PostCounts
from forensics.loaders.reading.json.json_documents import read_json
from forensics.loaders.times.single_times import snowflake_us, twitter_us
from forensics.messages import message
from forensics.text.html_text import anchor_text

_TIMES = (
    "Times are those in the tweets' ids, to the millisecond, or where an id has none the stated ones (created_at), to "
    "the second."
)

_NOTICES = ("delete", "limit", "scrub_geo", "warning", "status_withheld", "user_withheld", "disconnect")
_AGREE_US = 2_000_000
SMALL_PLACES = ("poi", "neighborhood", "city")
"""Kinds of places whose middle is in the right region; the others are ``admin`` and ``country``."""


class Url(msgspec.Struct, gc=False):
    url: str | None = None
    expanded_url: str | None = None


class Hashtag(msgspec.Struct, gc=False):
    text: str | None = None


class Mention(msgspec.Struct, gc=False):
    id_str: str | None = None


class Media(msgspec.Struct, gc=False):
    media_url_https: str | None = None


class Entities(msgspec.Struct):
    urls: list[Url] = []
    hashtags: list[Hashtag] = []
    user_mentions: list[Mention] = []
    media: list[Media] = []


class Extended(msgspec.Struct):
    full_text: str | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None


class User(msgspec.Struct, gc=False):
    id_str: str | None = None
    screen_name: str | None = None
    name: str | None = None
    location: str | None = None
    created_at: str | None = None
    followers_count: int | None = None
    friends_count: int | None = None
    statuses_count: int | None = None
    utc_offset: int | None = None
    lang: str | None = None


class Point(msgspec.Struct):
    coordinates: list[float] | None = None


class Box(msgspec.Struct):
    coordinates: list[list[list[float]]] = []


class Place(msgspec.Struct):
    id: str | None = None
    country_code: str | None = None
    place_type: str | None = None
    box: Box | None = msgspec.field(default=None, name="bounding_box")


class Tweet(msgspec.Struct):
    id_str: str | None = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    extended_tweet: Extended | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None
    user: User | None = None
    source: str | None = None
    lang: str | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id_str: str | None = None
    quoted_status_id_str: str | None = None
    retweeted_status: Tweet | None = None
    quoted_status: Tweet | None = None
    coordinates: Point | None = None
    geo: Point | None = None
    place: Place | None = None
    favorite_count: int | None = None
    reply_count: int | None = None
    retweet_count: int | None = None


class Line(Tweet):
    delete: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    limit: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    scrub_geo: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    warning: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    status_withheld: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    user_withheld: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    disconnect: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_decoder = msgspec.json.Decoder(Line, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept tweets with ``id_str`` and ``user``, and the notices of a stream."""
    keys = set(head.keys)
    if {"id_str", "user", "created_at"} <= keys and keys & {"text", "full_text"}:
        return by_fields(0.95, "id_str", "user", "created_at")
    if len(keys) == 1 and keys & set(_NOTICES) and b'"id_str"' in head.start:
        return by_fields(0.9, *keys, "id_str")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read tweets of API v1.1.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _decoder, _take, times=_TIMES)


def _take(tweet: Line, into: Collector) -> None:
    into.next_row()
    if tweet.user is None or tweet.id_str is None:
        notice = next((name for name in _NOTICES if getattr(tweet, name) is not msgspec.UNSET), None)
        into.reject(
            message("a notice of the stream ({notice}), no tweet", notice=notice)
            if notice
            else "no tweet: it has no id_str or no user"
        )
        return
    at, precision = tweet_time(tweet.id_str, twitter_us(tweet.created_at), into)
    post = _post(tweet, at, precision)
    if into.post(post, tweet.created_at):
        into.facts(_facts(tweet.user, at))
        if tweet.retweeted_status is None and tweet.user.id_str:
            into.counts(_counts(tweet, post))
        for other in (tweet.retweeted_status, tweet.quoted_status):
            if other is not None:
                then, how = tweet_time(other.id_str, twitter_us(other.created_at), into)
                context = _post(other, then, how)
                context.is_context = True
                into.post(context)


def tweet_time(tweet_id: str | None, stated: int | None, into: Collector) -> tuple[int | None, str]:
    """Return the time of a tweet and its precision: that of its id, unless it contradicts the stated one."""
    exact = snowflake_us(tweet_id)
    if exact is None:
        return stated, "s"
    if stated is not None and not -_AGREE_US <= exact - stated <= _AGREE_US:
        into.count("Stated times more than 2 seconds from those of the tweets' ids (the stated times were kept)")
        return stated, "s"
    return exact, "ms"


def _post(tweet: Tweet, at: int | None, precision: str) -> Post:
    """Return a tweet with its traces, those of the repeated tweet for a retweet."""
    user = tweet.user or User()
    repeated = tweet.retweeted_status
    worded = repeated or tweet
    if repeated is not None:
        action, target = "repost", repeated.id_str
    elif tweet.in_reply_to_status_id_str:
        action, target = "reply", tweet.in_reply_to_status_id_str
    elif tweet.quoted_status_id_str:
        action, target = "quote", tweet.quoted_status_id_str
    else:
        action, target = "post", None
    longer = worded.extended_tweet or Extended()
    entities = longer.entities or worded.entities or Entities()
    pictures = longer.extended_entities or worded.extended_entities or entities
    latitude, longitude = where(tweet.coordinates, tweet.geo, tweet.place)
    mentioned = [mention.id_str for mention in entities.user_mentions if mention.id_str]
    if tweet.in_reply_to_user_id_str not in (None, *mentioned):
        mentioned.append(tweet.in_reply_to_user_id_str or "")
    return Post(
        account_id=user.id_str,
        acted_at=at,
        time_precision=precision,
        action=action,
        post_id=tweet.id_str,
        object_id=target,
        text=longer.full_text or worded.full_text or worded.text,
        language=tweet.lang,
        client=anchor_text(tweet.source),
        country=tweet.place.country_code or None if tweet.place else None,
        latitude=latitude,
        longitude=longitude,
        permalink=f"https://twitter.com/{user.screen_name}/status/{tweet.id_str}" if user.screen_name else None,
        urls=[url.expanded_url or url.url or "" for url in entities.urls],
        hashtags=[tag.text or "" for tag in entities.hashtags],
        media=[item.media_url_https for item in pictures.media if item.media_url_https],
        accounts=mentioned,
        places=[tweet.place.id] if tweet.place and tweet.place.id else [],
    )


def where(point: Point | None, reverse: Point | None, place: Place | None) -> tuple[float | None, float | None]:
    """Return the latitude and longitude of a tweet: its own, or the middle of the place that it was tagged with.

    Args:
        point: longitude and latitude.
        reverse: the same the other way round, as the API wrote it at first.
        place: what was tagged; of a country or a region, whose middle says nothing, none is taken.
    """
    for pair in (point.coordinates if point else None, (reverse.coordinates or [])[::-1] if reverse else None):
        if pair is not None and len(pair) == 2:
            return pair[1], pair[0]
    if place is None or place.place_type not in SMALL_PLACES or place.box is None or not place.box.coordinates:
        return None, None
    corners = [corner for corner in place.box.coordinates[0] if len(corner) == 2]
    return box_centre(corners) if corners else (None, None)


def box_centre(corners: list[list[float]]) -> tuple[float, float]:
    """Return the latitude and longitude in the middle of corners, each longitude and latitude."""
    middle = [(min(values) + max(values)) / 2 for values in zip(*corners, strict=True)]
    return middle[1], middle[0]


def _counts(tweet: Tweet, post: Post) -> PostCounts:
    """Return a tweet's counts as they stood when it was collected: in a live stream 0."""
    return PostCounts(
        post_id=post.post_id or "",
        account_id=post.account_id or "",
        platform="twitter",
        published_at=post.acted_at,
        time_precision=post.time_precision,
        followers=tweet.user.followers_count if tweet.user else None,
        likes=tweet.favorite_count,
        comments=tweet.reply_count,
        shares=tweet.retweet_count,
        text=post.text,
        language=post.language,
        permalink=post.permalink,
    )


def _facts(user: User, at: int | None) -> AccountFacts:
    return AccountFacts(
        account_id=user.id_str or "",
        platform="twitter",
        handle=user.screen_name,
        name=user.name,
        created_at=twitter_us(user.created_at),
        captured_at=at,
        followers=user.followers_count,
        following=user.friends_count,
        posts=user.statuses_count,
        stated_place=user.location or None,
        utc_offset_s=user.utc_offset,
        language=user.lang,
    )


LOADER = Loader(
    name="twitter-v1",
    title="Twitter API v1.1",
    text="Tweets one a line from twarc 1, the streaming API or the Internet Archive's Twitter grabs.",
    sniff=sniff,
    read=read,
)
