"""Near-duplicate texts: the same words slightly edited, by the cosine of their character 4-grams.

Groups are star-shaped. The texts are taken in order, the most used first; each joins the first group whose first text
is similar enough to it, else begins its own (leader clustering; Hartigan 1975, Clustering Algorithms, ch. 3). So every
text of a group is near the group's first, and a chain of small edits never welds unlike texts together.

No pair of texts is compared that cannot be near: of two rows of length 1, the rarest gram that they share must lie
among the rarest grams of the one, or its commoner grams are too light for the threshold (prefix filtering; Bayardo, Ma
& Srikant 2007, doi:10.1145/1242572.1242591). The filter loses nothing: the groups are those of comparing all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from forensics.progress import Progress, quiet
from forensics.text.fingerprint import MIN_CHARACTERS, digest, fold
from forensics.text.ngrams import Vectors, fold_loosely, vectors

_ROWS = 2_048
"""Texts compared at a time."""
_SHELF = 16_384
"""First texts of groups kept in one matrix."""
_ENTRIES = 4_000_000
"""Products held at a time, at most; or one row's, where it alone has more."""
_TAIL = 0.8
"""The commoner grams of a row, together shorter than this share of the threshold, are not looked up."""
_ROUNDING = 1e-9

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """First texts of groups, laid out by gram.

    Attributes:
        rows: shape (texts,): their rows, ascending.
        by_gram: shape (grams, texts).
    """

    rows: Ints
    by_gram: sparse.csr_array


def near_duplicate_groups(texts: pl.Series, threshold: float = 0.8, progress: Progress = quiet) -> pl.Series:
    """Return each text's group; texts of one group are near-duplicates of its first text.

    Args:
        texts: any text, in any order; how often one comes decides which begins a group.
        threshold: least cosine of the TF-IDF vectors of two near-duplicates, from 0.5; at 1 only texts that are equal
            after folding share a group.

    Returns:
        Shape as ``texts``: an id made from the group's first text, or null where the text is missing or has fewer than
        ``MIN_CHARACTERS`` characters after folding. The same whatever the order of the rows.

    Raises:
        ValueError: the threshold is outside 0.5 to 1.
    """
    if not 0.5 <= threshold <= 1.0:
        raise ValueError(f"the threshold must lie between 0.5 and 1; it is {threshold}")
    folded = fold_loosely(_folded(texts))
    long = folded.is_not_null() & (folded.str.len_chars() >= MIN_CHARACTERS)
    counts = folded.filter(long).alias("text").value_counts(name="n")
    ordered = counts.sort("n", "text", descending=[True, False])["text"].to_list()
    leaders = np.arange(len(ordered)) if threshold == 1.0 else _leaders(vectors(ordered), threshold, progress)
    ids = {text: digest(ordered[leader]) for text, leader in zip(ordered, leaders.tolist(), strict=True)}
    return folded.replace_strict(ids, default=None, return_dtype=pl.String).alias(texts.name)


def _folded(texts: pl.Series) -> pl.Series:
    distinct = texts.unique().drop_nulls().to_list()
    return texts.replace_strict({text: fold(text) for text in distinct}, default=None, return_dtype=pl.String)


def _leaders(rows: Vectors, threshold: float, progress: Progress) -> Ints:
    """Return the first text of each text's group, by position."""
    n_texts = rows.weights.shape[0]
    tail = _TAIL * threshold
    heads = _heads(rows, tail)
    leader = np.full(n_texts, -1, np.int64)
    shelves: list[_Shelf] = []
    for start in range(0, n_texts, _ROWS):
        pending = np.arange(start, min(start + _ROWS, n_texts))
        for shelf in shelves:
            text, first = _near(rows, heads, pending, shelf, threshold, tail)
            _keep_first(leader, text, first)
            pending = pending[leader[pending] < 0]
        _settle(leader, pending, *_near(rows, heads, pending, _shelf(rows, pending), threshold, tail))
        new = pending[leader[pending] == pending]
        if shelves and len(shelves[-1].rows) + len(new) <= _SHELF:
            new = np.concatenate([shelves.pop().rows, new])
        shelves.append(_shelf(rows, new))
        progress("comparing texts", min(start + _ROWS, n_texts), n_texts)
    return leader


def _keep_first(leader: Ints, text: Ints, first: Ints) -> None:
    """Let each text join the earliest of the groups found for it."""
    found, place = np.unique(text, return_index=True)  # pairs come in order, so a text's first is its earliest
    leader[found] = first[place]


def _settle(leader: Ints, pending: Ints, text: Ints, earlier: Ints) -> None:
    """Go through texts in order: each joins the earliest group among them that it is near to, else begins its own."""
    leader[pending] = pending
    before = earlier < text
    for one, other in zip(text[before].tolist(), earlier[before].tolist(), strict=True):
        if leader[one] == one and leader[other] == other:
            leader[one] = other


def _heads(rows: Vectors, tail: float) -> sparse.csr_array:
    """Return the rows' rarest entries: those before which more than ``tail`` of the length is left."""
    weights = rows.weights
    n_entries = np.diff(weights.indptr)
    row = np.repeat(np.arange(len(n_entries)), n_entries)
    summed = np.append(0.0, np.cumsum(weights.data**2))
    left = 1.0 - rows.alone[row] - (summed[:-1] - summed[weights.indptr[:-1]][row])
    kept = left >= tail**2 - _ROUNDING
    first = np.append(0, np.cumsum(np.bincount(row[kept], minlength=len(n_entries))))
    return sparse.csr_array((weights.data[kept], weights.indices[kept], first), shape=weights.shape)


def _shelf(rows: Vectors, chosen: Ints) -> _Shelf:
    return _Shelf(chosen, rows.weights[chosen].T.tocsr())


def _near(
    rows: Vectors, heads: sparse.csr_array, texts: Ints, shelf: _Shelf, threshold: float, tail: float
) -> tuple[Ints, Ints]:
    """Return the pairs of a text and a shelf's text that are near, in order of both."""
    own = heads[texts]
    held = np.diff(shelf.by_gram.indptr)
    entries = np.append(0, np.cumsum(held[own.indices]))[own.indptr]
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    start = 0
    while start < len(texts):
        end = max(start + 1, int(np.searchsorted(entries, entries[start] + _ENTRIES, side="right")) - 1)
        products = (own[start:end] @ shelf.by_gram).tocoo()
        # What lies outside a row's head adds less than ``tail`` to any cosine.
        kept = products.data >= threshold - tail - _ROUNDING
        left, right = texts[start + products.row[kept]], shelf.rows[products.col[kept]]
        found.append(_checked(rows.weights, left, right, threshold))
        start = end
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    order = np.lexsort((right, left))
    return left[order], right[order]


def _checked(weights: sparse.csr_array, left: Ints, right: Ints, threshold: float) -> tuple[Ints, Ints]:
    """Keep the pairs whose whole cosine reaches the threshold."""
    step = 50_000
    cosines = [
        weights[left[at : at + step]].multiply(weights[right[at : at + step]]).sum(axis=1)
        for at in range(0, len(left), step)
    ]
    near = np.concatenate([np.zeros(0), *cosines]) >= threshold - _ROUNDING
    return left[near], right[near]
