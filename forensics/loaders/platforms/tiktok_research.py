"""Videos and comments as TikTok's Research API gives them: response documents, or their items one a line.

Accounts are known by ``username`` only. ``region_code`` is the country in which the account was registered. The API
gives no author of a comment, so comments are rejected: who commented together cannot be asked of this source. Videos
from Canada and of minors are left out by TikTok, and counts lag by some ten days.

Source: https://developers.tiktok.com/doc/research-api-specs-query-videos (September 2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import decoded, each, read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.times.id_times import compare, tiktok_us
from forensics.loaders.times.single_times import epoch_us, precision_of
from forensics.text.urls import found_urls

__all__ = ["LOADER"]

_TIMES = "Times are TikTok's own (create_time), to the second."


class Hashtag(msgspec.Struct):
    name: str | None = msgspec.field(default=None, name="hashtag_name")


class Item(msgspec.Struct):
    """A video or a comment."""

    id: int | str | None = None
    video_id: int | str | None = None
    username: str | None = None
    create_time: int | str | None = None
    region_code: str | None = None
    video_description: str | None = None
    music_id: int | str | None = None
    hashtag_names: list[str] = []
    hashtags: list[Hashtag] = msgspec.field(default_factory=list, name="hashtag_info_list")
    mentioned: list[str | msgspec.Raw] = msgspec.field(default_factory=list, name="video_mention_list")
    view_count: int | None = None
    like_count: int | None = None
    comment_count: int | None = None
    share_count: int | None = None


class Data(msgspec.Struct):
    videos: list[msgspec.Raw] = []
    comments: list[msgspec.Raw] = []


class Value(msgspec.Struct):
    data: Data | None = None
    id: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_raw = msgspec.json.Decoder(msgspec.Raw)
_value = msgspec.json.Decoder(Value)
_item = msgspec.json.Decoder(Item, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept responses with videos or comments, and videos with the API's keys."""
    keys = set(head.keys)
    if {"video_description", "create_time", "username"} <= keys or {"video_id", "parent_comment_id", "text"} <= keys:
        return by_fields(
            0.95, *sorted(keys & {"video_description", "create_time", "username", "video_id", "parent_comment_id"})
        )
    marks = (b'"video_description"', b'"parent_comment_id"')
    if "data" in keys and b'"create_time"' in head.start and any(mark in head.start for mark in marks):
        return by_fields(0.95, "data", "create_time")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read videos; comments are rejected, because they have no author.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take, within=(("videos", "comments"), ("data",)), times=_TIMES)


def _take(raw: msgspec.Raw, into: Collector) -> None:
    value = decoded(bytes(raw), _value)[0]
    items = [raw] if value.data is None else [*value.data.videos, *value.data.comments]
    for item in each(items, _item, into):
        if item.video_id is not None and item.video_description is None:
            into.reject("a comment: TikTok's Research API gives no author of comments")
        else:
            _add(item, into)


def _add(video: Item, into: Collector) -> None:
    found = video.id if video.id is not None else video.video_id
    post_id = None if found is None else str(found)
    at = epoch_us(video.create_time)
    compare(at, tiktok_us(post_id), into)
    added = into.post(
        Post(
            account_id=video.username,
            acted_at=at,
            time_precision=precision_of(at),
            post_id=post_id,
            text=video.video_description,
            permalink=f"https://www.tiktok.com/@{video.username}/video/{post_id}",
            urls=found_urls(video.video_description),
            hashtags=video.hashtag_names or [tag.name for tag in video.hashtags if tag.name],
            accounts=[who.lstrip("@") for who in video.mentioned if isinstance(who, str)],
            media=[f"music-{video.music_id}"] if video.music_id else [],
        ),
        video.create_time,
    )
    if not added or video.username is None:
        return
    into.facts(
        AccountFacts(
            account_id=video.username,
            platform="tiktok",
            handle=video.username,
            captured_at=at,
            platform_country=video.region_code or None,
            platform_country_kind="registration" if video.region_code else None,
        )
    )
    if post_id is not None:
        into.counts(
            PostCounts(
                post_id=post_id,
                account_id=video.username,
                platform="tiktok",
                published_at=at,
                time_precision=precision_of(at),
                likes=video.like_count,
                comments=video.comment_count,
                shares=video.share_count,
                views=video.view_count,
                text=video.video_description,
            )
        )


LOADER = Loader(
    name="tiktok-research",
    title="TikTok Research API",
    text="Responses of TikTok's Research API with videos; its comments have no author and are rejected.",
    sniff=sniff,
    read=read,
)
