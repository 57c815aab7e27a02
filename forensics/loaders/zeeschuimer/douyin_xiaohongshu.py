"""Posts of Douyin, and notes and comments of Xiaohongshu, as their web pages receive them, inside Zeeschuimer's lines.

Both write an item in two ways: with ``snake_case`` keys from their interfaces and with ``camelCase`` keys from within a
page. Xiaohongshu's tiles without contents and Douyin's live streams are no posts. Where a comment was written
(``ip_location``) is what Xiaohongshu tells from its network address; it is kept where it is a country's name.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/douyin.js, rednote.js and rednote-comments.js,
1.14.2.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import (
    Item,
    country_code,
    country_named,
    first_of,
    hashtags_in,
    lines_of,
    within,
    word_where,
    written,
)
from forensics.loaders.times.single_times import epoch_ms_us

_VIDEO = ("aweme_id", "awemeId")
_MADE = ("create_time", "createTime")


def _is_no_post(item: Item) -> bool:
    return any(first_of(item, part) is None for part in (_VIDEO, _MADE)) or item.get("rawdata") is not None


def _plays(item: Item) -> object:
    """Return how often a post was played; Douyin writes 0 where it does not say."""
    return first_of(item, ("statistics.play_count", "stats.playCount")) or None


_REGION = country_code(("author.region", "authorInfo.region"))

DOUYIN = ItemFormat(
    platform="douyin",
    account=(
        *("author_user_id", "authorUserId", "author.uid", "authorInfo.uid"),
        *("author.nickname", "authorInfo.nickname"),
    ),
    time=_MADE,
    post={
        "post_id": _VIDEO,
        "text": "desc",
        "country": country_code("region"),
        "permalink": written("https://www.douyin.com/video/{}", _VIDEO),
        "hashtags": ["text_extra[].hashtag_name", "textExtra[].hashtagName"],
        "accounts": ["text_extra[].sec_uid", "textExtra[].secUid"],
        "media": written("music-{}", ("music.mid", "music.id")),
    },
    facts={
        "name": ("author.nickname", "authorInfo.nickname"),
        "followers": ("author.follower_count", "authorInfo.follower_count"),
        "platform_country": _REGION,
        "platform_country_kind": word_where("profile", _REGION),
    },
    counts={
        "likes": ("statistics.digg_count", "stats.diggCount"),
        "comments": ("statistics.comment_count", "stats.commentCount"),
        "shares": ("statistics.share_count", "stats.shareCount"),
        "views": _plays,
    },
    rejected=((_is_no_post, "a live stream or a fragment of Douyin, no post"),),
    also=("rawdata", "statistics.play_count", "stats.playCount"),
)


_CARD = ("note_card.", "note.", "")
_NOTE = ("id", "note_id")
_LINK = "https://www.xiaohongshu.com/explore/{}"

NOTE = ItemFormat(
    platform="xiaohongshu",
    account=within(_CARD, "user.user_id", "user.userId", "user.nickname", "user.nick_name"),
    time=within(_CARD, "time"),
    clock=epoch_ms_us,
    post={
        "post_id": _NOTE,
        "text": lines_of(within(_CARD, "title", "display_title"), within(_CARD, "desc")),
        "permalink": written(_LINK, _NOTE),
        "hashtags": hashtags_in(within(_CARD, "title", "display_title"), within(_CARD, "desc")),
    },
    facts={"name": within(_CARD, "user.nickname", "user.nick_name")},
    counts={
        "likes": within(_CARD, "interact_info.liked_count", "interactInfo.likedCount"),
        "comments": within(_CARD, "interact_info.comment_count", "interactInfo.commentCount"),
        "shares": within(_CARD, "interact_info.share_count", "interactInfo.shareCount"),
    },
)


_WRITTEN_IN = country_named("ip_location")

NOTE_COMMENT = ItemFormat(
    platform="xiaohongshu",
    account=("user_info.user_id", "user_info.userId", "user_info.nickname"),
    time="create_time",
    clock=epoch_ms_us,
    post={"post_id": "id", "text": "content", "permalink": written(_LINK, "note_id")},
    acts=(("reply", "target_comment.id"), ("comment", "note_id")),
    facts={
        "name": "user_info.nickname",
        "platform_country": _WRITTEN_IN,
        "platform_country_kind": word_where("network address", _WRITTEN_IN),
    },
    counts={"likes": "like_count", "comments": "sub_comment_count"},
)
