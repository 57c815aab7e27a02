"""Telegram's messages as Telethon writes them: ``to_json`` of each, one a line or in a list.

Ids are written as in Telegram Desktop's export, so that the two join. A message in a channel is the channel's own where
``from_id`` is missing. Private chats are refused unless the case file says ``consent = "true"``.

Source: https://docs.telethon.dev, version 1.40; https://core.telegram.org/constructor/message (2026).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.redaction import has_consent, private_chat
from forensics.loaders.reading.table_file import TableFile

_CHAT = pl.coalesce("peer_id.channel_id", "peer_id.chat_id", "peer_id.user_id")
_FORWARDED = pl.coalesce(
    pl.format("channel{}", "fwd_from.from_id.channel_id"),
    pl.format("user{}", "fwd_from.from_id.user_id"),
    pl.col("fwd_from.from_name"),
)


def _refuse_private(path: Path, options: ReadOptions, table: TableFile) -> None:
    """Refuse a file with messages between people unless they consented.

    Raises:
        InputFileError: it has some.
    """
    if has_consent(options):
        return
    is_private = pl.coalesce("peer_id.user_id", "peer_id.chat_id").is_not_null()
    if any(rows.select(is_private.any()).item() for rows in table.slices()):
        raise private_chat(path.name)


LOADER = loader_of(
    "telethon",
    "Telethon",
    "Telegram's messages as the library Telethon writes them in JSON.",
    TableFormat(
        kind="Telethon's messages",
        marks=("_", "id", "peer_id", "date", "message"),
        begin=_refuse_private,
        account=first(
            pl.format("user{}", "from_id.user_id"),
            pl.format("channel{}", "from_id.channel_id"),
            pl.format("channel{}", "peer_id.channel_id"),
        ),
        time="date",
        time_note="Times are Telegram's own (date), to the second.",
        platform="telegram",
        post={"post_id": pl.format("{}-{}", _CHAT, "id"), "text": "message"},
        acts=(
            Act(
                "repost",
                pl.format("{}-{}", "fwd_from.from_id.channel_id", "fwd_from.channel_post"),
                pl.col("fwd_from.date").is_not_null() | _FORWARDED.is_not_null(),
            ),
            Act("reply", pl.format("{}-{}", _CHAT, "reply_to.reply_to_msg_id")),
        ),
        traces={"page": _FORWARDED, "url": "entities[].url", "hashtag": hashtags_in("message")},
        facts={"name": "post_author"},
        counts={"views": "views", "shares": "forwards"},
        rejected=((pl.col("_") == "MessageService", "a notice and no message"),),
    ),
)
