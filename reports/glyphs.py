"""Which characters the document's own fonts can draw; the others are printed as their codes.

A font of last resort draws one box for a whole script, so that two names would look alike and copied text would be
wrong. A code, such as ``⟨U+13080⟩``, is exact.
"""

from __future__ import annotations

import re
from functools import cache

from matplotlib.ft2font import FT2Font

from reports.fonts import READABLE

MOST_CODES = 20
"""Codes printed of one run of characters; the rest of a longer one is in the page and the evidence files."""

_JOINERS = (0x200C, 0x200D, 0x2068, 0x2069, *range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080))
"""Characters that only change how others are drawn: joiners, isolates, variants, and the letters of a flag."""


def printable(text: str) -> str:
    """Return a text with each run of characters that no font has replaced by their codes."""
    return text if text.isascii() else _missing().sub(_codes, text)


def _codes(run: re.Match[str]) -> str:
    shown = " ".join(f"{ord(character):04X}" for character in run[0][:MOST_CODES])
    return f"⟨U+{shown}{' …' if len(run[0]) > MOST_CODES else ''}⟩"


@cache
def _missing() -> re.Pattern[str]:
    """Return the pattern of a run of characters that no readable font has."""
    known = sorted({code for path in READABLE for code in FT2Font(path).get_charmap()} | {0x0A, *_JOINERS})
    spans: list[tuple[int, int]] = []
    for code in known:
        if spans and spans[-1][1] == code - 1:
            spans[-1] = (spans[-1][0], code)
        else:
            spans.append((code, code))
    return re.compile("[^" + "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in spans) + "]+")
