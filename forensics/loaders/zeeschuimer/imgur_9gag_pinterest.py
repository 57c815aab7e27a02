"""Posts of Imgur, 9GAG and Pinterest as their web pages receive them, inside Zeeschuimer's lines.

Imgur names accounts by number only. 9GAG's anonymous posts have no account. Pins read off the page itself
(``_zs-origin``) have neither a time nor an account, and of the others some have no time.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/imgur.js, 9gag.js and pinterest.js, 1.14.2.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import epoch_us, iso_us, precision_of
from forensics.loaders.zeeschuimer.item import add_item, hashtags_of
from forensics.text.urls import found_urls

__all__ = ["add_9gag", "add_imgur", "add_pin"]


class Image(msgspec.Struct):
    id: str | None = None
    title: str | None = None
    description: str | None = None
    created_at: str | None = None
    account_id: int | str | None = None
    url: str | None = None
    view_count: int | None = None
    upvote_count: int | None = None
    comment_count: int | None = None


class Creator(msgspec.Struct):
    username: str | None = None
    full_name: str | None = msgspec.field(default=None, name="fullName")


class Tag(msgspec.Struct):
    key: str | None = None


class Gag(msgspec.Struct):
    id: str | None = None
    url: str | None = None
    title: str | None = None
    description: str | None = None
    created: int | None = msgspec.field(default=None, name="creationTs")
    creator: Creator | None = None
    source_url: str | None = msgspec.field(default=None, name="sourceUrl")
    upvotes: int | None = msgspec.field(default=None, name="upVoteCount")
    comments: int | None = msgspec.field(default=None, name="commentsCount")
    tags: list[Tag] = []


class Pinner(msgspec.Struct):
    id: str | None = None
    entity_id: str | None = msgspec.field(default=None, name="entityId")
    username: str | None = None
    full_name: str | None = None
    shown_name: str | None = msgspec.field(default=None, name="fullName")


class Board(msgspec.Struct):
    url: str | None = None


class Pin(msgspec.Struct):
    id: str | None = None
    entity_id: str | None = msgspec.field(default=None, name="entityId")
    created_at: str | None = None
    created: str | None = msgspec.field(default=None, name="createdAt")
    title: str | None = None
    description: str | None = None
    pinner: Pinner | None = None
    board: Board | None = None
    link: str | None = None


_image = msgspec.json.Decoder(Image, strict=False)
_gag = msgspec.json.Decoder(Gag, strict=False)
_pin = msgspec.json.Decoder(Pin, strict=False)


def add_imgur(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Imgur."""
    image = item_of(item, _image, into)
    account_id = str(image.account_id) if image.account_id not in (None, 0) else None
    at, text = iso_us(image.created_at), _text(image.title, image.description)
    post = Post(
        account_id=account_id,
        acted_at=at,
        time_precision=precision_of(at),
        post_id=image.id,
        text=text,
        permalink=image.url,
        urls=found_urls(text),
    )
    facts = AccountFacts(account_id=account_id or "", platform="imgur", captured_at=collected or at)
    counts = {"likes": image.upvote_count, "comments": image.comment_count, "views": image.view_count}
    add_item(into, post, image.created_at, facts, **counts)


def add_9gag(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of 9GAG."""
    gag = item_of(item, _gag, into)
    creator = gag.creator or Creator()
    at, text = epoch_us(gag.created), _text(gag.title, gag.description)
    post = Post(
        account_id=creator.username,
        acted_at=at,
        post_id=gag.id,
        text=text,
        permalink=gag.url,
        urls=[*([gag.source_url] if gag.source_url else []), *found_urls(text)],
        hashtags=[tag.key for tag in gag.tags if tag.key],
    )
    facts = AccountFacts(
        account_id=creator.username or "",
        platform="9gag",
        handle=creator.username,
        name=creator.full_name,
        captured_at=collected or at,
    )
    add_item(into, post, gag.created, facts, likes=gag.upvotes, comments=gag.comments)


def add_pin(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a pin of Pinterest."""
    pin = item_of(item, _pin, into)
    pinner = pin.pinner or Pinner()
    stated = pin.created_at or pin.created
    at, text = _mail_us(stated), _text(pin.title, pin.description)
    post_id = pin.entity_id or pin.id
    post = Post(
        account_id=pinner.username,
        acted_at=at,
        post_id=post_id,
        text=text,
        permalink=f"https://www.pinterest.com/pin/{post_id}" if post_id else None,
        urls=[*([pin.link] if pin.link else []), *found_urls(text)],
        hashtags=hashtags_of(text),
        pages=[f"https://www.pinterest.com{pin.board.url}"] if pin.board and pin.board.url else [],
    )
    facts = AccountFacts(
        account_id=pinner.username or "",
        platform="pinterest",
        handle=pinner.username,
        name=pinner.shown_name or pinner.full_name,
        captured_at=collected or at,
    )
    add_item(into, post, stated, facts)


def _text(*parts: str | None) -> str | None:
    return "\n".join(part.strip() for part in parts if part and part.strip()) or None


def _mail_us(text: str | None) -> int | None:
    """Read ``Fri, 21 Jun 2024 20:00:00 +0000``, or ISO 8601."""
    try:
        return iso_us(parsedate_to_datetime(text).isoformat()) if text else None
    except ValueError:
        return iso_us(text)
