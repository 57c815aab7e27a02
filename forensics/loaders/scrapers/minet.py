"""Tables of minet and gazouilloire (Sciences Po médialab): lists in a cell are separated by ``|``.

Tweets have 59 columns and are recognised by ``retweeted_id`` and ``match_query``. A repost on Bluesky names who
reposted in ``repost_by_user_did``, while ``user_did`` is the author of what was reposted.

Source: https://github.com/medialab/minet, ``types.py`` of each platform; https://github.com/medialab/twitwi (2026).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.declared_fields import bare, only_where, titled
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first, split

_TWEETS = TableFormat(
    kind="minet's or gazouilloire's tweets",
    marks=("id", "user_screen_name", "retweeted_id", "to_tweetid", "timestamp_utc"),
    account="user_id",
    time="timestamp_utc",
    time_note="Times are Twitter's own (timestamp_utc); those in the ids are finer.",
    tweet_ids="id",
    platform="twitter",
    post={
        "post_id": "id",
        "text": "text",
        "language": "lang",
        "client": "source_name",
        "latitude": "lat",
        "longitude": "lng",
        "country": "place_country_code",
        "permalink": "url",
    },
    acts=(Act("repost", "retweeted_id"), Act("reply", "to_tweetid"), Act("quote", "quoted_id")),
    traces={
        "url": split("|", "links"),
        "hashtag": split("|", "hashtags"),
        "account": [split("|", "mentioned_ids"), "to_userid"],
        "media": split("|", "media_urls"),
        "place": "place_name",
    },
    facts={
        "handle": "user_screen_name",
        "name": "user_name",
        "created_at": "user_timestamp_utc",
        "followers": "user_followers",
        "following": "user_friends",
        "posts": "user_tweets",
        "stated_place": "user_location",
    },
    counts={
        "likes": "like_count",
        "comments": "reply_count",
        "shares": "retweet_count",
        "views": "impression_count",
        "followers": "user_followers",
    },
    captured="collection_time",
)

_IS_REPOST = pl.col("repost_by_user_did").is_not_null()

_BLUESKY = TableFormat(
    kind="minet's Bluesky posts",
    marks=("cid", "uri", "user_did", "to_post_uri"),
    account=("repost_by_user_did", "user_did"),
    time=("repost_timestamp_utc", "timestamp_utc"),
    platform="bluesky",
    post={
        "post_id": only_where(~_IS_REPOST, "uri"),
        "text": "text",
        "permalink": only_where(~_IS_REPOST, "url"),
        "language": only_where(~_IS_REPOST, "user_langs"),
    },
    acts=(Act("repost", "uri", _IS_REPOST), Act("reply", "to_post_uri"), Act("quote", "quoted_uri")),
    traces={
        "url": [split("|", "links"), "card_link"],
        "hashtag": split("|", "hashtags"),
        "account": split("|", "mentioned_user_dids"),
    },
    facts={
        "handle": first("repost_by_user_handle", only_where(~_IS_REPOST, "user_handle")),
        "created_at": only_where(~_IS_REPOST, "user_created_at"),
    },
    counts={"likes": "like_count", "comments": "reply_count", "shares": "repost_count"},
)

_YOUTUBE_COMMENTS = TableFormat(
    kind="minet's YouTube comments",
    marks=("video_id", "comment_id", "author_channel_id", "published_at"),
    account="author_channel_id",
    time="published_at",
    platform="youtube",
    post={"post_id": "comment_id", "text": "text"},
    acts=(Act("reply", "parent_comment_id"), Act("comment", "video_id")),
    facts={"handle": "author_name"},
    counts={"likes": "like_count", "comments": "reply_count"},
)

_YOUTUBE_VIDEOS = TableFormat(
    kind="minet's YouTube videos",
    marks=("video_id", "title", "published_at", "channel_id", "channel_title"),
    account="channel_id",
    time="published_at",
    platform="youtube",
    post={
        "post_id": "video_id",
        "text": titled("title", "description"),
        "language": "default_language",
        "permalink": pl.format("https://www.youtube.com/watch?v={}", "video_id"),
    },
    traces={"hashtag": split("|", "tags")},
    facts={"name": "channel_title"},
    counts={"likes": "like_count", "comments": "comment_count", "views": "view_count"},
)

_YOUTUBE_CHANNELS = TableFormat(
    kind="minet's YouTube channels",
    marks=("channel_id", "custom_url", "subscriber_count", "video_count"),
    account="channel_id",
    platform="youtube",
    facts={
        "handle": bare("custom_url"),
        "name": "title",
        "created_at": "published_at",
        "followers": "subscriber_count",
        "posts": "video_count",
        "stated_country": "country",
    },
)

_IS_TOP = pl.col("parent").is_null() | pl.col("parent").str.starts_with("t3_")
_IN_REDDIT = r"/comments/(\w+)"
_SUBREDDIT = r"/(r/[^/]+)/"

_REDDIT = TableFormat(
    kind="minet's Reddit posts",
    marks=("url", "author", "author_text", "points", "published_date"),
    account="author",
    time="published_date",
    platform="reddit",
    post={
        "post_id": pl.format("t3_{}", pl.col("url").str.extract(_IN_REDDIT)),
        "text": titled("title", "author_text"),
        "permalink": "url",
    },
    traces={"url": "external_link", "page": pl.col("url").str.extract(_SUBREDDIT)},
    facts={"handle": "author"},
    counts={"likes": "points", "comments": "number_comments"},
    rejected=((pl.col("author").str.to_lowercase() == "[deleted]", "the account is deleted"),),
)

_REDDIT_COMMENTS = TableFormat(
    kind="minet's Reddit comments",
    marks=("comment_url", "author", "parent", "points", "comment"),
    account="author",
    time="published_date",
    platform="reddit",
    post={
        "post_id": pl.format("t1_{}", pl.col("id").str.strip_prefix("t1_")),
        "text": "comment",
        "permalink": "comment_url",
    },
    acts=(
        Act("reply", pl.format("t1_{}", pl.col("parent").str.strip_prefix("t1_")), ~_IS_TOP),
        Act("comment", pl.format("t3_{}", pl.col("comment_url").str.extract(_IN_REDDIT))),
    ),
    traces={"page": pl.col("comment_url").str.extract(_SUBREDDIT)},
    facts={"handle": "author"},
    counts={"likes": "points"},
    rejected=((pl.col("author").str.to_lowercase() == "[deleted]", "the account is deleted"),),
)

_FACEBOOK_COMMENTS = TableFormat(
    kind="minet's Facebook comments",
    marks=("fbid", "depth", "author_name", "created_time"),
    account=("author_url", "author_name"),
    time="created_time",
    platform="facebook",
    post={"post_id": "id", "text": "text"},
    acts=(Act("reply", "parent_id"), Act("comment")),
    facts={"handle": "author_short_name", "name": "author_name"},
    counts={"likes": "reactions", "comments": "replies"},
)

_INSTAGRAM_COMMENTS = TableFormat(
    kind="minet's Instagram comments",
    marks=("comment_like_count", "created_at_utc", "username", "user_full_name"),
    account=("user_id", "username"),
    time="created_at_utc",
    platform="instagram",
    post={"post_id": "id", "text": "text"},
    acts=(Act("reply", "parent_id"), Act("comment")),
    traces={"hashtag": split("|", "hashtags"), "account": split("|", "mentioned_names")},
    facts={"handle": "username", "name": "user_full_name"},
    counts={"likes": "comment_like_count", "comments": "child_comment_count"},
)

_INSTAGRAM = TableFormat(
    kind="minet's Instagram posts",
    marks=("shortcode", "caption", "taken_at_timestamp", "mentioned_names"),
    account=("username", "owner_id"),
    time="taken_at_timestamp",
    platform="instagram",
    post={"post_id": "shortcode", "text": "caption", "permalink": "url"},
    traces={
        "hashtag": split("|", "hashtags"),
        "account": [split("|", name) for name in ("mentioned_names", "usertags_medias", "coauthor_usernames")],
        "media": split("|", "medias_url"),
    },
    facts={"handle": "username", "name": "full_name"},
    counts={"likes": ("like_count", "liked_by_count"), "comments": "comment_count", "views": "video_view_count"},
)

_INSTAGRAM_ACCOUNTS = TableFormat(
    kind="minet's Instagram accounts",
    marks=("username", "full_name", "is_private", "account_badges"),
    account="id",
    platform="instagram",
    facts={"handle": "username", "name": "full_name"},
)

_TIKTOK = TableFormat(
    kind="minet's TikTok videos",
    marks=("author_unique_id", "challenges_titles", "digg_count", "timestamp"),
    account="author_unique_id",
    time="timestamp",
    platform="tiktok",
    post={"post_id": "id", "text": "description"},
    acts=(Act("quote", "duet_from_video_id"),),
    traces={
        "hashtag": split("|", "challenges_titles"),
        "media": only_where(pl.col("music_id").is_not_null(), pl.format("music-{}", "music_id")),
    },
    facts={
        "handle": "author_unique_id",
        "name": "author_nickname",
        "followers": "author_follower_count",
        "following": "author_following_count",
        "posts": "author_video_count",
    },
    counts={
        "likes": "digg_count",
        "comments": "comment_count",
        "shares": "share_count",
        "views": "play_count",
        "followers": "author_follower_count",
    },
)

_TIKTOK_ADS = TableFormat(
    kind="minet's commercial content on TikTok",
    marks=("creator_username", "brand_names", "create_timestamp", "video_urls"),
    account="creator_username",
    platform="tiktok",
    money={
        "payment_id": "id",
        "payer": pl.col("brand_names").str.replace_all("|", ", ", literal=True),
        "started_at": "create_timestamp",
        "impressions_low": "video_views",
    },
    facts={"handle": "creator_username"},
)

_TELEGRAM = TableFormat(
    kind="minet's Telegram messages",
    marks=("link_to_message", "user", "datetime", "views"),
    account=first(pl.col("link_to_message").str.extract(r"t\.me/(?:s/)?([^/]+)/\d+"), "user"),
    time="datetime",
    platform="telegram",
    post={
        "post_id": first(pl.col("link_to_message").str.extract(r"t\.me/(?:s/)?([^/]+/\d+)"), "link_to_message"),
        "text": "text",
        "permalink": "link_to_message",
    },
    traces={"url": split("|", "links"), "hashtag": split("|", "hashtags")},
    facts={"handle": pl.col("link_to_message").str.extract(r"t\.me/(?:s/)?([^/]+)/\d+"), "name": "user"},
    counts={"views": "views"},
)

LOADER = loader_of(
    "minet",
    "minet and gazouilloire",
    "Tables of minet or gazouilloire: tweets, and what people post and answer on eight other platforms.",
    _BLUESKY,
    _TWEETS,
    _YOUTUBE_COMMENTS,
    _YOUTUBE_VIDEOS,
    _YOUTUBE_CHANNELS,
    _REDDIT,
    _REDDIT_COMMENTS,
    _FACEBOOK_COMMENTS,
    _INSTAGRAM_COMMENTS,
    _INSTAGRAM,
    _INSTAGRAM_ACCOUNTS,
    _TIKTOK,
    _TIKTOK_ADS,
    _TELEGRAM,
)
