"""Greedy peeling of a weighted two-sided graph: take away the node of least weight until none is left.

The nodes that remain when the average weight was greatest are the densest block that greed finds, at least half as
dense as the densest of any size (Hooi et al. 2016, doi:10.1145/2939672.2939747, theorem 1). A binary heap with stale
entries makes it O(edges log edges).
"""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

__all__ = ["peel"]


@compiled
def _less(keys: np.ndarray, nodes: np.ndarray, i: int, j: int) -> bool:
    return keys[i] < keys[j] or (keys[i] == keys[j] and nodes[i] < nodes[j])


@compiled
def _swap(keys: np.ndarray, nodes: np.ndarray, i: int, j: int) -> None:
    keys[i], keys[j] = keys[j], keys[i]
    nodes[i], nodes[j] = nodes[j], nodes[i]


@compiled
def _push(keys: np.ndarray, nodes: np.ndarray, size: int, key: float, node: int) -> int:
    keys[size], nodes[size] = key, node
    i = size
    while i > 0 and _less(keys, nodes, i, (i - 1) // 2):
        _swap(keys, nodes, i, (i - 1) // 2)
        i = (i - 1) // 2
    return size + 1


@compiled
def _pop(keys: np.ndarray, nodes: np.ndarray, size: int) -> int:
    """Move the least entry to the end and return the new size; it stands there."""
    size -= 1
    _swap(keys, nodes, 0, size)
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            return size
        if child + 1 < size and _less(keys, nodes, child + 1, child):
            child += 1
        if not _less(keys, nodes, child, i):
            return size
        _swap(keys, nodes, child, i)
        i = child


@compiled
def peel(
    first: np.ndarray, neighbours: np.ndarray, weights: np.ndarray, n_left: int, min_left: int, min_right: int
) -> tuple[np.ndarray, float]:
    """Find the block with the greatest average weight, as greed does.

    Args:
        first: shape (nodes + 1,): where each node's entries begin in the next two arrays.
        neighbours: shape (2 x edges,): the node at the other end; every edge stands twice.
        weights: shape (2 x edges,): the edge's weight, above 0.
        n_left: nodes of the one side, which come first.
        min_left: of them a block needs so many,
        min_right: and so many of the other side.

    Returns:
        ``inside``, shape (nodes,) bool, and the block's weight over its number of nodes; nothing and 0 where none is
        large enough.
    """
    n_nodes = len(first) - 1
    load = np.zeros(n_nodes)
    for node in range(n_nodes):
        for k in range(first[node], first[node + 1]):
            load[node] += weights[k]
    keys = np.empty(n_nodes + len(neighbours) + 1)
    nodes = np.empty(n_nodes + len(neighbours) + 1, np.int64)
    size = 0
    for node in range(n_nodes):
        size = _push(keys, nodes, size, load[node], node)
    total = load.sum() / 2.0
    removed_at = np.full(n_nodes, -1, np.int64)
    best, best_step, on_left = 0.0, n_nodes, n_left
    for step in range(n_nodes):
        # A difference in the last digits must not move the end of the block.
        density = total / (n_nodes - step)
        is_large = on_left >= min_left and n_nodes - step - on_left >= min_right
        if is_large and density > best * (1.0 + 1e-9):
            best, best_step = density, step
        while True:
            size = _pop(keys, nodes, size)
            node, key = nodes[size], keys[size]
            if removed_at[node] < 0 and key == load[node]:
                break
        removed_at[node] = step
        on_left -= node < n_left
        for k in range(first[node], first[node + 1]):
            other = neighbours[k]
            if removed_at[other] < 0:
                total -= weights[k]
                load[other] -= weights[k]
                size = _push(keys, nodes, size, load[other], other)
    return removed_at >= best_step, best
