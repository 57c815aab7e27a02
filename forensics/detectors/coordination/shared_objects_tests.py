"""Every pair of every layer weighed by what it shares, against the stratified null; and the accounts dealt again.

This is the part of the co-membership pipeline that is run again on re-dealt data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.clusters import find_clusters
from forensics.coaction.counting import CoActions, count_coactions
from forensics.coaction.layers import IndexedActs
from forensics.coaction.multilayer import Population, named, significant_pairs
from forensics.detectors.coordination.configuration_null import Incidence, Strata, first_acts, stratify
from forensics.statistics.multiple_testing import gamma_poisson_tail, poisson_tail

__all__ = ["SharedLayer", "misfit", "prepare_shared", "re_deal_accounts", "weigh_shared"]

_SAMPLE = 800
"""Accounts among which the dispersion is measured ..."""
_LEAST = 30
"""... with fewer there is nothing to measure."""
_TAIL = 0.002
"""Share of the sampled pairs, the most surprising ones, that the dispersion leaves out."""
_LOOSE = 0.01
"""Pairs with a p-value of at most this are grouped ..."""
_LOOSE_DENSITY = 0.2
"""... where so large a share of a group's pairs are such, to be weighed again by what the others did."""
_LOOSE_GROUP = 3
"""Accounts of the smallest such group."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedLayer:
    """A layer laid out for weighing.

    Attributes:
        acts: the indexed acts.
        incidence: who acted on what.
        stratum: shape (incidences,), of each.
        strata: the margins of the null.
        dispersion: how much more than Poisson the shared objects of pairs vary, see ``gamma_poisson_tail``.
    """

    acts: IndexedActs
    incidence: Incidence
    stratum: npt.NDArray[np.int64]
    strata: Strata
    dispersion: float


def prepare_shared(acts: IndexedActs, min_objects: int, seed: int) -> SharedLayer:
    """Lay a layer out for weighing.

    Args:
        acts: the layer.
        min_objects: distinct objects an account needs for its pairs to be testable.
        seed: of the communities and of the sample by which the dispersion is measured.
    """
    incidence = first_acts(acts)
    stratum, strata = stratify(incidence, acts.tick_s, seed)
    return SharedLayer(acts, incidence, stratum, strata, _dispersion(acts, incidence, strata, min_objects, seed))


def re_deal_accounts(layer: SharedLayer, generator: np.random.Generator) -> SharedLayer:
    """Let the accounts of each stratum swap their places; every account and object keeps its number of acts.

    Args:
        layer: as prepared.
        generator: the source of chance.
    """
    incidence, stratum = layer.incidence, layer.stratum
    places = np.argsort(stratum, kind="stable")
    mixed = np.lexsort((generator.random(len(stratum)), stratum))
    accounts = np.empty_like(incidence.accounts)
    accounts[places] = incidence.accounts[mixed]
    key, kept = np.unique(incidence.objects.astype(np.int64) << 32 | accounts, return_index=True)
    dealt = replace(
        incidence,
        accounts=(key & 0xFFFFFFFF).astype(np.uint32),
        objects=(key >> 32).astype(np.uint32),
        ticks=incidence.ticks[kept],
    )
    return replace(layer, incidence=dealt, stratum=stratum[kept])


def weigh_shared(
    layers: Sequence[SharedLayer], everyone: Population, min_objects: int, alpha: float, seed: int
) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """Weigh all pairs of all layers, fuse each pair's tests and keep the significant pairs.

    Args:
        layers: see ``prepare_shared``.
        everyone: the population of these layers, or of those that they were re-dealt from.
        min_objects: shared objects a pair needs.
        alpha: the expected share of false edges.
        seed: of the search for groups that are weighed again.

    Returns:
        The rows of the significant pairs, see ``multilayer.significant_pairs``, named, with ``n_objects`` and
        ``expected``; and the pairs weighed in each layer.
    """
    frames = [
        _tested(layer, places, min_objects, seed).with_columns(layer=pl.lit(number, pl.Int64))
        for number, (layer, places) in enumerate(zip(layers, everyone.places, strict=True))
    ]
    rows = significant_pairs(pl.concat(frames), everyone, [1] * len(layers), alpha)
    return named(rows, everyone, [layer.acts for layer in layers]), tuple(frame.height for frame in frames)


def _tested(layer: SharedLayer, places: npt.NDArray[np.uint32], min_objects: int, seed: int) -> pl.DataFrame:
    """Return the candidate pairs, numbered as in the population: ``left, right, n_objects, expected, p_value``.

    Pairs that stand out a little are grouped, and the pairs within such a group are weighed again by what everybody
    outside it did, so that no group is its own yardstick. A group that is most of its circle hides its own pairs behind
    how unlike people are; it is sought without that.
    """
    pairs = _shared(layer.acts, layer.incidence, layer.strata, min_objects)
    expected = layer.strata.expected(pairs.left, pairs.right)
    counts = pairs.groups.astype(np.int64)
    p_values = gamma_poisson_tail(counts, expected, layer.dispersion)
    group = _grouped(layer, pairs, p_values <= _LOOSE, seed)
    hidden = poisson_tail(counts, expected) <= _LOOSE
    hidden &= (group[pairs.left] < 0) & (group[pairs.right] < 0)
    fills = _grouped(layer, pairs, hidden, seed)
    for number in range(int(fills.max(initial=-1)) + 1):
        if layer.strata.is_filled_by(layer.incidence, fills == number):
            group[fills == number] = group.max(initial=-1) + 1
    together = np.flatnonzero((group[pairs.left] >= 0) & (group[pairs.left] == group[pairs.right]))
    for number in range(int(group.max(initial=-1)) + 1):
        members = np.flatnonzero(group == number)
        own = together[group[pairs.left[together]] == number]
        by_others = layer.strata.expected_by_others(layer.incidence, layer.stratum, members)
        expected[own] = by_others[np.searchsorted(members, pairs.left[own]), np.searchsorted(members, pairs.right[own])]
    p_values[together] = gamma_poisson_tail(counts[together], expected[together], layer.dispersion)
    return pl.DataFrame(
        {
            "left": places[pairs.left],
            "right": places[pairs.right],
            "n_objects": counts,
            "expected": expected,
            "p_value": p_values,
        }
    )


def _grouped(layer: SharedLayer, pairs: CoActions, chosen: npt.NDArray[np.bool_], seed: int) -> npt.NDArray[np.int64]:
    """Return the number of each account's group of the chosen pairs, -1 for none, shape (accounts,)."""
    loose = pl.DataFrame({"left": pairs.left[chosen], "right": pairs.right[chosen]})
    groups = find_clusters(loose, _LOOSE_GROUP, _LOOSE_DENSITY, seed)
    group = np.full(layer.incidence.n_accounts, -1)
    group[groups["account_id"].to_numpy()] = groups["cluster"].to_numpy()
    return group


def _dispersion(acts: IndexedActs, incidence: Incidence, strata: Strata, min_objects: int, seed: int) -> float:
    """Measure how much more than Poisson the shared objects of pairs vary, over a sample of accounts.

    Two ordinary people of one circle share more, or less, than its average: they follow the same pages or they do not.
    The moment estimate of Cameron & Trivedi 1998 (Regression Analysis of Count Data, eq. 3.18), without the pairs in
    the farthest tail, which may be the very groups that are looked for.
    """
    activity = np.bincount(incidence.accounts, minlength=incidence.n_accounts)
    shared, expected = _sampled(acts, incidence, strata, np.flatnonzero(activity >= min_objects), seed)
    if not len(shared):
        return 0.0
    surprise = poisson_tail(shared.astype(np.int64), expected)
    usual = surprise > np.quantile(surprise, _TAIL)
    excess = float((((shared - expected) ** 2 - shared)[usual]).sum())
    scale = float((expected[usual] ** 2).sum())
    return max(0.0, excess / scale) if scale > 0 else 0.0


def misfit(layer: SharedLayer, apart: pl.Series, min_objects: int, seed: int) -> float | None:
    """Return what pairs of a sample of accounts share over what the null expects of them; None where nothing is.

    Args:
        layer: as prepared.
        apart: the accounts that are in a group, which the sample leaves out.
        min_objects: distinct objects of an account that is sampled.
        seed: of the sample.
    """
    activity = np.bincount(layer.incidence.accounts, minlength=layer.incidence.n_accounts)
    others = (activity >= min_objects) & ~layer.acts.account_ids.is_in(apart.implode()).to_numpy()
    shared, expected = _sampled(layer.acts, layer.incidence, layer.strata, np.flatnonzero(others), seed)
    return float(shared.sum() / expected.sum()) if expected.sum() > 0 else None


def _sampled(
    acts: IndexedActs, incidence: Incidence, strata: Strata, accounts: npt.NDArray[np.intp], seed: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return what every pair of a sample of accounts shares and is expected to, shape (pairs,) each; of few, none."""
    chosen = np.sort(np.random.default_rng([seed, 2]).permutation(accounts)[:_SAMPLE])
    if len(chosen) < _LEAST:
        return np.zeros(0), np.zeros(0)
    inside = np.isin(incidence.accounts, chosen)
    sample = replace(
        incidence,
        accounts=incidence.accounts[inside],
        objects=incidence.objects[inside],
        ticks=incidence.ticks[inside],
    )
    found = _shared(acts, sample, strata, 1)
    left, right = (chosen[side].astype(np.uint32) for side in np.triu_indices(len(chosen), 1))
    shared = np.zeros(len(left))
    place = np.searchsorted(left.astype(np.int64) << 32 | right, found.left.astype(np.int64) << 32 | found.right)
    shared[place] = found.groups
    return shared, strata.expected(left, right)


def _shared(acts: IndexedActs, incidence: Incidence, strata: Strata, min_objects: int) -> CoActions:
    """Count the shared objects of every pair, the popular ones left out."""
    kept = strata.is_counted[incidence.objects]
    accounts, objects = incidence.accounts[kept], incidence.objects[kept]
    nothing = np.zeros(len(objects), np.int64)
    flat = replace(acts, accounts=accounts, objects=objects, ticks=nothing, posts=objects, rows=objects)
    return count_coactions(flat, 0, at_least=min_objects, threads=1)
