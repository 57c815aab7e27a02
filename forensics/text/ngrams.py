"""Texts as TF-IDF vectors of their character 4-grams, after a folding that forgives what retyping changes.

The weights are scikit-learn's defaults: counts times ``ln((1 + n) / (1 + df)) + 1``, each row of length 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

N_GRAM = 4
"""Characters in a gram."""

_BUCKET_BITS = 24
"""A gram is known by so many bits of a hash; two of a million grams rarely share one, and a text's hardly ever do."""
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_FEW = 1 << 20
"""Entries up to which sorting them is quicker than a table of all buckets, which takes an eighth of a second."""
_CHUNK = 20_000
"""Texts counted at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Texts as rows of length 1, without the grams that only one text has.

    Attributes:
        weights: shape (texts, grams) float64; grams in order from the rarest to the commonest, sorted within a row.
        alone: shape (texts,): the squared length of what a row shares with nobody and ``weights`` leaves out.
    """

    weights: sparse.csr_array
    alone: npt.NDArray[np.float64]


def fold_loosely(texts: pl.Series) -> pl.Series:
    """Return texts in lower case and compatible spelling, without mentions, punctuation, emoji and invisible marks.

    Every number becomes ``0``. Letters of any script and their accents stay. Shape and order as given.

    Args:
        texts: from ``fingerprint.fold``, so without addresses.
    """
    folded = (
        pl.col("text")
        .str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all(r"\p{Cf}", "")
        .str.replace_all(r"@[\p{L}\p{N}_.]+", " ")
        .str.replace_all(r"\p{N}+", "0")
        .str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ")
        .str.strip_chars()
    )
    return texts.alias("text").to_frame().select(folded.alias(texts.name)).to_series()


def vectors(texts: list[str]) -> Vectors:
    """Return the TF-IDF vectors of texts.

    Args:
        texts: folded, distinct, none empty.

    Raises:
        ValueError: a text is empty.
    """
    if not all(texts):
        raise ValueError("an empty text has no vector")
    parts = [_counted(texts[start : start + _CHUNK]) for start in range(0, len(texts), _CHUNK)]
    sizes = np.concatenate([np.zeros(1, np.int64), *(size for size, _, _ in parts)])
    buckets = np.concatenate([np.zeros(0, np.int32), *(bucket for _, bucket, _ in parts)])
    counts = np.concatenate([np.zeros(0, np.int32), *(count for _, _, count in parts)])
    del parts
    place, in_texts = _numbered(buckets)
    del buckets
    rank = np.empty(len(in_texts), np.int32)
    rank[np.argsort(in_texts, kind="stable")] = np.arange(len(in_texts), dtype=np.int32)
    n_alone = int((in_texts == 1).sum())
    weight = counts * (np.log((1.0 + len(texts)) / (1.0 + in_texts[place])) + 1.0)
    del counts
    whole = sparse.csr_array((weight, rank[place], np.cumsum(sizes)), shape=(len(texts), max(len(in_texts), 1)))
    del place
    whole.sort_indices()
    return _normalised(whole, n_alone)


def _numbered(buckets: npt.NDArray[np.int32]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    """Return each bucket's place among those used, ascending, and how many entries each of them has."""
    if len(buckets) < _FEW:
        _, place, n_entries = np.unique(buckets, return_inverse=True, return_counts=True)
        return place, n_entries
    in_all = np.bincount(buckets, minlength=1 << _BUCKET_BITS)
    used = np.flatnonzero(in_all)
    table = np.zeros(1 << _BUCKET_BITS, np.int32)
    table[used] = np.arange(len(used), dtype=np.int32)
    return table[buckets], in_all[used]


def _normalised(whole: sparse.csr_array, n_alone: int) -> Vectors:
    """Bring the rows to length 1 and leave out the first columns, which have one entry each."""
    n_entries = np.diff(whole.indptr)
    row = np.repeat(np.arange(len(n_entries), dtype=np.int32), n_entries)
    squares = np.bincount(row, whole.data**2, len(n_entries))
    whole.data /= np.sqrt(squares)[row]
    is_alone = whole.indices < n_alone
    alone = np.bincount(row[is_alone], whole.data[is_alone] ** 2, len(n_entries))
    n_shared = np.bincount(row[~is_alone], minlength=len(n_entries))
    shared = sparse.csr_array(
        (whole.data[~is_alone], whole.indices[~is_alone] - np.int32(n_alone), np.append(0, np.cumsum(n_shared))),
        shape=(whole.shape[0], max(whole.shape[1] - n_alone, 1)),
    )
    shared.has_sorted_indices = True
    return Vectors(shared, np.asarray(alone, np.float64))


def _counted(texts: list[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Count the grams of each text, a space before and behind it.

    Returns:
        How many distinct grams each text has; the grams' buckets, text by text; how often each comes.
    """
    padded = [f" {text} ".ljust(N_GRAM) for text in texts]
    lengths = np.array([len(text) for text in padded])
    points = np.frombuffer("".join(padded).encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    grams = np.zeros(max(len(points) - N_GRAM + 1, 0), np.uint64)
    for place in range(N_GRAM):
        grams = (grams + points[place : place + len(grams)]) * _MIXER
        grams ^= grams >> np.uint64(32)
    text = np.repeat(np.arange(len(texts)), lengths)[: len(grams)]
    whole = np.ones(len(grams) + N_GRAM - 1, bool)
    ends = np.cumsum(lengths)
    for place in range(1, N_GRAM):
        whole[ends - place] = False
    whole = whole[: len(grams)]
    hashed = (grams[whole] * _MIXER >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)
    key, count = np.unique(text[whole].astype(np.int64) << _BUCKET_BITS | hashed, return_counts=True)
    sizes = np.bincount(key >> _BUCKET_BITS, minlength=len(texts))
    return sizes, (key & (1 << _BUCKET_BITS) - 1).astype(np.int32), count.astype(np.int32)
