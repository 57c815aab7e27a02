"""Comments as downloaders save them: ExportComments, youtube-comment-downloader and yt-dlp.

YouTube shows only how long ago a comment was made. The times that downloaders count back from that are estimates and
stay so: no detector of seconds or hours uses them.

Source: https://github.com/egbertbouman/youtube-comment-downloader (2024); https://github.com/yt-dlp/yt-dlp (2026);
exports of https://exportcomments.com.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.declared_fields import bare
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.data_file import read_head
from forensics.loaders.reading.excel_workbook import is_workbook, workbook_start
from forensics.loaders.reading.table_file import TableFile

_ESTIMATED = "Times are estimates, counted back from how long ago, by YouTube, a comment was made."

_SOURCE = re.compile(r"(?im)^\W*(?:source )?url\W+(https?://[^\s,;\"]+)")
_ABOVE = 6
"""Rows above the comments, in which the address stands of what was commented on."""


def _with_source(path: Path, options: ReadOptions, table: TableFile) -> None:
    """Put the address of what was commented on into the rows, where the file says it above them."""
    if is_workbook(path):
        raw = replace(options, settings={**options.settings, "header_row": "0"})
        start = [",".join(str(cell or "") for cell in row) for row in workbook_start(path, raw, _ABOVE).rows()]
    else:
        start = read_head(path, options.settings.get("member")).decode("utf-8", "replace").splitlines()[:_ABOVE]
    found = _SOURCE.search("\n".join(start))
    table.then(lambda rows: rows.with_columns(_source=pl.lit(found and found.group(1), pl.String)))


_COMMENTS = TableFormat(
    kind="ExportComments' comments",
    marks=("Profile ID", "Date", "Comment"),
    begin=_with_source,
    account=first(pl.col("Profile ID").str.strip_prefix("ID: "), "Username", "Name", "Name (click to view profile)"),
    time="Date",
    post={"post_id": "Comment ID", "text": "Comment", "permalink": "(view source)"},
    acts=(Act("comment", "_source"), Act("comment")),
    facts={"handle": "Username", "name": ("Name", "Name (click to view profile)")},
    counts={"likes": "Likes"},
)

EXPORT_COMMENTS = loader_of(
    "export-comments",
    "ExportComments",
    "Comments under a post as exportcomments.com saves them, in Excel or CSV.",
    _COMMENTS,
    replace(
        _COMMENTS,
        kind="ExportComments' comments on YouTube",
        marks=("Author ID", "Date", "Comment", "(view source)"),
        account=first("Author ID", "Name"),
        platform="youtube",
        facts={"handle": bare("Name")},
    ),
)

_DOWNLOADED = TableFormat(
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
)

YOUTUBE_COMMENTS = loader_of(
    "youtube-comments",
    "YouTube comment downloaders",
    "Comments that youtube-comment-downloader or yt-dlp saved; their times are estimates.",
    _DOWNLOADED,
    replace(
        _DOWNLOADED,
        kind="youtube-comment-downloader's comments in one document",
        marks=tuple(f"comments[].{mark}" for mark in _DOWNLOADED.marks),
        items=Items(lists=("comments",)),
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
