"""Videos of TikTok's Research API as projects pass them on in CSV: ``video_id, author_name, region_code, ...``.

Source: files of the vera.ai project, https://github.com/fabiogiglietto (2024).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.declared_fields import only_where, stated_country
from forensics.loaders.format_reading import loader_of
from forensics.loaders.table_format import TableFormat
from forensics.loaders.times.id_times import tiktok_times

__all__ = ["LOADER"]

_TAGS = pl.col("hashtag_names")
_COUNTRY = stated_country("region_code")


def _with_tags(rows: pl.DataFrame) -> pl.DataFrame:
    """Put blanks for the commas of hashtags that are not written as a list."""
    spaced = pl.when(_TAGS.str.starts_with("[")).then(_TAGS).otherwise(_TAGS.str.replace_all(r",\s*", " "))
    return rows.with_columns(_tags=spaced)


LOADER = loader_of(
    "tiktok-table",
    "TikTok Research API, table",
    "Videos of TikTok's Research API as research projects pass them on in CSV.",
    TableFormat(
        kind="a table of TikTok's videos",
        marks=("video_id", "author_name", "create_time", "region_code"),
        account="author_name",
        time="create_time",
        hidden_times=tiktok_times("video_id"),
        platform="tiktok",
        ids=("music_id",),
        post={"post_id": "video_id", "text": "video_description", "permalink": "video_url"},
        also=("hashtag_names",),
        prepare=(_with_tags,),
        traces={
            "hashtag": "_tags",
            "media": only_where(pl.col("music_id").is_not_null(), pl.format("music-{}", "music_id")),
        },
        facts={
            "handle": "author_name",
            "platform_country": _COUNTRY,
            "platform_country_kind": only_where(_COUNTRY.is_not_null(), pl.lit("registration")),
        },
        counts={"likes": "like_count", "comments": "comment_count", "shares": "share_count", "views": "view_count"},
    ),
)
