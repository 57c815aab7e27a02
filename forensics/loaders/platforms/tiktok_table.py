"""Videos of TikTok's Research API as projects pass them on in CSV: ``video_id, author_name, region_code, ...``.

Source: files of the vera.ai project, https://github.com/fabiogiglietto (2024).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.shaping.acts import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import add_times, read_columns
from forensics.loaders.shaping.id_times import compare_table, tiktok_times
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.values import as_count, as_country, as_lists
from forensics.text.urls import urls_in_texts

__all__ = ["LOADER"]

_NEEDED = ("video_id", "author_name", "create_time")
_ALSO = (
    *("view_count", "comment_count", "share_count", "like_count", "region_code", "music_id", "video_description"),
    *("hashtag_names", "video_url"),
)


def sniff(head: Head) -> Confidence:
    """Accept a table with these names."""
    if {*_NEEDED, "region_code"} <= set(head.columns):
        return Confidence(0.95, f"it has the columns {', '.join(_NEEDED)} and region_code")
    return Confidence(0.0, f"it lacks the columns {', '.join(_NEEDED)} or region_code")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table of videos.

    Raises:
        InputFileError: the file cannot be read, or lacks a column that is needed.
    """
    table = read_columns(path, options, _NEEDED, _ALSO)
    settle_ids(table, own=["video_id", "music_id"])
    add_times(table, "create_time", options.settings)
    compare_table(table, tiktok_times("video_id"))
    return dataset_from_table(LOADER.name, options, table, _posts, _facts, _counts, "tiktok")


def _basic(frame: pl.DataFrame, time: str) -> pl.DataFrame:
    """Return what a video's act and its counts share; ``time`` is the name its time gets."""
    return frame.select(
        ROW,
        account_id="author_name",
        post_id="video_id",
        time_precision="_precision",
        text="video_description",
        permalink="video_url",
        **{time: "_time"},
    )


def _posts(frame: pl.DataFrame) -> pl.DataFrame:
    names = pl.col("hashtag_names")
    bare = pl.when(names.str.starts_with("[")).then(names).otherwise(names.str.replace_all(r",\s*", " "))
    music = pl.concat_list(pl.format("music-{}", "music_id")).list.drop_nulls()
    return _basic(frame, "acted_at").with_columns(
        as_lists(frame.select(bare).to_series()).alias(TRACES["hashtag"]),
        frame.select(urls_in_texts(pl.col("video_description"))).to_series().alias(TRACES["url"]),
        frame.select(music).to_series().alias(TRACES["media"]),
    )


def _facts(frame: pl.DataFrame) -> pl.DataFrame:
    country = as_country(pl.col("region_code"))
    return frame.select(
        ROW,
        account_id="author_name",
        captured_at="_time",
        handle="author_name",
        platform_country=country,
        platform_country_kind=pl.when(country.is_not_null()).then(pl.lit("registration")),
    )


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    counts = {"likes": "like_count", "comments": "comment_count", "shares": "share_count", "views": "view_count"}
    counted = frame.select(as_count(pl.col(column)).alias(name) for name, column in counts.items())
    return _basic(frame, "published_at").with_columns(counted)


LOADER = Loader(
    name="tiktok-table",
    title="TikTok Research API, table",
    text="Videos of TikTok's Research API as research projects pass them on in CSV.",
    sniff=sniff,
    read=read,
)
