"""X's Community Notes as X publishes them every day: who noted what under which tweet, and who rated which note.

Authors and raters go by aliases that no account of X can be traced to. A note is a comment upon a tweet; a rating is
done to a note.

Source: https://communitynotes.x.com/guide/en/under-the-hood/download-data (2026).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat

_MILLISECONDS = {"time_format": "unix_ms"}

LOADER = loader_of(
    "community-notes",
    "X's Community Notes",
    "Notes under tweets, or ratings of notes, as X publishes them in tables.",
    TableFormat(
        kind="notes",
        marks=("noteId", "noteAuthorParticipantId", "createdAtMillis", "tweetId"),
        account="noteAuthorParticipantId",
        time="createdAtMillis",
        time_settings=_MILLISECONDS,
        platform="twitter",
        post={"post_id": "noteId", "text": pl.col("summary").str.replace_all("&quot;", '"')},
        acts=(Act("comment", "tweetId"),),
    ),
    TableFormat(
        kind="ratings of notes",
        marks=("noteId", "raterParticipantId", "createdAtMillis"),
        account="raterParticipantId",
        time="createdAtMillis",
        time_settings=_MILLISECONDS,
        platform="twitter",
        acts=(Act("rate", "noteId"),),
    ),
)
