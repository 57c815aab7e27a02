"""Which column of a table is which: as the case file says, else guessed from the names and said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.base import ReadOptions
from forensics.loaders.reading.preview import Preview
from forensics.loaders.shaping.column_hints import HINTS, OBJECT_HINTS, OTHERS, REGISTERED, WHOLE_ONLY, plain_name

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
        holds_accounts: whether a row is an account, and no act.
    """

    columns: dict[str, str]
    objects: dict[str, str]
    notes: tuple[str, ...]
    holds_accounts: bool = False


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
    names = {column: plain_name(column) for column in columns}
    is_free = not options.columns and not options.objects and "action" not in options.settings
    guessed = _profiles(start, names) if is_free else {}
    found = dict(options.columns) | guessed
    for key in () if guessed else _asked(options):
        hit = _known_by(HINTS[key], names, {*found.values(), *options.objects.values()}) if key not in found else None
        if hit:
            found[key] = guessed[key] = hit
    holds_accounts = "time" not in found and bool(_PROFILE & found.keys())
    for key, word in (("account", "who acted"), ("time", "when")):
        if key not in found and not (key == "time" and holds_accounts):
            raise InputFileError(
                f"No column looks like {word}. Name it in the case file under columns, for example {key} = "
                f'"{columns[0]}". The columns are: {_listed(columns)}.'
            )
    objects = dict(options.objects)
    if not objects and "object" not in found and not holds_accounts:
        free = {column: name for column, name in names.items() if column not in found.values()}
        hits = {kind: _known_by(hints, free, ()) for kind, hints in OBJECT_HINTS.items()}
        objects = {kind: hit for kind, hit in hits.items() if hit}
        guessed |= {f"object {kind}": hit for kind, hit in objects.items()}
    return ColumnMap(found, objects, tuple(_notes(guessed, holds_accounts)), holds_accounts)


def _asked(options: ReadOptions) -> tuple[str, ...]:
    """Return the keys that are guessed; the time is not where the case file maps a table of accounts."""
    if not options.columns:
        return tuple(HINTS)
    is_accounts = "created" in options.columns and options.columns.keys() <= {"account", *ACCOUNT_KEYS}
    return ("account",) if is_accounts and not options.objects else ("account", "time")


def _notes(guessed: Mapping[str, str], holds_accounts: bool) -> Iterator[str]:  # noqa: FBT001  not a switch
    if guessed:
        pairs = ", ".join(f"{key} = '{column}'" for key, column in guessed.items())
        yield f"Guessed from the columns' names: {pairs}. Name them in the case file to settle it."
    if holds_accounts:
        yield "The rows were read as accounts, not as acts: they say when accounts were registered and no more."


_PROFILE = {"created", "followers", "following", "posts"}
_ACTS = ("text", "object", "action", "permalink", "post")
_BESIDE = {"id", "uri", "description", "comment"}
"""Names that a table of accounts has too."""

_OF_ACCOUNTS = {"following", "posts", "description", "bio", "verified", "protected", "location", "listed_count"}


def _profiles(start: Preview, names: Mapping[str, str]) -> dict[str, str]:
    """Return which column is which in a table of accounts: registered at some time, counted, and none of them twice."""
    registered = _known_by(HINTS["created"], names, ()) or next((c for c, n in names.items() if n in REGISTERED), None)
    counts = {key: _known_by(HINTS[key], names, ()) for key in ("followers", "following", "posts")}
    found = {key: column for key, column in counts.items() if column}
    acts = {hint for key in _ACTS for hint in HINTS[key].split()} - _BESIDE
    shared = {hint for hints in OBJECT_HINTS.values() for hint in hints.split()}
    plain = set(names.values())
    n_facts = len(_OF_ACCOUNTS & ({name.rpartition("public_metrics_")[2] for name in plain} | found.keys()))
    if registered is None or not found or acts & plain or (shared & plain and n_facts < 2):
        return {}
    others = {column: name for column, name in names.items() if column != registered}
    by_id = next((column for column, name in others.items() if name in ("id", "id_str")), None)
    account = by_id or _known_by(HINTS["account"], others, ())
    if account is None or start.rows[start.nested.get(account, account)].drop_nulls().is_duplicated().any():
        return {}
    found |= {"account": account, "created": registered}
    for key in ("handle", "name", "place"):
        column = _known_by(HINTS[key], others, found.values())
        found |= {key: column} if column else {}
    return found


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
