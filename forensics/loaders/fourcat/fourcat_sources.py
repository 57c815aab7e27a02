"""What 4CAT's tables hold, data source by data source: the columns that mark each one and what they mean.

Source: https://github.com/digitalmethodsinitiative/4cat, version 1.56, the ``map_item`` of each data source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Clock = Literal["unix", "timestamp", "created_at", "epoch", "estimated"]
"""Which column to trust for the time, and what it is.

``unix``: ``unix_timestamp``, because ``timestamp`` is the server's local time. ``timestamp``: that column, in UTC,
because ``unix_timestamp`` is wrong unless the server ran in UTC. ``created_at``: ISO with an offset. ``estimated``:
counted back from "3w".
"""


@dataclass(frozen=True, slots=True)
class FourcatSource:
    """One of 4CAT's data sources.

    Attributes:
        name: 4CAT's word for it.
        marks: columns that only this source has together.
        clock: which time to trust.
        account: columns of the account's id, the first that is filled counts.
        columns: column of ``schema.ACTIONS`` to the source's column.
        facts: column of ``schema.ACCOUNTS`` to the source's column.
        counts: column of ``schema.POSTS`` to the source's column.
        lists: kind of object to columns with lists, separated by commas.
        spaced: kind of object to a column with a list whose values may hold blanks.
        single: kind of object to columns with one id each, the first that is filled counts, and what is made of it.
        title: column of a title, which goes before the text.
        is_html: whether the text is HTML.
        collected: column that says when a row was collected, counted since 1970.
        point: a column with two numbers, and what the first and the second one are.
        repost: column that says whether a row repeats another post: ``yes``, or the post or account repeated.
        repost_of: column with the id of the post repeated.
        quote_of: column with the id of the post quoted.
        reply: column that says whether a row is a reply.
        reply_to: column with the id of the post answered.
        is_comment: whether the rows are comments, on what ``under`` names or else ``reply_to``.
        under: column with the id of the post under which a comment stands; ``reply_to`` is then a comment answered.
    """

    name: str
    platform: str
    marks: frozenset[str]
    clock: Clock
    account: tuple[str, ...] = ("author_id", "author")
    columns: Mapping[str, str] = field(default_factory=lambda: {"text": "body"})
    facts: Mapping[str, str] = field(default_factory=lambda: {"handle": "author", "name": "author_fullname"})
    counts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"hashtag": ("hashtags",)})
    spaced: Mapping[str, str] = field(default_factory=dict)
    single: Mapping[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    title: str | None = None
    is_html: bool = False
    collected: str | None = None
    point: tuple[str, str, str] | None = None
    repost: str | None = None
    repost_of: str | None = None
    quote_of: str | None = None
    reply: str | None = None
    reply_to: str | None = None
    is_comment: bool = False
    under: str | None = None


def _marks(names: str) -> frozenset[str]:
    return frozenset(names.split())


_TWEET_COUNTS = {
    "likes": "like_count",
    "comments": "reply_count",
    "shares": "retweet_count",
    "views": "impression_count",
}
_TWEET = {"text": "body", "language": "language_guess", "client": "source"}
_TWEET_LISTS = {"url": ("urls",), "hashtag": ("hashtags",), "media": ("images", "videos"), "account": ("mentions",)}
_LIKES = {"likes": "likes", "comments": "comments", "shares": "shares", "views": "plays"}

_PLACE = {"place": (("place_name",), "{}")}
_GROUP = {"page": (("group_id",), "group-{}")}

SOURCES = (
    FourcatSource(
        "twitter-import", "twitter", _marks("collected_from_url retweeted_user quote_tweet_id long_lat"), "unix",
        columns=_TWEET, counts=_TWEET_COUNTS, lists=_TWEET_LISTS, single=_PLACE,
        repost="is_retweet", quote_of="quote_tweet_id", reply="is_reply", reply_to="thread_id",
    ),
    FourcatSource(
        "twitterv2", "twitter", _marks("retweeted_user quoted_user replied_user long_lat"), "timestamp",
        columns=_TWEET, counts=_TWEET_COUNTS, lists=_TWEET_LISTS, single=_PLACE,
        facts={"handle": "author", "name": "author_fullname", "followers": "author_followers"},
        point=("long_lat", "longitude", "latitude"), repost="is_retweet", reply="is_reply", reply_to="thread_id",
    ),
    FourcatSource(
        "tiktok", "tiktok", _marks("challenges location_created music_id tiktok_url"), "unix", account=("author",),
        columns={"text": "body", "permalink": "tiktok_url", "country": "location_created"}, counts=_LIKES,
        facts={"handle": "author", "name": "author_full", "followers": "author_followers", "posts": "author_videos"},
        lists={"hashtag": ("hashtags", "challenges")}, single={"media": (("music_id",), "music-{}")},
    ),
    FourcatSource(
        "tiktok_comments", "tiktok", _marks("is_comment_on_comment post_body comment_url"), "unix", account=("author",),
        columns={"text": "body", "permalink": "comment_url", "language": "language_guess"},
        facts={"handle": "author", "name": "author_full"}, lists={}, is_comment=True,
        under="post_id", reply_to="thread_id", counts={"likes": "likes", "comments": "replies"},
    ),
    FourcatSource(
        "telegram", "telegram", _marks("chat author_is_bot unix_timestamp_forwarded_from"), "unix",
        account=("author", "author_username"), columns={"text": "body"},
        counts={"likes": "reactions", "views": "views"},
        facts={"handle": "author_username", "name": "author_name", "is_automated": "author_is_bot"},
        lists={"url": ("entities_linked", "link_attached"), "account": ("entities_mentioned",)},
        single={"page": (("author_forwarded_from_id", "author_forwarded_from_username",
                          "author_forwarded_from_name"), "{}")},
        repost="author_forwarded_from_id", reply_to="reply_to",
    ),
    FourcatSource(
        "bsky", "bluesky", _marks("quoted_post replied_to_post replies_allowed author_created_at"), "created_at",
        columns={"text": "body", "permalink": "link", "language": "languages"},
        facts={"handle": "author", "name": "author_display_name", "created_at": "author_created_at"},
        counts={"likes": "like_count", "comments": "reply_count", "shares": "repost_count"},
        lists={"url": ("links",), "hashtag": ("tags",), "account": ("mentions",), "media": ("images",)},
        quote_of="quoted_post", reply_to="replied_to_post",
    ),
    FourcatSource(
        "instagram", "instagram", _marks("coauthors usertags num_likes media_type"), "unix",
        columns={"text": "body", "permalink": "url"},
        counts={"likes": "num_likes", "comments": "num_comments", "views": "play_count"},
        lists={"hashtag": ("hashtags",), "account": ("usertags", "coauthors")},
        single={"place": (("location_id", "location_name"), "{}")},
        point=("location_latlong", "latitude", "longitude"),
    ),
    FourcatSource(
        "threads", "threads", _marks("author_is_verified is_paid_partnership reposts"), "unix", account=("author",),
        columns={"text": "body", "permalink": "url"}, facts={"handle": "author"},
        counts={"likes": "likes", "comments": "replies", "shares": "reposts"},
        lists={"url": ("link_url",), "hashtag": ("hashtags",)},
    ),
    FourcatSource(
        "truth", "truthsocial", _marks("reblogs_count account_username video_thumbs account_followers"), "created_at",
        account=("account_id", "account_username"), columns={"text": "body", "permalink": "url"}, is_html=True,
        facts={"handle": "account_username", "name": "account_display_name", "followers": "account_followers",
               "following": "account_following"},
        counts={"shares": "reblogs_count", "comments": "replies_count"}, single=_GROUP,
        lists={"hashtag": ("hashtags",), "account": ("mentions",), "media": ("images", "video_urls")},
    ),
    FourcatSource(
        "gab", "gab", _marks("reaction_count account_account group_is_private"), "created_at",
        account=("account_id", "account_username"), columns={"text": "body", "permalink": "url"}, is_html=True,
        facts={"handle": "account_username", "name": "account_display_name"}, single=_GROUP,
        counts={"likes": "favourites_count", "comments": "replies_count", "shares": "reblogs_count"},
        lists={"url": ("link_url",), "hashtag": ("tags",), "account": ("mentions",),
               "media": ("image_urls", "video_urls")},
    ),
    FourcatSource(
        "vk", "vk", _marks("author_sex author_city item_type"), "unix",
        columns={"text": "body", "permalink": "link", "client": "source"},
        facts={"handle": "author_screen_name", "name": "author_name", "followers": "author_followers",
               "stated_place": "author_city", "stated_country": "author_country"},
        counts={"likes": "likes", "views": "views", "comments": "post_comments"},
        lists={"url": ("links",), "media": ("videos",), "account": ("in_reply_to_user",)},
        reply_to="in_reply_to_comment_id", under="thread_id",
    ),
    FourcatSource(
        "linkedin", "linkedin", _marks("timestamp_ago inclusion_context"), "estimated",
        account=("author", "author_name"), columns={"text": "body", "permalink": "post_url"},
        facts={"handle": "author", "name": "author_name"}, collected="unix_timestamp_collected",
        counts={"likes": "reactions", "comments": "comments", "shares": "shares"},
        lists={"url": ("link_url",), "hashtag": ("hashtags",), "account": ("author_mentions",)},
    ),
    FourcatSource(
        "facebook", "facebook", _marks("is_in_group group_name author_name"), "unix", account=("author",),
        columns={"text": "body", "permalink": "url"}, facts={"handle": "author", "name": "author_name"},
        lists={"media": ("image_url",)}, single={"page": (("group_name",), "{}")},
    ),
    FourcatSource(
        "tumblr", "tumblr", _marks("reblog_key reblog_trail note_count"), "unix", account=("author_uuid", "author"),
        columns={"text": "body", "permalink": "post_url"}, facts={"handle": "author", "name": "author_subject"},
        counts={"likes": "like_count", "comments": "reply_count", "shares": "reblog_count"},
        lists={"url": ("link_urls",), "media": ("image_urls", "video_urls", "audio_urls")}, spaced={"hashtag": "tags"},
        repost="is_reblog", repost_of="parent_post_url",
    ),
    FourcatSource(
        "douyin", "douyin", _marks("author_region digg_count forward_count"), "unix",
        account=("author_user_id", "author_nickname"),
        columns={"text": "body", "permalink": "post_url", "country": "region"},
        facts={"name": "author_nickname", "platform_country": "author_region"},
        counts={"likes": "digg_count", "comments": "comment_count", "shares": "share_count", "views": "play_count"},
        lists={"hashtag": ("hashtags",), "account": ("mentions",)},
    ),
    FourcatSource(
        "xiaohongshu_comments", "xiaohongshu", _marks("ip_location thread_id author_avatar_url"), "unix",
        account=("author",), columns={"text": "body", "permalink": "url"},
        facts={"handle": "author", "platform_country": "ip_location"},
        lists={}, reply_to="thread_id", is_comment=True, counts={"likes": "likes", "comments": "replies"},
    ),
    FourcatSource(
        "xiaohongshu", "xiaohongshu", _marks("title video_url author_avatar_url thread_id likes"), "unix",
        account=("author",), columns={"text": "body", "permalink": "url"}, facts={"handle": "author"}, title="title",
        counts={"likes": "likes"},
    ),
    FourcatSource(
        "pinterest", "pinterest", _marks("board_pins pinner_original idea_tags"), "unix", account=("author",),
        columns={"text": "body", "permalink": "url"}, title="subject",
        lists={"media": ("image_url",), "page": ("board_url",)}, spaced={"hashtag": "idea_tags"},
    ),
    FourcatSource(
        "imgur", "imgur", _marks("album_media virality_score is_viral"), "timestamp", account=("author",),
        columns={"text": "body", "permalink": "post_url"}, facts={"handle": "author"}, title="subject",
        counts={"likes": "upvotes", "comments": "comments", "views": "views"}, lists={"media": ("media_url",)},
    ),
    FourcatSource(
        "ninegag", "9gag", _marks("is_vote_masked tags_annotated upvotes"), "unix", account=("author",),
        columns={"text": "body", "permalink": "url"}, title="subject",
        facts={"handle": "author", "name": "author_name"},
        counts={"likes": "upvotes", "comments": "comments"}, lists={"url": ("source_url",)}, spaced={"hashtag": "tags"},
    ),
    # What people upload themselves has no more than these five.
    FourcatSource(
        "upload", "", _marks("id thread_id author body timestamp"), "timestamp", facts={"handle": "author"}, lists={},
    ),
)  # fmt: skip
"""Every data source, the one with the fewest marks last."""


def source_of(columns: frozenset[str]) -> FourcatSource | None:
    """Return the data source whose marks a table has, or None."""
    return next((source for source in SOURCES if source.marks <= columns), None)
