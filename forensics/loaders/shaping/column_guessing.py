"""Which column of a table is which: as the case file says, else guessed from the names and said."""

from __future__ import annotations

from dataclasses import dataclass

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.base import ReadOptions

__all__ = ["ACCOUNT_KEYS", "ACT_KEYS", "Mapping", "column_hints", "map_columns"]

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

# A ground truth is never guessed: no hints for "label".
_HINTS = {
    "account": "account_id user_id userid author_id from_id actor_id account did author username user screen_name",
    "time": (
        "acted_at timestamp created_at published_at time datetime date created_utc unix_timestamp timestamp_share "
        "tweet_time publish_date posted_at created"
    ),
    "post": "post_id post tweet_id tweetid message_id status_id content_id comment_id id_str id",
    "text": "text body message content full_text tweet_text caption",
    "object": "object_id object target_id",
    "object_kind": "object_kind target_kind",
    "action": "action action_type",
    "camp": "camp",
    "language": "language lang",
    "client": "client",
    "country": "country country_code",
    "latitude": "latitude lat",
    "longitude": "longitude lon lng",
    "permalink": "permalink",
    "handle": "handle screen_name username",
    "name": "display_name",
    "followers": "followers followers_count follower_count",
}
_OBJECT_HINTS = {
    "url": "url_id urls url links link expanded_url",
    "domain": "domain_id domains domain",
    "hashtag": "hashtag_id hashtags hashtag tags",
    "media": "media_id phash_id media phash image_hash",
}


@dataclass(frozen=True, slots=True)
class Mapping:
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
    """Return the column names by which a key is known, in lower case, the likeliest first."""
    return tuple(_HINTS.get(key, "").split())


def map_columns(columns: tuple[str, ...], options: ReadOptions) -> Mapping:
    """Settle which column is which.

    What the case file names is taken as named. Columns are guessed only where it names none, objects only where it
    names no object; the account and the time are guessed in any case.

    Raises:
        InputFileError: a named key or column does not exist, or no column looks like the account or the time.
    """
    if not columns:
        raise InputFileError("The file has no columns: its first lines hold no JSON object that can be read.")
    _check(columns, options)
    found = dict(options.columns)
    guessed: dict[str, str] = {}
    by_name = {column.lower(): column for column in reversed(columns)}
    taken = {*found.values(), *options.objects.values()}
    for key in _HINTS if not options.columns else ("account", "time"):
        hit = next((by_name[h] for h in column_hints(key) if h in by_name and by_name[h] not in taken), None)
        if key not in found and hit:
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
        for kind, names in _OBJECT_HINTS.items():
            hit = next((by_name[h] for h in names.split() if h in by_name and by_name[h] not in taken), None)
            if hit:
                objects[kind] = guessed[f"object {kind}"] = hit
    notes: tuple[str, ...] = ()
    if guessed:
        pairs = ", ".join(f"{key} = '{column}'" for key, column in guessed.items())
        notes = (f"Guessed from the columns' names: {pairs}. Name them in the case file to settle it.",)
    return Mapping(found, objects, notes)


def _check(columns: tuple[str, ...], options: ReadOptions) -> None:
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
        if column not in columns:
            raise InputFileError(f'{key} = "{column}": there is no such column. There are: {_listed(columns)}.')


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:60]) + (" …" if len(columns) > 60 else "")
