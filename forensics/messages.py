"""Messages to a person: a sentence and its values, apart until they are rendered at the edge, in the reader's language.

A note on a file, why a row was rejected, why a question has no answer. No finished sentence is parsed or translated.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence and its values.

    ``Message("Pages without tweets: {number}.", {"number": 1200})`` is "Pages without tweets: 1,200." in English.

    Attributes:
        key: the sentence in English with the names of the values in braces; the catalogues' key.
        fields: the values by name. A value that is itself a message is rendered as one.
    """

    key: str
    fields: Mapping[str, str | int | float | Message] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Return the same for equal messages, so that repeated ones are found."""
        return hash((self.key, tuple(sorted((name, str(value)) for name, value in self.fields.items()))))

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.filled(self.key, in_english)

    def filled(self, sentence: str, written: Callable[[Value], str]) -> str:
        """Return a sentence, this one or its translation, with the values in their places.

        Args:
            sentence: its braces are read only where the message has values.
            written: gives a value as the language writes it.
        """
        if not self.fields:
            return sentence
        return sentence.format_map({name: written(value) for name, value in self.fields.items()})


Value: TypeAlias = str | int | float | Message
"""What may stand in a message."""

Text: TypeAlias = str | Message
"""A message, or a sentence without values, which is its own key."""


def message(sentence: str, /, **fields: object) -> Message:
    """Return a message; values that are neither texts, numbers nor messages are written as texts."""
    return Message(sentence, {name: _value(value) for name, value in fields.items()})


def as_message(text: Text) -> Message:
    """Return a message as it is, a sentence without values as a message."""
    return text if isinstance(text, Message) else Message(text)


def counted(what: str, number: int, **fields: object) -> Message:
    """Return how many of something there are: "Pages without tweets: 1,200."."""
    return message(f"{what}: {{number}}.", **fields, number=number)


def in_english(value: Value) -> str:
    """Return a value as English writes it: 12,345 and 0.5."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def written_fields(text: Text) -> str | None:
    """Return the values of a message as JSON, for a column of a table; None where there are none."""
    if not isinstance(text, Message) or not text.fields:
        return None
    return json.dumps({name: _plain(value) for name, value in text.fields.items()}, ensure_ascii=False)


def read_fields(key: str, fields: str | None) -> Message:
    """Return the message whose values ``written_fields`` wrote."""
    return Message(key, {name: _value(value) for name, value in json.loads(fields).items()} if fields else {})


def _value(value: object) -> Value:
    if isinstance(value, bool | str | Message):
        return str(value) if isinstance(value, bool) else value
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else str(value)


def _plain(value: Value) -> str | int | float:
    return str(value) if isinstance(value, Message) else value
