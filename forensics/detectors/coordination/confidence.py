"""How sure a group is: its core and its edge, and how well the comparison fits everybody else.

A group is graded by its core. Accounts that are tied to it more loosely are named as its edge; they neither lend it
confidence nor take any away. Where the comparison expects too little of everybody else too, no group that rests on it
is more than something to look at.
"""

from __future__ import annotations

import polars as pl

from forensics.findings import Score, Strength

__all__ = ["FIRM_Q", "MISFIT_LIMIT", "capped", "graded", "misfit_score", "windows_of", "with_membership"]

FIRM_Q = 0.05
"""The largest q-value, by the correction that holds under any dependence, at which a pair is a firm tie."""
MISFIT_LIMIT = 1.5
"""Observed over expected among everybody else from which no group is more than something to look at.

A choice, not a measurement: half as much again as the comparison expects of accounts that nothing ties together. It is
printed beside every group, so that a reader can choose otherwise.
"""
FEWEST_TIES = 2
"""Firm ties to others of the core that an account of the core has: with one it hangs on a single pair."""
FEWEST_CORE = 5
"""Accounts of the core of a group of high confidence."""


def with_membership(accounts: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Say of each account of each group whether it belongs to the core or to the edge.

    The core is what is left when accounts with fewer than two firm ties to others that are left are taken away, again
    and again (Seidman 1983, doi:10.1016/0378-8733(83)90028-X).

    Args:
        accounts: ``finding_id``, ``account_id`` and anything else.
        edges: ``finding_id, left, right, q_value_by``, and ``misfit`` where it is known.

    Returns:
        The accounts with ``membership``: ``core`` or ``edge``.

    Example:
        Of four accounts, three tied to each other and one to a single one of them, that one is the edge.
    """
    ties = _firm(edges).select("finding_id", "left", "right")
    while True:
        ends = pl.concat([ties.select("finding_id", account_id=side) for side in ("left", "right")])
        enough = ends.group_by("finding_id", "account_id").len().filter(pl.col("len") >= FEWEST_TIES)
        left = ties
        for side in ("left", "right"):
            left = left.join(enough, left_on=["finding_id", side], right_on=["finding_id", "account_id"], how="semi")
        if left.height == ties.height:
            break
        ties = left
    core = enough.select("finding_id", "account_id", membership=pl.lit("core"))
    return accounts.join(core, ["finding_id", "account_id"], "left", maintain_order="left").with_columns(
        pl.col("membership").fill_null("edge")
    )


def _firm(edges: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that pass the stricter correction in a window that the comparison fits."""
    kept = edges.filter(pl.col("finding_id").is_not_null() & (pl.col("q_value_by") <= FIRM_Q))
    if "misfit" in edges.columns:
        kept = kept.filter(pl.col("misfit").fill_null(0.0) <= MISFIT_LIMIT)
    return kept


def graded(accounts: pl.DataFrame, edges: pl.DataFrame) -> Strength:
    """Grade the confidence in one group by its core.

    Args:
        accounts: of the group, with ``membership``.
        edges: of the group, see ``with_membership``.

    Returns:
        ``high``: the core has five accounts or more and half of the group's, and half of its pairs or more are firm.
        ``moderate``: half of the pairs are firm, of the core where it is half of the group, else of all. ``low``: less.
    """
    core = accounts.filter(pl.col("membership") == "core")["account_id"]
    is_half = 2 * core.len() >= accounts.height
    within = pl.all_horizontal(pl.col("left", "right").is_in(core.implode()))
    inside = edges.filter(within) if is_half else edges
    if not inside.height or 2 * _firm(inside).height < inside.height:
        return "low"
    return "high" if is_half and core.len() >= FEWEST_CORE else "moderate"


def capped(strength: Strength, misfit: float | None) -> Strength:
    """Return the confidence in a group, ``low`` where the comparison misfits everybody else.

    Args:
        strength: by the group's own evidence.
        misfit: observed over expected among everybody else; None where it is not known.
    """
    return "low" if misfit is not None and misfit > MISFIT_LIMIT else strength


def windows_of(edges: pl.DataFrame, layers: pl.DataFrame) -> pl.DataFrame:
    """Return on which kinds of act and windows each group rests, and how well the comparison fits there.

    Args:
        edges: ``finding_id, layer, window_s``: each pair with the layer and window in which it is least likely; windows
            are null where the detector has none.
        layers: ``layer, window_s, misfit``.

    Returns:
        ``finding_id, layer, window_s, n_pairs, misfit``; a group's window with the most pairs first.
    """
    keys = ["layer", "window_s"]
    return (
        edges.drop_nulls("finding_id")
        .group_by("finding_id", *keys)
        .agg(n_pairs=pl.len().cast(pl.Int64))
        .join(layers.select(*keys, "misfit"), keys, "left", nulls_equal=True)
        .sort("finding_id", "n_pairs", "misfit", *keys, descending=[False, True, True, False, False], nulls_last=True)
    )


def misfit_score(windows: pl.DataFrame, null: str) -> Score:
    """Return the misfit of the comparison in the window in which most pairs of one group are.

    Args:
        windows: the group's rows of ``windows_of``.
        null: the key of the comparison.
    """
    first = windows.row(0, named=True) if windows.height else {"misfit": None, "n_pairs": None}
    return Score("misfit", first["misfit"], "1", n=first["n_pairs"], null=null)
