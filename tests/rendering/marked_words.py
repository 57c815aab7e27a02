"""Phrases that say of each number in a text which value it prints and in which place of which phrase it stands.

A number is put between marks of a private area of Unicode, so that a walk can take a finished report apart again. Only
the outermost format of a number is marked: its value is the one that the report's own code handed over.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from forensics.findings import Score
from reports.wording import Words, words

__all__ = ["Mark", "MarkedWords", "Stretch", "marked_words", "plain", "stretches"]

OPEN, FIELD, CLOSE = "\ue000", "\ue001", "\ue002"
FIRST = 0xF0000
_MARKS = re.compile(f"{OPEN}(.)|{FIELD}([a-z_0-9]+){FIELD}|{CLOSE}", re.DOTALL)
_DRAWERS = (
    "reports.figures.observed_expected",
    "reports.figures.engagement_bars",
    "reports.figures.geo_charts",
    "reports.figures.maps",
    "reports.figures.timeline_drawing",
    "reports.figures.work_charts",
)
_WRITERS = ("reports.figures.engagement_bars", "reports.figures.maps", "reports.figures.timeline_drawing")
"""Those that write their scales themselves, so that the number is asked for by a function with a name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was printed: a phrase by its key, or a value by its format.

    Attributes:
        key: of a phrase; empty for a value.
        format: of a value, the name of the method of ``Words``; empty for a phrase.
        value: as it was handed over.
        is_scale: whether a drawing asked for it as a step of its axis or legend.
    """

    key: str = ""
    format: str = ""
    value: object = None
    is_scale: bool = False

    def numbers(self) -> tuple[float, ...]:
        """Return the numbers of the value; a time in seconds since 1970."""
        value = self.value
        if isinstance(value, Score):
            value = value.interval if self.format == "interval" else value.value
        parts = value if isinstance(value, tuple) else (value,)
        return tuple(
            part.timestamp() if isinstance(part, dt.datetime) else float(part)
            for part in parts
            if isinstance(part, (int, float, dt.datetime)) and not isinstance(part, bool)
        )


@dataclass(frozen=True, slots=True)
class MarkedWords(Words):
    """As ``Words``; ``marks`` are found again by the character after an opening mark."""

    marks: list[Mark] = field(default_factory=list, compare=False)
    depth: list[int] = field(default_factory=lambda: [0], compare=False)

    def __call__(self, key: str, /, **fields: str) -> str:
        if self.depth[0]:
            return Words.__call__(self, key, **fields)
        marked_fields = {name: f"{FIELD}{name}{FIELD}{text}{CLOSE}" for name, text in fields.items()}
        return self.marked(Mark(key=key), Words.__call__(self, key, **marked_fields))

    def marked(self, mark: Mark, text: str) -> str:
        self.marks.append(mark)
        return f"{OPEN}{chr(FIRST + len(self.marks) - 1)}{text}{CLOSE}"


def _value(name: str, arguments: tuple[object, ...]) -> object:
    """Return the value among the arguments of a format."""
    return {"figure": arguments[-1], "share_range": arguments}.get(name, arguments[0])


def _format(name: str) -> Callable[..., str]:
    plain_format = getattr(Words, name)

    def marked_format(self: MarkedWords, *arguments: object) -> str:
        self.depth[0] += 1
        try:
            text: str = plain_format(self, *arguments)
        finally:
            self.depth[0] -= 1
        if self.depth[0] or not text:
            return text
        asker = sys._getframe(1)
        module, function = asker.f_globals["__name__"], asker.f_code.co_name
        is_scale = module in _DRAWERS and (function == "<lambda>" or module in _WRITERS)
        return self.marked(Mark(format=name, value=_value(name, arguments), is_scale=is_scale), text)

    return marked_format


for _name in (
    *("bytes", "date", "day", "day_and_time", "days_spanned", "duration", "figure", "formula", "integer"),
    *("interval", "moment", "moment_utc", "number", "offset", "scientific", "score", "setting", "share", "share_range"),
    *("short_score", "small", "tick"),
):
    setattr(MarkedWords, _name, _format(_name))


def marked_words(language: str) -> MarkedWords:
    """Return the marked phrases of a language."""
    wording = words(language)
    return MarkedWords(wording.language, wording.phrases, wording.lists, wording.locale, wording.messages)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text between marks.

    Attributes:
        text: without marks.
        mark: of the value that it prints; None outside of values.
        phrase: key of the innermost phrase; empty outside of phrases.
        field: of the innermost field of a phrase; empty in the phrase's own words.
    """

    text: str
    mark: Mark | None
    phrase: str
    field: str


def stretches(text: str, wording: MarkedWords) -> Iterator[Stretch]:
    """Yield the pieces of a marked text in order; a text that was cut short may lack its last closing marks."""
    inside: list[Mark | str] = []
    place = 0
    for found in (*_MARKS.finditer(text), None):
        piece = text[place : found.start() if found else len(text)]
        if piece:
            yield _stretch(piece, inside)
        if found is None:
            return
        place = found.end()
        if found[1]:
            inside.append(wording.marks[ord(found[1]) - FIRST])
        elif found[2]:
            inside.append(found[2])
        elif inside:
            inside.pop()


def _stretch(piece: str, inside: list[Mark | str]) -> Stretch:
    value = next((part for part in reversed(inside) if isinstance(part, Mark) and part.format), None)
    around = [part for part in inside if part is not value]
    phrase = next((part.key for part in reversed(around) if isinstance(part, Mark)), "")
    innermost = around[-1] if around else ""
    return Stretch(piece, value, phrase, innermost if isinstance(innermost, str) else "")


def plain(text: str) -> str:
    """Return a text without its marks."""
    return _MARKS.sub("", text)
