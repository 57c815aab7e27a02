"""Whether a group belongs to the circle whose things it shares: where its members' other acts lie.

Supporters who like everything their party's page publishes live in that circle, and most of what else they do lies
there too. Workers who are sent to a page do elsewhere what everybody does. That tells an audience from hired hands
where what was shared cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.detectors.coordination.shared_objects_tests import SharedLayer

__all__ = ["LEAST_OTHER", "belonging", "is_at_home", "lives_in"]

Floats = np.float64 | npt.NDArray[np.float64]

LEAST_OTHER = 20
"""With fewer other acts nothing is said of where a group belongs."""
GROUP_HOME_SHARE = 0.5
"""A group is at home in a circle where at least this share of its other acts lies,"""
HOME_SHARE = 0.4
"""an account, or a group of which most accounts are at home there, already where this share does ..."""
HOME_ODDS = 3.0
"""... and where its odds of acting there are so many times everybody else's."""


def belonging(
    layers: Sequence[SharedLayer], by_layer: pl.DataFrame, members: pl.DataFrame, residents: pl.Series
) -> pl.DataFrame:
    """Say of each group how much of what else it does lies in the circle of what it shares.

    A circle is a community of objects (``strata.Strata.circle``); a group's is the one in which most of what two
    members or more acted on lies. Its other acts are those on things that no second member acted on, but somebody else
    did: what one writes alone says nothing of company. A circle in which the group acts more than everybody else does
    is nobody's home but its own, and then there are no other acts.

    Args:
        layers: the layers.
        by_layer: ``finding_id``, ``layer`` of the groups' edges.
        members: ``finding_id``, ``account_id``.
        residents: the members who each live in the circle of their group's targets (``bystanders.residents``).

    Returns:
        ``finding_id, n_other, home_share, home_share_usual, resident_share``: other acts of the group's layers, the
        share of them in the circle, and the share of everybody else's acts that lie there, null where there are no
        other acts; and the share of the members who are residents. In the order of the groups.
    """
    by_name = {layer.acts.layer: layer for layer in layers}
    where = by_layer.drop_nulls("finding_id").select("finding_id", "layer").unique().sort("finding_id", "layer")
    rows = []
    for (name,), group in members.group_by("finding_id", maintain_order=True):
        own = [by_name[layer] for layer in where.filter(pl.col("finding_id") == name)["layer"]]
        n_other, n_home, usual = np.sum([_in_layer(layer, group["account_id"]) for layer in own], axis=0)
        shares = (n_home / n_other, usual / n_other) if n_other else (None, None)
        rows.append((name, int(n_other), *shares, group["account_id"].is_in(residents.implode()).mean()))
    return pl.DataFrame(rows, schema=_ROWS, orient="row")


def is_at_home(n_other: int, home_share: float | None, usual: float | None, resident_share: float) -> bool | None:
    """Return whether a group belongs to the circle whose things it shares; None where too little is known.

    Args:
        n_other: see ``belonging``, like the others.
        home_share: likewise.
        usual: likewise.
        resident_share: likewise; where most members are residents, less of a share makes a home.
    """
    if n_other < LEAST_OTHER or home_share is None or usual is None:
        return None
    enough = HOME_SHARE if resident_share >= 0.5 else GROUP_HOME_SHARE
    return home_share >= enough and bool(lives_in(np.float64(home_share), np.float64(usual)))


def lives_in(share: Floats, usual: Floats) -> npt.NDArray[np.bool_]:
    """Return where a share of other acts in a circle is that of somebody who lives there.

    Args:
        share: any shape.
        usual: the same shape: everybody else's share.
    """
    return np.asarray((share >= HOME_SHARE) & (share * (1.0 - usual) >= HOME_ODDS * usual * (1.0 - share)))


_ROWS = {
    "finding_id": pl.String(),
    "n_other": pl.Int64(),
    "home_share": pl.Float64(),
    "home_share_usual": pl.Float64(),
    "resident_share": pl.Float64(),
}


def _in_layer(layer: SharedLayer, accounts: pl.Series) -> tuple[float, float, float]:
    """Return the other acts, those of them in the circle, and how many there would be if the group were like others."""
    incidence, circle = layer.incidence, layer.strata.circle
    is_member = layer.acts.account_ids.is_in(accounts.implode()).to_numpy()
    inside = is_member[incidence.accounts]
    n_members = np.bincount(incidence.objects[inside], minlength=incidence.n_objects)
    n_others = np.bincount(incidence.objects[~inside], minlength=incidence.n_objects)
    is_shared = n_members >= 2
    home = np.bincount(circle[is_shared], n_members[is_shared]).argmax() if is_shared.any() else -1
    is_home = circle == home
    if n_others[is_home].sum() < n_members[is_home].sum():
        return 0.0, 0.0, 0.0
    is_other = ~is_shared & (n_others > 0)
    n_other = float(n_members[is_other].sum())
    usual = float(n_others[is_home].sum() / n_others.sum())
    return n_other, float(n_members[is_other & is_home].sum()), usual * n_other
