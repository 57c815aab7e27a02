"""Reading the phrases of a language from ``locale/<language>/*.toml``, each under its dotted key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources

__all__ = ["phrases", "unbroken"]


def phrases(language: str) -> dict[str, object]:
    """Return every phrase, and every list of phrases, of a language that there is."""
    folder = resources.files("reports").joinpath("locale", language)
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    texts = (file.read_text(encoding="utf-8") for file in files)
    return {key: value for text in texts for key, value in _flat("", tomllib.loads(unbroken(text, language)))}


def unbroken(text: str, language: str) -> str:
    """Return text with the spaces at French punctuation kept on one line; the files have plain ones, to be seen."""
    return re.sub(r"(?<=«) | (?=[»:;?!])", "\u00a0", text) if language == "fr" else text


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", value
