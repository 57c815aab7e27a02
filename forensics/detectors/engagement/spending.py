"""Money: engagement for each declared unit of money, by camp, and where advertisements were shown.

Declared amounts are often ranges or ``≤100``; they stay ranges to the end. Sums are kept in whole hundredths of the
currency, so that they are right to the cent.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.engagement.engagement_vocabulary import MONEY
from forensics.detectors.engagement.post_counts import engagement
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress

SPENDING = {
    "camp": pl.String,
    "n_payments": pl.Int64,
    "amount_low": pl.Float64,
    "amount_high": pl.Float64,
    "currency": pl.String,
}


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    rates: tuple[str, ...] = param(
        ("EUR=1",),
        "report currency",
        "Worth of one unit of each currency, the report's own as 1; for mixed currencies.",
    )
    resamples: int = param(999, "draws", "Bootstrap draws behind the interval of a camp's engagement.", 99, 99_999)

    def __post_init__(self) -> None:
        """Refuse rates that cannot be read, before any data are."""
        _rates(self.rates)


def _rates(given: tuple[str, ...]) -> dict[str, float]:
    """Return the worth of each currency in the report's."""
    rates = {}
    for entry in given:
        code, _, worth = entry.partition("=")
        try:
            rates[code.strip().upper()] = float(worth)
        except ValueError as error:
            raise ParameterError("A rate is written as EUR=1 or USD=0.92; '{entry}' is not.", entry=entry) from error
        if not (math.isfinite(float(worth)) and float(worth) > 0):
            raise ParameterError("A rate is above 0; '{entry}' is not.", entry=entry)
    return rates


def _payments(payments: pl.DataFrame) -> pl.DataFrame:
    """Return one row per payment: its regions share one amount."""
    return (
        payments.with_columns(
            key=pl.coalesce(
                pl.concat_str(pl.lit("p"), "payment_id"),
                pl.concat_str(pl.lit("r"), "source_id", pl.lit(" "), pl.col("source_row").cast(pl.String)),
            )
        )
        .sort("key", "source_id", "source_row")
        .unique("key", keep="first", maintain_order=True)
    )


def _currency(payments: pl.DataFrame, rates: dict[str, float]) -> tuple[str, dict[str, float]]:
    """Return the currency of the report and the worth of each currency that occurs."""
    codes = payments["currency"].str.to_uppercase().unique().sort()
    if codes.null_count():
        raise TooLittleDataError(
            "Some payments have no currency, so amounts cannot be added. Name it in the case file."
        )
    if codes.len() == 1:
        return codes[0], {codes[0]: 1.0}
    missing = [code for code in codes if code not in rates]
    own = [code for code, worth in rates.items() if worth == 1.0]
    if missing or not own:
        raise ParameterError(
            "The payments are in {currencies} and there is no rate for {currency}. Give all of them under "
            '[detect.money], such as rates = ["EUR=1", "USD=0.92"].',
            currencies=", ".join(codes),
            currency=", ".join(missing) or "the report",
        )
    return own[0], rates


def spending(payments: pl.DataFrame, rates: tuple[str, ...]) -> pl.DataFrame:
    """Return the declared spending of each camp, least and most.

    A payment without a lower bound counts as 0 there; one without an upper bound leaves its camp without one.

    Args:
        payments: ``schema.MONEY``.

    Returns:
        ``camp, n_payments, amount_low, amount_high, currency``, ordered by camp; payments without a camp are left out.

    Raises:
        ParameterError: mixed currencies without a rate for each.
        TooLittleDataError: a payment without a currency.
    """
    known = _payments(payments).drop_nulls("camp")
    known = known.filter(pl.col("amount_low").is_not_null() | pl.col("amount_high").is_not_null())
    if not known.height:
        return pl.DataFrame(schema=SPENDING)
    currency, worth = _currency(known, _rates(rates))
    cents = [
        (pl.col(name) * pl.col("currency").str.to_uppercase().replace_strict(worth) * 100).round().cast(pl.Int64)
        for name in ("amount_low", "amount_high")
    ]
    return (
        known.with_columns(low=cents[0].fill_null(0), high=cents[1])
        .group_by("camp")
        .agg(
            n_payments=pl.len().cast(pl.Int64),
            amount_low=(pl.col("low").sum() / 100).round(2),
            amount_high=pl.when(pl.col("high").null_count() == 0).then((pl.col("high").sum() / 100).round(2)),
        )
        .with_columns(currency=pl.lit(currency))
        .sort("camp")
    )


def with_camps(payments: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """Return payments that name no camp under that of their page, where all posts of the page are of one camp.

    A library of advertisements knows pages, not camps; the posts' files say whose page is whose.

    Args:
        payments: ``schema.MONEY``.
        posts: ``schema.POSTS``.
    """
    of_page = (
        posts.drop_nulls(["account_id", "camp"])
        .group_by("account_id")
        .agg(page_camp=pl.col("camp").unique())
        .filter(pl.col("page_camp").list.len() == 1)
        .with_columns(pl.col("page_camp").list.first())
    )
    joined = payments.join(of_page, "account_id", "left", maintain_order="left")
    return joined.with_columns(camp=pl.coalesce("camp", "page_camp")).drop("page_camp")


def delivery(payments: pl.DataFrame) -> pl.DataFrame:
    """Return where each camp's advertisements were shown: the share of its impressions, least and most, by region.

    Each payment's impressions are spread over its regions by ``share``; a payment without impressions is left out.

    Returns:
        ``camp, region, impressions_low, impressions_high, share_low, share_high``, ordered by camp and region. The
        share is lowest where the region has its least and all others their most.
    """
    known = payments.drop_nulls(["camp", "region", "share", "impressions_low"]).with_columns(
        high=pl.coalesce("impressions_high", "impressions_low")
    )
    by_region = (
        known.group_by("camp", "region")
        .agg(
            impressions_low=(pl.col("impressions_low") * pl.col("share")).sort().sum(),  # in one order, so to the bit
            impressions_high=(pl.col("high") * pl.col("share")).sort().sum(),
        )
        .sort("camp", "region")
    )
    low, high = pl.col("impressions_low"), pl.col("impressions_high")
    others_low, others_high = low.sum().over("camp") - low, high.sum().over("camp") - high
    return by_region.with_columns(
        share_low=pl.when(low + others_high > 0).then(low / (low + others_high)),
        share_high=pl.when(high + others_low > 0).then(high / (high + others_low)),
    )


def _bootstrap(interactions: np.ndarray, draws: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the 95 % interval of the sum of a camp's interactions had it made such posts again."""
    n = interactions.size
    sums = [float(interactions[rng.integers(0, n, n)].sum()) for _ in range(draws)]
    low, high = np.quantile(sums, [0.025, 0.975])
    return float(low), float(high)


def money(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Set each camp's engagement against its declared spending; a payment without a camp takes that of its page.

    Returns:
        Tables ``spending`` (by camp: amounts, interactions and their bootstrap interval, engagement for a unit of
        money, least and most) and ``delivery`` (impressions by camp and region). A finding for each camp with both; the
        interval of its carrying score holds the ranges of the amounts and the bootstrap interval together.

    Raises:
        ParameterError: mixed currencies without a rate for each.
        TooLittleDataError: no camp has both posts and a declared amount above 0.
    """
    payments = with_camps(dataset.money, dataset.posts)
    spent = spending(payments, params.rates)
    posts = engagement(dataset.posts).drop_nulls("camp")
    rows: list[dict[str, object]] = []
    for camp, own in ((row["camp"], row) for row in spent.iter_rows(named=True)):
        # Sorted, so that the draws do not depend on the order of the rows.
        interactions = posts.filter(pl.col("camp") == camp)["interactions"].sort().to_numpy()
        if not interactions.size or not (own["amount_high"] is None or own["amount_high"] > 0):
            continue
        progress("weighing money", len(rows), spent.height)
        total = float(interactions.sum())
        low, high = _bootstrap(interactions, params.resamples, np.random.default_rng([seed, interactions.size]))
        most, least = own["amount_high"], own["amount_low"]
        middle = None if most is None else (least + most) / 2
        rows.append(
            {**own, "n_posts": interactions.size, "interactions": total, "interactions_low": low,
             "interactions_high": high, "per_unit": total / middle if middle else None,
             "per_unit_low": low / most if most else 0.0, "per_unit_high": high / least if least else None},
        )  # fmt: skip
    if not rows:
        raise TooLittleDataError(
            "No camp has both posts and declared spending, so engagement cannot be set against money."
        )
    table = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col("amount_high", "per_unit", "per_unit_high").cast(pl.Float64),
        finding_id=pl.concat_str(pl.lit("money-"), pl.col("camp")),
    )
    found = tuple(_finding(row, table) for row in table.sort("per_unit", "camp", descending=[True, False],
                                                            nulls_last=True).iter_rows(named=True))  # fmt: skip
    return Detection(
        detector="money",
        params=asdict(params),
        findings=found,
        scores=(Score("camps", float(table.height), "camps"),),
        tables={"spending": table, "delivery": delivery(payments)},
        notes=("declared_money_only",),
    )


def _finding(row: dict[str, object], table: pl.DataFrame) -> Finding:
    """Return a camp's finding; it stands apart where its least exceeds every other camp's most."""
    number = {key: float(value) for key, value in row.items() if isinstance(value, (int, float))}
    others = table.filter(pl.col("camp") != row["camp"])["per_unit_high"].to_list()
    apart = bool(others) and all(most is not None and number["per_unit_low"] > most for most in others)
    low, high, unit = number["per_unit_low"], number.get("per_unit_high"), f"interactions per {row['currency']}"
    # Without a lower bound of the spending there is no upper bound here, and so no interval with two ends.
    interval = None if high is None else (low, high)
    return Finding(
        id=str(row["finding_id"]),
        question="what",
        subject=str(row["camp"]),
        statement="money_apart" if apart else "money_camp",
        scores=(
            Score("per_unit", number.get("per_unit"), unit, int(number["n_posts"]), interval),
            Score("per_unit_low", low, unit),
            Score("interactions", number["interactions"], "interactions", int(number["n_posts"]),
                  (number["interactions_low"], number["interactions_high"])),
            Score("amount_low", number["amount_low"], str(row["currency"]), int(number["n_payments"])),
            Score("amount_high", number.get("amount_high"), str(row["currency"]), int(number["n_payments"])),
        ),
        strength="low",
        alternatives=("undeclared_money", "popularity", "older_audience"),
        evidence=("spending",),
    )  # fmt: skip


DETECTOR = Detector(
    name="money",
    title="Engagement for money",
    question="what",
    needs=("posts", "money"),
    params=Params,
    run=money,
    vocabulary=MONEY,
    cites=("Efron 1979, doi:10.1214/aos/1176344552",),
    text=(
        "Adds up what each camp declared to have spent, keeping ranges as ranges, and how much engagement its posts "
        "had, and gives the engagement for one unit of money with an interval. It also shows where each camp's "
        "advertisements were shown."
    ),
)
