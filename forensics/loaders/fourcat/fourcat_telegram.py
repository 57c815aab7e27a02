"""Messages of Telegram as 4CAT keeps them in NDJSON: Telethon's objects, one a line, with the chat and the sender.

A forwarded message names its source by number (``fwd_from.from_id``). ``date`` is counted since 1970. Ids are those of
4CAT's tables of the same data source. Chats that no name leads to are private, and need consent like any other.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/telegram/search_telegram.py, version 1.56.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import each, read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.item import add_item, hashtags_of
from forensics.text.urls import found_urls

__all__ = ["LOADER"]

_TIMES = "Times are Telegram's own (date), to the second."

_MENTION = re.compile(r"(?<!\w)@(\w+)")
_YES = ("true", "yes", "1")


class Peer(msgspec.Struct):
    channel_id: int | str | None = None
    user_id: int | str | None = None
    chat_id: int | str | None = None


class Chat(msgspec.Struct):
    id: int | str | None = None
    username: str | None = None
    title: str | None = None
    broadcast: bool | None = None
    megagroup: bool | None = None


class Sender(msgspec.Struct):
    id: int | str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    bot: bool | None = None


class Forward(msgspec.Struct):
    from_id: Peer | int | None = None
    from_name: str | None = None


class Answered(msgspec.Struct):
    reply_to_msg_id: int | str | None = None


class Page(msgspec.Struct):
    url: str | None = None


class Media(msgspec.Struct):
    webpage: Page | None = None


class Reaction(msgspec.Struct):
    count: int = 0


class Reactions(msgspec.Struct):
    results: list[Reaction] = []


class Replies(msgspec.Struct):
    replies: int | None = None


class Message(msgspec.Struct):
    id: int | str | None = None
    date: float | None = None
    message: str | None = None
    peer_id: Peer | None = None
    chat: Chat | None = msgspec.field(default=None, name="_chat")
    sender: Sender | None = msgspec.field(default=None, name="_sender")
    forwarded: Forward | None = msgspec.field(default=None, name="fwd_from")
    reply_to: Answered | None = None
    media: Media | None = None
    views: int | None = None
    forwards: int | None = None
    reactions: Reactions | None = None
    replies: Replies | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_message = msgspec.json.Decoder(Message, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept Telethon's messages with 4CAT's chat and sender."""
    keys = set(head.keys)
    if {"message", "date", "peer_id"} <= keys and keys & {"_chat", "_sender", "_chat_peer"}:
        return by_fields(0.95, "peer_id", "_chat", "_sender")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read messages; settings: ``consent``.

    Raises:
        InputFileError: the file cannot be read, or a chat is private.
    """
    has_consent = str(options.settings.get("consent", "")).lower() in _YES

    def take(raw: msgspec.Raw, into: Collector) -> None:
        for message in each([raw], _message, into):
            if not has_consent and not (message.chat and message.chat.username):
                raise InputFileError(
                    "{file} holds a chat without a public name. People write there without expecting to "
                    'be studied. If those in it have agreed, put consent = "true" in the case file.',
                    file=path.name,
                )
            _add(message, into)

    return read_json(path, options, LOADER.name, _raw, take, times=_TIMES)


def _add(message: Message, into: Collector) -> None:
    chat, peer, sender = message.chat or Chat(), message.peer_id or Peer(), message.sender or Sender()
    name = chat.username or _first(chat.id, peer.channel_id, peer.chat_id, peer.user_id)
    account_id = _first(sender.id, sender.username)
    source = message.forwarded.from_id if message.forwarded else None
    origin = _first(source.channel_id, source.user_id) if isinstance(source, Peer) else None
    answered = message.reply_to.reply_to_msg_id if message.reply_to else None
    shown = message.media.webpage.url if message.media and message.media.webpage else None
    at = epoch_us(message.date)
    post = Post(
        account_id=account_id,
        acted_at=at,
        action="repost" if message.forwarded else "reply" if answered is not None else "post",
        post_id=f"{name}-{message.id}",
        object_id=f"{name}-{answered}" if answered is not None and not message.forwarded else None,
        text=message.message,
        permalink=f"https://t.me/{chat.username}/{message.id}" if chat.username else None,
        urls=list(dict.fromkeys([*([shown] if shown else []), *found_urls(message.message)])),
        hashtags=hashtags_of(message.message),
        accounts=[who.lower() for who in _MENTION.findall(message.message or "")],
        pages=[origin or message.forwarded.from_name or ""] if message.forwarded else [],
    )
    facts = AccountFacts(
        account_id=account_id or "",
        platform="telegram",
        handle=sender.username,
        name=" ".join(part for part in (sender.first_name, sender.last_name) if part) or sender.title,
        captured_at=at,
        is_automated=sender.bot,
    )
    likes = sum(reaction.count for reaction in message.reactions.results) if message.reactions else None
    comments = message.replies.replies if message.replies else None
    add_item(
        into, post, message.date, facts, likes=likes, comments=comments, shares=message.forwards, views=message.views
    )


def _first(*numbers: int | str | None) -> str | None:
    return next((str(number) for number in numbers if number is not None and number != ""), None)


LOADER = Loader(
    name="4cat-telegram",
    title="4CAT, Telegram NDJSON",
    text="Messages of Telegram as 4CAT keeps them one a line, with the chat and the sender of each.",
    sniff=sniff,
    read=read,
)
