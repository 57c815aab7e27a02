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
from forensics.coaction.kernels.pair_counting import window_bounds
from forensics.coaction.layers import IndexedActs, index_acts

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
    rows = rows.filter(pl.col("account_id").is_in(active.implode()))
    acts = index_acts(rows, layer)
    window = acts.window_ticks(window_s)
    found = count_coactions(acts, window)
    posts = _posts(rows, acts)
    in_pairs = np.isin(posts, posts[with_neighbour(acts, window)])
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
    low, high = window_bounds(acts.objects, acts.ticks, acts.window_ticks(window_s))
    sizes = high.astype(np.int64) - low
    one = np.repeat(np.arange(acts.n_acts), sizes)
    other = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + low[one]
    directions = (
        pl.DataFrame({"left": acts.accounts[one], "right": acts.accounts[other], "message": _posts(actions, acts)[one]})
        .filter(pl.col("left") != pl.col("right"))
        .group_by("left", "right")
        .agg(n=pl.col("message").n_unique())
        .filter(pl.col("n") >= min_edge_weight)
    )
    ends = np.sort(directions.select("left", "right").to_numpy(), axis=1)
    return _network(acts.account_ids, ends[:, 0], ends[:, 1], directions["n"].to_numpy())


def _posts(actions: pl.DataFrame, acts: IndexedActs) -> npt.NDArray[np.int64]:
    """Return a number for the post of each act; an act without a post has its own."""
    posts = actions["post_id"][acts.rows].rank("dense")
    return np.asarray(posts.fill_null(posts.len() + pl.Series(acts.rows)).to_numpy(), np.int64)


def _network(
    account_ids: pl.Series, left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32], weight: npt.NDArray[np.uint32]
) -> FixedRuleNetwork:
    edges = pl.DataFrame({"left": account_ids[left], "right": account_ids[right], "weight": weight})
    return FixedRuleNetwork(edges.group_by("left", "right").agg(pl.col("weight").max()).sort("left", "right"))
