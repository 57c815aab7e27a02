"""Times as people and their programs write them."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest
from loaders.column_times import parse_times

from forensics.errors import InputFileError

SECOND, MINUTE = datetime(2026, 3, 20, 19, 50, 57, tzinfo=UTC), datetime(2026, 3, 20, 19, 50, tzinfo=UTC)
WRITTEN = {
    "Mar 20, 2026 @ 19:50:57.000": SECOND,
    "20-Mar-2026 07:50PM": MINUTE,
    "20/Mar/2026 19:50:57": SECOND,
    "3/20/2026, 7:50:57 PM": SECOND,
    "3/20/2026 7:50 p.m.": MINUTE,
    "Friday, March 20, 2026 7:50 PM": MINUTE,
    "Fri Mar 20 2026 19:50:57 GMT+0100 (CET)": datetime(2026, 3, 20, 18, 50, 57, tzinfo=UTC),
    "2026-03-20 14:50:57 EST": SECOND,
    "20th March 2026 19:50": MINUTE,
    "vendredi 20 mars 2026 à 19h50": MINUTE,
    "20/03/2026 19h50": MINUTE,
    "20/03/2026 ore 19:50": MINUTE,
    "20.03.2026 godz. 19:50": MINUTE,
    "20/03/2026 19:50 hs": MINUTE,
    "Freitag, 20. März 2026, 19:50 Uhr": MINUTE,
    "20.03.2026 19.50.57": SECOND,
    "20 de marzo de 2026 a las 19:50": MINUTE,
    "20 de março de 2026 às 19:50": MINUTE,
    "venerdì 20 marzo 2026 alle 19:50": MINUTE,
    "20 мар. 2026 19:50": MINUTE,
    "20 марта 2026 г. 19:50": MINUTE,
    "20 березня 2026 19:50": MINUTE,
    "20 Maret 2026 pukul 19.50": MINUTE,
    "20 Maret 2026 19.50 WIB": datetime(2026, 3, 20, 12, 50, tzinfo=UTC),
    "20 Maret 2026 pukul 19.50 WITA": datetime(2026, 3, 20, 11, 50, tzinfo=UTC),
    "20 Mart 2026 19:50": MINUTE,
    "٢٠ مارس ٢٠٢٦ ١٩:٥٠": MINUTE,
    "20 मार्च 2026 19:50": MINUTE,
    "२०/०३/२०२६ १९:५०": MINUTE,
    "2026年3月20日 19:50": MINUTE,
    "20-03-2026T19:50:57": SECOND,
    "1774036257": SECOND,
    "1774036257000": SECOND,
    "1774036257000000": SECOND,
    "1774036257000000000": SECOND,
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_written_time_is_read(written: str) -> None:
    times = parse_times(pl.Series("when", [written] * 3), {})
    assert times.times.to_list() == [WRITTEN[written]] * 3


def test_a_day_and_a_month_that_could_be_swapped_stay_open_in_words_too() -> None:
    with pytest.raises(InputFileError, match="Settle it"):
        parse_times(pl.Series("when", ["3/4/2026, 7:50:57 PM"]), {})


def test_what_is_no_time_is_none() -> None:
    with pytest.raises(InputFileError, match="no times"):
        parse_times(pl.Series("when", ["May the best win", "march on", "second"]), {})
    times = parse_times(pl.Series("when", ["20 mars 2026 à 19:50", "21 avril 2026 à 9:05", "bientôt"]), {})
    assert times.times.null_count() == 1


def test_times_that_are_utc_by_their_name_need_no_warning() -> None:
    assert not any(
        "no time zone" in str(note) for note in parse_times(pl.Series("date_utc", ["2026-03-20 19:50"]), {}).notes
    )
    assert any("no time zone" in str(note) for note in parse_times(pl.Series("date", ["2026-03-20 19:50"]), {}).notes)
