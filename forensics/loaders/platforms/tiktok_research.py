"""Videos of TikTok's Research API: its responses, their items one a line, or tables of them that projects pass on.

Accounts are known by ``username`` only. ``region_code`` is the country in which the account was registered. The API
gives no author of a comment, so comments are rejected: who commented together cannot be asked of this source. Videos
from Canada and of minors are left out by TikTok, and counts lag by some ten days.

Source: https://developers.tiktok.com/doc/research-api-specs-query-videos (September 2026); tables of the vera.ai
project, https://github.com/fabiogiglietto (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from forensics.loaders.format_declarations.declared_fields import only_where, stated_country
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.format_declarations.table_format import Field, TableFormat, first
from forensics.loaders.times.id_times import tiktok_times

_TAGS = pl.col("hashtag_names")
_MENTIONED = pl.element().filter(~pl.element().str.starts_with("{")).str.strip_prefix("@")


def _videos(
    kind: str,
    *marks: str,
    account: str,
    hashtag: Field,
    link: Field,
    items: Items | None = None,
    accounts: Mapping[str, pl.Expr] | None = None,
    prepare: tuple[Callable[[pl.DataFrame], pl.DataFrame], ...] = (),
) -> TableFormat:
    country = stated_country("region_code")
    ids = ("id", "video_id") if accounts else "video_id"
    is_comment = pl.col("video_id").is_not_null() & pl.col("video_description").is_null()
    return TableFormat(
        kind=kind,
        marks=marks,
        items=items or Items(),
        account=account,
        time="create_time",
        time_note="Times are TikTok's own (create_time), to the second." if accounts else None,
        hidden_times=tiktok_times(first(ids)),
        platform="tiktok",
        ids=("music_id",),
        post={"post_id": ids, "text": "video_description", "permalink": link},
        also=("hashtag_names",),
        prepare=prepare,
        traces={
            "hashtag": hashtag,
            "media": only_where(pl.col("music_id").is_not_null(), pl.format("music-{}", "music_id")),
            **(accounts or {}),
        },
        facts={
            "handle": account,
            "platform_country": country,
            "platform_country_kind": only_where(country.is_not_null(), pl.lit("registration")),
        },
        counts={"likes": "like_count", "comments": "comment_count", "shares": "share_count", "views": "view_count"},
        rejected=((is_comment, "a comment: TikTok's Research API gives no author of comments"),) if accounts else (),
    )


def _of_api(kind: str, *marks: str) -> TableFormat:
    return _videos(
        kind,
        *marks,
        account="username",
        hashtag=first(pl.col("hashtag_names[]"), pl.col("hashtag_info_list[].hashtag_name")),
        link=pl.format("https://www.tiktok.com/@{}/video/{}", "username", first("id", "video_id")),
        items=Items(lists=("videos", "comments"), around=("data",)),
        accounts={"account": pl.col("video_mention_list[]").list.eval(_MENTIONED)},
    )


def _with_tags(rows: pl.DataFrame) -> pl.DataFrame:
    """Put blanks for the commas of hashtags that are not written as a list."""
    spaced = pl.when(_TAGS.str.starts_with("[")).then(_TAGS).otherwise(_TAGS.str.replace_all(r",\s*", " "))
    return rows.with_columns(_tags=spaced)


LOADER = loader_of(
    "tiktok-research",
    "TikTok Research API",
    "Responses of TikTok's Research API with videos; its comments have no author and are rejected.",
    _of_api("items of TikTok's Research API", "video_description", "create_time", "username"),
    _of_api("items of TikTok's Research API", "video_id", "parent_comment_id", "create_time"),
    _of_api("a response of TikTok's Research API", "data.videos[].create_time"),
    _of_api("a response of TikTok's Research API", "data.comments[].parent_comment_id"),
)

TABLE = loader_of(
    "tiktok-table",
    "TikTok Research API, table",
    "Videos of TikTok's Research API as research projects pass them on in CSV.",
    _videos(
        "a table of TikTok's videos",
        *("video_id", "author_name", "create_time", "region_code"),
        account="author_name",
        hashtag="_tags",
        link="video_url",
        prepare=(_with_tags,),
    ),
)
