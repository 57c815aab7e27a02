"""What one piece of a stated place can mean: as a code, as a name, or as several names in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from forensics.places.gazetteer import Reading, gazetteer
from forensics.places.name_keys import name_key
from forensics.places.stated_place import strip_qualifiers

METROPOLIS = 3e7
"""Weight of a city that everybody knows."""
_SHORT_NAME, _FAMOUS = 4, 1e6
"""A town whose name is no longer than a given name or a common word stands alone only from this weight."""
_PHRASE = re.compile(r"(?:Les?|La|Las|Los|El|The|Das|Der|Die|Os?|As?|Au|À|En|Em|Na|No|Im|Am) ([^\W\d_])")
"""An article or preposition with a small letter after it: "El monte" is a hill, "El Monte" a town."""
_LONGEST_CODE = 6
"""Letters of a region's short name behind a town, such as "Edomex"; alone, codes have three at most."""
AMBIGUOUS = Reading("ambiguous", "", "", 0.0, is_large=False)
CONNECTORS = frozenset("in en de da do em a au aux bei near usa the of viviendo vivendo".split())  # noqa: SIM905
_ARTICLES = tuple(f"{word} " for word in "the el la los las le les au aux im am no na nos nas".split())  # noqa: SIM905


def first_of_all(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return a metropolis without its namesakes: "Madrid / México" are two places, "Toledo / Ohio" is one."""
    top = max(readings, key=lambda reading: (reading.weight, reading.country), default=AMBIGUOUS)
    is_known = top.weight >= METROPOLIS and not top.is_code
    return tuple(r for r in readings if r.country == top.country) if is_known else readings


@lru_cache(maxsize=200_000)
def piece_readings(piece: str, at: int) -> tuple[Reading, ...]:
    """Return the readings of one piece: as a code in capitals, as a name, or as a name between qualifiers."""
    book = gazetteer()
    key = name_key(piece)
    names = _long_enough(book.readings(key), key)
    if (phrase := _PHRASE.match(piece)) and phrase[1].islower():
        names = _famous(names, METROPOLIS)
    is_code = len(key) <= _LONGEST_CODE if at else len(key) <= 3 and piece.isupper()
    if is_code and (codes := book.codes.get(key.upper(), ())):
        if at:
            return codes + names
        codes = tuple(reading for reading in codes if reading.is_large)
        is_shared = len({reading.country for reading in codes}) != 1
        stated = tuple(reading for reading in names if reading.kind != "city")
        return stated or ((AMBIGUOUS,) if is_shared else codes)
    if names or not key:
        return names
    inner = strip_qualifiers(key)
    found = _long_enough(book.readings(inner), inner)
    # An article stands before regions and countries, and before words that share a town's name: "in the bath".
    return tuple(holders_of(found)) if key.partition(inner)[0].endswith(_ARTICLES) else found


def _long_enough(readings: tuple[Reading, ...], key: str) -> tuple[Reading, ...]:
    """Return the readings, without towns whose name is as short as a pronoun; short names of small towns need more."""
    if len(key) <= 2:
        return tuple(reading for reading in readings if reading.kind != "city")
    if len(key) > _SHORT_NAME:
        return readings
    return _famous(readings, _FAMOUS)


def _famous(readings: tuple[Reading, ...], least: float) -> tuple[Reading, ...]:
    """Return the readings, of whose towns only those of at least this weight stand alone."""
    return tuple(
        reading._replace(is_large=False) if reading.kind == "city" and reading.weight < least else reading
        for reading in readings
    )


def partition(words: list[str], piece: str) -> list[tuple[Reading, ...]]:
    """Cut words into names, the longest first; empty where a word is left over."""
    book = gazetteer()
    named: list[tuple[Reading, ...]] = []
    at = 0
    while at < len(words):
        for end in range(len(words), at, -1):
            name = " ".join(words[at:end])
            readings = book.readings(name)
            if end - at == 1 and at:
                readings = (
                    book.codes.get(name.upper(), ()) + readings
                    if name.upper() in piece.split() or end == len(words)
                    else readings
                )
            if readings:
                named.append(readings)
                at = end
                break
        else:
            if words[at] not in CONNECTORS:
                return []
            at += 1
    return named


def places_of(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings as places, not as words or peoples."""
    return [reading for reading in readings if reading.kind in {"country", "region", "city"}]


def is_demonym(readings: tuple[Reading, ...]) -> bool:
    """Return whether a name is first of all what people of a country are called."""
    kinds = {reading.kind for reading in readings}
    return "demonym" in kinds and "country" not in kinds


def holders_of(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings in which towns lie: countries and regions."""
    return [reading for reading in readings if reading.kind in {"country", "region"}]
