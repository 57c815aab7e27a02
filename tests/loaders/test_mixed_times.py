"""Times as people note them: several ways in one column, parts of the day in words, so long before somebody looked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from forensics.errors import ForensicsError
from forensics.loaders import load
from forensics.loaders.times import relative_times
from forensics.loaders.times.relative_times import are_relative, seconds_before
from forensics.loaders.times.time_columns import readable_share, time_rule


def times(*values: str) -> list[str | None]:
    column = pl.Series("c", values)
    rule, _ = time_rule("c", lambda: iter([column]), {})
    return [at and f"{at:%d.%m. %H:%M}" for at in rule.read(column)[0].to_list()]


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (("14 Mayıs 2023 21:05", "14.05.2023 21.05", "15 Mayıs 2023 09:00"), ["14.05. 21:05"] * 2 + ["15.05. 09:00"]),
        (("2024-05-14 10:00", "May 16, 2024 10:00"), ["14.05. 10:00", "16.05. 10:00"]),
        (("٢٨/٠٩/٢٠٢٤ ١٠:١٧", "28/09/2024 10:18"), ["28.09. 10:17", "28.09. 10:18"]),
        (("Oct 2, 2022 · 9:14 PM UTC", "Oct 2, 2022 · 9:15 AM UTC"), ["02.10. 21:14", "02.10. 09:15"]),
        (("4 जून 2024 रात 9:15", "४ जून २०२४ सुबह 9:15"), ["04.06. 21:15", "04.06. 09:15"]),
        (("4 जून 2024 रात 12:15", "5 जून 2024 रात 1:15"), ["04.06. 00:15", "05.06. 01:15"]),
        (("12 Februari 2024 8.15 malam", "12 Februari 2024 11.15 siang"), ["12.02. 20:15", "12.02. 11:15"]),
        (("5 de mayo de 2024 9:15 de la noche", "5 de mayo de 2024 21:16"), ["05.05. 21:15", "05.05. 21:16"]),
    ],
)  # fmt: skip
def test_each_row_is_read_in_the_way_that_it_is_written(values: tuple[str, ...], read: list[str]) -> None:
    assert times(*values) == read


def test_what_could_be_another_order_is_not_read_beside_the_columns_own() -> None:
    assert times("14/05/2023 10:00", "15/05/2023 10:00", "05/16/2023 10:00") == ["14.05. 10:00", "15.05. 10:00", None]
    assert times("31.04.2019 10:00", "30.04.2019 10:00") == [None, "30.04. 10:00"]


def test_an_hour_of_another_clock_is_not_read_as_ours() -> None:
    assert times("12.02.2024 21:15", "13.02.2024 saa 3 usiku") == ["12.02. 21:15", None]


def test_versions_are_no_times() -> None:
    assert readable_share(pl.Series(["2.4.1", "2.4.0", "2.5.1"])) == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("acum 25 min", 1_500), ("3 h ago", 10_800), ("il y a 2 jours", 172_800), ("منذ ٣ ساعات", 10_800)),
        *(("منذ ساعة", 3_600), ("2 saat önce", 7_200), ("an hour ago", 3_600), ("ieri", 86_400), ("3h", 10_800)),
        *(("21:05", None), ("2024", None), ("2 months ago", None), ("ann", None)),
    ],
)
def test_times_before_somebody_looked(text: str, seconds: int | None) -> None:
    assert seconds_before(pl.Series([text])).to_list() == [seconds]


ROWS = [f"@ann{k % 3},acum {k} h,24.11.2024 2{k % 4}:10,https://a.org/{k % 2}" for k in range(1, 9)]


def test_they_are_estimates_beside_a_column_of_collection(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(
        "\n".join(["cont,când,colectat la,link", *ROWS, "@ann,acum 2 h,,https://a.org/1"]), encoding="utf-8"
    )
    dataset = load(path)
    assert dataset.actions["acted_at"].min() == datetime(2024, 11, 24, 12, 10, tzinfo=UTC)
    assert dataset.actions["time_precision"].unique().to_list() == ["estimated"]
    assert dataset.sources[0].rejected["row"].to_list() == [9]


def test_they_are_asked_about_without_one(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    rows = [row.replace("24.11.2024 ", "").replace("1", "x") for row in ROWS]
    path.write_text("\n".join(["cont,când,nota,link", *rows]), encoding="utf-8")
    with pytest.raises(ForensicsError, match="captured ="):
        load(path)


@pytest.mark.parametrize("is_before", [True, False])
def test_of_many_times_some_say_whether_they_are_times_before(is_before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def counted(text: pl.Series) -> pl.Series:
        looked_at.append(text.len())
        return seconds_before(text)

    monkeypatch.setattr(relative_times, "seconds_before", counted)
    written, other = ("3 h ago", "2024-05-06 10:00") if is_before else ("2024-05-06 10:00", "3 h ago")
    assert are_relative(pl.Series([written, written, other] * 10_000)) == is_before
    assert sum(looked_at) < 2_000
