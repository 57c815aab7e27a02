"""Client mix: the applications a group's acts were sent from, against the rest of the data."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.dataset import Dataset
from forensics.detectors.rhythm.act_times import distinct_acts
from forensics.statistics.multiple_testing import surrogate_p_values

Shares = NDArray[np.float64]

COLUMNS: dict[str, type[pl.DataType]] = {
    "group": pl.String,
    "n_accounts": pl.Int64,
    "main_client": pl.String,
    "main_share": pl.Float64,
    "main_share_of_others": pl.Float64,
    "distance": pl.Float64,
    "p_value": pl.Float64,
}


def client_mix(dataset: Dataset) -> pl.DataFrame:
    """Return the acts of each account by client.

    Returns:
        ``account_id, client, n_acts``; acts without a client are left out.
    """
    return (
        distinct_acts(dataset)
        .drop_nulls("client")
        .group_by("account_id", "client")
        .agg(n_acts=pl.len().cast(pl.Int64))
        .sort("account_id", "client")
    )


def total_variation(left: Shares, right: Shares) -> float:
    """Return half the sum of absolute differences of two distributions, 0 alike to 1 apart."""
    return float(np.abs(left - right).sum() / 2)


def clients_of_groups(dataset: Dataset, members: pl.DataFrame, redraws: int, seed: int) -> pl.DataFrame:
    """Return how far each group's client mix lies from that of the accounts in no group.

    Each account counts alike, whatever its number of acts. Chance is groups of as many accounts drawn from the others.

    Args:
        dataset: its actions.
        members: ``finding_id, account_id``; one row per account of a group.
        redraws: groups drawn by chance.

    Returns:
        One row per group: ``group, n_accounts, main_client, main_share, main_share_of_others, distance, p_value``;
        empty where clients are not known or nobody is outside the groups.
    """
    mix = client_mix(dataset)
    names = mix["client"].unique().sort()
    accounts = mix["account_id"].unique().sort()
    counts = np.zeros((accounts.len(), names.len()))
    rows = accounts.search_sorted(mix["account_id"]).to_numpy()
    columns = names.search_sorted(mix["client"]).to_numpy()
    counts[rows, columns] = mix["n_acts"].to_numpy()
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    outside = ~accounts.is_in(members["account_id"].unique().to_list()).to_numpy()
    pool = shares[outside]
    table = []
    if pool.shape[0]:
        typical = pool.mean(axis=0)
        for (name,), own in members.sort("finding_id", "account_id").group_by("finding_id", maintain_order=True):
            inside = accounts.is_in(own["account_id"].to_list()).to_numpy()
            size = int(inside.sum())
            if not size:
                continue
            rng = np.random.default_rng([seed, size])
            average = shares[inside].mean(axis=0)
            drawn = np.array(
                [total_variation(pool[rng.integers(0, len(pool), size)].mean(axis=0), typical) for _ in range(redraws)]
            )
            distance = total_variation(average, typical)
            main = int(np.argmax(average))
            p_value = float(surrogate_p_values(np.array([distance]), drawn)[0])
            table.append((str(name), size, names[main], float(average[main]), float(typical[main]), distance, p_value))
    return pl.DataFrame(table, schema=list(COLUMNS.items()), orient="row")
