"""Which column of a table is which: as the case file says, else guessed from the names and said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.base import ReadOptions
from forensics.loaders.reading.preview import Preview
from forensics.loaders.shaping.column_hints import HINTS, OBJECT_HINTS, OTHERS, WHOLE_ONLY, plain_name

__all__ = ["ACCOUNT_KEYS", "ACT_KEYS", "ColumnMap", "column_hints", "map_columns"]

ACT_KEYS = {
    "account": "account_id",
    "time": "acted_at",
    "post": "post_id",
    "text": "text",
    "object": "object_id",
    "object_kind": "object_kind",
    "action": "action",
    "camp": "camp",
    "language": "language",
    "client": "client",
    "country": "country",
    "latitude": "latitude",
    "longitude": "longitude",
    "permalink": "permalink",
}
"""Key in the case file to column of ``schema.ACTIONS``."""

ACCOUNT_KEYS = {
    "handle": "handle",
    "name": "name",
    "label": "label",
    "followers": "followers",
    "following": "following",
    "posts": "posts",
    "created": "created_at",
    "place": "stated_place",
    "platform_country": "platform_country",
    "platform_country_kind": "platform_country_kind",
    "account_language": "language",
    "automated": "is_automated",
}
"""Key in the case file to column of ``schema.ACCOUNTS``."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What was settled.

    Attributes:
        columns: key to column.
        objects: kind of object to column.
        notes: what was guessed.
    """

    columns: dict[str, str]
    objects: dict[str, str]
    notes: tuple[str, ...]


def column_hints(key: str) -> tuple[str, ...]:
    """Return the plain names by which a key is known, the likeliest first."""
    return tuple(HINTS.get(key, "").split())


def map_columns(start: Preview, options: ReadOptions) -> ColumnMap:
    """Settle which column is which.

    What the case file names is taken as named. Columns are guessed only where it names none, objects only where it
    names no object; the account and the time are guessed in any case.

    Raises:
        InputFileError: a named key or column does not exist, or no column looks like the account or the time.
    """
    columns = start.columns
    if not columns:
        raise InputFileError("The file has no columns: its first lines hold no JSON object that can be read.")
    _check(start, options)
    found = dict(options.columns)
    guessed: dict[str, str] = {}
    names = {column: plain_name(column) for column in columns}
    taken = {*found.values(), *options.objects.values()}
    for key in HINTS if not options.columns else ("account", "time"):
        hit = _known_by(HINTS[key], names, taken) if key not in found else None
        if hit:
            found[key] = guessed[key] = hit
            taken.add(hit)
    for key, word in (("account", "who acted"), ("time", "when")):
        if key not in found:
            raise InputFileError(
                f"No column looks like {word}. Name it in the case file under columns, for example {key} = "
                f'"{columns[0]}". The columns are: {_listed(columns)}.'
            )
    objects = dict(options.objects)
    if not objects and "object" not in found:
        for kind, hints in OBJECT_HINTS.items():
            hit = _known_by(hints, names, taken)
            if hit:
                objects[kind] = guessed[f"object {kind}"] = hit
    notes: tuple[str, ...] = ()
    if guessed:
        pairs = ", ".join(f"{key} = '{column}'" for key, column in guessed.items())
        notes = (f"Guessed from the columns' names: {pairs}. Name them in the case file to settle it.",)
    return ColumnMap(found, objects, notes)


def _known_by(hints: str, names: Mapping[str, str], taken: Collection[str]) -> str | None:
    """Return the column that is named by a hint, or else the one whose name ends in one."""
    free = {column: name for column, name in names.items() if column not in taken}
    for hint in hints.split():
        for column, name in free.items():
            if name == hint:
                return column
    for hint in (hint for hint in hints.split() if hint not in WHOLE_ONLY):
        for column, name in free.items():
            if name.endswith(f"_{hint}") and not OTHERS & set(name.removesuffix(f"_{hint}").split("_")):
                return column
    return None


def _check(start: Preview, options: ReadOptions) -> None:
    """Raise where the case file names a key or a column that does not exist."""
    known = {**ACT_KEYS, **ACCOUNT_KEYS}
    for key in options.columns:
        if key not in known:
            raise InputFileError(f"There is no key '{key}' for a column. There are: {', '.join(known)}.")
    for kind in options.objects:
        if kind not in schema.OBJECT_KIND.categories:
            kinds = ", ".join(schema.OBJECT_KIND.categories)
            raise InputFileError(f"There is no kind of object '{kind}'. There are: {kinds}.")
    for key, column in (*options.columns.items(), *options.objects.items()):
        within = [name for name in start.columns if name.startswith(f"{column}.")]
        if column in start.columns:
            continue
        if within:
            raise InputFileError(
                f'{key} = "{column}": that column holds objects with values of their own. Name one of those: '
                f"{_listed(tuple(within))}."
            )
        raise InputFileError(f'{key} = "{column}": there is no such column. There are: {_listed(start.columns)}.')


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:60]) + (" …" if len(columns) > 60 else "")
