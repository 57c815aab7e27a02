"""The reach ceiling: posts with more engagement than their page's organic reach and their own spread explain."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.engagement.engagement_vocabulary import REACH
from forensics.detectors.engagement.expected_engagement import (
    ReachPrior,
    fit_profile,
    reach_quantile,
    reach_tail,
    spread_of,
)
from forensics.detectors.engagement.post_counts import engagement
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import binomial_tail, with_q_values

AUDIENCES = ("reach", "followers", "views")
"""What a page's posts are measured by, the first that its source counts for every one of them."""
LEVELS = (1.0, 0.1, 0.01)
"""Parts of the ceiling's own tail at which a page's posts are counted."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    organic_reach: float = param(
        0.10, "1", "Share of its followers that a usual post reaches unpaid; 16 % in 2012, 6.5 % in 2014.", 0.001, 1.0
    )
    reach_weight: float = param(
        10.0, "posts", "How sure that share is: the larger, the more alike the posts' reach.", 1.0, 10_000.0
    )
    quantile: float = param(0.99, "1", "A post's ceiling is above its prediction with this probability.", 0.5, 0.999999)
    minimum_posts: int = param(20, "posts", "Pages with fewer posts have no history to judge by.", 10, 1_000_000)
    alpha: float = param(0.05, "1", "Expected share of false ones among the posts and pages reported.", 1e-9, 0.5)


def ceilings(page: pl.DataFrame, params: Params) -> pl.DataFrame:
    """Return the posts of one page, each with its ceiling and p-values, judged by the page's other posts.

    Args:
        page: rows of ``post_counts.engagement`` of one account, at least ``minimum_posts`` with an audience.

    Returns:
        ``page`` with ``usual`` (interactions to be expected), ``reach_share`` (the share of the followers that would
        have to be reached at the page's own engagement), ``ceiling``, ``p_reach``, ``reactions_expected``,
        ``reactions_deviation`` (of their logarithm, see ``expected_engagement.fit_profile``), ``p_profile`` and
        ``p_value``: that of the profile for a post at or beyond its ceiling, else 1.
    """
    audience = page[str(_audience(page))].to_numpy().astype(np.float64)
    interactions = page["interactions"].to_numpy().astype(np.float64)
    reactions, comments, shares = (
        page[name].to_numpy().astype(np.float64) for name in ("reactions", "comments", "shares")
    )
    expected, p_profile, deviation = fit_profile(reactions, comments, shares, audience)
    # Reactions that a post's spread does not explain are no evidence of what the page reaches by itself.
    believed = np.where(p_profile <= 1 - params.quantile, expected + comments + shares, interactions)
    rate = np.log((believed + 0.5) / audience)
    usual = np.exp(_median_of_others(rate)) * audience
    prior = ReachPrior(params.organic_reach, params.reach_weight, spread_of(rate))
    p_reach = reach_tail(interactions, usual, prior)
    return page.with_columns(
        usual=pl.Series(usual),
        reach_share=pl.Series(params.organic_reach * interactions / usual),
        ceiling=pl.Series(reach_quantile(usual, prior, params.quantile)),
        p_reach=pl.Series(p_reach),
        reactions_expected=pl.Series(expected),
        reactions_deviation=pl.Series(deviation),
        p_profile=pl.Series(p_profile),
        p_value=pl.Series(np.where(p_reach <= 1 - params.quantile, p_profile, 1.0)),
    )


def _audience(page: pl.DataFrame) -> str | None:
    """Return the column by which a page's posts are measured, None where the source counts none for all of them."""
    return next((name for name in AUDIENCES if (page[name].fill_null(0) > 0).all()), None)


def _median_of_others(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each value, the median of all others: it lies within one place of the median of all."""
    order, n = np.sort(values), values.size
    below = np.searchsorted(order, values, side="left")
    low, high = (n - 2) // 2, (n - 1) // 2
    return np.asarray(0.5 * (order[low + (below <= low)] + order[high + (below <= high)]))


def _judged(pages: pl.DataFrame, params: Params) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the posts and the pages with their q-values, and which of them are found."""
    level = 1 - params.quantile
    posts = with_q_values(pages).with_columns(is_beyond=pl.col("p_value") <= level)
    counts = posts.group_by("account_id", maintain_order=True).agg(
        n_posts=pl.len().cast(pl.Int64),
        n_beyond=pl.col("is_beyond").sum().cast(pl.Int64),
        n_found=(pl.col("q_value") <= params.alpha).sum().cast(pl.Int64),
        excess=(pl.col("reactions") - pl.col("reactions_expected")).filter("is_beyond").sum(),
        n_explained=((pl.col("p_reach") <= level) & (pl.col("p_profile") > level)).sum().cast(pl.Int64),
        **{f"n_{i}": (pl.col("p_value") <= level * step).sum().cast(pl.Int64) for i, step in enumerate(LEVELS)},
        most=(pl.col("interactions") / pl.col("ceiling").clip(1)).filter("is_beyond").max(),
    )
    # So many posts beyond a level that such a share may pass, the best of three levels, paid for three times.
    tails = [
        binomial_tail(counts[f"n_{step}"], counts["n_posts"], level * step_share)
        for step, step_share in enumerate(LEVELS)
    ]
    p_values = np.minimum(len(LEVELS) * np.min(tails, axis=0), 1.0)
    counts = counts.drop(f"n_{step}" for step in range(len(LEVELS)))
    return posts, with_q_values(counts.with_columns(p_value=pl.Series(p_values, dtype=pl.Float64)))


def reach(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:  # noqa: ARG001  nothing is drawn
    """Find pages whose posts pass the engagement that their reach allows and their spread explains.

    Returns:
        Tables ``reach_posts`` (every judged post) and ``reach_pages`` (every judged page); a finding for each page
        with more posts beyond their ceiling than chance allows, or with a single post that stands out among all.

    Raises:
        TooLittleDataError: no page has enough posts with followers, reach or views.
    """
    known = engagement(dataset.posts).filter(
        pl.col("account_id").is_not_null() & pl.any_horizontal((pl.col(*AUDIENCES) > 0).fill_null(value=False))
    )
    known = known.filter(pl.len().over("account_id") >= params.minimum_posts)
    usable = [page for _, page in known.group_by("account_id", maintain_order=True) if _audience(page)]
    if not usable:
        raise TooLittleDataError(
            "No page has {minimum_posts} posts with engagement and followers, reach or views, so no ceiling can be "
            "drawn.",
            minimum_posts=params.minimum_posts,
        )
    parts = []
    for done, page in enumerate(usable):
        progress("drawing reach ceilings", done, len(usable))
        parts.append(ceilings(page, params))
    posts, pages = _judged(pl.concat(parts), params)
    is_found = (pl.col("n_beyond") > 0) & ((pl.col("q_value") <= params.alpha) | (pl.col("n_found") > 0))
    finding = pl.concat_str(pl.lit("reach-"), pl.col("account_id"))
    pages = pages.with_columns(finding_id=pl.when(is_found).then(finding)).sort("p_value", "account_id")
    named = pages.select("account_id", "finding_id")
    posts = posts.join(named, "account_id", "left").with_columns(
        finding_id=pl.when("is_beyond").then(pl.col("finding_id"))
    )
    found = tuple(_finding(row, params) for row in pages.drop_nulls("finding_id").iter_rows(named=True))
    return Detection(
        detector="reach",
        params=asdict(params),
        findings=found,
        scores=(
            Score("pages_judged", float(pages.height), "pages"),
            Score("posts_judged", float(posts.height), "posts"),
            Score("posts_beyond", float(posts["is_beyond"].sum()), "posts"),
            Score("posts_viral", float(pages["n_explained"].sum()), "posts"),
        ),
        tables={"reach_posts": posts.sort("account_id", "post_id"), "reach_pages": pages},
        notes=("reach_paid_promotion",) + (() if found else ("quiet_result",)),
    )


def _finding(row: dict[str, Any], params: Params) -> Finding:
    n, chance = row["n_posts"], (row["p_value"], row["q_value"], "own_history")
    return Finding(
        id=row["finding_id"],
        question="what",
        subject=row["account_id"],
        statement="reach_beyond",
        scores=(
            Score("posts_beyond", float(row["n_beyond"]), "posts", n, None, *chance),
            Score("posts_beyond_expected", n * (1 - params.quantile), "posts", null="own_history"),
            Score("reactions_excess", row["excess"], "reactions"),
            Score("ceiling_ratio", row["most"], "1"),
            Score("posts_viral", float(row["n_explained"]), "posts"),
        ),
        strength="moderate" if row["n_beyond"] >= 5 and row["q_value"] <= params.alpha else "low",
        alternatives=("paid_promotion", "external_link", "platform_feature"),
        excluded=("popularity", "virality"),
        evidence=("reach_posts", "reach_pages"),
    )


DETECTOR = Detector(
    name="reach",
    title="Engagement beyond reach",
    question="what",
    needs=("posts",),
    params=Params,
    run=reach,
    vocabulary=REACH,
    cites=(
        "Beaton & Tukey 1974, doi:10.1080/00401706.1974.10489171",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
    ),
    text=(
        "A platform shows a post to a part of its page's followers. From the page's other posts this draws the most "
        "interactions a post can be expected to get, and marks those beyond it, unless the post was also shared and "
        "commented on as a spreading post is."
    ),
)
