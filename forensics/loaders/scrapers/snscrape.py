"""Tweets as snscrape and twscrape write them, one JSON object a line; and a channel's posts on Telegram of snscrape.

A retweet has the text and the counts of the tweet it repeats. Snscrape's older versions say ``content`` for
``rawContent`` and ``outlinks`` for ``links``.

Source: https://github.com/JustAnotherArchivist/snscrape, version 0.7; https://github.com/vladkens/twscrape, 0.17.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat

_ON_TELEGRAM = r"t\.me/(?:s/)?([^/?#]+)/\d+"

LOADER = loader_of(
    "snscrape",
    "snscrape and twscrape",
    "Tweets as snscrape or twscrape write them, or posts of Telegram as snscrape does, one a line.",
    TableFormat(
        kind="tweets of snscrape or twscrape",
        marks=("url", "date", "user.displayname", "conversationId"),
        account=("user.id_str", "user.id"),
        time="date",
        time_note="Times are Twitter's own (date); those in the ids are finer.",
        tweet_ids="id",
        platform="twitter",
        post={
            "post_id": "id",
            "text": ("rawContent", "content", "renderedContent"),
            "language": "lang",
            "client": "sourceLabel",
            "longitude": "coordinates.longitude",
            "latitude": "coordinates.latitude",
            "country": "place.countryCode",
            "permalink": "url",
        },
        acts=(Act("repost", "retweetedTweet.id"), Act("reply", "inReplyToTweetId"), Act("quote", "quotedTweet.id")),
        traces={
            "url": ["links[].url", "outlinks[]"],
            "hashtag": "hashtags[]",
            "account": ["mentionedUsers[].id", "inReplyToUser.id"],
            "media": ["media.photos[].url", "media[].fullUrl"],
            "place": "place.id",
        },
        facts={
            "handle": "user.username",
            "name": "user.displayname",
            "created_at": "user.created",
            "followers": "user.followersCount",
            "following": "user.friendsCount",
            "posts": "user.statusesCount",
            "stated_place": "user.location",
        },
        counts={
            "likes": "likeCount",
            "comments": "replyCount",
            "shares": "retweetCount",
            "views": "viewCount",
            "followers": "user.followersCount",
        },
    ),
    TableFormat(
        kind="accounts of snscrape or twscrape",
        marks=("username", "displayname", "followersCount", "friendsCount"),
        without=("conversationId", "rawContent", "content"),
        account=("id_str", "id"),
        platform="twitter",
        facts={
            "handle": "username",
            "name": "displayname",
            "created_at": "created",
            "followers": "followersCount",
            "following": "friendsCount",
            "posts": "statusesCount",
            "stated_place": "location",
        },
    ),
    TableFormat(
        kind="posts of Telegram's channels",
        marks=("url", "date", "content", "outlinks", "linkPreview"),
        account=pl.col("url").str.extract(_ON_TELEGRAM),
        time="date",
        platform="telegram",
        post={
            "post_id": pl.col("url").str.extract(r"t\.me/(?:s/)?([^/?#]+/\d+)"),
            "text": "content",
            "permalink": "url",
        },
        traces={"url": ["outlinks[]", "linkPreview.href"], "hashtag": hashtags_in("content")},
        facts={"handle": pl.col("url").str.extract(_ON_TELEGRAM)},
    ),
)
