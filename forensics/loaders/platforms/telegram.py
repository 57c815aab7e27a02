r"""Telegram Desktop's export, ``result.json``: one chat, or all chats of an account.

``date_unixtime`` is the time; ``date`` is the local time of the computer that exported, so exports without the former
need ``time_zone``. A forwarded message names its source, without an id. Control characters are written ``\x0B``, which
is no JSON and is repaired. Private chats are refused unless the case file says ``consent = "true"``. What a message
is (a post, somebody's joining, a notice) and when decide themselves by rules, not by fields: it is read by code.

Source: https://github.com/telegramdesktop/tdesktop, export_output_json.cpp (August 2025).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from forensics import messages
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts, Post, PostCounts
from forensics.loaders.normalising.redaction import has_consent
from forensics.loaders.reading.json.json_documents import each, read_json
from forensics.loaders.times.single_times import epoch_us, iso_us

_TIMES = (
    "Times are Telegram's own (date_unixtime), to the second, or where an export is old those of the exporting "
    "computer (date)."
)

_PUBLIC = ("public_channel", "public_supergroup", "public_group")
_JOINS = ("join_group_by_link", "join_group_by_request")
"""What somebody does to get into a chat; an invitation is another's doing."""


class Entity(msgspec.Struct):
    type: str | None = None
    text: str = ""
    href: str | None = None
    user_id: int | str | None = None


class Reaction(msgspec.Struct):
    count: int = 0


class Location(msgspec.Struct):
    latitude: float | None = None
    longitude: float | None = None


class Message(msgspec.Struct):
    id: int | str | None = None
    type: str | None = None
    date: str | None = None
    date_unixtime: str | int | None = None
    sender: str | None = msgspec.field(default=None, name="from")
    sender_id: str | int | None = msgspec.field(default=None, name="from_id")
    forwarded_from: str | None = None
    reply_to_message_id: int | str | None = None
    via_bot: str | None = None
    action: str | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    text: str | list[str | Entity] = ""
    text_entities: list[Entity] | None = None
    reactions: list[Reaction] = []
    location_information: Location | None = None


class Chat(msgspec.Struct):
    name: str | None = None
    type: str | None = None
    id: int | str | None = None
    messages: list[msgspec.Raw] = []


class Chats(msgspec.Struct):
    listed: list[Chat] = msgspec.field(default_factory=list, name="list")


class Export(Chat):
    chats: Chats | None = None
    left_chats: Chats | None = None


_export = msgspec.json.Decoder(Export)
_message = msgspec.json.Decoder(Message)


def sniff(head: Head) -> Confidence | None:
    """Accept one chat, or the export of an account."""
    keys = set(head.keys)
    if {"name", "type", "id", "messages"} <= keys:
        return by_fields(0.95, "name", "type", "id", "messages")
    if keys & {"chats", "left_chats"} and b'"messages"' in head.start:
        return by_fields(0.9, "chats", "messages")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read an export; settings: ``consent``, and ``time_zone`` for exports without ``date_unixtime``.

    Raises:
        InputFileError: the file cannot be read, a chat is private, or old times have no zone.
    """

    def take(export: Export, into: Collector) -> None:
        for chat in [export, *(c for part in (export.chats, export.left_chats) if part for c in part.listed)]:
            if chat.messages:
                _take(path.name, chat, options, into)

    return read_json(
        path, options, LOADER.name, _export, take, within=(("messages",), ("chats", "left_chats", "list")), times=_TIMES
    )


def _take(name: str, chat: Chat, options: ReadOptions, into: Collector) -> None:
    if chat.type not in _PUBLIC and not has_consent(options):
        raise InputFileError(
            "{name} holds a private chat ('{chat}', {kind}). People write there without "
            'expecting to be studied. If those in it have agreed, put consent = "true" in the '
            "case file.",
            name=name,
            chat=chat.name,
            kind=chat.type,
        )
    for message in each(chat.messages, _message, into):
        if message.type == "service" and message.action in _JOINS:
            _join(name, chat, message, options, into)
        elif message.type != "message":
            into.reject(messages.message("a {type} entry, no message of a person", type=message.type))
        else:
            _add(name, chat, message, options, into)


def _join(name: str, chat: Chat, message: Message, options: ReadOptions, into: Collector) -> None:
    """Add that somebody joined the chat by themselves."""
    at = _time(name, message, options)
    account_id = str(message.actor_id) if message.actor_id is not None else None
    post = Post(
        account_id=account_id, acted_at=at, action="join", object_id=str(chat.id or chat.name), object_kind="page"
    )
    if into.post(post, message.date) and account_id is not None:
        into.facts(AccountFacts(account_id=account_id, platform="telegram", name=message.actor, captured_at=at))


def _time(name: str, message: Message, options: ReadOptions) -> int | None:
    at = epoch_us(message.date_unixtime)
    return _local(name, message.date, options) if at is None and message.date is not None else at


def _add(name: str, chat: Chat, message: Message, options: ReadOptions, into: Collector) -> None:
    at = _time(name, message, options)
    entities = message.text_entities
    if entities is None:
        parts = [message.text] if isinstance(message.text, str) else message.text
        entities = [part if isinstance(part, Entity) else Entity("plain", part) for part in parts]
    text = "".join(entity.text for entity in entities)
    place = message.location_information or Location()
    account_id = str(message.sender_id) if message.sender_id is not None else None
    post = Post(
        account_id=account_id,
        acted_at=at,
        action="repost" if message.forwarded_from else "reply" if message.reply_to_message_id else "post",
        post_id=f"{chat.id}-{message.id}",
        object_id=f"{chat.id}-{message.reply_to_message_id}" if message.reply_to_message_id else None,
        text=text,
        client=message.via_bot,
        latitude=place.latitude,
        longitude=place.longitude,
        urls=[url for entity in entities if (url := _url(entity))],
        hashtags=[entity.text for entity in entities if entity.type == "hashtag"],
        accounts=[who for entity in entities if (who := _mentioned(entity))],
        pages=[message.forwarded_from] if message.forwarded_from else [],
    )
    if message.forwarded_from:
        post.object_id = None
    if not into.post(post, message.date) or account_id is None:
        return
    into.facts(AccountFacts(account_id=account_id, platform="telegram", name=message.sender, captured_at=at))
    if message.reactions:
        likes = sum(reaction.count for reaction in message.reactions)
        into.counts(
            PostCounts(
                post_id=f"{chat.id}-{message.id}",
                account_id=account_id,
                platform="telegram",
                published_at=at,
                time_precision="s",
                likes=likes,
                text=text,
            )
        )


def _local(name: str, date: str, options: ReadOptions) -> int | None:
    """Read a time without a zone in that of the case file."""
    zone = options.settings.get("time_zone")
    if zone is None:
        raise InputFileError(
            "{name} is from an old version of Telegram Desktop, which kept only the local time "
            "of the computer that exported. Say where that was, for example time_zone = "
            '"Europe/Kyiv".',
            name=name,
        )
    try:
        return iso_us(datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(zone)).isoformat())
    except ZoneInfoNotFoundError as error:
        raise InputFileError(
            "There is no time zone '{zone}'. Zones are written like \"Europe/Kyiv\".", zone=zone
        ) from error
    except ValueError:
        return None


def _url(entity: Entity) -> str | None:
    if entity.type == "text_link":
        return entity.href
    if entity.type == "link":
        return entity.text if "://" in entity.text else f"https://{entity.text}"
    return None


def _mentioned(entity: Entity) -> str | None:
    if entity.type == "mention_name" and entity.user_id is not None:
        return f"user{entity.user_id}"
    return entity.text.lstrip("@").lower() if entity.type == "mention" else None


LOADER = Loader(
    name="telegram",
    title="Telegram Desktop export",
    text="The result.json that Telegram Desktop writes for a channel, a group or all chats.",
    sniff=sniff,
    read=read,
)
