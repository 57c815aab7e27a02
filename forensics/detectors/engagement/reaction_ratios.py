"""Ratio anomalies: posts whose reactions, comments and shares stand in another proportion than on matched posts.

Matched posts are the page's own others; the proportions of a page's posts follow a Dirichlet-multinomial distribution,
whose spread is fitted to the page (Mosimann 1962, doi:10.1093/biomet/49.1-2.65).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.engagement.engagement_vocabulary import RATIOS
from forensics.detectors.engagement.post_counts import engagement
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import with_q_values

PARTS = ("reactions", "comments", "shares")

TRIMMED = 0.1
TRIMMED_NARROWER = 0.9 / (1 + 0.1 * np.log(0.1) - 0.1)
"""How much narrower two normal dimensions look without the tenth that lies furthest out: P / (1 + t ln t − t), the mean
of a chi-squared variable of two degrees of freedom below its 90 % point."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    minimum_posts: int = param(20, "posts", "Pages with fewer posts have no proportion of their own.", 10, 1_000_000)
    minimum_interactions: int = param(20, "interactions", "Posts with fewer interactions are not judged.", 5, 1_000_000)
    alpha: float = param(0.01, "1", "Expected share of false ones among the posts reported.", 1e-9, 0.5)


def fit_composition(counts: Numbers) -> Numbers:
    """Return the Dirichlet parameters that maximise the trimmed likelihood of a page's posts, shape (parts,).

    The tenth of the posts that fit least is left out and the fit made again, so that odd posts do not widen it.

    Args:
        counts: shape (posts, parts), at least one above 0 in each row.
    """
    alpha = _fit(counts)
    for _ in range(2):
        fitness = _log_likelihood(alpha, counts)
        alpha = _fit(counts[fitness >= np.quantile(fitness, TRIMMED)]) / TRIMMED_NARROWER
    return alpha


def _log_likelihood(alpha: Numbers, counts: Numbers) -> Numbers:
    """Return the Dirichlet-multinomial log likelihood of each post against that of its best composition.

    Measured against its best, a post is not called odd for being large.
    """
    total = counts.sum(axis=1)
    dirichlet = special.gammaln(alpha.sum()) - special.gammaln(total + alpha.sum())
    dirichlet = dirichlet + (special.gammaln(counts + alpha) - special.gammaln(alpha)).sum(axis=1)
    best = special.xlogy(counts, counts / total[:, None]).sum(axis=1)
    return np.asarray(dirichlet - best)


def _fit(counts: Numbers) -> Numbers:
    from scipy import optimize  # noqa: PLC0415  takes a fifth of a second

    total = counts.sum(axis=1)

    def loss(logs: Numbers) -> tuple[float, Numbers]:
        alpha = np.exp(logs)
        whole = alpha.sum()
        value = np.sum(special.gammaln(whole) - special.gammaln(total + whole))
        value += np.sum(special.gammaln(counts + alpha) - special.gammaln(alpha))
        slope = np.sum(special.psi(whole) - special.psi(total + whole))
        slope = slope + np.sum(special.psi(counts + alpha) - special.psi(alpha), axis=0)
        return -float(value), -slope * alpha

    start = np.log(10 * (counts.sum(axis=0) + 0.5) / (counts.sum() + 1.5))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(-7.0, 14.0)] * counts.shape[1])
    return np.asarray(np.exp(best.x))


def composition_tail(count: Numbers, total: Numbers, alpha: float, rest: float) -> Numbers:
    """Return P(X ≥ count) of a beta-binomial count, one part of a Dirichlet-multinomial post.

    Up to 300 interactions exactly; beyond, by the Beta distribution of the same mean and variance, with half a count of
    continuity.

    Args:
        count: shape (posts,).
        total: shape (posts,).
        alpha: Dirichlet parameter of the part.
        rest: sum of the other parameters.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    mean, whole = alpha / (alpha + rest), alpha + rest
    weight = 1 / ((1 + (total - 1) / (whole + 1)) / total) - 1
    tail = np.asarray(stats.beta.sf((count - 0.5) / total, mean * weight, (1 - mean) * weight))
    small = total <= 300
    if small.any():
        tail[small] = stats.betabinom.sf(count[small] - 1, total[small], alpha, rest)
    return np.asarray(np.where(count <= 0, 1.0, tail))


def _judge(page: pl.DataFrame) -> pl.DataFrame:
    """Return a page's posts with their expected shares, residuals and p-values."""
    counts = page.select(PARTS).to_numpy().astype(np.float64)
    total = counts.sum(axis=1)
    alpha = fit_composition(counts)
    whole = alpha.sum()
    means = alpha / whole
    spread = np.sqrt(total[:, None] * means * (1 - means) * (total[:, None] + whole) / (1 + whole))
    upper = composition_tail(counts[:, 0], total, float(alpha[0]), float(whole - alpha[0]))
    residuals = (counts - total[:, None] * means) / np.maximum(spread, 1e-9)
    return page.with_columns(
        *(pl.Series(f"{name}_share_usual", np.full(total.size, means[i])) for i, name in enumerate(PARTS)),
        *(pl.Series(f"{name}_residual", residuals[:, i]) for i, name in enumerate(PARTS)),
        p_value=pl.Series(upper),
    )


def ratios(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:  # noqa: ARG001  nothing is drawn
    """Find posts with more reactions for their comments and shares than the page's posts have.

    Returns:
        Table ``ratio_posts``: every judged post with the page's usual shares, the residual of each part in standard
        deviations, p and q; a finding for each page with such posts.

    Raises:
        TooLittleDataError: no page has enough posts with at least two kinds of counts.
    """
    known = engagement(dataset.posts).filter(
        pl.col("account_id").is_not_null() & (pl.col("interactions") >= params.minimum_interactions)
    )
    # A page whose source gives one kind of count only has no proportions.
    of_page = [pl.col(name).sum().over("account_id") > 0 for name in PARTS]
    known = known.filter((pl.len().over("account_id") >= params.minimum_posts) & of_page[0] & (of_page[1] | of_page[2]))
    if not known.height:
        raise TooLittleDataError(
            "No page has {minimum_posts} posts with {minimum_interactions} interactions or more of two kinds, so "
            "their proportions cannot be judged.",
            minimum_posts=params.minimum_posts,
            minimum_interactions=params.minimum_interactions,
        )
    parts = []
    for done, (_, page) in enumerate(known.group_by("account_id", maintain_order=True)):
        progress("fitting proportions", done, known["account_id"].n_unique())
        parts.append(_judge(page))
    posts = with_q_values(pl.concat(parts)).with_columns(
        finding_id=pl.when(pl.col("q_value") <= params.alpha).then(pl.concat_str(pl.lit("ratios-"), "account_id"))
    )
    odd = posts.drop_nulls("finding_id").sort("q_value", "account_id", "post_id")
    sizes = {str(name): own.height for (name,), own in posts.group_by("account_id", maintain_order=True)}
    found = tuple(_finding(own, sizes[str(name)]) for (name,), own in odd.group_by("account_id", maintain_order=True))
    return Detection(
        detector="ratios",
        params=asdict(params),
        findings=found,
        scores=(Score("pages_judged", float(len(sizes)), "pages"), Score("posts_judged", float(posts.height), "posts")),
        tables={"ratio_posts": posts.sort("account_id", "post_id")},
        notes=() if found else ("quiet_result",),
    )


def _finding(odd: pl.DataFrame, n_posts: int) -> Finding:
    first = odd.row(0, named=True)
    return Finding(
        id=first["finding_id"],
        question="what",
        subject=first["account_id"],
        statement="ratio_odd",
        scores=(
            Score("posts_odd", float(odd.height), "posts", n_posts, None, first["p_value"], first["q_value"],
                  "own_proportions"),
            Score("reaction_share", first["reactions"] / first["interactions"], "1"),
            Score("reaction_share_usual", first["reactions_share_usual"], "1"),
        ),
        strength="low",
        alternatives=("kind_of_post", "paid_promotion", "comments_closed"),
        excluded=("popularity",),
        evidence=("ratio_posts",),
    )  # fmt: skip


DETECTOR = Detector(
    name="ratios",
    title="Odd proportions of engagement",
    question="what",
    needs=("posts",),
    params=Params,
    run=ratios,
    vocabulary=RATIOS,
    cites=("Mosimann 1962, doi:10.1093/biomet/49.1-2.65",),
    text=(
        "On each page likes, comments and shares stand in a usual proportion. This marks the posts that have far more "
        "reactions for their comments and shares than the page's other posts."
    ),
)
