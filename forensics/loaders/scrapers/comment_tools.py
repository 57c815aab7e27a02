"""Comments as downloaders save them: ExportComments, youtube-comment-downloader and yt-dlp.

YouTube shows only how long ago a comment was made. The times that downloaders count back from that are estimates and
stay so: no detector of seconds or hours uses them.

Source: https://github.com/egbertbouman/youtube-comment-downloader (2024); https://github.com/yt-dlp/yt-dlp (2026);
exports of https://exportcomments.com.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.declared_fields import bare
from forensics.loaders.format_reading import loader_of
from forensics.loaders.json_format import Items
from forensics.loaders.table_format import Act, TableFormat, first

__all__ = ["EXPORT_COMMENTS", "YOUTUBE_COMMENTS"]

_ESTIMATED = "Times are estimates, counted back from how long ago, by YouTube, a comment was made."

EXPORT_COMMENTS = loader_of(
    "export-comments",
    "ExportComments",
    "Comments under a post as exportcomments.com saves them, in Excel or CSV.",
    TableFormat(
        kind="ExportComments' comments",
        marks=("Name", "Profile ID", "Date", "Comment"),
        account=first(pl.col("Profile ID").str.strip_prefix("ID: "), "Name"),
        time="Date",
        post={"post_id": "Comment ID", "text": "Comment", "permalink": "(view source)"},
        acts=(Act("comment"),),
        facts={"name": "Name"},
        counts={"likes": "Likes"},
    ),
)

YOUTUBE_COMMENTS = loader_of(
    "youtube-comments",
    "YouTube comment downloaders",
    "Comments that youtube-comment-downloader or yt-dlp saved; their times are estimates.",
    TableFormat(
        kind="youtube-comment-downloader's comments",
        marks=("cid", "text", "time", "author", "channel", "votes"),
        account="channel",
        time="time_parsed",
        precision="estimated",
        time_note=_ESTIMATED,
        platform="youtube",
        post={"post_id": "cid", "text": "text"},
        acts=(Act("reply", pl.col("cid").str.extract(r"^([^.]+)\.")), Act("comment")),
        facts={"handle": bare("author")},
        counts={"likes": "votes", "comments": "replies"},
    ),
    TableFormat(
        kind="yt-dlp's comments",
        marks=("id", "extractor", "comments"),
        items=Items(lists=("comments",)),
        account=("author_id", "author"),
        time="timestamp",
        precision="estimated",
        time_note=_ESTIMATED,
        platform="youtube",
        post={"post_id": "id", "text": "text"},
        acts=(
            Act("reply", "parent", pl.col("parent").is_not_null() & (pl.col("parent") != "root")),
            Act("comment", "^id"),
        ),
        facts={"handle": "author"},
        counts={"likes": "like_count"},
    ),
)
