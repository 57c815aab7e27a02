"""Each cluster's countries against the rest of the data: is a country commoner in it than a random draw would give?"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy import stats

from forensics.core.significance import false_discovery_rate

__all__ = ["cluster_countries"]


def cluster_countries(members: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Test every cluster's countries, each source of evidence apart.

    Args:
        members: ``finding_id, account_id``, one row per account and cluster.
        places: ``geo_sources.account_places``.

    Returns:
        One row per cluster, source and country that occurs in the cluster, ordered by cluster, source and p-value:

        - ``finding_id``, ``source``, ``country``.
        - ``n_country``: the cluster's accounts there; ``n_known``: its accounts with a country by this source;
          ``n_cluster``: its accounts.
        - ``share_cluster``: n_country / n_known; ``share_rest``: the country's share of all other accounts; null where
          no other account is known.
        - ``p_value``: hypergeometric, of so many or more; ``q_value``: Benjamini-Hochberg over the table.
    """
    sizes = members.group_by("finding_id").agg(n_cluster=pl.len())
    inside = members.select("finding_id", "account_id").join(places, "account_id")
    counted = inside.group_by("finding_id", "source", "country").agg(n_country=pl.len())
    known = inside.group_by("finding_id", "source").agg(n_known=pl.len())
    everyone = places.group_by("source", "country").agg(all_country=pl.len())
    all_known = places.group_by("source").agg(all_known=pl.len())
    joined = (
        counted.join(known, ["finding_id", "source"])
        .join(sizes, "finding_id")
        .join(everyone, ["source", "country"])
        .join(all_known, "source")
        .sort("finding_id", "source", "country")
    )
    p_values = stats.hypergeom.sf(
        joined["n_country"].to_numpy().astype(np.int64) - 1,
        joined["all_known"].to_numpy().astype(np.int64),
        joined["all_country"].to_numpy().astype(np.int64),
        joined["n_known"].to_numpy().astype(np.int64),
    )
    p_values = np.clip(np.asarray(p_values, np.float64), 0.0, 1.0)
    others = pl.col("all_known").cast(pl.Int64) - pl.col("n_known").cast(pl.Int64)
    rest = pl.col("all_country").cast(pl.Int64) - pl.col("n_country").cast(pl.Int64)
    return joined.select(
        *("finding_id", "source", "country", "n_country", "n_known", "n_cluster"),
        share_cluster=pl.col("n_country") / pl.col("n_known"),
        share_rest=pl.when(others > 0).then(rest / others),
        p_value=pl.Series(p_values, dtype=pl.Float64),
        q_value=pl.Series(false_discovery_rate(p_values, len(p_values)), dtype=pl.Float64),
    ).sort("finding_id", "source", "p_value", "country")
