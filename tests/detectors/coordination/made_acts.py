"""Acts made for tests of what is measured on dense acts."""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.coaction.dense_acts import DenseActs

__all__ = ["IDS", "made_acts"]

IDS = pl.Series([f"a{number:02}" for number in range(60)])


def made_acts(liked: dict[int, range]) -> DenseActs:
    """Acts without times: which accounts liked each post."""
    rows = [(post, account) for post, accounts in liked.items() for account in accounts]
    n, n_posts = len(rows), len(liked)
    return DenseActs(
        account_ids=IDS,
        object_ids=pl.Series([f"p{number}" for number in range(n_posts)]),
        layers=("like",),
        accounts=np.array([account for _, account in rows]),
        objects=np.array([post for post, _ in rows]),
        times=np.zeros(n),
        steps=np.full(n, np.inf),
        appeared=np.zeros(n_posts),
        layer_of=np.zeros(n_posts, np.int64),
        publisher_of=np.full(n_posts, -1),
    )
