"""The gazetteer: every reading a name can have, as country, region or town, each with a weight.

The names come from GeoNames (towns), ISO 3166-2 (regions), Unicode CLDR (countries) and a list of our own (short
forms, demonyms, words that are no place); see ``data/README.md`` for their licences and dates. A reading's weight says
how often a name means that place: population times the number of languages that have a name for it. It only orders the
readings of one name and is never reported.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import polars as pl
import zstandard
from babel import Locale
from babel.core import get_global

from forensics.places.name_keys import name_key

Kind = Literal["country", "region", "city", "demonym", "nowhere", "fiction", "ambiguous"]

_LANGUAGES = "en fr de es pt it nl pl ru uk tr ar ja ko zh sv da nb fi cs ro hu el id vi ca".split()  # noqa: SIM905
_COUNTRY_FAME, _REGION_FAME = 200, 30
"""Names a country and a region are taken to have, against which a town's count of names is weighed."""
_OTHER_NAME = 0.2
"""A name that is not the town's main one is one of many spellings, some of them wrong."""
_STANDS_ALONE = 7e5
"""Weight of a town that can stand alone; below, names are words of a language as often as places: Jardim, Pampa."""

_FAMOUS_WORD = 3.2e7
"""Weight from which a town stands alone although its name is also a word or a person's: Phoenix, Lima."""
_FAMOUS_GIVEN_NAME = 2.5e7
"""The same for each list of given names, of two or more, that has the name: Austin is a city, Charlotte a woman."""
_OWN_TOWN = 0.95
"""Least share of a country's towns of one name that its first town needs to stand alone, if it is not famous itself."""

_SHORT = {
    "CA": "AB BC MB NB NL NS NT NU ON PE QC SK YT",
    "AU": "ACT NSW QLD TAS VIC",
    "BR": "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO",
    "DE": "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "AT": "NO=3 OO=4",
    "MX": "AGS=AGU BC=BCN BCS CAMP=CAM CHIH=CHH CHIS=CHP COAH=COA COL DGO=DUR EDOMEX=MEX GRO GTO=GUA HGO=HID JAL MEX "
    "MICH=MIC MOR NAY NL=NLE OAX PUE QRO=QUE QROO=ROO SIN SLP SON TAB TAMPS=TAM TLAX=TLA VER YUC ZAC",
}
"""Regions beside those of the United States whose short code people write after a town, if not ISO's with that code."""
_ALONE = frozenset(["AU", "BR", "CA", "DE"])
"""Countries whose regions' codes are also written alone."""
_PRESS_STYLE = (
    "Ala=AL Ariz=AZ Ark=AR Calif=CA Colo=CO Conn=CT Del=DE Fla=FL Ill=IL Ind=IN Kan=KS Mass=MA Mich=MI Minn=MN Miss=MS "
    "Mont=MT Neb=NE Nev=NV Okla=OK Ore=OR Penn=PA Tenn=TN Tex=TX Wash=WA Wis=WI Wisc=WI Wyo=WY"
)
"""States' names as newspapers shorten them."""


class Reading(NamedTuple):
    """One meaning of a name.

    Attributes:
        kind: of place.
        country: ISO 3166-1 alpha-2 code; empty for a word that is no place.
        region: ISO 3166-2 code; empty where there is none or it is not known.
        weight: orders the readings of one name.
        is_large: can stand alone: a country, a region, or a town that is widely known.
        is_code: a code of two or three letters, not a name.
    """

    kind: Kind
    country: str
    region: str
    weight: float
    is_large: bool
    is_code: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names and codes with their readings.

    Attributes:
        names: readings by ``name_key``.
        towns: first and last row in ``town_readings`` of each town name, by ``name_key``.
        town_readings: the towns' readings, in ``towns``' order.
        codes: readings of two- and three-letter codes in capitals.
    """

    names: dict[str, tuple[Reading, ...]]
    towns: dict[str, tuple[int, int]]
    town_readings: list[tuple[str, str, float, bool]]
    codes: dict[str, tuple[Reading, ...]]

    def readings(self, key: str) -> tuple[Reading, ...]:
        """Return every reading of a name, of any kind."""
        known = self.names.get(key, ())
        if key not in self.towns:
            return known
        first, last = self.towns[key]
        return known + tuple(Reading("city", *row) for row in self.town_readings[first:last])


def _read(name: str) -> pl.DataFrame:
    raw = resources.files("forensics.places").joinpath("data", name).read_bytes()
    if name.endswith(".zst"):
        raw = zstandard.ZstdDecompressor().decompress(raw)
    codes = dict.fromkeys(("country", "region", "key", "name"), pl.String)
    return pl.read_csv(io.BytesIO(raw), schema_overrides=codes).with_columns(pl.col(pl.String).fill_null(""))


@cache
def cities() -> pl.DataFrame:
    """Return the towns from 1,000 inhabitants.

    Returns:
        ``name, country, region, latitude, longitude, population, zone, n_names``, most populous first; ``region`` is
        empty outside the countries whose regions are known.
    """
    return _read("cities.csv.zst")


@cache
def populations() -> pl.DataFrame:
    """Return ``country, population, source``: the resident population of each territory."""
    return _read("population.csv")


@cache
def region_names(language: str) -> dict[str, str]:
    """Return what each known region is called, by its ISO 3166-2 code; in English where the language is not known."""
    names = _read("region_names.csv")
    return dict(names.select("region", language if language in names.columns else "en").iter_rows())


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer; it is read once, in about a second."""
    population = dict(zip(populations()["country"], populations()["population"].to_list(), strict=True))
    regions = _region_weights(population)
    least = dict(_least_weights().iter_rows())
    names: dict[str, dict[tuple[str, str, str], Reading]] = {}
    for key, kind, country, region, share in _named():
        people = regions.get(region, 0.0) * _REGION_FAME if region else population.get(country, 0) * _COUNTRY_FAME
        weight = float(people) * share
        is_word = kind == "region" and weight < least.get(key, 0.0)
        reading = Reading(kind, country, region, weight, kind in {"country", "region"} and not is_word)
        same = names.setdefault(key, {})
        if (kind, country, region) not in same or same[kind, country, region].weight < reading.weight:
            same[kind, country, region] = reading
    towns, town_readings = _towns()
    return Gazetteer(
        {key: tuple(found.values()) for key, found in names.items()}, towns, town_readings, _codes(population, regions)
    )


def _named() -> list[tuple[str, Kind, str, str, float]]:
    """Return key, kind, country, region and share of the region of every name that is no town's, in a fixed order."""
    known = set(populations()["country"])
    rows: list[tuple[str, Kind, str, str, float]] = []
    for language in _LANGUAGES:
        rows += [
            (name_key(name), "country", code, "", 1.0)
            for code, name in sorted(Locale.parse(language).territories.items())
            if code in known
        ]
    rows += [
        (key, "region", country, region, share) for key, country, region, share in _read("regions.csv").iter_rows()
    ]
    rows += [
        (name_key(name), kind, country, region, 1.0) for name, kind, country, region in _read("aliases.csv").iter_rows()
    ]
    return rows


def _region_weights(population: dict[str, int]) -> dict[str, float]:
    """Return about how many people live in each region: its towns', or an equal share of its country's."""
    lived = cities().filter(pl.col("region") != "").group_by("region").agg(pl.col("population").sum())
    weights: dict[str, float] = dict(lived.iter_rows())
    listed = _read("regions.csv").select("country", "region").unique().sort("region")
    for (country,), of_country in listed.group_by("country", maintain_order=True):
        for region in of_country["region"]:
            weights.setdefault(region, population.get(str(country), 0) / of_country.height)
    return weights


def _least_weights() -> pl.DataFrame:
    """Return ``key, least``: the weight that towns and regions need to stand alone whose name is something else too."""
    words = _read("words.csv.zst").select("key", least=pl.lit(_FAMOUS_WORD))
    given = _read("given_names.csv").select("key", least=pl.col("lists") * _FAMOUS_GIVEN_NAME)
    return pl.concat([words, given]).group_by("key").agg(pl.col("least").max())


def _towns() -> tuple[dict[str, tuple[int, int]], list[tuple[str, str, float, bool]]]:
    """Return where each town name's readings lie, and the readings, merged by country and region."""
    places = cities().with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    fame = pl.when(pl.col("is_main") == 1).then(1.0).otherwise(_OTHER_NAME)
    merged = (
        _read("names.csv.zst")
        .join(places, "place")
        .group_by("key", "country", "region")
        .agg(weight=(pl.max_horizontal("population", 500) * (1 + pl.col("n_names")) * fame).sum())
        .with_columns(
            share=pl.col("weight").max().over("key", "country") / pl.col("weight").sum().over("key", "country")
        )
        .join(_least_weights(), "key", "left")
        .with_columns(
            is_large=(pl.col("weight") >= pl.col("least").fill_null(_STANDS_ALONE))
            & ((pl.col("weight") >= _FAMOUS_WORD) | (pl.col("share") >= _OWN_TOWN))
        )
        .sort("key", "weight", "country", "region", descending=[False, True, False, False])
    )
    bounds = merged.with_row_index("row").group_by("key").agg(low=pl.col("row").min(), high=pl.col("row").max() + 1)
    towns = {key: (low, high) for key, low, high in bounds.iter_rows()}
    return towns, merged.select("country", "region", "weight", "is_large").rows()


def _codes(population: dict[str, int], regions: dict[str, float]) -> dict[str, tuple[Reading, ...]]:
    codes: dict[str, list[Reading]] = {}
    for code, people in sorted(population.items()):
        weight = float(_COUNTRY_FAME * people)
        codes.setdefault(code, []).append(Reading("country", code, "", weight, is_large=True, is_code=True))
    for code, targets in sorted(get_global("territory_aliases").items()):
        if len(code) == 3 and code.isalpha() and len(targets) == 1 and targets[0] in population:
            weight = float(_COUNTRY_FAME * population[targets[0]])
            codes.setdefault(code, []).append(Reading("country", targets[0], "", weight, is_large=True, is_code=True))
    states = sorted(code for code in regions if code.startswith("US-"))
    short = [(country, *part.split("=")) for country in sorted(_SHORT) for part in _SHORT[country].split()]
    written = [(region[3:], region, True) for region in states]
    written += [(code, f"{country}-{(*part, code)[0]}", country in _ALONE) for country, code, *part in short]
    written += [(name.upper(), f"US-{code}", False) for name, code in (p.split("=") for p in _PRESS_STYLE.split())]
    for code, region, is_large in written:
        weight = _REGION_FAME * regions.get(region, 0.0)
        codes.setdefault(code, []).append(Reading("region", region[:2], region, weight, is_large, is_code=True))
    return {code: tuple(rows) for code, rows in codes.items()}
