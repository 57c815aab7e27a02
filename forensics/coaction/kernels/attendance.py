"""Attendance: repeated pairs of a group's members, and the chances of members to act on a publisher's posts."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

_LANES = 8
"""Objects summed side by side: as many as a processor adds at once, or twice as many."""
_ROWS = 64
"""Members whose pairs are worked out at once."""
_USUAL = 256
"""Accounts on an object below which logarithms are worked out once for all objects of as many."""


@compiled
def distinct(ascending: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct values of ascending numbers, and where the run of each begins, and the last one ends."""
    values = np.empty(len(ascending), np.int64)
    begins = np.empty(len(ascending) + 1, np.int64)
    n = 0
    for i in range(len(ascending)):
        if i == 0 or ascending[i] != ascending[i - 1]:
            values[n] = ascending[i]
            begins[n] = i
            n += 1
    begins[n] = len(ascending)
    return values[:n], begins[: n + 1]


@compiled
def repeated_pairs(first: np.ndarray, members: np.ndarray, n_members: int) -> np.ndarray:
    """Count, for each object, how often the pairs of members on it meet elsewhere, halved so that all sum to C(K, 2).

    Args:
        first: shape (objects + 1,): where each object's acts begin.
        members: shape (acts,): the member of each act, each once an object.

    Returns:
        Shape (objects,).
    """
    shared = np.zeros((n_members, n_members))
    for o in range(len(first) - 1):
        for i in range(first[o], first[o + 1]):
            for j in range(first[o], i):
                shared[members[i], members[j]] += 1
                shared[members[j], members[i]] += 1
    out = np.zeros(len(first) - 1)
    for o in range(len(first) - 1):
        for i in range(first[o], first[o + 1]):
            for j in range(first[o], i):
                out[o] += (shared[members[i], members[j]] - 1) / 2
    return out


@compiled
def attendance_totals(
    group_acts: np.ndarray,
    objects: np.ndarray,
    accounts: np.ndarray,
    popularity: np.ndarray,
    layer_of: np.ndarray,
    odds: np.ndarray,
    outsiders: np.ndarray,
    is_member: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sum, over each account's objects, the log of a group's presence over what the outsiders there predict.

    Args:
        objects: shape (acts,).
        accounts: shape (acts,).
        popularity: shape (objects,): accounts on each.
        layer_of: shape (objects,).
        odds: shape (layers,): the group's acts in each layer for one act of an outsider.
        outsiders: shape (layers,): acts of outsiders.
        is_member: shape (accounts,).

    Returns:
        Shape (accounts,): the sums, an account's own presence left out. Shape (layers,): the mean of an
        outsider's act in the layer, and the mean of its square.
    """
    n_objects = len(popularity)
    present = np.zeros(n_objects)
    for i in range(len(group_acts)):
        present[objects[group_acts[i]]] += 1
    outside = np.empty(n_objects)
    inside = np.empty(n_objects)
    mean = np.zeros(len(odds))
    square = np.zeros(len(odds))
    known = np.full((len(odds), _USUAL), np.nan)
    for o in range(n_objects):
        layer = layer_of[o]
        expected = (popularity[o] - present[o]) * odds[layer] + 0.5
        if present[o] > 0 or popularity[o] >= _USUAL:
            outside[o] = min(max(np.log((present[o] + 0.5) / expected), -1.0), 4.0)
            inside[o] = min(max(np.log((max(present[o] - 1.0, 0.0) + 0.5) / expected), -1.0), 4.0)
        else:  # all objects without the group that are as popular are alike
            usual = int(popularity[o])
            if np.isnan(known[layer, usual]):
                known[layer, usual] = min(max(np.log(0.5 / expected), -1.0), 4.0)
            outside[o] = inside[o] = known[layer, usual]
        chance = (popularity[o] - present[o]) / max(outsiders[layer], 1.0)
        mean[layer] += chance * outside[o]
        square[layer] += chance * outside[o] * outside[o]
    total = np.zeros(len(is_member))
    for i in range(len(objects)):
        a = accounts[i]
        total[a] += inside[objects[i]] if is_member[a] else outside[objects[i]]
    return total, mean, square


@compiled
def member_profiles(
    members: np.ndarray, rows: np.ndarray, counts: np.ndarray, base: np.ndarray, prior: float, n_members: int
) -> np.ndarray:
    """Return each member's pull to communities, 1 for none: the mean of its objects' shares over the base rate.

    Args:
        members: shape (acts,): the member of each act.
        rows: shape (acts,): its object, a row of ``counts``.
        counts: shape (objects, communities): acts of other accounts.
        base: shape (communities,): the base rate.
        prior: acts at the base rate that stand beside those of an object; a member has one more.

    Returns:
        Shape (members, communities).
    """
    n = len(base)
    shares = np.empty(counts.shape)
    for o in range(len(counts)):
        total = counts[o].sum() + prior
        for k in range(n):
            shares[o, k] = (counts[o, k] + prior * base[k]) / total
    pull = np.empty((n_members, n))
    for m in range(n_members):
        pull[m] = (prior + 1.0) * base
    for i in range(len(members)):
        pull[members[i]] += shares[rows[i]]
    for m in range(n_members):
        pull[m] /= pull[m].sum() * base
    return pull


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
    n_layers, n = weight_sums.shape
    n_members = len(profile)
    n_touched = len(touched)
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
    for t in range(n_touched):
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
    mean = np.zeros(n_touched)
    square = np.zeros(n_touched)
    is_touched = np.zeros(len(layer_of), np.bool_)
    # Objects side by side, each summed in its own order.
    lanes = np.empty((n, _LANES))
    sums = np.empty(_LANES)
    t = 0
    while t < n_touched:
        layer = layer_of[touched[t]]
        width = 0
        while width < _LANES and t + width < n_touched and layer_of[touched[t + width]] == layer:
            is_touched[touched[t + width]] = True
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
    again = 0.0
    for a in range(n_members):
        for b in range(a):
            again += repeated[a, b] * repeated[a, b]
    return mean, square, total, total_squares, again


@compiled
def chosen_posts(
    post_first: np.ndarray,
    popularity: np.ndarray,
    present: np.ndarray,
    member_first: np.ndarray,
    activity: np.ndarray,
    mean: np.ndarray,
    square: np.ndarray,
) -> None:
    """Fill in the sums over members of the chance to act on each post, and of its square, publisher by publisher.

    A member's acts on a publisher are shared out by what outsiders chose, with a quarter of their mean added to each
    post. Nobody acts on a post twice: chances are 1 - exp(-c pull), with c such that they sum to the member's acts.

    Args:
        post_first: shape (publishers + 1,): where each publisher's posts begin.
        popularity: shape (posts,): accounts that acted on each.
        present: shape (posts,): members among them.
        member_first: shape (publishers + 1,): where the activities of the publisher's actors begin.
        activity: acts of one member on one publisher, ascending within a publisher.
        mean: shape (posts,), filled in.
        square: shape (posts,), filled in.
    """
    for p in range(len(post_first) - 1):
        start, stop = post_first[p], post_first[p + 1]
        n_posts = stop - start
        outside = 0.0
        for k in range(start, stop):
            outside += popularity[k] - present[k]
        even = max(0.5, 0.25 * outside / n_posts)
        total = outside + n_posts * even
        i = member_first[p]
        while i < member_first[p + 1]:
            acts = activity[i]
            j = i
            while j < member_first[p + 1] and activity[j] == acts:
                j += 1
            n = j - i
            i = j
            scale = acts / total
            if acts < n_posts:
                for _ in range(30):
                    reached = 0.0
                    slope = 0.0
                    for k in range(start, stop):
                        pull = popularity[k] - present[k] + even
                        left = np.exp(-scale * pull)
                        reached += 1 - left
                        slope += pull * left
                    if abs(acts - reached) < 1e-6 * acts:
                        break
                    scale = max(scale + (acts - reached) / max(slope, 1e-12), scale / 2)
            for k in range(start, stop):
                chance = 1.0
                if acts < n_posts:
                    chance = 1 - np.exp(-scale * (popularity[k] - present[k] + even))
                mean[k] += n * chance
                square[k] += n * chance * chance
