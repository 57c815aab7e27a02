"""Where the values of an item of JSON stand, and what small functions make of them, for an ``ItemFormat``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from forensics.loaders.format_declarations.json_format import steps_of, text_of, values_at
from forensics.places.place_resolution import resolve

Item = dict[str, Any]
Single = str | Callable[[Item], object]
Part = Single | tuple[Single, ...]
"""A path, or a function of the item; several, of which the first that has a value counts."""

Reader = Callable[[Item], Any]
Kind = type | tuple[type, ...]
_PLAIN: Kind = (str, int, float)
_HASHTAG = re.compile(r"#(\w+)")
_steps = cache(steps_of)


def first_of(item: Item, part: Part, kind: Kind = _PLAIN) -> Any:  # noqa: ANN401
    """Return the first value of a part; objects and lists are none unless asked for."""
    return first_reader(part, kind)(item)


@cache
def first_reader(part: Part, kind: Kind = _PLAIN) -> Reader:
    """Return ``first_of`` for a part, made ready to be used on many items."""
    reads = [_reader(single) for single in (part if isinstance(part, tuple) else (part,))]

    def read(item: Item) -> Any:  # noqa: ANN401
        for values in reads:
            value = values(item)
            if value is None:
                continue
            if isinstance(value, kind):
                if value != "":
                    return value
            elif isinstance(value, _Several):
                for one in value:
                    if isinstance(one, kind) and one != "":
                        return one
        return None

    return read


def all_of(item: Item, part: Part | list[Part]) -> list[str]:
    """Return all the values of a part, or of the first of its alternatives that has any; of a list those of each."""
    return all_reader(part)(item)


def all_reader(part: Part | list[Part]) -> Callable[[Item], list[str]]:
    """Return ``all_of`` for a part, made ready to be used on many items."""
    if isinstance(part, list):
        each = [all_reader(one) for one in part]
        return lambda item: [value for one in each for value in one(item)]
    reads = [_reader(single) for single in (part if isinstance(part, tuple) else (part,))]

    def read(item: Item) -> list[str]:
        for values in reads:
            value = values(item)
            if value is None:
                continue
            several = value if isinstance(value, _Several) else (value,)
            if found := [text for one in several if isinstance(one, str | int) and (text := text_of(one))]:
                return found
        return []

    return read


class _Several(list[object]):
    """The values of a path or of a function that gives several."""


def _reader(single: Single) -> Reader:
    """Return what gives the value at a path or of a function, or several."""
    if not isinstance(single, str):
        return lambda item: _Several(found) if isinstance(found := single(item), list) else found
    steps = _steps(single)
    if "[]" in steps:
        gather = _gatherer(steps)

        def several(item: Item) -> _Several | None:
            gather(item, found := _Several())
            return found or None

        return several
    first, *further = steps
    if not further:
        return lambda item: item.get(first)
    if len(further) == 1:
        second = further[0]
        return lambda item: inner.get(second) if isinstance(inner := item.get(first), dict) else None

    def read(item: Item) -> object:
        value = item.get(first)
        for step in further:
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value

    return read


def _gatherer(steps: Sequence[str]) -> Callable[[Any, list[object]], None]:
    """Return what puts the values at a path with lists into a list; ``json_format.values_at``, made ready."""
    at = steps.index("[]")
    before, further = steps[:at], steps[at + 1 :]
    inner = _gatherer(further) if "[]" in further else None

    def gather(value: Any, into: list[object]) -> None:  # noqa: ANN401
        for step in before:
            if not isinstance(value, dict):
                return
            value = value.get(step)
        for element in value if isinstance(value, list) else ():
            if inner is not None:
                inner(element, into)
                continue
            for step in further:
                element = element.get(step) if isinstance(element, dict) else None  # noqa: PLW2901
            into.append(element)

    return gather


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
    reads = [first_reader(part) for part in parts]

    def make(item: Item) -> str | None:
        values = [read(item) for read in reads]
        return None if None in values else template.format(*values)

    return Made(make, parts)


def time_at(part: Part, clock: Callable[[Any], int | None]) -> Made:
    """Return what reads a time beside the act's own."""
    read = first_reader(part)
    return Made(lambda item: moment_in(read(item), clock), (part,))


def moment_in(stated: object, clock: Callable[[Any], int | None]) -> int | None:
    """Return the moment that a clock reads; None where what is stated is of another kind, as a number for a text."""
    try:
        return None if stated is None else clock(stated)
    except (TypeError, AttributeError):
        return None


def lines_of(*parts: Part) -> Made:
    """Return what writes the values of parts below each other, such as a title and a text."""
    reads = [first_reader(part) for part in parts]

    def make(item: Item) -> str | None:
        lines = [str(value).strip() for read in reads if (value := read(item)) is not None]
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
