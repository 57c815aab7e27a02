"""The columns of a table share a page's width: numbers and times stay whole, texts wrap."""

from __future__ import annotations

import datetime as dt

import polars as pl

from forensics.vocabulary import TableSpec
from reports.sections.findings.detection_tables import frame_table
from reports.wording import words

AT = dt.datetime(2024, 9, 2, 9, 5, 14, tzinfo=dt.UTC)


def widths(**columns: object) -> dict[str, float]:
    frame = pl.DataFrame({name: [value] for name, value in columns.items()})
    (table,) = frame_table(TableSpec("any", tuple(columns)), frame, ("any", "Any."), words("en"))
    return dict(zip(columns, (column.width for column in table.columns), strict=True))


def test_times_stay_whole_where_a_long_text_has_to_wrap() -> None:
    shared = widths(text="les urgences ferment " * 7, first_act=AT, last_act=AT, from_day="2024-09-04", n_accounts=34)
    assert shared["first_act"] == shared["last_act"] >= len("2024-09-02 09:05:14")
    assert shared["from_day"] >= len("2024-09-04")
    assert 24 <= shared["text"] < 60


def test_a_long_text_gets_the_room_that_there_is() -> None:
    assert widths(text="les urgences ferment " * 7, n_accounts=34)["text"] > 60


def test_days_stay_whole_where_short_texts_have_no_room_either() -> None:
    shared = widths(
        audience="teal",
        source="le lieu que les comptes déclarent",
        kind="sur la carte et dans le temps",
        centre="Provence-Alpes-Côte d’Azur, France",
        n_areas=123,
        from_day="2024-09-04",
        to_day="2024-09-04",
        observed=1234,
        expected=0.0597,
    )
    assert sum(shared.values()) <= 110  # the characters of a page's width, so that none is set narrower
    assert shared["from_day"] == shared["to_day"] >= len("2024-09-04") + 2


def test_a_text_stands_in_place_of_its_fingerprint() -> None:
    columns = {"object_id": "ad6bdbf1" + "0" * 24, "n_accounts": 25}
    assert list(widths(**columns)) == ["object_id", "n_accounts"]
    frame = pl.DataFrame([columns | {"text": "Stay."}, columns | {"text": None}])
    spec = TableSpec("any", ("object_id", "text", "n_accounts"))
    (quoted,) = frame_table(spec, frame.head(1), ("any", "Any."), words("en"))
    assert [cell.text for cell in quoted.rows[0]] == ["Stay.", "25"]
    (some,) = frame_table(spec, frame, ("any", "Any."), words("en"))
    assert [cell.text for cell in some.rows[1]] == ["fingerprint ad6bdbf1…", "–", "25"]


def test_a_long_text_keeps_its_room_beside_many_columns() -> None:
    numbers = dict.fromkeys(("accounts", "posts", "wordings", "more", "others", "days"), 12345678)
    shared = widths(text="les urgences ferment " * 7, first_act=AT, last_act=AT, **numbers)
    assert shared["text"] >= 24
