"""Tweets as X's own web page receives them, inside Zeeschuimer's lines.

The tweet's true id is ``rest_id``; ``item_id`` and ``id`` were damaged by JavaScript's numbers. X moves its fields
about, so each is looked for in the places in which it has been.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/twitter.js, version 1.14.2.
"""

from __future__ import annotations

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.times.single_times import twitter_us
from forensics.loaders.twitter.api_v1 import Entities, Place, Point, tweet_time, where
from forensics.text.html_text import anchor_text

__all__ = ["add_tweet"]


class Lives(msgspec.Struct):
    location: str | None = None


class UserLegacy(msgspec.Struct):
    screen_name: str | None = None
    name: str | None = None
    created_at: str | None = None
    location: str | None = None
    followers_count: int | None = None
    friends_count: int | None = None
    statuses_count: int | None = None


class User(msgspec.Struct):
    rest_id: str | None = None
    core: UserLegacy | None = None
    legacy: UserLegacy | None = None
    location: Lives | None = None


class UserFound(msgspec.Struct):
    result: User | None = None


class Core(msgspec.Struct):
    user_results: UserFound | None = None


class Note(msgspec.Struct):
    text: str | None = None
    entity_set: Entities | None = None


class NoteFound(msgspec.Struct):
    result: Note | None = None


class NoteTweet(msgspec.Struct):
    note_tweet_results: NoteFound | None = None


class Views(msgspec.Struct):
    count: int | None = None


class Legacy(msgspec.Struct):
    created_at: str | None = None
    full_text: str | None = None
    user_id_str: str | None = None
    lang: str | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id_str: str | None = None
    coordinates: Point | None = None
    geo: Point | None = None
    place: Place | None = None
    quoted_status_id_str: str | None = None
    retweeted_status_result: Found | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None
    retweet_count: int | None = None
    reply_count: int | None = None
    favorite_count: int | None = None


class Tweet(msgspec.Struct):
    rest_id: str | None = None
    tweet: Tweet | None = None
    core: Core | None = None
    legacy: Legacy | None = None
    note_tweet: NoteTweet | None = None
    views: Views | None = None
    source: str | None = None


class Found(msgspec.Struct):
    result: Tweet | None = None


_tweet = msgspec.json.Decoder(Tweet, strict=False)


def add_tweet(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a tweet, its account and its counts."""
    tweet = item_of(item, _tweet, into)
    tweet = tweet.tweet or tweet
    user = _user(tweet)
    if tweet.rest_id is None or (tweet.legacy is None and user.rest_id is None):
        into.reject("a tweet without its contents (no legacy part and no account, or no rest_id)")
        return
    if tweet.legacy is None:
        into.count("Tweets whose page gave no legacy part: who, when and long words are known, counts are not")
    legacy = tweet.legacy or Legacy()
    at, precision = tweet_time(tweet.rest_id, twitter_us(legacy.created_at), into)
    repeated = _repeated(tweet)
    post = _post(tweet, repeated, at, precision)
    if not into.post(post, legacy.created_at) or post.account_id is None:
        return
    into.facts(_facts(user, post.account_id, collected or at))
    if repeated is None and tweet.legacy is None:
        return
    if repeated is None:
        into.counts(
            PostCounts(
                post_id=tweet.rest_id,
                account_id=post.account_id,
                platform="twitter",
                published_at=at,
                time_precision=precision,
                captured_at=collected,
                likes=legacy.favorite_count,
                comments=legacy.reply_count,
                shares=legacy.retweet_count,
                views=tweet.views.count if tweet.views else None,
                text=post.text,
                language=post.language,
                permalink=post.permalink,
            )
        )
        return
    then, how = tweet_time(repeated.rest_id, twitter_us(repeated.legacy.created_at if repeated.legacy else None), into)
    context = _post(repeated, None, then, how)
    context.is_context = True
    into.post(context)


def _user(tweet: Tweet) -> User:
    found = tweet.core.user_results if tweet.core else None
    return (found.result if found else None) or User()


def _repeated(tweet: Tweet) -> Tweet | None:
    """Return the tweet that a retweet repeats."""
    found = tweet.legacy.retweeted_status_result if tweet.legacy else None
    result = found.result if found else None
    return (result.tweet or result) if result else None


def _post(tweet: Tweet, repeated: Tweet | None, at: int | None, precision: str) -> Post:
    original = repeated or tweet
    legacy, words = tweet.legacy or Legacy(), original.legacy or Legacy()
    found = original.note_tweet.note_tweet_results if original.note_tweet else None
    note = (found.result if found else None) or Note()
    entities = note.entity_set or words.entities or Entities()
    pictures = words.extended_entities or words.entities or Entities()
    user = _user(tweet)
    handle = (user.core.screen_name if user.core else None) or (user.legacy.screen_name if user.legacy else None)
    if repeated is not None:
        action, target = "repost", repeated.rest_id
    elif legacy.in_reply_to_status_id_str:
        action, target = "reply", legacy.in_reply_to_status_id_str
    elif legacy.quoted_status_id_str:
        action, target = "quote", legacy.quoted_status_id_str
    else:
        action, target = "post", None
    latitude, longitude = where(legacy.coordinates, legacy.geo, legacy.place)
    mentioned = [mention.id_str for mention in entities.user_mentions if mention.id_str]
    if legacy.in_reply_to_user_id_str not in (None, *mentioned):
        mentioned.append(legacy.in_reply_to_user_id_str or "")
    return Post(
        account_id=user.rest_id or legacy.user_id_str,
        acted_at=at,
        time_precision=precision,
        action=action,
        post_id=tweet.rest_id,
        object_id=target,
        text=note.text or words.full_text,
        language=legacy.lang,
        client=anchor_text(tweet.source),
        country=legacy.place.country_code or None if legacy.place else None,
        latitude=latitude,
        longitude=longitude,
        permalink=f"https://twitter.com/{handle}/status/{tweet.rest_id}" if handle else None,
        urls=[url.expanded_url or url.url or "" for url in entities.urls],
        hashtags=[tag.text or "" for tag in entities.hashtags],
        media=[media.media_url_https for media in pictures.media if media.media_url_https],
        accounts=mentioned,
        places=[legacy.place.id] if legacy.place and legacy.place.id else [],
    )


def _facts(user: User, account_id: str, at: int | None) -> AccountFacts:
    core, legacy = user.core or UserLegacy(), user.legacy or UserLegacy()
    return AccountFacts(
        account_id=account_id,
        platform="twitter",
        handle=core.screen_name or legacy.screen_name,
        name=core.name or legacy.name,
        created_at=twitter_us(core.created_at or legacy.created_at),
        captured_at=at,
        followers=legacy.followers_count,
        following=legacy.friends_count,
        posts=legacy.statuses_count,
        stated_place=(user.location.location if user.location else None) or legacy.location or None,
    )
