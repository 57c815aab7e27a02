"""The multi-layer network: one p-value a pair from all its layers and windows, and edges that remember their layers.

Liking the same posts and writing the same words are separate traces of the same two people, and they hang together in
ways that nobody knows. So each layer and window is tested on its own, the tests of a pair are fused (``fusion``), and
the pairs are corrected for every pair that could have been tested in any layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.layers import IndexedActs
from forensics.statistics.multiple_testing import false_discovery_rate
from forensics.statistics.p_value_combination import fuse_layers

__all__ = ["Population", "named", "population", "significant_pairs"]


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The accounts of several layers under one numbering, and which of them can be tested where.

    Attributes:
        account_ids: the accounts of all layers, ascending.
        places: for each layer, shape (its accounts,) uint32: their positions in ``account_ids``.
        is_active: shape (layers, accounts) bool: acted on enough distinct objects of that layer.
        n_testable: pairs of accounts that are both active in one layer or more.
        n_in_layer: for each layer, the pairs of accounts that are both active there.
    """

    account_ids: pl.Series
    places: tuple[npt.NDArray[np.uint32], ...]
    is_active: npt.NDArray[np.bool_]
    n_testable: int
    n_in_layer: tuple[int, ...]

    def n_tests(self, left: pl.Series, right: pl.Series, in_layer: Sequence[int]) -> pl.Series:
        """Return how many tests each pair has over the layers in which both its accounts are active.

        Args:
            left: shape (pairs,), positions in ``account_ids``.
            right: shape (pairs,).
            in_layer: shape (layers,): the tests that each layer makes of a pair.
        """
        one, other = left.to_numpy(), right.to_numpy()
        total = np.zeros(len(one), np.int64)
        for active, tests in zip(self.is_active, in_layer, strict=True):
            total += tests * (active[one] & active[other])
        return pl.Series(total)

    def n_testable_between(self, inside: npt.NDArray[np.bool_]) -> int:
        """Return how many of the testable pairs have one account inside a set and one outside.

        Args:
            inside: shape (accounts,).
        """
        return self.n_testable - _n_testable(self.is_active[:, inside]) - _n_testable(self.is_active[:, ~inside])


def population(layers: Sequence[IndexedActs], min_objects: int) -> Population:
    """Number the accounts of several layers.

    Args:
        layers: the indexed acts of each; none, as in aggregate data, is nobody.
        min_objects: distinct objects of a layer that an account needs for its pairs to be testable there.
    """
    nobody = pl.Series("account_id", [], pl.String)
    account_ids = pl.concat([nobody, *(layer.account_ids for layer in layers)]).unique().sort()
    places = tuple(account_ids.search_sorted(layer.account_ids).cast(pl.UInt32).to_numpy() for layer in layers)
    is_active = np.zeros((len(layers), len(account_ids)), bool)
    for row, layer, place in zip(is_active, layers, places, strict=True):
        row[place] = _n_objects(layer) >= min_objects
    in_layer = tuple(n * (n - 1) // 2 for n in is_active.sum(axis=1).tolist())
    return Population(account_ids, places, is_active, _n_testable(is_active), in_layer)


def significant_pairs(
    rows: pl.DataFrame, everyone: Population, n_tests: Sequence[int], alpha: float, n_testable: int | None = None
) -> pl.DataFrame:
    """Fuse the tests of each pair and keep the pairs that the false-discovery correction keeps.

    Args:
        rows: ``left``, ``right`` (positions in the population), ``layer`` (its number), ``p_value`` and anything else;
            one row for each test that was carried out: of a pair, a layer and, where there are several, a window.
        everyone: the population.
        n_tests: shape (layers,): the tests of a pair in each layer, such as its windows; one without a row has p = 1.
        alpha: the expected share of false edges.
        n_testable: pairs that could have been tested; by default all of the population's.

    Returns:
        The rows of the significant pairs, of each pair and layer the least likely one: those with a p-value of its own,
        times the layer's tests, of at most ``alpha``, and always the pair's best. ``layer_p_value`` is that p-value;
        ``p_value, q_value, q_value_by`` are the pair's and the same in all its rows. Ordered by pair and layer.
    """
    counted = rows.with_columns(n_tests=everyone.n_tests(rows["left"], rows["right"], n_tests))
    pairs = fuse_layers(counted)
    p_values: npt.NDArray[np.float64] = pairs["p_value"].to_numpy()
    n_pairs = max(everyone.n_testable if n_testable is None else n_testable, len(p_values))
    edges = pairs.with_columns(
        q_value=pl.Series(false_discovery_rate(p_values, n_pairs), dtype=pl.Float64),
        q_value_by=pl.Series(false_discovery_rate(p_values, n_pairs, any_dependence=True), dtype=pl.Float64),
    ).filter(pl.col("q_value") <= alpha)
    paid = pl.col("layer_p_value") * pl.col("layer").replace_strict(dict(enumerate(n_tests)), return_dtype=pl.Float64)
    tie = [name for name in ("window_s",) if name in rows.columns]
    return (
        rows.rename({"p_value": "layer_p_value"})
        .join(edges, ["left", "right"])
        .sort("left", "right", "layer", "layer_p_value", *tie)
        .unique(["left", "right", "layer"], keep="first", maintain_order=True)
        .with_columns(layer_p_value=paid.clip(upper_bound=1.0))
        .filter(
            (pl.col("layer_p_value") <= alpha)
            | (pl.col("layer_p_value") == pl.col("layer_p_value").min().over("left", "right"))
        )
    )


def named(rows: pl.DataFrame, everyone: Population, layers: Sequence[IndexedActs]) -> pl.DataFrame:
    """Give the few rows that remain their account ids and layer names.

    Args:
        rows: see ``significant_pairs``.
        everyone: the population.
        layers: those that the rows number.
    """
    names = {number: layer.layer for number, layer in enumerate(layers)}
    return rows.with_columns(
        left=everyone.account_ids.gather(rows["left"]),
        right=everyone.account_ids.gather(rows["right"]),
        layer=pl.col("layer").replace_strict(names, return_dtype=pl.String),
    )


def _n_objects(layer: IndexedActs) -> npt.NDArray[np.int64]:
    """Return the distinct objects of each account."""
    distinct = np.unique(layer.accounts.astype(np.int64) << 32 | layer.objects) >> 32
    return np.bincount(distinct, minlength=len(layer.account_ids))


def _n_testable(is_active: npt.NDArray[np.bool_]) -> int:
    """Count the pairs that are active together in some layer, by the set of layers in which each account is active."""
    codes, counts = np.unique((1 << np.arange(len(is_active))) @ is_active.astype(np.int64), return_counts=True)
    meet = (codes[:, None] & codes) != 0
    return int((np.outer(counts, counts)[meet].sum() - counts[codes != 0].sum()) // 2)
