"""What Bright Data's scrapers give of Facebook, Instagram, TikTok, X and YouTube, in JSON, JSON Lines or CSV.

Source: the data dictionaries of https://docs.brightdata.com/datasets (2024 to 2026) and published files.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first

_FACEBOOK = TableFormat(
    kind="Bright Data's Facebook posts",
    marks=("post_id", "user_username_raw", "content", "date_posted"),
    account=("profile_id", "user_url", "user_username_raw"),
    time="date_posted",
    platform="facebook",
    post={"post_id": "post_id", "text": "content", "permalink": "url"},
    acts=(Act("repost", first("original_post.post_id", "original_post.url")),),
    traces={
        "url": "post_external_link",
        "hashtag": ["hashtags[]", hashtags_in("content")],
        "page": ("group_id", "group_name"),
    },
    facts={"handle": "profile_handle", "name": ("user_username_raw", "page_name"), "followers": "page_followers"},
    counts={
        "likes": ("num_likes_type.num", "likes"),
        "comments": "num_comments",
        "shares": "num_shares",
        "views": ("video_view_count", "play_count"),
        "followers": "page_followers",
    },
    captured="timestamp",
)

_FACEBOOK_COMMENTS = TableFormat(
    kind="Bright Data's Facebook comments",
    marks=("comment_id", "user_name", "comment_text", "date_created"),
    account=("user_id", "user_url", "user_name"),
    time="date_created",
    platform="facebook",
    post={"post_id": "comment_id", "text": "comment_text", "permalink": "comment_link"},
    acts=(Act("reply", "parent_comment_id"), Act("comment", first("post_id", "post_url"))),
    facts={"handle": "user_url", "name": "user_name"},
    counts={"likes": "num_likes", "comments": "num_replies"},
    captured="timestamp",
)

_TIKTOK_COMMENTS = TableFormat(
    kind="Bright Data's TikTok comments",
    marks=("comment_id", "commenter_id", "comment_text", "date_created"),
    account=("commenter_id", "commenter_user_name"),
    time="date_created",
    platform="tiktok",
    post={"post_id": "comment_id", "text": "comment_text", "permalink": "comment_url"},
    acts=(Act("comment", first("post_id", "post_url")),),
    facts={"handle": "commenter_user_name"},
    counts={"likes": "num_likes", "comments": "num_replies"},
    captured="timestamp",
)

_INSTAGRAM_COMMENTS = TableFormat(
    kind="Bright Data's Instagram comments",
    marks=("comment_id", "comment_user", "comment_date", "comment"),
    account=("comment_user_url", "comment_user"),
    time="comment_date",
    platform="instagram",
    post={"post_id": "comment_id", "text": "comment"},
    acts=(Act("comment", first("post_id", "post_url")),),
    traces={"account": "tagged_users_in_comment[]"},
    facts={"handle": pl.col("comment_user_url").str.extract(r"instagram\.com/([^/?]+)")},
    counts={"likes": "likes_number", "comments": "replies_number"},
    captured="timestamp",
)
"""Names of people are masked with stars, their addresses are not."""

_INSTAGRAM = TableFormat(
    kind="Bright Data's Instagram posts",
    marks=("user_posted", "description", "date_posted", "shortcode"),
    account="user_posted",
    time="date_posted",
    platform="instagram",
    post={"post_id": ("shortcode", "post_id"), "text": "description", "permalink": "url"},
    traces={"hashtag": ["hashtags[]", hashtags_in("description")], "account": "tagged_users[].username"},
    facts={"handle": "user_posted", "followers": "followers", "posts": "posts_count"},
    counts={
        "likes": "likes",
        "comments": "num_comments",
        "views": ("video_play_count", "video_view_count"),
        "followers": "followers",
    },
    captured="timestamp",
)

_TIKTOK = TableFormat(
    kind="Bright Data's TikTok videos",
    marks=("post_id", "create_time", "digg_count", "profile_username"),
    account="profile_username",
    time="create_time",
    platform="tiktok",
    post={"post_id": "post_id", "text": "description", "country": "region", "permalink": "url"},
    traces={"hashtag": ["hashtags[]", hashtags_in("description")], "media": pl.format("music-{}", "music.id")},
    facts={"handle": "profile_username", "followers": "profile_followers"},
    counts={
        "likes": "digg_count",
        "comments": "comment_count",
        "shares": "share_count",
        "views": "play_count",
        "followers": "profile_followers",
    },
    captured="timestamp",
)

_X = TableFormat(
    kind="Bright Data's tweets",
    marks=("id", "user_posted", "description", "date_posted", "reposts"),
    account=("user_id", "user_posted"),
    time="date_posted",
    time_note="Times are Twitter's own (date_posted); those in the ids are finer.",
    tweet_ids="id",
    platform="twitter",
    post={"post_id": "id", "text": "description", "permalink": "url"},
    acts=(Act("reply", "parent_post_details.post_id"), Act("quote", "quoted_post.post_id")),
    traces={
        "url": "external_url",
        "hashtag": ["hashtags[]", hashtags_in("description")],
        "account": "tagged_users[].profile_name",
        "media": ["photos[]", "videos[]"],
    },
    facts={
        "handle": "user_posted",
        "name": "name",
        "followers": "followers",
        "following": "following",
        "posts": "posts_count",
    },
    counts={"likes": "likes", "comments": "replies", "shares": "reposts", "views": "views", "followers": "followers"},
    captured="timestamp",
)

_YOUTUBE = TableFormat(
    kind="Bright Data's YouTube videos",
    marks=("youtuber", "youtuber_id", "date_posted", "title"),
    account=("youtuber_id", "youtuber"),
    time="date_posted",
    platform="youtube",
    post={"post_id": ("video_id", "url"), "text": ("title", "description"), "permalink": "url"},
    traces={"hashtag": "hashtags[]"},
    facts={"handle": "youtuber", "name": "handle_name", "followers": "subscribers"},
    counts={"likes": "likes", "comments": "num_comments", "views": "views", "followers": "subscribers"},
    captured="timestamp",
)

LOADER = loader_of(
    "bright-data",
    "Bright Data",
    "What Bright Data's scrapers give of Facebook, Instagram, TikTok, X and YouTube.",
    _FACEBOOK,
    _FACEBOOK_COMMENTS,
    _TIKTOK_COMMENTS,
    _INSTAGRAM_COMMENTS,
    _INSTAGRAM,
    _TIKTOK,
    _X,
    _YOUTUBE,
)
