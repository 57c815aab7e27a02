"""Time zones of a place: which offsets from UTC its clocks showed at given moments, summer time included.

Zones are those of the places' towns (GeoNames), their rules those of the ``tzdata`` package, read from the package
itself so that every machine uses the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import polars as pl

from forensics.places.gazetteer import cities


@cache
def time_zone(name: str) -> ZoneInfo:
    """Return a zone of the IANA database, such as ``America/New_York``."""
    with resources.files("tzdata").joinpath("zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def _zone_shares() -> dict[str, dict[str, float]]:
    """Return each country's and region's zones with the share of its townspeople who live in them."""
    listed = pl.concat(
        [
            cities().select(place="country", zone="zone", people="population"),
            cities().filter(pl.col("region") != "").select(place="region", zone="zone", people="population"),
        ]
    )
    shares: dict[str, dict[str, float]] = {}
    people = listed.group_by("place", "zone").agg(pl.col("people").sum()).sort("place", "people", "zone")
    for place, zone, n in people.with_columns(pl.col("people") / pl.col("people").sum().over("place")).iter_rows():
        shares.setdefault(place, {})[zone] = n
    return shares


def zones_of(country: str, region: str | None = None) -> dict[str, float]:
    """Return the zones of a place with the share of its townspeople who live in each.

    Args:
        country: ISO 3166-1 alpha-2 code.
        region: ISO 3166-2 code; where it is not known, the country's zones are returned.
    """
    shares = _zone_shares()
    return dict(shares.get(region or "", shares.get(country, {})))


def offsets_of(country: str, region: str | None, moments: Sequence[datetime]) -> dict[int, float]:
    """Return how often the clocks of a place stood at each offset from UTC.

    Args:
        country: ISO 3166-1 alpha-2 code.
        region: ISO 3166-2 code, or None.
        moments: aware times, each counted alike; summer time makes one place have two offsets.

    Returns:
        Share by offset in seconds east of UTC, ascending; empty where the place has no known zone.
    """
    found: dict[int, float] = {}
    for name, share in zones_of(country, region).items():
        zone = time_zone(name)
        for moment in moments:
            offset = moment.astimezone(UTC).astimezone(zone).utcoffset()
            seconds = 0 if offset is None else int(offset.total_seconds())
            found[seconds] = found.get(seconds, 0.0) + share / len(moments)
    return dict(sorted(found.items()))


def offsets_kept(moments: Sequence[datetime]) -> list[int]:
    """Return the offsets at which the clocks of any town stood at any of the moments, seconds east of UTC, ascending.

    Args:
        moments: aware times.
    """
    zones = [time_zone(name) for name in cities()["zone"].unique().sort()]
    shown = {moment.astimezone(zone).utcoffset() for moment in moments for zone in zones}
    return sorted({int(offset.total_seconds()) for offset in shown if offset is not None})
