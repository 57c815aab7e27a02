"""Which column of a table is which: as the case file says, else guessed from the names, with a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.generic_tables.account_names import name_accounts
from forensics.loaders.generic_tables.account_tables import account_columns
from forensics.loaders.generic_tables.acts_upon import SEEN, settle_upon, upon_notes
from forensics.loaders.generic_tables.column_proposals import UnmappedError, acted_upon, known_by_values, propose
from forensics.loaders.generic_tables.columns_by_name import Names
from forensics.loaders.generic_tables.count_tables import refuse_counts, refuse_hours_alone, refuse_wide
from forensics.loaders.generic_tables.header_names import ACTED_ON, HINTS, OBJECT_HINTS, object_kind
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_preview import Preview
from forensics.messages import Text, message

ACT_KEYS = {
    "account": "account_id",
    "time": "acted_at",
    "hour": "acted_at",
    "acted_after": "acted_after",
    "precision": "time_precision",
    "post": "post_id",
    "event": "source_event",
    "context": "is_context",
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
    "captured": "captured_at",
}
"""Key in the case file to column of ``schema.ACCOUNTS``."""

COUNT_KEYS = ("likes", "comments", "shares", "views", "reach")
"""Keys in the case file that are columns of ``schema.POSTS``: what a post had got when it was collected."""

KEYS = (*ACT_KEYS, *ACCOUNT_KEYS, *COUNT_KEYS)
"""All keys of ``[data.map]``."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What was settled.

    Attributes:
        columns: key to column.
        objects: kind of object to column.
        notes: what was guessed.
        holds_accounts: whether a row is an account, and no act.
        is_timed: whether any column says when.
        is_estimated: whether the times are counted back from when somebody looked.
        action: what a row is, where neither a column nor the case file says it.
        object_kind: of what it is done to, likewise.
    """

    columns: dict[str, str]
    objects: dict[str, str]
    notes: tuple[Text, ...]
    holds_accounts: bool = False
    is_timed: bool = True
    action: str = "post"
    object_kind: str = "post"
    is_estimated: bool = False

    @property
    def guessed_settings(self) -> dict[str, str]:
        """Return the settings that say in a case file what rows were taken for, where no column and no default does."""
        of_objects = {"object_kind": self.object_kind} if "object" in self.columns else {}
        guessed = {"action": self.action, **of_objects}
        return {key: value for key, value in guessed.items() if value != "post" and key not in self.columns}

    @property
    def is_own(self) -> bool:
        """Return whether the columns are those of ``schema.ACTIONS``: an empty cell means the same."""
        return all(self.columns.get(key) == ACT_KEYS[key] for key in ("account", "action", "object", "time"))


def map_columns(start: Preview, options: ReadOptions) -> ColumnMap:
    """Settle which column is which.

    What the case file names is taken as named. Columns are guessed only where it names none, objects only where it
    names no object; the account and the time are guessed in any case. Where no column may be a time, by its name or by
    what stands in it, and one says what was acted on, the rows are acts without times.

    Raises:
        InputFileError: a named key or column does not exist, or no column looks like the account or the time.
    """
    columns = start.columns
    if not columns:
        raise InputFileError("The file has no columns: its first lines hold no JSON object that can be read.")
    _check(start, options)
    table = Names(start)
    if not options.columns:
        refuse_counts(table)
    is_free = not options.columns and not options.objects and "action" not in options.settings
    guessed = account_columns(table) if is_free else {}
    found = dict(options.columns) | guessed
    asked = () if guessed else _asked(options)
    for key in asked:
        if key not in found and (hit := table.known_by(key, {*found.values(), *options.objects.values()})):
            found[key] = guessed[key] = hit
        table.account = found.get("account")
    if hour := _hour(table, found, options):
        found["hour"] = guessed["hour"] = hour
    holds_accounts = "time" not in found and "time" not in asked and not _is_untimed(options)
    if "account" not in found:
        _settle_account(table, found, guessed)
    acts = table.acts({*found.values()}) if is_free and "action" not in found and not holds_accounts else None
    found |= {"action": acts} if acts else {}
    objects = dict(options.objects)
    if not objects and "object" not in found and not holds_accounts:
        objects = _objects(table, found)
        guessed |= {f"object {kind}": hit for kind, hit in objects.items()}
    notes = [*_notes(guessed, holds_accounts), *([message(_ACTS, column=acts)] if acts else ())]
    if not options.columns and not options.objects and not holds_accounts:
        notes += _add_known_by_values(table, found, objects)
        later = table.named("text", {*found.values(), *objects.values()})
        found |= {"text": later[0]} if later and not {"text"} & (found.keys() | objects.keys()) else {}
    known = {*found.values(), *objects.values()}
    done = settle_upon(table, found, objects, options)
    notes += upon_notes(table, found, objects, known, done)
    if not (holds_accounts or _is_untimed(options)):
        _check_times(table, found, objects)
    return ColumnMap(found, objects, tuple(notes), holds_accounts, "time" in found, *done)


def _settle_account(table: Names, found: dict[str, str], guessed: dict[str, str]) -> None:
    """Settle who acted where no name is sure to say it: a lone ``Name`` beside words for acts, or posts' addresses.

    Raises:
        UnmappedError: neither names the accounts.
    """
    start, proposals = table.start, propose(table.start)
    accounts = [proposal.column for proposal in proposals.get("account", ())]
    column = found.get("permalink")
    if "action" in proposals and accounts == [guessed.get("name")]:
        column = found.pop("name")
        del guessed["name"]
    elif column is None or accounts or not name_accounts(start.values(column)):
        refuse_wide(start)
        raise UnmappedError("account", start, proposals)
    found["account"] = guessed["account"] = table.account = column
    if (own := guessed.get("post")) and table.is_no_id(own):  # as is known now that it is known who acted
        del found["post"], guessed["post"]


def _check_times(table: Names, found: Mapping[str, str], objects: Mapping[str, str]) -> None:
    """Raise where acts have no column of times, but one may be such, or nothing says what was acted on."""
    if "time" in found:
        return
    proposals = propose(table.start)
    refuse_wide(table.start)
    if "time" not in proposals:
        refuse_hours_alone(table)
    if "time" in proposals or not (objects or {"object", "post"} & found.keys()):
        raise UnmappedError("time", table.start, proposals)


def _objects(table: Names, found: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that names say hold objects: kind to column."""
    objects: dict[str, str] = {}
    for role in (*OBJECT_HINTS, *ACTED_ON):
        hit = acted_upon(table, role, {**found, **objects})
        kind = object_kind(role)
        if hit and kind and kind not in objects:
            objects[kind] = hit
    return objects


def _add_known_by_values(table: Names, found: dict[str, str], objects: dict[str, str]) -> list[Text]:
    """Add the columns that their values show to be one, and return what is to be noted."""
    seen = known_by_values(table, {*found.values(), *objects.values()})
    wanted = {role: column for role, column in seen.items() if role not in found and role not in objects}
    if "permalink" in found:
        wanted.pop("url", None)
    if "url" in wanted and not {"post", "object"} & (objects.keys() | found.keys()) and table.are_posts(wanted["url"]):
        objects["post"] = wanted.pop("url")
    found |= {role: column for role, column in wanted.items() if role in ACT_KEYS}
    objects |= {role: column for role, column in wanted.items() if role not in ACT_KEYS}
    if not wanted:
        return []
    return [message(SEEN, pairs=", ".join(f"{key} = '{column}'" for key, column in wanted.items()))]


_ACTS = (
    "What was done was read in '{column}', as its words show. If that is wrong, name the columns under [data.map] "
    "without action."
)


def _hour(table: Names, found: Mapping[str, str], options: ReadOptions) -> str | None:
    """Return the column that says at which hour of the day, where that of the times says the day alone.

    It is known by its name, or else as the only one whose values are hours.
    """
    if "time" not in found or "hour" in found or "time" in options.columns or not table.is_day(found["time"]):
        return None
    taken = {*found.values(), *options.objects.values()}
    clocks = [column for column in table.plain if column not in taken and table.is_clock(column)]
    return table.known_by("hour", taken) or (clocks[0] if len(clocks) == 1 else None)


def _is_untimed(options: ReadOptions) -> bool:
    """Return whether the case file names what was acted on and when somebody looked, and not when people acted."""
    has_objects = bool(options.objects) or "object" in options.columns
    return has_objects and "captured" in options.columns and "time" not in options.columns


def _asked(options: ReadOptions) -> tuple[str, ...]:
    """Return the keys that are guessed; the time is not where the case file maps a table of accounts."""
    if not options.columns:
        return tuple(key for key in HINTS if key != "hour")
    if _is_untimed(options):
        return ("account",)
    is_accounts = "created" in options.columns and options.columns.keys() <= {"account", *ACCOUNT_KEYS}
    return ("account",) if is_accounts and not options.objects else ("account", "time")


def _notes(guessed: Mapping[str, str], holds_accounts: bool) -> Iterator[Text]:  # noqa: FBT001  not a switch
    if guessed:
        pairs = ", ".join(f"{key} = '{column}'" for key, column in guessed.items())
        yield message("Guessed from the columns' names: {pairs}. Name them in the case file to settle it.", pairs=pairs)
    if holds_accounts:
        yield "The rows were read as accounts, not as acts: they say when accounts were registered and no more."


def _check(start: Preview, options: ReadOptions) -> None:
    """Raise where the case file names a key or a column that does not exist."""
    for key in options.columns:
        if key not in KEYS:
            raise InputFileError(
                "There is no key '{key}' for a column. There are: {known}.", key=key, known=", ".join(KEYS)
            )
    for kind in options.objects:
        if kind not in schema.OBJECT_KIND.categories:
            kinds = ", ".join(schema.OBJECT_KIND.categories)
            raise InputFileError("There is no kind of object '{kind}'. There are: {kinds}.", kind=kind, kinds=kinds)
    for key, column in (*options.columns.items(), *options.objects.items()):
        within = [name for name in start.columns if name.startswith(f"{column}.")]
        if column in start.columns:
            continue
        if within:
            raise InputFileError(
                '{key} = "{column}": that column holds objects with values of their own. Name one of those: {names}.',
                key=key,
                column=column,
                names=_listed(tuple(within)),
            )
        raise InputFileError(
            '{key} = "{column}": there is no such column. There are: {names}.',
            key=key,
            column=column,
            names=_listed(start.columns),
        )


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:60]) + (" …" if len(columns) > 60 else "")
