"""Posts of pages that nobody manipulates: popularity with heavy tails, spreading posts, posts promoted openly.

The counts are not drawn from the model that any detector fits: popularity is log-normal or Pareto by the page, and
comments and shares follow it with elasticities and noise of their own.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.simulate.pages.page_dials import PageElection
from forensics.simulate.population.waking_hours import DAY_S, moments
from forensics.simulate.random_draws import Floats, exponential, lognormal, pareto, poisson, stream

_CLOCK_S = 7_200.0  # all pages live in one time zone


def organic_posts(election: PageElection, seed: int) -> pl.DataFrame:
    """Draw the posts of all pages.

    Returns:
        One row for each post: ``page`` (number), ``camp``, ``time_s`` (since the period's start), ``followers``,
        ``reactions``, ``comments``, ``shares``, ``is_promoted``; ordered by page and time. ``usual`` is the page's
        median of reactions, which plants are sized by.
    """
    pages = [
        _page(election, seed, camp, number)
        for number, camp in enumerate(np.repeat(election.camps, election.n_pages).tolist())
    ]
    return pl.concat(pages)


def _page(election: PageElection, seed: int, camp: str, number: int) -> pl.DataFrame:
    rng = stream(seed, "page", number)
    n = election.n_posts
    time_s = np.sort(moments(rng, election.n_days, np.full(n, _CLOCK_S)))
    followers = _followers(rng, election.n_days)[(time_s // DAY_S).astype(np.int64)]
    width, exponent, noise = 0.4 + 0.6 * rng.random(), 1.5 + rng.random(), 0.1 + 0.25 * rng.random()
    # One page in three has posts whose popularity has a power law's tail.
    level = pareto(rng, exponent, n, cap=60.0) if number % 3 == 0 else lognormal(rng, 1.0, width, n)
    share_rate, comment_rate = 0.04 + 0.2 * rng.random(), 0.05 + 0.2 * rng.random()
    base = followers * 0.1 * (0.01 + 0.05 * rng.random())
    promoted = rng.random(n) < election.promoted_share
    level *= np.where(promoted, 1.5 + exponential(rng, 1.0, n), 1.0)
    shares = base * share_rate * level**1.1 * lognormal(rng, 1.0, noise, n)
    spreads = rng.random(n) < election.viral_share
    more = np.where(spreads, 3.0 + exponential(rng, 8.0, n), 1.0)
    shares *= more
    level *= 1.0 + 0.6 * (more - 1.0)
    reactions = base * level * lognormal(rng, 1.0, noise / 2.0, n)
    comments = base * comment_rate * level**0.95 * lognormal(rng, 1.0, noise, n)
    means = {"reactions": reactions, "comments": comments, "shares": shares}
    counts = {name: poisson(rng, mean) for name, mean in means.items()}
    return pl.DataFrame(
        {
            "page": np.full(n, number),
            "camp": [camp] * n,
            "time_s": np.floor(time_s),
            "followers": followers.astype(np.int64),
            **counts,
            "is_promoted": promoted,
            "usual": np.full(n, np.median(counts["reactions"])),
        }
    )


def _followers(rng: np.random.Generator, n_days: int) -> Floats:
    """Return a page's followers by day: growth by some tenths of a per mille to a per mille a day, unevenly."""
    start = lognormal(rng, 25_000.0, 1.0, 1)[0]
    daily = (0.0002 + 0.001 * rng.random()) * lognormal(rng, 1.0, 0.5, n_days)
    return np.asarray(np.floor(start * np.cumprod(1.0 + daily)), np.float64)
