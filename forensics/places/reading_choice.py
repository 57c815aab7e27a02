"""Which place the readings of names mean: one name alone, or several that must fit together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from forensics.places.gazetteer import Reading
from forensics.places.name_readings import AMBIGUOUS, METROPOLIS, holders_of, is_demonym, places_of

DOMINANCE = 0.97
"""Least share of the weight of all its readings that one country's need for a name to stand alone."""
_CLEAR = 0.95
_DOMINANCE_OF_METROPOLIS = 0.85
"""Least share that a metropolis needs: Barcelona is not that of Venezuela."""
_DOMINANCE_AMONG_MANY, _MANY = 0.98, 5
"""Least share of a name that more than this number of countries have, or that is a region's: Santiago, Santander."""

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


def unresolved(reason: Reason) -> Resolution:
    """Return that a place was not resolved, and why."""
    return Resolution("", "", "", reason)


def decide(named: list[tuple[Reading, ...]], n_unknown: int) -> Resolution:
    """Return the one country that all the pieces allow, if there is one."""
    if any(reading.kind == "fiction" for readings in named for reading in readings):
        return unresolved("no place")
    places = [[] if is_demonym(readings) else places_of(readings) for readings in named]
    blocked = [any(r.kind in {"nowhere", "ambiguous"} for r in readings) for readings in named]
    solid = [found for found in places if found]
    if not solid:
        return unresolved(_reason(named))
    if len(solid) == 1:
        at = next(i for i, found in enumerate(places) if found)
        is_shared_town = not holders_of(solid[0]) and len({reading.country for reading in solid[0]}) > 1
        if n_unknown and (_is_code(solid[0]) or is_shared_town):
            return unresolved("ambiguous")
        return _alone(solid[0], is_blocked=blocked[at], is_word=any(r.kind == "nowhere" for r in named[at]))
    clear = [found for i, found in enumerate(places) if found and not any(r.kind == "nowhere" for r in named[i])]
    fitting = together(solid)
    return fitting if len(clear) != 1 or fitting.country else _alone(clear[0], is_blocked=False, is_word=False)


def is_shared(readings: tuple[Reading, ...]) -> bool:
    """Return whether several countries have places of this name, and it is not first of all a country's."""
    found = places_of(readings)
    top = max(found, key=lambda reading: (reading.weight, reading.country), default=AMBIGUOUS)
    return top.kind != "country" and len({reading.country for reading in found}) > 1


def _reason(named: list[tuple[Reading, ...]]) -> Reason:
    """Return why names that are no places leave a text open; people of a country live everywhere."""
    kinds = {reading.kind for readings in named for reading in readings}
    by_kind: dict[str, Reason] = {"demonym": "origin", "ambiguous": "ambiguous", "nowhere": "no place"}
    return next((reason for kind, reason in by_kind.items() if kind in kinds), "unknown")


def _alone(found: list[Reading], *, is_blocked: bool, is_word: bool) -> Resolution:
    """Return what a single name means: its country must outweigh all its others."""
    if is_blocked:
        return unresolved("no place" if is_word else "ambiguous")
    total = sum(reading.weight for reading in found)
    by_country = _sums((reading.country, reading.weight) for reading in found)
    country = max(sorted(by_country), key=by_country.__getitem__)
    chosen = [reading for reading in found if reading.country == country]
    if len(by_country) > 1 and by_country[country] < _dominance(chosen, len(by_country)) * total:
        return unresolved("ambiguous")
    if not any(reading.is_large for reading in chosen):
        return unresolved("unknown")
    return resolved(country, chosen)


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


def resolved(country: str, chosen: list[Reading]) -> Resolution:
    """Return a country with the region that outweighs the others, decided by the heaviest reading."""
    top = max(chosen, key=lambda reading: (reading.weight, reading.kind, reading.region))
    if top.kind == "country":
        return Resolution(country, "", "country", "")
    weights = _sums((reading.region, reading.weight) for reading in chosen)
    region = max(sorted(weights), key=weights.__getitem__)
    is_clear = weights[region] >= _CLEAR * sum(weights.values())
    return Resolution(country, region if is_clear else "", top.kind, "")


def together(places: list[list[Reading]]) -> Resolution:
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
        return unresolved("several")
    if len(fitting) > 1 and any(_is_code(found) for found in places):
        return unresolved("ambiguous")
    total = sum(weight for weight, _ in fitting.values())
    country = max(sorted(fitting), key=lambda code: fitting[code][0])
    if fitting[country][0] < DOMINANCE * total:
        return unresolved("ambiguous")
    return resolved(country, fitting[country][1])


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
