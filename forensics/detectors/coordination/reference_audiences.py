"""Reference audiences: ordinary groups of the same data, of which nobody asks whether they are coordinated.

Communities of accounts at several resolutions, the same search round random accounts without any threshold, and the
actors of single objects. A group is judged by how far it stands from them.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from forensics.coaction.graph import account_communities
from forensics.detectors.coordination.discovery import Candidate
from forensics.detectors.coordination.seeds import Partners
from forensics.detectors.coordination.split_halves import Floats, Half, Ints

RESOLUTIONS = (1.0, 3.0, 8.0)
"""Resolutions of the communities: the coarsest as modularity has them, and finer ones of three and eight times its
weight."""
SIZES = (8, 20, 45)
"""Accounts gathered round a random account."""
LEAST, MOST = 5, 300
"""Accounts of a community that is an audience whole; of a larger one a hundred are drawn."""
DRAWN = 100
DISJOINT = 0.3
"""Share of the smaller of two groups from which they are one family."""
N_PROFILES = 20
"""Communities that a profile tells apart: the largest."""


def communities(half: Half) -> list[Ints]:
    """Return each account's community at each of ``RESOLUTIONS``, -1 for accounts that did nothing."""
    found = account_communities(half.n_accounts, half.n_objects, half.accounts, half.objects, RESOLUTIONS)
    return [np.where(half.total > 0, community, -1) for community in found]


def references(
    half: Half, partition: list[Ints], ties: Partners, rng: np.random.Generator, n_each: int
) -> list[Candidate]:
    """Draw reference audiences.

    Args:
        half: the half that groups are sought in.
        partition: its communities.
        ties: its accounts' partners.
        n_each: audiences drawn round random accounts for each kind of tie.

    Returns:
        Communities, which may be named too, then drawn audiences, which may not.
    """
    groups: list[tuple[Ints, bool]] = []
    for community in partition:
        for name, size in zip(*np.unique(community[community >= 0], return_counts=True), strict=True):
            group = np.flatnonzero(community == name)
            if size > MOST:
                groups.append((np.sort(rng.permutation(group)[:DRAWN]), False))
            elif size >= LEAST:
                groups.append((group, True))
    for names in ties.accounts:
        live = np.flatnonzero(names[:, 2] >= 0)
        for number, account in enumerate(rng.permutation(live)[:n_each]):
            groups.append((_gathered(names, int(account), SIZES[number % len(SIZES)]), False))
    busy = np.flatnonzero(half.popularity >= SIZES[0])
    for number, place in enumerate(rng.permutation(busy)[: n_each // 2]):
        actors = np.unique(half.accounts[half.first[place] : half.first[place + 1]])
        groups.append((np.sort(rng.permutation(actors)[: SIZES[number % len(SIZES)]]), False))
    unique: dict[bytes, Candidate] = {}
    for group, can_be_named in groups:
        if len(group) >= LEAST:
            unique.setdefault(group.tobytes(), Candidate(group, 0.0, can_be_named=can_be_named))
    return sorted(unique.values(), key=lambda candidate: not candidate.can_be_named)


def _gathered(names: Ints, account: int, size: int) -> Ints:
    """Return an account, its partners, theirs and so on."""
    group = [account]
    for member in group:
        for other in names[member].tolist():
            if len(group) >= size:
                return np.array(sorted(group))
            if other >= 0 and other not in group:
                group.append(other)
    return np.array(sorted(group))


def overlaps(groups: list[Ints], n_accounts: int) -> Floats:
    """Return the share of the smaller of each two groups that both hold, shape (groups, groups)."""
    sizes = np.array([len(group) for group in groups], np.float64)
    rows = np.repeat(np.arange(len(groups)), sizes.astype(np.int64))
    matrix = sp.csr_matrix((np.ones(len(rows)), (rows, np.concatenate(groups))), shape=(len(groups), n_accounts))
    shared: Floats = (matrix @ matrix.T).toarray() / np.minimum.outer(sizes, sizes)
    return shared


def profiles(community: Ints) -> Ints:
    """Return each account's community, the largest ``N_PROFILES`` from 0; -1 for the others."""
    names, counts = np.unique(community[community >= 0], return_counts=True)
    numbers = np.full(int(community.max(initial=0)) + 1, -1, np.int64)
    largest = names[np.argsort(-counts, kind="stable")][:N_PROFILES]
    numbers[largest] = np.arange(len(largest))
    return np.where(community >= 0, numbers[community], -1)
