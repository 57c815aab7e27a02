"""Bystanders: those who live where a group was sent.

A page's supporters act on what workers are sent to, because they act on everything there. That ties each of them to
each worker and says nothing of the two, so these ties are taken out before the groups are named.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import binom

from forensics.detectors.coordination.home_community import lives_in
from forensics.detectors.coordination.shared_objects_tests import SharedLayer

__all__ = ["residents", "without_bystanders"]

TARGET_SHARE = 0.3
"""A target of a group is an object that so large a share of it acted on."""
HOME_CHANCE = 0.01
"""An account lives in a circle only where chance puts so many of its acts there with at most this probability."""

_EDGE = ("layer", "left", "right")


def residents(layers: Sequence[SharedLayer], edges: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return the members of groups who live in the circle of their group's targets.

    Args:
        layers: the layers.
        edges: ``left, right, layer``, significant.
        members: ``cluster, account_id`` of the groups that the edges make.

    Returns:
        ``layer, account_id``.
    """
    by_name = {layer.acts.layer: layer for layer in layers}
    acting = edges.join(members.rename({"account_id": "left"}), "left").select("cluster", "layer").unique()
    found = [pl.DataFrame(schema={"layer": pl.String, "account_id": pl.String})]
    for cluster, name in acting.sort("cluster", "layer").iter_rows():
        group = members.filter(pl.col("cluster") == cluster)["account_id"]
        own = _residents(by_name[name], group)
        found.append(pl.DataFrame({"layer": [name] * len(own), "account_id": own}, schema=found[0].schema))
    return pl.concat(found)


def without_bystanders(edges: pl.DataFrame, at_home: pl.DataFrame) -> pl.DataFrame:
    """Leave out the edges between those who live in the circle of their group's targets and those who do not.

    Args:
        edges: ``left, right, layer``.
        at_home: see ``residents``.
    """
    left, right = (
        edges.join(at_home.rename({"account_id": side}), ["layer", side], "semi").select(_EDGE)
        for side in ("left", "right")
    )
    one_alone = pl.concat([left, right]).filter(pl.len().over(_EDGE) == 1)
    return edges.join(one_alone, _EDGE, "anti", maintain_order="left")


def _residents(layer: SharedLayer, accounts: pl.Series) -> pl.Series:
    """Return the members of a group who do much of what else they do in the circle of its targets.

    What else a member does is what it does with others than the targets; the circle is the one in which most of the
    targets lie that it acted on.
    """
    incidence, circle = layer.incidence, layer.strata.circle
    is_member = layer.acts.account_ids.is_in(accounts.implode()).to_numpy()
    places, inside = np.flatnonzero(is_member), is_member[incidence.accounts]
    owner, item = np.searchsorted(places, incidence.accounts[inside]), incidence.objects[inside]
    n_all = np.bincount(incidence.objects, minlength=incidence.n_objects)
    is_target = np.bincount(item, minlength=incidence.n_objects) >= max(2.0, TARGET_SHARE * len(places))
    n_circles = int(circle.max(initial=-1)) + 1

    def by_circle(kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        cells = owner[kept] * n_circles + circle[item[kept]]
        return np.bincount(cells, minlength=len(places) * n_circles).reshape(len(places), n_circles)

    targets, others = by_circle(is_target[item]), by_circle(~is_target[item] & (n_all[item] > 1))
    home, n_other = targets.argmax(axis=1), others.sum(axis=1)
    n_home = others[np.arange(len(places)), home]
    usual = np.bincount(circle, n_all, n_circles)[home] / n_all.sum()
    at_home = lives_in(n_home / np.maximum(n_other, 1), usual) & (binom.sf(n_home - 1, n_other, usual) <= HOME_CHANCE)
    return layer.acts.account_ids.gather(places[at_home & (targets.sum(axis=1) > 0)])
