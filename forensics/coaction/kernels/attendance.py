"""Attendance: repeated pairs of a group's members, and the chances of members to act on a publisher's posts."""

from __future__ import annotations

import numpy as np

from forensics.coaction.kernels import compiled

__all__ = ["chosen_posts", "repeated_pairs"]


@compiled
def repeated_pairs(first: np.ndarray, members: np.ndarray, n_members: int) -> np.ndarray:
    """Count, for each object, how often the pairs of members on it meet elsewhere, halved so that all sum to C(K, 2).

    Args:
        first: shape (objects + 1,): where each object's acts begin.
        members: shape (acts,): the member of each act, each once an object.
        n_members: how many members.

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
