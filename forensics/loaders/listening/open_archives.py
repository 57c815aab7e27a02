"""Open Measures (once SMAT) and Media Cloud: archives of channels and of news that can be searched.

Open Measures' older exports are Kibana's: ``Mar 20, 2026 @ 19:50:57.000``, numbers with thousands commas; a forwarded
message names where it is from. Media Cloud knows the outlet and the day of an article; outlets that print the same
title print the same text, as an agency's customers do.

Source: https://github.com/milesmcc/open-measures and exports in public repositories; https://github.com/mediacloud.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first

_IN_CHANNEL = r"(?:t\.me|telegram\.me)/(?:s/)?([^/?#]+/\d+)"


def _kibana(column: str) -> pl.Expr:
    """Return Kibana's times without the sign between the day and the hour."""
    return pl.col(column).str.replace(" @ ", " ")


OPEN_MEASURES = loader_of(
    "open-measures",
    "Open Measures",
    "Posts of Telegram, TikTok and smaller platforms as Open Measures (once SMAT) exports them in CSV.",
    TableFormat(
        kind="Open Measures' Telegram messages, from Kibana",
        marks=("date", "message", "channelusername"),
        account=("channelusername", "channeltitle"),
        time=_kibana("date"),
        platform="telegram",
        post={"post_id": first(pl.col("url").str.extract(_IN_CHANNEL), "url"), "text": "message", "permalink": "url"},
        acts=(Act("repost", when=pl.coalesce("fwdfrom.from_name", "fwdfrom.from_id.channel_id").is_not_null()),),
        traces={
            "page": first("fwdfrom.from_id.channel_id", "fwdfrom.from_name"),
            "hashtag": pl.col("message").str.extract_all(r"#\w+"),
        },
        facts={"handle": "channelusername", "name": "channeltitle"},
        counts={"views": "views", "shares": "forwards"},
    ),
    TableFormat(
        kind="Open Measures' posts",
        marks=("created_at", "text", "context_name", "actor_username"),
        account=("actor_id", "actor_username"),
        time=_kibana("created_at"),
        post={"post_id": "id", "text": "text", "permalink": "url"},
        traces={"page": "context_name", "hashtag": pl.col("text").str.extract_all(r"#\w+")},
        facts={"handle": "actor_username", "name": "actor_name"},
    ),
)

_STORIES = TableFormat(
    kind="Media Cloud stories",
    marks=("publish_date", "title", "media_name", "media_url"),
    account=("media_id", "media_name"),
    time="publish_date",
    platform="news",
    post={"post_id": ("stories_id", "id", "url"), "text": "title", "language": "language", "permalink": "url"},
    facts={"handle": "media_url", "name": "media_name"},
    has_links=False,
)

MEDIA_CLOUD = loader_of(
    "media-cloud",
    "Media Cloud",
    "Articles of news outlets as Media Cloud exports them: the outlet acts, the title is what it says.",
    _STORIES,
    replace(
        _STORIES,
        kind="stories of a topic of Media Cloud",
        marks=("stories_id", "publish_date", "media_name", "media_inlink_count"),
        facts={"name": "media_name"},
    ),
)
