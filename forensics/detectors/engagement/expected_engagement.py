"""How much engagement a page's posts can be expected to reach: two predictions for each post from the page's others.

*Reach*: interactions are negative binomial around followers × organic reach × engagement per person reached, the reach
of a post drawn from a Beta distribution. *Share profile*: reactions given the post's own comments and shares, since a
post that spreads is shared and talked about in step with its reactions. A bought post breaks both predictions; a viral
post only the first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Numbers = NDArray[np.float64]

MAD_TO_SD = 1.4826
"""Standard deviation over median absolute deviation, for a normal distribution."""

NODES = 32
"""Equally likely reach shares by which the Beta distribution is stood for."""

PROFILE_FREEDOM = 20.0
"""Degrees of freedom of the share profile's residuals, which have heavier tails than the normal distribution."""

SPREAD_VARIANCE = 3.2
"""Times 1 over the number of posts: the relative variance of a spread that is estimated from a quartile and the
median."""


LEAST_SPREAD = 0.02
"""Least spread of logarithms: no page's posts are taken to be more alike than this."""

FARTHEST = 2.0
"""Standard deviations above its level from which a post does not count among the page's usual posts."""

WELL_COMPARED = 0.9
"""Share of a page's posts, by how far they spread, of which the regression on the others is believed alone."""


class ReachPrior:
    """The organic reach share of a page's posts and what is left of their spread.

    Args:
        mean: share of the followers that a usual post reaches.
        weight: of the Beta distribution, its two parameters' sum; the larger, the more alike the posts' reach.
        log_spread: standard deviation of the logarithm of interactions per follower over the page's posts.

    Attributes:
        shares: reach shares, each as likely, shape (nodes,).
        size: of the negative binomial distribution; infinite spread of reach leaves it Poisson.
    """

    __slots__ = ("shares", "size")

    def __init__(self, mean: float, weight: float, log_spread: float) -> None:
        from scipy import optimize, stats  # noqa: PLC0415  takes half a second

        variance = log_spread**2

        def log_variance(total: float) -> float:
            return float(special.polygamma(1, mean * total) - special.polygamma(1, total))

        self.size = 1e6
        if log_variance(weight) >= variance:
            # A steadier page than the prior says: its own history narrows the reach.
            weight = (
                float(optimize.brentq(lambda w: log_variance(w) - variance, weight, 1e9)) if variance > 1e-8 else 1e9
            )
        else:
            rest = variance - log_variance(weight)
            self.size = float(optimize.brentq(lambda k: float(special.polygamma(1, k)) - rest, 1e-3, 1e6))
        quantiles = (np.arange(NODES) + 0.5) / NODES
        # A page that reaches all its followers reaches them with every post.
        shares = stats.beta.ppf(quantiles, mean * weight, (1 - mean) * weight) if mean < 1 else np.ones(NODES)
        self.shares: Numbers = np.asarray(shares)


def reach_tail(interactions: Numbers, usual: Numbers, prior: ReachPrior) -> Numbers:
    """Return P(Y ≥ interactions) under the reach prediction.

    Args:
        interactions: shape (posts,).
        usual: shape (posts,); interactions at the median reach share.
        prior: of the page.
    """
    means = usual[:, None] * (prior.shares / np.median(prior.shares))[None, :]
    # The negative binomial's upper tail as an incomplete beta function.
    counts = np.maximum(interactions, 1e-9)[:, None]
    tail = special.betainc(counts, prior.size, means / (prior.size + means)).mean(axis=1)
    return np.asarray(np.where(interactions <= 0, 1.0, tail))


def reach_quantile(usual: Numbers, prior: ReachPrior, quantile: float) -> Numbers:
    """Return the interactions that a post stays below with a probability: its ceiling, shape (posts,).

    The ceiling is found on a grid of the usual level, on which it is as good as linear in logarithms.
    """
    grid = np.exp(np.linspace(np.log(usual.min()) - 0.01, np.log(usual.max()) + 0.01, 12))
    low, high = np.zeros(grid.size), np.maximum(grid, 1.0) * 4
    while np.any(is_open := reach_tail(high, grid, prior) > 1 - quantile):
        high = np.where(is_open, high * 2, high)
    for _ in range(30):
        middle = (low + high) / 2
        above = reach_tail(middle, grid, prior) > 1 - quantile
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray(np.exp(np.interp(np.log(usual), np.log(grid), np.log(high))))


def spread_of(values: Numbers) -> float:
    """Return the spread downwards from the median, as a standard deviation: what is bought cannot widen it."""
    down = np.median(values) - values
    down = down[down >= 0]
    return float(MAD_TO_SD * np.median(down)) if down.size > 1 else 0.0


def level_and_spread(values: Numbers) -> tuple[float, float]:
    """Return the level and the standard deviation of a page's usual posts, whatever was added to others.

    Values far above the level are set aside, as many times as that changes anything; the quantiles of the rest are
    those of a normal distribution cut off there. What is bought for a fifth of the posts would shift the plain median
    by a third of a standard deviation and widen the spread by a fifth.
    """
    level, spread = float(np.median(values)), spread_of(values)
    whole = float(special.ndtr(FARTHEST))
    for _ in range(30):
        kept = values[values <= level + FARTHEST * spread]
        quarter, half = np.quantile(kept, [0.25 / whole, 0.5 / whole])
        following = float(half), float(MAD_TO_SD * (half - quarter))
        if following == (level, spread) or following[1] <= 0:
            break
        level, spread = following
    return level, max(spread, LEAST_SPREAD)


def fit_profile(
    reactions: Numbers, comments: Numbers, shares: Numbers, audience: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return what each post's comments and shares make of its reactions, from the page's other posts.

    A robust regression (Tukey's bisquare weights, begun from Siegel's repeated median) of ln(reactions + 1) on
    ln(comments + 1), ln(shares + 1) and ln(audience), each post's residual taken as if the post had been left out. A
    post that spread further than nine in ten of the page's has few to be compared with, and the regression of a page
    whose posts hardly differ knows nothing of it: such a post is explained too where its reactions are in the page's
    usual proportion to its comments and shares.

    Returns:
        Expected reactions, the p-value of as many or more, and the standard deviation of ln(reactions + 1) around what
        is expected, of a t-distribution; each of shape (posts,).

    Source:
        Beaton & Tukey 1974, doi:10.1080/00401706.1974.10489171; Siegel 1982, doi:10.1093/biomet/69.1.242.
    """
    y = np.log1p(reactions)
    columns = [np.log1p(comments), np.log1p(shares), np.log(audience)]
    # A column that hardly varies cannot be separated from the constant.
    x = np.column_stack([np.ones_like(y), *(c - c.mean() for c in columns if c.std() > 0.02)])
    residual = _first_residual(y, np.log1p(comments + shares))
    for _ in range(60):
        level, scale = level_and_spread(residual)
        weights = np.clip(1 - ((residual - level) / (4.685 * scale)) ** 2, 0, None) ** 2
        weights[residual > level + FARTHEST * scale] = 0
        coefficients = _solve(x, y, weights)
        following = y - x @ coefficients
        change = float(np.abs(following - residual).max())
        residual = following
        if change < 1e-7:
            break
    level, scale = level_and_spread(residual)
    gram = x.T @ (weights[:, None] * x) + 1e-6 * np.eye(x.shape[1])
    distance = np.einsum("ij,ij->i", x @ np.linalg.inv(gram), x)
    leverage = np.minimum(weights * distance, 0.9)
    # A post that took no part in the fit is as uncertain as its place is far from those that did.
    uncertain = np.where(weights > 0, 1 / (1 - leverage), 1 + distance)
    expected, p_value, deviation = _tail(y, y - (residual - level) / (1 - leverage), scale**2 * uncertain)
    spread = np.log1p(comments + shares)
    ratio = y - spread
    usual, around = level_and_spread(ratio)
    in_step, p_in_step, deviation_in_step = _tail(y, spread + usual, np.full(y.size, around**2))
    far = (spread > np.quantile(spread, WELL_COMPARED)) & (p_in_step > p_value)
    return (
        np.where(far, in_step, expected),
        np.where(far, p_in_step, p_value),
        np.where(far, deviation_in_step, deviation),
    )


def _tail(y: Numbers, mean: Numbers, variance: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the reactions expected, the p-value of as many or more, and the deviation with the counting noise."""
    from scipy import stats  # noqa: PLC0415  takes half a second

    expected = np.maximum(np.expm1(mean), 0.0)
    deviation = np.sqrt(variance + 1 / (expected + 1))
    # A spread known with a relative variance of v leaves 1 / 2v degrees of freedom.
    freedom = 1 / (1 / PROFILE_FREEDOM + 2 * SPREAD_VARIANCE / y.size)
    return expected, np.asarray(stats.t.sf((y - mean) / deviation, freedom)), deviation


def _first_residual(y: Numbers, spread: Numbers) -> Numbers:
    """Return residuals of a line that holds until nearly half of the posts are bought.

    The line is drawn through at most 500 posts, evenly taken by how much they spread.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    chosen = np.argsort(spread, kind="stable")[:: max(1, -(-y.size // 500))]
    if np.ptp(spread[chosen]) == 0:
        return np.asarray(y - np.median(y))
    line = stats.siegelslopes(y[chosen], spread[chosen])
    return np.asarray(y - line.slope * spread - line.intercept)


def _solve(x: Numbers, y: Numbers, weights: Numbers) -> Numbers:
    """Return weighted least squares, held by a tiny ridge where columns are alike."""
    gram = x.T @ (weights[:, None] * x) + 1e-6 * np.eye(x.shape[1])
    return np.asarray(np.linalg.solve(gram, x.T @ (weights * y)))
