"""Columns of times: one format for each, its precision, and what is left to the case file."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest
from loaders.column_times import Times, parse_times

from forensics.errors import InputFileError
from forensics.loaders.times.single_times import iso_us, snowflake_us, twitter_us
from forensics.loaders.times.time_formats import WORDED
from forensics.loaders.times.written_times import _normal, apply_format

MOMENT = datetime(2024, 7, 7, 18, 0, 5, tzinfo=UTC)


def parsed(values: list[object], **settings: str) -> Times:
    return parse_times(pl.Series("t", values), settings)


@pytest.mark.parametrize(
    "value",
    [
        "1720375205",
        "1720375205000",
        "1720375205000000",
        "1720375205000000000",
        "1720375205.0",
        "2024-07-07T18:00:05Z",
        "2024-07-07 18:00:05 UTC",
        "2024-07-07T20:00:05+02:00",
        "2024-07-07 20:00:05 +0200",
        "2024-07-07 18:00:05",
        "2024/07/07 18:00:05",
        "Sun Jul 07 18:00:05 +0000 2024",
        "Sun, 07 Jul 2024 18:00:05 +0000",
        "20240707180005",
        datetime(2024, 7, 7, 18, 0, 5),  # noqa: DTZ001  Parquet has times without a zone
    ],
)
def test_one_moment_is_read_from_each_way_of_writing_it(value: object) -> None:
    times = parsed([value])
    assert times.times.to_list() == [MOMENT]
    assert times.precision.to_list() == ["s"]


@pytest.mark.parametrize(
    ("values", "precision"),
    [
        (["2024-07-07 18:00:05.250"], ["ms"]),
        (["2024-07-07 18:00"], ["min"]),
        (["2024-07-07"], ["day"]),
        ([date(2024, 7, 7)], ["day"]),
        (["2024-07-07 18:00:05", "2024-07-07 18:00", "2024-07-07"], ["s", "min", "day"]),
        (["2024-07-07 18:00:00"] * 20, ["min"] * 20),
        (["2024-07-07 18:00:00"] * 19, ["s"] * 19),
        (["2024-07-07 00:00:00"] * 20, ["day"] * 20),
        (["1720375205.5", "1720375206"], ["ms", "ms"]),
    ],
)
def test_precision_is_what_the_source_kept(values: list[object], precision: list[str]) -> None:
    assert parsed(values).precision.to_list() == precision


def test_a_day_above_twelve_settles_the_order() -> None:
    assert parsed(["7/7/2024 18:00", "7/13/2024 9:05"]).times.to_list()[1] == datetime(2024, 7, 13, 9, 5, tzinfo=UTC)
    assert parsed(["7/7/2024 18:00", "13/7/2024 9:05"]).times.to_list()[1] == datetime(2024, 7, 13, 9, 5, tzinfo=UTC)


def test_an_open_order_of_day_and_month_must_be_settled() -> None:
    with pytest.raises(InputFileError, match=r"month/day/year and as day/month/year.*time_format"):
        parsed(["7/8/2024 18:00"])
    settled = parsed(["7/8/2024 18:00"], time_format="%d/%m/%Y %H:%M")
    assert settled.times.to_list() == [datetime(2024, 8, 7, 18, 0, tzinfo=UTC)]


def test_a_zone_is_applied_and_an_unknown_one_refused() -> None:
    assert parsed(["2024-07-07 20:00:05"], time_zone="Europe/Paris").times.to_list() == [MOMENT]
    with pytest.raises(InputFileError, match="no time zone 'Mars'"):
        parsed(["2024-07-07 20:00:05"], time_zone="Mars")


@pytest.mark.parametrize("value", ["soon", "2024-13-07", "0001-01-01", "1.72E+09", "-5", "99999999999999999999999"])
def test_what_is_no_time_is_null_beside_times_that_are(value: str) -> None:
    assert parsed(["2024-07-07 18:00:05", value]).times.to_list() == [MOMENT, None]


def test_single_times_of_json_formats_are_read_exactly() -> None:
    assert iso_us("2024-07-07T18:00:05.123456Z") == 1_720_375_205_123_456
    assert twitter_us("Sun Jul 07 20:00:05 +0200 2024") == 1_720_375_205_000_000
    assert twitter_us("Sun Jul 07 13:30:05 -0430 2024") == 1_720_375_205_000_000
    assert twitter_us("yesterday") is None
    assert twitter_us("Sun Jul 07 18:00:05 +0000 " + "9" * 30) is None
    # A tweet whose stated minute is published beside its id: 1 October 2017, 19:58.
    assert snowflake_us("914580356430536707") == 1_506_887_923_711_000
    assert snowflake_us("20") is None


def test_what_a_format_can_read_has_its_marks() -> None:
    """The marks only spare formats the trial on a column of which they could read nothing."""
    directives = {"%.f": ".250", "%#z": "+02:00", "%Y": "2024", "%y": "24", "%m": "5", "%d": "06", "%b": "May"}
    directives |= {"%a": "Mon", "%H": "7", "%I": "07", "%M": "8", "%S": "09", "%p": "PM", "%z": "+0000"}
    written = []
    for text in {pattern.text for known in WORDED for pattern in known.patterns}:
        value = text
        for directive, stands in directives.items():
            value = value.replace(directive, stands)
        written += [value, value.replace(" ", ""), value.replace(" ", "  "), value.replace("May", "MAY")]
        written += [value.replace("-", " - "), value.replace("/", "/ "), value.replace("May", "December")]
    column = pl.Series("t", sorted({*written, "2024-05-06T07:08:09Z", "yesterday"})).str.strip_chars()
    n_read = 0
    for known in WORDED:
        is_read = apply_format(column, known, "UTC")[0].is_not_null()
        has_marks = _normal(column).str.contains(known.marks)
        n_read += is_read.sum()
        assert not column.filter(is_read & ~has_marks).to_list(), known.name
        assert not has_marks.all(), known.name
    assert n_read > 100
