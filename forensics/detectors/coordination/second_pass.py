"""Accounts tied to a group that stands: a second look, at the pairs between a group's members and everybody else.

Among millions of pairs a tie must be very unlikely to be called one, and a worker who was absent half of the time has
no such tie. Once a group stands, the question is smaller: who else acted with its members? Those pairs are a family of
their own with a correction of their own, as in the selective inference of Benjamini & Bogomolov 2014, J. R. Stat. Soc.
B 76, 297, doi:10.1111/rssb.12028. What made the group stand are the pairs within it, and these are left out, so the
choice of the family says nothing of the pairs in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from forensics.coaction.multilayer import Population, named, significant_pairs
from forensics.coaction.pair_tests import PreparedLayer, Weighed

__all__ = ["with_adherents"]


def with_adherents(
    weighed: Weighed, layers: Sequence[PreparedLayer], everyone: Population, members: pl.DataFrame, alpha: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add the accounts that are tied to members of a group, once the groups stand.

    Args:
        weighed: what ``weigh_layers`` gave.
        layers: those that were weighed.
        everyone: their population.
        members: ``cluster, account_id, finding_id`` of the groups that stand.
        alpha: the expected share of false edges among those added.

    Returns:
        The edges, with those that tie the added accounts to their group, whose q-values are those of this smaller
        family; and the members with the added accounts, each in the group to which most such edges tie it.
    """
    inside = everyone.account_ids.is_in(members["account_id"].implode())
    places = pl.Series(np.flatnonzero(inside), dtype=pl.UInt32)
    is_left, is_right = pl.col("left").is_in(places.implode()), pl.col("right").is_in(places.implode())
    between = weighed.tests.filter(is_left ^ is_right)
    if not between.height:
        return weighed.edges, members
    n_tests = [len(layer.windows_s) for layer in layers]
    found = significant_pairs(between, everyone, n_tests, alpha, everyone.n_testable_between(inside.to_numpy()))
    ties = named(found, everyone, [layer.acts for layer in layers])
    group = members.select("cluster", "finding_id", member="account_id")
    added = (
        pl.concat(
            [
                ties.select(member="left", account_id="right"),
                ties.select(member="right", account_id="left"),
            ]
        )
        .unique()
        .join(group, "member")
        .group_by("account_id", "cluster", "finding_id")
        .agg(n_ties=pl.len())
        .sort(["account_id", "n_ties", "cluster"], descending=[False, True, False])
        .unique("account_id", keep="first", maintain_order=True)
        .select(members.columns)
    )
    new = ties.join(weighed.edges, ["left", "right"], "anti").select(weighed.edges.columns)
    everybody = pl.concat([members, added]).sort("cluster", "account_id")
    return pl.concat([weighed.edges, new]).sort("left", "right", "layer"), everybody
