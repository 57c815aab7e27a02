"""Stated places resolve to the right country, or stay open with a reason.

A label is the country that a reader who has the text alone would name; it is empty where such a reader could not tell.
``fit_stated.csv`` was written with the resolver at hand. Each of the others was written without a look at what the
resolver does with it, measured once, kept as it was, and only then read and used. What they gave at that first reading
is the honest figure (precision, coverage): ``fit_earlier`` 0.886 (789 entries, set ``first``, where any doubt is
labelled as no country) and 0.953 (1,039, set ``second``); ``fit_once_held_out`` 0.962, 0.922 (797); ``fit_fresh``
0.951, 0.814 (560); ``fit_unseen`` 0.956, 0.818 (807); ``fit_mixed`` 0.963, 0.708 (595); ``fit_trapped`` 0.951, 0.720
(894); ``held_out_unread`` 0.971, 0.788 (1,084).

What the errors of one set had in common became a rule for all (a name that is also a given name, an article before a
small letter, people instead of places), and no entry of it an exception, before the next was written.
``held_out_unread`` is the last: nothing was changed for it. Its 0.971 of 543 has a 95 % interval of 0.953 to 0.983.
What an earlier set holds was left out of every later one, so each is harder than what people type, of whom a third name
no place (Hecht and others 2011, doi:10.1145/1978942.1978976; 38 % of ``held_out_unread``).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from forensics.places import resolve, resolve_places
from forensics.places.name_keys import name_key

WORLDS = Path(__file__).resolve().parents[1] / "worlds" / "places"
NAMES = (
    *("fit_stated", "fit_earlier", "fit_once_held_out", "fit_fresh", "fit_unseen", "fit_mixed", "fit_trapped"),
    "held_out_unread",
)
"""A set that was read and used is ``fit``; for the last nothing was changed."""
SETS = {name: pl.read_csv(WORLDS / f"{name}.csv", infer_schema=False) for name in NAMES}
WRITTEN = SETS["fit_stated"]


def judged(written: pl.DataFrame = WRITTEN) -> pl.DataFrame:
    found = resolve_places(written["stated_place"]).rename({"country": "found", "region": "found_region"})
    return written.join(found, "stated_place", "left")


def test_the_sets_are_many_in_five_languages_and_share_nothing() -> None:
    for name in NAMES[2:]:
        assert SETS[name].height >= 500
        assert SETS[name]["language"].n_unique() == 5
        assert min(SETS[name].group_by("language").len()["len"]) >= 100
        others = pl.concat([places["stated_place"] for other, places in SETS.items() if other != name])
        assert not SETS[name]["stated_place"].is_in(others.implode()).any()


@pytest.mark.parametrize(
    ("name", "precision", "coverage"),
    [
        ("fit_earlier", 0.96, 0.83),
        ("fit_once_held_out", 0.98, 0.91),
        ("fit_fresh", 0.98, 0.78),
        ("fit_unseen", 0.98, 0.81),
        ("fit_mixed", 0.97, 0.78),
        ("fit_trapped", 0.97, 0.73),
        ("held_out_unread", 0.97, 0.78),
    ],
)
def test_what_was_read_since_stays_right(name: str, precision: float, coverage: float) -> None:
    rows = judged(SETS[name])
    resolved = rows.filter(pl.col("found").is_not_null())
    right = (resolved["found"] == resolved["country"]).fill_null(value=False).sum()
    assert right / resolved.height >= precision
    meant = rows.filter(pl.col("country").is_not_null())
    assert (meant["found"] == meant["country"]).sum() / meant.height >= coverage


def test_people_and_words_are_no_towns_and_lists_no_place_within_another() -> None:
    for text in ("Charlotte Brontë", "Nancy", "Hof", "Male", "NYC ✈️ LDN", "Madrid / México", "Hogwarts, UK"):
        assert resolve(text).country == "", text
    for text, country in (("Nancy, France", "FR"), ("Hof, Bayern", "DE"), ("Malé, Maldives", "MV")):
        assert resolve(text).country == country


def test_a_given_name_is_no_town_and_a_people_no_place() -> None:
    for text in (
        "Charlotte",
        "Rosario",
        "Sofie",
        "Paris, Texas, the film",
        "Paris ou ailleurs",
        "El monte",
        "Santander",
    ):
        assert resolve(text).country == "", text
    for text in ("Türke", "Gaúcho", "Kenyan"):
        assert resolve(text).reason == "origin", text
    for text, country in (("Kenyan 🇰🇪", "KE"), ("Chilena viviendo en Berlín", "DE"), ("Charlotte, NC", "US")):
        assert resolve(text).country == country, text


def test_a_region_s_short_name_counts_after_a_town_alone() -> None:
    for text, country in (
        ("Davos, GR", "CH"),
        ("Saltillo, Coah.", "MX"),
        ("Inglewood, Calif.", "US"),
        ("Linz, OÖ", "AT"),
    ):
        assert resolve(text).country == country, text
    assert resolve("ZH").country == ""


def test_the_written_places_are_many_and_in_five_languages() -> None:
    counts = dict(WRITTEN.group_by("language").len().iter_rows())
    assert set(counts) == {"en", "fr", "de", "es", "pt"}
    assert WRITTEN.height >= 500
    assert WRITTEN["country"].null_count() >= 200


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt"])
def test_at_least_97_of_100_resolved_countries_are_right_in_each_language(language: str) -> None:
    rows = judged().filter(pl.col("language") == language)
    resolved = rows.filter(pl.col("found").is_not_null())
    right = resolved.filter(pl.col("found") == pl.col("country"))
    assert right.height / resolved.height >= 0.97


def test_nine_of_ten_places_that_name_a_country_are_resolved() -> None:
    meant = judged().filter(pl.col("country").is_not_null())
    assert (meant["found"] == meant["country"]).sum() / meant.height >= 0.9


def test_at_least_97_of_100_resolved_regions_are_right() -> None:
    both = judged().filter(pl.col("region").is_not_null() & pl.col("found_region").is_not_null())
    assert both.height > 300
    assert (both["region"] == both["found_region"]).mean() >= 0.97


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Paris", "FR"),
        ("Paris, TX", "US"),
        ("Athens, Georgia", "US"),
        ("Tbilisi, Georgia", "GE"),
        ("Vancouver, CA", "CA"),
        ("Wilmington, DE", "US"),
        ("Berlin, DE", "DE"),
        ("Washington", "US"),
        ("London 🇵🇸", "GB"),
        ("40.7128,-74.0060", "US"),
    ],
)
def test_what_stands_beside_a_name_decides(text: str, place: str) -> None:
    assert resolve(text).country == place


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Georgia", "ambiguous"),
        ("CA", "ambiguous"),
        ("Paris, London", "several"),
        ("🇧🇷🇵🇹", "several"),
        ("Not in Kansas", "negated"),
        ("worldwide", "no place"),
        ("Paris Hilton's closet", "unknown"),
        ("", "empty"),
        ("   ", "empty"),
        ("\u202e\u200b", "empty"),
        ("x" * 10_000, "unknown"),
        ("<script>alert(1)</script>", "unknown"),
        ("'; DROP TABLE accounts; --", "unknown"),
    ],
)
def test_what_is_not_known_stays_open_with_its_reason(text: str, reason: str) -> None:
    found = resolve(text)
    assert (found.country, found.reason) == ("", reason)


def test_each_distinct_text_has_one_row_whatever_the_order() -> None:
    texts = ["Paris", None, "Georgia", "Paris", "Köln, NRW"]
    found = resolve_places(texts)
    assert found["stated_place"].to_list() == ["Georgia", "Köln, NRW", "Paris"]
    assert found.equals(resolve_places(texts[::-1]))
    assert found["reason"].to_list() == ["ambiguous", None, None]


def test_the_key_of_a_key_is_the_key() -> None:
    keys = [name_key(text) for text in WRITTEN["stated_place"]]
    assert [name_key(key) for key in keys] == keys
