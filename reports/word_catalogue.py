"""The one catalogue of words: ``locale/<language>/*.toml``, for the documents and for the command.

A phrase of the documents stands under a dotted key, in every language. A message of the library or a sentence of the
command is its own key, in English, and stands in the other languages alone: ``messages.toml`` and ``command.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources

_SENTENCES = ("messages.toml", "command.toml")


def phrases(language: str) -> dict[str, object]:
    """Return every phrase, and every list of phrases, of a language that there is."""
    return {key: value for table in _tables(language, is_keyed=True) for key, value in _flat(language, "", table)}


def sentences(language: str) -> dict[str, str]:
    """Return the translations of the messages and of the command's sentences, by their English."""
    return {
        key: _unbroken(str(value), language)
        for table in _tables(language, is_keyed=False)
        for key, value in table.items()
    }


def _tables(language: str, *, is_keyed: bool) -> Iterator[dict[str, object]]:
    folder = resources.files("reports").joinpath("locale", language)
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    for file in files:
        if is_keyed is (file.name not in _SENTENCES):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


def _flat(language: str, prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(language, f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", _whole(value, language)


def _whole(value: object, language: str) -> object:
    if isinstance(value, list):
        return [_whole(entry, language) for entry in value]
    return _unbroken(value, language) if isinstance(value, str) else value


def _unbroken(text: str, language: str) -> str:
    """Return text with the spaces at French punctuation kept on one line; the files have plain ones, to be seen."""
    return re.sub(r"(?<=«) | (?=[»:;?!%])", "\u00a0", text) if language == "fr" else text
