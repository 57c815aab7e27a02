"""Tweets and accounts as collections of research keep them: DMI-TCAT, Social Feed Manager, academictwitteR, rtweet.

DMI-TCAT names no tweet that a retweet repeats, only its author, in the words ``RT @name:``. Its rows carry the offset
of the clock that an account had chosen, until 2018. Social Feed Manager's later tables are those of twarc's
``json2csv``. Accounts alone, without tweets, are profiles.

Source: https://github.com/digitalmethodsinitiative/dmi-tcat, ``mod.export_tweets.php``;
https://sfm.readthedocs.io, data dictionary; https://github.com/DocNow/twarc, ``json2csv.py``;
https://github.com/cjbarrie/academictwitteR, version 0.3; https://github.com/ropensci/rtweet, version 0.7.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from forensics.loaders.format_declarations.declared_fields import (
    is_yes,
    mentions_in,
    only_where,
    reposted_name,
    tweet_time,
)
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first, split

_FROM_IDS = "Times are those in the tweets' ids, to the millisecond."


def _semicolons(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all("; ", ";").str.split(";").list.eval(pl.element().filter(pl.element() != ""))


_TWEETS = TableFormat(
    kind="DMI-TCAT's tweets",
    marks=("from_user_name", "from_user_id", "to_user_name", "from_user_utcoffset"),
    account="from_user_id",
    time=("time", "created_at"),
    time_note="Times are Twitter's own (time); those in the ids are finer.",
    tweet_ids="id",
    platform="twitter",
    post={
        "post_id": "id",
        "text": "text",
        "language": "lang",
        "client": pl.col("source").str.replace_all(r"<[^>]*>", ""),
        "latitude": only_where(pl.col("lat") != "0", pl.col("lat").cast(pl.Float64, strict=False)),
        "longitude": only_where(pl.col("lng") != "0", pl.col("lng").cast(pl.Float64, strict=False)),
    },
    acts=(
        Act("repost", "retweet_id", pl.col("text").str.starts_with("RT @")),
        Act("reply", "in_reply_to_status_id"),
        Act("quote", "quoted_status_id"),
    ),
    traces={
        "url": first(_semicolons("urls_followed"), _semicolons("urls_expanded")),
        "hashtag": _semicolons("hashtags"),
        "account": [_semicolons("mentions"), reposted_name("text")],
        "media": _semicolons("media_id"),
    },
    facts={
        "handle": "from_user_name",
        "name": "from_user_realname",
        "created_at": "from_user_created_at",
        "followers": "from_user_followercount",
        "following": "from_user_friendcount",
        "posts": "from_user_tweetcount",
        "stated_place": "location",
        "language": "from_user_lang",
        "utc_offset_s": pl.col("from_user_utcoffset").cast(pl.Int64, strict=False),
    },
    counts={"likes": "favorite_count", "shares": "retweet_count", "followers": "from_user_followercount"},
)

TCAT = loader_of(
    "dmi-tcat",
    "DMI-TCAT",
    "Tweets, or whom tweets mention, of the Twitter Capture and Analysis Toolset, 2011 to 2023.",
    _TWEETS,
    replace(
        _TWEETS,
        kind="DMI-TCAT's tweets by language",
        marks=("from_user_name", "to_user_name", "from_user_utcoffset", "cld_code"),
        account="from_user_name",
    ),
    TableFormat(
        kind="DMI-TCAT's mentions",
        marks=("tweet_id", "user_from_id", "user_to_name", "mention_type"),
        account="user_from_id",
        time=tweet_time("tweet_id"),
        time_note=_FROM_IDS,
        platform="twitter",
        post={"post_id": "tweet_id"},
        acts=(
            Act("repost", when=pl.col("mention_type") == "retweet"),
            Act("reply", when=pl.col("mention_type") == "reply"),
        ),
        traces={"account": "user_to_id"},
        facts={"handle": "user_from_name"},
    ),
)

_USER_OF_V1 = {
    "followers": "user_followers_count",
    "following": "user_friends_count",
    "posts": "user_statuses_count",
    "stated_place": "user_location",
}

SFM = loader_of(
    "social-feed-manager",
    "Social Feed Manager",
    "Tweets of Social Feed Manager or of twarc's json2csv, as a table.",
    TableFormat(
        kind="tweets of twarc's json2csv",
        marks=("id", "tweet_url", "user_screen_name", "tweet_type", "retweet_or_quote_id"),
        account="user_id",
        time="created_at",
        time_note="Times are Twitter's own (created_at); those in the ids are finer.",
        tweet_ids="id",
        platform="twitter",
        post={
            "post_id": "id",
            "text": "text",
            "language": "lang",
            "client": pl.col("source").str.replace_all(r"<[^>]*>", ""),
            "permalink": "tweet_url",
        },
        acts=(
            Act("repost", "retweet_or_quote_id", pl.col("tweet_type") == "retweet"),
            Act("reply", "in_reply_to_status_id"),
            Act("quote", "retweet_or_quote_id", pl.col("tweet_type") == "quote"),
        ),
        traces={
            "url": split(" ", "urls"),
            "hashtag": split(" ", "hashtags"),
            "account": ["in_reply_to_user_id", mentions_in("text")],
            "media": split(" ", "media"),
            "place": "place",
        },
        facts={"handle": "user_screen_name", "name": "user_name", "created_at": "user_created_at", **_USER_OF_V1},
        counts={"likes": "favorite_count", "shares": "retweet_count", "followers": "user_followers_count"},
    ),
    TableFormat(
        kind="tweets of Social Feed Manager",
        marks=("twitter_id", "screen_name", "twitter_url", "is_retweet"),
        account="screen_name",
        time=(tweet_time("twitter_id"), "created_at"),
        time_note=_FROM_IDS,
        platform="twitter",
        post={"post_id": "twitter_id", "text": "text", "permalink": "twitter_url"},
        acts=(
            Act("repost", when=is_yes("is_retweet")),
            Act("quote", when=is_yes("is_quote")),
            Act("reply", when=pl.col("in_reply_to_screen_name").is_not_null()),
        ),
        traces={
            "url": ["url1_expanded", "url2_expanded"],
            "hashtag": split(", ", "hashtags"),
            "account": [split(", ", "mentions"), "in_reply_to_screen_name"],
            "media": "media_url",
        },
        facts={"handle": "screen_name", "followers": "followers_count", "following": "friends_count"},
        counts={"likes": ("favorite_count", "like_count"), "shares": "retweet_count", "followers": "followers_count"},
    ),
)

_ACT = pl.col("sourcetweet_type")

ACADEMIC = loader_of(
    "academictwitter",
    "academictwitteR",
    "Tweets as the R package academictwitteR tidies them into a table.",
    TableFormat(
        kind="academictwitteR's tidy tweets",
        marks=("tweet_id", "author_id", "user_username", "sourcetweet_id"),
        account="author_id",
        time="created_at",
        time_note="Times are Twitter's own (created_at); those in the ids are finer.",
        tweet_ids="tweet_id",
        platform="twitter",
        post={"post_id": "tweet_id", "text": "text", "language": "lang", "client": "source"},
        acts=(
            Act("repost", "sourcetweet_id", _ACT == "retweeted"),
            Act("reply", "sourcetweet_id", _ACT == "replied_to"),
            Act("quote", "sourcetweet_id", _ACT == "quoted"),
            Act("reply", when=pl.col("in_reply_to_user_id").is_not_null()),
        ),
        traces={"account": "in_reply_to_user_id", "hashtag": pl.col("text").str.extract_all(r"#\w+")},
        facts={
            "handle": "user_username",
            "name": "user_name",
            "created_at": "user_created_at",
            "followers": "user_followers_count",
            "following": "user_following_count",
            "posts": "user_tweet_count",
            "stated_place": "user_location",
        },
        counts={
            "likes": "like_count",
            "comments": "reply_count",
            "shares": "retweet_count",
            "followers": "user_followers_count",
        },
    ),
)


def _unmarked(column: str) -> pl.Expr:
    """Return ids without the ``x`` that rtweet puts before them, so that no spreadsheet rounds them."""
    return pl.col(column).str.replace(r"^x(\d)", "${1}")


def _unmarked_each(column: str) -> pl.Expr:
    return pl.col(column).str.split(" ").list.eval(pl.element().str.replace(r"^x(\d)", "${1}"))


RTWEET = loader_of(
    "rtweet",
    "rtweet",
    "Tweets as the R package rtweet wrote them into a table until version 0.7.",
    TableFormat(
        kind="rtweet's tweets",
        marks=("user_id", "status_id", "screen_name", "retweet_status_id", "display_text_width"),
        account=_unmarked("user_id"),
        time=(tweet_time(_unmarked("status_id")), "created_at"),
        time_note=_FROM_IDS,
        platform="twitter",
        post={
            "post_id": _unmarked("status_id"),
            "text": "text",
            "language": "lang",
            "client": "source",
            "country": "country_code",
            "permalink": "status_url",
        },
        acts=(
            Act("repost", _unmarked("retweet_status_id")),
            Act("reply", _unmarked("reply_to_status_id")),
            Act("quote", _unmarked("quoted_status_id")),
        ),
        traces={
            "url": split(" ", "urls_expanded_url"),
            "hashtag": split(" ", "hashtags"),
            "account": [_unmarked_each("mentions_user_id"), _unmarked("reply_to_user_id")],
            "media": split(" ", "media_url"),
        },
        facts={
            "handle": "screen_name",
            "name": "name",
            "created_at": "account_created_at",
            "stated_place": "location",
            "followers": "followers_count",
            "following": "friends_count",
            "posts": "statuses_count",
        },
        counts={"likes": "favorite_count", "shares": "retweet_count", "followers": "followers_count"},
    ),
)
