"""Posts of Truth Social and Gab as their web pages receive them, inside Zeeschuimer's lines.

Both grew out of Mastodon. Accounts and posts are known by the platform's own numbers, as in 4CAT's tables. Gab writes
short keys in its timelines (``c`` for the contents, ``ca`` for the time) and Mastodon's in its search.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/truth.js and gab.js, version 1.14.2.
"""

from __future__ import annotations

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import iso_us, precision_of
from forensics.loaders.zeeschuimer.item import add_item
from forensics.text.html_text import html_links, html_text
from forensics.text.urls import found_urls

__all__ = ["add_gab", "add_truth"]


class Account(msgspec.Struct):
    id: str | int | None = None
    username: str | None = None
    acct: str | None = None
    display_name: str | None = None
    created_at: str | None = None
    followers_count: int | None = None
    following_count: int | None = None
    statuses_count: int | None = None
    i: str | int | None = None
    un: str | None = None
    dn: str | None = None


class Named(msgspec.Struct):
    id: str | int | None = None
    name: str | None = None
    url: str | None = None
    username: str | None = None


class Parent(msgspec.Struct):
    id: str | int | None = None


class Truth(msgspec.Struct):
    id: str | int | None = None
    created_at: str | None = None
    account: Account | None = None
    content: str | None = None
    url: str | None = None
    language: str | None = None
    in_reply_to_id: str | int | None = None
    in_reply_to: Parent | None = None
    quote_id: str | int | None = None
    reblog: Truth | None = None
    group: Named | None = None
    card: Named | None = None
    tags: list[Named] = []
    mentions: list[Named] = []
    media_attachments: list[Named] = []
    replies_count: int | None = None
    reblogs_count: int | None = None
    favourites_count: int | None = None


class Gab(Truth):
    i: str | int | None = None
    c: str | None = None
    ca: str | None = None
    ul: str | None = None
    author_info: Account | None = None
    link_info: Named | None = None
    g: Named | None = None
    tg: list[Named] = []
    m: list[Named] = []
    rbc: int | None = None
    fbc: int | None = None


_truth = msgspec.json.Decoder(Truth, strict=False)
_gab = msgspec.json.Decoder(Gab, strict=False)


def add_truth(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Truth Social."""
    _add(item_of(item, _truth, into), collected, into, "truthsocial")


def add_gab(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Gab, its short keys written out."""
    gab = item_of(item, _gab, into)
    short = {
        "id": gab.i,
        "content": gab.c,
        "created_at": gab.ca,
        "url": gab.ul,
        "account": gab.author_info,
        "card": gab.link_info,
        "group": gab.g,
        "tags": gab.tg,
        "mentions": gab.m,
        "reblogs_count": gab.rbc,
        "favourites_count": gab.fbc,
    }
    for name, value in short.items():
        if value not in (None, []):
            setattr(gab, name, value)
    _add(gab, collected, into, "gab")


def _add(post: Truth, collected: int | None, into: Collector, platform: str) -> None:
    account = post.account or Account()
    account_id = _id(account.id if account.id is not None else account.i) or account.username or account.un
    handle = account.username or account.un
    original = post.reblog or post
    at, text = iso_us(post.created_at), html_text(original.content)
    parent = post.in_reply_to_id or (post.in_reply_to.id if post.in_reply_to else None)
    target, action = None, "post"
    for number, word in (
        (post.reblog.id if post.reblog else None, "repost"),
        (parent, "reply"),
        (post.quote_id, "quote"),
    ):
        if number is not None:
            target, action = _id(number), word
            break
    made = Post(
        account_id=account_id,
        acted_at=at,
        time_precision=precision_of(at),
        action=action,
        post_id=_id(post.id),
        object_id=target,
        text=text,
        language=original.language,
        permalink=post.url,
        urls=_links(original, text),
        hashtags=[tag.name for tag in original.tags if tag.name],
        accounts=[who for mention in original.mentions if (who := _id(mention.id) or mention.username)],
        media=[picture.url for picture in original.media_attachments if picture.url],
        pages=[f"group-{_id(post.group.id)}"] if post.group and post.group.id is not None else [],
    )
    facts = AccountFacts(
        account_id=account_id or "",
        platform=platform,
        handle=handle,
        name=account.display_name or account.dn,
        created_at=iso_us(account.created_at),
        captured_at=collected or at,
        followers=account.followers_count,
        following=account.following_count,
        posts=account.statuses_count,
    )
    counts = {"likes": post.favourites_count, "comments": post.replies_count, "shares": post.reblogs_count}
    add_item(into, made, post.created_at, facts, **({} if post.reblog else counts))


def _links(post: Truth, text: str | None) -> list[str]:
    card = [post.card.url] if post.card and post.card.url else []
    return list(dict.fromkeys([*card, *html_links(post.content), *found_urls(text)]))


def _id(number: str | int | None) -> str | None:
    return None if number is None else str(number)
