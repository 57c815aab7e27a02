"""Statuses and accounts as Mastodon's API gives them, and the ``outbox.json`` of an account's own archive.

They come as a list, one a line, as what a search finds, or as what stands around a status.

A status's ``id`` counts on one server only; its ``uri`` is the same everywhere and is the post's id. A boost names the
status it repeats by ``uri`` too, but a reply names its parent by the server's id. An account says itself whether
software runs it (``bot``). An account's ``created_at`` is cut to the day.

Source: https://docs.joinmastodon.org/entities/Status (July 2026); ActivityPub, https://www.w3.org/TR/activitypub.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.platforms.mastodon_likes import LIKES
from forensics.loaders.reading.documents import decoded, each, read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.times.single_times import iso_us, precision_of
from forensics.messages import message
from forensics.text.html_text import html_links, html_text

__all__ = ["LOADER", "Status", "add_status"]

_LISTS = ("orderedItems", "statuses", "ancestors", "descendants")
"""Keys of lists: of an outbox, of what a search finds, of what stands around a status."""

_TIMES = "Times are what the instance states (created_at, published)."


class Account(msgspec.Struct):
    acct: str | None = None
    url: str | None = None
    uri: str | None = None
    display_name: str | None = None
    bot: bool | None = None
    created_at: str | None = None
    followers_count: int | None = None
    following_count: int | None = None
    statuses_count: int | None = None


class Named(msgspec.Struct):
    name: str | None = None
    url: str | None = None


class Picture(msgspec.Struct):
    remote_url: str | None = None
    url: str | None = None


class Quote(msgspec.Struct):
    status: Status | None = msgspec.field(default=None, name="quoted_status")


class Status(msgspec.Struct):
    """A status; ``reblog`` holds the one it repeats."""

    id: str | None = None
    uri: str | None = None
    url: str | None = None
    created_at: str | None = None
    account: Account | None = None
    content: str | None = None
    warning: str | None = msgspec.field(default=None, name="spoiler_text")
    language: str | None = None
    application: Named | None = None
    in_reply_to_id: str | None = None
    reblog: Status | None = None
    quote: Quote | None = None
    tags: list[Named] = []
    mentions: list[Named] = []
    media_attachments: list[Picture] = []
    card: Named | None = None
    replies_count: int | None = None
    reblogs_count: int | None = None
    favourites_count: int | None = None


class Note(msgspec.Struct):
    """The object of an ActivityPub activity."""

    id: str | None = None
    content: str | None = None
    in_reply_to: str | None = msgspec.field(default=None, name="inReplyTo")
    tag: list[Named] = []


class Activity(msgspec.Struct):
    type: str | None = None
    actor: str | None = None
    id: str | None = None
    published: str | None = None
    object: Note | str | None = None


class Page(msgspec.Struct):
    items: list[msgspec.Raw] | None = msgspec.field(default=None, name="orderedItems")
    acct: str | None = None
    statuses: list[msgspec.Raw] | None = None
    ancestors: list[msgspec.Raw] | None = None
    descendants: list[msgspec.Raw] | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_page = msgspec.json.Decoder(Page)
_account = msgspec.json.Decoder(Account, strict=False)
_status = msgspec.json.Decoder(Status, strict=False)
_activity = msgspec.json.Decoder(Activity)


def sniff(head: Head) -> Confidence | None:
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


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read statuses or an outbox.

    Raises:
        InputFileError: the file cannot be read.
    """
    take = partial(_take, path.name)
    return read_json(path, options, LOADER.name, _raw, take, within=(_LISTS, ()), times=_TIMES)


def _take(name: str, raw: msgspec.Raw, into: Collector) -> None:
    page, _ = decoded(bytes(raw), _page)
    items = page.items
    if items and all(bytes(item)[:1] == b'"' for item in items):
        raise InputFileError(
            "{name} lists addresses alone, as Mastodon's archive does of what an account liked "
            "or marked: neither who did so nor when stands in it, so no act can be made of it. "
            "How to date likes: docs/how-to/polled-likes.md.",
            name=name,
        )
    if items is not None:
        for activity in each(items, _activity, into):
            _act(activity, into)
        return
    if page.acct is not None:
        for account in each([raw], _account, into):
            into.facts(_facts(account, account.uri or account.url or account.acct or "", None, "mastodon"))
        return
    found = [status for part in (page.statuses, page.ancestors, page.descendants) for status in part or ()]
    for status in each(found or [raw], _status, into):
        add_status(status, into, "mastodon")


def add_status(status: Status, into: Collector, platform: str, *, is_context: bool = False) -> None:
    """Add a status, its account, its counts and the status it repeats as context."""
    account = status.account or Account()
    account_id = account.uri or account.url or account.acct
    original = status.reblog or status
    at = iso_us(status.created_at)
    text = "\n".join(part for part in (original.warning, html_text(original.content)) if part) or None
    quoted = status.quote.status if status.quote else None
    links = [*html_links(original.content), *([original.card.url] if original.card and original.card.url else [])]
    parent = f"{urlsplit(account.url or '').netloc}/{status.in_reply_to_id}" if status.in_reply_to_id else None
    post = Post(
        account_id=account_id,
        acted_at=at,
        time_precision=precision_of(at),
        action="repost" if status.reblog else "reply" if parent else "quote" if quoted else "post",
        post_id=status.uri or status.url or status.id,
        object_id=(status.reblog.uri or status.reblog.url)
        if status.reblog
        else parent or ((quoted.uri or quoted.url) if quoted else None),
        text=text,
        language=original.language,
        client=status.application.name if status.application else None,
        permalink=status.url,
        is_context=is_context or None,
        urls=list(dict.fromkeys(links)),
        hashtags=[tag.name for tag in original.tags if tag.name],
        accounts=[mention.url for mention in original.mentions if mention.url],
        media=[picture.remote_url or picture.url or "" for picture in original.media_attachments],
    )
    if not into.post(post, status.created_at) or account_id is None:
        return
    into.facts(_facts(account, account_id, at, platform))
    if status.reblog is not None and not is_context:
        add_status(status.reblog, into, platform, is_context=True)
    if status.reblog is None and post.post_id is not None:
        into.counts(
            PostCounts(
                post_id=post.post_id,
                account_id=account_id,
                platform=platform,
                published_at=at,
                time_precision=precision_of(at),
                likes=status.favourites_count,
                comments=status.replies_count,
                shares=status.reblogs_count,
                text=text,
                language=status.language,
                permalink=status.url,
            )
        )


def _facts(account: Account, account_id: str, at: int | None, platform: str) -> AccountFacts:
    return AccountFacts(
        account_id=account_id,
        platform=platform,
        handle=account.acct,
        name=account.display_name,
        created_at=iso_us(account.created_at),
        captured_at=at,
        followers=account.followers_count,
        following=account.following_count,
        posts=account.statuses_count,
        is_automated=account.bot,
    )


def _act(activity: Activity, into: Collector) -> None:
    """Add an activity of an outbox: a post it creates, or one it announces."""
    at = iso_us(activity.published)
    if activity.type == "Announce":
        target = activity.object.id if isinstance(activity.object, Note) else activity.object
        post = Post(account_id=activity.actor, acted_at=at, action="repost", post_id=activity.id, object_id=target)
    elif activity.type == "Create" and isinstance(activity.object, Note):
        note = activity.object
        post = Post(
            account_id=activity.actor,
            acted_at=at,
            action="reply" if note.in_reply_to else "post",
            post_id=note.id or activity.id,
            object_id=note.in_reply_to,
            text=html_text(note.content),
            urls=html_links(note.content),
            hashtags=[tag.name for tag in note.tag if tag.name and tag.name.startswith("#")],
        )
    else:
        into.reject(message("an activity of the type {type}, which is no post", type=activity.type))
        return
    post.time_precision = precision_of(at)
    into.post(post, activity.published)


LOADER = Loader(
    name="mastodon",
    title="Mastodon",
    text="Statuses or accounts from Mastodon's API, or the outbox.json of an account's own archive.",
    sniff=sniff,
    read=read,
)
