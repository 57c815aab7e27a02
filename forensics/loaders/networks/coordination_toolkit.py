"""The input of the coordination-network-toolkit: eight columns, ``message_id`` to ``urls``, times in unix seconds.

A row with ``repost_id`` reposts, one with ``reply_id`` replies. Addresses are separated by spaces or written as a list.

Source: https://github.com/QUT-Digital-Observatory/coordination-network-toolkit, version 1.5.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat

LOADER = loader_of(
    "coordination-toolkit",
    "coordination-network-toolkit input",
    "The eight-column table that the coordination-network-toolkit reads, message_id to urls.",
    TableFormat(
        kind="the toolkit's table",
        marks=("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"),
        account="user_id",
        time="timestamp",
        post={"post_id": "message_id", "text": "message"},
        acts=(Act("repost", "repost_id"), Act("reply", "reply_id")),
        traces={"url": "urls"},
        facts={"handle": "username"},
        has_links=False,
    ),
)
