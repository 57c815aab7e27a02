"""The language of what the command says: English, or French where the locale asks for it.

The English sentence is the key of its translation in ``locale/fr.toml``, so that code reads as what a user sees. The
words of a report have a catalogue of their own, in ``reports/locale``: a report's language is the case's choice, not
that of the machine.
"""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter

__all__ = ["catalogue", "figure", "language", "tr"]

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_TRANSLATED = ("fr",)


def language() -> str:
    """Return ``fr`` where the first locale variable that is set says French, else ``en``."""
    chosen = next((value for name in _LOCALE if (value := os.environ.get(name))), "")
    code = chosen[:2].lower()
    return code if code in _TRANSLATED else "en"


def tr(sentence: str, **values: object) -> str:
    """Return a sentence in the user's language.

    Args:
        sentence: in English, with the names of its values in braces.
        values: what stands for the names; put in as ``str.format`` does, numbers as the language writes them.
    """
    known = catalogue(language()).get(sentence, sentence)
    return _FORMATTERS[language()].vformat(known, (), values) if values else known


def figure(value: float, spec: str) -> str:
    """Return a number in the user's language; ``spec`` is that of ``format``."""
    return _FORMATTERS[language()].vformat(f"{{:{spec}}}", (value,), {})


class _French(Formatter):
    """Writes numbers as they are written in French: 1 234,5 and 50 %, with narrow spaces."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a value as the sentence's format says, with French signs where it is a number."""
        written = str(super().format_field(value, format_spec))
        if isinstance(value, int | float) and format_spec:
            return written.translate(_SIGNS)
        return written


_SPACE = re.compile(r" (?=[:;?!»%])|(?<=«) ")
"""French sets a space before these signs, at which no line may end."""
_SIGNS = str.maketrans({",": "\N{NARROW NO-BREAK SPACE}", ".": ",", "%": "\N{NARROW NO-BREAK SPACE}%"})
_FORMATTERS = {"en": Formatter(), "fr": _French()}


@cache
def catalogue(code: str) -> dict[str, str]:
    """Return the translations into a language by their English sentence; none into English."""
    if code == "en":
        return {}
    path = Path(__file__).parents[1] / "locale" / f"{code}.toml"
    sentences: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {english: _SPACE.sub("\N{NO-BREAK SPACE}", translated) for english, translated in sentences.items()}
