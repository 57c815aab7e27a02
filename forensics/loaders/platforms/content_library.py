"""CSV files of the Meta Content Library: posts of Facebook and Instagram with their counts.

Columns have dotted names in any order and number, behind a byte order mark; joined exports repeat the header. The one
who posted (``post_owner``) is the account; with ``account = "surface"`` it is the page or group on which it appeared.
Views are absent, not 0, for what is no video. A reshare names only the post shared. Pictures and videos are known by
their ids in the library. What was posted on another's page or in a group names it. The contract forbids passing on what
is not public; files may be aggregated or lack texts.

Source: https://developers.facebook.com/docs/content-library-and-api (2026).
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.format_declarations.declared_fields import only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import parse_list
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.reading.table_file import TableFile

_OWNERS = ("post_owner", "surface")
_FIELDS = ("id", "name", "username")
_REACTIONS = ("love", "wow", "haha", "sad", "angry", "care")


def _with_owner(_: Path, options: ReadOptions, table: TableFile) -> None:
    """Put who counts as the account, and the platform, into the rows; the setting ``account`` says which.

    Raises:
        InputFileError: the setting has another value than ``post_owner`` and ``surface``.
    """
    owner = options.settings.get("account", "post_owner")
    if owner not in _OWNERS:
        raise InputFileError("account is 'post_owner' or 'surface' in this format, not '{owner}'.", owner=owner)
    settle_ids(table, needed=[f"{owner}.id"], own=[], named=[])
    if "text" not in table.columns:
        table.notes.append("The file has no column 'text'; the library leaves it out unless it is asked for.")
    is_facebook = "surface.id" in table.columns or "statistics.reaction_count" in table.columns
    named = {f"_owner_{field}": pl.col(f"{owner}.{field}") for field in _FIELDS}
    platform = pl.lit("facebook" if is_facebook else "instagram")
    table.then(lambda rows: rows.with_columns(**named, _platform=platform))


def _media(cell: str | None) -> list[str]:
    """Return the ids, or else the addresses, of the pictures and videos in a cell: a JSON list of texts or objects."""
    if cell is None:
        return []
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return parse_list(cell)
    listed = found if isinstance(found, list) else [found]
    media = [(item.get("id") or item.get("url")) if isinstance(item, dict) else item for item in listed]
    return [str(name) for name in media if isinstance(name, str | int) and str(name)]


def _with_media(rows: pl.DataFrame) -> pl.DataFrame:
    media = [_media(cell) for cell in rows["multimedia"].to_list()]
    return rows.with_columns(pl.Series("_media", media, dtype=pl.List(pl.String)))


_POSTS = TableFormat(
    kind="the library's posts",
    marks=("id", "creation_time", "mcl_url"),
    begin=_with_owner,
    account="_owner_id",
    time="creation_time",
    time_settings={},
    platform=pl.col("_platform"),
    post={"post_id": "id", "text": "text", "language": "lang", "permalink": "mcl_url"},
    acts=(Act("repost", "shared_post_id"),),
    also=("multimedia", *(f"{owner}.{field}" for owner in _OWNERS for field in _FIELDS)),
    prepare=(_with_media,),
    traces={
        "url": pl.concat_list("link_attachment.link").list.drop_nulls(),
        "hashtag": "hashtags",
        "media": pl.col("_media"),
        "page": only_where(pl.col("surface.id") != pl.col("post_owner.id"), "surface.id"),
    },
    has_links=False,
    counted=pl.lit(value=True),
    facts={"handle": "_owner_username", "name": "_owner_name"},
    counts={
        "likes": ("statistics.like_count", "statistics.reaction_count"),
        "comments": "statistics.comment_count",
        "shares": "statistics.share_count",
        "views": "statistics.views",
        **{name: f"statistics.{name}_count" for name in _REACTIONS},
    },
)

LOADER = loader_of(
    "content-library",
    "Meta Content Library",
    "Posts of Facebook or Instagram with their counts, exported from the Meta Content Library.",
    *(
        replace(_POSTS, marks=("id", "creation_time", mark))
        for mark in ("mcl_url", "post_owner.id", "statistics.like_count")
    ),
)
