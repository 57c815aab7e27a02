"""What scrapers on Apify give, as JSON, or as CSV or Excel with ``authorMeta/name`` for a key within a key.

Each scraper has fields of its own, by which it is recognised. What they see is what a page showed on the day.

Source: the output examples of the scrapers' pages on https://apify.com (2024 to 2026).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in, is_yes, mentions_in, only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first


def _video(column: str) -> pl.Expr:
    return pl.col(column).str.extract(r"/video/(\d+)")


_TIKTOK = TableFormat(
    kind="TikTok videos from Apify",
    marks=("authorMeta.name", "webVideoUrl", "diggCount"),
    account="authorMeta.name",
    time=("createTimeISO", "createTime"),
    platform="tiktok",
    post={"post_id": "id", "text": "text", "language": "textLanguage", "permalink": "webVideoUrl"},
    traces={
        "hashtag": "hashtags[].name",
        "account": "mentions[]",
        "media": only_where(pl.col("musicMeta.musicId").is_not_null(), pl.format("music-{}", "musicMeta.musicId")),
    },
    facts={
        "handle": "authorMeta.name",
        "name": "authorMeta.nickName",
        "followers": "authorMeta.fans",
        "following": "authorMeta.following",
        "posts": "authorMeta.video",
    },
    counts={
        "likes": "diggCount",
        "comments": "commentCount",
        "shares": "shareCount",
        "views": "playCount",
        "followers": "authorMeta.fans",
    },
)

_TIKTOK_BY_CHANNEL = TableFormat(
    kind="TikTok videos from Apify, by channel",
    marks=("channel.username", "uploadedAt", "postPage", "title"),
    account="channel.username",
    time=("uploadedAtFormatted", "uploadedAt"),
    platform="tiktok",
    post={"post_id": "id", "text": "title", "permalink": "postPage"},
    traces={
        "hashtag": "hashtags[]",
        "media": only_where(pl.col("song.id").is_not_null(), pl.format("music-{}", "song.id")),
    },
    facts={
        "handle": "channel.username",
        "name": "channel.name",
        "followers": "channel.followers",
        "following": "channel.following",
        "posts": "channel.videos",
    },
    counts={
        "likes": "likes",
        "comments": "comments",
        "shares": "shares",
        "views": "views",
        "followers": "channel.followers",
    },
)

_TIKTOK_COMMENTS = TableFormat(
    kind="TikTok comments from Apify",
    marks=("cid", "uniqueId", "videoWebUrl", "createTimeISO"),
    account=("uniqueId", "uid"),
    time=("createTimeISO", "createTime"),
    platform="tiktok",
    post={"post_id": "cid", "text": "text"},
    acts=(Act("reply", "repliesToId"), Act("comment", _video("videoWebUrl"))),
    traces={"account": [mentions_in("text")]},
    facts={"handle": "uniqueId"},
    counts={"likes": "diggCount", "comments": "replyCommentTotal"},
)

_FACEBOOK_COMMENTS = TableFormat(
    kind="Facebook comments from Apify",
    marks=("facebookUrl", "commentUrl", "profileName", "threadingDepth"),
    account=("profileId", "profileName"),
    time="date",
    platform="facebook",
    post={"post_id": "id", "text": "text", "permalink": "commentUrl"},
    acts=(Act("reply", "replyToCommentId"), Act("comment", first("facebookId", "facebookUrl"))),
    facts={"handle": "profileUrl", "name": "profileName"},
    counts={"likes": "likesCount", "comments": "commentsCount"},
)

_FACEBOOK_GROUPS = TableFormat(
    kind="posts in Facebook groups from Apify",
    marks=("facebookUrl", "groupTitle", "legacyId", "user.name"),
    account=("user.id", "user.name"),
    time="time",
    platform="facebook",
    post={"post_id": ("legacyId", "id"), "text": "text", "permalink": "url"},
    traces={"page": "groupTitle", "hashtag": hashtags_in("text")},
    facts={"name": "user.name"},
    counts={"likes": "likesCount", "comments": "commentsCount", "shares": "sharesCount"},
)

_FACEBOOK_POSTS = TableFormat(
    kind="posts of Facebook pages from Apify",
    marks=("facebookUrl", "postId", "pageName", "time"),
    account=("user.id", "facebookId", "pageName"),
    time=("time", "timestamp"),
    platform="facebook",
    post={"post_id": "postId", "text": "text", "permalink": "url"},
    traces={"url": "link", "hashtag": hashtags_in("text")},
    facts={"handle": "pageName", "name": "user.name"},
    counts={
        "likes": ("reactionLikeCount", "likes"),
        "comments": "comments",
        "shares": "shares",
        "views": "viewsCount",
        "love": "reactionLoveCount",
        "wow": "reactionWowCount",
        "haha": "reactionHahaCount",
        "sad": "reactionSadCount",
        "angry": "reactionAngryCount",
        "care": "reactionCareCount",
    },
)

_INSTAGRAM_POSTS = TableFormat(
    kind="Instagram posts from Apify",
    marks=("shortCode", "caption", "ownerUsername", "timestamp"),
    account=("ownerId", "ownerUsername"),
    time="timestamp",
    platform="instagram",
    post={"post_id": ("shortCode", "id"), "text": "caption", "permalink": "url"},
    traces={"hashtag": "hashtags[]", "account": "mentions[]", "place": ("locationId", "locationName")},
    facts={"handle": "ownerUsername", "name": "ownerFullName"},
    counts={"likes": "likesCount", "comments": "commentsCount", "views": ("videoPlayCount", "videoViewCount")},
)

_INSTAGRAM_ACCOUNTS = TableFormat(
    kind="Instagram accounts from Apify",
    marks=("username", "followersCount", "followsCount", "postsCount"),
    account="id",
    platform="instagram",
    facts={
        "handle": "username",
        "name": "fullName",
        "followers": "followersCount",
        "following": "followsCount",
        "posts": "postsCount",
    },
)

_INSTAGRAM_COMMENTS = TableFormat(
    kind="Instagram comments from Apify",
    marks=("ownerUsername", "text", "timestamp", "likesCount"),
    without=("caption", "shortCode"),
    account=("owner.id", "ownerUsername"),
    time="timestamp",
    platform="instagram",
    post={"post_id": "id", "text": "text", "permalink": "commentUrl"},
    acts=(Act("comment", pl.col("postUrl").str.extract(r"/(?:p|reel|tv)/([^/?#]+)")), Act("comment")),
    traces={"account": [mentions_in("text")]},
    facts={"handle": "ownerUsername"},
    counts={"likes": "likesCount", "comments": "repliesCount"},
)

_X = TableFormat(
    kind="tweets from Apify",
    marks=("createdAt", "author.userName", "retweetCount", "bookmarkCount"),
    account="author.id",
    time="createdAt",
    time_note="Times are Twitter's own (createdAt); those in the ids are finer.",
    tweet_ids="id",
    platform="twitter",
    post={"post_id": "id", "text": ("fullText", "text"), "language": "lang", "client": "source", "permalink": "url"},
    acts=(
        Act("repost", first("retweet.id", "retweeted_tweet.id")),
        Act("repost", when=is_yes("isRetweet")),
        Act("reply", "inReplyToId"),
        Act("quote", first("quoteId", "quote.id", "quoted_tweet.id")),
    ),
    traces={
        "url": "entities.urls[].expanded_url",
        "hashtag": "entities.hashtags[].text",
        "account": "entities.user_mentions[].id_str",
        "media": "extendedEntities.media[].media_url_https",
    },
    facts={
        "handle": "author.userName",
        "name": "author.name",
        "created_at": "author.createdAt",
        "followers": "author.followers",
        "following": "author.following",
        "posts": "author.statusesCount",
        "stated_place": "author.location",
    },
    counts={
        "likes": "likeCount",
        "comments": "replyCount",
        "shares": "retweetCount",
        "views": "viewCount",
        "followers": "author.followers",
    },
)

_YOUTUBE_COMMENTS = TableFormat(
    kind="YouTube comments from Apify",
    marks=("cid", "comment", "author", "videoId", "voteCount"),
    account="author",
    platform="youtube",
    post={"post_id": "cid", "text": "comment", "permalink": "pageUrl"},
    acts=(Act("reply", "replyToCid"), Act("comment", "videoId")),
    facts={"handle": "author"},
    counts={"likes": "voteCount", "comments": "replyCount"},
)

_YOUTUBE_VIDEOS = TableFormat(
    kind="YouTube videos from Apify",
    marks=("channelName", "viewCount", "numberOfSubscribers", "url"),
    account=("channelId", "channelUrl", "channelName"),
    time="date",
    platform="youtube",
    post={"post_id": "id", "text": "title", "permalink": "url"},
    traces={"hashtag": "hashtags[]", "url": "descriptionLinks[].url"},
    facts={"handle": "channelUrl", "name": "channelName", "followers": "numberOfSubscribers"},
    counts={"likes": "likes", "comments": "commentsCount", "views": "viewCount", "followers": "numberOfSubscribers"},
)

LOADER = loader_of(
    "apify",
    "Apify",
    "What Apify's scrapers give of TikTok, Facebook, Instagram, X and YouTube, in JSON, CSV or Excel.",
    _TIKTOK,
    _TIKTOK_BY_CHANNEL,
    _TIKTOK_COMMENTS,
    _FACEBOOK_COMMENTS,
    _FACEBOOK_GROUPS,
    _FACEBOOK_POSTS,
    _INSTAGRAM_POSTS,
    _INSTAGRAM_ACCOUNTS,
    _INSTAGRAM_COMMENTS,
    _X,
    _YOUTUBE_COMMENTS,
    _YOUTUBE_VIDEOS,
)
