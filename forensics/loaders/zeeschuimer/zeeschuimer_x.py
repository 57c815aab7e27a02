"""Tweets as X's own web page receives them, inside Zeeschuimer's lines.

The tweet's true id is ``rest_id``; ``item_id`` and ``id`` were damaged by JavaScript's numbers. X moves its fields
about, so each is looked for in the places in which it has been.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/twitter.js, version 1.14.2.
"""

from __future__ import annotations

import msgspec

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, Made, all_of, first_of, named, time_at, written
from forensics.loaders.format_declarations.json_format import text_of
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.times.single_times import twitter_us
from forensics.loaders.twitter.api_v1 import Place, Point, tweet_time, where
from forensics.text.html_text import anchor_text

_USER = "core.user_results.result"
_HANDLE = (f"{_USER}.core.screen_name", f"{_USER}.legacy.screen_name")
_NOTE = "note_tweet.note_tweet_results.result"
_REPEATED = "legacy.retweeted_status_result.result"
_PICTURES = ("legacy.extended_entities", "legacy.entities")
_ANSWERED = "legacy.in_reply_to_user_id_str"
_PLACE = ("legacy.coordinates", "legacy.geo", "legacy.place")


def _original(item: Item) -> Item:
    """Return the tweet that a retweet repeats, in which the words are whole; else the tweet itself."""
    found: Item = first_of(item, (f"{_REPEATED}.tweet", _REPEATED), dict) or item
    return found


def _repeated(item: Item) -> object:
    original = _original(item)
    return None if original is item else original.get("rest_id")


def _entities(item: Item) -> Item:
    return first_of(_original(item), (f"{_NOTE}.entity_set", "legacy.entities"), dict) or {}


def _urls(item: Item) -> list[str]:
    return all_of(_entities(item), named("urls[]", "expanded_url", "url"))


def _mentioned(item: Item) -> list[str]:
    answered = first_of(item, _ANSWERED)
    named = all_of(_entities(item), "user_mentions[].id_str")
    return [*named, answered] if answered and answered not in named else named


def _coordinate(item: Item, at: int) -> float | None:
    kinds = (Point, Point, Place)
    found = (first_of(item, path, dict) for path in _PLACE)
    parts = [
        value if value is None else msgspec.convert(value, kind, strict=False)
        for value, kind in zip(found, kinds, strict=True)
    ]
    return where(*parts)[at]


def _moment(item: Item, stated: int | None, _: int | None, into: Collector) -> tuple[int | None, str]:
    return tweet_time(text_of(first_of(item, "rest_id")), stated, into)


def _is_empty(item: Item) -> bool:
    has_contents = first_of(item, "legacy", dict) is not None or first_of(item, f"{_USER}.rest_id") is not None
    return first_of(item, "rest_id") is None or not has_contents


TWEET = ItemFormat(
    platform="twitter",
    within="tweet",
    account=(f"{_USER}.rest_id", "legacy.user_id_str"),
    time="legacy.created_at",
    clock=twitter_us,
    moment=_moment,
    acts=(
        ("repost", _repeated),
        ("reply", "legacy.in_reply_to_status_id_str"),
        ("quote", "legacy.quoted_status_id_str"),
    ),
    post={
        "post_id": "rest_id",
        "text": lambda item: first_of(_original(item), (f"{_NOTE}.text", "legacy.full_text"), str),
        "language": "legacy.lang",
        "client": Made(lambda item: anchor_text(first_of(item, "source", str)), ("source",)),
        "country": "legacy.place.country_code",
        "latitude": lambda item: _coordinate(item, 0),
        "longitude": lambda item: _coordinate(item, 1),
        "permalink": written("https://twitter.com/{}/status/{}", _HANDLE, "rest_id"),
        "urls": _urls,
        "hashtags": lambda item: all_of(_entities(item), "hashtags[].text"),
        "media": lambda item: all_of(first_of(_original(item), _PICTURES, dict) or {}, "media[].media_url_https"),
        "accounts": _mentioned,
        "places": "legacy.place.id",
    },
    facts={
        "handle": _HANDLE,
        "name": (f"{_USER}.core.name", f"{_USER}.legacy.name"),
        "created_at": time_at((f"{_USER}.core.created_at", f"{_USER}.legacy.created_at"), twitter_us),
        "followers": f"{_USER}.legacy.followers_count",
        "following": f"{_USER}.legacy.friends_count",
        "posts": f"{_USER}.legacy.statuses_count",
        "stated_place": (f"{_USER}.location.location", f"{_USER}.legacy.location"),
    },
    counts={
        "likes": "legacy.favorite_count",
        "comments": "legacy.reply_count",
        "shares": "legacy.retweet_count",
        "views": "views.count",
    },
    context=_REPEATED,
    noted=(
        (
            "Tweets whose page gave no legacy part: who, when and long words are known, counts are not",
            lambda item: first_of(item, "legacy", dict) is None,
        ),
    ),
    rejected=((_is_empty, "a tweet without its contents (no legacy part and no account, or no rest_id)"),),
    also=(
        *(_ANSWERED, *_PLACE, f"{_NOTE}.text", "legacy.full_text"),
        *(f"{path}.media[].media_url_https" for path in _PICTURES),
        *(
            f"{path}.{key}"
            for path in (f"{_NOTE}.entity_set", "legacy.entities")
            for key in ("urls[].expanded_url", "urls[].url", "hashtags[].text", "user_mentions[].id_str")
        ),
    ),
)
