"""A Discord channel as DiscordChatExporter writes it, in JSON or as a table.

Private conversations are refused unless the case file says ``consent = "true"``. Reactions are counted; who left them
is in no export. The table names no message, so that its replies are read as posts.

Source: https://github.com/Tyrrrz/DiscordChatExporter, JsonMessageWriter.cs and CsvMessageWriter.cs, version 2.44.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.redaction import has_consent, private_chat
from forensics.loaders.reading.table_file import TableFile

_NO_SERVER = "0"
"""The number of the server in a conversation between people."""

_REACTIONS = pl.col("reactions[].count").list.eval(pl.element().cast(pl.Int64, strict=False)).list.sum()


def _refuse_private(path: Path, options: ReadOptions, table: TableFile) -> None:
    """Refuse a conversation between people unless they consented.

    Raises:
        InputFileError: it is one.
    """
    is_private = pl.col("^guild.id") == _NO_SERVER
    if not has_consent(options) and any(rows.select(is_private.any()).item() for rows in table.slices()):
        raise private_chat(path.name)


_TABLE = TableFormat(
    kind="a table",
    marks=("AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"),
    account="AuthorID",
    time="Date",
    platform="discord",
    post={"text": "Content"},
    traces={"media": pl.col("Attachments").str.split(","), "hashtag": hashtags_in("Content")},
    facts={"handle": "Author"},
)

LOADER = loader_of(
    "discord",
    "DiscordChatExporter",
    "The messages of a Discord channel, in JSON or as a table.",
    TableFormat(
        kind="JSON",
        marks=("guild", "channel", "messages"),
        items=Items(lists=("messages",)),
        begin=_refuse_private,
        account="author.id",
        time="timestamp",
        time_note="Times are Discord's own (timestamp), to the millisecond.",
        platform="discord",
        post={
            "post_id": "id",
            "text": "content",
            "permalink": pl.format("https://discord.com/channels/{}/{}/{}", "^guild.id", "^channel.id", "id"),
        },
        acts=(Act("reply", "reference.messageId", pl.col("type") == "Reply"),),
        traces={"media": "attachments[].url", "account": "mentions[].id", "hashtag": hashtags_in("content")},
        facts={"handle": "author.name", "name": "author.nickname", "is_automated": "author.isBot"},
        counts={"likes": _REACTIONS},
        captured="^exportedAt",
        rejected=((~pl.col("type").is_in(["Default", "Reply"]), "a notice and no message"),),
    ),
    _TABLE,
)
