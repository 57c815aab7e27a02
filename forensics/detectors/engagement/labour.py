"""Labour: what made engagement would have taken, in hours, people and money: low, central and high.

An estimate, made of a number of acts, the seconds each takes and the prices of ``prices.toml``; every figure names what
it was made of, and the sensitivity table says which input it hangs on.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import GROUP_FINDERS, Answers, Detector, has_groups, of_groups
from forensics.detectors.engagement.engagement_vocabulary import GROUP_LABOUR, LABOUR
from forensics.detectors.rhythm.act_times import distinct_acts
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection, Failure, Finding, Score
from forensics.params import param
from forensics.progress import Progress

BOUNDS = ("low", "central", "high")


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set; the times and the accounts per worker are assumptions, to be argued with."""

    seconds_low: float = param(3.0, "s", "Least time one act takes by hand; an assumption.", 0.01, 86_400.0)
    seconds: float = param(10.0, "s", "Usual time one act takes by hand; an assumption.", 0.01, 86_400.0)
    seconds_high: float = param(30.0, "s", "Most time one act takes by hand; an assumption.", 0.01, 86_400.0)
    accounts_per_worker_low: float = param(10.0, "accounts", "Fewest accounts one worker serves.", 1.0, 1e6)
    accounts_per_worker: float = param(50.0, "accounts", "Accounts one worker usually serves.", 1.0, 1e6)
    accounts_per_worker_high: float = param(300.0, "accounts", "Most accounts one worker serves.", 1.0, 1e6)
    hours_per_day: float = param(8.0, "h", "Length of a worker's day.", 0.5, 24.0)
    price_low: str = param("panel_2019", "price", "Entry of the price table for the lowest price of 1,000 acts.")
    price: str = param("panel_2022", "price", "Entry of the price table for the usual price of 1,000 acts.")
    price_high: str = param("microworkers_2018", "price", "Entry of the price table for the highest price.")
    eur_per_usd: float = param(
        0.9497,
        "EUR",
        "Worth of a US dollar; the mean of the European Central Bank's 257 daily rates of 2022 is 1 / 1.0530.",
        0.01,
        100.0,
    )

    def __post_init__(self) -> None:
        """Refuse prices that the table does not have, before any data are read."""
        for name in (self.price_low, self.price, self.price_high):
            _price(name, self)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be priced.

    Attributes:
        n_acts: acts made.
        n_accounts: accounts that made them; 0 where they are not known.
        n_days: days over which they were made; 0 where not known.
    """

    n_acts: float
    n_accounts: int = 0
    n_days: float = 0.0


@cache
def prices() -> pl.DataFrame:
    """Return the price table: ``id, kind, unit, price, currency, year, source``, in the file's order."""
    text = resources.files("forensics.detectors.engagement").joinpath("prices.toml").read_text(encoding="utf-8")
    columns = ("id", "kind", "unit", "price", "currency", "year", "source")
    return pl.DataFrame([{name: entry[name] for name in columns} for entry in tomllib.loads(text)["price"]])


def _price(name: str, params: Params) -> float:
    """Return a price in euros.

    Raises:
        ParameterError: the price table has no such entry.
    """
    found = prices().filter(pl.col("id") == name)
    if not found.height:
        known = ", ".join(prices()["id"].to_list())
        raise ParameterError("The price table has no entry '{name}'. It has: {known}.", name=name, known=known)
    row = found.row(0, named=True)
    return float(row["price"]) * (params.eur_per_usd if row["currency"] == "USD" else 1.0)


def _hours(work: Work, seconds: float) -> float:
    return work.n_acts * seconds / 3600


def estimate(work: Work, params: Params) -> pl.DataFrame:
    """Return hours, workers and costs.

    Returns:
        ``quantity, unit, low, central, high, made_of``: ``made_of`` is the formula with its inputs' names. Quantities:
        ``hours``; ``workers_by_time`` where the days are known; ``workers_by_accounts`` and ``account_cost`` where the
        accounts are; ``act_cost``.
    """
    seconds = (params.seconds_low, params.seconds, params.seconds_high)
    acts = [work.n_acts / 1000 * _price(name, params) for name in (params.price_low, params.price, params.price_high)]
    rows: list[tuple[object, ...]] = [
        ("hours", "hours", *(_hours(work, each) for each in seconds), "acts × seconds / 3600"),
        ("act_cost", "EUR", *acts, f"acts / 1000 × {params.price_low}, {params.price}, {params.price_high}"),
    ]
    if work.n_days > 0:
        days = work.n_days * params.hours_per_day
        rows.append(
            (
                "workers_by_time",
                "people",
                *(_hours(work, each) / days for each in seconds),
                "hours / (days × hours_per_day)",
            )
        )
    if work.n_accounts:
        served = (params.accounts_per_worker_high, params.accounts_per_worker, params.accounts_per_worker_low)
        cheap, dear = _price("sms_russia", params), _price("sms_japan", params)
        middle = (cheap * dear) ** 0.5
        people = [work.n_accounts / each for each in served]
        rows += [
            ("workers_by_accounts", "people", *people, "accounts / accounts_per_worker"),
            ("account_cost", "EUR", *(work.n_accounts * each for each in (cheap, middle, dear)),
             "accounts × sms_russia, geometric_mean, sms_japan"),
        ]  # fmt: skip
    return pl.DataFrame(
        rows,
        schema={"quantity": pl.String, "unit": pl.String, **dict.fromkeys(BOUNDS, pl.Float64), "made_of": pl.String},
        orient="row",
    )


def sensitivity(work: Work, params: Params) -> pl.DataFrame:
    """Return how the central estimate moves when one input goes to its low or high value and the others stay.

    Returns:
        ``quantity, input, at_low, at_high, factor``; ``factor`` is the larger over the smaller.
    """
    moves: list[tuple[str, str, Any, Any]] = [
        ("hours", "seconds", params.seconds_low, params.seconds_high),
        ("act_cost", "price", params.price_low, params.price_high),
        ("act_cost", "eur_per_usd", params.eur_per_usd * 0.8, params.eur_per_usd * 1.25),
    ]
    if work.n_days > 0:
        moves += [
            ("workers_by_time", "seconds", params.seconds_low, params.seconds_high),
            ("workers_by_time", "hours_per_day", params.hours_per_day * 0.5, min(24.0, params.hours_per_day * 1.5)),
        ]
    if work.n_accounts:
        fewest, most = params.accounts_per_worker_low, params.accounts_per_worker_high
        moves += [
            ("workers_by_accounts", "accounts_per_worker", fewest, most),
            ("account_cost", "eur_per_usd", params.eur_per_usd * 0.8, params.eur_per_usd * 1.25),
        ]
    rows = []
    for quantity, name, at_low, at_high in moves:
        ends = [
            float(estimate(work, replace(params, **{name: value})).filter(pl.col("quantity") == quantity)["central"][0])
            for value in (at_low, at_high)
        ]
        rows.append((quantity, name, *ends, max(ends) / min(ends) if min(ends) > 0 else None))
    schema = {"quantity": pl.String, "input": pl.String, "at_low": pl.Float64, "at_high": pl.Float64}
    return pl.DataFrame(rows, schema=[*schema.items(), ("factor", pl.Float64)], orient="row")


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
