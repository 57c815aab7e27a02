"""Money: a hand-checked example to the cent, ranges kept to the end, currencies never mixed in silence."""

from __future__ import annotations

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.engagement.spending import DETECTOR, Params, delivery, spending, with_camps
from forensics.errors import ParameterError, TooLittleDataError
from forensics.progress import quiet


def payments(rows: list[dict[str, object]]) -> pl.DataFrame:
    full = [{"source_id": "s1", "source_row": i + 1, "currency": "EUR", **row} for i, row in enumerate(rows)]
    return schema.conform(pl.DataFrame(full, infer_schema_length=None), schema.MONEY)


def posts(by_camp: dict[str, list[int]]) -> pl.DataFrame:
    rows = [
        {
            "post_id": f"{camp}{i}",
            "account_id": camp,
            "camp": camp,
            "likes": likes,
            "source_id": "s1",
            "source_row": i + 1,
        }
        for camp, counts in by_camp.items()
        for i, likes in enumerate(counts)
    ]
    return schema.conform(pl.DataFrame(rows), schema.POSTS)


HAND = payments(
    [
        {"camp": "a", "payment_id": "1", "amount_low": 0.10, "amount_high": 0.10},
        {"camp": "a", "payment_id": "2", "amount_low": 0.20, "amount_high": 0.20},
        {"camp": "a", "payment_id": "3", "amount_high": 100.0},
        {"camp": "a", "payment_id": "4", "amount_low": 100.0, "amount_high": 499.0, "region": "x", "share": 0.5},
        {"camp": "a", "payment_id": "4", "amount_low": 100.0, "amount_high": 499.0, "region": "y", "share": 0.5},
        {"camp": "b", "payment_id": "5", "amount_low": 1234.56, "amount_high": 1234.56},
    ]
)


def test_sums_are_right_to_the_cent_and_a_payment_in_two_regions_counts_once() -> None:
    table = spending(HAND, ("EUR=1",))
    assert table.rows() == [("a", 4, 100.30, 599.30, "EUR"), ("b", 1, 1234.56, 1234.56, "EUR")]


def test_an_open_upper_bound_stays_open() -> None:
    table = spending(payments([{"camp": "a", "amount_low": 5000.0}]), ("EUR=1",))
    assert table["amount_high"].to_list() == [None]
    data = Dataset(posts=posts({"a": [10, 20]}), money=payments([{"camp": "a", "amount_low": 5000.0}]))
    (finding,) = DETECTOR.run(data, Params(resamples=99), 0, quiet).findings
    assert finding.scores[0].value is None
    assert finding.scores[0].interval == pytest.approx((0.0, 40 / 5000))
    assert {score.name: score.value for score in finding.scores}["per_unit_low"] == 0.0


def test_engagement_per_unit_by_hand() -> None:
    data = Dataset(posts=posts({"a": [100] * 10, "b": [100] * 10}), money=HAND)
    result = DETECTOR.run(data, Params(resamples=99), 0, quiet)
    camps = {row["camp"]: row for row in result.tables["spending"].iter_rows(named=True)}
    # All posts alike: the bootstrap has no spread, so that only the declared ranges are left.
    assert camps["a"]["per_unit_low"] == pytest.approx(1000 / 599.30)
    assert camps["a"]["per_unit_high"] == pytest.approx(1000 / 100.30)
    assert camps["b"]["per_unit"] == pytest.approx(1000 / 1234.56)
    assert [finding.statement for finding in result.findings] == ["money_apart", "money_camp"]


def test_mixed_currencies_are_refused_without_a_rate_and_added_with_one() -> None:
    mixed = payments(
        [{"camp": "a", "amount_low": 10.0, "amount_high": 10.0, "currency": code} for code in ("EUR", "USD")]
    )
    with pytest.raises(ParameterError, match="no rate for USD"):
        spending(mixed, ("EUR=1",))
    assert spending(mixed, ("EUR=1", "USD=0.92")).row(0)[2:] == (19.2, 19.2, "EUR")
    with pytest.raises(ParameterError, match="written as"):
        spending(mixed, ("EUR:1",))


def test_a_payment_without_a_currency_is_refused() -> None:
    with pytest.raises(TooLittleDataError, match="currency"):
        spending(payments([{"camp": "a", "amount_low": 1.0, "currency": None}]), ("EUR=1",))


def test_delivery_by_region_keeps_its_ranges() -> None:
    table = delivery(
        payments(
            [
                {
                    "camp": "a",
                    "payment_id": "1",
                    "region": r,
                    "share": s,
                    "impressions_low": 1000,
                    "impressions_high": 2000,
                }
                for r, s in (("x", 0.75), ("y", 0.25))
            ]
        )
    )
    assert table.row(0) == ("a", "x", 750.0, 1500.0, 0.6, pytest.approx(1500 / 1750))


def test_a_payment_takes_the_camp_of_its_page_and_only_where_the_page_has_one() -> None:
    known = posts({"p": [1], "q": [2]}).with_columns(account_id=pl.lit("page"), camp=pl.Series(["a", "b"]))
    one = posts({"a": [5]}).with_columns(account_id=pl.lit("other"))
    paid = payments(
        [
            {"payment_id": "1", "account_id": "other", "amount_low": 0.0, "amount_high": 100.0},
            {"payment_id": "2", "account_id": "page", "amount_low": 1.0, "amount_high": 1.0},
            {"payment_id": "3", "account_id": "other", "amount_low": 2.0, "amount_high": 2.0, "camp": "b"},
        ]
    )
    assert with_camps(paid, pl.concat([known, one]))["camp"].to_list() == ["a", None, "b"]
    found = DETECTOR.run(Dataset(posts=pl.concat([known, one]), money=paid), Params(), 0, quiet).tables["spending"]
    assert found.filter(camp="a").select("n_payments", "amount_low", "amount_high").rows() == [(1, 0.0, 100.0)]


def test_no_posts_or_no_money_is_refused() -> None:
    with pytest.raises(TooLittleDataError, match="declared spending"):
        DETECTOR.run(Dataset(posts=posts({"c": [1]}), money=HAND), Params(), 0, quiet)
