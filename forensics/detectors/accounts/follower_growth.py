"""Follower growth: days on which an account gained far more followers than on its other days.

Followers are read where the data hold them: in repeated captures of an account, or as the followers each post was
published to. Growth per day is compared, on a scale of logarithms, with the account's own median; its spread is the
median absolute deviation, so that the jump sought does not hide itself. What is gone on the next day that is known was
no growth but a slip of the record, such as another page's count beside a shared post. A return to the count of an
earlier day is no growth either.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.accounts.accounts_vocabulary import GROWTH
from forensics.detectors.detector import Detector
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import with_q_values

MAD_TO_SD = 1.4826
"""Standard deviation over median absolute deviation, for a normal distribution."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    minimum_days: int = param(10, "days", "Accounts seen on fewer days are not examined.", 5, 10_000)
    minimum_gain: float = param(
        0.02, "1", "A jump is not reported of which less than this share of the followers stays.", 0.0, 10.0
    )
    alpha: float = param(0.01, "1", "Expected share of false jumps among those reported.", 1e-9, 0.5)


def follower_series(dataset: Dataset) -> pl.DataFrame:
    """Return the followers of each account by day, the last value of a day, from captures and posts alike.

    Returns:
        ``account_id, day (days since 1970), followers``, ordered by account and day.
    """
    captures = dataset.accounts.select("account_id", at="captured_at", followers="followers")
    posts = dataset.posts.select("account_id", at="published_at", followers="followers")
    return (
        pl.concat([captures, posts])
        .drop_nulls()
        .filter(pl.col("followers") > 0)
        .sort("account_id", "at", "followers")
        .group_by("account_id", day=pl.col("at").dt.epoch("d").cast(pl.Int64), maintain_order=True)
        .agg(pl.col("followers").last())
        .sort("account_id", "day")
    )


def _steps(series: pl.DataFrame, minimum_days: int) -> pl.DataFrame:
    """Return each day's growth beside what the account's other days make likely, with a p-value."""
    steps = (
        series.with_columns(
            n_days=pl.len().over("account_id"),
            gained=pl.col("followers").diff().over("account_id"),
            elapsed=pl.col("day").diff().over("account_id"),
            kept=(
                pl.min_horizontal("followers", pl.col("followers").shift(-1)) - pl.col("followers").cum_max().shift()
            ).over("account_id"),
            rate=(pl.col("followers").log().diff() / pl.col("day").diff()).over("account_id"),
        )
        .filter(pl.col("n_days") >= minimum_days)
        .drop_nulls("rate")
    )
    if not steps.height:
        return steps
    from scipy import stats  # noqa: PLC0415  takes half a second, which data without such accounts need not

    usual = pl.col("rate").median().over("account_id")
    # One follower more or less is the finest step there is: a spread below it would make every step a jump.
    finest = 1.0 / pl.col("followers")
    spread = pl.max_horizontal(MAD_TO_SD * (pl.col("rate") - usual).abs().median().over("account_id"), finest)
    judged = steps.with_columns(usual_rate=usual, z=(pl.col("rate") - usual) / spread)
    # Growth is heavy-tailed: Student's t with 3 degrees of freedom is far more forgiving than the normal.
    p_values = stats.t.sf(judged["z"].to_numpy() / stats.t.ppf(0.75, 3) * stats.norm.ppf(0.75), 3)
    return judged.with_columns(p_value=pl.Series(p_values, dtype=pl.Float64))


def growth(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:  # noqa: ARG001  nothing is drawn
    """Find jumps in followers.

    Returns:
        Tables ``growth`` (followers by account and day, each judged) and one finding per account with jumps.

    Raises:
        TooLittleDataError: no account's followers are known on enough days.
    """
    judged = _steps(follower_series(dataset), params.minimum_days)
    if not judged.height:
        raise TooLittleDataError(
            "No account's followers are known on {minimum_days} days or more, so growth cannot be judged.",
            minimum_days=params.minimum_days,
        )
    progress("judging follower growth", judged.height, judged.height)
    is_jump = (pl.col("q_value") <= params.alpha) & (
        pl.col("kept") >= params.minimum_gain * (pl.col("followers") - pl.col("gained"))
    )
    table = (
        with_q_values(judged)
        .with_columns(is_jump=is_jump)
        .with_columns(
            finding_id=pl.when(pl.col("is_jump").any().over("account_id")).then(
                pl.concat_str(pl.lit("growth-"), pl.col("account_id")),
            ),
        )
        .select("finding_id", "account_id", "day", "followers", "gained", "elapsed", "rate", "usual_rate", "z",
                "p_value", "q_value", "is_jump")
    )  # fmt: skip
    jumps = table.filter("is_jump").sort("q_value", "account_id", "day")
    found = tuple(_finding(own) for _, own in jumps.group_by("account_id", maintain_order=True))
    return Detection(
        detector="growth",
        params=asdict(params),
        findings=found,
        scores=(
            Score("accounts_examined", float(table["account_id"].n_unique()), "accounts"),
            Score("days_examined", float(table.height), "days"),
        ),
        tables={"growth": table},
        notes=() if found else ("quiet_result",),
    )


def _finding(jumps: pl.DataFrame) -> Finding:
    first = jumps.row(0, named=True)
    usual = np.expm1(first["usual_rate"] * first["elapsed"]) * (first["followers"] - first["gained"])
    return Finding(
        id=f"growth-{first['account_id']}",
        question="how",
        subject=str(first["account_id"]),
        statement="growth_jump",
        scores=(
            Score("followers_gained", float(first["gained"]), "followers", None, None, first["p_value"],
                  first["q_value"], "own_growth"),
            Score("followers_gained_usual", float(usual), "followers"),
            Score("jump_at", first["day"] * 86_400.0, "utc_s"),
            Score("jumps", float(jumps.height), "days"),
        ),
        strength="low",
        alternatives=("news_event", "viral_post", "paid_promotion", "merged_pages"),
        evidence=("growth",),
    )  # fmt: skip


DETECTOR = Detector(
    name="growth",
    title="Jumps in followers",
    question="how",
    needs=(),
    params=Params,
    run=growth,
    vocabulary=GROWTH,
    cites=("Hampel 1974, doi:10.1080/01621459.1974.10482962",),
    text=(
        "Follows the number of an account's followers from day to day and marks the days on which it grew far more "
        "than on the account's other days."
    ),
)
