"""The fixed rules of other tools, repeated with our counting, so that results can be laid side by side.

They accuse by a threshold and attach no error rate; they are here to be compared with and to show that the counting
is exact, not to make findings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.counting import count_coactions, with_neighbour
from forensics.coaction.graph import components
from forensics.coaction.layers import index_acts

__all__ = ["FixedRuleNetwork", "coordination_network_toolkit", "coortweet"]


@dataclass(frozen=True, slots=True, eq=False)
class FixedRuleNetwork:
    """The network of a fixed rule.

    Attributes:
        edges: ``left``, ``right`` (account ids, ``left < right``), ``weight``, in that order.
    """

    edges: pl.DataFrame

    @property
    def n_pairs(self) -> int:
        """Return the sum of the weights."""
        return int(self.edges["weight"].sum())

    @property
    def n_accounts(self) -> int:
        """Return how many accounts have an edge."""
        return pl.concat([self.edges["left"], self.edges["right"]]).n_unique()

    @property
    def largest_weight(self) -> int:
        """Return the largest weight, 0 without edges."""
        return int(self.edges["weight"].to_numpy().max(initial=0))

    @property
    def n_components(self) -> int:
        """Return how many connected groups the accounts form."""
        names = pl.concat([self.edges["left"], self.edges["right"]]).unique().sort()
        positions = np.column_stack([names.search_sorted(self.edges[side]).to_numpy() for side in ("left", "right")])
        return len(np.unique(components(len(names), positions.astype(np.int64))))


def coortweet(actions: pl.DataFrame, layer: str, window_s: float, min_participation: int = 2) -> FixedRuleNetwork:
    """Apply CooRTweet's rule: link accounts whose posts share an object within the window.

    Accounts with fewer than ``min_participation`` acts in the layer are left out, and so are acts whose object is their
    own post. A link is kept if either side's account has at least ``min_participation`` acts among the posts that
    occur in any pair. The weight is the number of pairs of posts.

    Args:
        actions: ``schema.ACTIONS``.
        layer: one of ``layers.layer_names``.
        window_s: seconds, inclusive.
        min_participation: acts.

    Source:
        Righetti & Balluff 2025, CooRTweet 2.1.3, doi:10.5117/CCR2025.1.7.RIGH.
    """
    rows = actions.filter(pl.col("object_id").ne_missing(pl.col("post_id")))
    acts = index_acts(rows, layer)
    enough = np.bincount(acts.accounts, minlength=len(acts.account_ids)) >= min_participation
    active = acts.account_ids.filter(pl.Series(enough))
    acts = index_acts(rows.filter(pl.col("account_id").is_in(active.implode())), layer)
    window = acts.window_ticks(window_s)
    found = count_coactions(acts, window, weight="pairs")
    in_pairs = np.isin(acts.posts, acts.posts[with_neighbour(acts, window)])
    takes_part = np.bincount(acts.accounts[in_pairs], minlength=len(acts.account_ids)) >= min_participation
    kept = takes_part[found.left] | takes_part[found.right]
    return _network(acts.account_ids, found.left[kept], found.right[kept], found.pairs[kept])


def coordination_network_toolkit(
    actions: pl.DataFrame, layer: str, window_s: float, min_edge_weight: int = 2
) -> FixedRuleNetwork:
    """Apply coordination-network-toolkit's rule: an account's messages that co-act with another account.

    The weight has a direction: the left account's own messages with at least one co-action with the right one. The
    network without direction has an edge where either direction reaches ``min_edge_weight``; its weight is the larger.

    Args:
        actions: ``schema.ACTIONS``.
        layer: one of ``layers.layer_names``.
        window_s: seconds, inclusive.
        min_edge_weight: messages.

    Source:
        Graham & QUT Digital Observatory 2020, coordination-network-toolkit, doi:10.5281/zenodo.3737804.
    """
    acts = index_acts(actions, layer)
    found = count_coactions(acts, acts.window_ticks(window_s), weight="messages", at_least=min_edge_weight)
    return _network(
        acts.account_ids, np.minimum(found.left, found.right), np.maximum(found.left, found.right), found.groups
    )


def _network(
    account_ids: pl.Series, left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32], weight: npt.NDArray[np.uint32]
) -> FixedRuleNetwork:
    edges = pl.DataFrame({"left": account_ids[left], "right": account_ids[right], "weight": weight})
    return FixedRuleNetwork(edges.group_by("left", "right").agg(pl.col("weight").max()).sort("left", "right"))
