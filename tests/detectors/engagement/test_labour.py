"""Labour: by hand to the cent, every price with its source, the sensitivity in the right place."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.detector import Answer
from forensics.detectors.engagement import reach_ceiling
from forensics.detectors.engagement.labour import labour, labour_of_groups
from forensics.detectors.engagement.labour_estimate import Params, Work, estimate, prices, sensitivity
from forensics.errors import ParameterError, TooLittleDataError
from forensics.progress import quiet


def ranges(table: pl.DataFrame) -> dict[str, tuple[float, float, float]]:
    return {row["quantity"]: (row["low"], row["central"], row["high"]) for row in table.iter_rows(named=True)}


def test_the_published_purchases_come_out_at_what_was_paid() -> None:
    """54,380 acts at the price of 2019 are 300 euros, 27,309 at that of 2022 are 168, the tasks are 208,466 dollars."""
    first = ranges(estimate(Work(54_380), Params()))["act_cost"]
    assert first[0] == pytest.approx(300, abs=0.02)
    assert ranges(estimate(Work(27_309), Params()))["act_cost"][1] == pytest.approx(168, abs=0.01)
    dollars = ranges(estimate(Work(1_856_316), Params(eur_per_usd=1.0)))["act_cost"][2]
    assert dollars == pytest.approx(208_466, abs=2)


def test_hours_workers_and_accounts_by_hand() -> None:
    found = ranges(estimate(Work(36_000, n_accounts=300, n_days=10), Params()))
    assert found["hours"] == pytest.approx((30, 100, 300))
    assert found["workers_by_time"] == pytest.approx((30 / 80, 100 / 80, 300 / 80))
    assert found["workers_by_accounts"] == pytest.approx((1, 6, 30))
    assert found["account_cost"][0] == pytest.approx(300 * 0.08 * 0.9497)
    assert found["account_cost"][2] == pytest.approx(300 * 4.93 * 0.9497)
    assert all(low <= central <= high for low, central, high in found.values())


def test_each_price_has_a_source_and_a_year() -> None:
    table = prices()
    assert table["source"].str.len_chars().min() > 20
    assert table["year"].min() >= 2015
    assert set(table["currency"]) == {"EUR", "USD"}


def test_the_sensitivity_names_the_input_that_moves_the_estimate() -> None:
    table = sensitivity(Work(1_000, n_accounts=10, n_days=2), Params())
    factors = {row["input"]: row["factor"] for row in table.iter_rows(named=True)}
    moved = estimate(Work(1_000, n_accounts=10, n_days=2), Params())
    assert set(table["quantity"]) == set(moved["quantity"]), "each quantity says what it hangs on"
    assert factors["seconds"] == pytest.approx(10)
    assert factors["accounts_per_worker"] == pytest.approx(30)
    assert factors["eur_per_usd"] == pytest.approx(1.5625)


def test_an_unknown_price_names_those_there_are() -> None:
    with pytest.raises(ParameterError, match="panel_2019"):
        Params(price="gold")


def test_a_groups_acts_accounts_and_days_are_counted() -> None:
    rows = [
        {
            "account_id": f"a{i % 4}",
            "acted_at": dt.datetime(2022, 1, 1 + i % 3, i % 24, tzinfo=dt.UTC),
            "object_id": str(i),
        }
        for i in range(24)
    ]
    frame = pl.DataFrame(rows).with_columns(
        pl.col("acted_at").cast(schema.TIME),
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, 25),
    )
    data = Dataset(actions=schema.conform(frame, schema.ACTIONS))
    members = pl.DataFrame({"finding_id": ["c1"] * 2, "account_id": ["a0", "a1"]})
    (finding,) = labour_of_groups(data, members, Params(), 0, quiet).findings
    scores = {score.name: score.value for score in finding.scores}
    assert (scores["acts"], scores["accounts"]) == (12, 2)
    assert finding.scores[0].name == "act_cost"
    with pytest.raises(TooLittleDataError, match="no acts"):
        labour_of_groups(Dataset(), members, Params(), 0, quiet)


def test_nothing_beyond_a_ceiling_costs_nothing() -> None:
    n = 60
    frame = pl.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "account_id": ["p"] * n,
            "followers": [50_000] * n,
            "likes": [200 + 7 * (i % 11) for i in range(n)],
            "comments": [20 + i % 7 for i in range(n)],
            "shares": [30 + i % 5 for i in range(n)],
            "source_id": ["s1"] * n,
            "source_row": range(1, n + 1),
        }
    )
    data = Dataset(posts=schema.conform(frame, schema.POSTS))
    beyond = reach_ceiling.reach(data, reach_ceiling.Params(), 0, quiet)
    result = labour(data, Params(), 0, quiet, {"reach": Answer(reach_ceiling.Params(), beyond)})
    assert not result.findings
    assert result.scores[0].value == 0
