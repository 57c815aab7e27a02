"""The language of what the command says: English, or French where the locale asks for it.

The English sentence is the key of its translation in the one catalogue, ``reports.word_catalogue``, so that code reads
as what a user sees. A report's language is the case's choice, the command's that of the machine.
"""

from __future__ import annotations

import os
from functools import cache
from string import Formatter

from forensics.messages import Message, Value
from reports.word_catalogue import sentences

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_TRANSLATED = ("fr",)
_LONGEST = 2_000
"""Characters of one value in a sentence, as a screen holds: a heading can be as long as its file."""


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


def rendered(text: Message) -> str:
    """Return a message of the library in the user's language."""
    return text.filled(catalogue(language()).get(text.key, text.key), _written)


def figure(value: float | str, spec: str) -> str:
    """Return a value as the user's language writes it; ``spec`` is that of ``format``."""
    return _FORMATTERS[language()].vformat(f"{{:{spec}}}", (value,), {})


def _written(value: Value) -> str:
    if isinstance(value, Message):
        return rendered(value)
    if isinstance(value, int):
        return figure(value, ",")
    return figure(value, "g" if isinstance(value, float) else "")


class _English(Formatter):
    """Puts values into a sentence, each on one line of some length: a file's name may hold one that looks like ours."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a value as the sentence's format says."""
        written = " ".join(str(super().format_field(value, format_spec)).splitlines())
        return written if len(written) <= _LONGEST else f"{written[: _LONGEST // 2]} … {written[-_LONGEST // 2 :]}"


class _French(_English):
    """Writes numbers as they are written in French: 1 234,5 and 50 %, with narrow spaces."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a value as the sentence's format says, with French signs where it is a number."""
        written = str(super().format_field(value, format_spec))
        if isinstance(value, int | float) and format_spec:
            return written.translate(_SIGNS)
        return written


_SIGNS = str.maketrans({",": "\N{NARROW NO-BREAK SPACE}", ".": ",", "%": "\N{NARROW NO-BREAK SPACE}%"})
_FORMATTERS = {"en": _English(), "fr": _French()}


@cache
def catalogue(code: str) -> dict[str, str]:
    """Return the translations into a language by their English sentence; none into English."""
    return {} if code == "en" else sentences(code)
