"""Tweets as snscrape and twscrape write them, one JSON object a line.

Of a retweet the text and the counts are those of the tweet repeated. Snscrape's older versions say ``content`` for
``rawContent`` and ``outlinks`` for ``links``.

Source: https://github.com/JustAnotherArchivist/snscrape, version 0.7; https://github.com/vladkens/twscrape, 0.17.
"""

from __future__ import annotations

from forensics.loaders.format_reading import loader_of
from forensics.loaders.table_format import Act, TableFormat

__all__ = ["LOADER"]

LOADER = loader_of(
    "snscrape",
    "snscrape and twscrape",
    "Tweets as snscrape or twscrape write them, one a line.",
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
        acts=(
            Act("repost", "retweetedTweet.id"),
            Act("reply", "inReplyToTweetId"),
            Act("quote", "quotedTweet.id"),
        ),
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
)
