"""Tables of the YouTube Data Tools: lists of videos, and comments of a video.

Quotes inside a cell are escaped by a backslash. Times are UTC. Comments carry their author's shown name, which is no
id: two people can bear one name, and the table does not say of which video the comments are unless its name does
(``videoinfo_<id>_...``).

Source: https://ytdt.digitalmethods.net, version 1.42.
"""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.declared_fields import bare, only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_file import TableFile
from forensics.text.urls import urls_in_texts

_VIDEO_ID = re.compile(r"videoinfo_(?:UC[\w-]{22}_)?([\w-]{11})_")


def _with_video(path: Path, options: ReadOptions, table: TableFile) -> None:
    """Put the video that was commented on into the rows, as the case file or the file's name says it."""
    found = _VIDEO_ID.search(path.name)
    video = options.settings.get("video", found.group(1) if found else None)
    if video is None:
        table.notes.append('The table does not say which video was commented on; give it as video = "..." if you know.')
    if "authorChannelId" not in table.columns:
        table.notes.append("Accounts are known by their shown names alone, which two people can share.")
    table.then(lambda rows: rows.with_columns(_video=pl.lit(video, pl.String)))


LOADER = loader_of(
    "youtube-data-tools",
    "YouTube Data Tools",
    "Lists of videos or of channels, or a video's comments, as the YouTube Data Tools export them in CSV.",
    TableFormat(
        kind="a list of channels",
        marks=("id", "title", "publishedAt", "subscriberCount", "videoCount"),
        without=("videoId", "channelId"),
        account="id",
        platform="youtube",
        facts={
            "handle": bare("customUrl"),
            "name": "title",
            "created_at": "publishedAt",
            "followers": "subscriberCount",
            "posts": "videoCount",
            "stated_country": "country",
        },
    ),
    TableFormat(
        kind="a list of videos",
        marks=("channelId", "videoId", "publishedAt", "videoTitle"),
        escape="\\",
        account="channelId",
        time="publishedAt",
        time_settings={},
        platform="youtube",
        post={
            "post_id": "videoId",
            "text": pl.concat_str("videoTitle", "videoDescription", separator="\n", ignore_nulls=True),
            "language": ("defaultLAudioLanguage", "defaultLanguage"),
            "latitude": "latitude",
            "longitude": "longitude",
            "permalink": pl.format("https://www.youtube.com/watch?v={}", "videoId"),
        },
        traces={
            "url": urls_in_texts(pl.col("videoDescription")),
            "hashtag": pl.col("tags").str.split(",").list.eval(pl.element().str.strip_chars()),
        },
        has_links=False,
        facts={"name": "channelTitle"},
        counts={"likes": "likeCount", "comments": "commentCount", "views": "viewCount"},
    ),
    TableFormat(
        kind="the comments of a video",
        marks=("isReplyTo", "authorName", "text", "publishedAt"),
        escape="\\",
        account=("authorChannelId", "authorName"),
        time="publishedAt",
        time_settings={},
        platform="youtube",
        begin=_with_video,
        post={"post_id": "id", "text": "text"},
        acts=(
            Act("reply", only_where(pl.col("isReplyTo").str.len_chars() > 1, "isReplyTo")),
            Act("comment", "_video"),
            Act("comment"),
        ),
        facts={"handle": "authorName"},
        counts={"likes": "likeCount", "comments": "replyCount"},
    ),
)
