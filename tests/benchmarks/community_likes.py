"""Likes of communities, and one farm: a table as a newsroom gets it, of any size, written a million rows at a time.

Communities are of very different sizes, accounts of very different diligence, posts of very different popularity. Four
likes in five go to posts of one's own community, the others to any, and attention to a post decays with its age. A farm
of 50 accounts likes 20 posts within ten minutes each. Nobody likes a post twice within a million rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["FARM", "TARGETS", "write_likes"]

FARM, TARGETS = 50, 20
CHUNK = 1_000_000
DAYS = 30
START = 1_714_953_600
"""2024-05-06, a Monday, seconds since 1970."""


def write_likes(path: Path, n_acts: int, seed: int = 1) -> None:
    """Write about so many likes as CSV: account_id, action, post_id, time; 45 bytes a row."""
    rng = np.random.default_rng(seed)
    n_accounts, n_posts = n_acts // 20 + 200, n_acts // 15 + 200
    n_communities = max(5, n_accounts // 500)
    sizes = _shares(np.arange(1, n_communities + 1) ** -0.8)
    home = np.sort(np.searchsorted(sizes, rng.uniform(size=n_accounts)))
    origin = np.sort(np.searchsorted(sizes, rng.uniform(size=n_posts)))
    diligence, appeal = _shares(rng.pareto(1.5, n_accounts) + 0.2), _shares(rng.pareto(1.2, n_posts) + 0.1)
    born = rng.integers(0, DAYS * 86_400, n_posts)
    with path.open("wb") as file:
        file.write(b"account_id,action,object_id,object_kind,time\n")
        for start in range(0, n_acts, CHUNK):
            kept = min(CHUNK, n_acts - start)
            n = kept * 3 // 2  # of which more than a fifth is drawn twice
            account = np.searchsorted(diligence, rng.uniform(size=n))
            first = np.searchsorted(origin, home[account])
            last = np.searchsorted(origin, home[account], "right")
            low = np.where(first > 0, appeal[first - 1], 0.0)
            high = appeal[np.maximum(last - 1, 0)]
            anywhere = (rng.uniform(size=n) < 0.2) | (last <= first)
            drawn = rng.uniform(size=n)
            post = np.searchsorted(appeal, np.where(anywhere, drawn, low + drawn * (high - low))).clip(max=n_posts - 1)
            second = born[post] + (30 * 10 ** rng.uniform(0, 4, n)).astype(np.int64)
            _write(file, "u", account, post, second, kept)
        begin = rng.choice(n_posts, TARGETS, replace=False)
        second = (born[begin] + rng.integers(3_600, 20_000, TARGETS)).repeat(FARM)
        second += rng.integers(0, 600, FARM * TARGETS)
        _write(file, "hired", np.tile(np.arange(FARM), TARGETS), begin.repeat(FARM), second, FARM * TARGETS)


def _shares(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.cumsum(weights) / weights.sum()


def _write(
    file: BinaryIO,
    prefix: str,
    account: NDArray[np.int64],
    post: NDArray[np.int64],
    second: NDArray[np.int64],
    kept: int,
) -> None:
    drawn = pl.DataFrame({"account": account, "post": post, "second": second + START})
    drawn.unique(["account", "post"], keep="first", maintain_order=True).head(kept).select(
        account=prefix + pl.col("account").cast(pl.String),
        action=pl.lit("like"),
        post="p" + pl.col("post").cast(pl.String),
        kind=pl.lit("post"),
        time=pl.from_epoch("second").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
    ).write_csv(file, include_header=False)
