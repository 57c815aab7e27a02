"""Rapid response: accounts that act on new posts within moments, far more often than the others do.

What is rapid is taken from the data: the lowest share of all ages at which posts are acted upon (Luceri et al. 2024,
doi:10.1145/3589334.3645529, fix ten seconds). Followers who are notified are quick as well, so accounts may differ:
the null is the binomial one, widened to the beta-binomial by the spread that the data's own accounts show.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.graph import components
from forensics.coaction.layers import IndexedActs, index_acts, layer_names, set_aside
from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.timing.timing_vocabulary import RAPID
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import binomial_tail, with_q_values

Floats = npt.NDArray[np.float64]

ALTERNATIVES = ("notifications", "fan_club", "declared_automation", "newsroom_staff")
NULL = "everybody's_quickness"
FARTHEST = 0.01
"""Share of the accounts, the most surprising ones, that the spread leaves out: they may be who is looked for."""
TOGETHER = 2
"""Rapid acts on one publisher's posts from which an account answers that publisher."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    rapid_share: float = param(0.01, "1", "The quickest acts that count as rapid, as a share of all.", 0.0001, 0.25)
    rapid_acts: int = param(10, "acts", "An account with fewer acts on posts of known age is not judged.", 2, 100_000)
    alpha: float = param(0.05, "1", "Expected share of false accounts among those reported.", 1e-9, 0.5)
    min_accounts: int = param(3, "accounts", "A smaller group is not reported.", 2, 1000)


def rapid_tail(n_rapid: Floats, n_acts: Floats, rate: Floats, dispersion: float) -> Floats:
    """Return the chance of so many rapid acts or more, elementwise.

    Args:
        n_rapid: shape (n,), from 0 to ``n_acts``.
        n_acts: shape (n,).
        rate: shape (n,), the chance that an act is rapid, between 0 and 1.
        dispersion: the correlation of two acts of one account; 0 is the binomial tail.
    """
    if dispersion <= 0.0:
        return binomial_tail(n_rapid, n_acts, rate)
    from scipy import stats  # noqa: PLC0415  takes half a second

    size = 1.0 / dispersion - 1.0
    return np.asarray(np.clip(stats.betabinom.sf(n_rapid - 1, n_acts, rate * size, (1 - rate) * size), 0, 1))


def spread(n_rapid: Floats, n_acts: Floats, rate: float) -> float:
    """Return the correlation of two acts of one account, by moments, the most surprising accounts left out.

    Args:
        n_rapid: shape (accounts,).
        n_acts: shape (accounts,).
        rate: the chance that an act is rapid.
    """
    surprise = rapid_tail(n_rapid, n_acts, np.full(len(n_acts), rate), 0.0)
    usual = surprise > np.quantile(surprise, FARTHEST)
    variance = n_acts * rate * (1.0 - rate)
    among = float((variance * (n_acts - 1.0))[usual].sum())
    excess = float(((n_rapid - n_acts * rate) ** 2 - variance)[usual].sum())
    return min(max(excess / among, 0.0), 0.99) if among > 0 else 0.0


def rapid(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find groups of accounts that act rapidly far more often than the others, on the same publishers' posts.

    An account that is quick by itself stands in the table and in no finding: it acted together with nobody.

    Args:
        dataset: its actions.

    Returns:
        One finding for each group that is rapid on the same publishers; tables ``rapid`` (all accounts judged) and
        ``rapid_acts``.

    Raises:
        TooLittleDataError: no post with a known publication, or no account with enough acts.
    """
    del seed
    acts = _aged_acts(dataset, progress)
    if acts.is_empty():
        raise TooLittleDataError("No post that was acted upon has a known publication, so no act has an age.")
    limit = float(acts["age_s"].quantile(params.rapid_share, "lower") or 0.0)
    acts = acts.with_columns(is_rapid=pl.col("age_s") <= limit)
    judged = (
        acts.group_by("account_id")
        .agg(n_acts=pl.len(), n_rapid=pl.col("is_rapid").sum())
        .filter(pl.col("n_acts") >= params.rapid_acts)
        .sort("account_id")
    )
    if judged.height < 2:
        raise TooLittleDataError(
            "Fewer than two accounts have {rapid_acts} acts on posts of known age. Lower rapid_acts, or add data.",
            rapid_acts=params.rapid_acts,
        )
    n, k = (judged[name].to_numpy().astype(np.float64) for name in ("n_acts", "n_rapid"))
    total, quick = float(acts.height), float(acts["is_rapid"].sum())
    # The others' rate, with an act added so that it is never 0.
    rate = np.clip((quick - k + 1.0) / (total - n + 2.0), 1e-12, 1.0 - 1e-12)
    dispersion = spread(k, n, quick / total)
    p_values = rapid_tail(k, n, rate, dispersion)
    judged = with_q_values(judged.with_columns(n_expected=pl.Series(n * rate), p_value=pl.Series(p_values)))
    flagged = judged.filter(pl.col("q_value") <= params.alpha)["account_id"]
    quick_acts = acts.filter("is_rapid", pl.col("account_id").is_in(flagged.implode())).drop("is_rapid")
    named = _groups(quick_acts, flagged, params.min_accounts)
    table = judged.join(named, "account_id", "left").sort("q_value", "p_value", "account_id")
    detail = quick_acts.join(named, "account_id").sort("account_id", "acted_at", "layer", "object_id")
    names = named["finding_id"].unique().sort().to_list()
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=tuple(_finding(name, table.filter(pl.col("finding_id") == name), limit) for name in names),
        scores=(
            Score("rapid_s", limit, "s"),
            Score("acts_examined", total, "acts"),
            Score("accounts_judged", float(judged.height), "accounts"),
            Score("account_correlation", dispersion, "1"),
        ),
        tables={"rapid": table, "rapid_acts": detail},
        notes=("quick_is_not_automatic",) if names else ("quick_is_not_automatic", "quiet_result"),
    )


def _aged_acts(dataset: Dataset, progress: Progress) -> pl.DataFrame:
    """Return each account's first act on each post of known publication, by others than its author, with its age."""
    actions = set_aside(dataset.actions, dataset.accounts.filter("is_automated")["account_id"].unique())
    publishers = (
        dataset.actions.filter((pl.col("action") == "post") & (pl.col("object_kind") == "post"))
        .sort("object_id", "acted_at", "account_id")
        .unique("object_id", keep="first", maintain_order=True)
        .select("object_id", publisher="account_id")
    )
    names = [name for name in layer_names(actions) if name.endswith(":post")]
    parts = [pl.DataFrame(schema=_AGED)]
    for number, name in enumerate(names, start=1):
        parts.append(_aged(index_acts(actions, name), actions, publishers))
        progress("taking the ages of acts", number, len(names))
    return pl.concat(parts)


_AGED = {
    **dict.fromkeys(("account_id", "publisher", "layer", "object_id"), pl.String()),
    "acted_at": pl.Datetime("us", "UTC"),
    "age_s": pl.Float64(),
}


def _aged(acts: IndexedActs, actions: pl.DataFrame, publishers: pl.DataFrame) -> pl.DataFrame:
    kept = np.flatnonzero(acts.is_published[acts.objects])
    ages = (acts.ticks - acts.appeared[acts.objects])[kept] * acts.tick_s
    return (
        actions[acts.rows[kept]]
        .select("account_id", "object_id", "acted_at")
        .with_columns(layer=pl.lit(acts.layer), age_s=pl.Series(ages, dtype=pl.Float64))
        .join(publishers, "object_id")
        .filter(pl.col("account_id") != pl.col("publisher"))
        .sort("account_id", "object_id", "age_s")
        .unique(["account_id", "object_id"], keep="first", maintain_order=True)
        .select(list(_AGED))
    )


def _groups(quick: pl.DataFrame, flagged: pl.Series, min_accounts: int) -> pl.DataFrame:
    """Return the ``finding_id`` of each flagged account that answers the same publishers as enough others."""
    answered = (
        quick.group_by("account_id", "publisher").agg(n=pl.len()).filter(pl.col("n") >= TOGETHER)
        .join(pl.DataFrame({"account_id": flagged}).with_row_index("node"), "account_id")
        .sort("publisher", "node")
        .with_columns(hub=pl.col("node").first().over("publisher"))
    )  # fmt: skip
    # Accounts that answer one publisher are joined through the first of them.
    group = components(len(flagged), answered.select("hub", "node").to_numpy().astype(np.int64))
    members = pl.DataFrame({"account_id": flagged, "group": group}, schema={"account_id": pl.String, "group": pl.Int64})
    sized = members.filter(pl.len().over("group") >= min_accounts).sort(
        pl.len().over("group"), "group", "account_id", descending=[True, False, False]
    )
    number = (pl.col("group").rle_id() + 1).cast(pl.String).str.zfill(3)
    return sized.select("account_id", finding_id=pl.format("rapid-{}", number))


def _finding(name: str, own: pl.DataFrame, limit: float) -> Finding:
    n_rapid, expected = float(own["n_rapid"].sum()), float(own["n_expected"].sum())
    p_value, q_value = (float(own[column].to_numpy().max()) for column in ("p_value", "q_value"))
    return Finding(
        id=name,
        question="how",
        subject=name,
        statement="rapid_group",
        scores=(
            Score("rapid_acts", n_rapid, "acts", n=int(own["n_acts"].sum()), null=NULL),
            Score("rapid_acts_expected", expected, "acts", null=NULL),
            Score("accounts", float(own.height), "accounts"),
            Score("rapid_s", limit, "s"),
            Score("largest_q", q_value, "1", p_value=p_value, q_value=q_value, null=NULL),
        ),
        # People who are notified at once look the same.
        strength="low",
        alternatives=ALTERNATIVES,
        excluded=("activity",),
        evidence=("rapid", "rapid_acts"),
    )


DETECTOR = Detector(
    name="rapid",
    title="Acts within moments of a publication",
    question="how",
    needs=("actions",),
    params=Params,
    run=rapid,
    vocabulary=RAPID,
    cites=("Luceri, Pantè, Burghardt & Ferrara 2024, doi:10.1145/3589334.3645529",),
    text=(
        "Takes the quickest acts of the data, and asks which accounts have far more of them than the others' rate "
        "explains, allowing for how much accounts ordinarily differ. Those quick on the same publishers' posts "
        "are reported as a group; an account that is quick by itself is listed and not reported."
    ),
)
