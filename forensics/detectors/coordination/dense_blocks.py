"""Dense blocks: many accounts that act on many of the same things within one sitting, and the same by chance.

The density is FRAUDAR's, an average degree that counts an act the less the more popular its object (Hooi et al. 2016,
doi:10.1145/2939672.2939747), bounded in time as in CopyCatch (Beutel et al. 2013, doi:10.1145/2488388.2488400): every
two neighbouring stretches of time are a graph of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.coaction.graph import bipartite_communities
from forensics.coaction.kernels.greedy_peeling import peel
from forensics.coaction.layers import IndexedActs, only
from forensics.detectors.coordination.configuration_null import MIN_ACCOUNTS

__all__ = ["SAME", "BatchLayer", "Block", "dense_blocks", "densest", "lay_out", "re_deal_sittings", "united"]

Ints = npt.NDArray[np.int64]

SITTING_GAP_S = 1800.0
"""A longer pause of an account begins a new sitting."""
DAY_S = 86_400.0
SMOOTHING = 5.0
"""Added to an object's popularity before the logarithm, as in FRAUDAR."""
MOST_BLOCKS = 5
"""Blocks sought in one stretch of time."""
SWAPS = 10
"""Rounds of swaps that keep an account from one object twice; the few that are left count once."""
SAME = 0.5
"""A block with so much of its objects in a denser one that it touches in time belongs to it."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchLayer:
    """A layer laid out for peeling and re-dealing.

    Attributes:
        acts: the indexed acts, a thing once a sitting.
        stretch: shape (acts,): the stretch of time of each act, from 1.
        place: shape (candidates,): acts that can be in a block, whoever does them; each for its stretch and for the
            one before, whose graph holds both.
        graph: shape (candidates,): the graph, by its earlier stretch.
        sitting: shape (acts,): the sitting of each act.
        circle: shape (acts,): the circle of interest of each act's sitting.
        weight: shape (objects,): what an act on it counts.
        min_accounts: accounts that every object of a block needs.
        min_objects: objects that every account of a block needs.
    """

    acts: IndexedActs
    stretch: Ints
    place: Ints
    graph: Ints
    sitting: Ints
    circle: Ints
    weight: npt.NDArray[np.float64]
    min_accounts: int
    min_objects: int


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Accounts and objects with many acts between them in neighbouring stretches of time.

    Attributes:
        score: weight of the acts over the number of accounts and objects.
        first: its earliest stretch.
        last: its latest stretch.
        accounts: positions, ascending.
        objects: positions, ascending.
    """

    score: float
    first: int
    last: int
    accounts: Ints
    objects: Ints


def lay_out(acts: IndexedActs, window: int, min_accounts: int, min_objects: int, seed: int) -> BatchLayer:
    """Lay a layer out.

    Args:
        acts: the layer.
        window: the length of a stretch, ticks; acts within this time always share a graph.
        min_accounts: see ``BatchLayer``.
        min_objects: see ``BatchLayer``.
        seed: of the circles.
    """
    sitting = _sittings(acts)
    # Doing a thing again in one sitting makes no denser block, in the data or by chance.
    once = np.sort(np.unique(sitting * max(len(acts.object_ids), 1) + acts.objects, return_index=True)[1])
    acts, sitting = only(acts, once), sitting[once]
    stretch = acts.ticks // max(window, 1)
    stretch = stretch - stretch.min(initial=0) + 1
    place, graph = _candidates(acts.objects, stretch, min_accounts)
    incidence = np.unique(acts.objects.astype(np.int64) << 32 | acts.accounts)
    popularity = np.bincount(incidence >> 32, minlength=len(acts.object_ids))
    return BatchLayer(
        acts,
        stretch,
        place,
        graph,
        sitting,
        _circles(acts, sitting, seed),
        1.0 / np.log(popularity + SMOOTHING),
        min_accounts,
        min_objects,
    )


def _candidates(objects: npt.NDArray[np.uint32], stretch: Ints, min_accounts: int) -> tuple[Ints, Ints]:
    """Return the acts on objects with enough acts in a graph's two stretches, in (graph, object) order."""
    place = np.tile(np.arange(len(stretch)), 2)
    graph = np.concatenate([stretch, stretch - 1])
    key = objects[place].astype(np.int64) * (int(stretch.max(initial=0)) + 1) + graph
    _, cell, size = np.unique(key, return_inverse=True, return_counts=True)
    kept = size[cell] >= min_accounts
    place, graph = place[kept], graph[kept]
    order = np.lexsort((place, objects[place], graph))
    return place[order], graph[order]


def _sittings(acts: IndexedActs) -> Ints:
    order = np.lexsort((acts.ticks, acts.accounts))
    accounts, ticks = acts.accounts[order], acts.ticks[order]
    is_new = np.ones(len(order), bool)
    is_new[1:] = (accounts[1:] != accounts[:-1]) | (np.diff(ticks) * acts.tick_s > SITTING_GAP_S)
    sittings = np.empty(len(order), np.int64)
    sittings[order] = np.cumsum(is_new) - 1
    return sittings


def _circles(acts: IndexedActs, sitting: Ints, seed: int) -> Ints:
    """Return the circle of interest in which each act's sitting mostly is: sittings are dealt whole.

    Circles are communities of objects, sought with an account's day counted once, by one act drawn at random: else a
    batch would be a circle of its own, and its own yardstick. Circles of too few accounts join the largest.
    """
    if not acts.n_acts:
        return np.zeros(0, np.int64)
    day = (acts.ticks * acts.tick_s // DAY_S).astype(np.int64)
    order = np.lexsort((np.random.default_rng([seed, 3]).random(acts.n_acts), day, acts.accounts))
    is_first = np.ones(len(order), bool)
    is_first[1:] = (np.diff(acts.accounts[order]) != 0) | (np.diff(day[order]) != 0)
    drawn = order[is_first]
    found = bipartite_communities(
        len(acts.account_ids), len(acts.object_ids), acts.accounts[drawn], acts.objects[drawn], seed
    )[acts.objects]
    n = int(found.max()) + 1
    key, counts = np.unique(acts.accounts.astype(np.int64) * n + found, return_counts=True)
    total = np.bincount(key % n, counts, n)
    squares = np.bincount(key % n, counts.astype(np.float64) ** 2, n)
    # Effective accounts, as in the strata of co-membership (inverse Simpson index).
    is_small = total**2 / np.maximum(squares, 1.0) < MIN_ACCOUNTS
    pooled = np.where(is_small[found], np.argmax(total), found)
    key, counts = np.unique(sitting * n + pooled, return_counts=True)
    order = np.lexsort((key, -counts, key // n))
    _, most = np.unique(key[order] // n, return_index=True)
    return np.asarray((key[order] % n)[most][sitting], np.int64)


def re_deal_sittings(layer: BatchLayer, generator: np.random.Generator) -> npt.NDArray[np.uint32]:
    """Deal the sittings again over what was acted on: each keeps its account and its number of acts.

    Every object keeps its acts with their times, so popularity and the news stay as they were; every account keeps how
    much it does in one go. Sittings of a circle are put in random order and laid over the circle's acts from the first
    hour to the last. A night owl may so fall on the day; what matters here is who meets whom again and again in one
    sitting, and the count of people awake is that of the data.

    Args:
        layer: as laid out.
        generator: the source of chance.

    Returns:
        Shape (acts,): who now does each act.
    """
    n = layer.acts.n_acts
    turn = generator.random(int(layer.sitting.max(initial=-1)) + 1)
    dealt = np.lexsort((turn[layer.sitting], layer.circle))
    places = np.lexsort((generator.random(n), layer.stretch, layer.circle))
    accounts = np.empty(n, np.uint32)
    accounts[places] = layer.acts.accounts[dealt]
    return _each_once(layer, accounts, places, generator)


def _each_once(
    layer: BatchLayer, accounts: npt.NDArray[np.uint32], places: Ints, generator: np.random.Generator
) -> npt.NDArray[np.uint32]:
    """Let an account that fell on one object twice swap with another of the same circle and time, a few rounds."""
    cell = layer.circle[places] * (int(layer.stretch.max(initial=0)) + 1) + layer.stretch[places]
    first = np.searchsorted(cell, cell, side="left")
    size = np.searchsorted(cell, cell, side="right") - first
    rank = np.empty(len(places), np.int64)
    rank[places] = np.arange(len(places))
    for _ in range(SWAPS):
        order = np.lexsort((layer.place, accounts[layer.place], layer.acts.objects[layer.place], layer.graph))
        own, graph = layer.place[order], layer.graph[order]
        again = (np.diff(graph) == 0) & (np.diff(layer.acts.objects[own]) == 0) & (np.diff(accounts[own]) == 0)
        twice = np.unique(own[1:][again])
        if not len(twice):
            break
        drawn = rank[twice]
        partner = places[first[drawn] + (generator.random(len(twice)) * size[drawn]).astype(np.int64)]
        # Each takes part in one swap a round.
        partner, chosen = np.unique(partner, return_index=True)
        free = ~np.isin(partner, twice)
        twice, partner = twice[chosen][free], partner[free]
        accounts[twice], accounts[partner] = accounts[partner], accounts[twice]
    return accounts


def densest(layer: BatchLayer, accounts: npt.NDArray[np.uint32]) -> float:
    """Return the score of the densest block anywhere in the layer, 0 where there is none.

    Args:
        layer: as laid out.
        accounts: shape (acts,): who does each act.
    """
    return max((block.score for graph in _graphs(layer, accounts) if (block := _peeled(layer, graph))), default=0.0)


def dense_blocks(layer: BatchLayer) -> list[Block]:
    """Return the blocks of every graph of a layer."""
    found: list[Block] = []
    for graph in _graphs(layer, layer.acts.accounts):
        left: _Graph | None = graph
        for _ in range(MOST_BLOCKS):
            block = _peeled(layer, left) if left else None
            if not left or not block:
                break
            found.append(block)
            inside = np.isin(left.accounts, block.accounts) & np.isin(left.objects, block.objects)
            left = _core(left.of(~inside), layer.min_accounts, layer.min_objects)
    return found


def united(blocks: list[Block]) -> list[Block]:
    """Unite the blocks that are parts of one batch, densest first.

    A long batch shows in several stretches, and a large one is peeled in several rounds: blocks that touch in time and
    of which one has half of its objects in common with the other are one.

    Args:
        blocks: of one layer.
    """
    kept: list[Block] = []
    for block in sorted(blocks, key=lambda each: (-each.score, each.first, each.accounts.tolist())):
        own = next((number for number, other in enumerate(kept) if _is_same(block, other)), None)
        if own is None:
            kept.append(block)
        else:
            other = kept[own]
            kept[own] = Block(
                other.score,
                min(block.first, other.first),
                max(block.last, other.last),
                np.union1d(block.accounts, other.accounts),
                np.union1d(block.objects, other.objects),
            )
    return kept


def _is_same(block: Block, other: Block) -> bool:
    touch = block.first <= other.last and other.first <= block.last
    return touch and bool(np.isin(block.objects, other.objects).mean() >= SAME)


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    """Who acted on what in which stretches, each once; shape (edges,) each."""

    stretch: Ints
    accounts: Ints
    objects: Ints

    def of(self, kept: npt.NDArray[np.bool_] | slice) -> _Graph:
        """Return the edges that a mask or a range keeps."""
        return _Graph(self.stretch[kept], self.accounts[kept], self.objects[kept])


def _graphs(layer: BatchLayer, accounts: npt.NDArray[np.uint32]) -> Iterator[_Graph]:
    """Yield the graph of each stretch and the next one, where it can hold a block."""
    objects, who = layer.acts.objects[layer.place].astype(np.int64), accounts[layer.place].astype(np.int64)
    order = np.lexsort((who, objects, layer.graph))
    stretch, objects, who = layer.graph[order], objects[order], who[order]
    is_new = np.ones(len(order), bool)
    is_new[1:] = (np.diff(stretch) != 0) | (np.diff(objects) != 0) | (np.diff(who) != 0)
    core = _core(_Graph(stretch, who, objects).of(is_new), layer.min_accounts, layer.min_objects)
    edges = np.flatnonzero(np.diff(core.stretch, prepend=-1, append=-1))
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield core.of(slice(start, end))


def _core(graph: _Graph, min_accounts: int, min_objects: int) -> _Graph:
    """Take away accounts with too few objects and objects with too few accounts, until none is left to take."""
    while len(graph.stretch):
        base = int(graph.stretch.max()) + 1
        _, account, n_objects = np.unique(
            graph.accounts * base + graph.stretch, return_inverse=True, return_counts=True
        )
        _, thing, n_accounts = np.unique(graph.objects * base + graph.stretch, return_inverse=True, return_counts=True)
        kept = (n_objects[account] >= min_objects) & (n_accounts[thing] >= min_accounts)
        if kept.all():
            break
        graph = graph.of(kept)
    return graph


def _peeled(layer: BatchLayer, graph: _Graph) -> Block | None:
    """Return the densest block of a graph that is large enough, None where there is none."""
    if not len(graph.stretch):
        return None
    who, account = np.unique(graph.accounts, return_inverse=True)
    what, thing = np.unique(graph.objects, return_inverse=True)
    ends = np.concatenate([account, thing + len(who)])
    others = np.concatenate([thing + len(who), account]).astype(np.int64)
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], np.arange(len(who) + len(what) + 1)).astype(np.int64)
    weights = np.tile(layer.weight[graph.objects], 2)
    inside, score = peel(first, others[order], weights[order], len(who), layer.min_accounts, layer.min_objects)
    if not score:
        return None
    return Block(
        float(score),
        int(graph.stretch[0]),
        int(graph.stretch[0]) + 1,
        who[inside[: len(who)]],
        what[inside[len(who) :]],
    )
