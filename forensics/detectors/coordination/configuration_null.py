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

from forensics.coaction.graph import bipartite_communities
from forensics.coaction.kernels.shared_objects import expected_shared, spread_accounts
from forensics.coaction.layers import IndexedActs

__all__ = ["Incidence", "Strata", "first_acts", "stratify"]

STRETCH_S = 3_600.0
"""A stratum spans whole hours ..."""
MIN_ACTS = 100
MAX_STRATA = 1_000
"""... and has at least so many acts, more where there would be too many strata; neighbouring hours are joined."""
LEFT_OVER = 0.25
"""Of MIN_ACTS, what a stratum needs without a group for the others to be the group's yardstick."""
AS_ONE = 0.7
"""Share of its shared objects that a mean member acts on where a group does nearly everything as one."""
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
        community_first: shape (strata,): the first stratum of the stratum's community.
        first: shape (accounts + 1,): where each account's entries begin in the next two arrays.
        stratum: shape (entries,), ascending within an account.
        n_acts: shape (entries,): the account's incidences in that stratum.
        spread: the accounts spread over the strata, see ``kernels.shared.spread_accounts``.
        is_counted: shape (objects,): not too popular to be counted.
        circle: shape (objects,): the object's community, before the small ones were pooled.
        counts: shape (strata, objects), sparse: the acts of each stratum on each object that is counted.
        total: shape (strata,): the acts of each stratum.
        pool: the first stratum of the communities that were pooled because they are small, -1 where there are none.
    """

    community_first: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    stratum: npt.NDArray[np.int64]
    n_acts: npt.NDArray[np.float64]
    spread: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]
    is_counted: npt.NDArray[np.bool_]
    circle: npt.NDArray[np.int64]
    counts: sparse.csr_array
    total: npt.NDArray[np.float64]
    pool: int

    def expected(self, left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
        """Return the shared objects that the null expects of each pair of accounts.

        The margins are those of every re-deal too, so this holds for the data and for their surrogates.

        Args:
            left: shape (pairs,), accounts.
            right: shape (pairs,).
        """
        entries = (self.first, self.stratum, self.n_acts, self.community_first)
        return np.asarray(expected_shared(left, right, *entries, *self.spread), np.float64)

    def expected_by_others(
        self, incidence: Incidence, stratum: npt.NDArray[np.int64], members: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.float64]:
        """Return the shared objects expected of each pair of a group if objects drew from others what they drew.

        A group that fills a stratum is its own yardstick: what it did makes its targets popular, and being popular
        explains that they were shared. Where too little is left of a stratum without the group, the rest of its
        community is the yardstick, and where too little is left of that, the rest of the layer. So it is too where
        the group is most of a small circle, pooled with others, and does nearly everything there as one.

        Args:
            incidence: who acted on what.
            stratum: shape (incidences,), of each.
            members: shape (members,), accounts, ascending.

        Returns:
            Shape (members, members), nowhere above what ``expected`` gives.
        """
        inside = np.isin(incidence.accounts, members)
        taken = np.bincount(stratum[inside], minlength=len(self.total)).astype(np.float64)
        inside &= self.is_counted[incidence.objects]
        others = sparse.csr_array(self.counts - _counts(stratum[inside], incidence.objects[inside], self.counts.shape))
        left = self.total - taken
        used = np.flatnonzero(taken)
        enough = left[used] >= LEFT_OVER * MIN_ACTS
        chance = _chance_matrix(others[used], left[used])
        layer = _chance_within(others, left)
        own_community = self.community_first[used]
        for community in np.unique(own_community):
            of_community = np.flatnonzero(self.community_first == community)
            rest = left[of_community]
            here = np.ix_(own_community == community, own_community == community)
            if community == self.pool:
                own = inside & (self.community_first[stratum] == community)
                if self._is_a_circle_as_one(incidence.objects[own], others, len(members)):
                    chance[here] = layer
                    continue
            wider = _chance_within(others[of_community], rest) if rest.sum() >= MIN_ACTS else layer
            chance[here] = np.where(np.logical_and.outer(enough, enough)[here], chance[here], wider)
        chance = np.minimum(chance, _chance_matrix(self.counts[used], self.total[used]))
        chance[own_community[:, None] != own_community] = 0.0
        acts = np.zeros((len(members), len(self.total)))
        for row, member in zip(acts, members, strict=True):
            entries = slice(self.first[member], self.first[member + 1])
            row[self.stratum[entries]] = self.n_acts[entries]
        return np.asarray(acts[:, used] @ chance @ acts[:, used].T, np.float64)

    def is_filled_by(self, incidence: Incidence, is_member: npt.NDArray[np.bool_]) -> bool:
        """Return whether some accounts act more than all others do in the circle where most of what they do lies.

        Args:
            incidence: who acted on what.
            is_member: shape (accounts,).
        """
        circle, inside = self.circle[incidence.objects], is_member[incidence.accounts]
        own = np.bincount(circle[inside])
        home = own.argmax()
        return bool(2 * own[home] > np.sum(circle == home))

    def _is_a_circle_as_one(self, own: npt.NDArray[np.uint32], others: sparse.csr_array, n_members: int) -> bool:
        """Return whether a group acts more in its circle than all others do, and there on the same things.

        Args:
            own: the objects of the group's acts in the pooled communities.
            others: shape (strata, objects): the others' acts.
            n_members: of the group.
        """
        if not len(own):
            return False
        in_circle = self.circle == np.bincount(self.circle[own]).argmax()
        n_own = np.bincount(own, minlength=len(in_circle))[in_circle]
        n_others = np.asarray(others.sum(axis=0)).ravel()[: len(in_circle)][in_circle]
        # Supporters choose from what a page publishes; whoever is given a list works through it.
        chosen = n_own[n_own >= 2]
        return bool(n_own.sum() > n_others.sum() and chosen.sum() >= AS_ONE * n_members * len(chosen))


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


def stratify(incidence: Incidence, tick_s: float, seed: int) -> tuple[npt.NDArray[np.int64], Strata]:
    """Divide the acts into strata and take the null's margins.

    Args:
        incidence: who acted on what.
        tick_s: length of a tick, seconds.
        seed: of the search for communities.

    Returns:
        Each incidence's stratum, shape (incidences,), a community's strata numbered in a row; and the margins.
    """
    found = bipartite_communities(
        incidence.n_accounts, incidence.n_objects, incidence.accounts, incidence.objects, seed
    )
    community = _pooled(incidence, found)[incidence.objects]
    stratum = _stretches(community, (incidence.ticks * tick_s // STRETCH_S).astype(np.int64))
    owner = np.empty(int(stratum.max(initial=-1)) + 1, np.int64)
    owner[stratum] = community
    is_counted = np.bincount(incidence.objects, minlength=incidence.n_objects) <= max(
        POPULAR_ACCOUNTS, POPULAR_SHARE * incidence.n_accounts
    )
    return stratum, _margins(incidence, stratum, owner, is_counted, found)


def _margins(
    incidence: Incidence,
    stratum: npt.NDArray[np.int64],
    owner: npt.NDArray[np.int64],
    is_counted: npt.NDArray[np.bool_],
    circle: npt.NDArray[np.int64],
) -> Strata:
    """Take the margins; ``owner`` is each stratum's community."""
    n_strata = len(owner)
    _, first, inverse, size = np.unique(owner, return_index=True, return_inverse=True, return_counts=True)
    matrix_first = np.concatenate(([0], np.cumsum(size**2)))[:-1]
    key, n_acts = np.unique(incidence.accounts.astype(np.int64) * n_strata + stratum, return_counts=True)
    n_entries = np.bincount(key // max(n_strata, 1), minlength=incidence.n_accounts)
    entries = (
        np.concatenate(([0], np.cumsum(n_entries))).astype(np.int64),
        key % max(n_strata, 1),
        n_acts.astype(float),
    )
    total = np.bincount(stratum, minlength=n_strata).astype(np.float64)
    kept = is_counted[incidence.objects]
    counts = _counts(stratum[kept], incidence.objects[kept], (n_strata, max(incidence.n_objects, 1)))
    runs = [slice(start, start + length) for start, length in zip(first.tolist(), size.tolist(), strict=True)]
    chance = np.concatenate([np.zeros(0), *(_chance_matrix(counts[run], total[run]).ravel() for run in runs)])
    matrices = (first[inverse].astype(np.int64), size[inverse].astype(np.int64), matrix_first[inverse].astype(np.int64))
    spread = spread_accounts(*entries, *matrices, chance)
    pooled = np.flatnonzero(owner == circle.max(initial=-1) + 1)
    pool = int(pooled[0]) if len(pooled) else -1
    return Strata(matrices[0], *entries, spread, is_counted, circle, counts, total, pool)


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


def _counts(
    stratum: npt.NDArray[np.int64], objects: npt.NDArray[np.uint32], shape: tuple[int, int]
) -> sparse.csr_array:
    """Count acts by stratum and object."""
    counts: sparse.csr_array = sparse.csr_array((np.ones(len(stratum)), (stratum, objects.astype(np.int64))), shape)
    counts.sum_duplicates()
    return counts


def _chance_within(counts: sparse.csr_array, total: npt.NDArray[np.float64]) -> float:
    """Return the chance that two acts fall on the same object, whatever their strata."""
    popularity, acts = np.asarray(counts.sum(axis=0)).ravel(), float(total.sum())
    return float((popularity * (popularity - 1.0)).sum()) / max(acts * (acts - 1.0), 1.0)


def _chance_matrix(counts: sparse.csr_array, total: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the chance that two acts, one of each of two strata, fall on the same object.

    Args:
        counts: shape (strata, objects).
        total: shape (strata,): the acts of each, those on objects that are not counted among them.
    """
    pairs = (counts @ counts.T).toarray()
    # Two acts of one stratum on one object are two accounts' acts: an act does not meet itself.
    pairs[np.diag_indices(len(total))] -= np.asarray(counts.sum(axis=1)).ravel()
    possible = np.outer(total, total)
    possible[np.diag_indices(len(total))] = total * (total - 1.0)
    return np.asarray(pairs / np.maximum(possible, 1.0))
