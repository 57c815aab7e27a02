"""The language of what the command says: English, or French where the locale asks for it.

The English sentence is the key of its translation in ``locale/fr.toml``, so that code reads as what a user sees. The
words of a report have a catalogue of their own, in ``reports/locale``: a report's language is the case's choice, not
that of the machine.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path

__all__ = ["catalogue", "language", "tr"]

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
        values: what stands for the names; put in as ``str.format`` does.
    """
    known = catalogue(language()).get(sentence, sentence)
    return known.format(**values) if values else known


@cache
def catalogue(code: str) -> dict[str, str]:
    """Return the translations into a language by their English sentence; none into English."""
    if code == "en":
        return {}
    path = Path(__file__).parent / "locale" / f"{code}.toml"
    sentences: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return sentences
