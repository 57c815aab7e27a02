"""The maps and clocks are drawn from the detectors' own tables, in every language, the same each time."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from forensics.case import Case
from forensics.detectors import DETECTORS
from forensics.detectors.geography.clock_profiles import DEFAULT_PROFILE
from forensics.findings import Detection, Run
from forensics.progress import quiet
from reports.figures.country_shapes import shapes
from reports.figures.maps import Place, dot_map, shaded_map
from reports.report_model import Figure, Items, Table, Text
from reports.sections.chapter_drawings.clock_groups import clock_groups
from reports.sections.chapter_drawings.maps_and_clocks import maps_of
from reports.wording import LANGUAGES, words
from tests.detectors.geography.geography_worlds import acts_at, audiences, day_acts, together  # type: ignore[import-not-found]


def detection(name: str, **params: object) -> Detection:
    detector = DETECTORS.get(name)
    if name == "clocks":
        rng = np.random.default_rng(1)
        group = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 20, 30, 8 * 3600), "Chicago, IL", "a")
        home = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 20, 30, 7200), "Berlin", "b")
        return detector.run(together(group, home), detector.params(**params), 1, quiet)
    return detector.run(audiences(1, bought=1 / 3), detector.params(**params), 1, quiet)


@pytest.fixture(scope="module")
def found() -> tuple[Detection, ...]:
    return (detection("geography", home=("DE",)), detection("scan", replicas=99, time_replicas=99), detection("clocks"))


def drawn(found: tuple[Detection, ...], language: str) -> list[Figure]:
    return [figure for item in found for figure in maps_of(item, item.detector, words(language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detector_of_place_has_a_drawing(found: tuple[Detection, ...], language: str) -> None:
    figures = drawn(found, language)
    kinds = {"-".join(figure.anchor.split("-")[:2]) for figure in figures}
    assert kinds == {"geography-map", "geography-camp", "geography-funnel", "scan-hotspots", "clocks-day"}
    assert len({figure.anchor for figure in figures}) == len(figures)
    for figure in figures:
        assert ET.fromstring(figure.svg).tag.endswith("svg")  # noqa: S314  our own drawing
        assert "{" not in figure.alt + figure.caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_clocks_that_fit_their_place_stand_beside_those_that_do_not(
    found: tuple[Detection, ...], language: str
) -> None:
    blocks = clock_groups(Run(Case("x", "x"), (), (), found, (), 1, {}), words(language))
    table = next(block for block in blocks if isinstance(block, Table))
    countries = [words(language).country(code) for code in ("DE", "US")]
    assert [any(country in row[0].text for row in table.rows) for country in countries] == [True, True]
    sentence = next(block.text for block in blocks if isinstance(block, Text))
    assert countries[0] in sentence
    assert "{" not in sentence
    notes = next(block.items for block in blocks if isinstance(block, Items))
    assert notes == (words(language)("note.hours_are_habits_not_places"),)


def test_a_group_that_is_too_large_to_be_judged_has_no_clock_that_would_deny_its_place() -> None:
    rng = np.random.default_rng(5)
    home = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 120, 40, 7200), "Berlin", "home")
    farm = acts_at(day_acts(rng, DEFAULT_PROFILE.shares, 40, 90, -8 * 3600), "Manila", "farm")
    detector = DETECTORS.get("clocks")
    judged = detector.run(together(home, farm), detector.params(), 1, quiet)
    assert [figure.caption for figure in maps_of(judged, "x", words("en")) if "Germany" in figure.caption] == []
    assert clock_groups(Run(Case("x", "x"), (), (), (judged,), (), 1, {}), words("en")) == ()


def test_every_map_and_clock_has_the_numbers_that_it_is_drawn_from(found: tuple[Detection, ...]) -> None:
    assert all(figure.numbers is not None and figure.numbers.height for figure in drawn(found, "en"))


def test_drawings_are_the_same_each_time(found: tuple[Detection, ...]) -> None:
    assert drawn(found, "en") == drawn(found, "en")


def test_other_detectors_have_no_map() -> None:
    assert drawn((Detection("coordination", {}), Detection("geography", {})), "en") == []


def test_countries_are_whole_and_disputes_are_marked() -> None:
    found = {shape.code: shape for shape in shapes()}
    assert len(found) == 176
    assert {code for code, shape in found.items() if shape.is_disputed} == {"EH", "XK", "north-cyprus", "somaliland"}
    for shape in found.values():
        for ring in shape.rings:
            assert np.allclose(ring[0], ring[-1])
            assert np.abs(np.diff(ring[:, 0])).max() < 180


def test_a_country_too_small_to_shade_is_a_dot() -> None:
    values, centres = {"SG": 5.0, "DE": 9.0}, {"SG": (1.3, 103.8), "DE": (51.0, 10.0)}
    with_dot, without = (shaded_map(values, known, "n", "none", "{:.0f}".format, "m") for known in (centres, {}))
    assert len(with_dot) > len(without)


def test_hostile_labels_stay_text() -> None:
    svg = dot_map([Place(1.0, 1.0, 1.0, "<script>alert(1)</script>")], "m")
    assert "<script" not in svg
