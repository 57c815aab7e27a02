"""Made-up words: handles, hashtags and publishers that can be read but belong to nobody."""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.simulate.random_draws import Ints

__all__ = ["words"]

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeio"]


def words(numbers: Ints, n_syllables: int) -> pl.Series:
    """Return a word for each number; different numbers below 56 to the power of the syllables have different words."""
    table = pl.Series(_SYLLABLES)
    # A step that shares no factor with 56 spreads neighbouring numbers over the alphabet.
    left = (np.asarray(numbers, np.int64) * 1_000_003) % (len(_SYLLABLES) ** n_syllables)
    columns: list[pl.Series] = []
    for _ in range(n_syllables):
        columns.append(table[left % len(_SYLLABLES)].alias(f"s{len(columns)}"))
        left = left // len(_SYLLABLES)
    return pl.select(pl.concat_str(columns)).to_series()
