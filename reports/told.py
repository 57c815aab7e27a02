"""What loaders and detectors say in English, in the report's language.

They speak in sentences with values in them: why a question cannot be answered, what was noted of a file, why a row was
rejected. ``locale/told-<language>.toml`` has the sentence with the values' places in braces, and its translation. What
is not there is printed as it was said, which is better than nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from reports.catalogue import unbroken

__all__ = ["told"]

_FIELD = re.compile(r"\\{(\w+)\\}")
_WHOLE = re.compile(r"\d{1,3}(,\d{3})+")


def told(text: str, language: str, integer: Callable[[float], str]) -> str:
    """Return a sentence in another language.

    Args:
        text: as it was said, in English.
        language: BCP 47 code.
        integer: writes a whole number in that language.
    """
    for pattern, phrase in _catalogue(language):
        if found := pattern.fullmatch(text):
            fields = {
                name: integer(int(value.replace(",", ""))) if _WHOLE.fullmatch(value) else _word(value, language)
                for name, value in found.groupdict().items()
            }
            return phrase.format_map(fields)
    return text


def _word(value: str, language: str) -> str:
    """Return a value that is itself a phrase of the catalogue, such as how times are written."""
    return next((phrase for pattern, phrase in _catalogue(language) if pattern.pattern == re.escape(value)), value)


@cache
def _catalogue(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the sentences of a language as patterns with their translations, the most exact first."""
    file = resources.files("reports").joinpath("locale", f"told-{language}.toml")
    if not file.is_file():
        return ()
    phrases = tomllib.loads(file.read_text(encoding="utf-8"))
    ordered = sorted(phrases.items(), key=lambda entry: (-len(_FIELD.sub("", re.escape(entry[0]))), entry[0]))
    return tuple((_pattern(english), unbroken(str(other), language)) for english, other in ordered)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(_FIELD.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL)
