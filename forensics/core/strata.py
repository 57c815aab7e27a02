"""The stratified configuration null: within a stratum, accounts fall on objects in proportion to popularity.

A stratum is a community of objects in a stretch of hours. An account's acts of a stratum are spread over the objects
by what everybody of that circle acted on in those hours, so the null keeps how active everyone is, at what hours, in
which circle of interest, and what was in front of people just then; only acting on the same things more often than
that is left to explain. Strata of whole days would call every pair of night owls a conspiracy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from forensics.core.graph import bipartite_communities
from forensics.core.kernels.shared import expected_shared, spread_accounts
from forensics.core.layers import IndexedActs

__all__ = ["Incidence", "Strata", "first_acts", "stratify"]

STRETCH_S = 3_600.0
"""A stratum spans whole hours ..."""
MIN_ACTS = 100
MAX_STRATA = 1_000
"""... and has at least so many acts, more where there would be too many strata; neighbouring hours are joined."""
MIN_ACCOUNTS = 200.0
"""A community with fewer effective accounts is pooled with others, lest a tight group become its own yardstick."""
POPULAR_ACCOUNTS = 300
POPULAR_SHARE = 0.01
"""An object with more accounts than both says nothing of a pair and is not counted as shared."""


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Who acted on what and when first, each pair once, in (object, account) order.

    Attributes:
        accounts: shape (incidences,) uint32.
        objects: shape (incidences,) uint32, ascending.
        ticks: shape (incidences,) int64, of the first act.
        n_accounts: accounts of the layer.
        n_objects: objects of the layer.
    """

    accounts: npt.NDArray[np.uint32]
    objects: npt.NDArray[np.uint32]
    ticks: npt.NDArray[np.int64]
    n_accounts: int
    n_objects: int


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The margins of the null.

    Attributes:
        of_incidence: shape (incidences,): each incidence's stratum; a community's strata are numbered in a row.
        community_first: shape (strata,): the first stratum of the stratum's community.
        first: shape (accounts + 1,): where each account's entries begin in the next two arrays.
        stratum: shape (entries,), ascending within an account.
        n_acts: shape (entries,): the account's incidences in that stratum.
        spread: the accounts spread over the strata, see ``kernels.shared.spread_accounts``.
        is_counted: shape (objects,): not too popular to be counted.
    """

    of_incidence: npt.NDArray[np.int64]
    community_first: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    stratum: npt.NDArray[np.int64]
    n_acts: npt.NDArray[np.float64]
    spread: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]
    is_counted: npt.NDArray[np.bool_]

    def expected(self, left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
        """Return the shared objects that the null expects of each pair of accounts.

        The margins are those of every re-deal too, so this holds for the data and for their surrogates.

        Args:
            left: shape (pairs,), accounts.
            right: shape (pairs,).
        """
        entries = (self.first, self.stratum, self.n_acts, self.community_first)
        return np.asarray(expected_shared(left, right, *entries, *self.spread), np.float64)


def first_acts(acts: IndexedActs) -> Incidence:
    """Return who acted on what, and when first, however often."""
    key = acts.objects.astype(np.int64) << 32 | acts.accounts
    # Within an object the acts are in order of time, so the first place of a key is the account's first act.
    distinct, places = np.unique(key, return_index=True)
    return Incidence(
        (distinct & 0xFFFFFFFF).astype(np.uint32),
        (distinct >> 32).astype(np.uint32),
        acts.ticks[places],
        len(acts.account_ids),
        len(acts.object_ids),
    )


def stratify(incidence: Incidence, tick_s: float, seed: int) -> Strata:
    """Divide the acts into strata and take the null's margins.

    Args:
        incidence: who acted on what.
        tick_s: length of a tick, seconds.
        seed: of the search for communities.
    """
    found = bipartite_communities(
        incidence.n_accounts, incidence.n_objects, incidence.accounts, incidence.objects, seed
    )
    community = _pooled(incidence, found)[incidence.objects]
    of_incidence = _stretches(community, (incidence.ticks * tick_s // STRETCH_S).astype(np.int64))
    n_strata = int(of_incidence.max(initial=-1)) + 1
    owner = np.empty(n_strata, np.int64)
    owner[of_incidence] = community
    _, first, inverse, size = np.unique(owner, return_index=True, return_inverse=True, return_counts=True)
    matrix_first = np.concatenate(([0], np.cumsum(size**2)))[:-1]
    popularity = np.bincount(incidence.objects, minlength=incidence.n_objects)
    is_counted = popularity <= max(POPULAR_ACCOUNTS, POPULAR_SHARE * incidence.n_accounts)
    key, n_acts = np.unique(incidence.accounts.astype(np.int64) * n_strata + of_incidence, return_counts=True)
    counts = np.bincount(key // max(n_strata, 1), minlength=incidence.n_accounts)
    entries = (np.concatenate(([0], np.cumsum(counts))).astype(np.int64), key % max(n_strata, 1), n_acts.astype(float))
    chance = np.concatenate([np.zeros(0), *_chances(incidence, of_incidence, is_counted, first, size)])
    matrices = (first[inverse].astype(np.int64), size[inverse].astype(np.int64), matrix_first[inverse].astype(np.int64))
    return Strata(of_incidence, matrices[0], *entries, spread_accounts(*entries, *matrices, chance), is_counted)


def _pooled(incidence: Incidence, community: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Pool the communities that are too small to be a yardstick into one."""
    n = int(community.max(initial=-1)) + 1
    key, counts = np.unique(incidence.accounts.astype(np.int64) * n + community[incidence.objects], return_counts=True)
    total = np.bincount(key % max(n, 1), counts, n)
    squares = np.bincount(key % max(n, 1), counts.astype(np.float64) ** 2, n)
    # Effective accounts: as many equally active ones as would give this spread (inverse Simpson index).
    is_small = total**2 / np.maximum(squares, 1.0) < MIN_ACCOUNTS
    return np.asarray(np.where(is_small[community], n, community), np.int64)


def _stretches(community: npt.NDArray[np.int64], hour: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return each incidence's stratum: its community's run of hours with enough acts."""
    order = np.lexsort((hour, community))
    group, own_hour = community[order], hour[order]
    is_new = np.ones(len(order), bool)
    is_new[1:] = (group[1:] != group[:-1]) | (own_hour[1:] != own_hour[:-1])
    starts = np.flatnonzero(is_new)
    sizes = np.diff(np.append(starts, len(order)))
    stratum_of_run = np.empty(len(starts), np.int64)
    enough = max(MIN_ACTS, len(order) // MAX_STRATA)
    number, filled = -1, 0
    for run, (start, size) in enumerate(zip(starts.tolist(), sizes.tolist(), strict=True)):
        if run == 0 or group[start] != group[start - 1] or filled >= enough:
            number, filled = number + 1, 0
        stratum_of_run[run] = number
        filled += size
    stratum = np.empty(len(order), np.int64)
    stratum[order] = np.repeat(stratum_of_run, sizes)
    return stratum


def _chances(
    incidence: Incidence,
    of_incidence: npt.NDArray[np.int64],
    is_counted: npt.NDArray[np.bool_],
    first: npt.NDArray[np.intp],
    size: npt.NDArray[np.intp],
) -> list[npt.NDArray[np.float64]]:
    """Return each community's matrix of chances, flat."""
    n_strata = int(size.sum())
    total = np.bincount(of_incidence, minlength=n_strata).astype(np.float64)
    kept = is_counted[incidence.objects]
    counts = sparse.csr_array(
        (np.ones(int(kept.sum())), (of_incidence[kept], incidence.objects[kept].astype(np.int64))),
        shape=(n_strata, max(incidence.n_objects, 1)),
    )
    counts.sum_duplicates()
    flat = []
    for start, length in zip(first.tolist(), size.tolist(), strict=True):
        own = counts[start : start + length]
        pairs = (own @ own.T).toarray()
        # Two acts of one stratum on one object are two accounts' acts: an act does not meet itself.
        pairs[np.diag_indices(length)] -= np.asarray(own.sum(axis=1)).ravel()
        acts = total[start : start + length]
        possible = np.outer(acts, acts)
        possible[np.diag_indices(length)] = np.maximum(acts * (acts - 1.0), 1.0)
        flat.append((pairs / possible).ravel())
    return flat
