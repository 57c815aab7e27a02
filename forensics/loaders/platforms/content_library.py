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
from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.act_rows import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import add_times, read_columns
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.values import as_count, as_lists, parse_list

__all__ = ["LOADER"]

_OWNERS = ("post_owner", "surface")
_ALSO = (
    *("hashtags", "lang", "link_attachment.link", "mcl_url", "multimedia", "shared_post_id", "text"),
    *(f"{owner}.{field}" for owner in _OWNERS for field in ("id", "name", "username")),
    *(f"statistics.{kind}_count" for kind in ("angry", "care", "comment", "haha", "like", "love", "reaction", "sad")),
    *("statistics.share_count", "statistics.wow_count", "statistics.views"),
)
_REACTIONS = ("love", "wow", "haha", "sad", "angry", "care")


def sniff(head: Head) -> Confidence:
    """Accept a table with the library's dotted columns."""
    has = set(head.columns)
    if "creation_time" in has and "id" in has and has & {"mcl_url", "post_owner.id", "statistics.like_count"}:
        return Confidence(0.95, "it has the Meta Content Library's columns (creation_time, post_owner.id, mcl_url)")
    return Confidence(0.0, "it lacks the Meta Content Library's columns")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read an export; the setting ``account`` is ``post_owner`` or ``surface``.

    Raises:
        InputFileError: the file cannot be read, or the setting has another value.
    """
    owner = options.settings.get("account", "post_owner")
    if owner not in _OWNERS:
        raise InputFileError("account is 'post_owner' or 'surface' in this format, not '{owner}'.", owner=owner)
    table = read_columns(path, options, ("id", "creation_time"), _ALSO)
    settle_ids(table, needed=[f"{owner}.id"], own=["id"], named=["shared_post_id"])
    add_times(table, "creation_time", {})
    if "text" not in table.columns:
        table.notes.append("The file has no column 'text'; the library leaves it out unless it is asked for.")
    is_facebook = "surface.id" in table.columns or "statistics.reaction_count" in table.columns

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        named = {"account_id": "id", "handle": "username", "name": "name"}
        return rows.select(ROW, captured_at="_time", **{fact: f"{owner}.{field}" for fact, field in named.items()})

    return dataset_from_table(
        LOADER.name,
        options,
        table,
        lambda rows: _posts(rows, owner),
        facts,
        lambda rows: _counts(rows, owner),
        "facebook" if is_facebook else "instagram",
    )


def _posts(frame: pl.DataFrame, owner: str) -> pl.DataFrame:
    """Return the posts with their link and hashtags."""
    return frame.select(
        ROW,
        account_id=f"{owner}.id",
        acted_at="_time",
        time_precision="_precision",
        action=pl.when(pl.col("shared_post_id").is_not_null()).then(pl.lit("repost")).otherwise(pl.lit("post")),
        post_id="id",
        object_id="shared_post_id",
        text="text",
        language="lang",
        permalink="mcl_url",
    ).with_columns(
        frame.select(pl.concat_list("link_attachment.link").list.drop_nulls().alias(TRACES["url"])).to_series(),
        as_lists(frame["hashtags"]).alias(TRACES["hashtag"]),
        pl.Series([_media(cell) for cell in frame["multimedia"].to_list()], dtype=pl.List(pl.String)).alias(
            TRACES["media"]
        ),
        frame.select(pl.concat_list(_elsewhere()).list.drop_nulls().alias(TRACES["page"])).to_series(),
    )


def _elsewhere() -> pl.Expr:
    """Return the page or group on which a post appeared, where that is not its author's own."""
    return pl.when(pl.col("surface.id") != pl.col("post_owner.id")).then("surface.id")


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


def _counts(frame: pl.DataFrame, owner: str) -> pl.DataFrame:
    return frame.select(
        ROW,
        post_id="id",
        account_id=f"{owner}.id",
        published_at="_time",
        time_precision="_precision",
        likes=as_count(pl.coalesce("statistics.like_count", "statistics.reaction_count")),
        comments=as_count(pl.col("statistics.comment_count")),
        shares=as_count(pl.col("statistics.share_count")),
        views=as_count(pl.col("statistics.views")),
        text="text",
        language="lang",
        permalink="mcl_url",
        **{name: as_count(pl.col(f"statistics.{name}_count")) for name in _REACTIONS},
    )


LOADER = Loader(
    name="content-library",
    title="Meta Content Library",
    text="Posts of Facebook or Instagram with their counts, exported from the Meta Content Library.",
    sniff=sniff,
    read=read,
)
