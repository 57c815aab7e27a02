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

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.reading.tables import table_columns
from forensics.loaders.shaping.act_rows import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import add_times, read_columns
from forensics.loaders.shaping.values import as_count, as_number
from forensics.text.urls import urls_in_texts

__all__ = ["LOADER"]

_VIDEOS = ("channelId", "videoId", "publishedAt", "videoTitle")
_VIDEOS_ALSO = (
    *("channelTitle", "videoDescription", "tags", "defaultLanguage", "defaultLAudioLanguage", "viewCount"),
    *("likeCount", "commentCount", "latitude", "longitude"),
)
_COMMENTS = ("isReplyTo", "authorName", "text", "publishedAt")
_COMMENTS_ALSO = ("id", "authorChannelId", "likeCount", "replyCount")
_VIDEO_ID = re.compile(r"videoinfo_([\w-]{11})_")
_ESCAPE = "\\"


def sniff(head: Head) -> Confidence:
    """Accept both kinds of table."""
    for columns in (_VIDEOS, _COMMENTS):
        if set(columns) <= set(head.columns):
            return Confidence(0.95, f"it has the YouTube Data Tools' columns {', '.join(columns)}")
    return Confidence(0.0, "it lacks the YouTube Data Tools' columns")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read videos or comments.

    Raises:
        InputFileError: the file cannot be read, or is neither.
    """
    columns = set(table_columns(path, options))
    if set(_VIDEOS) <= columns:
        return _videos(path, options)
    if set(_COMMENTS) <= columns:
        return _comments(path, options)
    raise InputFileError("{file} is no table of videos or comments of the YouTube Data Tools.", file=path.name)


def _videos(path: Path, options: ReadOptions) -> Dataset:
    table = read_columns(path, options, _VIDEOS, _VIDEOS_ALSO, _ESCAPE)
    add_times(table, "publishedAt", {})
    return dataset_from_table(LOADER.name, options, table, _video_posts, _video_facts, _video_counts, "youtube")


def _video(frame: pl.DataFrame, time: str) -> pl.DataFrame:
    """Return what a video's act and its counts share; ``time`` is the name its time gets."""
    return frame.select(
        ROW,
        account_id="channelId",
        post_id="videoId",
        time_precision="_precision",
        text=pl.concat_str("videoTitle", "videoDescription", separator="\n", ignore_nulls=True),
        language=pl.coalesce("defaultLAudioLanguage", "defaultLanguage"),
        permalink=pl.format("https://www.youtube.com/watch?v={}", "videoId"),
        **{time: "_time"},
    )


def _video_posts(frame: pl.DataFrame) -> pl.DataFrame:
    return _video(frame, "acted_at").with_columns(
        frame.select(
            as_number(pl.col("latitude"), -90, 90),
            as_number(pl.col("longitude"), -180, 180),
            urls_in_texts(pl.col("videoDescription")).alias(TRACES["url"]),
            pl.col("tags").str.split(",").list.eval(pl.element().str.strip_chars()).alias(TRACES["hashtag"]),
        )
    )


def _video_facts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(ROW, account_id="channelId", captured_at="_time", name="channelTitle")


def _video_counts(frame: pl.DataFrame) -> pl.DataFrame:
    counts = {"likes": "likeCount", "comments": "commentCount", "views": "viewCount"}
    counted = frame.select(as_count(pl.col(column)).alias(name) for name, column in counts.items())
    return _video(frame, "published_at").with_columns(counted)


def _comments(path: Path, options: ReadOptions) -> Dataset:
    table = read_columns(path, options, _COMMENTS, _COMMENTS_ALSO, _ESCAPE)
    add_times(table, "publishedAt", {})
    found = _VIDEO_ID.search(path.name)
    video = options.settings.get("video", found.group(1) if found else None)
    if video is None:
        table.notes.append('The table does not say which video was commented on; give it as video = "..." if you know.')
    if "authorChannelId" not in table.columns:
        table.notes.append("Accounts are known by their shown names alone, which two people can share.")
    parent = pl.when(pl.col("isReplyTo").str.len_chars() > 1).then("isReplyTo")
    who = pl.coalesce("authorChannelId", "authorName")

    def posts(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.select(
            ROW,
            account_id=who,
            acted_at="_time",
            time_precision="_precision",
            action=pl.when(parent.is_not_null()).then(pl.lit("reply")).otherwise(pl.lit("comment")),
            post_id="id",
            object_id=pl.coalesce(parent, pl.lit(video, pl.String)),
            text="text",
        ).with_columns(frame.select(urls_in_texts(pl.col("text")).alias(TRACES["url"])))

    def facts(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.select(ROW, account_id=who, captured_at="_time", handle="authorName")

    def counts(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.select(
            ROW,
            account_id=who,
            post_id="id",
            published_at="_time",
            time_precision="_precision",
            likes=as_count(pl.col("likeCount")),
            comments=as_count(pl.col("replyCount")),
            text="text",
        )

    return dataset_from_table(LOADER.name, options, table, posts, facts, counts, "youtube")


LOADER = Loader(
    name="youtube-data-tools",
    title="YouTube Data Tools",
    text="Lists of videos, or a video's comments, as the YouTube Data Tools export them in CSV.",
    sniff=sniff,
    read=read,
)
