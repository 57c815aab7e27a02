"""The statistics of where an audience is: shares, location quotients and the distance from an electorate.

People come to an audience in groups (by a post, a link, a friend) and audiences differ from each other without any
fraud, so that the textbook multinomial error is far too small. Every number here carries an overdispersion: the design
effect of the groups within an audience, and the spread ρ between audiences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[Any]

FEWEST_RANKED = 39
"""References below which a rank among them cannot reach 0.025, what another test leaves of 0.05."""
_LEVEL = 0.95
_SPREADS = np.linspace(0.05, 3.0, 60)
"""Standard deviations of the quotients between regions over which the posterior averages."""


def design_effect(hits: Counts, sizes: Counts) -> float:
    """Return how many times larger a share's variance is than if its people had come one by one; at least 1.

    Args:
        hits: shape (groups,), people of the kind in each group.
        sizes: shape (groups,), people in each group, at least 1.

    Source:
        Kish 1965, Survey Sampling. The variance is the jackknife's, each group left out in turn (Wolter 2007,
        Introduction to Variance Estimation, ch. 4), because the usual one is too small where groups differ in size.

    Example:
        Four groups of five people have 5, 0, 1 and 0 of the kind: 5.4. With 2, 2, 1 and 1 they differ less than by
        chance, and the effect is 1.
    """
    n, n_groups = float(sizes.sum()), len(sizes)
    share = float(hits.sum()) / n if n else 0.0
    if n_groups < 2 or not 0 < share < 1:
        return 1.0
    without = np.sort((hits.sum() - hits) / (n - sizes))  # summed in one order, whatever the order of the groups
    variance = float(np.sum((without - without.mean()) ** 2)) * (n_groups - 1) / n_groups
    return max(1.0, variance * n / (share * (1 - share)))


def effective_groups(sizes: Counts) -> float:
    """Return how many groups of equal size would say as much: (Σ n)² / Σ n², at most ``len(sizes)``.

    Example:
        Groups of 8, 1 and 1 say as much as 1.5 equal ones.
    """
    return float(sizes.sum()) ** 2 / float(np.sum(sizes.astype(np.float64) ** 2)) if len(sizes) else 0.0


def share_interval(hits: float, n: float, effect: float = 1.0, n_groups: float | None = None) -> tuple[float, float]:
    """Return the 95 % Clopper-Pearson interval of a share, for the size the sample is worth.

    Args:
        hits: people of the kind.
        n: people, above 0.
        effect: ``design_effect``.
        n_groups: ``effective_groups`` the effect was measured on; few make the interval wider.

    Source:
        Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404; Korn & Graubard 1998 for the size a sample is worth.

    Example:
        3 of 10 is 0.07 to 0.65; with a design effect of 2, 0.02 to 0.79.
    """
    worth = n / effect
    if n_groups is not None and n_groups > 1 and effect > 1.0 and n > 1:
        worth *= float(special.stdtrit(n - 1, 0.975) / special.stdtrit(max(n_groups - 1, 1.0), 0.975)) ** 2
    part = hits / n * worth
    tail = (1 - _LEVEL) / 2
    low = float(special.betaincinv(part, worth - part + 1, tail)) if part > 0 else 0.0
    high = float(special.betaincinv(part + 1, worth - part, 1 - tail)) if part < worth else 1.0
    return low, high


def share_tail(hits: float, n: float, expected: float, effect: float = 1.0) -> float:
    """Return the chance of a share at least as large if the true one is ``expected``, for what the sample is worth."""
    worth = n / effect
    part = hits / n * worth
    return float(special.betainc(part, worth - part + 1, expected)) if part > 0 else 1.0


def share_above(hits: float, n: float, effect: float, foreign: Counts, known: Counts) -> float:
    """Return the chance of a share at least as large in one more audience like the references.

    Shares are compared as arcsines of their roots, whose variance does not depend on the share, by Student's t. Two
    degrees of freedom are spent, on the references' mean and on their spread; and large references say more of the
    spread than small ones, so that there are at most as many as ``effective_groups``, less one.

    Args:
        hits: people of the kind.
        n: people, above 0.
        effect: ``design_effect`` within the audience.
        foreign: shape (references,), people of the kind in each.
        known: shape (references,), people in each; at least 3 references.

    Source:
        Anscombe 1948, doi:10.1093/biomet/35.3-4.246, for the transformation. Measured with 5 to 24 references of the
        same kind: 0.042 to 0.053 of them are at or below 0.05.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    n_references, sizes = len(known), known.astype(np.float64)
    share = float(np.clip(foreign.sum() / sizes.sum(), 1e-6, 1 - 1e-6))
    counts = np.column_stack((foreign, sizes - foreign))
    spread = spread_between(counts, np.array([share, 1 - share])) * n_references / (n_references - 1)
    of_mean = float(np.sum(sizes * (1 + (sizes - 1) * spread))) / float(sizes.sum()) ** 2
    error = np.sqrt(dispersion(n, spread, effect) / n + of_mean) / 2
    away = np.arcsin(np.sqrt(hits / n)) - np.arcsin(np.sqrt(share))
    freedom = max(min(n_references - 2.0, effective_groups(sizes) - 1.0), 1.0)
    return float(stats.t.sf(away / error, freedom))


def g_statistic(counts: Counts, shares: Floats) -> float:
    """Return G = 2 Σ y log(y / (Y π)).

    Args:
        counts: shape (regions,).
        shares: shape (regions,), expected, above 0, summing to 1.

    Example:
        6 and 4 where 5 and 5 are expected: 0.40.
    """
    expected = counts.sum() * shares
    return float(2.0 * np.sum(special.xlogy(counts, counts / expected)))


def spread_between(audiences: Counts, shares: Floats) -> float:
    """Return ρ: how unlike each other audiences are, 0 where only chance divides them.

    An audience of n people has a variance 1 + (n − 1) ρ times the multinomial one. By moments, each audience's
    chi-square weighed by its size.

    Args:
        audiences: shape (audiences, regions), counts.
        shares: shape (regions,), expected.

    Example:
        Audiences of 40 with 30, 10 and 20 people in the first of two regions of equal shares: 0.145.
    """
    sizes = audiences.sum(axis=1).astype(np.float64)
    used = sizes > 1
    expected = sizes[used, None] * shares
    squares = ((audiences[used] - expected) ** 2 / expected).sum(axis=1)
    freedom = len(shares) - 1
    divisor = float(freedom * (sizes[used] - 1).sum())
    return min(1.0, max(0.0, float((squares - freedom).sum()) / divisor)) if divisor > 0 else 0.0


def dispersion(n: float, spread: float, effect: float = 1.0) -> float:
    """Return φ of an audience of n people: the larger of the spread between audiences and the groups within it."""
    return max(effect, 1.0 + (n - 1.0) * spread)


def conformal_p(value: float, references: Floats) -> float:
    """Return (1 + references at least as large) / (1 + references): valid whatever their distribution.

    Source:
        Vovk, Gammerman & Shafer 2005, Algorithmic Learning in a Random World.

    Example:
        9 beside the references 1, 2, 4 and 9: one is as large, and the p-value is 2/5.
    """
    return float(1 + np.sum(references >= value)) / (1 + len(references))


@dataclass(frozen=True, slots=True, eq=False)
class LocationQuotients:
    """Each region's share of an audience over its share of the electorate, shrunk towards 1.

    Attributes:
        quotient: shape (regions,), posterior mean.
        low: shape (regions,), of the 95 % credible interval.
        high: shape (regions,).
        p_value: shape (regions,), chance of so many or more if the quotient is 1.
    """

    quotient: Floats
    low: Floats
    high: Floats
    p_value: Floats


def location_quotients(counts: Counts, shares: Floats, phi: float = 1.0) -> LocationQuotients:
    """Return the location quotients of an audience under a gamma-Poisson model.

    ``y ~ Poisson(E θ)``, ``θ ~ Gamma`` with mean 1 and standard deviation σ, counts and expectations divided by φ. A
    region with few people is drawn to 1, so that small numbers make no headlines. σ is not known either: the posterior
    averages over it, because fitting it to few regions makes the intervals much too narrow.

    Args:
        counts: shape (regions,).
        shares: shape (regions,), expected, above 0, summing to 1.
        phi: overdispersion, at least 1.

    Source:
        Clayton & Kaldor 1987, doi:10.2307/2532003.
        Differs: the prior's mean is fixed at 1, because the expectations sum to the counts. The prior of σ grows in
        proportion to it, which keeps few data from setting it to 0 (Chung et al. 2013,
        doi:10.1007/s11336-013-9328-2); under a flat one the intervals covered 90 to 96 %.

    Example:
        30, 10 and 10 people where each of three regions should have a third: plain quotients of 1.8, 0.6 and 0.6 become
        1.71 (1.16 to 2.39), 0.64 and 0.64.
    """
    y = counts[:, None] / phi
    expected = (counts.sum() * shares / phi)[:, None]
    shape = 1.0 / _SPREADS**2
    likelihood = (
        special.gammaln(y + shape)
        - special.gammaln(shape)
        + shape * np.log(shape / (shape + expected))
        + special.xlogy(y, expected / (shape + expected))
    ).sum(axis=0) + np.log(_SPREADS)
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    tail = (1 - _LEVEL) / 2
    return LocationQuotients(
        quotient=((y + shape) / (expected + shape)) @ weight,
        low=_mixture_quantile(y + shape, expected + shape, weight, tail),
        high=_mixture_quantile(y + shape, expected + shape, weight, 1 - tail),
        p_value=np.where(y > 0, special.gammainc(np.maximum(y, 1e-12), expected), 1.0)[:, 0],
    )


def _mixture_quantile(shape: Floats, rate: Floats, weight: Floats, level: float) -> Floats:
    """Return the quantile of mixtures of gamma distributions, shape (regions,), by bisection."""
    low, high = np.zeros(len(shape)), special.gammaincinv(shape, 0.9999).max(axis=1) / rate.min(axis=1)
    for _ in range(60):
        middle = (low + high) / 2
        below = special.gammainc(shape, rate * middle[:, None]) @ weight < level
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2, np.float64)
