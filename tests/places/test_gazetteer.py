"""The shipped gazetteer holds together: regions, populations, coordinates, zones."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

from forensics.errors import ParameterError
from forensics.places import country_populations, given_figures, nearest_countries, offsets_kept, offsets_of, zones_of
from forensics.places.coordinates import area_positions
from forensics.places.gazetteer import cities

CAPITALS = {
    "US": "Austin:US-TX Sacramento:US-CA Albany:US-NY",
    "DE": "Stuttgart:DE-BW Munich:DE-BY Potsdam:DE-BB Wiesbaden:DE-HE Schwerin:DE-MV Hannover:DE-NI Düsseldorf:DE-NW "
    "Mainz:DE-RP Kiel:DE-SH Saarbrücken:DE-SL Dresden:DE-SN Magdeburg:DE-ST Erfurt:DE-TH Berlin:DE-BE Bremen:DE-HB",
    "FR": "Paris:FR-IDF Orléans:FR-CVL Dijon:FR-BFC Rouen:FR-NOR Lille:FR-HDF Strasbourg:FR-GES Nantes:FR-PDL "
    "Rennes:FR-BRE Bordeaux:FR-NAQ Toulouse:FR-OCC Lyon:FR-ARA Marseille:FR-PAC Ajaccio:FR-20R",
    "ES": "Palma:ES-IB Logroño:ES-RI Madrid:ES-MD Murcia:ES-MC Pamplona:ES-NC Oviedo:ES-AS Santander:ES-CB "
    "Sevilla:ES-AN Zaragoza:ES-AR Toledo:ES-CM Valladolid:ES-CL Barcelona:ES-CT Badajoz:ES-EX Vigo:ES-GA Bilbao:ES-PV "
    "Valencia:ES-VC",
    "CA": "Edmonton:CA-AB Victoria:CA-BC Winnipeg:CA-MB Fredericton:CA-NB Halifax:CA-NS Toronto:CA-ON "
    "Charlottetown:CA-PE Québec:CA-QC Regina:CA-SK Whitehorse:CA-YT Yellowknife:CA-NT Iqaluit:CA-NU",
    "AU": "Canberra:AU-ACT Sydney:AU-NSW Darwin:AU-NT Brisbane:AU-QLD Adelaide:AU-SA Hobart:AU-TAS Melbourne:AU-VIC "
    "Perth:AU-WA",
    "BR": "Manaus:BR-AM Salvador:BR-BA Fortaleza:BR-CE Brasília:BR-DF Goiânia:BR-GO Cuiabá:BR-MT Recife:BR-PE "
    "Curitiba:BR-PR Teresina:BR-PI Palmas:BR-TO Aracaju:BR-SE Macapá:BR-AP Maceió:BR-AL Florianópolis:BR-SC",
    "IT": "Bologna:IT-45 Genoa:IT-42 Milan:IT-25 Ancona:IT-57 Turin:IT-21 Bari:IT-75 Cagliari:IT-88 Palermo:IT-82 "
    "Florence:IT-52 Perugia:IT-55 Rome:IT-62 Naples:IT-72",
    "AT": "Linz:AT-4 Graz:AT-6 Innsbruck:AT-7 Vienna:AT-9 Salzburg:AT-5 Eisenstadt:AT-1 Bregenz:AT-8",
}


@pytest.mark.parametrize("country", CAPITALS)
def test_the_largest_town_of_a_capitals_name_lies_in_its_region(country: str) -> None:
    towns = cities().filter(pl.col("country") == country)
    for pair in CAPITALS[country].split():
        name, region = pair.split(":")
        assert towns.filter(pl.col("name") == name)["region"][0] == region, name


def test_points_at_sea_and_at_borders_are_left_open() -> None:
    north = np.array([52.52, 0.0, 40.71, 47.56])
    east = np.array([13.40, -30.0, -74.0, 7.59])
    found = nearest_countries(north, east)
    assert found["country"].to_list()[:3] == ["DE", None, "US"]
    assert found["region"].to_list()[:3] == ["DE-BE", None, "US-NY"]


def test_summer_time_moves_a_place() -> None:
    summer, winter = datetime(2016, 7, 1, 12, tzinfo=UTC), datetime(2016, 12, 1, 12, tzinfo=UTC)
    assert offsets_of("DE", None, [summer, winter]) == {3600: 0.5, 7200: 0.5}
    assert offsets_of("US", "US-AZ", [summer])[-7 * 3600] > 0.95
    assert offsets_of("ZZ", None, [summer]) == {}
    assert sum(offsets_of("US", None, [summer, winter]).values()) == pytest.approx(1)


def test_a_region_has_fewer_zones_than_its_country() -> None:
    assert set(zones_of("US", "US-NY")) == {"America/New_York"}
    assert len(zones_of("US")) > 4


def test_populations_are_those_of_the_source() -> None:
    assert country_populations(["DE"])["DE"] == pytest.approx(84e6, rel=0.05)
    with pytest.raises(ParameterError, match="ISO 3166-1"):
        country_populations(["DE", "Deutschland"])


def test_figures_of_a_case_file_are_read_or_refused() -> None:
    assert given_figures(["US-TX = 17_500_000", "", "US-FL=13900000"], "x") == {"US-TX": 17.5e6, "US-FL": 13.9e6}
    for wrong in (["US-TX"], ["US-TX=many"], ["US-TX=-1"], ["US-TX=inf"], ["A=1", "A=2"]):
        with pytest.raises(ParameterError):
            given_figures(wrong, "x")


def test_clocks_keep_mostly_whole_hours() -> None:
    kept = [offset / 3600 for offset in offsets_kept([datetime(2024, month, 1, tzinfo=UTC) for month in (1, 7)])]
    assert set(range(-11, 14)) <= set(kept)
    assert {5.5, 5.75, -2.5, 9.5} <= set(kept)
    assert not {0.5, 1.5, 7.5, -0.5, 4.0 + 0.75} & set(kept)


def test_areas_lie_where_their_people_do() -> None:
    found = area_positions(["US-CA", "DE", "PH", "nowhere"])
    assert found["area"].to_list() == ["US-CA", "DE", "PH"]
    assert found["latitude"].to_list() == pytest.approx([35.5, 50.9, 12.6], abs=1.5)
