"""Tweets and accounts as the browser extension Twitter Web Exporter saves them, in JSON, CSV, HTML left aside.

CSV has headings for people, JSON has keys. The times are in the zone and the format that the user chose, so those of
tweets are taken from their ids. A list of followers or of likers is accounts: whose it is stands in no file.

Source: https://github.com/prinsss/twitter-web-exporter, ``columns-tweet.tsx`` and ``columns-user.tsx`` (2026).
"""

from __future__ import annotations

from forensics.loaders.format_declarations.declared_fields import bare, hashtags_in, mentions_in, tweet_time
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, Field, TableFormat

_TIMES = "Times are those in the tweets' ids, to the millisecond; stated ones are in the zone of a browser."


def _tweets(kind: str, marks: tuple[str, ...], names: dict[str, str], *, media: Field) -> TableFormat:
    """Return the format of tweets under one of the two sets of names."""
    return TableFormat(
        kind=kind,
        marks=marks,
        account=bare(names["screen_name"]),
        time=(tweet_time(names["id"]), names["created_at"]),
        time_note=_TIMES,
        platform="twitter",
        post={"post_id": names["id"], "text": names["full_text"], "permalink": names["url"]},
        acts=(
            Act("repost", names["retweeted_status"]),
            Act("reply", names["in_reply_to"]),
            Act("quote", names["quoted_status"]),
        ),
        traces={
            "hashtag": hashtags_in(names["full_text"]),
            "account": [mentions_in(names["full_text"])],
            "media": media,
        },
        facts={"handle": bare(names["screen_name"]), "name": names["name"]},
        counts={
            "likes": names["favorite_count"],
            "comments": names["reply_count"],
            "shares": names["retweet_count"],
            "views": names["views_count"],
        },
    )


_KEYS = {
    "id": "ID",
    "created_at": "Date",
    "full_text": "Content",
    "screen_name": "Screen Name",
    "name": "Profile Name",
    "in_reply_to": "Replying To",
    "retweeted_status": "RT Source",
    "quoted_status": "Quote Source",
    "favorite_count": "Favorites",
    "retweet_count": "Retweets",
    "reply_count": "Replies",
    "views_count": "Views",
    "url": "URL",
}

_ACCOUNTS = {
    "id": "ID",
    "screen_name": "Screen Name",
    "name": "Profile Name",
    "followers_count": "Followers",
    "friends_count": "FollowingCount",
    "statuses_count": "Statuses",
    "location": "Location",
    "created_at": "Created At",
}


def _accounts(kind: str, marks: tuple[str, ...], names: dict[str, str]) -> TableFormat:
    return TableFormat(
        kind=kind,
        marks=marks,
        account=names["id"],
        platform="twitter",
        facts={
            "handle": bare(names["screen_name"]),
            "name": names["name"],
            "created_at": names["created_at"],
            "followers": names["followers_count"],
            "following": names["friends_count"],
            "posts": names["statuses_count"],
            "stated_place": names["location"],
        },
    )


LOADER = loader_of(
    "twitter-web-exporter",
    "Twitter Web Exporter",
    "Tweets or accounts that the browser extension Twitter Web Exporter saved, in JSON or CSV.",
    _tweets(
        "Twitter Web Exporter's tweets in JSON",
        ("full_text", "screen_name", "retweeted_status", "views_count"),
        {key: key for key in _KEYS},
        media="media[].original",
    ),
    _tweets(
        "Twitter Web Exporter's tweets in CSV",
        ("Content", "Screen Name", "RT Source", "Quote Source"),
        _KEYS,
        media="Media[].original",
    ),
    _accounts(
        "Twitter Web Exporter's accounts in JSON",
        ("screen_name", "followers_count", "friends_count", "is_blue_verified", "can_dm"),
        {key: key for key in _ACCOUNTS},
    ),
    _accounts(
        "Twitter Web Exporter's accounts in CSV",
        ("Screen Name", "Profile Name", "FollowingCount", "Blue Verified"),
        _ACCOUNTS,
    ),
)
