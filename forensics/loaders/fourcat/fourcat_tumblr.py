"""Posts of Tumblr as 4CAT keeps them in NDJSON: the objects of Tumblr's API in blocks (its "Neue Post Format").

A blog's ``uuid`` stays when it is renamed. A reblog's own blocks are what was added; what it repeats is a number.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/tumblr/search_tumblr.py, version 1.56;
https://www.tumblr.com/docs/npf (2026).
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import each, read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.item import add_item
from forensics.text.urls import found_urls

__all__ = ["LOADER"]

_TIMES = "Times are Tumblr's own (timestamp), to the second."

_NUMBER = re.compile(r"/(\d{4,})(?:/|$)")


class Blog(msgspec.Struct):
    name: str | None = None
    uuid: str | None = None
    title: str | None = None


class Mark(msgspec.Struct):
    """What a stretch of a text is."""

    type: str | None = None
    url: str | None = None
    blog: Blog | None = None


class Media(msgspec.Struct):
    url: str | None = None


class Block(msgspec.Struct):
    type: str | None = None
    text: str | None = None
    url: str | None = None
    media: list[Media] | Media | None = None
    marks: list[Mark] = msgspec.field(default_factory=list, name="formatting")


class Inner(msgspec.Struct):
    id: int | str | None = None


class Item(msgspec.Struct):
    id: int | str | None = None
    post: Inner | None = None
    blog_name: str | None = None
    blog: Blog | None = None
    timestamp: int | None = None
    post_url: str | None = None
    parent_post_url: str | None = None
    parent_post_id: int | str | None = None
    content: list[Block] = []
    tags: list[str] = []
    likes: int | None = msgspec.field(default=None, name="like_count")
    reblogs: int | None = msgspec.field(default=None, name="reblog_count")
    replies: int | None = msgspec.field(default=None, name="reply_count")


_raw = msgspec.json.Decoder(msgspec.Raw)
_item = msgspec.json.Decoder(Item, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept Tumblr's objects."""
    if {"blog_name", "post_url", "reblog_key"} <= set(head.keys):
        return by_fields(0.95, "blog_name", "post_url", "reblog_key")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read posts.

    Raises:
        InputFileError: the file cannot be read.
    """

    def take(raw: msgspec.Raw, into: Collector) -> None:
        for item in each([raw], _item, into):
            _add(item, into)

    return read_json(path, options, LOADER.name, _raw, take, times=_TIMES)


def _add(item: Item, into: Collector) -> None:
    blog, number = item.blog or Blog(), item.id if item.id is not None else item.post.id if item.post else None
    account_id = blog.uuid or item.blog_name
    at, text = epoch_us(item.timestamp), "\n".join(block.text for block in item.content if block.text) or None
    marks = [mark for block in item.content for mark in block.marks]
    named = _NUMBER.search(item.parent_post_url or "")
    parent = str(item.parent_post_id) if item.parent_post_id else named[1] if named else item.parent_post_url
    links = [block.url for block in item.content if block.type == "link" and block.url]
    post = Post(
        account_id=account_id,
        acted_at=at,
        action="repost" if parent else "post",
        post_id=str(number) if number is not None else None,
        object_id=parent or None,
        text=text,
        permalink=item.post_url,
        urls=list(dict.fromkeys([*links, *(mark.url for mark in marks if mark.url), *found_urls(text)])),
        hashtags=item.tags,
        accounts=[who for mark in marks if mark.blog and (who := mark.blog.uuid or mark.blog.name)],
        media=[address for block in item.content if (address := _media(block))],
    )
    facts = AccountFacts(
        account_id=account_id or "",
        platform="tumblr",
        handle=item.blog_name or blog.name,
        name=blog.title,
        captured_at=at,
    )
    add_item(into, post, item.timestamp, facts, likes=item.likes, comments=item.replies, shares=item.reblogs)


def _media(block: Block) -> str | None:
    """Return the address of a picture, a video or a sound."""
    if block.type not in ("image", "video", "audio"):
        return None
    first = block.media[0] if isinstance(block.media, list) and block.media else block.media
    return first.url if isinstance(first, Media) and first.url else block.url


LOADER = Loader(
    name="4cat-tumblr",
    title="4CAT, Tumblr NDJSON",
    text="Posts of Tumblr as 4CAT keeps them one a line, in the blocks of Tumblr's API.",
    sniff=sniff,
    read=read,
)
