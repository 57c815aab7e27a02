"""Statuses and accounts as Mastodon's API gives them, and the ``outbox.json`` of an account's own archive.

They come as a list, one a line, as what a search finds, or as what stands around a status.

A status's ``id`` counts on one server only; its ``uri`` is the same everywhere and is the post's id. A boost names the
status it repeats by ``uri`` too, but a reply names its parent by the server's id. An account says itself whether
software runs it (``bot``). An account's ``created_at`` is cut to the day.

Source: https://docs.joinmastodon.org/entities/Status (July 2026); ActivityPub, https://www.w3.org/TR/activitypub.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import Item, Made, Part, all_of, first_of, named, time_at
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.loader import Confidence, Head, ReadOptions, by_fields
from forensics.loaders.platforms.mastodon_likes import LIKES
from forensics.loaders.reading.data_file import read_head
from forensics.loaders.times.single_times import iso_us
from forensics.messages import Text, message
from forensics.text.html_text import html_links, html_text

_LISTS = ("orderedItems", "statuses", "ancestors", "descendants")
"""Keys of lists: of an outbox, of what a search finds, of what stands around a status."""

_ADDRESSES = re.compile(rb'"orderedItems"\s*:\s*\[\s*"')
_TAGS = "object.tag[].name"


def _facts(around: str) -> dict[str, Part]:
    """Return the facts of an account that stands under a key."""
    return {
        "handle": f"{around}acct",
        "name": f"{around}display_name",
        "created_at": time_at(f"{around}created_at", iso_us),
        "followers": f"{around}followers_count",
        "following": f"{around}following_count",
        "posts": f"{around}statuses_count",
        "is_automated": f"{around}bot",
    }


def _original(item: Item) -> Item:
    """Return the status that a boost repeats, which has the words; else the status itself."""
    found: Item = first_of(item, "reblog", dict) or item
    return found


def _content(item: Item) -> str | None:
    found: str | None = first_of(_original(item), ("content", "object.content"), str)
    return found


def _text(item: Item) -> str | None:
    parts = (first_of(_original(item), "spoiler_text", str), html_text(_content(item)))
    return "\n".join(part for part in parts if part) or None


def _links(item: Item) -> list[str]:
    return [*html_links(_content(item)), *all_of(_original(item), "card.url")]


def _parent(item: Item) -> str | None:
    """Return the status that one answers, by the number that it has on the server of who answers."""
    number = first_of(item, "in_reply_to_id")
    return f"{urlsplit(first_of(item, 'account.url', str) or '').netloc}/{number}" if number else None


def _either(key: str) -> tuple[str, str]:
    return f"reblog.{key}", key


_STATUS = ItemFormat(
    platform="mastodon",
    account=("account.uri", "account.url", "account.acct"),
    time="created_at",
    clock=iso_us,
    acts=(
        ("repost", ("reblog.uri", "reblog.url")),
        ("reply", _parent),
        ("quote", ("quote.quoted_status.uri", "quote.quoted_status.url")),
    ),
    has_links=False,
    post={
        "post_id": ("uri", "url", "id"),
        "text": Made(_text, (_either("content"), _either("spoiler_text"))),
        "language": _either("language"),
        "client": "application.name",
        "permalink": "url",
        "urls": Made(_links, (_either("card.url"),)),
        "hashtags": _either("tags[].name"),
        "accounts": _either("mentions[].url"),
        "media": tuple(named(path, "remote_url", "url") for path in _either("media_attachments[]")),
    },
    facts=_facts("account."),
    counts={"likes": "favourites_count", "comments": "replies_count", "shares": "reblogs_count"},
    context="reblog",
    counts_context=True,
    also=("in_reply_to_id",),
    items=Items(lists=_LISTS),
    times="Times are what the instance states (created_at, published).",
)

_PROFILE = ItemFormat(platform="mastodon", account=("uri", "url", "acct"), facts=_facts(""))

_CREATED = ItemFormat(
    platform="mastodon",
    account="actor",
    time="published",
    clock=iso_us,
    acts=(("reply", "object.inReplyTo"),),
    has_links=False,
    post={
        "post_id": ("object.id", "id"),
        "text": Made(_text, ("object.content",)),
        "urls": _links,
        "hashtags": Made(lambda item: [tag for tag in all_of(item, _TAGS) if tag[:1] == "#"], (_TAGS,)),
    },
    also=("type",),
)

_ANNOUNCED = ItemFormat(
    platform="mastodon",
    account="actor",
    time="published",
    clock=iso_us,
    acts=(("repost", ("object.id", "object")),),
    post={"post_id": "id"},
    also=("type",),
)


def _shape(item: Item) -> ItemFormat | Text:
    if "actor" in item:
        kind = item.get("type")
        known = {"Create": _CREATED, "Announce": _ANNOUNCED}.get(str(kind))
        is_post = known is _ANNOUNCED or first_of(item, "object", dict) is not None
        return known if known and is_post else message("an activity of the type {type}, which is no post", type=kind)
    return _PROFILE if "acct" in item else _STATUS


def _sniff(head: Head) -> Confidence | None:
    """Accept statuses and outboxes."""
    keys = set(head.keys)
    if {"uri", "account", "content", "reblogs_count"} <= keys:
        return by_fields(0.95, "uri", "account", "content", "reblogs_count")
    if "orderedItems" in keys and not LIKES.match(head.start[:1000].decode("utf-8", "replace")):
        return by_fields(0.9, "orderedItems")
    if {"acct", "followers_count", "statuses_count"} <= keys:
        return by_fields(0.9, "acct", "followers_count", "statuses_count")
    for known in (("accounts", "statuses"), ("ancestors", "descendants")):
        if {*known} <= keys and b'"reblogs_count"' in head.start:
            return by_fields(0.9, *known)
    return None


_PLAIN = item_loader(
    "mastodon",
    "Mastodon",
    "Statuses or accounts from Mastodon's API, or the outbox.json of an account's own archive.",
    _STATUS,
    _shape,
)


def _read(path: Path, options: ReadOptions) -> Dataset:
    """Read statuses or an outbox.

    Raises:
        InputFileError: the file cannot be read, or lists addresses alone.
    """
    if _ADDRESSES.search(read_head(path, options.settings.get("member"))):
        raise InputFileError(
            "{name} lists addresses alone, as Mastodon's archive does of what an account liked "
            "or marked: neither who did so nor when stands in it, so no act can be made of it. "
            "How to date likes: docs/how-to/polled-likes.md.",
            name=path.name,
        )
    return _PLAIN.read(path, options)


LOADER = replace(_PLAIN, sniff=_sniff, read=_read)
