"""The shared objects that the stratified configuration null expects of one pair of accounts at a time."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

__all__ = ["expected_shared", "spread_accounts"]


@compiled
def spread_accounts(
    first: np.ndarray,
    stratum: np.ndarray,
    n_acts: np.ndarray,
    community_first: np.ndarray,
    community_size: np.ndarray,
    matrix_first: np.ndarray,
    chance: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Spread each account over the strata of its communities: what a single act of each stratum would share with it.

    Args:
        first: shape (accounts + 1,): where each account's entries begin in the next two arrays.
        stratum: shape (entries,), ascending within an account; a community's strata stand in a row.
        n_acts: shape (entries,).
        community_first: shape (strata,): the first stratum of the stratum's community.
        community_size: shape (strata,): its number of strata.
        matrix_first: shape (strata,): where its matrix begins in ``chance``.
        chance: the communities' matrices, flat.

    Returns:
        ``block_first`` (accounts + 1,): where each account's blocks begin in the next two; ``block_base`` (blocks,):
        the first stratum of the block's community; ``block_at`` (blocks,): where the block begins in ``spread``;
        ``spread`` float32: one number for each stratum of the block's community.
    """
    n_accounts = first.shape[0] - 1
    block_first = np.zeros(n_accounts + 1, np.int64)
    for a in range(n_accounts):
        block_first[a + 1] = block_first[a]
        for i in range(first[a], first[a + 1]):
            if i == first[a] or community_first[stratum[i]] != community_first[stratum[i - 1]]:
                block_first[a + 1] += 1
    block_base = np.zeros(block_first[n_accounts], np.int64)
    block_at = np.zeros(block_first[n_accounts] + 1, np.int64)
    block = 0
    for a in range(n_accounts):
        for i in range(first[a], first[a + 1]):
            if i == first[a] or community_first[stratum[i]] != community_first[stratum[i - 1]]:
                block_base[block] = community_first[stratum[i]]
                block_at[block + 1] = block_at[block] + community_size[stratum[i]]
                block += 1
    spread = np.zeros(block_at[block], np.float32)
    for a in range(n_accounts):
        block = block_first[a] - 1
        for i in range(first[a], first[a + 1]):
            h = stratum[i]
            if i == first[a] or community_first[h] != community_first[stratum[i - 1]]:
                block += 1
            row = matrix_first[h] + (h - community_first[h]) * community_size[h]
            for s in range(community_size[h]):
                spread[block_at[block] + s] += np.float32(n_acts[i] * chance[row + s])
    return block_first, block_base, block_at, spread


@compiled
def expected_shared(
    left: np.ndarray,
    right: np.ndarray,
    first: np.ndarray,
    stratum: np.ndarray,
    n_acts: np.ndarray,
    community_first: np.ndarray,
    block_first: np.ndarray,
    block_base: np.ndarray,
    block_at: np.ndarray,
    spread: np.ndarray,
) -> np.ndarray:
    """Return the sum over pairs of strata of (left's acts) x (right's acts) x (the chance of one object).

    Args:
        left: shape (pairs,), accounts.
        right: shape (pairs,).
        first: see ``spread_accounts``.
        stratum: see ``spread_accounts``.
        n_acts: see ``spread_accounts``.
        community_first: see ``spread_accounts``.
        block_first: of ``spread_accounts``.
        block_base: of ``spread_accounts``.
        block_at: of ``spread_accounts``.
        spread: of ``spread_accounts``.
    """
    expected = np.zeros(left.shape[0], np.float64)
    for pair in range(left.shape[0]):
        block, last = block_first[left[pair]], block_first[left[pair] + 1]
        for j in range(first[right[pair]], first[right[pair] + 1]):
            base = community_first[stratum[j]]
            while block < last and block_base[block] < base:
                block += 1
            if block == last:
                break
            if block_base[block] == base:
                expected[pair] += n_acts[j] * spread[block_at[block] + stratum[j] - base]
    return expected
