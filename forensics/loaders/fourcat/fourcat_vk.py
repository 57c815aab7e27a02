"""Posts and comments of VK as 4CAT keeps them in NDJSON: the objects of VK's API, each with its author's profile.

Numbers of posts and comments count within a wall, so that a post is known by the wall's number and its own. Groups have
negative numbers. A repost holds the post it repeats (``copy_history``).

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/vk/search_vk.py, version 1.56;
https://dev.vk.com/en/reference/objects/post (2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import each, read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.item import add_item, hashtags_of
from forensics.places.place_resolution import resolve
from forensics.text.urls import found_urls

__all__ = ["LOADER"]

_TIMES = "Times are VK's own (date), to the second."


class Titled(msgspec.Struct):
    title: str | None = None


class Profile(msgspec.Struct):
    handle: str | None = msgspec.field(default=None, name="screen_name")
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    city: Titled | None = None
    country: Titled | None = None
    followers: int | None = msgspec.field(default=None, name="followers_count")
    members: int | None = msgspec.field(default=None, name="members_count")


class Count(msgspec.Struct):
    count: int | None = None


class Program(msgspec.Struct):
    type: str | None = None


class Media(msgspec.Struct):
    id: int | str | None = None
    owner_id: int | str | None = None
    url: str | None = None


class Attachment(msgspec.Struct):
    photo: Media | None = None
    video: Media | None = None
    link: Media | None = None
    doc: Media | None = None


class Point(msgspec.Struct):
    latitude: float | None = None
    longitude: float | None = None


class Geo(msgspec.Struct):
    coordinates: Point | str | None = None


class Item(msgspec.Struct):
    """A post or a comment."""

    kind: str | None = msgspec.field(default=None, name="4cat_item_type")
    id: int | str | None = None
    owner_id: int | str | None = None
    from_id: int | str | None = None
    date: int | None = None
    text: str | None = None
    post_id: int | str | None = None
    answered: int | str | None = msgspec.field(default=None, name="reply_to_comment")
    answered_user: int | str | None = msgspec.field(default=None, name="reply_to_user")
    repeated: list[Media] = msgspec.field(default_factory=list, name="copy_history")
    author: Profile | None = msgspec.field(default=None, name="author_profile")
    program: Program | None = msgspec.field(default=None, name="post_source")
    attachments: list[Attachment] = []
    geo: Geo | None = None
    likes: Count | None = None
    comments: Count | None = None
    reposts: Count | None = None
    views: Count | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_item = msgspec.json.Decoder(Item, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept VK's objects with 4CAT's marks."""
    if {"owner_id", "from_id", "date"} <= set(head.keys) and set(head.keys) & {"4cat_item_type", "author_profile"}:
        return by_fields(0.95, "owner_id", "from_id", "author_profile")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read posts and comments.

    Raises:
        InputFileError: the file cannot be read.
    """

    def take(raw: msgspec.Raw, into: Collector) -> None:
        for item in each([raw], _item, into):
            _add(item, into)

    return read_json(path, options, LOADER.name, _raw, take, times=_TIMES)


def _add(item: Item, into: Collector) -> None:
    wall = item.owner_id
    account_id = str(item.from_id) if item.from_id is not None else None
    at = epoch_us(item.date)
    action, target = _act(item)
    parts = item.attachments
    links = [one.link.url for one in parts if one.link and one.link.url]
    latitude, longitude = _where(item.geo)
    post = Post(
        account_id=account_id,
        acted_at=at,
        action=action,
        post_id=f"{wall}_{item.id}" if item.id is not None else None,
        object_id=target,
        text=item.text,
        client=item.program.type if item.program else None,
        latitude=latitude,
        longitude=longitude,
        permalink=f"https://vk.com/wall{wall}_{item.id}",
        urls=list(dict.fromkeys([*links, *found_urls(item.text)])),
        hashtags=hashtags_of(item.text),
        accounts=[str(item.answered_user)] if item.answered_user else [],
        media=[name for one in parts for name in _media(one)],
    )
    author = item.author or Profile()
    country = resolve(author.country.title) if author.country and author.country.title else None
    facts = AccountFacts(
        account_id=account_id or "",
        platform="vk",
        handle=author.handle,
        name=author.name or " ".join(part for part in (author.first_name, author.last_name) if part) or None,
        captured_at=at,
        followers=author.followers if author.followers is not None else author.members,
        stated_place=author.city.title or None if author.city else None,
        stated_country=country.country if country and country.kind == "country" else None,
    )
    counted = {"likes": item.likes, "comments": item.comments, "shares": item.reposts, "views": item.views}
    likes, comments, shares, views = (count.count if count else None for count in counted.values())
    add_item(into, post, item.date, facts, likes=likes, comments=comments, shares=shares, views=views)


def _act(item: Item) -> tuple[str, str | None]:
    """Return what was done and to which post."""
    if item.repeated:
        return "repost", f"{item.repeated[0].owner_id}_{item.repeated[0].id}"
    if item.answered:
        return "reply", f"{item.owner_id}_{item.answered}"
    if item.kind == "comment" and item.post_id is not None:
        return "comment", f"{item.owner_id}_{item.post_id}"
    return "post", None


def _where(geo: Geo | None) -> tuple[float | None, float | None]:
    """Return latitude and longitude; older versions of the API wrote them in one text."""
    point = geo.coordinates if geo else None
    if isinstance(point, Point):
        return point.latitude, point.longitude
    try:
        latitude, longitude = map(float, (point or "").split())
    except ValueError:
        return None, None
    return latitude, longitude


def _media(attachment: Attachment) -> list[str]:
    """Return the pictures, videos and documents as VK's addresses name them."""
    parts = (("photo", attachment.photo), ("video", attachment.video), ("doc", attachment.doc))
    return [f"https://vk.com/{name}{one.owner_id}_{one.id}" for name, one in parts if one and one.id is not None]


LOADER = Loader(
    name="4cat-vk",
    title="4CAT, VK NDJSON",
    text="Posts and comments of VK as 4CAT keeps them one a line, with the profile of each author.",
    sniff=sniff,
    read=read,
)
