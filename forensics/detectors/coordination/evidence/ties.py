"""Ties within a group: which two of its members acted on the same objects, how often, and the acts themselves.

A tie is no evidence of its own: the group is what was confirmed. Ties say where in the group it is dense, and lead to
the acts that a reader can check.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from forensics.coaction.counting import count_coactions
from forensics.coaction.layers import index_acts, layer_acts
from forensics.detectors.coordination.evidence.edge_acts import edge_acts
from forensics.errors import PrecisionError
from forensics.schema import PRECISION_S
from forensics.statistics.multiple_testing import false_discovery_rate, poisson_tail

MOST_TIES = 3
"""Ties of each account whose acts are listed pair by pair, the closest first; ``moments`` lists every act once."""

TIES = {
    **dict.fromkeys(("finding_id", "left", "right", "layers"), pl.String()),
    "window_s": pl.Float64(),
    **dict.fromkeys(("n_objects", "n_close"), pl.Int64()),
    **dict.fromkeys(("expected", "p_value", "q_value"), pl.Float64()),
}


def group_acts(actions: pl.DataFrame, layers: Iterable[str], members: pl.DataFrame) -> pl.DataFrame:
    """Return the acts of each group's members on the objects that two or more of them acted on.

    Args:
        actions: ``schema.ACTIONS``.
        layers: names of layers.
        members: ``finding_id, account_id``.

    Returns:
        ``finding_id, account_id, layer, object_id, acted_at, time_precision, post_id, row``, rows in no order;
        ``row`` is the act's in ``actions``.
    """
    numbered = actions.with_row_index("place")
    own = numbered.filter(pl.col("account_id").is_in(members["account_id"].unique().implode()))
    columns = ["account_id", "object_id", "acted_at", "time_precision", "post_id", "row"]
    parts = [layer_acts(own, layer, timed=False).select(columns).with_columns(layer=pl.lit(layer)) for layer in layers]
    acts = pl.concat(parts) if parts else layer_acts(own, "").select(columns).with_columns(layer=pl.lit(""))
    places = own.select("place").with_row_index("row")
    shared = pl.col("account_id").n_unique().over("finding_id", "layer", "object_id") >= 2
    return (
        members.select("finding_id", "account_id")
        .join(acts, "account_id")
        .filter(shared)
        .join(places, "row")
        .select("finding_id", "account_id", "layer", *columns[1:5], row="place")
    )


def ties(actions: pl.DataFrame, acts: pl.DataFrame, window_s: float) -> pl.DataFrame:
    """Return every pair of members of a group that share an object.

    Args:
        actions: ``schema.ACTIONS``.
        acts: of ``group_acts``.
        window_s: seconds within which two acts are close.

    Returns:
        ``finding_id, left, right, layers, window_s, n_objects, n_close, expected, p_value, q_value``, where
        ``left < right``, a group's most shared pairs first. ``n_objects`` counts the distinct objects of all layers
        that both acted on, ``n_close`` those on which they did so within the window. ``expected`` is
        ``n_objects`` if the group's ties fell by its members' activity within the group alone (configuration model
        without loops, Newman 2006, doi:10.1073/pnas.0601602103), and ``p_value`` its upper Poisson tail: how much
        closer these two are than others *of the group*, which says nothing of whether the group acted together.

    Example:
        Of three members who all share the same 4 objects, each pair has 4 and 4 expected.
    """
    parts = [pl.DataFrame(schema=TIES)]
    for (name,), own in acts.sort("finding_id").group_by("finding_id", maintain_order=True):
        accounts = own["account_id"].unique().sort()
        shared = np.zeros((len(accounts), len(accounts)), np.int64)
        close = np.zeros_like(shared)
        kinds: list[pl.DataFrame] = []
        for (layer,), rows in own.sort("layer").group_by("layer", maintain_order=True):
            count = _shared(rows, accounts)
            shared += count
            close += _close(actions[rows["row"].sort()], str(layer), accounts, window_s)
            left, right = np.nonzero(np.triu(count, 1))
            kinds.append(pl.DataFrame({"a": left, "b": right}).with_columns(layer=pl.lit(str(layer))))
        by_pair = pl.concat(kinds).group_by("a", "b").agg(layers=pl.col("layer").sort().str.join(","))
        parts.append(_rows(str(name), accounts, shared, close, by_pair, window_s))
    order = ["finding_id", "n_objects", "n_close", "left", "right"]
    return pl.concat(parts).sort(order, descending=[False, True, True, False, False])


def _rows(
    name: str,
    accounts: pl.Series,
    shared: npt.NDArray[np.int64],
    close: npt.NDArray[np.int64],
    by_pair: pl.DataFrame,
    window_s: float,
) -> pl.DataFrame:
    left, right = np.nonzero(np.triu(shared, 1))
    activity = shared.sum(axis=1).astype(np.float64)
    every = (activity.sum() ** 2 - (activity**2).sum()) / 2.0
    expected = np.triu(shared, 1).sum() * activity[left] * activity[right] / every if every > 0 else np.zeros(len(left))
    count = shared[left, right]
    chance = np.minimum(poisson_tail(count, expected), 1.0)
    pairs = pl.DataFrame({"a": left, "b": right}).join(by_pair, ["a", "b"], "left", maintain_order="left")
    frame = {
        "finding_id": [name] * len(left),
        "left": accounts.gather(left),
        "right": accounts.gather(right),
        "layers": pairs["layers"],
        "window_s": np.full(len(left), float(window_s)),
        "n_objects": count,
        "n_close": close[left, right],
        "expected": expected,
        "p_value": chance,
        "q_value": false_discovery_rate(chance, len(chance)),
    }
    return pl.DataFrame(frame, schema=TIES)


def _shared(rows: pl.DataFrame, accounts: pl.Series) -> npt.NDArray[np.int64]:
    """Return how many distinct objects each two accounts share, shape (accounts, accounts), the diagonal 0."""
    once = rows.select("account_id", "object_id").unique()
    objects = once["object_id"].rank("dense").cast(pl.Int64).to_numpy() - 1
    at = accounts.search_sorted(once["account_id"]).to_numpy()
    held = csr_array((np.ones(len(at), np.int64), (at, objects)), shape=(len(accounts), objects.max(initial=-1) + 1))
    counts = np.asarray((held @ held.T).toarray(), np.int64)
    np.fill_diagonal(counts, 0)
    return counts


def _close(own: pl.DataFrame, layer: str, accounts: pl.Series, window_s: float) -> npt.NDArray[np.int64]:
    """Return on how many objects each two acted within the window, 0 where the times are too coarse to say."""
    counts = np.zeros((len(accounts), len(accounts)), np.int64)
    acts = index_acts(own, layer)
    try:
        found = count_coactions(acts, acts.window_ticks(window_s))
    except PrecisionError:
        return counts
    at = accounts.search_sorted(acts.account_ids).to_numpy()
    left, right = at[found.left], at[found.right]
    counts[left, right] = counts[right, left] = found.objects
    return counts


def ties_with_acts(actions: pl.DataFrame, acts: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Return the acts of each account's closest ties, pair by pair; see ``evidence.edge_acts``.

    Args:
        actions: ``schema.ACTIONS``.
        acts: of ``group_acts``.
        edges: of ``ties``.

    Returns:
        The pairs of acts within the window where a tie has any; where it has none, all pairs of acts on one object.
    """
    sides = [
        edges.select("finding_id", "left", "right", "n_close", "n_objects", account_id=s) for s in ("left", "right")
    ]
    closest = (
        pl.concat(sides)
        .sort(["n_close", "n_objects", "left", "right"], descending=[True, True, False, False])
        .group_by("finding_id", "account_id", maintain_order=True)
        .head(MOST_TIES)
        .select("finding_id", "left", "right")
        .unique()
    )
    steps = (
        acts.filter(pl.col("time_precision").cast(pl.String) != "estimated")
        .group_by("layer")
        .agg(pl.col("time_precision").cast(pl.String).replace_strict(PRECISION_S, return_dtype=pl.Float64).max())
        .rename({"time_precision": "tick_s"})
    )
    wanted = (
        edges.join(closest, ["finding_id", "left", "right"], "semi")
        .with_columns(layer=pl.col("layers").str.split(","))
        .explode("layer")
        .join(steps, "layer")
        .select(
            *("finding_id", "left", "right", "layer", "tick_s"),
            window_s=pl.when(pl.col("n_close") > 0).then("window_s").otherwise(float("inf")),
        )
    )
    return edge_acts(actions, wanted)
