"""What a thing acted upon is called: its id, and of a fingerprint its beginning."""

from __future__ import annotations

import re

from reports.visible import short
from reports.wording import Words

__all__ = ["thing"]

_FINGERPRINT = re.compile(r"(?:near:)?([0-9a-f]{8})[0-9a-f]{24,}")
"""Of a text, of texts that are nearly the same, or of a picture; the evidence files have it whole."""


def thing(object_id: str | None, limit: int, words: Words) -> str:
    """Return the id of a thing in at most so many characters."""
    found = _FINGERPRINT.fullmatch(object_id or "")
    return words("clusters.fingerprint", id=f"{found[1]}…") if found else short(object_id, limit)
