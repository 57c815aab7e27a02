"""Free text to country and region, offline, in English, French, German, Spanish and Portuguese.

A text is resolved only where its readings agree; what is not is a class of its own and keeps its reason. Nothing is
guessed: a name that two countries share is resolved where one reading outweighs the others by far, or where the rest
of the text decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import polars as pl

from forensics.places.coordinates import nearest_country
from forensics.places.gazetteer import Reading, gazetteer
from forensics.places.name_keys import name_key
from forensics.places.name_readings import (
    CONNECTORS,
    first_of_all,
    holders_of,
    is_demonym,
    partition,
    piece_readings,
    places_of,
)
from forensics.places.reading_choice import Resolution, decide, is_shared, together, unresolved
from forensics.places.stated_place import MAX_LENGTH, Statement, parse_statement, strip_qualifiers

_MOST_WORDS = 8
_SENTENCE = 3
"""Spaces in a piece that names no place, from which it is a sentence: "Houston, we have a problem"."""
_ARTICLE = re.compile(r"(?:an?|the|une?|les?|la|eine?|der|die|das|un|una|los|las|el|uma?|os?|as) [^\W_]")
"""What is none of the names beside it but says what they are: "Paris, Texas, the film"."""


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
        return unresolved("empty")
    if len(text) > MAX_LENGTH or "@" in text or "://" in text:
        return unresolved("unknown")
    statement = parse_statement(text)
    if statement.coordinates is not None:
        return _at(*statement.coordinates)
    if statement.is_negated and name_key(text) not in gazetteer().names:
        return unresolved("negated")
    return _with_flags(statement, _of_pieces(text, statement))


def _at(north: float, east: float) -> Resolution:
    country, region = nearest_country(north, east)
    return Resolution(country, region, "coordinates", "") if country else unresolved("unknown")


def _of_pieces(text: str, statement: Statement) -> Resolution:
    whole = piece_readings(text.strip(), 0)
    if whole or not statement.pieces:
        return decide([whole], 0) if whole else unresolved("empty")
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
            return unresolved("unknown")
        else:
            n_unknown += 1
            n_after += bool(named)
    if statement.is_list and n_unknown:
        return unresolved("unknown")
    if statement.is_choice and not all(places_of(readings) for readings in named):
        return unresolved("no place")
    if len(named) == 1 and n_after and is_shared(named[0]):
        return unresolved("ambiguous")  # what is not known may tell which: "Washington, Tyne and Wear"
    return decide(named, n_unknown)


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
        is_whole = is_held and together(places).country != ""
    else:
        is_whole = len(places) == 1 and all(places_of(r) or is_demonym(r) for r in named)
        is_whole &= not CONNECTORS.isdisjoint(words)
    return named if is_whole else []


def _with_flags(statement: Statement, found: Resolution) -> Resolution:
    """Let a flag decide where the words leave it open: alone, or between the countries a name has."""
    codes = {flag for flag in statement.flags if flag[:2] in _flag_countries()}
    if len(codes) != 1 or found.country or found.reason not in {"empty", "ambiguous", "no place", "origin"}:
        several = len(codes) > 1 and found.reason == "empty"
        return unresolved("several") if several else found
    flag = next(iter(codes))
    region = flag if "-" in flag else ""
    if found.reason != "ambiguous":
        return Resolution(flag[:2], region, "flag", "")
    named = [piece_readings(piece, at) for at, piece in enumerate(statement.pieces)]
    with_flag = decide([*named, (Reading("country", flag[:2], "", 1.0, is_large=True),)], 0)
    return with_flag if with_flag.country else found


@lru_cache(maxsize=1)
def _flag_countries() -> frozenset[str]:
    return frozenset(code for code, readings in gazetteer().codes.items() if any(r.kind == "country" for r in readings))
