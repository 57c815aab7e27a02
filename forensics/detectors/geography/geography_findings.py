"""What the tests of geography amount to: findings, their strength and what else could explain them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import polars as pl

from forensics.findings import Finding, Score, Strength, numbered

ALTERNATIVES = ("diaspora", "international_topic", "shared_language", "false_statement_of_place", "travel")
EXCLUDED = ("few_accounts", "ordinary_difference_of_audiences")
STRENGTHS: dict[str, Strength] = {
    **dict.fromkeys(("stated", "language", "collector"), "low"),
    **dict.fromkeys(("platform", "geotag"), "moderate"),
}
"""How far each source of places carries alone."""

Row = dict[str, Any]


def findings(
    tables: dict[str, pl.DataFrame], alpha: float, diaspora: float, ads_share: float, *, is_electorate_stated: bool
) -> tuple[tuple[Finding, ...], dict[str, pl.DataFrame]]:
    """Return the findings, strongest first, and the tables with their ``finding_id``.

    Args:
        tables: those of ``geography``.
        alpha: largest q-value of a finding.
        diaspora: the stated share abroad; below 0 for none.
        ads_share: least share of advertising outside.
        is_electorate_stated: whether the case states one; without it, regions are described and not named.
    """
    # Two families of tests would double the chance that an ordinary audience is named.
    alpha = alpha / 2 if is_electorate_stated else alpha
    is_stated = pl.lit(is_electorate_stated)
    named = {
        "audiences": pl.col("q_diaspora" if diaspora >= 0 else "q_references") <= alpha,
        "distance": (pl.col("q_electorate") <= alpha) & is_stated,
        "regions": (pl.col("q_region") <= alpha) & (pl.col("low") > 1) & is_stated,
        "ads_outside": pl.col("share_low") >= max(ads_share, diaspora),
    }
    found: list[Finding] = []
    marked = dict(tables)
    for name, condition in named.items():
        if name in tables:
            is_named = condition.fill_null(value=False)
            marked[name] = tables[name].with_columns(finding_id=numbered(f"geography-{name}", is_named))
            found += [_finding(name, row) for row in marked[name].drop_nulls("finding_id").iter_rows(named=True)]
    return tuple(sorted(_raised(found), key=_order)), marked


def _order(finding: Finding) -> tuple[int, float, str]:
    q_values = [score.q_value for score in finding.scores if score.q_value is not None]
    return ("high", "moderate", "low").index(finding.strength), min(q_values, default=0.0), finding.id


def _finding(name: str, row: Row) -> Finding:
    makers = {"audiences": _foreign, "distance": _distance, "regions": _region, "ads_outside": _ads}
    statement, subject, scores = makers[name](row)
    return Finding(
        id=row["finding_id"],
        question="where",
        subject=subject,
        statement=statement,
        scores=scores,
        strength=STRENGTHS.get(row.get("source", ""), "moderate"),
        alternatives=ALTERNATIVES,
        excluded=EXCLUDED if name != "ads_outside" else (),
        evidence=(name,),
    )


def _foreign(row: Row) -> tuple[str, str, tuple[Score, ...]]:
    against = [key for key in ("diaspora", "references") if row[f"q_{key}"] is not None]
    best = min(against, key=lambda key: (row[f"q_{key}"], key))
    share = Score(
        "foreign_share",
        row["share"],
        "1",
        row["n_known"],
        (row["low"], row["high"]),
        row[f"p_{best}"],
        row[f"q_{best}"],
        f"{best}_share",
    )
    beside = Score("reference_share", row["reference_share"], "1", row["n_references"])
    return f"foreign_share_{row['source']}", row["audience"], (share, beside)


def _distance(row: Row) -> tuple[str, str, tuple[Score, ...]]:
    main = Score(
        "distance", row["g"] / row["phi"], "1", row["n"], None, row["p_electorate"], row["q_electorate"], row["method"]
    )
    return (
        f"regions_unlike_electorate_{row['source']}",
        row["audience"],
        (main, Score("dispersion", row["phi"], "1", row["n_references"])),
    )


def _region(row: Row) -> tuple[str, str, tuple[Score, ...]]:
    interval = (row["low"], row["high"])
    main = Score(
        "location_quotient",
        row["quotient"],
        "1",
        row["n_people"],
        interval,
        row["p_region"],
        row["q_region"],
        "electorate",
    )
    return f"region_excess_{row['source']}", f"{row['audience']}/{row['place']}", (main,)


def _ads(row: Row) -> tuple[str, str, tuple[Score, ...]]:
    main = Score("ads_outside_share", row["share_low"], "1", row["n_ads"])
    return "ads_outside", row["camp"], (main, Score("ads_unplaced_share", row["share_unplaced"], "1"))


def _raised(found: list[Finding]) -> list[Finding]:
    """Raise the strength of findings on which two sources agree."""
    seen = Counter(map(_claim, found))
    higher: dict[Strength, Strength] = {"low": "moderate", "moderate": "high", "high": "high"}
    return [
        finding if seen[_claim(finding)] < 2 else replace(finding, strength=higher[finding.strength])
        for finding in found
    ]


def _claim(finding: Finding) -> tuple[str, str]:
    return finding.statement.rsplit("_", 1)[0], finding.subject
