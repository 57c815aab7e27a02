"""What a number of acts would have taken in hours, people and money: low, central and high.

Made of the acts, the seconds each takes and the prices of ``prices.toml``; every figure names what it was made of, and
the sensitivity table says which input it hangs on.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from forensics.errors import ParameterError
from forensics.params import param

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
