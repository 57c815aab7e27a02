"""Free text to country and region, offline, in English, French, German, Spanish and Portuguese.

A text is resolved only where its readings agree; what is not is a class of its own and keeps its reason. Nothing is
guessed: a name that two countries share is resolved where one reading outweighs the others by far, or where the rest
of the text decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

import polars as pl

from forensics.places.coordinates import nearest_country
from forensics.places.gazetteer import Reading, gazetteer
from forensics.places.name_keys import name_key
from forensics.places.name_readings import (
    AMBIGUOUS,
    CONNECTORS,
    METROPOLIS,
    first_of_all,
    holders_of,
    is_demonym,
    partition,
    piece_readings,
    places_of,
)
from forensics.places.stated_place import MAX_LENGTH, Statement, parse_statement, strip_qualifiers

DOMINANCE = 0.97
"""Least share of the weight of all its readings that one country's need for a name to stand alone."""
_CLEAR = 0.95
_MOST_WORDS = 8
_DOMINANCE_OF_METROPOLIS = 0.85
"""Least share that a metropolis needs: Barcelona is not that of Venezuela."""
_DOMINANCE_AMONG_MANY, _MANY = 0.98, 5
"""Least share of a name that more than this number of countries have, or that is a region's: Santiago, Santander."""
_SENTENCE = 3
"""Spaces in a piece that names no place, from which it is a sentence: "Houston, we have a problem"."""
_ARTICLE = re.compile(r"(?:an?|the|une?|les?|la|eine?|der|die|das|un|una|los|las|el|uma?|os?|as) [^\W_]")
"""What is none of the names beside it but says what they are: "Paris, Texas, the film"."""

Reason = Literal["", "empty", "unknown", "no place", "ambiguous", "several", "negated", "origin"]


class Resolution(NamedTuple):
    """What a stated place came to.

    Attributes:
        country: ISO 3166-1 alpha-2 code, or empty.
        region: ISO 3166-2 code, or empty.
        kind: what decided: ``country``, ``region``, ``city``, ``flag`` or ``coordinates``; empty if none.
        reason: why it was not resolved, ``origin`` where it says whom somebody belongs to and not where; empty if
            it was.
    """

    country: str
    region: str
    kind: str
    reason: Reason


def resolve_places(texts: Iterable[str | None]) -> pl.DataFrame:
    """Resolve stated places.

    Args:
        texts: as typed, in any order; each distinct text is resolved once.

    Returns:
        One row per distinct text that is not null, ordered by it: ``stated_place, country, region, kind, reason``;
        country, region and kind are null where not known, ``reason`` is null where the country is.
    """
    distinct = sorted({text for text in texts if text is not None})
    found = [resolve(text) for text in distinct]
    columns = {name: [row[at] or None for row in found] for at, name in enumerate(Resolution._fields)}
    schema = dict.fromkeys(("stated_place", *Resolution._fields), pl.String)
    return pl.DataFrame({"stated_place": distinct, **columns}, schema=schema)


def resolve(text: str) -> Resolution:
    """Resolve one stated place."""
    if not text.strip():
        return _unresolved("empty")
    if len(text) > MAX_LENGTH or "@" in text or "://" in text:
        return _unresolved("unknown")
    statement = parse_statement(text)
    if statement.coordinates is not None:
        return _at(*statement.coordinates)
    if statement.is_negated and name_key(text) not in gazetteer().names:
        return _unresolved("negated")
    return _with_flags(statement, _of_pieces(text, statement))


def _unresolved(reason: Reason) -> Resolution:
    return Resolution("", "", "", reason)


def _at(north: float, east: float) -> Resolution:
    country, region = nearest_country(north, east)
    return Resolution(country, region, "coordinates", "") if country else _unresolved("unknown")


def _of_pieces(text: str, statement: Statement) -> Resolution:
    whole = piece_readings(text.strip(), 0)
    if whole or not statement.pieces:
        return _decide([whole], 0) if whole else _unresolved("empty")
    named: list[tuple[Reading, ...]] = []
    n_unknown = n_after = 0
    for at, piece in enumerate(statement.pieces):
        readings = first_of_all(piece_readings(piece, at)) if statement.is_list else piece_readings(piece, at)
        if readings and not named and at and len(piece) <= 3 and piece.islower():
            n_unknown += 1  # a code in small letters is a word, unless a name stands before it
        elif readings:
            named.append(readings)
        elif words := _words(name_key(piece), piece):
            named += words
        elif piece.count(" ") >= _SENTENCE or _ARTICLE.match(piece):
            return _unresolved("unknown")
        else:
            n_unknown += 1
            n_after += bool(named)
    if statement.is_list and n_unknown:
        return _unresolved("unknown")
    if statement.is_choice and not all(places_of(readings) for readings in named):
        return _unresolved("no place")
    if len(named) == 1 and n_after and _is_shared(named[0]):
        return _unresolved("ambiguous")  # what is not known may tell which: "Washington, Tyne and Wear"
    return _decide(named, n_unknown)


def _words(key: str, piece: str) -> list[tuple[Reading, ...]]:
    """Return the readings of the names that together make up a piece without separators, such as "Berlin Germany".

    Every word must belong to a name, the names must fit together, and the first or the last must be a country's or a
    region's; or there is one name beside demonyms, as in "Italian in London".
    """
    key = strip_qualifiers(key)
    words = key.split(" ")
    if not 2 <= len(words) <= _MOST_WORDS:
        return []
    named = partition(words, piece)
    places = [found for readings in named if (found := places_of(readings)) and not is_demonym(readings)]
    if len(named) == len(places) > 1:
        is_held = any(r.kind == "country" for r in named[0]) or bool(holders_of(named[-1]))
        is_whole = is_held and _together(places).country != ""
    else:
        is_whole = len(places) == 1 and all(places_of(r) or is_demonym(r) for r in named)
        is_whole &= not CONNECTORS.isdisjoint(words)
    return named if is_whole else []


def _decide(named: list[tuple[Reading, ...]], n_unknown: int) -> Resolution:
    """Return the one country that all the pieces allow, if there is one."""
    if any(reading.kind == "fiction" for readings in named for reading in readings):
        return _unresolved("no place")
    places = [[] if is_demonym(readings) else places_of(readings) for readings in named]
    blocked = [any(r.kind in {"nowhere", "ambiguous"} for r in readings) for readings in named]
    solid = [found for found in places if found]
    if not solid:
        return _unresolved(_reason(named))
    if len(solid) == 1:
        at = next(i for i, found in enumerate(places) if found)
        is_shared_town = not holders_of(solid[0]) and len({reading.country for reading in solid[0]}) > 1
        if n_unknown and (_is_code(solid[0]) or is_shared_town):
            return _unresolved("ambiguous")
        return _alone(solid[0], is_blocked=blocked[at], is_word=any(r.kind == "nowhere" for r in named[at]))
    clear = [found for i, found in enumerate(places) if found and not any(r.kind == "nowhere" for r in named[i])]
    return _together(solid) if len(clear) != 1 or _agree(solid) else _alone(clear[0], is_blocked=False, is_word=False)


def _is_shared(readings: tuple[Reading, ...]) -> bool:
    """Return whether several countries have places of this name, and it is not first of all a country's."""
    found = places_of(readings)
    top = max(found, key=lambda reading: (reading.weight, reading.country), default=AMBIGUOUS)
    return top.kind != "country" and len({reading.country for reading in found}) > 1


def _agree(places: list[list[Reading]]) -> bool:
    return _together(places).country != ""


def _reason(named: list[tuple[Reading, ...]]) -> Reason:
    """Return why names that are no places leave a text open; people of a country live everywhere."""
    kinds = {reading.kind for readings in named for reading in readings}
    by_kind: dict[str, Reason] = {"demonym": "origin", "ambiguous": "ambiguous", "nowhere": "no place"}
    return next((reason for kind, reason in by_kind.items() if kind in kinds), "unknown")


def _alone(found: list[Reading], *, is_blocked: bool, is_word: bool) -> Resolution:
    """Return what a single name means: its country must outweigh all its others."""
    if is_blocked:
        return _unresolved("no place" if is_word else "ambiguous")
    total = sum(reading.weight for reading in found)
    by_country = _sums((reading.country, reading.weight) for reading in found)
    country = max(sorted(by_country), key=by_country.__getitem__)
    chosen = [reading for reading in found if reading.country == country]
    if len(by_country) > 1 and by_country[country] < _dominance(chosen, len(by_country)) * total:
        return _unresolved("ambiguous")
    if not any(reading.is_large for reading in chosen):
        return _unresolved("unknown")
    return _resolved(country, chosen)


def _dominance(chosen: list[Reading], n_countries: int) -> float:
    """Return the share of all its readings' weight that a country needs for a name to be its own."""
    if n_countries > _MANY:
        return _DOMINANCE_AMONG_MANY
    if sum(reading.weight for reading in chosen if reading.kind == "city") >= METROPOLIS:
        return _DOMINANCE_OF_METROPOLIS
    return _DOMINANCE_AMONG_MANY if any(reading.kind == "region" for reading in chosen) else DOMINANCE


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for name, weight in pairs:
        sums[name] = sums.get(name, 0.0) + weight
    return sums


def _resolved(country: str, chosen: list[Reading]) -> Resolution:
    """Return a country with the region that outweighs the others, decided by the heaviest reading."""
    top = max(chosen, key=lambda reading: (reading.weight, reading.kind, reading.region))
    if top.kind == "country":
        return Resolution(country, "", "country", "")
    weights = _sums((reading.region, reading.weight) for reading in chosen)
    region = max(sorted(weights), key=weights.__getitem__)
    is_clear = weights[region] >= _CLEAR * sum(weights.values())
    return Resolution(country, region if is_clear else "", top.kind, "")


def _together(places: list[list[Reading]]) -> Resolution:
    """Return the country in which every name has a reading that fits the others'.

    A name fits inside a region or country named beside it however small it is there ("Paris, TX"). Where no name is
    a country's or region's, each must mean that country by itself ("Birmingham / Manchester").
    """
    shared = set.intersection(*({reading.country for reading in found} for found in places))
    fitting: dict[str, tuple[float, list[Reading]]] = {}
    for country in sorted(shared):
        inside = [[reading for reading in found if reading.country == country] for found in places]
        weight, chosen = _fit(inside, places)
        if weight > 0:
            fitting[country] = (weight, chosen)
    meant = {_country_meant(found) for found in places} - {""}
    if not fitting or len(meant) > 1:
        return _unresolved("several")
    if len(fitting) > 1 and any(_is_code(found) for found in places):
        return _unresolved("ambiguous")
    total = sum(weight for weight, _ in fitting.values())
    country = max(sorted(fitting), key=lambda code: fitting[code][0])
    if fitting[country][0] < DOMINANCE * total:
        return _unresolved("ambiguous")
    return _resolved(country, fitting[country][1])


def _country_meant(found: list[Reading]) -> str:
    """Return the country whose own name this is, unless the name is first of all something else's."""
    top = max(found, key=lambda reading: (reading.weight, reading.country))
    is_clear = top.weight >= _CLEAR * sum(reading.weight for reading in found)
    return top.country if top.kind == "country" and is_clear and not _is_code(found) else ""


def _is_code(found: list[Reading]) -> bool:
    """Return whether these are the readings of a code that more than one country or region has."""
    return sum(reading.is_code for reading in found) > 1


def _fit(inside: list[list[Reading]], places: list[list[Reading]]) -> tuple[float, list[Reading]]:
    """Return the weight of the best fitting combination within a country, and its finest readings; 0 for none."""
    holders = [holders_of(found) for found in inside]
    best: tuple[float, list[Reading]] = (0.0, [])
    for at, holder in ((at, holder) for at, found in enumerate(holders) for holder in found):
        others = [
            [r for r in found if not holder.region or not r.region or r.region == holder.region]
            for i, found in enumerate(inside)
            if i != at
        ]
        if all(others):
            weight = (1.0 + holder.weight / 1e6) * min(sum(r.weight for r in found) for found in others)
            finest = [r for found in others for r in found if r.region] or [holder]
            if weight > best[0]:
                best = (weight, [r for r in finest if r.region == holder.region] if holder.region else finest)
                best = (weight, best[1] or [holder])
    if best[0] > 0:
        return best
    shares = [
        sum(r.weight for r in own) / sum(r.weight for r in found) for own, found in zip(inside, places, strict=True)
    ]
    return (1.0, [r for own in inside for r in own]) if min(shares) >= 0.5 else (0.0, [])


def _with_flags(statement: Statement, found: Resolution) -> Resolution:
    """Let a flag decide where the words leave it open: alone, or between the countries a name has."""
    codes = {flag for flag in statement.flags if flag[:2] in _flag_countries()}
    if len(codes) != 1 or found.country or found.reason not in {"empty", "ambiguous", "no place", "origin"}:
        several = len(codes) > 1 and found.reason == "empty"
        return _unresolved("several") if several else found
    flag = next(iter(codes))
    region = flag if "-" in flag else ""
    if found.reason != "ambiguous":
        return Resolution(flag[:2], region, "flag", "")
    together = _decide(
        [*(piece_readings(piece, at) for at, piece in enumerate(statement.pieces)), _as_country(flag)], 0
    )
    return together if together.country else found


def _as_country(flag: str) -> tuple[Reading, ...]:
    return (Reading("country", flag[:2], "", 1.0, is_large=True),)


@lru_cache(maxsize=1)
def _flag_countries() -> frozenset[str]:
    return frozenset(code for code, readings in gazetteer().codes.items() if any(r.kind == "country" for r in readings))
