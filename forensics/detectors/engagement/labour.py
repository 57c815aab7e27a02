"""Labour: the acts that groups made and the reactions beyond the ceilings, priced by ``labour_estimate``."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import GROUP_FINDERS, Answers, Detector, has_groups, of_groups
from forensics.detectors.engagement.engagement_vocabulary import GROUP_LABOUR, LABOUR
from forensics.detectors.engagement.labour_estimate import Params, Work, estimate, prices, sensitivity
from forensics.detectors.rhythm.act_times import distinct_acts
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Failure, Finding, Score
from forensics.progress import Progress


def _detection(detector: str, works: dict[str, Work], statement: str, params: Params) -> Detection:
    """Return the estimates of some named works, one finding for each."""
    named = {f"labour-{name}": work for name, work in works.items()}
    tables = [estimate(work, params).select(pl.lit(name).alias("finding_id"), pl.all()) for name, work in named.items()]
    moved = [
        sensitivity(work, params).select(pl.lit(name).alias("finding_id"), pl.all()) for name, work in named.items()
    ]
    paid = [prices().select(pl.lit(name).alias("finding_id"), pl.all()) for name in named]
    found = [
        _finding(name, subject, statement, work, table)
        for (name, work), subject, table in zip(named.items(), works, tables, strict=True)
    ]
    return Detection(
        detector=detector,
        params=asdict(params),
        findings=tuple(found),
        scores=(Score("acts_priced", float(sum(work.n_acts for work in works.values())), "acts"),),
        tables={"labour": pl.concat(tables), "sensitivity": pl.concat(moved), "prices": pl.concat(paid)},
        notes=("labour_is_an_estimate",),
    )


def _finding(name: str, subject: str, statement: str, work: Work, table: pl.DataFrame) -> Finding:
    scores = [
        Score(row["quantity"], row["central"], row["unit"])  # low and high are assumptions, no 95 % interval
        for row in table.iter_rows(named=True)
    ]
    scores.sort(key=lambda score: score.name != "act_cost")
    return Finding(
        id=name,
        question="what",
        subject=subject,
        statement=statement,
        scores=(*scores, Score("acts", work.n_acts, "acts"), Score("accounts", float(work.n_accounts), "accounts")),
        strength="low",
        alternatives=("unpaid_volunteers", "automation_is_cheaper"),
        evidence=("labour", "sensitivity", "prices"),
    )


def labour_of_groups(
    dataset: Dataset,
    members: pl.DataFrame,
    params: Params,
    seed: int,  # noqa: ARG001  nothing is drawn; as any detector
    progress: Progress,
) -> Detection:
    """Estimate what the acts of groups of accounts would have taken, all of them as if made for pay.

    Args:
        dataset: its actions.
        members: ``finding_id, account_id``; one row per account of a group.

    Returns:
        Tables ``labour``, ``sensitivity`` and ``prices``; a finding per group, the most acts first.

    Raises:
        TooLittleDataError: the groups have no acts.
    """
    counted = (
        members.select("finding_id", "account_id")
        .unique()
        .join(distinct_acts(dataset).select("account_id", "acted_at"), "account_id")
        .group_by("finding_id")
        .agg(
            n_acts=pl.len(), n_accounts=pl.col("account_id").n_unique(), n_days=pl.col("acted_at").dt.date().n_unique()
        )
        .sort(["n_acts", "finding_id"], descending=[True, False])
    )
    if not counted.height:
        raise TooLittleDataError("The groups have no acts, so there is no work to price.")
    progress("pricing the work of groups", counted.height, counted.height)
    works = {row[0]: Work(float(row[1]), int(row[2]), float(row[3])) for row in counted.iter_rows()}
    return _detection(OF_GROUPS.name, works, "labour_group", params)


def labour(
    dataset: Dataset,  # noqa: ARG001  the answer of reach has all there is to price; as any detector
    params: Params,
    seed: int,  # noqa: ARG001  nothing is drawn
    progress: Progress,  # noqa: ARG001  it takes no time
    answers: Answers,
) -> Detection:
    """Estimate what the reactions beyond the pages' ceilings would have taken; groups: ``labour_of_groups``.

    Args:
        params: what an act takes and costs.
        answers: the answer of ``reach``, whose pages are priced and no others.

    Returns:
        Tables ``labour``, ``sensitivity`` and ``prices``; a finding for each page found by the reach ceiling.

    Raises:
        TooLittleDataError: ``reach`` has no answer, such as where no page has enough posts for a ceiling.
    """
    found = answers["reach"].outcome
    if isinstance(found, Failure):
        if found.is_refusal:
            raise TooLittleDataError(found.message)
        raise TooLittleDataError("The search for engagement beyond reach broke, so there is nothing to price.")
    pages = found.tables["reach_pages"].drop_nulls("finding_id").filter(pl.col("excess") > 0)
    if not pages.height:
        nothing = Score("acts_priced", 0.0, "acts")
        return Detection(DETECTOR.name, asdict(params), (), (nothing,), {"prices": prices()}, ("quiet_result",))
    works = {str(row["account_id"]): Work(round(float(row["excess"]))) for row in pages.iter_rows(named=True)}
    return _detection(DETECTOR.name, works, "labour_page", params)


DETECTOR = Detector(
    name="labour",
    title="Work and price",
    question="what",
    needs=("posts",),
    params=Params,
    run=labour,
    vocabulary=LABOUR,
    cites=(
        "Bay & Fredheim 2019, How Social Media Companies are Failing to Combat Inauthentic Behaviour Online",
        "NATO StratCom COE 2023, Social Media Manipulation 2022/2023",
        "Héder 2019, doi:10.22503/inftars.XIX.2019.4.2",
        "Dek et al. 2025, Cambridge Online Trust and Safety Index, cotsi.org",
    ),
    after=("reach",),
    text=(
        "Estimates what engagement beyond the ceiling would have taken: hours of work, people and money, each low, "
        "central and high, from measured prices with their sources. An estimate, not a bill."
    ),
)

OF_GROUPS = Detector(
    name="labour_of_groups",
    title="Work and price of the groups",
    question="what",
    needs=("actions",),
    params=Params,
    run=of_groups(labour_of_groups),
    vocabulary=GROUP_LABOUR,
    cites=DETECTOR.cites,
    text=(
        "Estimates what all acts of each group would have taken if every one had been made for pay: hours of work, "
        "people and money, each low, central and high. An estimate, not a bill."
    ),
    after=GROUP_FINDERS,
    applies=has_groups,
)
