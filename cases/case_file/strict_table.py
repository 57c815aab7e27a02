"""A table of a TOML file, read strictly by a declaration: the class whose fields its keys are.

msgspec decides whether a value is what its field's annotation says. An error names the file, the section and the key,
and says in words what the annotation asks for. A key that no field has is an error too.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import Annotated, Literal, TypeGuard, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from forensics.errors import ForensicsError
from forensics.messages import Message, Text, message
from forensics.registry import near_names

T = TypeVar("T")

_SHOWN = 200
"""Characters of a wrong value that an error shows."""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands, so that every error can say it.

    Attributes:
        error: the kind of error that is made.
        keys: the names from the top of the file down to the table; none for the file itself.
        entry: for a table among others of its name, ``[[data]] number 2``; for one below it, the same.
        is_entry: whether the table is that entry itself.
    """

    path: Path
    error: type[ForensicsError]
    keys: tuple[str, ...] = ()
    entry: Message | None = None
    is_entry: bool = False

    def refuse(self, sentence: str, **values: object) -> ForensicsError:
        """Return an error that says what is wrong here."""
        what = message(sentence, **values)
        return self.error("{path}: in {section}, {what}", path=self.path, section=self.label(), what=what)

    def label(self) -> Text:
        """Return how the place is named to a person."""
        if self.is_entry and self.entry:
            return self.entry
        if not self.keys:
            return Message("the file")
        section = f"[{'.'.join(self.keys)}]"
        return message("{section} of {entry}", section=section, entry=self.entry) if self.entry else section

    def section(self, key: str) -> Place:
        """Return the place of a section."""
        return dataclasses.replace(self, keys=(*self.keys, key), is_entry=False)

    def numbered(self, key: str, number: int) -> Place:
        """Return the place of an entry, counted from 1."""
        keys = (*self.keys, key)
        entry = message("{section} number {number}", section=f"[[{'.'.join(keys)}]]", number=number)
        return dataclasses.replace(self, keys=keys, entry=entry, is_entry=True)


def decode(kind: type[T], content: Mapping[str, object], place: Place, keys: Mapping[str, str] | None = None) -> T:
    """Return a table's values as a value of a class.

    Args:
        kind: a dataclass or ``msgspec.Struct`` whose annotations ``Annotated[..., msgspec.Meta(...)]`` give ranges and
            patterns, and in ``description`` the words for what a value must be.
        place: where it stands.
        keys: for a field, its key in the file where that is another word.

    Raises:
        ForensicsError: of the place's kind, where a key is unknown or missing, or a value is not what it must be.
    """
    hints = get_type_hints(kind, include_extras=True)
    keys = {name: (keys or {}).get(name, name) for name in hints}
    for key in content:
        if key not in keys.values():
            near = near_names(key, keys.values())
            if near:
                raise place.refuse("'{key}' is not known. Did you mean {near}?", key=key, near=near)
            known = ", ".join(keys.values())
            raise place.refuse("'{key}' is not known. Remove it, or use one of: {known}.", key=key, known=known)
    values = {
        name: _value(hint, content[keys[name]], place, keys[name])
        for name, hint in hints.items()
        if keys[name] in content
    }
    for name, parameter in signature(kind).parameters.items():
        if parameter.default is parameter.empty and name not in values:
            raise place.refuse("'{key}' is missing. Add a line such as: {key} = \"...\"", key=keys[name])
    return kind(**values)


def _value(hint: object, value: object, place: Place, key: str) -> object:
    """Return the value of one key as its annotation says."""
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    origin, inner = get_origin(bare), get_args(bare)
    if _is_table(bare):
        return decode(bare, _section(value, place, key), place.section(key))
    if origin is dict:
        entries = _section(value, place, key)
        return {name: _value(inner[1], entry, place.section(key), name) for name, entry in entries.items()}
    if origin is tuple and _is_table(inner[0]):
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            label = f"[[{'.'.join((*place.keys, key))}]]"
            raise place.refuse("'{key}' must be entries that each begin with a line {label}.", key=key, label=label)
        return tuple(decode(inner[0], entry, place.numbered(key, number)) for number, entry in enumerate(value, 1))
    try:
        return msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        written = repr(value) if len(repr(value)) <= _SHOWN else f"{repr(value)[:_SHOWN]}…"
        raise place.refuse(
            "'{key}' must be {kind}; it is {value}.", key=key, kind=_words(hint), value=written
        ) from error


def _is_table(kind: object) -> TypeGuard[type[object]]:
    return isinstance(kind, type) and (issubclass(kind, msgspec.Struct) or dataclasses.is_dataclass(kind))


def _section(value: object, place: Place, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        label = f"[{'.'.join((*place.keys, key))}]"
        raise place.refuse("'{key}' must be a section that begins with a line {label}.", key=key, label=label)
    return value


_WORDS: dict[object, Message] = {
    str: Message("a text in quotes"),
    bool: Message("true or false"),
    int: Message("a whole number"),
    float: Message("a number"),
}


def _words(hint: object) -> Message:
    """Return in words what an annotation asks for."""
    if get_origin(hint) is Annotated:
        bare, meta = get_args(hint)
        if meta.description:
            return Message(meta.description)
        return _ranged(_words(bare), meta)
    if get_origin(hint) is Literal:
        return message("one of: {names}", names=", ".join(map(repr, get_args(hint))))
    if get_origin(hint) in (Union, types.UnionType):
        return _words(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return message("a list, each entry {kind}", kind=_words(get_args(hint)[0]))
    return _WORDS[hint]


def _ranged(kind: Message, meta: msgspec.Meta) -> Message:
    if meta.lt is not None:
        return message("{kind} from {low} and below {high}", kind=kind, low=meta.ge, high=meta.lt)
    if meta.le is not None:
        return message("{kind} from {low} to {high}", kind=kind, low=meta.ge, high=meta.le)
    return message("{kind} from {low}", kind=kind, low=meta.ge)
