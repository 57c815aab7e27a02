"""What a person is offered for a table whose columns are unknown: the likeliest column for each role, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.generic_tables.action_words import action_in
from forensics.loaders.generic_tables.columns_by_name import Names
from forensics.loaders.generic_tables.header_names import ACTED_ON, HINTS, OBJECT_HINTS, OTHERS, object_kind, plain_name
from forensics.loaders.generic_tables.value_kinds import Shape
from forensics.loaders.reading.table_preview import Preview

ROLES = ("account", "time", "hour", "text", "permalink", "url", "hashtag", "post")
"""What a column can be, in the order of asking; url and hashtag are kinds of object."""

_BY_VALUES = ("text", "permalink", "url")
"""What is known by its values where no name says it."""

Reason = Literal["name", "word", "times", "clocks", "names", "sentences", "addresses", "own_pages", "hashtags", "acts"]
"""Why a column is proposed: by its name, by a word in it, or by what its values look like."""

_ENDS = {
    "source": "target",
    "from": "to",
    "node1": "node2",
    "sender": "receiver",
    "source_id": "target_id",
    "vertex_1": "vertex_2",
}
"""Names of the two ends of an edge, as Gephi, igraph and others have them."""

_FOLLOWERS = ("follower", "seguidor", "abonn", "takipci", "подписчик", "підписник")
"""How names of a column of followers begin."""

_HALF = 0.5
_DAYS_ALONE = 0.8
"""What days weigh beside times with hours: where both stand, the days may be of something else."""

_OF_SOMETHING = frozenset(
    [
        *("location", "place", "country", "region", "city", "lang", "language", "verified", "followers", "follower"),
        *("following", "friends", "count", "counts", "number", "type", "kind", "url", "link", "image", "picture"),
        *("avatar", "photo", "bio", "description", "created", "joined", "age", "gender", "status", "category", "likes"),
        *("shares", "comments", "reactions", "views", "replies", "retweets", "score", "engagement", "reach", "rank"),
        *("first", "last", "given", "family", "middle", "forename", "surname", "firstname", "lastname", "vorname"),
        *("nachname", "prenom", "apellido", "apellidos", "cognome", "sobrenome"),
        *("sentiment", "subreddit", "forum", "version", "network", "platform", "group", "groupe", "grupo", "gruppe"),
        *("fuente", "fonte", "quelle", "rede", "reseau", "sheet"),
    ]
)
"""Words by which a column that names an account or a post tells something of it, and is not it."""


_BARE_NUMBERS = 0.9
"""What numbers weigh beside written times: ids of 19 digits are nanoseconds of our years too."""

_NOT_BY_VALUES = {
    "account": _OF_SOMETHING,
    "url": frozenset(
        [
            *("profile", "avatar", "image", "img", "thumbnail", "picture", "photo", "icon", "logo", "banner", "author"),
            *("user", "account", "reply", "quoted"),
        ]
    ),
}
"""Words in a name by which its values alone do not give it a role; for other roles those of ``OTHERS``."""

_IDS = frozenset(("id", "ids", "guid", "uuid", "uid"))
"""Words of names whose long numbers are no times."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column that may play a role.

    Attributes:
        role: one of ``ROLES``, or another key or kind of object.
        example: its first value.
    """

    role: str
    column: str
    reason: Reason
    example: str


_LACKING = {
    ("account", True): "No column is sure to say who acted. Settle it in the case file, for example with: {block}. "
    "The columns are: {columns}.",
    ("account", False): "No column is sure to say who acted. Name it under [data.map]. The columns are: {columns}.",
    ("time", True): "No column is sure to say when. Settle it in the case file, for example with: {block}. "
    "The columns are: {columns}.",
    ("time", False): "No column is sure to say when. Name it under [data.map]. The columns are: {columns}.",
}
"""What is missing, by the key of ``[data.map]`` and by whether any column may play a role."""


class UnmappedError(InputFileError):
    """A table of which no column is known to say who acted, or when.

    Attributes:
        key: the key of ``[data.map]`` that is missing.
        start: the table's first rows.
        proposals: by role, the likeliest first.
    """

    def __init__(self, key: str, start: Preview, proposals: Mapping[str, tuple[Proposal, ...]]) -> None:
        """Say what is missing and which lines in the case file would settle it."""
        columns = start.columns
        super().__init__(
            _LACKING[key, bool(proposals)],
            block=" ".join(map_block(proposals)),
            columns=", ".join(columns[:60]) + (" …" if len(columns) > 60 else ""),
        )
        self.key, self.start, self.proposals = key, start, proposals


def propose(start: Preview) -> dict[str, tuple[Proposal, ...]]:
    """Return the columns that may play each role, the likeliest first; a role that no column fits is left out.

    Likeliest is the column by which the role would be read, were all others settled. One that is the likeliest for one
    role is not offered for the next, unless nothing else is. Behind ``ROLES`` come the other keys and kinds of object
    that names say.
    """
    table = Names(start)
    found: dict[str, tuple[Proposal, ...]] = {}
    for role in ROLES:
        if role == "hour" and ("time" not in found or not table.is_day(found["time"][0].column)):
            continue
        firsts = {proposals[0].column for proposals in found.values()}
        ranked = _ranked(table, role, firsts)
        free = [candidate for candidate in ranked if candidate[1] not in firsts]
        chosen = free or (ranked if role == "account" else [])
        if chosen:
            found[role] = tuple(Proposal(role, column, why, _example(table, column)) for _, column, why in chosen)
        if role == "account" and chosen:
            table.account = chosen[0][1]
    acts = table.acts({proposals[0].column for proposals in found.values()})
    if acts is not None:
        found["action"] = (Proposal("action", acts, "acts", _example(table, acts)),)
    for role in (*HINTS, *OBJECT_HINTS, *ACTED_ON):
        if role in found or role in ("hour", "action"):
            continue
        column = acted_upon(table, role, {key: proposals[0].column for key, proposals in found.items()})
        if role == "on_account" and column is None and "account" in found:
            column = _other_end(table, found["account"][0].column)
        if column is not None:
            found[role] = (Proposal(role, column, "name", _example(table, column)),)
    _settle_links(table, found)
    return found


def may_be_upon(table: Names, column: str) -> bool:
    """Return whether a column of an unknown name may hold what several acted on: short words or long numbers."""
    shape, words = table.shape(column), set(table.plain[column].split("_"))
    is_time = max(shape.times, shape.clocks) >= _HALF and not words & _IDS  # an id may be a time's number
    if words & _OF_SOMETHING or shape.n_words >= _LONGEST or is_time:
        return False
    values = table.start.values(column).drop_nulls().cast(pl.String)
    is_count = shape.numbers >= _HALF and not (values.str.len_chars() >= _SHORTEST_ID).any()
    return not is_count and table.is_shared(column)


_LONGEST, _SHORTEST_ID = 4, 4
"""Words of a name on average, and digits of an id: beyond, and below, a column holds something else."""


def follows(account: str) -> bool:
    """Return whether a column's name says that the accounts in it follow others."""
    return plain_name(account).startswith(_FOLLOWERS)


def joins(found: Mapping[str, str]) -> bool:
    """Return whether the name of the time, or of the account, says that people came into a group or are in it."""
    return "join" in (action_in(plain_name(found.get(key, ""))) for key in ("time", "account"))


def acted_upon(table: Names, role: str, found: Mapping[str, str]) -> str | None:
    """Return the column of a role in ``ACTED_ON`` that another column shows: by its name, or as what that belongs to.

    Args:
        found: key of ``[data.map]`` to column, of those known by now.
    """
    column = table.known_by(role, found.values())
    account = found.get("account", "")
    if column is None and role == "on_account" and follows(account):
        followed = table.known_by("account", found.values())
        named = (name for name in table.plain if name != account and action_in(table.plain[name]) == "follow")
        column = next((name for name in (*named, followed) if name and table.fits(name, "on_account")), None)
    return table.group() if column is None and role == "on_page" and joins(found) else column


def _other_end(table: Names, account: str) -> str | None:
    """Return the column of whom an edge of a network leads to, where the account is whom it comes from."""
    other = _ENDS.get(table.plain.get(account, ""))
    return next((column for column, name in table.plain.items() if name == other), None)


def known_by_values(table: Names, taken: Collection[str]) -> dict[str, str]:
    """Return the columns of words and addresses that no name says: role to column."""
    found: dict[str, str] = {}
    for role in _BY_VALUES:
        ranked = sorted(_candidates(table, role), key=lambda candidate: -candidate[0])
        used = {*taken, *found.values()}
        column = next((column for _, column, _ in ranked if column not in used and not table.is_of_account(column)), "")
        found |= {role: column} if column else {}
    return found


def map_block(proposals: Mapping[str, Sequence[Proposal]]) -> list[str]:
    """Return the lines of a case file that map the likeliest columns."""
    import json  # noqa: PLC0415

    def line(role: str) -> str:
        return f"{object_kind(role) or role} = {json.dumps(proposals[role][0].column, ensure_ascii=False)}"

    lines = [line(role) for role in proposals if object_kind(role) is None]
    objects = [line(role) for role in proposals if object_kind(role) is not None]
    return [*(["[data.map]", *lines] if lines else ()), *(["[data.objects]", *objects] if objects else ())]


def _example(table: Names, column: str) -> str:
    values = table.start.values(column).drop_nulls()
    return str(values[0]) if values.len() else ""


def _settle_links(table: Names, found: dict[str, tuple[Proposal, ...]]) -> None:
    """Take links that are shared addresses of single posts for what was acted on, unless rows are posts with ids."""
    links = found.get("url", ())
    if links and links[0].reason == "addresses" and table.are_posts(links[0].column) and "post" not in found:
        found.pop("url")
        found.setdefault("on_post", (replace(links[0], role="on_post"),))


def _ranked(table: Names, role: str, taken: Collection[str]) -> list[tuple[float, str, Reason]]:
    """Return the candidates for a role, that first by which it would be read, then by their score."""
    known = table.known_by(role, taken)
    candidates = _candidates(table, role)
    if known and all(column != known for _, column, _ in candidates):
        candidates.append((0.0, known, "name"))
    return sorted(candidates, key=lambda candidate: (candidate[1] != known, -candidate[0]))


def _candidates(table: Names, role: str) -> list[tuple[float, str, Reason]]:
    """Return score, column and reason of each column that may play a role."""
    named = table.named(role)
    words_of_posts = table.named("text") if role == "account" else ()
    words = {word for hint in (HINTS.get(role) or OBJECT_HINTS.get(role) or ()) for word in hint.split("_")}
    words = {word for word in words if not word.isdigit()} - _FILLING - _of_others(role)
    found: list[tuple[float, str, Reason]] = []
    for at, column in enumerate(table.plain):
        shape = table.shape(column)
        if not shape.n_values or not table.fits(column, role):
            continue
        likeness = _likeness(shape, role)
        tokens = set(re.split("_", plain_name(column)))
        if (role == "time" and (tokens & _IDS or table.is_no_time(column))) or (
            column in words_of_posts and column not in named
        ):
            continue
        if column in named:
            base = 1.0 if role == "time" and shape.is_constant and shape.n_values > 1 else 3.0
            score = base - named.index(column) / 1000 + (likeness[0] if likeness else 0.0)
            found.append((score, column, "name"))
        elif tokens & words and not tokens & _elsewhere(role) and (likeness or role in ("account", "post")):
            found.append((1.5 + (likeness[0] if likeness else 0.0) - at / 1000, column, "word"))
        elif (
            likeness
            and not (role == "account" and column in table.named("post"))
            and not tokens & (_NOT_BY_VALUES.get(role) or OTHERS.get(role, frozenset()))
        ):
            found.append((likeness[0] - at / 1000, column, likeness[1]))
    return found


def _elsewhere(role: str) -> frozenset[str]:
    """Return the words by which a name with a word of a role in it is of something else."""
    return _OF_SOMETHING | OTHERS[role] if role == "time" else _OF_SOMETHING


def _of_others(role: str) -> frozenset[str]:
    """Return the words that by themselves are names of another role, and of none in a name of several words."""
    known = HINTS | OBJECT_HINTS
    return frozenset(hint for other in ROLES if other != role for hint in known[other]) - {*known[role]}


_FILLING = frozenset(
    [
        *("id", "of", "by", "at", "on", "par", "por", "von", "the", "count", "de", "da", "del", "di"),
        *("et", "e", "y", "le", "el", "il", "am", "em"),
    ]
)
"""Words in names that mean nothing by themselves."""


def _likeness(shape: Shape, role: str) -> tuple[float, Reason] | None:  # noqa: PLR0911  one for each role
    """Return how much, from 0 to 1, values look like those of a role, and by what."""
    if role == "time":
        finer = (1.0 if shape.has_hours else _DAYS_ALONE) * (_BARE_NUMBERS if shape.numbers > _HALF else 1.0)
        return (shape.times * finer, "times") if shape.clocks < _HALF and shape.times > _HALF else None
    if role == "hour":
        return (shape.clocks, "clocks") if shape.clocks > _HALF > shape.numbers else None
    if role == "text":
        is_text = shape.n_words >= 3 and shape.addresses < _HALF and shape.numbers < _HALF
        return (min(1.0, shape.n_letters / 140), "sentences") if is_text else None
    if role == "hashtag":
        return (shape.hashtags, "hashtags") if shape.hashtags > _HALF and shape.n_words < 8 else None
    if role == "url":
        return (shape.addresses, "addresses") if shape.addresses > _HALF else None
    if role == "permalink":
        return (shape.own_pages, "own_pages") if shape.is_own_pages else None
    if role == "account":
        return _name_likeness(shape)
    return None


def _name_likeness(shape: Shape) -> tuple[float, Reason] | None:
    """Return how much values look like names of people: short, some of them again, and neither numbers nor times."""
    if shape.handles > _HALF:
        return 1.0, "names"
    is_name = shape.n_words < 4 and shape.n_letters < 40 and shape.addresses < _HALF and shape.hashtags < _HALF
    if not is_name or shape.is_constant or shape.numbers > _HALF or shape.clocks > _HALF or shape.times > _HALF:
        return None
    return 0.3 + 0.4 * shape.n_distinct / shape.n_values, "names"
