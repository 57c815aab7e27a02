"""The key under which a place's name is looked up: one spelling for every way of writing it."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_MARKS = re.compile(r"[.'’‘`´ʻʼʿ\"“”«»!?]")
_BREAKS = re.compile(r"[\s\-_‐‑–—&+]+")
_SAINT = re.compile(r"\b(?:st|ste|sankt)\b")


def name_key(text: str) -> str:
    """Return a name without case, accents, apostrophes, full stops and hyphens.

    Ornamental letters become plain ones, and "St" is written out, so that "SAINT-ÉTIENNE" and "St. Etienne" meet.
    The key of a key is the key itself.

    Args:
        text: any text; hostile input is only ever shortened.

    Returns:
        The key; empty where nothing but marks was given.
    """
    if text.isascii():
        plain = text.lower()
    else:
        folded = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    if plain.isalpha() and "st" not in plain:
        return plain
    words = _BREAKS.sub(" ", _MARKS.sub("", plain)).strip()
    return _SAINT.sub("saint", words) if "st" in words or "sankt" in words else words
