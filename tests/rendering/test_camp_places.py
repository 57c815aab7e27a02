"""The camps' places stand beside each other in the chapter on places, whatever was found there."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import polars as pl
import pytest

from forensics.case import Case
from forensics.detectors.geography.camp_regions import camp_countries, camp_regions
from forensics.findings import Detection, Run
from reports.report_model import Figure, Table
from reports.sections.chapter_drawings.camp_places import camp_places
from reports.sections.findings.answer_chapters import WHERE
from reports.wording import LANGUAGES, words


def run(first: str, second: str) -> Run:
    people = pl.DataFrame(
        {
            "source": ["stated"] * 200,
            "audience": [first] * 100 + [second] * 100,
            "is_camp": [True] * 200,
            "arrived_by": [f"post{n % 20}" for n in range(200)],
            "country": ["DE"] * 180 + ["PH"] * 20,
            "region": ["DE-BE"] * 50 + ["DE-BY"] * 130 + [None] * 20,
        }
    )
    inside = people.filter(pl.col("country") == "DE")
    tables = {"camps": camp_countries(people, 50), "camp_regions": camp_regions(inside, 50)}
    return Run(Case("x", "x"), (), (), (Detection("geography", {}, (), (), tables, ()),), (), 1, {})


@pytest.mark.parametrize(("language", "names"), [("en", ("Germany", "Bavaria")), ("fr", ("Allemagne", "Bavière"))])
def test_countries_and_regions_of_every_camp_are_named(language: str, names: tuple[str, str]) -> None:
    blocks = camp_places(run("red", "blue"), words(language))
    countries, regions = (block for block in blocks if isinstance(block, Table))
    assert {row[0].text for row in countries.rows} >= {names[0], "Philippines"}
    assert names[1] in {row[0].text for row in regions.rows}
    assert {row[1].text for row in countries.rows} == {"red", "blue"}
    abroad = next(row for row in countries.rows if row[0].text == "Philippines")
    assert (abroad[1].text, abroad[3].value, abroad[4].value) == ("blue", pytest.approx(0.2), 0.0)


def test_they_are_in_the_chapter_on_places_although_nothing_was_found() -> None:
    for language in LANGUAGES:
        anchors = {getattr(block, "anchor", "") for block in WHERE.build(run("red", "blue"), words(language))}
        assert {"camp-places", "geography-0-camps-stated-figure"} <= anchors


def test_one_camp_alone_stands_beside_nobody() -> None:
    assert camp_places(run("red", "red"), words("en")) == ()


def test_drawings_hold_and_hostile_names_stay_text() -> None:
    for block in camp_places(run("<script>alert(1)</script>", "$x^2$ blue"), words("en")):
        if isinstance(block, Figure):
            assert ET.fromstring(block.svg).tag.endswith("svg")  # noqa: S314  our own drawing
            assert "<script" not in block.svg
