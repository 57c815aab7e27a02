"""Where the values of an item of JSON stand, and what small functions make of them, for an ``ItemFormat``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from forensics.loaders.format_declarations.json_format import steps_of, text_of, values_at
from forensics.places.place_resolution import resolve

Item = dict[str, Any]
Single = str | Callable[[Item], object]
Part = Single | tuple[Single, ...]
"""A path, or a function of the item; several, of which the first that has a value counts."""

_HASHTAG = re.compile(r"#(\w+)")
_steps = cache(steps_of)


def first_of(item: Item, part: Part, kind: type | tuple[type, ...] = (str, int, float)) -> Any:  # noqa: ANN401
    """Return the first value of a part; objects and lists are none unless asked for."""
    for single in part if isinstance(part, tuple) else (part,):
        for value in _values(item, single):
            if isinstance(value, kind) and value != "":
                return value
    return None


def all_of(item: Item, part: Part | list[Part]) -> list[str]:
    """Return all the values of a part, or of the first of its alternatives that has any; of a list those of each."""
    if isinstance(part, list):
        return [value for one in part for value in all_of(item, one)]
    for single in part if isinstance(part, tuple) else (part,):
        found = [text for value in _values(item, single) if isinstance(value, str | int) and (text := text_of(value))]
        if found:
            return found
    return []


def _values(item: Item, single: Single) -> Iterable[object]:
    if isinstance(single, str):
        steps = _steps(single)
        if "[]" in steps:
            return values_at(item, steps)
        value: object = item
        for step in steps:
            if not isinstance(value, dict):
                return ()
            value = value.get(step)
        return (value,)
    found = single(item)
    return found if isinstance(found, list) else (found,)


def paths_in(part: Any) -> Iterator[str]:  # noqa: ANN401  a part, or several
    """Yield the paths that a part, or several, read."""
    if isinstance(part, str):
        yield part
    for single in part if isinstance(part, tuple | list) else (part.reads if isinstance(part, Made) else ()):
        yield from paths_in(single)


def within(places: tuple[str, ...], *keys: str) -> tuple[str, ...]:
    """Return the paths of keys that may stand in several places: all places of the first key come first."""
    return tuple(f"{place}{key}" for key in keys for place in places)


@dataclass(frozen=True, slots=True)
class Made:
    """A function of an item, and the parts that it reads."""

    make: Callable[[Item], object]
    reads: tuple[Part, ...]

    def __call__(self, item: Item) -> object:
        """Return what is made of an item."""
        return self.make(item)


def written(template: str, *parts: Part) -> Made:
    """Return what writes the values of parts into a template; nothing where one is missing."""

    def make(item: Item) -> str | None:
        values = [first_of(item, part) for part in parts]
        return None if None in values else template.format(*values)

    return Made(make, parts)


def time_at(part: Part, clock: Callable[[Any], int | None]) -> Made:
    """Return what reads a time beside the act's own."""
    return Made(lambda item: moment_in(first_of(item, part), clock), (part,))


def moment_in(stated: object, clock: Callable[[Any], int | None]) -> int | None:
    """Return the moment that a clock reads; None where what is stated is of another kind, as a number for a text."""
    try:
        return None if stated is None else clock(stated)
    except (TypeError, AttributeError):
        return None


def lines_of(*parts: Part) -> Made:
    """Return what writes the values of parts below each other, such as a title and a text."""

    def make(item: Item) -> str | None:
        lines = [str(value).strip() for part in parts if (value := first_of(item, part)) is not None]
        return "\n".join(line for line in lines if line) or None

    return Made(make, parts)


def hashtags_in(*parts: Part) -> Made:
    """Return what finds the hashtags in texts."""
    text = lines_of(*parts)
    return Made(lambda item: _HASHTAG.findall(str(text(item) or "")), parts)


def named(path: str, *keys: str) -> Made:
    """Return what names each object at a path, by the first of some keys that it has."""
    steps = _steps(path)

    def make(item: Item) -> list[object]:
        return [first_of(one, keys) for one in values_at(item, steps) if isinstance(one, dict)]

    return Made(make, tuple(f"{path}.{key}" for key in keys))


def country_named(part: Part) -> Made:
    """Return what reads a country's name, in any language; nothing for a region or a town."""

    def make(item: Item) -> str | None:
        found = resolve(first_of(item, part, str) or "")
        return found.country or None if found.kind == "country" else None

    return Made(make, (part,))


def word_where(word: str, part: Made) -> Made:
    """Return what gives a word where a part has a value."""
    return Made(lambda item: word if part(item) else None, part.reads)


def country_code(part: Part) -> Made:
    """Return what reads a country's code of two letters, in either case."""

    def make(item: Item) -> str | None:
        code = (first_of(item, part, str) or "").upper()
        return code if len(code) == 2 and code.isalpha() else None

    return Made(make, (part,))
