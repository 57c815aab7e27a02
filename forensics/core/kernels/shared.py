"""The shared objects that the stratified configuration null expects of one pair of accounts at a time."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["expected_shared"]


@njit(cache=True, nogil=True)
def expected_shared(
    left: np.ndarray,
    right: np.ndarray,
    first: np.ndarray,
    stratum: np.ndarray,
    n_acts: np.ndarray,
    community_first: np.ndarray,
    community_size: np.ndarray,
    matrix_first: np.ndarray,
    chance: np.ndarray,
) -> np.ndarray:
    """Return the sum over pairs of strata of (left's acts) x (right's acts) x (the chance of one object).

    Args:
        left: shape (pairs,), accounts.
        right: shape (pairs,).
        first: shape (accounts + 1,): where each account's entries begin in the next two arrays.
        stratum: shape (entries,), ascending within an account.
        n_acts: shape (entries,).
        community_first: shape (strata,), see ``strata.Strata``.
        community_size: shape (strata,).
        matrix_first: shape (strata,).
        chance: the communities' matrices, flat.
    """
    expected = np.zeros(left.shape[0], np.float64)
    for pair in range(left.shape[0]):
        j_first, j_end = first[right[pair]], first[right[pair] + 1]
        for i in range(first[left[pair]], first[left[pair] + 1]):
            base = community_first[stratum[i]]
            size = community_size[stratum[i]]
            row = matrix_first[stratum[i]] + (stratum[i] - base) * size - base
            # Strata of a community stand in a row, so the right account's entries of it are one run.
            while j_first < j_end and stratum[j_first] < base:
                j_first += 1
            j = j_first
            while j < j_end and stratum[j] < base + size:
                expected[pair] += n_acts[i] * n_acts[j] * chance[row + stratum[j]]
                j += 1
    return expected
