"""What 4CAT's tables hold, data source by data source: the columns that mark each one and what they mean.

Source: https://github.com/digitalmethodsinitiative/4cat, version 1.56, the ``map_item`` of each data source.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from forensics.loaders.format_declarations.declared_fields import is_yes, only_where, titled
from forensics.loaders.format_declarations.table_format import Act, Field, TableFormat, first
from forensics.loaders.fourcat.fourcat_times import Clock, read_times
from forensics.loaders.normalising.cell_values import as_count, as_number
from forensics.places.place_resolution import resolve
from forensics.text.html_text import html_links, html_text

_NO_POST = ("", "DELETED", "REMOVED BY AUTHOR", "VIEWER BLOCKED BY AUTHOR", "no", "False")


def _post(column: str) -> pl.Expr:
    """Return the id of a post, null where there is none or it is gone."""
    return pl.when(~pl.col(column).is_in(_NO_POST)).then(pl.col(column))


def _listed(*columns: str) -> pl.Expr:
    """Return the values of columns that hold lists separated by commas; a comma within an address stays."""
    cells = pl.concat_str(columns, separator="\n", ignore_nulls=True)
    parted = cells.str.replace_all(r",\s*(https?://)", "\n${1}")
    words = cells.str.replace_all(r"[,\s]+", "\n")
    return pl.when(cells.str.contains("://")).then(parted.str.split("\n")).otherwise(words.str.split("\n"))


def _above_none(column: str) -> pl.Expr:
    """Return counts; 0 says that 4CAT does not know."""
    return only_where(as_count(pl.col(column)) > 0, as_count(pl.col(column)))


def _reactions(column: str) -> pl.Expr:
    """Return how many reactions a column tells of: a number, or for Telegram each emoji as often as it was given."""
    single = pl.col(column).str.replace_all(r"[\s,\x{FE0F}\x{1F3FB}-\x{1F3FF}]|\x{200D}.", "")
    emoji = pl.when(~single.str.contains(r"[0-9A-Za-z]")).then(single.str.len_chars().cast(pl.Int64))
    return pl.coalesce(as_count(pl.col(column)), emoji)


def _point(column: str, *names: str) -> dict[str, Field]:
    """Return the two numbers of a column, both or neither."""
    numbers = pl.col(column).str.extract_all(r"-?\d+(?:\.\d+)?")
    limits = {"latitude": 90, "longitude": 180}
    read = {
        name: as_number(numbers.list.get(at, null_on_oob=True), -limits[name], limits[name])
        for at, name in enumerate(names)
    }
    whole = (numbers.list.len() == len(names)) & pl.all_horizontal(value.is_not_null() for value in read.values())
    return {name: pl.when(whole).then(value) for name, value in read.items()}


def _without_marks(rows: pl.DataFrame) -> pl.DataFrame:
    """Take the marks out of texts in HTML; their links stay in ``_links``."""
    words = {written: html_text(written) for written in rows["body"].drop_nulls().unique().to_list()}
    links = [html_links(written) for written in rows["body"].to_list()]
    plain = pl.col("body").replace_strict(words, default=None, return_dtype=pl.String)
    return rows.with_columns(plain, pl.Series("_links", links, dtype=pl.List(pl.String)))


def _with_walls(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the numbers of VK's posts and comments, which count within their wall, that wall's number."""
    wall = pl.col("link").str.extract(r"wall(-?\d+)_")
    numbers = ("id", "thread_id", "in_reply_to_comment_id")
    answered = pl.col("item_type") == "comment"
    post_id, under, comment = (pl.when(pl.col(name) != "0").then(pl.format("{}_{}", wall, name)) for name in numbers)
    return rows.with_columns(
        id=pl.coalesce(post_id, "id"), thread_id=pl.when(answered).then(under), in_reply_to_comment_id=comment
    )


def _with_country(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Read codes as they are, and the codes of countries' names; null for regions and what is unclear."""
    known = {written: _country_code(written) for written in rows[column].drop_nulls().unique().to_list()}
    return rows.with_columns(_country=pl.col(column).replace_strict(known, default=None, return_dtype=pl.String))


def _country_code(written: str) -> str | None:
    word = written.strip().upper()
    if len(word) == 2 and word.isascii() and word.isalpha():
        return word
    place = resolve(written)
    return place.country if place.kind == "country" else None


def _country_in(column: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Return what puts the country that a column names, in the words of many languages, into ``_country``."""
    return partial(_with_country, column=column)


def _source(name: str, platform: str, marks: str, clock: Clock, **columns: Any) -> TableFormat:  # noqa: ANN401
    """Return a data source; what it does not declare is as most of them have it."""
    shared: dict[str, Any] = {
        "account": ("author",),
        "facts": {"handle": "author", "name": "author_fullname"},
        "traces": {"hashtag": _listed("hashtags")},
        "has_links": platform != "twitter",  # tweets have shortened links in their texts, other texts have whole ones
        **columns,
        "post": {"post_id": "id", "text": "body", **columns.get("post", {})},
        "also": ("timestamp", "unix_timestamp", "created_at", *columns.get("also", ())),
    }
    times = partial(read_times, source=name, platform=platform, clock=clock)
    return TableFormat(
        kind=name, marks=tuple(marks.split()), time="timestamp", read_times=times, platform=platform or None, **shared
    )


_TWEETS = _source(
    *("twitter-import", "twitter", "collected_from_url retweeted_user quote_tweet_id long_lat", "unix"),
    account=("author_id", "author"),
    post={
        "language": "language_guess",
        "client": "source",
        "permalink": pl.format("https://twitter.com/{}/status/{}", "author", "id"),
    },
    counts={
        "likes": "like_count",
        "comments": "reply_count",
        "shares": "retweet_count",
        "views": _above_none("impression_count"),
    },
    traces={
        "url": _listed("urls"),
        "hashtag": _listed("hashtags"),
        "media": _listed("images", "videos"),
        "account": _listed("mentions"),
        "place": "place_name",
    },
    acts=(
        Act("repost", when=is_yes("is_retweet")),
        Act("reply", _post("thread_id"), is_yes("is_reply")),
        Act("quote", _post("quote_tweet_id")),
    ),
)
_TWEETS_OF_V2 = _source(
    *("twitterv2", "twitter", "retweeted_user quoted_user replied_user long_lat", "timestamp"),
    account=_TWEETS.account,
    post={**_TWEETS.post, **_point("long_lat", "longitude", "latitude")},
    facts={**_TWEETS.facts, "followers": "author_followers"},
    counts=_TWEETS.counts,
    traces=_TWEETS.traces,
    acts=_TWEETS.acts[:2],
)
_TIKTOK = _source(
    *("tiktok", "tiktok", "challenges location_created music_id tiktok_url", "unix"),
    post={"permalink": "tiktok_url", "country": "location_created"},
    facts={"handle": "author", "name": "author_full", "followers": "author_followers", "posts": "author_videos"},
    counts={"likes": "likes", "comments": "comments", "shares": "shares", "views": _above_none("plays")},
    traces={"hashtag": _listed("hashtags", "challenges"), "media": pl.format("music-{}", "music_id")},
    ids=("music_id",),
)
_ANSWERED = _post("thread_id")
_TIKTOK_COMMENTS = _source(
    *("tiktok_comments", "tiktok", "is_comment_on_comment post_body comment_url", "unix"),
    post={"permalink": "comment_url", "language": "language_guess"},
    facts={"handle": "author", "name": "author_full"},
    counts={"likes": "likes", "comments": "replies"},
    traces={},
    acts=(
        Act("reply", only_where(_ANSWERED.ne_missing(_post("post_id")), _ANSWERED)),
        Act("comment", _post("post_id")),
        Act("comment"),
    ),
)
_ORIGIN = ("author_forwarded_from_id", "author_forwarded_from_username", "author_forwarded_from_name")
_TELEGRAM = _source(
    *("telegram", "telegram", "chat author_is_bot unix_timestamp_forwarded_from", "unix"),
    account=("author", "author_username"),
    facts={"handle": "author_username", "name": "author_name", "is_automated": is_yes("author_is_bot")},
    counts={"likes": _reactions("reactions"), "views": _above_none("views")},
    traces={
        "url": _listed("entities_linked", "link_attached"),
        "account": _listed("entities_mentioned"),
        "page": first(*_ORIGIN),
    },
    acts=(
        # of a source that hides itself only the name is known; a message's number counts within its chat
        Act("repost", when=_post(_ORIGIN[0]).is_not_null() | pl.col(_ORIGIN[2]).is_not_null()),
        Act("reply", pl.format("{}-{}", pl.col("id").str.extract(r"^(.*)-\d+$"), _post("reply_to"))),
    ),
    counted=pl.lit(value=True),
)
_PICTURE = pl.element().str.extract(r"/(baf[a-z2-7]+)(?:@|$)")
"""The picture's own id at Bluesky is in its address, behind that of the account."""

_BLUESKY = _source(
    *("bsky", "bluesky", "quoted_post replied_to_post replies_allowed author_created_at", "created_at"),
    account=("author_id", "author"),
    post={"permalink": "link", "language": "languages"},
    facts={"handle": "author", "name": "author_display_name", "created_at": "author_created_at"},
    counts={"likes": "like_count", "comments": "reply_count", "shares": "repost_count"},
    traces={
        "url": _listed("links"),
        "hashtag": _listed("tags"),
        "account": _listed("mentions"),
        "media": _listed("images").list.eval(pl.coalesce(_PICTURE, pl.element())),
    },
    acts=(Act("reply", _post("replied_to_post")), Act("quote", _post("quoted_post"))),
)
_INSTAGRAM = _source(
    *("instagram", "instagram", "coauthors usertags num_likes media_type", "unix"),
    account=("author_id", "author"),
    post={"permalink": "url", **_point("location_latlong", "latitude", "longitude")},
    counts={
        "likes": only_where(~is_yes("likes_hidden"), as_count(pl.col("num_likes"))),
        "comments": "num_comments",
        "views": _above_none("play_count"),
    },
    traces={
        "hashtag": _listed("hashtags"),
        "account": _listed("usertags", "coauthors"),
        "place": first("location_id", "location_name"),
    },
)
_THREADS = _source(
    *("threads", "threads", "author_is_verified is_paid_partnership reposts", "unix"),
    post={"permalink": "url"},
    facts={"handle": "author"},
    counts={"likes": "likes", "comments": "replies", "shares": "reposts"},
    traces={"url": _listed("link_url"), "hashtag": _listed("hashtags")},
)
_NAMES = {"handle": "account_username", "name": "account_display_name"}
_GROUP = pl.format("group-{}", "group_id")
_TRUTH = _source(
    *("truth", "truthsocial", "reblogs_count account_username video_thumbs account_followers", "created_at"),
    account=("account_id", "account_username"),
    post={"permalink": "url"},
    facts={**_NAMES, "followers": "account_followers", "following": "account_following"},
    counts={"shares": "reblogs_count", "comments": "replies_count"},
    traces={
        "url": pl.col("_links"),
        "hashtag": _listed("hashtags"),
        "account": _listed("mentions"),
        "media": _listed("images", "video_urls"),
        "page": _GROUP,
    },
    prepare=(_without_marks,),
)
_GAB = _source(
    *("gab", "gab", "reaction_count account_account group_is_private", "created_at"),
    account=("account_id", "account_username"),
    post={"permalink": "url"},
    facts=_NAMES,
    counts={"likes": "favourites_count", "comments": "replies_count", "shares": "reblogs_count"},
    traces={
        "url": [_listed("link_url"), pl.col("_links")],
        "hashtag": _listed("tags"),
        "account": _listed("mentions"),
        "media": _listed("image_urls", "video_urls"),
        "page": _GROUP,
    },
    prepare=(_without_marks,),
)
_COMMENT = _post("in_reply_to_comment_id")
_VK = _source(
    *("vk", "vk", "author_sex author_city item_type", "unix"),
    account=("author_id", "author"),
    post={"permalink": "link", "client": "source"},
    facts={
        "handle": "author_screen_name",
        "name": "author_name",
        "followers": "author_followers",
        "stated_place": "author_city",
        "stated_country": pl.col("_country"),
    },
    counts={"likes": "likes", "views": _above_none("views"), "comments": "post_comments"},
    traces={"url": _listed("links"), "media": _listed("videos"), "account": _listed("in_reply_to_user")},
    acts=(
        Act("reply", only_where(_COMMENT.ne_missing(_post("thread_id")), _COMMENT)),
        Act("comment", _post("thread_id")),
    ),
    prepare=(_with_walls, _country_in("author_country")),
    also=("author_country", "item_type"),
)
_LINKEDIN = _source(
    *("linkedin", "linkedin", "timestamp_ago inclusion_context", "estimated"),
    account=("author", "author_name"),
    post={"permalink": "post_url"},
    facts={"handle": "author", "name": "author_name"},
    counts={"likes": _reactions("reactions"), "comments": "comments", "shares": "shares"},
    traces={"url": _listed("link_url"), "hashtag": _listed("hashtags"), "account": _listed("author_mentions")},
    captured="unix_timestamp_collected",
    also=("timestamp_ago",),
)
_FACEBOOK = _source(
    *("facebook", "facebook", "is_in_group group_name author_name", "unix"),
    post={"permalink": "url"},
    facts={"handle": "author", "name": "author_name"},
    traces={"media": _listed("image_url"), "page": "group_name"},
)
_PARENT = _post("parent_post_url")
_TUMBLR = _source(
    *("tumblr", "tumblr", "reblog_key reblog_trail note_count", "unix"),
    account=("author_uuid", "author"),
    post={"permalink": "post_url"},
    facts={"handle": "author", "name": "author_subject"},
    counts={"likes": "like_count", "comments": "reply_count", "shares": "reblog_count"},
    traces={
        "url": _listed("link_urls"),
        "hashtag": pl.col("tags").str.split(","),
        "media": _listed("image_urls", "video_urls", "audio_urls"),
    },
    # the number of the post is in its address
    acts=(Act("repost", first(_PARENT.str.extract(r"/(\d{4,})(?:/|$)"), _PARENT), is_yes("is_reblog")),),
)
_DOUYIN = _source(
    *("douyin", "douyin", "author_region digg_count forward_count", "unix"),
    account=("author_user_id", "author_nickname"),
    post={"permalink": "post_url", "country": "region"},
    facts={"name": "author_nickname", "platform_country": pl.col("_country")},
    prepare=(_country_in("author_region"),),
    also=("author_region",),
    counts={
        "likes": "digg_count",
        "comments": "comment_count",
        "shares": "share_count",
        "views": _above_none("play_count"),
    },
    traces={"hashtag": _listed("hashtags"), "account": _listed("mentions")},
)
_NOTE_COMMENTS = _source(
    *("xiaohongshu_comments", "xiaohongshu", "ip_location thread_id author_avatar_url", "unix"),
    post={"permalink": "url"},
    facts={"handle": "author", "platform_country": pl.col("_country")},
    prepare=(_country_in("ip_location"),),
    also=("ip_location",),
    counts={"likes": "likes", "comments": "replies"},
    traces={},
    acts=(Act("comment", _post("thread_id")), Act("comment")),
)
_NOTES = _source(
    *("xiaohongshu", "xiaohongshu", "title video_url author_avatar_url thread_id likes", "unix"),
    post={"text": titled("title", "body"), "permalink": "url"},
    facts={"handle": "author"},
    counts={"likes": "likes"},
)
_TITLED = titled("subject", "body")
_PINTEREST = _source(
    *("pinterest", "pinterest", "board_pins pinner_original idea_tags", "unix"),
    post={"text": _TITLED, "permalink": "url"},
    traces={"media": _listed("image_url"), "page": _listed("board_url"), "hashtag": pl.col("idea_tags").str.split(",")},
)
_IMGUR = _source(
    *("imgur", "imgur", "album_media virality_score is_viral", "timestamp"),
    post={"text": _TITLED, "permalink": "post_url"},
    facts={"handle": "author"},
    counts={"likes": "upvotes", "comments": "comments", "views": _above_none("views")},
    traces={"media": _listed("media_url")},
)
_NINEGAG = _source(
    *("ninegag", "9gag", "is_vote_masked tags_annotated upvotes", "unix"),
    post={"text": _TITLED, "permalink": "url"},
    facts={"handle": "author", "name": "author_name"},
    counts={"likes": "upvotes", "comments": "comments"},
    traces={"url": _listed("source_url"), "hashtag": pl.col("tags").str.split(",")},
)

# What people upload themselves has no more than these five.
_UPLOAD = _source(
    *("upload", "", "id thread_id author body timestamp", "timestamp"),
    account=("author_id", "author"),
    facts={"handle": "author"},
    traces={},
)

SOURCES = (
    *(_TWEETS, _TWEETS_OF_V2, _TIKTOK, _TIKTOK_COMMENTS, _TELEGRAM, _BLUESKY, _INSTAGRAM, _THREADS, _TRUTH, _GAB, _VK),
    *(_LINKEDIN, _FACEBOOK, _TUMBLR, _DOUYIN, _NOTE_COMMENTS, _NOTES, _PINTEREST, _IMGUR, _NINEGAG, _UPLOAD),
)
"""Every data source, the one with the fewest marks last."""


def source_of(columns: frozenset[str]) -> TableFormat | None:
    """Return the data source whose marks a table has, or None."""
    return next((source for source in SOURCES if columns.issuperset(source.marks)), None)
