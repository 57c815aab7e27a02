"""Expected attendance: how a group's acts would fall on objects if each member chose as the outsiders do."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

_LANES = 8
"""Objects summed side by side: as many as a processor adds at once, or twice as many."""
_ROWS = 64
"""Members whose pairs are worked out at once."""


@compiled
def _reach(
    touched: np.ndarray,
    pulls: np.ndarray,
    base: np.ndarray,
    layer_of: np.ndarray,
    is_rare: np.ndarray,
    was_rare: np.ndarray,
    first: np.ndarray,
    communities: np.ndarray,
    weights: np.ndarray,
    even: np.ndarray,
    weight_sums: np.ndarray,
    even_sums: np.ndarray,
    squares: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Sum the pulls of each layer's objects, and the products of the rare ones' pulls; arguments as below.

    Returns:
        Shape (layers, communities), and shape (layers, communities, communities).
    """
    n_layers, n = weight_sums.shape
    reached = np.empty((n_layers, n))
    scarce = np.empty((n_layers, n, n))
    for layer in range(n_layers):
        for k in range(n):
            reached[layer, k] = weight_sums[layer, k] / base[k] + even_sums[layer]
            for j in range(n):
                scarce[layer, k, j] = (
                    squares[layer, k, j] / (base[k] * base[j])
                    + squares[layer, k, n] / base[k]
                    + squares[layer, n, j] / base[j]
                    + squares[layer, n, n]
                )
    usual = np.empty(n)
    for t in range(len(touched)):
        o = touched[t]
        layer = layer_of[o]
        usual[:] = even[o]
        for x in range(first[o], first[o + 1]):
            usual[communities[x]] += weights[x] / base[communities[x]]
        pull = pulls[t]
        of_layer = scarce[layer]
        for k in range(n):
            reached[layer, k] += pull[k] - usual[k]
        if is_rare[t] and was_rare[o]:
            for k in range(n):
                one = pull[k]
                other = usual[k]
                row = of_layer[k]
                for j in range(n):
                    row[j] = (row[j] + one * pull[j]) - other * usual[j]
        elif is_rare[t]:
            for k in range(n):
                one = pull[k]
                row = of_layer[k]
                for j in range(n):
                    row[j] += one * pull[j]
        elif was_rare[o]:
            for k in range(n):
                other = usual[k]
                row = of_layer[k]
                for j in range(n):
                    row[j] -= other * usual[j]
    return reached, scarce


@compiled
def _member_rates(
    profile: np.ndarray, activity: np.ndarray, reached: np.ndarray, scarce: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return members' acts for each unit of pull.

    Returns:
        Shape (layers, communities): the sums over members. Shape (layers, communities, communities): their summed
        products. Shape (members, members), filled below the diagonal: the expected number of rare objects that a pair
        shares. Shape (layers,): whether any member acts there.
    """
    n_layers, n = reached.shape
    n_members = len(profile)
    rates = np.zeros((n_layers, n))
    products = np.zeros((n_layers, n, n))
    repeated = np.zeros((n_members, n_members))
    is_active = np.zeros(n_layers, np.bool_)
    for layer in range(n_layers):
        rate = np.zeros((n_members, n))
        for m in range(n_members):
            if activity[m, layer] > 0:
                is_active[layer] = True
                total = 0.0
                for k in range(n):
                    total += profile[m, k] * reached[layer, k]
                rate[m] = profile[m] * (activity[m, layer] / max(total, 1e-12))
        if is_active[layer]:
            rates[layer] = rate.sum(axis=0)
            products[layer] = rate.T @ rate
            spread = rate @ scarce[layer]
            start = 0
            while start < n_members:  # pairs once, and few enough rows to stay near the processor
                stop = min(start + _ROWS, n_members)
                repeated[start:stop, :stop] += spread[start:stop] @ rate[:stop].T
                start = stop
    return rates, products, repeated, is_active


@compiled
def _on_touched(
    touched: np.ndarray, pulls: np.ndarray, layer_of: np.ndarray, rates: np.ndarray, products: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the expected members of each touched object, and the sum of their squared chances."""
    n_touched, n = pulls.shape
    mean = np.zeros(n_touched)
    square = np.zeros(n_touched)
    # Objects side by side, each summed in its own order.
    lanes = np.empty((n, _LANES))
    sums = np.empty(_LANES)
    t = 0
    while t < n_touched:
        layer = layer_of[touched[t]]
        width = 0
        while width < _LANES and t + width < n_touched and layer_of[touched[t + width]] == layer:
            for k in range(n):
                lanes[k, width] = pulls[t + width, k]
            width += 1
        for k in range(n):
            for b in range(width, _LANES):
                lanes[k, b] = 0.0
        sums[:] = 0.0
        for k in range(n):
            rate_k = rates[layer, k]
            for b in range(_LANES):
                sums[b] += lanes[k, b] * rate_k
        for b in range(width):
            mean[t + b] = sums[b]
        sums[:] = 0.0
        for k in range(n):
            for j in range(n):
                product = products[layer, k, j]
                for b in range(_LANES):
                    sums[b] += lanes[k, b] * product * lanes[j, b]
        for b in range(width):
            square[t + b] = sums[b]
        t += width
    return mean, square


@compiled
def _on_others(
    touched: np.ndarray,
    base: np.ndarray,
    layer_of: np.ndarray,
    first: np.ndarray,
    communities: np.ndarray,
    weights: np.ndarray,
    even: np.ndarray,
    rates: np.ndarray,
    products: np.ndarray,
    is_active: np.ndarray,
) -> tuple[float, float]:
    """Return the expected pairs of the objects that no member touched, and the sum of their squares.

    ``rates`` and ``products`` are divided by the base rates in place.
    """
    n = len(base)
    is_touched = np.zeros(len(layer_of), np.bool_)
    is_touched[touched] = True
    rate_sums = rates.sum(axis=1)
    rows = products.sum(axis=2) / base
    product_sums = products.sum(axis=2).sum(axis=1)
    rates /= base
    for k in range(n):
        products[:, k] /= base[k] * base
    total = 0.0
    total_squares = 0.0
    for o in range(len(layer_of)):
        layer = layer_of[o]
        if is_touched[o] or not is_active[layer]:
            continue
        expected = even[o] * rate_sums[layer]
        own = even[o] * even[o] * product_sums[layer]
        for x in range(first[o], first[o + 1]):
            k = communities[x]
            expected += weights[x] * rates[layer, k]
            part = 2.0 * even[o] * rows[layer, k]
            for y in range(first[o], first[o + 1]):
                part += weights[y] * products[layer, k, communities[y]]
            own += weights[x] * part
        pairs = max(expected * expected - own, 0.0) / 2 / (1.0 + expected)
        total += pairs
        total_squares += pairs * pairs
    return total, total_squares


@compiled
def group_attendance(
    touched: np.ndarray,
    pulls: np.ndarray,
    profile: np.ndarray,
    activity: np.ndarray,
    base: np.ndarray,
    layer_of: np.ndarray,
    is_rare: np.ndarray,
    was_rare: np.ndarray,
    first: np.ndarray,
    communities: np.ndarray,
    weights: np.ndarray,
    even: np.ndarray,
    weight_sums: np.ndarray,
    even_sums: np.ndarray,
    squares: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, float, float, float]:
    """Share members' acts out over objects: each member's acts in a layer by how the layer's objects pull it.

    The pull of an object upon a community is a sparse weight over the base rate plus an even part; of the objects on
    which a member acted it is given whole, since the group takes no part in it.

    Args:
        touched: objects on which a member acted.
        pulls: shape (touched, communities).
        profile: shape (members, communities): how far each member belongs to each community.
        activity: shape (members, layers): acts.
        base: shape (communities,).
        layer_of: shape (objects,).
        is_rare: shape (touched,): those that count for repetition.
        was_rare: shape (objects,): those that count where the group is no outsider of its own objects.
        first: shape (objects + 1,): where each object's weights begin.
        communities: of the weights.
        weights: shape (weights,).
        even: shape (objects,).
        weight_sums: shape (layers, communities): the weights summed.
        even_sums: shape (layers,).
        squares: shape (layers, communities + 1, communities + 1): summed products of the rare objects' weights, the
            even part standing last.

    Returns:
        The expected members of each touched object, and the sum of their squared chances. The expected pairs of all
        other objects together, each object's weighed with 1 / (1 + expected members), and the sum of their squares. The
        sum over pairs of members of the squared expected number of rare objects shared.
    """
    reached, scarce = _reach(
        touched, pulls, base, layer_of, is_rare, was_rare, first, communities, weights, even, weight_sums, even_sums,
        squares,
    )  # fmt: skip
    rates, products, repeated, is_active = _member_rates(profile, activity, reached, scarce)
    mean, square = _on_touched(touched, pulls, layer_of, rates, products)
    total, total_squares = _on_others(
        touched, base, layer_of, first, communities, weights, even, rates, products, is_active
    )
    again = 0.0
    for a in range(len(profile)):
        for b in range(a):
            again += repeated[a, b] * repeated[a, b]
    return mean, square, total, total_squares, again
