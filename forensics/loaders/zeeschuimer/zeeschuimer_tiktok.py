"""Videos and comments as TikTok's own web page receives them, inside Zeeschuimer's lines.

An account's id is its ``uniqueId``, the name in its address, as in TikTok's other exports.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/tiktok.js and tiktok-comments.js, 1.14.2.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, country_code, first_of, written
from forensics.loaders.times.id_times import tiktok_us

_AUTHOR = ("author.uniqueId", "author")

VIDEO = ItemFormat(
    platform="tiktok",
    account=_AUTHOR,
    time="createTime",
    hidden=tiktok_us,
    post={
        "post_id": "id",
        "text": "desc",
        "country": country_code("locationCreated"),
        "permalink": written("https://www.tiktok.com/@{}/video/{}", _AUTHOR, "id"),
        "hashtags": "challenges[].title",
        "media": written("music-{}", "music.id"),
    },
    facts={
        "handle": _AUTHOR,
        "name": "author.nickname",
        "followers": "authorStats.followerCount",
        "following": "authorStats.followingCount",
        "posts": "authorStats.videoCount",
    },
    counts={
        "likes": "stats.diggCount",
        "comments": "stats.commentCount",
        "shares": "stats.shareCount",
        "views": "stats.playCount",
    },
    marks=("desc", "createTime", "stats", "id", "author"),
    without=("__import_meta",),
    times="Times are TikTok's own (createTime), to the second.",
)


def _answered(item: Item) -> object:
    """Return the comment that one answers; 0 stands for none."""
    found = first_of(item, "reply_id")
    return None if found in (0, "0") else found


COMMENT = ItemFormat(
    platform="tiktok",
    account="user.unique_id",
    time="create_time",
    hidden=tiktok_us,
    post={"post_id": "cid", "text": "text", "language": "comment_language", "permalink": "share_info.url"},
    acts=(("reply", _answered), ("comment", "aweme_id")),
    facts={"handle": "user.unique_id", "name": "user.nickname"},
    counts={"likes": "digg_count", "comments": "reply_comment_total"},
    also=("reply_id",),
)
