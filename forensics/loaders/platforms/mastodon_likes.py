"""What an account at Mastodon liked: ``likes.json`` of its own archive, a list of addresses without times.

Whose archive it is stands in ``actor.json`` beside it, or in ``account`` in the case file.

Source: https://docs.joinmastodon.org/user/moving, "Export" (2026); ActivityPub, https://www.w3.org/TR/activitypub.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path, PurePosixPath

import msgspec
import polars as pl

from forensics.errors import ForensicsError, InputFileError
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.data_file import describe, open_bytes
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import Text, message

LIKES = re.compile(r'\A\s*\{[^\[]*"id"\s*:\s*"[^"]*likes\.json"[^\[]*"orderedItems"\s*:\s*\[\s*"', re.DOTALL)
"""How the file begins; that of bookmarks, which are no likes, differs in its ``id`` alone."""

_ACTOR = "actor.json"
_MOST = 1 << 20


class _Named(msgspec.Struct):
    id: str | None = None


class _Liked(msgspec.Struct):
    items: list[str] = msgspec.field(default_factory=list, name="orderedItems")


def _rows(path: Path, options: ReadOptions) -> TableFile:
    """Read the addresses of what was liked.

    Raises:
        InputFileError: the file cannot be read.
    """
    file = describe(path)
    notes: list[Text] = []
    with closing(open_bytes(path, options.settings.get("member"))) as stream:
        try:
            liked = msgspec.json.decode(stream.read(), type=_Liked).items
        except (msgspec.DecodeError, UnicodeError) as error:
            sentence = "{file} cannot be read as this format: {error}."
            raise InputFileError(sentence, file=path.name, error=error) from error
    owner = options.settings.get("account") or _actor(path, options) or f"owner of {options.source_id}"
    if owner == f"owner of {options.source_id}":
        sentence = (
            "Whose archive {file} is stands in actor.json, which is not beside it, so its owner is called '{owner}'. "
            "Give account, the address of the account, in the case file."
        )
        notes.append(message(sentence, file=path.name, owner=owner))
    rows = pl.DataFrame(
        {ROW: range(1, len(liked) + 1), "owner": [owner] * len(liked), "liked": liked},
        schema={ROW: pl.Int64, "owner": pl.String, "liked": pl.String},
    )
    return TableFile(file, ("owner", "liked"), rows, len(liked), Rejects(), notes, FieldCount(n_looked=len(liked)))


def _actor(path: Path, options: ReadOptions) -> str | None:
    """Return the address of the account that ``actor.json`` beside a file names, in the same archive."""
    member = options.settings.get("member")
    beside = path if member else path.with_name(_ACTOR)
    inside = str(PurePosixPath(member).with_name(_ACTOR)) if member else None
    try:
        with closing(open_bytes(beside, inside)) as stream:
            return msgspec.json.decode(stream.read(_MOST), type=_Named).id
    except (ForensicsError, msgspec.DecodeError, UnicodeError):
        return None


LOADER = loader_of(
    "mastodon-likes",
    "Mastodon, likes",
    "The likes.json of an account's own archive at Mastodon: what it liked, without times.",
    TableFormat(
        kind="likes of Mastodon's archive",
        marks=("owner", "liked"),
        begins=LIKES,
        rows=_rows,
        account="owner",
        platform="mastodon",
        acts=(Act("like", "liked"),),
    ),
)
