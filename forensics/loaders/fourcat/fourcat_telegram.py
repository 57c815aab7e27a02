"""Messages of Telegram as 4CAT keeps them in NDJSON: Telethon's objects, one a line, with the chat and the sender.

A forwarded message names its source by number (``fwd_from.from_id``). ``date`` is counted since 1970. Ids are those of
4CAT's tables of the same data source. Chats that no name leads to are private, and need consent like any other.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/telegram/search_telegram.py, version 1.56.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from forensics.errors import InputFileError
from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import Item, Made, all_of, first_of, hashtags_in, written
from forensics.loaders.format_declarations.json_format import values_at
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.act_rows import UNNAMED
from forensics.loaders.normalising.redaction import has_consent

_MENTION = re.compile(r"(?<!\w)@(\w+)")
_CHAT = ("_chat.username", "_chat.id", "peer_id.channel_id", "peer_id.chat_id", "peer_id.user_id")
_ANSWERED = "reply_to.reply_to_msg_id"
_ORIGIN = ("fwd_from.from_id.channel_id", "fwd_from.from_id.user_id", "fwd_from.from_name")
_REACTIONS = "reactions.results[].count"


def _forwarded(item: Item) -> str | None:
    """Return that a message repeats another, of which Telegram names the source and not the number."""
    return UNNAMED if first_of(item, "fwd_from", dict) is not None else None


def _mentioned(item: Item) -> list[str]:
    return [who.lower() for who in _MENTION.findall(first_of(item, "message", str) or "")]


def _name(item: Item) -> object:
    return " ".join(all_of(item, ["_sender.first_name", "_sender.last_name"])) or first_of(item, "_sender.title")


def _likes(item: Item) -> int | None:
    """Return how many reactions a message has; None where it says nothing of them."""
    counts = [count for count in values_at(item, _REACTIONS.replace("[]", ".[]").split(".")) if isinstance(count, int)]
    return sum(counts) if first_of(item, "reactions", dict) is not None else None


def _only_public(name: str, options: ReadOptions) -> Callable[[Item], None]:
    """Return what refuses a file with a private chat, unless the case file says that those in it have agreed."""

    def check(item: Item) -> None:
        if not has_consent(options) and not first_of(item, "_chat.username"):
            raise InputFileError(
                "{file} holds a chat without a public name. People write there without expecting to "
                'be studied. If those in it have agreed, put consent = "true" in the case file.',
                file=name,
            )

    return check


_MESSAGE = ItemFormat(
    platform="telegram",
    account=("_sender.id", "_sender.username"),
    time="date",
    acts=(("repost", _forwarded), ("reply", written("{}-{}", _CHAT, _ANSWERED))),
    post={
        "post_id": written("{}-{}", _CHAT, "id"),
        "text": "message",
        "permalink": written("https://t.me/{}/{}", "_chat.username", "id"),
        "urls": "media.webpage.url",
        "hashtags": hashtags_in("message"),
        "accounts": _mentioned,
        "pages": _ORIGIN,
    },
    facts={"handle": "_sender.username", "name": _name, "is_automated": "_sender.bot"},
    counts_reposts=True,
    counts={
        "likes": Made(_likes, (_REACTIONS,)),
        "comments": "replies.replies",
        "shares": "forwards",
        "views": "views",
    },
    also=("_sender.first_name", "_sender.last_name", "_sender.title"),
    marks=("message", "date", "peer_id"),
    one_of=("_chat", "_sender", "_chat_peer"),
    times="Times are Telegram's own (date), to the second.",
    begin=_only_public,
)

LOADER = item_loader(
    "4cat-telegram",
    "4CAT, Telegram NDJSON",
    "Messages of Telegram as 4CAT keeps them one a line, with the chat and the sender of each.",
    _MESSAGE,
)
