"""What people write: words with a long tail, tags, addresses. No two people write alike unless they copy."""

from __future__ import annotations

import numpy as np

__all__ = ["TOOLS", "Tongue"]

_ON, _MID = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st"), "aeiou"
WORDS = 900  # the everyday vocabulary of short posts
ZIPF = 0.9  # of words, near the exponent of written language
TOOLS = ("android", "iphone", "web")


class Tongue:
    """Draws texts of a language that was made up for the world."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._words = [self._word() for _ in range(WORDS)]
        weight = 1 / np.arange(1, WORDS + 1) ** ZIPF
        self._weight = np.cumsum(weight / weight.sum())
        self._drawn: list[str] = []

    def _word(self) -> str:
        rng = self._rng
        return "".join(_ON[rng.integers(len(_ON))] + _MID[rng.integers(5)] for _ in range(rng.integers(1, 4)))

    def text(self, about: tuple[str, ...] = (), median: float = 7) -> str:
        """Return a text of a person's own words, with some of what it is about worked in."""
        length = int(np.clip(self._rng.lognormal(np.log(median), 0.6), 2, 40))
        if len(self._drawn) < length:
            drawn = np.searchsorted(self._weight, self._rng.random(20_000))
            self._drawn = [self._words[min(place, WORDS - 1)] for place in drawn]
        words, self._drawn[-length:] = self._drawn[-length:], []
        for word in about:
            if self._rng.random() < 0.7:  # not everybody takes up every cue
                words.insert(int(self._rng.integers(len(words) + 1)), word)
        return " ".join(words)

    def name(self) -> str:
        """Return a made-up name, as for a tag or a site."""
        return self._word() + self._word()

    def address(self, site: str) -> str:
        """Return the address of a new page of a site."""
        return f"https://{site}/{self._word()}-{self._word()}-{self._rng.integers(10_000)}"
