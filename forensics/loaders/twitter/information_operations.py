"""Twitter's archive of information operations: the tweets of accounts it removed and tied to governments.

``*_tweets_csv_hashed.csv``, the archives' merged copies and the tables of accounts, in all releases, by name of column.
Accounts with few followers are hashed (64 hexadecimal digits, or 44 characters of base64 that may begin with ``+`` or
``=``). The time is kept to the minute, but ids are never hashed, so times come from them to the millisecond.
Coordinates are numbers or the words ``present`` and ``absent``; lists are written as Python shows them, with or without
quotes.

Source: https://transparency.x.com/en/reports/information-operations (2018 to 2022), readme files of the releases.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, Field, TableFormat


def _id(column: str) -> pl.Expr:
    """Return ids, null where a release wrote none as a word or as 0."""
    value = pl.col(column).str.strip_chars()
    return pl.when(~value.is_in(["", "nan", "0", "None", "absent"])).then(value)


_IS_HASHED = pl.col("user_screen_name") == pl.col("userid")
_FACTS: dict[str, Field] = {
    "handle": pl.when(~_IS_HASHED).then("user_screen_name"),
    "name": pl.when(~_IS_HASHED).then("user_display_name"),
    "created_at": "account_creation_date",
    "followers": "follower_count",
    "following": "following_count",
    "stated_place": "user_reported_location",
    "language": "account_language",
}

LOADER = loader_of(
    "twitter-operations",
    "Twitter information operations, tweets",
    "The archive of tweets that Twitter tied to governments, 2018 to 2022 (*_tweets_csv_hashed.csv).",
    TableFormat(
        kind="the archive's tweets",
        marks=("tweetid", "userid", "tweet_time", "tweet_text"),
        account="userid",
        time="tweet_time",
        time_note="Times are UTC, as the releases' readme says.",
        time_settings={},
        tweet_ids="tweetid",
        platform="twitter",
        post={
            "post_id": "tweetid",
            "text": "tweet_text",
            "language": pl.when(~pl.col("tweet_language").is_in(["und", "absent"])).then("tweet_language"),
            "client": "tweet_client_name",
            "latitude": "latitude",
            "longitude": "longitude",
        },
        acts=(
            Act("repost", _id("retweet_tweetid"), pl.col("is_retweet").str.to_lowercase() == "true"),
            Act("reply", _id("in_reply_to_tweetid")),
            Act("quote", _id("quoted_tweet_tweetid")),
        ),
        traces={"url": "urls", "hashtag": "hashtags", "account": "user_mentions"},
        has_links=False,
        facts=_FACTS,
        counts={
            "likes": "like_count",
            "comments": "reply_count",
            "shares": "retweet_count",
            "followers": "follower_count",
        },
    ),
)

USERS = loader_of(
    "twitter-operations-users",
    "Twitter information operations, accounts",
    "The accounts that Twitter tied to governments, 2018 to 2022 (*_users_csv_hashed.csv).",
    TableFormat(
        kind="the archive's accounts",
        marks=("userid", "user_screen_name", "account_creation_date"),
        without=("tweetid",),
        account="userid",
        platform="twitter",
        facts=_FACTS,
    ),
)
