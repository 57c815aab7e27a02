"""Attendance: who of a group is on the same objects, and how likely members are to be on a publisher's posts."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

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
