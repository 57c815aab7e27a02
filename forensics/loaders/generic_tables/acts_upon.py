"""What the acts of a table were done to, and what was done where no column says it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from forensics.loaders.generic_tables.action_words import action_in
from forensics.loaders.generic_tables.column_proposals import follows, joins, may_be_upon
from forensics.loaders.generic_tables.columns_by_name import Names
from forensics.loaders.generic_tables.header_names import plain_name
from forensics.loaders.loader import ReadOptions
from forensics.messages import Text, message

SEEN = "Guessed from the columns' values: {pairs}. Name them in the case file to settle it."
_UPON_NOTHING = (
    "No column is sure to say what was acted on, so that nobody can be compared. Name it in the case file, under "
    "[data.map] as object or under [data.objects]."
)
_LISTED = (
    "The rows stand in a list called '{key}', so they were read as {action}. If they are something else, set action in "
    "the case file."
)
_UPON_POSTS = (
    "Several accounts have the same post, so a row is an act on one: read as {action}. If it is something else, set "
    "action in the case file."
)


def settle_upon(table: Names, found: dict[str, str], objects: dict[str, str], options: ReadOptions) -> tuple[str, str]:
    """Return what a row is where nothing says it, and the kind of what it is done to; name that as the object.

    A table that names the post which several acted on holds what they did to it, and is no list of posts.
    """
    if known := _followed_or_joined(table, found, objects, options):
        return known
    is_given = "action" in {*found, *options.settings}
    kind, upon = "post", objects.get("post", found.get("object"))
    listed = action_in(plain_name(table.start.items))
    if upon is None and listed in _ACTS_UPON and not is_given:
        return listed, "post"
    if "object_kind" in {*found, *options.settings} or table.has_posts(found.get("action")):
        return "post", "post"
    named = "post" if is_given else _named_act(found)
    if upon is None and named:
        kind, upon = _only_shared(table, found, objects) or (kind, None)
    if upon is None or not table.is_shared(upon):
        return "post", "post"
    found["object"] = objects.pop(kind, upon)
    unnamed = "comment" if "text" in found or "text" in objects else "like"
    return named or _named_act(found) or unnamed, kind  # the object's name may say it too


def _followed_or_joined(
    table: Names, found: dict[str, str], objects: dict[str, str], options: ReadOptions
) -> tuple[str, str] | None:
    """Return that accounts were followed, or a group joined, and name those as the object; None where neither is so."""
    if "account" in objects and "action" not in found and follows(found["account"]):
        found["object"] = objects.pop("account")
        return "follow", "account"
    if "page" in objects and objects["page"] == table.group() and joins(found):
        is_other = bool({"text", "post", "action"} & (found.keys() | objects.keys()))
        group = "" if is_other and options.objects else objects.pop("page")
        if not is_other:
            found["object"] = group
            return "join", "page"
    return None


def _only_shared(table: Names, found: Mapping[str, str], objects: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the kind and the column of what was acted on, where one column alone has what several accounts share."""
    taken = {*found.values(), *objects.values()}
    unknown = [column for column in table.plain if column not in taken and may_be_upon(table, column)]
    known = [(kind, column) for kind, column in objects.items() if kind != "text" and table.is_shared(column)]
    candidates = known or [(_kind(table.plain[column]), column) for column in unknown]
    return candidates[0] if len(candidates) == 1 else None


def upon_notes(
    table: Names, found: Mapping[str, str], objects: Mapping[str, str], known: Collection[str], done: tuple[str, str]
) -> Iterator[Text]:
    """Yield what is to be noted of what acts were done to.

    Args:
        known: the columns that names or values had shown before.
        done: as ``settle_upon`` returned it.
    """
    target = found.get("object")
    if target is not None and target not in known:
        yield message(SEEN, pairs=f"object = '{target}'")
    elif (
        "action" in found
        and not table.has_posts(found["action"])
        and not ({"object", "text"} & found.keys() or objects)
    ):
        yield message(_UPON_NOTHING)
    if done[1] == "post" != done[0]:
        yield message(_UPON_POSTS if target is not None else _LISTED, action=done[0], key=table.start.items)


_KINDS = {
    **{kind: kind for kind in ("page", "place", "account")},
    **dict.fromkeys(("user", "username", "handle", "screen", "profile", "candidate", "politician", "party"), "account"),
}
"""Words in the name of what was acted on that say of which kind it is; all others are posts."""


def _kind(name: str) -> str:
    """Return what kind of object a column's plain name says."""
    return next((_KINDS[word] for word in name.split("_") if word in _KINDS), "post")


def _named_act(found: Mapping[str, str]) -> str | None:
    """Return what names say was done: ``retweeted_at`` a repost, ``liker`` a like, ``liked post`` too."""
    for key, known in ("time", _ACTS_UPON), ("object", _ACTS_UPON - {"comment"}), ("account", _ACTS_UPON):
        named = (action_in(word) for word in plain_name(found.get(key, "")).split("_"))
        if action := next((act for act in named if act in known), None):
            return action
    return None


_ACTS_UPON = frozenset(("repost", "like", "comment", "rate"))
"""What names may say was done to a post; the id of a comment is that of what was commented on."""
