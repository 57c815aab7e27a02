"""How much of a page's reactions was bought: each post with its probability, and draws of what it would have had."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.detectors.engagement.expected_engagement import PROFILE_FREEDOM, SPREAD_VARIANCE

Floats = npt.NDArray[np.float64]

LEVEL_VARIANCE = np.pi / 2 + 4
"""Times 1 over the number of posts: of their level, a median (pi / 2) around a regression of four coefficients."""
LEAST_P = 1e-300
"""Smaller p-values are taken for this one, whose logarithm is a number."""
LARGEST_SLOPE = 0.5
"""Steepest slope of the p-values of bought posts: at 1 they would be as even as those of the others."""


BOUGHT_CASES = 2
"""Whether posts within their ceiling were lifted too is not known: the draws take both cases in turn."""


def bought_probability(p_values: Floats) -> Floats:
    """Return the probability that each post of a page was lifted, from the p-values of them all.

    A mixture of two groups, fitted by expectation maximisation: p-values of usual posts are even between 0 and 1, those
    of lifted posts have the density ``a p^(a - 1)`` with a small ``a``.

    Args:
        p_values: shape (posts,).

    Source:
        Efron 2008, doi:10.1214/07-STS236; Pounds & Morris 2003, doi:10.1093/bioinformatics/btg148.
    """
    p = np.maximum(p_values, LEAST_P)
    share, slope = 0.1, 0.1
    for _ in range(200):
        lifted = share * slope * p ** (slope - 1.0)
        probability = lifted / (lifted + 1.0 - share)
        share = float(np.clip(probability.mean(), 1e-6, 1.0 - 1e-6))
        slope = float(np.clip(probability.sum() / max(-(probability @ np.log(p)), 1e-9), 1e-4, LARGEST_SLOPE))
    return np.asarray(probability)


def _drawn_probability(p_values: Floats, n_draws: int, rng: np.random.Generator) -> Floats:
    """Draw the probability that each post was lifted as the few posts of a page leave the mixture open.

    The share of lifted posts and the slope of their p-values are drawn given the posts that the fit takes for lifted:
    a Beta and a Gamma distribution, each with a flat prior.

    Returns:
        Shape (draws, posts).
    """
    p = np.maximum(p_values, LEAST_P)
    lifted = bought_probability(p_values)
    n_lifted, surprise = float(lifted.sum()), float(-(lifted @ np.log(p)))
    share = rng.beta(1.0 + n_lifted, 1.0 + len(p) - n_lifted, n_draws)[:, None]
    slope = rng.gamma(1.0 + n_lifted, 1.0 / max(surprise, 1e-9), n_draws).clip(max=LARGEST_SLOPE)[:, None]
    density = share * slope * p ** (slope - 1.0)
    return np.asarray(density / (density + 1.0 - share))


def bought_draws(page: pl.DataFrame, n_draws: int, rng: np.random.Generator) -> Floats:
    """Draw what was bought for each post of a page, as its own prediction leaves it open.

    In each draw a post was lifted or not, by its probability; a lifted one would have had so many reactions as its
    prediction draws, and the rest was bought. Posts within their ceiling may have been lifted too in every other draw
    and were not in the others, since nothing says which case holds. The level and the spread of a page's posts are as
    uncertain as those of so many posts, and in a draw they err for all its posts alike.

    Args:
        page: rows of ``reach_posts`` of one account.

    Returns:
        Shape (draws, posts), reactions.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    reactions, expected, deviation, p_values = (
        page[name].to_numpy().astype(np.float64)
        for name in ("reactions", "reactions_expected", "reactions_deviation", "p_profile")
    )
    shape = (n_draws, len(reactions))
    level = rng.normal(0.0, np.sqrt(LEVEL_VARIANCE / shape[1]), n_draws)
    spread = np.exp(rng.normal(0.0, np.sqrt(SPREAD_VARIANCE / shape[1]), n_draws))
    noise = spread[:, None] * (level[:, None] + stats.t.rvs(PROFILE_FREEDOM, size=shape, random_state=rng))
    usual = np.clip(np.log1p(expected) + deviation * noise, 0.0, np.log1p(reactions))
    is_past = (page["interactions"] > page["ceiling"]).to_numpy()
    is_open = is_past | (np.arange(n_draws) % BOUGHT_CASES == 0)[:, None]
    is_lifted = is_open & (rng.random(shape) < _drawn_probability(p_values, n_draws, rng))
    return np.asarray(is_lifted * (reactions - np.expm1(usual)))
